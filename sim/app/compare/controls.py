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
from sim.view.language import english, said, spoken
from sim.view.sentences import capitalised


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
    "urgency": (
        english("Urgency"),
        english("If questions cannot wait, it costs more to ask many people before a decision."),
    ),
    "turbulence": (
        english("Turbulence"),
        english("If the market changes faster, it is more important to notice changes and to adapt."),
    ),
    "demand": (
        english("Work to do"),
        english("Too much work exhausts people. With too little work they have nothing to do."),
    ),
    "novelty": (
        english("Newness of the work"),
        english("In new work, skills become outdated, and one person alone judges less well."),
    ),
    "complexity": (
        english("Complexity"),
        english("In complex work, decisions are better if several people take part."),
    ),
    "labour_tightness": (
        english("Ease of finding other jobs"),
        english("If other jobs are easy to find, people with low morale leave sooner."),
    ),
}

LEADER = {
    "hours": (
        english("Hours for leading"),
        english(
            "A small business never has enough of the leader's time. Without time, leaders do less than they mean to."
        ),
    ),
    "fidelity": (english("Strength of the style"), english("How much of the intended behaviour reaches people.")),
    "diagnosis_skill": (
        english("Skill at seeing people"),
        english("A leader can adapt to people only after judging them correctly."),
    ),
    "competence": (
        english("Expertise of the leader"),
        english("It determines how good the leader's own decisions are."),
    ),
}

NARROWER = {"demand": (0.4, 1.4), "hours": (4.0, 50.0)}
"""Useful ranges for numbers whose allowed range is much wider."""

MATTERING = (
    "morale_base", "morale_of_needs", "morale_of_trust", "quit_morale", "strain_of_demands", "morale_of_ease",
)  # fmt: skip
"""Parameters of the model that have a place of their own: those whose plausible values move morale or output most: the
first six of experiments/sensitivity.toml, which says by what rule they are chosen."""

ASSUMED = english(
    "Nobody knows these numbers exactly. Move one within its plausible range: is your result still the same?"
)

EXPERT = english("For experts: every number of the model")

LEVELS = (english("D1 beginners"), english("D2 disillusioned"), english("D3 cautious"), english("D4 self-reliant"))

HOURS_OF_LEADER = english("{amount} hours of the leader for each person and week")
HOURS_OF_EVERYBODY = english("{amount} hours of everybody for each person and week")
THOUSANDS = english("{amount} thousand for each person and week")

OF_A_SOURCE = {
    "form": english("form: {which}"),
    "forms": english("forms: {which}"),
    "direction": english("direction: {which}"),
    "directions": english("directions: {which}"),
    "size": english("size: {which}"),
    "assumed": english("assumed"),
    "size assumed": english("size assumed"),
}
"""What a source is the source of."""

MOST_TEAMS = 6
"""Teams that have a slider for their size."""


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """The controls that fit a scenario, as it stands without changes."""
    people = (*_sizes(scenario), *_mix(scenario), *_company(scenario))
    named = (
        said("This scenario names its people. So their number and their skills are fixed.")
        if scenario.employees.people
        else ""
    )
    mattering = tuple(_parameters(scenario, MATTERING))
    return (
        Group(said("The team"), people, named, open=True),
        Group(said("The situation"), tuple(_market(scenario)), open=True),
        Group(said("The leader"), tuple(_leader(scenario)), open=True),
        *(_practices(scenario, group) for group in GROUPS),
        Group(said("What moves results most"), mattering, said(ASSUMED), explained=True),
        *(_expert(scenario, group) for group in parameters.GROUPS),
    )


def _sizes(scenario: Scenario) -> Iterator[Control]:
    if scenario.employees.people:
        return
    there = [team for team in scenario.teams if team.size][:MOST_TEAMS]
    for team in there:
        label = said("People") if len(there) == 1 else said("People in {team}", team=team.name)
        yield Control(
            "slider", (f"teams.{team.name}.size",), label, said("people", "unit"), 2, LARGEST_TEAM, 1, (team.size,),
            said("positions on the first day"),
            said("More people share the time of one leader, and more people take part in decisions."),
        )  # fmt: skip


def _mix(scenario: Scenario) -> Iterator[Control]:
    mix = scenario.employees.mix
    if mix is None or any(team.mix for team in scenario.teams):
        return
    names = tuple(f"employees.mix.{level}" for level in Mix.model_fields)
    yield Control(
        "mix", names, said("Who they are"), "%", 0, 1, 0.01, mix.shares,
        said("shares of the four development levels on the first day; they add up to 100 %"),
        said("Beginners need instructions and experts need freedom. One style does not fit both."),
    )  # fmt: skip


def _company(scenario: Scenario) -> Iterator[Control]:
    yield _field(
        Company, "skill_diversity", ("company.skill_diversity",), scenario.company.skill_diversity,
        said("Difference of skills"),
        said("People with different skills notice each other's errors when they decide together."),
    )  # fmt: skip


def _market(scenario: Scenario) -> Iterator[Control]:
    for name, (label, why) in MARKET.items():
        yield _field(Market, name, (f"market.{name}",), getattr(scenario.market, name), said(label), said(why))


def _leader(scenario: Scenario) -> Iterator[Control]:
    led = [team for team in scenario.teams if team.leader is not None]
    for name, (label, why) in LEADER.items():
        names = [f"teams.{team.name}.leader.{name}" for team in led]
        if len(led) < len(scenario.teams):
            names.insert(0, f"leader.{name}")
        first = scenario.leader if len(led) < len(scenario.teams) else led[0].leader
        shown = said("{label} (all leaders)", label=said(label)) if len(names) > 1 else said(label)
        yield _field(Leader, name, tuple(names), getattr(first, name), shown, said(why))


def _practices(scenario: Scenario, group: str) -> Group:
    now = {entry.practice: entry.intensity for entry in scenario.practices}
    timed = {getattr(event, "practice", None) for event in scenario.events}
    controls = []
    for one in practices().values():
        if one.group == group and one.name not in timed:  # events start and stop these
            price = _price(one.hours_leader, one.hours_people, one.money)
            base = (now.get(one.name, 0.0),)
            names = (f"{PRACTICES}.{one.name}",)
            title, about = said(one.title, "practice"), said(one.description)
            controls.append(Control("slider", names, title, said("share, 0-1"), 0, 1, 0.05, base, about, price))
    lead = said(
        "0 means: not used. Each practice costs time or money. With too many at once, each gets too little attention."
    )
    return Group(said(group.capitalize()), tuple(controls), lead, drawer=said("Practices"))


def _price(leader: float, people: float, money: float) -> str:
    parts = [
        said(pattern, amount=spoken().digits(f"{amount:g}"))
        for amount, pattern in ((leader, HOURS_OF_LEADER), (people, HOURS_OF_EVERYBODY), (money, THOUSANDS))
        if amount
    ]
    return said("At full intensity it costs {prices}.", prices=", ".join(parts)) if parts else ""


def _expert(scenario: Scenario, group: parameters.Group) -> Group:
    names = [parameter.name for parameter in group.parameters]
    note = said(group.note)
    return Group(said(group.title), tuple(_parameters(scenario, names)), capitalised(note), drawer=said(EXPERT))


def _parameters(scenario: Scenario, names: Sequence[str]) -> Iterator[Control]:
    for name in names:
        one = parameters.BY_NAME.get(name)
        if one is not None:
            unit = said(one.unit, "unit")
            value = scenario.parameters.get(name, one.default)
            low, high = min(one.low, value), max(one.high, value)
            yield Control(
                "slider", (name,), said(one.label), unit, low, high, _step(low, high, value), (value,),
                said(one.meaning),
                said("{why} Source: {source}. In files and commands: {name}.",
                     why=said(one.why), source=in_words(one.source), name=name),
            )  # fmt: skip


def in_words(source: str) -> str:
    """Where a number comes from: what is said of it in the visitor's language, with publications as they are."""
    parts = []
    for part in source.split("; "):
        what, _, publications = part.partition(": ")
        pattern = OF_A_SOURCE.get(what if publications else part)
        parts.append(said(pattern, which=publications) if pattern else part)
    return "; ".join(parts)


def _field(section: Any, name: str, names: tuple[str, ...], value: float, label: str, why: str) -> Control:
    facts = section.model_json_schema()["properties"][name]
    low, high = NARROWER.get(name, (facts["minimum"], facts["maximum"]))
    low, high = min(low, value), max(high, value)
    return Control(
        "slider", names, label, said(facts["unit"], "unit"), low, high, _step(low, high, value), (value,),
        said(facts["description"]), why,
    )  # fmt: skip


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


def hint_of(name: str, description: str) -> str:
    """A word for a style's name that has no meaning by itself: 'directing' for S1."""
    return description.partition(":")[0].lower() if name in ("S1", "S2", "S3", "S4") else ""
