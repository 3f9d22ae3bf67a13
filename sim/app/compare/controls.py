"""What a visitor can change: one entry per slider, with its range, unit and why it matters; more are added here.

Ranges, units and meanings come from the scenario's own declarations; only what they lack stands in the tables below.
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
    """A slider: the numbers that it sets (by the names of `sim.scenario.paths`), and what there is to say about it.

    A slider with several names sets all of them to its value; a mix has one name for each of its shares.
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
    """Controls under one heading; `open`: seen without asking; `drawer`: the heading that they are put away under.

    `told`: what each control is stands beside it without asking.
    """

    title: str
    controls: tuple[Control, ...]
    lead: str = ""
    open: bool = False
    drawer: str = ""
    told: bool = False


MARKET = {
    "urgency": ("Urgency", "Who has to ask many before deciding pays for it when questions cannot wait."),
    "turbulence": ("Turbulence", "The faster the market moves, the more it counts to notice and to adapt."),
    "demand": ("Work to do", "Too much wears people out; too little leaves them idle."),
    "novelty": ("Newness of the work", "In new work skills age, and one person alone judges worse."),
    "complexity": ("Complexity", "The more things hang together, the more a decision gains from several heads."),
    "labour_tightness": ("Ease of finding other jobs", "Where it is easy, people whose morale is low leave sooner."),
}

LEADER = {
    "hours": (
        "Hours for leading",
        "A leader's time is what a small business lacks first; what goes beyond is not done.",
    ),
    "fidelity": ("Strength of the style", "How much of the intended behaviour people really meet."),
    "diagnosis_skill": ("Skill at seeing people", "Adapting to people helps only if they are seen as they are."),
    "competence": ("Expertise of the leader", "Decides how good the decisions taken alone are."),
}

NARROWER = {"demand": (0.4, 1.4), "hours": (4.0, 50.0)}
"""Ranges that can be handled, where those that are allowed go further than anybody goes."""

MATTERING = (
    "morale_of_needs", "morale_of_success", "hours_per_meeting", "plateau", "morale_of_trust", "morale_of_ease",
)  # fmt: skip
"""Parameters of the model that have a place of their own: those whose plausible values move morale or output most, the
unit of output aside: the first six of experiments/sensitivity.toml, which says by what rule they are chosen."""

ASSUMED = "Nobody knows these numbers exactly. Move one within what is plausible: does what you found still hold?"

EXPERT = "For experts: every number of the model"

LEVELS = ("D1 beginners", "D2 disillusioned", "D3 cautious", "D4 self-reliant")

MOST_TEAMS = 6
"""Teams that get a slider for their size."""


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """The controls that fit a scenario, as it stands without changes."""
    people = (*_sizes(scenario), *_mix(scenario), *_company(scenario))
    named = "This scenario names its people, so their number and skills are given." if scenario.employees.people else ""
    mattering = tuple(_parameters(scenario, MATTERING))
    return (
        Group("The team", people, named, open=True),
        Group("The situation", tuple(_market(scenario)), open=True),
        Group("The leader", tuple(_leader(scenario)), open=True),
        *(_practices(scenario, group) for group in GROUPS),
        Group("What moves results most", mattering, ASSUMED, told=True),
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
            "More people share the same leader's time, and more of them take part in decisions.",
        )  # fmt: skip


def _mix(scenario: Scenario) -> Iterator[Control]:
    mix = scenario.employees.mix
    if mix is None or any(team.mix for team in scenario.teams):
        return
    names = tuple(f"employees.mix.{level}" for level in Mix.model_fields)
    yield Control(
        "mix", names, "Who they are", "%", 0, 1, 0.01, mix.shares,
        "shares of the four development levels on the first day; they add up to 100 %",
        "Beginners need to be shown; experts need a free hand. The same style does not suit both.",
    )  # fmt: skip


def _company(scenario: Scenario) -> Iterator[Control]:
    yield _field(
        Company, "skill_diversity", ("company.skill_diversity",), scenario.company.skill_diversity,
        "Difference of skills", "People who differ notice each other's errors when they decide together.",
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
        whose = " (all leaders alike)" if len(names) > 1 else ""
        yield _field(Leader, name, tuple(names), getattr(first, name), label + whose, why)


def _practices(scenario: Scenario, group: str) -> Group:
    now = {entry.practice: entry.intensity for entry in scenario.practices}
    timed = {getattr(event, "practice", None) for event in scenario.events}
    controls = []
    for one in practices().values():
        if one.group == group and one.name not in timed:  # what events start and stop is theirs
            price = _price(one.hours_leader, one.hours_people, one.money)
            base = (now.get(one.name, 0.0),)
            names = (f"{PRACTICES}.{one.name}",)
            controls.append(Control("slider", names, one.title, "share, 0-1", 0, 1, 0.05, base, one.description, price))
    lead = "0 is not taken up. Each costs time or money, and too many at once dilute attention."
    return Group(group.capitalize(), tuple(controls), lead, drawer="Practices")


def _price(leader: float, people: float, money: float) -> str:
    parts = [
        f"{amount:g} {what} a head and week"
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
    """A round step that divides a range into some fifty to 125 parts; where there are two, one that meets the value."""
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
