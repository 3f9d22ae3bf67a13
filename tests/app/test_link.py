"""Links and commands: what was seen comes back from them, and nothing that they can hold does harm."""

import json
import shlex
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.analysis.summary import HEADLINE, per_run
from sim.app.compare.controls import by_name, groups
from sim.app.compare.link import LONGEST, as_command, file_name, from_query, to_query
from sim.app.compare.setting import LARGEST_UPLOAD, MOST_SEED, REPLICATIONS, Setting, prepared
from sim.app.compute import run
from sim.cli import app
from sim.model.metrics import METRIC_NAMES
from sim.scenario.load import load_scenario, scenario_names, to_toml
from sim.scenario.problems import InputError
from sim.scenario.styles import builtin_styles
from sim.scenario.variants import with_values

pytest.importorskip("solara")


@cache
def sliders(name):
    """The sliders of a scenario by the number that each sets, but for those whose numbers hang together."""
    found = by_name(groups(load_scenario(name)))
    return {key: control for key, control in found.items() if control.kind == "slider" and control.unit != "people"}


@st.composite
def seen(draw):
    """A setting that a visitor can come to with the controls."""
    name = draw(st.sampled_from(scenario_names()))
    known = sliders(name)

    def changes():
        chosen = draw(st.lists(st.sampled_from(sorted(known)), max_size=4, unique=True))
        drawn = {key: draw(st.floats(known[key].low, known[key].high)) for key in chosen}
        return {key: float(f"{value:.10g}") for key, value in drawn.items()}

    return Setting(
        scenario=name,
        changes=changes(),
        pinned=changes(),
        styles=tuple(draw(st.lists(st.sampled_from(sorted(builtin_styles())), min_size=1, max_size=5, unique=True))),
        metric=draw(st.sampled_from(METRIC_NAMES)),
        replications=draw(st.sampled_from(REPLICATIONS)),
        seed=draw(st.none() | st.integers(0, MOST_SEED)),
    )


@given(seen())
@settings(max_examples=30)
def test_a_link_brings_back_what_was_seen(setting):
    arrival = from_query(to_query(setting))
    assert arrival.setting == setting
    assert not arrival.notes


def test_the_beginning_needs_no_link():
    assert to_query(Setting()) == ""
    assert from_query("").setting == Setting()


def test_a_scenario_of_ones_own_travels_in_the_link():
    text = to_toml(with_values(load_scenario("several-teams"), {"market.urgency": 0.7}))
    setting = Setting(scenario="ours", own=text)
    arrival = from_query(to_query(setting))
    assert arrival.setting == setting
    assert arrival.setting.starting.market.urgency == 0.7


def test_a_scenario_too_large_for_a_link_gives_none():
    text = to_toml(load_scenario("everyday")) + "".join(f"# {number**7}\n" for number in range(6000))
    assert len(text) < LARGEST_UPLOAD
    assert to_query(Setting(scenario="ours", own=text)) == ""


NONSENSE = st.text(max_size=300) | st.lists(
    st.tuples(st.sampled_from(["set", "own", "styles", "seed", "weeks"]), st.text()), max_size=5
).map(lambda pairs: "&".join(f"{key}={value}" for key, value in pairs))


@given(NONSENSE)
def test_nonsense_leads_to_the_beginning_or_is_said(query):
    arrival = from_query(query)
    prepared(arrival.setting)
    if arrival.setting == Setting():
        return
    assert from_query(to_query(arrival.setting)).setting == arrival.setting


@pytest.mark.parametrize(
    ("query", "note_text"),
    [
        ("scenario=crises", 'did you mean "crisis"'),
        ("scenario=../../etc/passwd", "unknown scenario"),
        ("set=market.urgency:7", "allowed is a number from 0 to 1"),
        ("set=market.urgency:nan", "NAME:NUMBER"),
        ("set=__class__.x:1", "unknown key or parameter"),
        ("styles=democratc", 'did you mean "democratic"'),
        ("styles=" + "democratic," * 90, "given twice"),
        ("metric=happiness", "unknown metric"),
        ("seed=-1", "allowed is a whole number"),
        ("weeks=99999", "allowed is a whole number from 1 to 1,040"),
        ("replications=1000000000", "allowed is a whole number"),
        ("own=eJwrySzJSVWwVQAADekCoA==", "not valid TOML"),
        ("own=%00", "cut off"),
        ("own=AAAA", "damaged"),
        ("own=" + "A" * (3 * LONGEST), "damaged"),
        ("version=0.0.1", "made with version 0.0.1"),
        ("colour=red", "not understood"),
        ("&".join(["set=a:1"] * 2000), "cannot be read"),
    ],
)
def test_a_link_that_cannot_be_followed_says_why(query, note_text):
    assert any(note_text in note for note in from_query(query).notes)


@pytest.mark.parametrize(
    ("wrong", "note_text"),
    [
        ("weeks=0", "weeks"),
        ("weeks=3", "so that the run includes all events"),
        ("seed=99999999999999999999", "seed"),
        ("replications=many", "replications"),
        ("set=market.urgency:7", "market.urgency"),
        ("set=market.urgency", "NAME:NUMBER"),
        ("pin=nothing:1", "nothing"),
        ("styles=S1,S9", "S9"),
        ("styles=", "style"),
        ("metric=", "metric"),
        ("baseline=servant", "which is not among its styles"),
    ],
)
def test_of_a_link_only_that_is_left_out_which_cannot_be_followed(wrong, note_text):
    rest = "scenario=crisis&seed=7&styles=S1,S2&replications=50&metric=strain"
    arrival = from_query(f"{rest}&{wrong}")
    assert note_text in " ".join(arrival.notes)
    assert len(arrival.notes) == 1
    expected = from_query(rest).setting
    if wrong.startswith(("styles", "metric")):  # these were said twice; nobody knows which was meant
        name = wrong.partition("=")[0]
        expected = replace(expected, **{name: getattr(Setting(), name)})
    assert arrival.setting == expected


def test_a_key_of_thousands_of_parts_is_refused_before_it_is_read():
    import base64
    import tracemalloc
    import zlib

    packed = base64.urlsafe_b64encode(zlib.compress(b"a" + b".a" * 20_000 + b"=1", 9)).decode()
    tracemalloc.start()
    notes = from_query(f"own={packed}").notes
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "dots" in notes[0]
    assert most < 20e6


def test_a_link_does_not_unpack_more_than_an_upload_may_have():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"#" * 50_000_000, 9)).decode()
    assert len(bomb) > LONGEST or "too large" in from_query(f"own={bomb}").notes[0]
    small = base64.urlsafe_b64encode(zlib.compress(b"#" * (2 * LARGEST_UPLOAD), 9)).decode()
    assert "too large" in from_query(f"own={small}").notes[0]


def means(job, metrics):
    """What a run comes to that nobody stops, over its replications: style by style, for each metric."""
    found = run(job, metrics)
    assert found is not None
    return {
        metric: dict(zip(job.styles, per_run(metric, weekly).mean(axis=-1), strict=True))
        for metric, weekly in zip(metrics, found, strict=True)
    }


def printed(command):
    """What the command prints as JSON."""
    words = shlex.split(command)
    assert words.pop(0) == "teamsim"
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "setting",
    [
        Setting(
            changes={
                "market.urgency": 0.8,
                "teams.Team.size": 7.0,
                "practices.recognition": 0.55,
                "contagion": 0.123456789,
            },
            styles=("servant", "autocratic"),
            replications=5,
            seed=11,
        ),
        Setting(
            scenario="several-teams",
            changes={f"teams.{team}.leader.hours": 14.5 for team in ("Workshop", "Sales", "Office")},
            styles=("as-is", "democratic"),
            baseline="democratic",
            replications=5,
            weeks=60,
        ),
    ],
)
def test_the_command_gives_the_same_numbers(setting):
    if setting.scenario == "several-teams":
        names = [team.name for team in setting.starting.teams]
        setting = replace(setting, changes={f"teams.{name}.leader.hours": 14.5 for name in names})
    job = prepared(setting)
    values = means(job, HEADLINE)
    record = printed(as_command(setting))
    assert record["baseline"] == job.baseline
    for metric in HEADLINE:
        for style in job.styles:
            shown = record["metrics"][metric]["styles"][style]["mean"]
            assert shown == pytest.approx(values[metric][style], rel=1e-12)


def test_the_command_for_ones_own_scenario_takes_the_saved_file(tmp_path, monkeypatch):
    setting = Setting(scenario="ours", own=to_toml(load_scenario("novices")), styles=("democratic",), replications=5)
    job = prepared(setting)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.toml").write_text(setting.own, encoding="utf-8")
    record = printed(as_command(setting))
    mean = means(job, ("morale",))["morale"]["democratic"]
    assert record["metrics"]["morale"]["styles"]["democratic"]["mean"] == pytest.approx(mean, rel=1e-12)


def test_a_command_cannot_hold_another_command():
    style = "$(touch gone); rm -rf ~ `id`"
    own = to_toml(load_scenario("everyday")) + f'\n[styles."{style}"]\nbased_on = "servant"\nbehaviour.support = 0.5\n'
    try:
        command = as_command(Setting(scenario="ours", own=own, styles=(style,)))
    except InputError:
        return  # such a name is not allowed in the first place
    assert shlex.split(command)[4] == style


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [("Our firm (2).toml", "Our-firm-2-toml"), ("../../x", "x"), ("", "mine"), ("$(id)", "id"), ("x" * 500, "x" * 60)],
)
def test_file_names_are_safe(given_name, expected):
    assert file_name(given_name) == expected
