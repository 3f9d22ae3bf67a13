"""What is recorded of a run: its metrics over the whole run and over windows, every week, and the people."""

import re
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Annotated, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.model.metrics import METRIC_NAMES
from sim.run.measures import Measure
from sim.scenario.fields import Faults, Section
from sim.scenario.formula import Formula
from sim.scenario.problems import InputError, listed, unknown

WHOLE_RUN, FINAL = "whole", "final"
"""Stretches of weeks that have a name of their own: all of them, and the last one."""

UNDEFINED = "undefined"
"""What the names of columns begin with that hold the number of weeks in which a formula has no value."""

_WINDOW_NAME = re.compile(r"[a-z][a-z0-9_]*")

type Floats = NDArray[np.float64]

type Stretch = Annotated[tuple[int, int], Field(strict=False)]


def column_of(metric: str, span: str = WHOLE_RUN) -> str:
    """The column of the results that holds a metric over a stretch of weeks."""
    return metric if span == WHOLE_RUN else f"{metric}_{span}"


class Record(Section):
    """What is kept of every run: its metrics over the whole run always, and more where it is asked for."""

    teams: ClassVar[bool] = False

    metrics: tuple[str, ...] = Field(default=METRIC_NAMES, strict=False, min_length=1, description="which metrics")
    windows: dict[str, Stretch] = Field(
        default_factory=dict, description="further stretches of weeks to sum up, such as early = [1, 13]"
    )
    final: bool = Field(default=False, description="also the metrics of the last week")
    weekly: bool = Field(default=False, description="also every week's metrics")
    people: bool = Field(default=False, description="also the state of every employee after the last week")
    team_weeks: bool = Field(default=False, description="also every team's metrics in every week")
    person_weeks: bool = Field(default=False, description="also the state of everybody in every week")
    derived: dict[str, str] = Field(
        default_factory=dict, description='metrics of your own, made from others in each week: "morale - strain"'
    )
    until: dict[str, str] = Field(
        default_factory=dict,
        description='the first week in which something is so, such as "morale < 0.5"; empty if never',
    )

    @property
    def ways(self) -> str:
        """Digest of how it is recorded, where model and runner do not tell that."""
        return ""

    @property
    def spans(self) -> dict[str, tuple[int, int] | None]:
        """First and last week of each stretch by name; WHOLE_RUN is all weeks and FINAL the last one, both None."""
        return {WHOLE_RUN: None, **self.windows, **({FINAL: None} if self.final else {})}

    @property
    def series(self) -> tuple[str, ...]:
        """What has a value in every week: the metrics, and those that are derived."""
        return (*self.metrics, *self.derived)

    @property
    def summed_up(self) -> tuple[str, ...]:
        """Names of what a run comes to over weeks: METRIC for the whole run, METRIC_WINDOW for a stretch of it."""
        return tuple(column_of(name, span) for span in self.spans for name in self.series)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all that is kept of a run: what is summed up, weeks until something is so, weeks without a value."""
        return (*self.summed_up, *self.until, *self.undefined.values())

    @property
    def undefined(self) -> dict[str, str]:
        """Columns of the number of weeks in which a formula has no value though its metrics do, such as 0 / 0, by name.

        Only of formulas that can come to that.
        """
        return {name: f"{UNDEFINED}_{name}" for name in self.formulas.may_fail} if self.derived or self.until else {}

    @cached_property
    def formulas(self) -> "Formulas":
        """What is made of each week's metrics, ready to be worked out."""
        return Formulas(self)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        faults = Faults()
        for place, metric in enumerate(self.metrics):
            if metric not in METRIC_NAMES:
                faults.add(("metrics", place), unknown("metric", metric, METRIC_NAMES))
            elif metric in self.metrics[:place]:
                faults.add(("metrics", place), f'"{metric}" is listed twice. Take one out.')
        for name, (first, last) in self.windows.items():
            if not _WINDOW_NAME.fullmatch(name) or name in (WHOLE_RUN, FINAL):
                text = "cannot be the name of a window; use small letters, digits and _, but not `whole` or `final`."
                faults.add(("windows", name), text)
            if not 1 <= first <= last:
                text = f"got [{first}, {last}]; allowed is a first and a last week, from 1, the earlier one first."
                faults.add(("windows", name), text)
        _check_formulas(self, faults)
        faults.raise_if_any()
        if len(set(self.columns)) < len(self.columns):
            faults.add(("windows",), "one of these names makes a column that is another metric's. Rename it.")
        faults.raise_if_any()
        return self


class Formulas:
    """The metrics that a study derives from others, and what it waits for, week by week."""

    def __init__(self, record: Record) -> None:
        self._derived = {name: Formula.read(text) for name, text in _in_order(record.derived).items()}
        self._until = {name: Formula.read(text) for name, text in record.until.items()}
        self._order = tuple(record.derived)
        used = {name for one in (*self._derived.values(), *self._until.values()) for name in one.names}
        self.needed = (*record.metrics, *(name for name in METRIC_NAMES if name in used - set(record.metrics)))
        """The metrics that have to be there: those that are kept, and those that formulas are made of."""
        both = {**self._derived, **self._until}
        self.may_fail = {name: both[name] for name in (*record.derived, *record.until) if both[name].may_fail}
        """The formulas that have no value for some numbers."""

    def derived(self, weekly: Mapping[str, Floats]) -> dict[str, Floats]:
        """Every derived metric by name, from the weeks of the metrics, (..., weeks); NaN where one it needs is."""
        found = dict(weekly)
        for name, formula in self._derived.items():
            found[name] = _in_each_week(formula, found)
        return {name: found[name] for name in self._order}

    def until(self, weekly: Mapping[str, Floats]) -> list[Floats]:
        """The first week in which each thing is so, (...), NaN where it never is; derived metrics among the weeks."""
        found = []
        for formula in self._until.values():
            so = _in_each_week(formula, weekly) > 0
            found.append(np.where(so.any(axis=-1), so.argmax(axis=-1) + 1.0, np.nan))
        return found

    def undefined(self, weekly: Mapping[str, Floats]) -> list[Floats]:
        """In how many weeks each formula that may fail has no value though all it is made of has, (...)."""
        return [
            (~_missing(one, weekly) & one.fails(weekly)).sum(axis=-1).astype(np.float64)
            for one in self.may_fail.values()
        ]


def _in_each_week(formula: Formula, weekly: Mapping[str, Floats]) -> Floats:
    value = np.asarray(formula.of(weekly), np.float64)
    without = _missing(formula, weekly) | np.isinf(value)
    return np.where(without | formula.fails(weekly) if formula.may_fail else without, np.nan, value)


def _missing(formula: Formula, weekly: Mapping[str, Floats]) -> NDArray[np.bool_]:
    """In which weeks something that a formula is made of has no value."""
    found: NDArray[np.bool_] = np.any([np.isnan(weekly[name]) for name in formula.names], axis=0)
    return found


def _in_order(derived: Mapping[str, str]) -> dict[str, str]:
    """Derived metrics so that each comes after those that it is made of; those of a circle are left out."""
    left, ordered = dict(derived), dict[str, str]()
    while ready := [name for name, text in left.items() if not set(Formula.read(text).names) & set(left)]:
        ordered |= {name: left.pop(name) for name in ready}
    return ordered


def _is_so_or_not(record: Record, name: str) -> bool:
    """Whether a derived metric is something that is so or not in a week."""
    try:
        return name in record.derived and Formula.read(record.derived[name]).number_in() is None
    except InputError:  # which is said where it stands
        return True


def _check_formulas(record: Record, faults: Faults) -> None:
    known, sound = (*METRIC_NAMES, *record.derived), True
    for key, formulas in (("derived", record.derived), ("until", record.until)):
        for name, text in formulas.items():
            if not _WINDOW_NAME.fullmatch(name) or any(name == m or name.startswith(f"{m}_") for m in METRIC_NAMES):
                why = "cannot be its name; use small letters, digits and _, and do not begin with the name of a metric."
                faults.add((key, name), why)
            elif key == "until" and name in record.derived:
                faults.add((key, name), "is the name of a derived metric, too. Rename one of them.")
            try:
                formula = Formula.read(text)
                names = formula.names
            except InputError as error:
                faults.add((key, name), str(error))
                sound = False
                continue
            if not names:
                faults.add((key, name), "is made of no metric. Name one, such as morale.")
            if key == "until" and (number := formula.number_in(partial(_is_so_or_not, record))) is not None:
                faults.add(
                    (key, name), f'"{number}" is a number, and nothing that is so or not. Compare it: morale < 0.5'
                )
            for part in names:
                if part not in known:
                    faults.add((key, name), unknown("metric", part, known))
    if sound and (circle := [name for name in record.derived if name not in _in_order(record.derived)]):
        text = f"{listed(circle)}: made of itself, directly or by way of another. Break the circle."
        faults.add(("derived",), text)


class Measured(Record):
    """Measures made from the weeks, in the place of metrics over stretches of them; `metrics` are what they need.

    Cells of measures that are not `wanted` stay empty.
    """

    measures: tuple[Measure, ...] = Field(description="what a run comes to")
    wanted: tuple[Measure, ...] = Field(description="those that are reckoned")

    @property
    def spans(self) -> dict[str, tuple[int, int] | None]:
        """None."""
        return {}

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the measures."""
        return tuple(measure.column for measure in self.measures)


class WithTeams(Record):
    """The same, and every week's metrics of each team, which no file of a study has."""

    teams: ClassVar[bool] = True


def wanted_of(record: Record) -> tuple[Measure, ...]:
    """The measures that are made from the weeks of every run."""
    return record.wanted if isinstance(record, Measured) else ()
