"""The results of the runs of a case, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.metrics import METRIC_NAMES
from sim.model.state import EMPLOYEE, PERSON
from sim.model.world import Records
from sim.run.record import Record, wanted_of

type Floats = NDArray[np.float64]


@dataclass(slots=True)
class Outcome:
    """What the runs of a case came to.

    `values` (replications, styles, columns), the columns as `Record.columns` names them; NaN where a run has none.
    `weekly` (replications, styles, weeks, metrics), `people` (replications, styles, positions) of EMPLOYEE and `teams`
    (replications, styles, weeks, teams, all metrics) and `persons` (replications, styles, weeks, positions) of PERSON
    only where they are recorded. `errors` holds what went wrong, by the place of the replication and the style;
    `sizes` how many positions each team has, which lie one team after the other.
    """

    values: Floats
    weekly: Floats | None
    people: Records | None
    errors: dict[tuple[int, int], str]
    teams: Floats | None = None
    persons: Records | None = None
    sizes: tuple[int, ...] = ()

    @classmethod
    def empty(cls, runs: tuple[int, int], weeks: int, sizes: Sequence[int], record: Record) -> "Outcome":
        """Room for so many (replications, styles) of a company with teams of these sizes."""
        replications, styles = runs
        # In memory a metric's weeks lie side by side, since that is how they are looked at.
        by_week = record.weekly or bool(wanted_of(record))
        weekly = np.full((len(record.series), styles, replications, weeks) if by_week else 0, np.nan)
        return cls(
            values=np.full((*runs, len(record.columns)), np.nan),
            weekly=weekly.transpose(2, 1, 3, 0) if by_week else None,
            people=np.zeros((*runs, sum(sizes)), EMPLOYEE) if record.people else None,
            errors={},
            teams=np.full((*runs, weeks, len(sizes), len(METRIC_NAMES)), np.nan)
            if record.teams or record.team_weeks
            else None,
            persons=np.zeros((*runs, weeks, sum(sizes)), PERSON) if record.person_weeks else None,
            sizes=tuple(sizes),
        )

    @classmethod
    def lost(cls, runs: tuple[int, int], record: Record, error: str) -> "Outcome":
        """Of a case that cannot be run at all."""
        outcome = cls.empty(runs, 0, (), record)
        outcome.errors = {(r, s): error for r in range(runs[0]) for s in range(runs[1])}
        return outcome


def joined(pieces: Sequence[Outcome]) -> Outcome:
    """What the pieces of a case came to, one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    errors, before = {}, 0
    for piece in pieces:
        errors.update({(before + r, s): text for (r, s), text in piece.errors.items()})
        before += len(piece.values)
    weekly, people, teams, persons = (
        None if getattr(pieces[0], name) is None else np.concatenate([getattr(piece, name) for piece in pieces])
        for name in ("weekly", "people", "teams", "persons")
    )
    values = np.concatenate([piece.values for piece in pieces])
    return Outcome(values, weekly, people, errors, teams, persons, pieces[0].sizes)
