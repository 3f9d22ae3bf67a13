"""Who leads whom: departments or managers as teams with a leader each, or everybody under one leader.

Each team has a leader of its own in the model, with hours for leading: to take departments for teams adds leaders.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.words import folded
from sim.scenario.problems import InputError, listed, shortened

LARGEST, SMALLEST = 25, 2
"""People in a team, as the model has it."""

ONE, DEPARTMENTS, MANAGERS = "one", "departments", "managers"
TOGETHER, OUT, SPLIT = "together", "out", "split"
ABOVE, NONE = "above", "none"
NO_TEAM, OTHERS = "No team", "Others"


class Teams(NamedTuple):
    """The team of each person, None for those left out; "" where there is only one; and why not."""

    team: list[str | None]
    reasons: list[str]


def find_teams(
    file: str,
    heading: str,
    people: Sequence[str],
    departments: Sequence[str],
    managers: Sequence[str],
    with_names: bool,
    choices: Choices,
) -> Teams:
    """The teams of some people.

    Args:
        file: for messages.
        heading: of the column of departments.
        people: what identifies each person as a manager: the name or the id, folded.
        departments: of each person, "" where there is none.
        managers: of each person, "" where there is none.
        with_names: whether teams may be named after their managers.
        choices: may hold teams.rule, teams.small, teams.large, and teams to merge.

    Raises:
        InputError: more people under one leader than the model can have.
        Undecided: departments may have leaders of their own or not; teams too small or too large.
    """
    merged = [choices.of_team(name or NO_TEAM) if any(departments) else "" for name in departments]
    rule = _rule(file, heading, merged, managers, choices)
    reasons = [""] * len(merged)
    if rule == ONE:
        teams: list[str | None] = [""] * len(merged)
        named = list(dict.fromkeys(filter(None, managers)))
        for place, (who, manager) in enumerate(zip(people, managers, strict=True)):
            if len(named) == 1 and who == as_spoken(named[0]) and not manager:
                teams[place], reasons[place] = None, "leads the others"
    elif rule == DEPARTMENTS:
        teams = list(merged)
    else:
        named = list(dict.fromkeys(filter(None, managers)))
        called = {name: f"Team of {name}" if with_names else f"Team {place}" for place, name in enumerate(named, 1)}
        teams = [called.get(name, NO_TEAM) for name in managers]
        leading = {as_spoken(name) for name in named}
        for place, (who, manager) in enumerate(zip(people, managers, strict=True)):
            if who in leading and (not manager or as_spoken(manager) == who):
                teams[place], reasons[place] = None, "leads others, and is nobody's team member"
    teams, reasons = _sized(file, teams, reasons, choices)
    choices.keep("teams", "rule", rule)
    return Teams(teams, reasons)


def as_spoken(name: str) -> str:
    """A name as it is compared: "Aber, Ada" as "Ada Aber"."""
    last, comma, first = name.partition(",")
    return folded(f"{first} {last}" if comma else name)


def written_once(file: str, heading: str, departments: Sequence[str], choices: Choices) -> list[str]:
    """Departments of which each stands only in its first row, as lists are printed, for everybody below as well.

    Raises:
        Undecided: empty cells may mean the department above, or none.
    """
    named = [folded(name) for name in departments if name]
    if not departments or not departments[0] or len(named) == len(departments) or len(set(named)) < len(named):
        return list(departments)
    how = choices.text("teams", "blank", (ABOVE, NONE))
    if how is None:
        question = f"column {shortened(heading)}: {len(departments) - len(named)} cells are empty."
        readings = (Reading(ABOVE, "each belongs to the one above it"), Reading(NONE, "these people belong to none"))
        raise Undecided(file, question, "teams.blank", readings)
    if how == NONE:
        return list(departments)
    filled: list[str] = []
    for name in departments:
        filled.append(name or filled[-1])
    return filled


def _rule(file: str, heading: str, departments: Sequence[str], managers: Sequence[str], choices: Choices) -> str:
    told = choices.text("teams", "rule", (ONE, DEPARTMENTS, MANAGERS))
    several, leaders = len(set(departments)) > 1, len(set(filter(None, managers)))
    if told == DEPARTMENTS and not any(departments):
        raise InputError(
            f"{choices.source}: teams.rule: no column says the department. Name it: --set columns.team=..."
        )
    if told == MANAGERS and not leaders:
        raise InputError(f"{choices.source}: teams.rule: no column names managers. Name it: --set columns.manager=...")
    if told:
        return told
    people = len(departments)
    if not several and (leaders <= 1 or people <= SMALLEST):
        return ONE
    if several and leaders > 1 and _led_one_by_one(departments, managers):
        return DEPARTMENTS
    readings = []
    if people <= LARGEST:
        readings.append(Reading(ONE, f"one leader for all {people}; the departments are only labels"))
    if several:
        sizes = listed((f"{shortened(name, 30)} {size}" for name, size in Counter(departments).items()), 12)
        count = len(set(departments))
        readings.append(Reading(DEPARTMENTS, f"{count} leaders, each with hours for leading: {sizes}"))
    if leaders > 1:
        readings.append(Reading(MANAGERS, f"{leaders} leaders, as the column of managers has them"))
    column = f"column {shortened(heading)}: d" if several else "D"
    question = f"{column}oes each group have a leader of its own? More leaders mean more time for each person."
    if people > LARGEST:
        question += f" (One leader leads at most {LARGEST} people in the model; here are {people}.)"
    if not several:
        question = "do the managers named lead teams of their own? More leaders mean more time for each person."
    raise Undecided(file, question, "teams.rule", readings)


def _led_one_by_one(departments: Sequence[str], managers: Sequence[str]) -> bool:
    """Whether each department has exactly one manager, and another than the others."""
    pairs = {(department, manager) for department, manager in zip(departments, managers, strict=True)}
    return all(managers) and len(pairs) == len(set(departments)) == len(set(managers))


def _sized(
    file: str, teams: list[str | None], reasons: list[str], choices: Choices
) -> tuple[list[str | None], list[str]]:
    """Teams of 2 to 25: small ones put together or left out, large ones split, as was decided."""
    sizes = Counter(name for name in teams if name is not None)
    small = [name for name, size in sizes.items() if size < SMALLEST and len(sizes) > 1]
    if small:
        how = choices.text("teams", "small", (TOGETHER, OUT))
        if how is None:
            names = listed((shortened(name, 30) for name in small), 10)
            question = f"one person alone is no team: {names}. To join one with another: {_merge(small[0], sizes)}."
            either = (Reading(TOGETHER, "put them into one team"), Reading(OUT, "leave them out"))
            raise Undecided(file, question, "teams.small", either)
        if how == TOGETHER:
            teams = [OTHERS if name in small else name for name in teams]
            if teams.count(OTHERS) < SMALLEST:
                raise InputError(
                    f"{file}: teams.small: {shortened(small[0], 30)} is the only one alone; join it with another team: "
                    f"{_merge(small[0], sizes)}, or leave the person out: --set teams.small={OUT}."
                )
        else:
            reasons = ["alone in the team" if name in small else why for name, why in zip(teams, reasons, strict=True)]
            teams = [None if name in small else name for name in teams]
    large = [name for name, size in Counter(name for name in teams if name is not None).items() if size > LARGEST]
    if large:
        if choices.text("teams", "large", (SPLIT,)) is None:
            sizes_said = listed((f"{shortened(name or 'one team', 30)} {teams.count(name)}" for name in large), 10)
            question = f"one leader leads at most {LARGEST} people in the model: {sizes_said}. To take only a part: "
            question += "--set only.HEADING=VALUE."
            readings = [Reading(SPLIT, "split them evenly, in the order of the file, each part with a leader")]
            raise Undecided(file, question, "teams.large", readings)
        teams = _split(teams, large)
    return teams, reasons


def _merge(name: str, sizes: Counter[str]) -> str:
    into = next((other for other, size in sizes.most_common() if other != name), OTHERS)
    return f"--set 'merge.{shortened(name, 60)}={shortened(into, 60)}'"


def _split(teams: list[str | None], large: Sequence[str | None]) -> list[str | None]:
    split: list[str | None] = list(teams)
    for name in large:
        places = [place for place, team in enumerate(teams) if team == name]
        groups = -(-len(places) // LARGEST)
        for count, place in enumerate(places):
            split[place] = f"{name or 'Team'} {count * groups // len(places) + 1}"
    return split
