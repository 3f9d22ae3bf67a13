"""Finds who leads whom: departments or managers become teams with a leader each, or all have one leader.

Each team has a leader of its own in the model, with hours for leading: to take departments for teams adds leaders.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.people_files.choices import Choices, Reading, Undecided
from sim.scenario.people_files.leading import Leads
from sim.scenario.people_files.words import folded
from sim.scenario.problems import InputError, listed, shortened

LARGEST, SMALLEST = 25, 2
"""People in a team, as the model has it."""

ONE, DEPARTMENTS, MANAGERS = "one", "departments", "managers"
TOGETHER, OUT, SPLIT = "together", "out", "split"
ABOVE, NONE = "above", "none"
NO_TEAM, OTHERS = "No team", "Others"


class Leaders(NamedTuple):
    """Who leads whom, as far as a file says it, for each person of a list.

    Attributes:
        of: a key for whoever leads the person; "" where nobody is named, "#3" for the person in place 3 of the list.
        called: the name that goes with each key.
        roles: how surely the person leads, by the role.
    """

    of: list[str]
    called: dict[str, str]
    roles: list[Leads]


class Teams(NamedTuple):
    """The team of each person, None for those left out; "" where there is only one; and why not."""

    team: list[str | None]
    reasons: list[str]


def find_teams(
    file: str,
    heading: str,
    departments: Sequence[str],
    leaders: Leaders,
    rows: Sequence[int],
    with_names: bool,
    choices: Choices,
) -> Teams:
    """The teams of some people.

    Args:
        file: for messages.
        heading: of the column of departments.
        departments: of each person, "" where there is none.
        leaders: who leads whom.
        rows: where the people stand in the file, for messages.
        with_names: whether teams may be named after their managers.
        choices: may hold teams.rule, teams.small, teams.large, people.leading, and teams to merge.

    Raises:
        InputError: more people under one leader than the model can have.
        Undecided: departments may have leaders of their own or not; teams too small or too large; roles that may be
            those of leaders.
    """
    merged = [choices.of_team(name or NO_TEAM) if any(departments) else "" for name in departments]
    rule = _rule(file, heading, merged, leaders, choices)
    if rule == MANAGERS:
        named = list(dict.fromkeys(filter(None, leaders.of)))
        called = {
            key: f"Team of {leaders.called[key]}" if with_names else f"Team {place}"
            for place, key in enumerate(named, 1)
        }
        teams: list[str | None] = [called.get(key, NO_TEAM) for key in leaders.of]
        reasons = [_leads_by_name(place, leaders) for place in range(len(teams))]
    else:
        teams = list(merged) if rule == DEPARTMENTS else [""] * len(merged)
        reasons = _leaders_of_groups(file, teams, leaders, rows, choices)
    teams = [None if why else team for team, why in zip(teams, reasons, strict=True)]
    teams, reasons = _sized(file, teams, reasons, choices)
    choices.keep("teams", "rule", rule)
    return Teams(teams, reasons)


def _leads_by_name(place: int, leaders: Leaders) -> str:
    """Why somebody is no member where each leader has a team: leads one, and is led by nobody; or ""."""
    own = f"#{place}"
    if leaders.of[place] not in ("", own):
        return ""
    if own in leaders.of:
        return "leads others, and is nobody's team member"
    return LEADS_BY_ROLE if leaders.roles[place] == Leads.FIRM and any(leaders.of) else ""


LEADS, LEADS_BY_ROLE = "leads the others", "leads the others, by the role"


def _leaders_of_groups(
    file: str, teams: Sequence[str | None], leaders: Leaders, rows: Sequence[int], choices: Choices
) -> list[str]:
    """Why people are no members of the group they stand in: the one who leads it; "" for the members.

    Raises:
        Undecided: several may lead by their roles, or somebody may or may not.
    """
    how = choices.text("people", "leading", (BY_ROLE, MEMBERS))
    reasons, doubtful = [""] * len(teams), list[int]()
    for name in dict.fromkeys(teams):
        group = [place for place, team in enumerate(teams) if team == name]
        whole = len(group) == len(teams)
        leading = [place for place in group if _leads_within(place, group, leaders, whole)]
        if any(leaders.of[place] or f"#{place}" in leaders.of for place in group):
            for place in leading if len(leading) == 1 else ():
                reasons[place] = LEADS
            for place in () if whole else group:  # who leads others elsewhere, and is led by nobody
                if f"#{place}" in leaders.of and leaders.of[place] in ("", f"#{place}"):
                    reasons[place] = LEADS
            continue
        most = max(leaders.roles[place] for place in group)
        able = [place for place in group if leaders.roles[place] == most]
        if most == Leads.NOBODY or how == MEMBERS or len(group) - len(able) < (SMALLEST if whole else 1):
            continue
        if how == BY_ROLE or (len(able) == 1 and most >= Leads.TEAM):
            for place in able:
                reasons[place] = LEADS_BY_ROLE
        else:
            doubtful += able
    if doubtful:
        where = listed((str(rows[place]) for place in doubtful), 8)
        who = "one person" if len(doubtful) == 1 else f"{len(doubtful)} people"
        question = f"{who} may lead the others, by the role (row {where}). Is it so?"
        readings = (Reading(BY_ROLE, "so it is: not counted among those who are led"),
                    Reading(MEMBERS, "no: led as everybody else"))  # fmt: skip
        raise Undecided(file, question, "people.leading", readings)
    return reasons


BY_ROLE, MEMBERS = "roles", "members"


def _leads_within(place: int, group: Sequence[int], leaders: Leaders, whole: bool) -> bool:
    """Whether a person leads somebody of a group and nobody of it leads the person.

    In a group that is everybody, nobody outside may either, as then it is that one who leads.
    """
    own = f"#{place}"
    if not any(leaders.of[other] == own for other in group if other != place):
        return False
    of = leaders.of[place]
    return of in ("", own) or not (whole or of in {f"#{other}" for other in group})


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


def _rule(file: str, heading: str, departments: Sequence[str], leading: Leaders, choices: Choices) -> str:
    told = choices.text("teams", "rule", (ONE, DEPARTMENTS, MANAGERS))
    several, leaders = len(set(departments)) > 1, len(set(filter(None, leading.of)))
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
    if leaders == 1 and people <= LARGEST and _all_led(leading):
        return ONE
    if several and leaders > 1 and _led_one_by_one(departments, leading):
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


def _all_led(leaders: Leaders) -> bool:
    """Whether a leader is named for everybody who does not lead."""
    return all(of or f"#{place}" in leaders.of for place, of in enumerate(leaders.of))


def _led_one_by_one(departments: Sequence[str], leaders: Leaders) -> bool:
    """Whether each department has exactly one leader, and another than the others; leaders' own do not count."""
    led = [place for place in range(len(departments)) if f"#{place}" not in leaders.of]
    pairs = {(departments[place], leaders.of[place]) for place in led}
    return all(leader for _, leader in pairs) and len(pairs) == len({one for one, _ in pairs}) == len(
        {leader for _, leader in pairs}
    )


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
            out = Reading(OUT, "leave them out" if len(small) > 1 else "leave the person out")
            either = (Reading(TOGETHER, "put them into one team"), out) if len(small) > 1 else (out,)
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
