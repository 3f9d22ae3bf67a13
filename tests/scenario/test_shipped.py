"""The scenarios that come with the package: complete, commented, and what their names promise."""

import re
import tomllib
from typing import get_args

import pytest

from sim.scenario import load_scenario, scenario_from, scenario_names, scenario_path
from sim.scenario.events import Event
from sim.scenario.fields import Section
from sim.scenario.schema import Scenario
from sim.scenario.sections import Leader, Mix, Person

EXPECTED = {
    "everyday", "startup", "crisis", "novices", "experts", "growth", "disruption", "routine", "overload", "key-person",
    "several-teams", "client-roster", "ai-prepared", "ai-unprepared", "culture-programme", "values-led", "turnaround",
}  # fmt: skip


def test_the_list_is_complete():
    assert set(scenario_names()) == EXPECTED


@pytest.mark.parametrize("name", scenario_names())
def test_each_loads_and_says_what_it_is_about(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.question.endswith("?")
    assert len(scenario.description) > 100


@pytest.mark.parametrize("name", sorted(set(scenario_names()) - {"everyday"}))
def test_each_has_words_of_its_own(name):
    everyday, scenario = load_scenario("everyday"), load_scenario(name)
    assert scenario.title != everyday.title
    assert scenario.question != everyday.question
    assert scenario.description != everyday.description


@pytest.mark.parametrize("name", scenario_names())
def test_every_line_that_a_user_may_change_has_a_comment(name):
    text = scenario_path(name).read_text(encoding="utf-8")
    text = re.sub(r'"""\n.*?"""', '"""', text, flags=re.DOTALL)
    for line in text.splitlines():
        if re.match(r"(# )?[a-z_.]+ = |  \{ style", line) and not line.endswith(" = ["):
            assert re.search(r"\S\s+# \S", line.removeprefix("# ")), f"no comment: {line}"


def test_everyday_holds_the_standard_values():
    everyday = load_scenario("everyday")
    words = {key: getattr(everyday, key) for key in ("title", "question", "description", "name")}
    assert everyday == Scenario(**words, teams=everyday.teams)


def test_everyday_spells_out_every_key():
    text = scenario_path("everyday").read_text(encoding="utf-8")
    written = set(re.findall(r"^(?:# )?([a-z_]+) = ", text, flags=re.MULTILINE))
    written |= set(re.findall(r"[{,] ([a-z_]+) = ", text)) | set(re.findall(r"\[\[?([a-z]+)", text)) | {"people"}
    kinds: list[type[Section]] = list(get_args(get_args(Event)[0]))
    sections: list[type[Section]] = [Scenario, Person, Leader, *kinds]
    kinds_of_value = [field.annotation for field in Scenario.model_fields.values()]
    sections += [kind for kind in kinds_of_value if isinstance(kind, type) and issubclass(kind, Section)]
    for section in sections:
        keys = set(section.model_fields) - ({"name"} if section is Scenario else set())
        assert keys <= written, f"{section.__name__}: {keys - written} not in everyday.toml"
    for kind in kinds:
        assert f'event = "{get_args(kind.model_fields["event"].annotation)[0]}"' in text


def test_what_is_commented_out_in_everyday_is_valid():
    """Whoever takes a comment sign away gets a scenario that loads."""
    text = scenario_path("everyday").read_text(encoding="utf-8")
    code = r"^# (?=\[|[a-z_.]+ = |  \{|\])"
    everything = re.sub(code, "", text, flags=re.MULTILINE)
    for line in (r"^extends = .*", r"^roster = .*", r"^mix = \{ d1 = 0\.1.*", r"^mix = .*", r"^size = 12.*"):
        everything = re.sub(line, "", everything, flags=re.MULTILINE)
    everything = everything.replace(
        "week = 60                    # week of the run\npeople = 2", "week = 60\npeople = 2"
    )
    table = tomllib.loads(everything)
    (ada,) = table["employees"]["people"]
    table["employees"]["people"] = [{**ada, "name": name} for name in ("Ada", "Ben", "Cy", "Di")]
    scenario = scenario_from(table)
    kinds = [get_args(kind.model_fields["event"].annotation)[0] for kind in get_args(get_args(Event)[0])]
    assert {event.event for event in scenario.events} == set(kinds)
    assert scenario.practices
    assert set(scenario.styles) == {"coach", "by-person", "half-half", "hand-over"}
    assert scenario.parameters
    assert scenario.uncertain
    assert scenario.teams[0].leader is not None


def test_each_is_what_its_name_promises():
    scenarios = {name: load_scenario(name) for name in scenario_names()}
    sizes = {name: sum(team.size for team in scenario.teams) for name, scenario in scenarios.items()}
    mixes = {name: scenario.employees.mix for name, scenario in scenarios.items()}
    assert [sizes[name] for name in ("everyday", "startup", "experts", "growth", "key-person")] == [12, 6, 8, 8, 5]
    assert mixes["startup"] == mixes["novices"] == Mix(d1=1)
    assert mixes["experts"] == Mix(d4=1)
    crisis = scenarios["crisis"].events[0]
    assert (crisis.event, crisis.week, getattr(crisis, "weeks", None)) == ("crisis", 27, 8)
    assert scenarios["crisis"].market == scenarios["everyday"].market
    grown = sum(event.people for event in scenarios["growth"].events if event.event == "growth")
    assert sizes["growth"] + grown == 40
    assert scenarios["overload"].market.demand > 1.4 * scenarios["everyday"].market.demand
    assert {event.event for event in scenarios["disruption"].events} >= {"market_shock"}
    assert scenarios["key-person"].events[0].event == "key_person_leaves"
    assert len({team.leader.style for team in scenarios["several-teams"].teams if team.leader}) == 3
    assert len(scenarios["client-roster"].employees.people) == 14
