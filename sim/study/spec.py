"""The schema of a study file: scenarios, styles, a design, replications, and what to record of every run.

title = "Urgency and haste"
scenarios = ["everyday"]
styles = ["autocratic", "democratic"]
replications = 100

[design]
kind = "factorial"

[[design.vary]]
path = "market.urgency"
values = [0.1, 0.5, 0.9]
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from sim.model.metrics import METRIC_NAMES, METRICS
from sim.run.record import FINAL, Record, column_of
from sim.scenario.fields import Faults, Name, Section, StyleName, Weeks
from sim.scenario.problems import unknown
from sim.study.designs import (
    Adaptive,
    Correlated,
    Design,
    Factorial,
    LatinHypercube,
    Morris,
    OneAtATime,
    Sobol,
    Table,
    TwoLevel,
    Varied,
)

LABELS = ("scenario", "style", "point", "replication", "seed", "error")
"""What every row of the results says about where it comes from; no varied value may be called so."""

OF_TABLES = (
    "metric", "window", "mean", "low", "high", "sd", "n", "failed", "week", "baseline", "varied", "level", "reference",
    "effect_size", "effect_size_low", "effect_size_high", "effect_size_z", "effect_size_unpaired",
    "effect_size_unpaired_low", "effect_size_unpaired_high", "p", "p_holm", "p_bh", "clear", "rank", "rank_low",
    "rank_high", "best", "best_low", "best_high", "regret", "regret_low", "regret_high", "regret_mean",
    "regret_mean_low", "regret_mean_high", "regret_90", "regret_worst", "front", "on_front", "on_front_low",
    "on_front_high", "quantity", "aim", "needed", "enough", "half", "situation", "situations", "points", "until",
    "happened", "share", "share_low", "share_high", "median", "median_low", "median_high", "without", "skewness",
    *(f"q{share:02d}{end}" for share in (5, 25, 50, 75, 95) for end in ("", "_low", "_high")),
    "worst_tenth", "bar", "satisfied", "satisfied_low", "satisfied_high", "domain", "team", "position",
)  # fmt: skip
"""Columns that tables of results have of their own."""

BESIDE_METRICS = ("week", "front", "on_front", "on_front_low", "on_front_high")
"""Columns of files and tables that have a column for each metric besides."""

MOST_REPLICATIONS = 10_000_000

FEWEST_FOR_PRECISION = 10
"""Replications from which a standard deviation is known well enough to say how many more are needed."""


type HalfWidth = Annotated[float, Field(ge=1e-6, le=1e6)]


class Focus(Section):
    """What the analyses of a study look at, and the files that their figures are drawn in."""

    baseline: StyleName | None = Field(
        default=None, description="style that the others are compared with; left out: how it is led now, else the first"
    )
    metrics: tuple[str, ...] | None = Field(
        default=None, strict=False, min_length=1,
        description="columns of the results to look at, such as output_crisis; left out: the headline metrics",
    )  # fmt: skip
    satisfied: dict[str, float] = Field(
        default_factory=dict, description="bars for columns of the results: what is no worse is good enough"
    )
    wins: StyleName | None = Field(
        default=None, description="the style whose victories are explained; left out: every style that wins at times"
    )
    figures: tuple[Literal["svg", "png", "pdf", "html"], ...] = Field(
        default=("svg",), strict=False, description="kinds of file to draw figures in; none: no figures"
    )
    most_figures: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=20, description="figures of an analysis that are drawn at most; the tables have everything"
    )


class Study(Section):
    """An experiment, ready to be planned."""

    name: Name = Field(default="study", description="name of the file without its ending; set when the file is read")
    title: str = Field(min_length=1, max_length=200, description="the study in a few words")
    question: str = Field(default="", max_length=500, description="what it is to find out")
    description: str = Field(default="", max_length=5000, description="what is varied, and what to look at")
    scenarios: tuple[str, ...] = Field(
        default=("everyday",), strict=False, min_length=1,
        description='shipped scenarios or paths that start from this folder; "all" stands for every shipped one',
    )  # fmt: skip
    changes: dict[str, Any] = Field(
        default_factory=dict, description="what differs in all these scenarios, as in a scenario that extends them"
    )
    styles: tuple[StyleName, ...] | None = Field(
        default=None, strict=False, min_length=1, description="styles to compare; left out: the usual ones"
    )
    replications: Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)] = Field(
        default=100, description="runs of every style at every point, each with other luck"
    )
    seed: Annotated[int, Field(ge=0, le=10**18)] = Field(default=1, description="where chance starts")
    weeks: Weeks | None = Field(default=None, description="length of a run; left out: as in the scenario")
    design: Design | None = Field(default=None, description="what is varied; left out: the scenarios as they are")
    record: Record = Field(default=Record(), description="what is kept of every run")
    precision: dict[str, HalfWidth] = Field(
        default_factory=dict,
        description="half widths that the 95% intervals of means shall have; replications are added until then",
    )
    most_replications: Annotated[int, Field(ge=2, le=MOST_REPLICATIONS)] = Field(
        default=10_000, description="where adding replications for precision ends in any case"
    )
    analyses: tuple[str, ...] = Field(default=(), strict=False, description="what is computed from the results")
    analysis: Focus = Field(default=Focus(), description="what the analyses look at")

    @model_validator(mode="after")
    def _looks_at_what_is_recorded(self) -> Self:
        faults, known = Faults(), self.record.summed_up or self.record.columns
        for key, names in (("derived", self.record.derived), ("until", self.record.until)):
            for name in names:
                if name in LABELS or name in BESIDE_METRICS or name in _ends(self.record.derived):
                    text = "is the name of another column of the results. Give it another name."
                    faults.add(("record", key, name), text)
        for place, column in enumerate(self.analysis.metrics or ()):
            if column in self.record.until:
                text = f'"{column}" has no value where it never comes to that, so that a mean of it says little. '
                faults.add(("analysis", "metrics", place), f'{text}Take it out, and ask for the analysis "survival".')
            elif column not in known:
                faults.add(("analysis", "metrics", place), unknown("column of the results", column, known))
        for column in self.analysis.satisfied:
            if column not in known:
                faults.add(("analysis", "satisfied", column), unknown("column of the results", column, known))
        for column in self.precision:
            if column not in known:
                faults.add(("precision", column), unknown("column of the results", column, known))
        if isinstance(self.design, Adaptive):
            _check_aim(self, faults)
        if self.precision and not self.lists_points:
            text = "goes with designs that list their points; in a sample of points more replications say little. "
            faults.add(("precision",), f"{text}Take it out, or sample more points.")
        if self.precision and self.replications < FEWEST_FOR_PRECISION:
            text = f"got {self.replications}; with precision, start from at least {FEWEST_FOR_PRECISION} replications, "
            faults.add(("replications",), f"{text}from which it is judged how many are needed.")
        if self.precision and self.most_replications < self.replications:
            text = f"got {self.most_replications}, fewer than the {self.replications} to start from. Raise it."
            faults.add(("most_replications",), text)
        faults.raise_if_any()
        return self

    @property
    def lists_points(self) -> bool:
        """Whether points are looked at one by one; those of the other designs are a sample, summed up as a whole.

        An adaptive design is no sample, since its points lie where there was most to learn.
        """
        return self.design is None or isinstance(self.design, Factorial | TwoLevel | OneAtATime | Adaptive | Table)

    @property
    def looked_at(self) -> tuple[str, ...]:
        """Columns of the results that the analyses look at."""
        headline = tuple(metric.name for metric in METRICS if metric.headline and metric.name in self.record.metrics)
        return self.analysis.metrics or headline or self.record.metrics[:1]

    @property
    def varied(self) -> tuple[Varied, ...]:
        """What the design varies, as written; nothing for a table."""
        return () if self.design is None or isinstance(self.design, Table) else self.design.vary


def _check_aim(study: Study, faults: Faults) -> None:
    """What an adaptive design aims at is in the study."""
    design, known = study.design, study.record.summed_up or study.record.columns
    assert isinstance(design, Adaptive)  # noqa: S101  # nothing else comes here
    if design.metric is not None and design.metric not in known:
        faults.add(("design", "metric"), unknown("column of the results", design.metric, known))
    for place, style in enumerate(design.between or ()):
        if study.styles is not None and style not in study.styles:
            faults.add(("design", "between", place), unknown("style", style, study.styles))
    if design.aim == "boundary" and study.styles is not None and len(study.styles) < 2:
        faults.add(("styles",), "a boundary lies between two styles, and there is only one. Add another.")
    if study.precision:
        text = "does not go with an adaptive design, which adds points and not replications. Take it out."
        faults.add(("precision",), text)


def _ends(metrics: Iterable[str]) -> set[str]:
    """What the ends of the intervals of metrics are called in tables that have a column for each metric."""
    return {column_of(name, end) for name in metrics for end in ("low", "high")}


def name_faults(columns: Sequence[str], record: Record) -> list[tuple[int, str]]:
    """What is wrong with the names of varied things, as columns of the results: pairs of place and text."""
    metrics = {column_of(name, span) for name in (*METRIC_NAMES, *record.derived) for span in (*record.spans, FINAL)}
    taken = {*LABELS, *OF_TABLES, *record.columns, *metrics, *_ends(metrics)}
    wrong = []
    for place, column in enumerate(columns):
        if column in taken:
            wrong.append((place, f'"{column}" is the name of another column of the results. Give it another name.'))
        elif column in columns[:place]:
            wrong.append((place, f'"{column}" is varied twice. Take one out, or give it another name.'))
    return wrong


__all__ = [
    "Adaptive", "Correlated", "Design", "Factorial", "Focus", "LatinHypercube", "Morris", "OneAtATime", "Sobol",
    "Study", "Table", "TwoLevel", "Varied", "name_faults",
]  # fmt: skip
