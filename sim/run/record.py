"""What is kept of a run: its metrics over the whole run and over windows, every week, the people at its end."""

import re
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from sim.model.metrics import METRIC_NAMES
from sim.run.measures import Measure
from sim.scenario.fields import Faults, Section
from sim.scenario.problems import unknown

WHOLE_RUN, FINAL = "whole", "final"
"""Stretches of weeks that have a name of their own: all of them, and the last one."""

_WINDOW_NAME = re.compile(r"[a-z][a-z0-9_]*")

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

    @property
    def ways(self) -> str:
        """Digest of how it is recorded, where model and runner do not tell that."""
        return ""

    @property
    def spans(self) -> dict[str, tuple[int, int] | None]:
        """First and last week of each stretch by name; WHOLE_RUN is all weeks and FINAL the last one, both None."""
        return {WHOLE_RUN: None, **self.windows, **({FINAL: None} if self.final else {})}

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of what is kept of a run: METRIC for the whole run, METRIC_WINDOW for a stretch of it."""
        return tuple(column_of(metric, span) for span in self.spans for metric in self.metrics)

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
        faults.raise_if_any()
        if len(set(self.columns)) < len(self.columns):
            faults.add(("windows",), "one of these names makes a column that is another metric's. Rename it.")
        faults.raise_if_any()
        return self


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
