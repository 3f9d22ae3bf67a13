"""The controls of the page Compare: the range, the unit, the meaning and the importance of each slider.

Ranges, units and meanings come from the declarations of the scenario. The tables below add what is missing there.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sim.scenario import parameters
from sim.scenario.paths import PRACTICES
from sim.scenario.practices import GROUPS, practices
from sim.scenario.schema import Scenario
from sim.scenario.sections import LARGEST_TEAM, Company, Leader, Market, Mix


class Control(NamedTuple):
    """A slider: the numbers that it sets (by the names of `sim.scenario.paths`), and its description.

    A slider with several names sets all of them to its value. A mix has one name for each of its shares.
    """

    kind: str
    names: tuple[str, ...]
    label: str
    unit: str
    low: float
    high: float
    step: float
    base: tuple[float, ...]
    what: str
    why: str = ""


class Group(NamedTuple):
    """Controls under one heading. `open`: shown from the start. `drawer`: the heading of the drawer that holds them.

    `explained`: each control shows its meaning from the start.
    """

    title: str
    controls: tuple[Control, ...]
    lead: str = ""
    open: bool = False
    drawer: str = ""
    explained: bool = False


MARKET = {
    "urgency": ("Urgency", "If questions cannot wait, it costs more to ask many people before a decision."),
    "turbulence": ("Turbulence", "If the market changes faster, it is more important to notice changes and to adapt."),
    "demand": ("Work to do", "Too much work exhausts people. With too little work they have nothing to do."),
    "novelty": ("Newness of the work", "In new work, skills become outdated, and one person alone judges less well."),
    "complexity": ("Complexity", "In complex work, decisions are better if several people take part."),
    "labour_tightness": (
        "Ease of finding other jobs",
        "If other jobs are easy to find, people with low morale leave sooner.",
    ),
}

LEADER = {
    "hours": (
        "Hours for leading",
        "A small business never has enough of the leader's time. Without time, leaders do less than they mean to.",
    ),
    "fidelity": ("Strength of the style", "How much of the intended behaviour reaches people."),
    "diagnosis_skill": ("Skill at seeing people", "A leader can adapt to people only after judging them correctly."),
    "competence": ("Expertise of the leader", "It determines how good the leader's own decisions are."),
}

NARROWER = {"demand": (0.4, 1.4), "hours": (4.0, 50.0)}
"""Useful ranges for numbers whose allowed range is much wider."""

MATTERING = (
    "morale_base", "morale_of_needs", "morale_of_trust", "quit_morale", "strain_of_demands", "morale_of_ease",
)  # fmt: skip
"""Parameters of the model that have a place of their own: those whose plausible values move morale or output most: the
first six of experiments/sensitivity.toml, which says by what rule they are chosen."""

ASSUMED = "Nobody knows these numbers exactly. Move one within its plausible range: is your result still the same?"

EXPERT = "For experts: every number of the model"

LEVELS = ("D1 beginners", "D2 disillusioned", "D3 cautious", "D4 self-reliant")

MOST_TEAMS = 6
"""Teams that have a slider for their size."""


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """The controls that fit a scenario, as it stands without changes."""
    people = (*_sizes(scenario), *_mix(scenario), *_company(scenario))
    named = (
        "This scenario names its people. So their number and their skills are fixed."
        if scenario.employees.people
        else ""
    )
    mattering = tuple(_parameters(scenario, MATTERING))
    return (
        Group("The team", people, named, open=True),
        Group("The situation", tuple(_market(scenario)), open=True),
        Group("The leader", tuple(_leader(scenario)), open=True),
        *(_practices(scenario, group) for group in GROUPS),
        Group("What moves results most", mattering, ASSUMED, explained=True),
        *(_expert(scenario, group) for group in parameters.GROUPS),
    )


def _sizes(scenario: Scenario) -> Iterator[Control]:
    if scenario.employees.people:
        return
    there = [team for team in scenario.teams if team.size][:MOST_TEAMS]
    for team in there:
        label = "People" if len(there) == 1 else f"People in {team.name}"
        yield Control(
            "slider", (f"teams.{team.name}.size",), label, "people", 2, LARGEST_TEAM, 1, (team.size,),
            "positions on the first day",
            "More people share the time of one leader, and more people take part in decisions.",
        )  # fmt: skip


def _mix(scenario: Scenario) -> Iterator[Control]:
    mix = scenario.employees.mix
    if mix is None or any(team.mix for team in scenario.teams):
        return
    names = tuple(f"employees.mix.{level}" for level in Mix.model_fields)
    yield Control(
        "mix", names, "Who they are", "%", 0, 1, 0.01, mix.shares,
        "shares of the four development levels on the first day; they add up to 100 %",
        "Beginners need instructions and experts need freedom. One style does not fit both.",
    )  # fmt: skip


def _company(scenario: Scenario) -> Iterator[Control]:
    yield _field(
        Company, "skill_diversity", ("company.skill_diversity",), scenario.company.skill_diversity,
        "Difference of skills", "People with different skills notice each other's errors when they decide together.",
    )  # fmt: skip


def _market(scenario: Scenario) -> Iterator[Control]:
    for name, (label, why) in MARKET.items():
        yield _field(Market, name, (f"market.{name}",), getattr(scenario.market, name), label, why)


def _leader(scenario: Scenario) -> Iterator[Control]:
    led = [team for team in scenario.teams if team.leader is not None]
    for name, (label, why) in LEADER.items():
        names = [f"teams.{team.name}.leader.{name}" for team in led]
        if len(led) < len(scenario.teams):
            names.insert(0, f"leader.{name}")
        first = scenario.leader if len(led) < len(scenario.teams) else led[0].leader
        whose = " (all leaders)" if len(names) > 1 else ""
        yield _field(Leader, name, tuple(names), getattr(first, name), label + whose, why)


def _practices(scenario: Scenario, group: str) -> Group:
    now = {entry.practice: entry.intensity for entry in scenario.practices}
    timed = {getattr(event, "practice", None) for event in scenario.events}
    controls = []
    for one in practices().values():
        if one.group == group and one.name not in timed:  # events start and stop these
            price = _price(one.hours_leader, one.hours_people, one.money)
            base = (now.get(one.name, 0.0),)
            names = (f"{PRACTICES}.{one.name}",)
            controls.append(Control("slider", names, one.title, "share, 0-1", 0, 1, 0.05, base, one.description, price))
    lead = (
        "0 means: not used. Each practice costs time or money. With too many at once, each gets too little attention."
    )
    return Group(group.capitalize(), tuple(controls), lead, drawer="Practices")


def _price(leader: float, people: float, money: float) -> str:
    parts = [
        f"{amount:g} {what} for each person and week"
        for amount, what in ((leader, "hours of the leader"), (people, "hours of everybody"), (money, "thousand"))
        if amount
    ]
    return f"At full intensity it costs {', '.join(parts)}." if parts else ""


def _expert(scenario: Scenario, group: parameters.Group) -> Group:
    names = [parameter.name for parameter in group.parameters]
    return Group(group.title, tuple(_parameters(scenario, names)), group.note.capitalize(), drawer=EXPERT)


def _parameters(scenario: Scenario, names: Sequence[str]) -> Iterator[Control]:
    for name in names:
        one = parameters.BY_NAME.get(name)
        if one is not None:
            value = scenario.parameters.get(name, one.default)
            low, high = min(one.low, value), max(one.high, value)
            yield Control(
                "slider", (name,), one.label, one.unit, low, high, _step(low, high, value), (value,), one.meaning,
                f"{one.why} Source: {one.source}. In files and commands: {name}.",
            )  # fmt: skip


def _field(section: Any, name: str, names: tuple[str, ...], value: float, label: str, why: str) -> Control:
    facts = section.model_json_schema()["properties"][name]
    low, high = NARROWER.get(name, (facts["minimum"], facts["maximum"]))
    low, high = min(low, value), max(high, value)
    return Control(
        "slider", names, label, facts["unit"], low, high, _step(low, high, value), (value,), facts["description"], why
    )


def _step(low: float, high: float, value: float) -> float:
    """A round step that divides a range into about 50 to 125 parts. If two steps do, the one that meets the value."""
    size = (high - low) / 50 or 0.01
    power = 10.0 ** int(f"{size:e}".partition("e")[2])
    known = [times * power for times in (5, 2, 1, 0.5) if size / 2.5001 <= times * power <= size * 1.0001]
    return next((step for step in known if abs(math.remainder(value - low, step)) < 1e-6 * step), known[0])


def plain(group: Group, prefix: str) -> dict[str, Any]:
    """A group as the browser gets it."""
    return {
        **group._asdict(),
        "controls": [{**control._asdict(), "id": f"{prefix}-{place}"} for place, control in enumerate(group.controls)],
    }


def by_name(known: Sequence[Group]) -> dict[str, Control]:
    """The control of every name that can be changed."""
    return {name: control for group in known for control in group.controls for name in control.names}
