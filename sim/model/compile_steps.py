"""Turns steps of the week into compiled functions: for a whole team at once, or as an act of one agent.

A rule gets what its arguments are called. The functions are written out as Python, since a compiler sees through calls
in a row and not through a list of them: `print(source(...))` shows what is run.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import numba

from sim.model import playback
from sim.model.counterparts import follow, stay_as_then
from sim.model.rules.compiled import rule
from sim.model.state import APPLICANT_WEEKS, EMPLOYED, VACANT
from sim.model.week import Step, Who, with_vacant

ONE_BY_ONE = (Who.LEADER_TO_EACH, Who.PERSON, Who.VACANCY)
"""Whose steps concern one position after the other."""

MEANS = {
    # of the company
    "p": "run.parameters[0]",
    "first_week": "run.block.first_week",
    "week_number": "first_week + w",
    "company": "run.world.company[0]",
    "company_luck": "run.block.company_luck[w]",
    "employees": "run.world.employees",
    "leaders": "run.world.leaders",
    "practices": "run.world.practices",
    "mood": "run.world.mood",
    "sums": "run.world.sums",
    "tables": "run.plan.tables",
    "policies": "run.plan.policies",
    "stages": "run.plan.stages",
    "events": "run.plan.events",
    "tally": "run.world.tallies[0]",
    # of team t
    "team": "run.world.teams[t]",
    "leader": "leaders[t]",
    "team_tally": "run.world.tallies[1 + t]",
    "diversity": "run.world.diversity[t]",
    "team_luck": "run.block.team_luck[w, t]",
    "first": "team.first",
    "last": "team.last",
    "members": "employees[first:last]",
    "weeks": "weeks_of(run.world.weeks, employees, first, last)",
    "lucks": "run.block.luck[w, first:last]",
    "chances": "run.block.chance[w, first:last]",
    "applicants": "run.block.applicants[month(first_week, w), first:last]",
    "networks": "run.world.colleagues[first:last]",
}
"""What a name stands for; one may be made of those above it."""

OF_ONE = {
    "employee": "members[i]",
    "position": "members[i]",
    "week": "weeks[i]",
    "luck": "lucks[i]",
    "chance": "chances[i]",
    "applicant": "applicants[i]",
    "colleagues": "networks[i]",
}
"""What a name stands for in a rule about the person at place i of the team."""


@rule
def weeks_of(weeks, employees, first, last):  # type: ignore[no-untyped-def]  # records
    """The team's records of the week, where they are everybody's or those of one team after the other."""
    return weeks[first:last] if weeks.shape[0] == employees.shape[0] else weeks


@rule
def month(first_week, w):  # type: ignore[no-untyped-def]  # records
    """Which applicants the week at place w of a block sees."""
    return (first_week + w - 1) // APPLICANT_WEEKS - (first_week - 1) // APPLICANT_WEEKS


def whole(name: str, steps: Iterable[Step]) -> Any:
    """Some steps in a row, as `name(run, w)` of the company or `name(run, w, t)` of team t and its people.

    It is called by compiled functions only.
    """
    return _compiled(source(name, steps), name, steps, inner=True)


def whole_played(name: str, steps: Iterable[Step]) -> Any:
    """The same with a `PlayedRun`, in which mechanisms may be cut.

    What is called takes single arrays. That it is called so is written into whoever calls it, before that is compiled:
    a function of its own would be optimised with all its steps once more.
    """
    text, paths = _with_arrays(source(f"{name}_steps", steps, played=True))
    places = "w" if all(step.who is Who.COMPANY for step in steps) else "w, t"
    parts = {f"{name}_steps": _compiled(text, f"{name}_steps", steps, inner=True)}
    call = f"{name}_steps({', '.join([f'run.{path}' for path in paths])}, {places})"
    written = _made(f"def {name}(run, {places}):\n    {call}\n", name, parts)
    return numba.njit(written, inline="always", nogil=True, error_model="numpy")


def alone(step: Step, *, played: bool = False) -> Callable[..., None]:
    """A step by itself, as `step(run, w)` of the company, `(run, w, t)` of team t or `(run, w, t, i)` of a person.

    Where it is `played`, the run is a `PlayedRun`.
    """
    text, paths = _with_arrays(source(step.name, [step], by_itself=True, played=played))
    takes, do = [attrgetter(path) for path in paths], _compiled(text, step.name, [step])
    return lambda run, *place: do(*[take(run) for take in takes], *place)


def _with_arrays(text: str) -> tuple[str, list[str]]:
    """A function that takes single arrays instead of a run, and which these are.

    Python hands them over several times as fast as a Moment.
    """
    paths = list(dict.fromkeys(re.findall(r"\brun\.([\w.]+)", text)))
    for path in paths:
        text = re.sub(rf"\brun\.{path}\b", path.replace(".", "_"), text)
    return text.replace("(run", f"({', '.join(path.replace('.', '_') for path in paths)}", 1), paths


def source(name: str, steps: Iterable[Step], *, by_itself: bool = False, played: bool = False) -> str:
    """The function written out."""
    takes, body = ["run", "w"], ""
    for step in steps:
        one_by_one = step.who in ONE_BY_ONE
        if step.who is not Who.COMPANY:
            takes = ["run", "w", "t", *(["i"] if by_itself and one_by_one else [])]
        if by_itself or not one_by_one:
            body += _calls(step, "    ", played)
        else:
            # Everybody follows one rule before anybody follows the next: a processor works on several people at once
            # where little is to be done for each, and nobody's rules ask what another person's have changed.
            for rules in [step.rules] if step.vacant else [(each,) for each in step.rules]:
                body += "    for i in range(members.shape[0]):\n        if members[i].status == EMPLOYED:\n"
                body += _calls(step._replace(rules=rules), 12 * " ", played)
            if step.vacant:
                body += "        elif members[i].status == VACANT:\n" + _calls(step.vacant, 12 * " ", played)
    for place, meaning in reversed((MEANS | playback.MEANS if played else MEANS).items()):
        if re.search(rf"(?<!\.)\b{place}\b", body):
            body = f"    {place} = {meaning}\n{body}"
    return f"def {name}({', '.join(takes)}):\n{body}"


def _calls(step: Step, indent: str, played: bool) -> str:
    lines = []
    for each in step.rules:
        call = f"{each.__name__}({', '.join(_arguments(step, each))})"
        own = re.sub(r"\b(team_tally|tally|sums)\b", r"own_\1", call)
        lines += playback.played(step, each, call, own) if played else [call]
    return "".join(f"{indent}{line}\n" for line in lines)


def _arguments(step: Step, called: Any) -> Iterable[str]:
    """What a rule gets, by the names of its arguments."""
    for name in inspect.signature(called.py_func).parameters:
        if step.who in ONE_BY_ONE and name in OF_ONE:
            yield OF_ONE[name]
        elif name in MEANS:
            yield "team_tally" if name == "tally" and step.who is not Who.COMPANY else name
        else:
            raise TypeError(f"{step.name}: nobody knows what `{name}` of the rule {called.__name__} stands for")


def _compiled(text: str, name: str, steps: Iterable[Step], *, inner: bool = False) -> Any:
    called = [each for step in with_vacant(steps) for each in step.rules]
    names = {each.__name__: each for each in (*called, weeks_of, month, follow, stay_as_then)}
    return rule(_made(text, name, names), inner=inner)


def _made(text: str, name: str, names: dict[str, Any]) -> Any:
    known = {**names, "EMPLOYED": EMPLOYED, "VACANT": VACANT, "__name__": __name__}
    made: dict[str, Any] = {}  # apart, since a step may be called like one of its rules
    exec(compile(text, __file__, "exec"), known, made)  # noqa: S102 -- made here
    return made[name]
