"""What a page makes of its address, which anybody can change, and the command that it gives to copy."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.app.compare.setting import MOST_STYLES, Setting, for_question
from sim.app.tab import make
from sim.app.tab.make import Seen, Wanted, page_of
from sim.scenario.load import load_scenario
from tests.run.tab.programs import in_node

LINKS = """
const { links, out } = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
const told = (one) => ({ ...one, command: asCommand(one.setting), link: linkTo("page.html#was", one.setting) });
const found = links.map(fromQuery).map(told);
const many = Object.fromEntries(Array.from({ length: 1200 }, (_, k) => ["n" + k, k]));
found.push(linkTo("page.html", { ...START, changes: many }));
require('fs').writeFileSync(out, JSON.stringify(found));
"""

SAME: dict[str, Any] = {"changes": {}, "pinned": {}}


@pytest.fixture(scope="module")
def without_program() -> Iterator[None]:
    """The program of the model is not needed here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(make, "program", lambda: "")
        yield


@pytest.fixture(scope="module")
def made(without_program) -> str:
    return page_of(
        Wanted(load_scenario("everyday"), source="/home/A Client/mine.toml",
               roster=Path("/home/A Client/our people.csv"), set_=(("market.demand", 0.8),))
    )  # fmt: skip


def read(made: str, links: list[str], folder: Path) -> list[dict[str, Any]]:
    script = made[made.index("const PAGE") : made.index("const SHARED")]
    link = made[made.index("// What the page is set to") : made.index("// The page: the components")]
    out = folder / "out.json"
    in_node(script + link + LINKS, {"links": links, "out": str(out)}, folder)
    found: list[dict[str, Any]]
    *found, too_long = json.loads(out.read_text(encoding="utf-8"))
    assert not too_long
    return found


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("metric=constructor", 'there is no metric "constructor"'),
        ("metric=__proto__", 'there is no metric "__proto__"'),
        ("set=constructor:1", 'there is no control "constructor" on this page'),
        ("set=__proto__:1", 'there is no control "__proto__"'),
        ("pin=toString:1", 'there is no control "toString"'),
        ("pin=", 'there is no control ""'),
        ("constructor=1", '"constructor" is not understood here'),
        ("set=market.urgency:", "Urgency: allowed is 0 to 1"),
        ("set=teams.Team.size:24.5", "allowed is a whole number from 2 to 25"),
        ("seed=9007199254740993", "seed: allowed is a whole number from 0 to 9007199254740992"),
        ("weeks=1040&replications=400&styles=S1,S2,S3,S4,agile,servant", "this is too much for a page"),
        ("baseline=constructor", 'The link compares with "constructor", which is not among its styles'),
    ],
)
def test_what_a_link_cannot_have_is_said_and_left_out(made, link, says, tmp_path):
    (found,) = read(made, [link], tmp_path)
    (note,) = found["notes"]
    assert says in note
    start = json.loads(made.partition('"start":')[2].partition(',"trial"')[0])
    kept = {"styles": found["setting"]["styles"]} if "styles" in link else {}
    assert found["setting"] == {**start, **SAME, **kept}


def test_the_styles_that_a_page_does_not_have_are_named_and_the_others_kept(made, tmp_path):
    (some, many, fine) = read(
        made,
        ["styles=foo,agile", f"styles={','.join(one for one in _styles(made))}", "styles=agile,S1&baseline=S1"],
        tmp_path,
    )
    assert some["setting"]["styles"] == ["agile"]
    assert some["notes"] == [
        "Something in the link cannot be followed and is left out: these styles are not on this page: foo."
    ]
    assert len(many["setting"]["styles"]) == MOST_STYLES
    assert "allowed are 9 at a time" in many["notes"][0]
    assert fine["notes"] == []
    assert fine["setting"]["baseline"] == "S1"


def test_a_link_that_is_too_long_is_followed_as_far_as_whole_parts_go_and_that_is_said(made, tmp_path):
    part = "set=market.urgency:0.25"
    many = "&".join([part] * 499)
    assert len(f"{many}&") < 12_000 < len(f"{many}&{part}") + 5
    fits, long = read(made, [many, f"{many}&set=market.urgency:0.{'25' * 20}"], tmp_path)
    assert fits["notes"] == []
    assert long["notes"] == [
        "This link has more than 12,000 characters; what comes after them is left out. Ask for the scenario file or the"
        " command instead."
    ]
    assert long["setting"]["changes"] == fits["setting"]["changes"] == {"market.urgency": 0.25}


SEEN = Seen(
    styles=("agile", "S1"), baseline="S1", metric="trust",
    changes={"market.urgency": 0.8, "leader.hours": 30.0}, pinned={"market.urgency": 0.5},
)  # fmt: skip


def test_a_page_from_the_app_begins_with_what_is_seen_there_and_links_tell_what_differs(without_program, tmp_path):
    made = page_of(Wanted(load_scenario("everyday"), seen=SEEN, replications=50))
    links = ["", "set=none&pin=none", "set=leader.hours:20", "styles=agile"]
    start, plain, other, one = read(made, links, tmp_path)
    assert start["setting"] == {
        "styles": ["agile", "S1"], "baseline": "S1", "metric": "trust", "replications": 50, "weeks": 104, "seed": 1,
        "changes": dict(SEEN.changes), "pinned": dict(SEEN.pinned),
    }  # fmt: skip
    assert start["command"] == (
        "teamsim compare everyday --style agile --style S1 --baseline S1 --replications 50 --weeks 104 --seed 1"
        " --set market.urgency=0.8 --set leader.hours=30"
    )
    assert plain["setting"]["changes"] == plain["setting"]["pinned"] == {}
    assert other["setting"]["changes"] == {"leader.hours": 20}
    assert other["setting"]["pinned"] == dict(SEEN.pinned)
    assert "--style agile --baseline agile" in one["command"]
    assert [found["link"].partition("#")[2] for found in (start, plain, other, one)] == links
    assert not [note for found in (start, plain, other, one) for note in found["notes"]]


def test_changes_that_a_page_has_no_control_for_are_part_of_its_situation(without_program, tmp_path):
    made = page_of(Wanted(load_scenario("everyday"), controls=("market.urgency",), seen=SEEN))
    (found,) = read(made, [""], tmp_path)
    assert found["setting"]["changes"] == {"market.urgency": 0.8}
    assert "teamsim compare ./everyday.toml" in found["command"]
    assert "hours = 30.0" in made


def test_a_question_about_practices_is_compared_with_the_situation_without_them_as_in_the_app(without_program):
    scenario = load_scenario("values-led")
    wanted = for_question(Setting(), scenario).pinned
    assert wanted
    assert f'"pinned":{json.dumps(wanted, separators=(",", ":"))}' in page_of(Wanted(scenario))
    one = page_of(Wanted(scenario, controls=("practices.transparency",)))
    assert '"pinned":{"practices.transparency":0.0}' in one


def _styles(made: str) -> list[str]:
    return re.findall(r'\{"name":"([\w-]+)","label"', made)


def test_the_command_has_what_the_page_was_made_of_without_its_folders(made, tmp_path):
    (found,) = read(made, ["set=market.urgency:0.5&styles=agile,S1"], tmp_path)
    assert found["command"] == (
        "teamsim compare mine.toml --roster 'our people.csv' --style agile --style S1 --baseline agile"
        " --replications 100 --weeks 104 --seed 1 --set market.demand=0.8 --set market.urgency=0.5"
    )
    assert "A Client" not in made


def test_a_page_of_a_scenario_that_was_changed_names_the_file_that_can_be_saved():
    from sim.app.tab.about import bare, scenario_again
    from sim.scenario.variants import with_values

    scenario = load_scenario("everyday")
    longer = scenario.model_copy(update={"run": scenario.run.model_copy(update={"weeks": 30})})
    assert scenario_again(longer) == "everyday"
    assert scenario_again(with_values(scenario, {"market.urgency": 0.9})) == "./everyday.toml"
    assert [bare(one) for one in ("crisis", "a/crisis", "a/-x.toml", "/b/mine.toml")] == [
        "crisis", "./crisis", "./-x.toml", "mine.toml"
    ]  # fmt: skip
