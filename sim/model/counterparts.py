# mypy: allow-untyped-defs, allow-untyped-calls
"""Finds a person's counterpart under the baseline: the same person in the same position, or nobody."""

from typing import Any

from sim.model import playback
from sim.model.mechanisms import PEOPLE
from sim.model.plugged import measure
from sim.model.rules.compiled import rule
from sim.model.state import EMPLOYED


def _made(name: str, text: str) -> Any:
    made: dict[str, Any] = {"measure": measure, "__name__": __name__}
    exec(compile(text, __file__, "exec"), made)  # noqa: S102  # written from declarations
    return rule(made[name])


own_again = _made("own_again", playback.own_again())
be_the_same = _made("be_the_same", playback.be_the_same())
measured = _made("measured", playback.measured())


@rule
def stay_as_then(members, i, then, before, own, known, cut, recording):
    """Where who is there is cut: whoever would leave and stayed under the baseline stays."""
    if not recording and cut[PEOPLE] and known[i] and then[i].status == EMPLOYED and members[i].status != EMPLOYED:
        members[i] = before[i]


@rule
def follow(members, i, then, before, own, known, cut, recording):
    """See who is there and whether the baseline has the same person; where that is cut, let it be the same.

    members, own, known: of the positions; then: who was there under the baseline at this point of the week.
    """
    if recording:
        then[i] = members[i]
    elif cut[PEOPLE]:
        if known[i] and then[i].status == EMPLOYED:
            be_the_same(members[i], then[i])
        else:
            members[i] = then[i]
            own[i] = then[i]
            known[i] = then[i].status == EMPLOYED
    else:
        here = members[i].status == EMPLOYED
        same = here and then[i].status == EMPLOYED and members[i].tenure == then[i].tenure
        if same and not known[i]:
            own[i] = members[i]
        elif known[i] and here and not same:
            own_again(members[i], own[i], cut)
        known[i] = same
