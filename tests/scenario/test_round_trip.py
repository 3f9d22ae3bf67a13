"""A scenario written as TOML and read again is the same scenario, whatever it says."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, load_scenario, scenario_from, scenario_names, to_toml
from sim.scenario.behaviours import BEHAVIOURS, OBSERVABLES
from sim.scenario.parameters import PARAMETERS
from sim.scenario.signs import UNSEEN

share = st.floats(0, 1) | st.sampled_from([0, 1])


def texts(max_size: int, min_size: int = 0) -> st.SearchStrategy[str]:
    """What a page can show."""
    return st.text(min_size=min_size, max_size=max_size).filter(lambda text: not UNSEEN.search(text))


name = texts(min_size=1, max_size=8).map(str.strip).filter(bool)
week = st.integers(1, 52)
style = st.sampled_from(["democratic", "S1", "situational", "mixed"])
leader = st.fixed_dictionaries({"style": style}, optional={"hours": st.floats(1, 80), "fidelity": share})
mix = st.sampled_from([{"d1": 1}, {"d2": 0.5, "d4": 0.5}, {"d1": 0.1, "d2": 0.2, "d3": 0.3, "d4": 0.4}])
number = st.decimals(0, 1, places=3).map(str)
condition = st.builds("{} {} {}".format, st.sampled_from(OBSERVABLES), st.sampled_from([">=", "<"]), number)
entry = st.fixed_dictionaries({"style": style}, optional={"from_week": week, "when": condition})
definition = st.one_of(
    st.fixed_dictionaries({"behaviour": st.fixed_dictionaries(dict.fromkeys(BEHAVIOURS, share))}),
    st.fixed_dictionaries({"based_on": style, "behaviour": st.fixed_dictionaries({"data": share})}),
    st.fixed_dictionaries({"by_level": st.fixed_dictionaries(dict.fromkeys(("d1", "d2", "d3", "d4"), style))}),
    st.fixed_dictionaries({"blend": st.dictionaries(style, st.floats(0.001, 1000), min_size=1)}),
    st.fixed_dictionaries(
        {"description": texts(max_size=9), "schedule": st.lists(entry, max_size=3).map(lambda e: [{"style": "S1"}, *e])}
    ),
)
parameters = st.sampled_from(PARAMETERS).flatmap(
    lambda known: st.fixed_dictionaries({known.name: st.floats(known.floor, known.ceiling)})
)


practice = st.fixed_dictionaries(
    {"practice": st.sampled_from(["recognition", "automation", "environment"])},
    optional={"intensity": share, "from_week": week, "until_week": st.none()},
)


def _what_starts(event: dict[str, Any]) -> str:
    """A practice can be started once; other events can come as often as they like."""
    return str(event.get("practice", id(event)))


@st.composite
def events(draw: st.DrawFn, teams: list[str]) -> dict[str, Any]:
    team: st.SearchStrategy[Any] = st.sampled_from(teams)
    kinds: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "crisis": {"weeks": week, "urgency": share},
        "demand": {"factor": st.floats(0, 10)},
        "market_shock": {"size": share},
        "growth": {"people": st.just(1), "team": team},
        "new_technology": {"size": share},
        "key_person_leaves": {"team": team},
        "leader_replaced": {"leader": leader},
        "leader_away": {"weeks": week, "team": team},
        "style_changed": {"style": style, "team": team},
        "practice_started": {"practice": st.just("inclusion"), "intensity": share},
    }
    kind = draw(st.sampled_from(sorted(kinds)))
    return {"event": kind, "week": draw(week), "note": draw(texts(max_size=9))} | draw(
        st.fixed_dictionaries(kinds[kind])
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    names = draw(st.lists(name, min_size=1, max_size=4, unique=True))
    teams: list[dict[str, Any]] = [
        {"name": each, "size": draw(st.integers(2, 20))}
        | draw(st.fixed_dictionaries({}, optional={"leader": leader, "mix": mix, "skill_diversity": share}))
        for each in names
    ]
    table: dict[str, Any] = {"name": "drawn", "title": draw(name), "question": draw(name), "teams": teams}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "description": texts(max_size=50),
        "company": st.fixed_dictionaries({"reputation": share, "automation": share}),
        "market": st.fixed_dictionaries({"demand": st.floats(0, 5), "urgency": share, "novelty": st.floats(0.1, 0.9)}),
        "money": st.fixed_dictionaries({"cash": st.floats(0, 1e6), "currency": st.sampled_from(["EUR", "£"])}),
        "leader": leader,
        "styles": st.dictionaries(st.sampled_from(["one", "two-2", "THREE_3"]), definition),
        "practices": st.lists(practice, max_size=3, unique_by=lambda entry: entry["practice"]),
        "events": st.lists(events(names), max_size=4, unique_by=_what_starts),
        "parameters": parameters,
        "run": st.fixed_dictionaries({"weeks": st.integers(52, 1040), "seed": st.integers(0, 10**18)}),
    }
    if draw(st.booleans()):
        person = st.fixed_dictionaries(
            {"competence": share, "commitment": share, "tenure": st.floats(0, 3120)},
            optional={"skill": share, "role": name},
        )
        people = [
            {"name": f"{place} {count}", "team": team["name"], **draw(person)}
            for place, team in enumerate(teams)
            for count in range(team["size"])
        ]
        for team in teams:
            team.pop("mix", None)
        table["employees"] = {"people": people}
    if draw(st.booleans()):
        first = "teams[1]" if "[" in names[0] else f"teams.{names[0]}"  # a bracket begins a number
        table["uncertain"] = {f"{first}.leader.hours": [1.0, 80]} if "leader" in teams[0] else {}
        table["uncertain"] |= {"market": {"novelty": [0.1, 0.9]}, "parameters.vacancy_weeks": [1, 104.0]}
    return scenario_from(table | draw(st.fixed_dictionaries({}, optional=optional)))


def again(scenario: Scenario) -> Scenario:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{scenario.name}.toml"
        path.write_bytes(to_toml(scenario).encode("utf-8"))
        return load_scenario(path)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # signs that cannot be seen are drawn again
@given(scenarios())
def test_any_scenario_survives(scenario: Scenario):
    assert again(scenario) == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@pytest.mark.parametrize("shipped", scenario_names())
def test_every_shipped_scenario_survives(shipped: str):
    scenario = load_scenario(shipped)
    assert again(scenario) == scenario
    assert to_toml(again(scenario)) == to_toml(scenario)
