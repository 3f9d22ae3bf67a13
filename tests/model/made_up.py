"""Scenarios that nobody has written, made up by Hypothesis: small companies with all that a scenario can say."""

from typing import Any

from hypothesis import strategies as st

from sim.scenario.behaviours import BEHAVIOURS, OBSERVABLES
from sim.scenario.editors import json_schema
from sim.scenario.load import scenario_from
from sim.scenario.parameters import PARAMETERS
from sim.scenario.practices import practices
from sim.scenario.problems import InputError
from sim.scenario.styles import builtin_styles

share = st.floats(0, 1)
NAMES = ("Hall", "Shop", "Office")
EVENTS = json_schema()["properties"]["events"]["items"]["discriminator"]["mapping"].keys()


def numbers_named(**bounds: tuple[float, float]) -> st.SearchStrategy[dict[str, float]]:
    """Some of these numbers, each within its bounds."""
    return st.fixed_dictionaries({}, optional={name: st.floats(*bound) for name, bound in bounds.items()})


def shares_named(*names: str) -> st.SearchStrategy[dict[str, float]]:
    return numbers_named(**dict.fromkeys(names, (0, 1)))


mixes = st.lists(st.sampled_from(("d1", "d2", "d3", "d4")), min_size=1, max_size=6).map(
    lambda levels: {level: levels.count(level) / len(levels) for level in levels}
)
parameters = numbers_named(**{p.name: (p.floor, p.ceiling) for p in PARAMETERS})
conditions = st.tuples(st.sampled_from(OBSERVABLES), st.sampled_from((">=", "<")), st.integers(0, 100)).map(
    lambda parts: f"{parts[0]} {parts[1]} {parts[2] / 100}"
)


@st.composite
def own_styles(draw):
    """A style of each kind, each made of styles that are there already."""
    known = list(builtin_styles())
    styles: dict[str, dict[str, Any]] = {}
    for name in draw(st.permutations(["plain", "near", "levels", "blend", "course"])):
        some = st.sampled_from(known)
        match name:
            case "plain":
                styles[name] = {"behaviour": {behaviour: draw(share) for behaviour in BEHAVIOURS}}
            case "near":
                styles[name] = {"based_on": draw(some), "behaviour": {draw(st.sampled_from(BEHAVIOURS)): draw(share)}}
            case "levels":
                styles[name] = {"by_level": {level: draw(some) for level in ("d1", "d2", "d3", "d4")}}
            case "blend":
                styles[name] = {"blend": draw(st.dictionaries(some, st.floats(0.1, 9), min_size=1, max_size=3))}
            case "course":
                later = st.fixed_dictionaries(
                    {"style": some}, optional={"from_week": st.integers(1, 20), "when": conditions}
                )
                entries = draw(st.lists(later, min_size=1, max_size=4))
                styles[name] = {"schedule": [{"style": draw(some)}, *entries]}
        if name != "course":  # a schedule can be part of nothing else
            known.append(name)
    return styles


leaders = st.fixed_dictionaries(
    {"style": st.sampled_from(["plain", "levels", "blend", "course", "autocratic", "situational", "agile"])},
    optional={"hours": st.floats(1, 80), "competence": share, "diagnosis_skill": share, "fidelity": share},
)
own_leader = st.fixed_dictionaries({}, optional={"leader": leaders})


@st.composite
def people(draw, teams):
    listed = [
        {
            "name": f"{team['name']} {number}", "team": team["name"], "competence": draw(share),
            "commitment": draw(share), "tenure": draw(st.integers(0, 300)),
            **draw(shares_named("confidence", "motivation", "creativity", "skill", "affect", "need_for_autonomy")),
            **draw(numbers_named(learning_rate=(0.2, 2))),
        }
        for team in teams
        for number in range(team["size"])
    ]  # fmt: skip
    return draw(st.permutations(listed))


def events(weeks: int, teams: list[str], names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """One event of any kind, which may not fit the company."""
    size, factor = {"size": share}, {"factor": st.floats(0, 5)}
    count, length = {"people": st.integers(1, 4)}, {"weeks": st.integers(1, 12)}
    somewhere = {"team": st.sampled_from(teams)}
    somebody = {"person": st.sampled_from(names)} if names else {}
    style = {"style": st.sampled_from(["plain", "servant", "course"])}
    practice = {"practice": st.sampled_from(sorted(practices()))}
    kinds: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # what it needs, and what it may have
        "crisis": (length, {"urgency": share, "decisions": st.floats(0, 5), "demand": st.floats(0, 5)}),
        "demand": (factor, length),
        "market_shock": (size, {}),
        "growth": (count, somewhere),
        "layoff": ({"people": st.integers(1, 2)}, somewhere),
        "new_technology": (size, {}),
        "key_person_leaves": ({}, somewhere | somebody),
        "leader_replaced": ({"leader": leaders}, somewhere),
        "leader_away": (length, somewhere),
        "style_changed": (style, somewhere),
        "practice_started": (practice, {"intensity": share}),
        "practice_stopped": (practice, {}),
    }
    assert kinds.keys() == EVENTS
    week = {"week": st.integers(1, weeks)}
    return st.one_of(
        [
            st.fixed_dictionaries({"event": st.just(kind), **week, **needed}, optional=optional)
            for kind, (needed, optional) in kinds.items()
        ]
    )


kept_up = st.fixed_dictionaries(
    {"practice": st.sampled_from(sorted(practices()))},
    optional={"intensity": share, "from_week": st.integers(1, 4), "until_week": st.integers(4, 40)},
)


@st.composite
def scenarios(draw):
    """Small companies, with all that a scenario can say."""
    weeks = draw(st.integers(4, 40))
    teams: list[dict[str, Any]] = [
        {"name": name, "size": draw(st.integers(2, 7)), **draw(shares_named("skill_diversity")), **draw(own_leader)}
        for name in NAMES[: draw(st.integers(1, 3))]
    ]
    listed = draw(people(teams)) if draw(st.booleans()) else []
    table: dict[str, Any] = {
        "title": "A company", "question": "Do the two agree?", "teams": teams, "leader": draw(leaders),
        "employees": {"people": listed} if listed else {"mix": draw(mixes)},
        "styles": draw(own_styles()), "parameters": draw(parameters),
        "company": draw(shares_named("skill_diversity", "customer_satisfaction", "reputation", "strategic_fit")),
        "market": draw(shares_named("complexity", "novelty", "urgency", "turbulence", "labour_tightness"))
        | draw(numbers_named(demand=(0, 5), decisions=(0, 5))),
        "money": draw(numbers_named(price=(0, 9), pay=(0, 9), cash=(0, 999))),
        "practices": draw(st.lists(kept_up, max_size=4, unique_by=lambda entry: entry["practice"])),
        "run": {"weeks": weeks, "development_scheme": draw(st.sampled_from(["slii", "readiness"]))},
    }  # fmt: skip
    scenario = scenario_from(table)
    for event in draw(st.lists(events(weeks, [t["name"] for t in teams], [p["name"] for p in listed]), max_size=8)):
        try:
            scenario = scenario_from(table | {"events": [*table.get("events", []), event]})
        except InputError:  # a team of one, or nobody left to go
            continue
        table["events"] = [*table.get("events", []), event]
    return scenario
