"""A style of one's own on the page Compare: as a file, in a scenario, or straight from the page Styles."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from sim.app.compare.controller import Controller
from sim.app.compare.link import from_query, to_query
from sim.app.compare.setting import LARGEST_UPLOAD, MOST_STYLES, Setting, prepared
from sim.app.compare.uploads import opened, styles_of_file, with_styles
from sim.app.style_choices import StyleChoices
from sim.app.styles.comparison import Made
from sim.app.styles.make import query_for_compare
from sim.app.styles.own_style import blended, snippet, with_style
from sim.scenario.load import load_scenario, scenario_from, scenario_names, to_toml
from sim.scenario.problems import InputError
from sim.scenario.styles import builtin_styles

TABLE = blended({"agile": 1, "servant": 1})
TEAMS = [{"name": f"team{number}"} for number in range(10)]
STYLE = snippet("mine", TABLE)


def told(name, text):
    """What the browser says of a file."""
    return {"kind": "open", "name": name, "text": text, "size": len(text)}


def with_many(count):
    scenario = load_scenario("everyday")
    for place in range(count):
        scenario = with_style(scenario, f"mine{place}", TABLE)
    return to_toml(scenario)


def test_a_style_file_is_added_to_the_scenario_and_ticked():
    now = Setting(scenario="routine", changes={"market.urgency": 0.8}, seed=3)
    found, notes = opened(now, told("mine.style.toml", STYLE))
    assert not notes
    assert "mine" in found.starting.styles
    assert found.starting.title == load_scenario("routine").title
    assert found.styles == (*now.styles, "mine")
    assert (found.changes, found.seed) == (now.changes, now.seed)
    assert "mine" in prepared(found).styles
    assert from_query(to_query(found)).setting == found


def test_a_second_style_joins_the_first_and_one_of_the_same_name_takes_its_place():
    once = opened(Setting(), told("a.toml", STYLE)).setting
    twice = opened(once, told("b.toml", snippet("yours", TABLE))).setting
    assert twice.styles[-2:] == ("mine", "yours")
    anew = opened(twice, told("a.toml", snippet("mine", blended({"S1": 1})))).setting
    assert anew.starting.styles["mine"].blend == {"S1": 1}
    assert anew.scenario == once.scenario == "everyday-mine"


def test_the_styles_of_a_scenario_that_is_opened_are_ticked():
    found, notes = opened(Setting(), told("my firm.toml", with_many(2)))
    assert found.styles == (*Setting().styles, "mine0", "mine1")
    assert not notes


def test_as_many_styles_are_ticked_as_can_be():
    found, notes = opened(Setting(), told("many.toml", with_many(MOST_STYLES + 2)))
    assert found.styles == tuple(f"mine{place}" for place in range(MOST_STYLES))
    assert f"can show {MOST_STYLES} at a time" in notes[0]
    full = Setting(styles=tuple(builtin_styles())[:MOST_STYLES])
    more = opened(full, told("mine.toml", STYLE)).setting
    assert len(more.styles) == MOST_STYLES
    assert more.styles[-1] == "mine"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mine.style.toml", "[styles.mine]\nblend = { agil = 1 }", "mine.style.toml: styles.mine.blend.agil"),
        ("my firm.toml", "[company]", " in my firm.toml:"),
        ("C:\\me\\my firm.toml", "title = ", "my firm.toml: "),
        ("\ud800.toml", "title = ", "the file"),
        ("mine.toml", "title = \ud800", "mine.toml: not text in UTF-8"),
        ("big.toml", "#" * (LARGEST_UPLOAD + 1), "big.toml: larger than"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_as_it_was(name, text, message):
    with pytest.raises(InputError) as error:
        opened(Setting(), told(name, text))
    assert message in str(error.value)


def test_what_holds_more_than_styles_is_no_style_file():
    assert styles_of_file(STYLE)
    for other in ('title = "x"\n' + STYLE, "", "styles = 1", "[styles]", "= " * 9, "[" * 5000, "a." * 5000 + "b = 1"):
        assert styles_of_file(other) is None


def test_the_desk_says_what_is_wrong_and_changes_nothing():
    controller = Controller()
    try:
        controller.act(told("mine.style.toml", "[styles.democratic]\nblend = { agile = 1 }"))
        assert "mine.style.toml" in controller.notes.value[0]
        assert controller.now == Setting()
        controller.act(told("mine.style.toml", STYLE))
        assert controller.notes.value == ()
        assert controller.start.value.setting.styles[-1] == "mine"
    finally:
        controller.close()


@pytest.mark.parametrize("scenario", scenario_names())
def test_every_scenario_goes_into_an_address_with_a_style_beside_what_it_was_made_from(scenario):
    found = with_styles(Setting(scenario=scenario), {"mine": TABLE}, ("servant", "agile"))
    assert {"mine", "servant", "agile"} <= set(found.styles)
    arrival = from_query(to_query(found))
    assert arrival.setting == found
    assert not arrival.notes


def test_a_baseline_that_has_no_room_any_more_is_let_go():
    full = replace(Setting(), styles=tuple(builtin_styles())[:MOST_STYLES])
    last = replace(full, baseline=full.styles[-1])
    assert with_styles(last, {"mine": TABLE}).baseline is None


def test_the_command_compares_the_scenario_that_was_downloaded(tmp_path):
    (tmp_path / "mine.toml").write_text(to_toml(with_style(load_scenario("everyday"), "mine", TABLE)), encoding="utf-8")
    command = [sys.executable, "-m", "sim.cli", "compare", "mine.toml", "--style", "mine", "--style", "servant"]
    ran = subprocess.run(
        [*command, "--baseline", "servant", "--replications", "10"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "mine" in ran.stdout


def crowd(many):
    """A scenario that no compression makes small: many people with long names of their own."""
    luck = random.Random(1)  # noqa: S311  (names, no secrets)
    people = [
        {
            "name": f"{luck.getrandbits(100):x}",
            "competence": luck.random(),
            "commitment": luck.random(),
            "tenure": 50,
            "team": f"team{place % 10}",
        }
        for place in range(many)
    ]
    return scenario_from({**load_scenario("everyday").model_dump(), "employees": {"people": people}, "teams": TEAMS})


@pytest.mark.parametrize(("many", "fits"), [(20, True), (250, False)])
def test_a_situation_goes_into_the_link_to_the_first_page_where_there_is_room(many, fits):
    controller, chosen = Controller(), StyleChoices()
    try:
        controller.now = Setting(scenario="ours", own=to_toml(crowd(many)))
        made = Made(with_style(controller.now.starting, "mine", TABLE), "mine", "democratic", TABLE)
        query = query_for_compare(made, chosen, controller)
    finally:
        controller.close()
    assert bool(query) == fits
    if fits:
        found = from_query(query).setting
        assert {"mine", "democratic", "agile", "servant"} <= set(found.styles)
        assert found.baseline == "democratic"
