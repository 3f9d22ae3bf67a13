"""Cuts mechanisms: whoever reads a mechanism gets what it was under the baseline, week by week.

A rule that keeps up a mechanism works on what the mechanism has come to by itself, its *own* values. After it, those
are put aside, and the records hold what they were at this point of this week under the baseline, for the same person.
So does everything else meet the baseline, and the mechanism itself goes on. Metrics are made of own values.

A person has a counterpart in the baseline as long as the same person is in the position there. For whoever came because
somebody else left nothing can be played back: what becomes of them counts as part of people leaving.

These functions write the lines that go before and after the call of a rule; `compile_steps` puts them there. Where
nothing is cut, none of this is in the compiled week.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sim.model import state
from sim.model.flows import MOOD, STATE, SUMS, Place, flow, rules_in_order
from sim.model.mechanisms import MECHANISMS, PEOPLE
from sim.model.plugged import measure
from sim.model.week import COMPANY, LEADER_TO_EACH, PERSON, VACANCY, Step

EVENTS, WEEKS_END = range(2)
"""When people come and go: by events, and at the end of a team's week."""

MANY = 5
"""Fields side by side from which they are handled as a row of numbers."""

ONE_BY_ONE = (LEADER_TO_EACH, PERSON, VACANCY)

_KEPT_BY_PEOPLE = frozenset(("EMPLOYEE", name) for name in MECHANISMS[PEOPLE].fields["EMPLOYEE"])
"""Who somebody is: this has no own value beside the baseline's, as there is only one person in a position."""


class _Called(NamedTuple):
    """What a record is called in these lines, what it is, and where the baseline's values of it are kept."""

    now: str
    is_at: str
    then: str


_OF_TEAM = {
    "EMPLOYEE": _Called("person", "members[i]", "then_members[i, {}]"),
    "WEEK": _Called("days", "weeks[i]", "then_weeks[i, {}]"),
    "TEAM": _Called("team", "", "then_team[{}]"),
    "LEADER": _Called("leader", "", "then_leader[{}]"),
    "COMPANY": _Called("company", "", "then_company[{}]"),
}
_OF_COMPANY = {
    "EMPLOYEE": _Called("person", "employees[i]", "then_employees[i, {}]"),
    "TEAM": _Called("group", "teams[t]", "then_teams[t, {}]"),
    "LEADER": _Called("head", "leaders[t]", "then_leaders[t, {}]"),
    "COMPANY": _OF_TEAM["COMPANY"],
}
"""In rules about a team or a person, and in those of the company."""

MEANS = {
    "teams": "run.world.teams",
    "cut": "run.play.cut",
    "recording": "run.play.recording",
    "known": "run.play.known[first:last]",
    "all_known": "run.play.known",
    "before": "run.play.before[first:last]",
    "all_before": "run.play.before",
    "own_members": "run.play.own.employees[first:last]",
    "own_employees": "run.play.own.employees",
    "own_weeks": "run.play.own.weeks[first:last]",
    "own_teams": "run.play.own.teams",
    "own_leaders": "run.play.own.leaders",
    "own_team": "run.play.own.teams[t]",
    "own_leader": "run.play.own.leaders[t]",
    "own_company": "run.play.own.company[0]",
    "numbers": "run.play.numbers",
    "own_numbers": "run.play.own.numbers",
    "own_sums": "run.play.sums",
    "own_tally": "run.play.tallies[0]",
    "own_team_tally": "run.play.tallies[1 + t]",
    "then_members": "run.play.then.employees[w, first:last]",
    "then_employees": "run.play.then.employees[w]",
    "then_weeks": "run.play.then.weeks[w, first:last]",
    "then_teams": "run.play.then.teams[w]",
    "then_leaders": "run.play.then.leaders[w]",
    "then_team": "run.play.then.teams[w, t]",
    "then_leader": "run.play.then.leaders[w, t]",
    "then_company": "run.play.then.company[w]",
    "people_then": "run.play.then.people[1, w, first:last]",
    "all_people_then": "run.play.then.people[0, w]",
}
"""What a name in these lines stands for; one may be made of those above it."""


class Moment(NamedTuple):
    """What has to be done around a rule: which fields are its own there, and where those it writes are kept."""

    touched: tuple[tuple[int, Place], ...]  # with the number of the mechanism, in the mechanisms' order
    kept_at: dict[Place, int]
    tallies: bool  # whether it makes the sums that metrics are made of
    people: int | None  # EVENTS or WEEKS_END, where people come and go


@cache
def moments() -> dict[Any, Moment]:
    """What is done around each rule of the week."""
    found, room = {}, dict.fromkeys(STATE, 0)
    for step, rule in rules_in_order():
        moment = _moment(step, rule, room)
        if moment.touched or moment.tallies or moment.people is not None:
            found[rule] = moment
    return found


@cache
def rooms() -> dict[str, int]:
    """How many values of each kind of record are kept of a week."""
    kept = [place[0] for moment in moments().values() for place in moment.kept_at]
    return {record: kept.count(record) for record in STATE}


def _moment(step: Step, rule: Any, room: dict[str, int]) -> Moment:
    known = flow(rule)
    reads = frozenset().union(known.gives, *known.acts.values())
    tallies = bool({place for place in known.writes if place[0] == "TALLY"} | (known.writes & {SUMS}))
    people = None
    if ("EMPLOYEE", "status") in known.writes:
        people = EVENTS if step.who is COMPANY else WEEKS_END
    # A newcomer's state is written by those who hire; it is nobody else's.
    writes = {
        place
        for place in known.writes
        if place not in _KEPT_BY_PEOPLE and not (people == WEEKS_END and place[0] in ("EMPLOYEE", "WEEK"))
    }
    touched = []
    for number, mechanism in enumerate(MECHANISMS):
        places = [(record, name) for record, names in mechanism.fields.items() for name in names]
        if tallies or writes & mechanism.places:
            concerned = reads if tallies else reads | writes
            mine = [place for place in places if place in concerned and place not in _KEPT_BY_PEOPLE]
            if people == WEEKS_END:
                mine = [place for place in mine if place[0] not in ("EMPLOYEE", "WEEK")]
            touched += [(number, place) for place in mine]
    kept_at = {}
    for _, place in touched:
        if place in writes:
            kept_at[place] = room[place[0]]
            room[place[0]] += 1
    return Moment(tuple(touched), kept_at, tallies, people)


def played(step: Step, rule: Any, call: str, own_call: str) -> list[str]:
    """The lines in place of the call of a rule, without indentation.

    Args:
        step: of the week.
        rule: one of its rules.
        call: the call by itself.
        own_call: the same with the sums that metrics are made of.
    """
    moment = moments().get(rule)
    if moment is None:
        return [call]
    if moment.tallies:
        return [call, *_exchange(step, moment.touched), own_call, *_exchange(step, moment.touched)]
    one = step.who in ONE_BY_ONE
    lines = _exchange(step, moment.touched)
    if moment.people is not None:
        # One by one: for arrays as a whole, a message that their shapes differ would be compiled, too.
        lines += _each(step, [f"{'' if one else 'all_'}before[i] = {'members' if one else 'employees'}[i]"])
    lines.append(call)
    if moment.people is not None:
        lines += _each(step, [f"stay_as_then({_people(step)})"])
    lines += _put_aside(step, moment)
    if moment.people is not None:
        lines += _each(step, [f"follow({_people(step)})"])
    return lines


def _people(step: Step) -> str:
    if step.who is COMPANY:
        return "employees, i, all_people_then, all_before, own_employees, all_known, cut, recording"
    return "members, i, people_then, before, own_members, known, cut, recording"


def _each(step: Step, lines: Iterable[str]) -> list[str]:
    """Lines about the person at place i, in a loop where the step is not about one person."""
    if step.who in ONE_BY_ONE:
        return list(lines)
    everybody = "employees" if step.who is COMPANY else "members"
    return [f"for i in range({everybody}.shape[0]):", *(f"    {line}" for line in lines)]


def _loops(step: Step, record: str, lines: list[str]) -> list[str]:
    """Lines about one record of a kind, for all that the step is about."""
    called = _called(step, record)
    if called.is_at:
        lines = [f"{called.now}, own_{called.now} = {called.is_at}, own_{called.is_at}", *lines]
    if record in ("EMPLOYEE", "WEEK"):
        known = "all_known[i]" if step.who is COMPANY else "known[i]"
        return _each(step, [f"if {known} or recording:", *(f"    {line}" for line in lines)])
    if step.who is COMPANY and record in ("TEAM", "LEADER"):
        return ["for t in range(teams.shape[0]):", *(f"    {line}" for line in lines)]
    return lines


def _by_record(touched: Iterable[tuple[int, Place]]) -> Iterator[tuple[str, dict[int, list[str]]]]:
    for record in STATE:
        fields: dict[int, list[str]] = {}
        for number, place in touched:
            if place[0] == record:
                fields.setdefault(number, []).append(place[1])
        if fields:
            yield record, fields


def _in_runs(record: str, names: Sequence[str], places: Sequence[int | None]) -> Iterator[tuple[int, int] | str]:
    """Fields by name, and as first and last column where many of the company's lie side by side, which compiles faster.

    places: where the fields are kept, if they are; those of a run lie side by side, too.
    """
    columns = getattr(state, record).names or ()
    at = 0
    while at < len(names):
        end = at + 1
        while (
            record == "COMPANY"
            and end < len(names)
            and columns.index(names[end]) == columns.index(names[end - 1]) + 1
            and (places[end] is None) == (places[at] is None)
        ):
            end += 1
        if end - at >= MANY:
            yield columns.index(names[at]), columns.index(names[end - 1])
        else:
            yield from names[at:end]
        at = end


def _called(step: Step, record: str) -> _Called:
    return (_OF_COMPANY if step.who is COMPANY else _OF_TEAM)[record]


def _exchange(step: Step, touched: Iterable[tuple[int, Place]]) -> list[str]:
    """Exchange what others see of mechanisms that are cut with what these have come to."""
    lines = []
    for record, fields in _by_record(touched):
        called, inner = _called(step, record), []
        now = called.now
        for number, names in fields.items():
            inner.append(f"if cut[{number}]:")
            for name in _in_runs(record, names, [None] * len(names)):
                if isinstance(name, str):
                    inner.append(f"    {now}.{name}, own_{now}.{name} = own_{now}.{name}, {now}.{name}")
                else:
                    inner += [
                        f"    for f in range({name[0]}, {name[1] + 1}):",
                        "        numbers[f], own_numbers[f] = own_numbers[f], numbers[f]",
                    ]
        lines += _loops(step, record, inner)
    return lines


def _put_aside(step: Step, moment: Moment) -> list[str]:
    """Keep the baseline's values; of mechanisms that are cut, put their own aside and show the baseline's."""
    lines = []
    for record, fields in _by_record(moment.touched):
        called, inner = _called(step, record), []
        now = called.now
        for number, names in fields.items():
            cut, record_them = [], []
            for name in _in_runs(record, names, [moment.kept_at.get((record, name)) for name in names]):
                if not isinstance(name, str):
                    columns = getattr(state, record).names or ()
                    place = moment.kept_at.get((record, columns[name[0]]))
                    loop = f"for f in range({name[0]}, {name[1] + 1}):"
                    if place is None:
                        cut += [loop, "    numbers[f], own_numbers[f] = own_numbers[f], numbers[f]"]
                        continue
                    then = f"then_company[{place} + f - {name[0]}]"
                    cut += [loop, "    own_numbers[f] = numbers[f]", f"    numbers[f] = {then}"]
                    record_them += [loop, f"    {then} = numbers[f]"]
                    continue
                place = moment.kept_at.get((record, name))
                if place is None:
                    cut.append(f"{now}.{name}, own_{now}.{name} = own_{now}.{name}, {now}.{name}")
                    continue
                then = called.then.format(place)
                whole = getattr(state, record)[name] != np.float64
                cut += [f"own_{now}.{name} = {now}.{name}", f"{now}.{name} = {f'int({then})' if whole else then}"]
                record_them.append(f"{then} = {now}.{name}")
            if record_them:
                inner += ["if recording:", *(f"    {line}" for line in record_them)]
            inner += [f"if cut[{number}]:", *(f"    {line}" for line in cut)]
        lines += _loops(step, record, inner)
    return lines


def own_again() -> str:
    """A function that gives somebody who has no counterpart any more what mechanisms have come to by themselves."""
    lines = ["def own_again(position, own, cut):"]
    for number, mechanism in enumerate(MECHANISMS):
        names = [name for name in mechanism.fields.get("EMPLOYEE", ()) if ("EMPLOYEE", name) not in _KEPT_BY_PEOPLE]
        if names:
            lines += [f"    if cut[{number}]:", *(f"        position.{name} = own.{name}" for name in names)]
    return "\n".join([*lines, ""])


def be_the_same() -> str:
    """A function that makes whoever is in a position the person who was there under the baseline."""
    lines = [f"    position.{name} = then.{name}" for name in MECHANISMS[PEOPLE].fields["EMPLOYEE"]]
    return "\n".join(["def be_the_same(position, then):", *lines, ""])


def measured() -> str:
    """A function that measures what mechanisms of the company have come to by themselves."""
    reads = frozenset().union(*flow(measure).acts.values())
    touched = [
        (number, ("COMPANY", name))
        for number, mechanism in enumerate(MECHANISMS)
        for name in mechanism.fields.get("COMPANY", ())
        if ("COMPANY", name) in reads
    ]
    step = Step(COMPANY, "measure", "", ())
    exchange = [f"    {line}" for line in _exchange(step, touched)]
    return "\n".join([
        "def measured(measures, companies, tallies, cut, own_companies, numbers, own_numbers):",
        "    company, own_company = companies[0], own_companies[0]",
        *exchange, "    measure(measures, tallies[0], company)", *exchange, "",
    ])  # fmt: skip


assert MOOD[0] not in STATE  # noqa: S101  # what colleagues notice is made anew from what they may see
