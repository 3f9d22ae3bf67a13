"""What a study file says: scenarios, styles, a design, how often, and what to keep of every run.

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

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.model.metrics import METRICS
from sim.run.record import Record
from sim.scenario.fields import Faults, Location, Name, Section, StyleName, Weeks
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import as_written, listed, unknown
from sim.study.distributions import Kind, check_distribution

LABELS = ("scenario", "style", "point", "replication", "seed", "error")
"""What every row of the results says about where it comes from; no varied value may be called so."""

OF_TABLES = (
    "metric", "window", "mean", "low", "high", "sd", "n", "failed", "week", "baseline", "varied", "level", "reference",
    "p", "p_holm", "p_bh", "clear", "rank", "best", "regret", "front", "on_front", "quantity", "aim", "needed",
    "enough", "half", "situation",
    "situations", "points", "until", "domain",
)  # fmt: skip
"""Columns that tables of results have of their own."""

MOST_REPLICATIONS = 10_000_000

MOST_ADAPTIVE = 1_500
"""Points of an adaptive design in the end: as many as the stand-in that chooses them is fitted to."""

FEWEST_FOR_PRECISION = 10
"""Replications from which a standard deviation is known well enough to say how many more are needed."""


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Varied(Section):
    """One thing that differs between the points of a design, and the values that it takes."""

    path: str = Field(min_length=1, max_length=200, description="what is varied, such as market.urgency")
    name: Name | None = Field(default=None, description="what its column in the results is called; left out: the path")
    also: tuple[str, ...] = Field(default=(), strict=False, description="further paths that take the same value")
    values: Annotated[tuple[Any, ...] | None, BeforeValidator(_as_tuple)] = Field(
        default=None, description="the values, one by one; tables such as a whole mix too"
    )
    labels: tuple[Name, ...] | None = Field(
        default=None, strict=False, description="what each of the values is called in the results"
    )
    low: float | None = Field(default=None, description="lower end of a range")
    high: float | None = Field(default=None, description="upper end of the range")
    steps: Annotated[int, Field(ge=2, le=10_000)] | None = Field(
        default=None, description="how many values of the range to take, both ends among them"
    )
    distribution: Kind = Field(
        default="uniform", description="how likely the values of a range are, in a sampled design"
    )
    mean: float | None = Field(default=None, description="mean of a normal or log_normal distribution")
    sd: Annotated[float, Field(gt=0)] | None = Field(default=None, description="its standard deviation")
    mode: float | None = Field(default=None, description="the likeliest value of a triangular distribution")
    plausible: bool = Field(default=False, description="the plausible range of a parameter (teamsim parameters)")

    @property
    def column(self) -> str:
        """Its name in the results."""
        return self.name or self.path

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The range, if it is one."""
        if self.plausible:
            parameter = BY_NAME.get(self.path.removeprefix("parameters."))
            return None if parameter is None else (parameter.low, parameter.high)
        return None if self.low is None or self.high is None else (self.low, self.high)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        faults = Faults()
        ranged = self.low is not None or self.high is not None
        if (self.values is not None) + ranged + self.plausible != 1:
            faults.add((), "needs exactly one of: values = [...], low and high, plausible = true.")
        elif ranged and (self.low is None or self.high is None):
            faults.add(("high" if self.high is None else "low",), "missing. A range needs both low and high.")
        elif self.low is not None and self.high is not None and not self.low < self.high:
            text = f"got low = {self.low:g} and high = {self.high:g}; the range is empty. low has to be below high."
            faults.add(("high",), text)
        if self.values is not None:
            _check_values(self.values, self.labels, faults)
            if self.steps is not None:
                faults.add(("steps",), "goes with a range, not with values. Take it out.")
        elif self.labels is not None:
            faults.add(("labels",), "go with values, not with a range. Take them out.")
        check_distribution(self, faults)
        if self.plausible and not (self.path.startswith("parameters.") or self.path in BY_NAME):
            text = f"only parameters of the model have a plausible range, and {self.path} is none. Give low and high."
            faults.add(("plausible",), text)
        faults.raise_if_any()
        return self


Vary = Annotated[tuple[Varied, ...], Field(strict=False, min_length=1, description="what is varied")]


Constraints = Annotated[
    tuple[str, ...],
    Field(
        default=(), strict=False, description='what points have to meet, such as "teams[1].size * leader.hours > 20"'
    ),
]


class Factorial(Section):
    """Every value of everything varied with every value of everything else, as far as constraints are met."""

    kind: Literal["factorial"]
    vary: Vary
    constraints: Constraints = ()


class TwoLevel(Section):
    """Everything varied at two levels: all combinations, or a fraction of them that still tells effects apart.

    Of resolution 3, no effect of one thing is mixed up with that of another; of 4, none with what two do together; of
    5, nor are these mixed up with one another (Box & Hunter 1961).
    """

    kind: Literal["two_level"]
    resolution: Annotated[int, Field(ge=3, le=8)] | None = Field(
        default=None, description="take the smallest fraction of this resolution; left out: all combinations"
    )
    vary: Vary

    @model_validator(mode="after")
    def _has_two_levels(self) -> Self:
        faults = Faults()
        for place, one in enumerate(self.vary):
            if one.values is not None and len(one.values) != 2:
                faults.add(
                    ("vary", place, "values"), f"got {len(one.values)}; this design takes two of each. Leave two."
                )
            elif one.steps not in (None, 2):
                faults.add(("vary", place, "steps"), "this design takes both ends of a range. Take it out.")
        if self.resolution is not None and len(self.vary) <= self.resolution:
            text = f"got {self.resolution} for {len(self.vary)} things varied, of which a fraction would tell less. "
            faults.add(("resolution",), f"{text}Take it out, for all combinations.")
        faults.raise_if_any()
        return self


class Correlated(Section):
    """Two things varied of which the one tends to be high, or low, where the other is."""

    between: tuple[str, str] = Field(strict=False, description="their names, or paths")
    rank: Annotated[float, Field(gt=-1, lt=1)] = Field(description="rank correlation (Spearman's)")


class OneAtATime(Section):
    """The scenario as it is, then each value of each thing varied, all else as it is."""

    kind: Literal["one_at_a_time"]
    vary: Vary


class LatinHypercube(Section):
    """Points spread evenly over all ranges at once (McKay, Beckman & Conover 1979)."""

    kind: Literal["latin_hypercube"]
    points: Annotated[int, Field(ge=1, le=10_000_000)] = Field(description="number of points")
    further: Annotated[
        tuple[Annotated[int, Field(ge=1, le=10_000_000)], ...],
        Field(strict=False, description="points that were added later, each time so many; the others stay as they are"),
    ] = ()
    vary: Vary
    correlated: Annotated[tuple[Correlated, ...], Field(strict=False)] = Field(
        default=(), description="what goes together"
    )
    constraints: Constraints = ()

    @model_validator(mode="after")
    def _knows_what_is_correlated(self) -> Self:
        faults, known = Faults(), [one.column for one in self.vary]
        pairs: list[frozenset[str]] = []
        for place, one in enumerate(self.correlated):
            for name in one.between:
                if name not in known:
                    faults.add(("correlated", place, "between"), unknown("thing varied", name, known))
            if len(pair := frozenset(one.between)) < 2 or pair in pairs:
                faults.add(
                    ("correlated", place, "between"), "needs two different things, each pair once. Take one out."
                )
            pairs.append(pair)
        faults.raise_if_any()
        return self


class Adaptive(Section):
    """A Latin hypercube, and then, round after round, points where a stand-in for the model says they tell most.

    `aim`: "error" adds the points that make it least unsure of all metrics looked at, on the whole (Cohn 1996);
    "boundary" those at which it knows least which of two styles is better (Bryan et al. 2005).
    """

    kind: Literal["adaptive"]
    points: Annotated[int, Field(ge=30, le=1_000)] = Field(description="points to begin with")
    each: Annotated[int, Field(ge=1, le=500)] = Field(description="points that are added in a round")
    rounds: Annotated[int, Field(ge=1, le=100)] = Field(description="rounds at most")
    aim: Literal["error", "boundary"] = Field(description="what further points are to tell of")
    between: tuple[StyleName, StyleName] | None = Field(
        default=None, strict=False, description="the two styles of a boundary; left out: the first two of the study"
    )
    metric: str | None = Field(
        default=None, description="column of the results that a boundary is of; left out: the first one looked at"
    )
    enough: Annotated[float, Field(gt=0, lt=1)] | None = Field(
        default=None, description="no further round once this little is left to learn; left out: all rounds"
    )
    vary: Vary
    constraints: Constraints = ()

    @property
    def most_points(self) -> int:
        """Points after the last round."""
        return self.points + self.rounds * self.each

    @model_validator(mode="after")
    def _has_ranges(self) -> Self:
        faults = Faults()
        for place, one in enumerate(self.vary):
            if one.bounds is None:
                text = "single values; this design takes ranges. Give low and high."
                faults.add(("vary", place, "values"), text)
        if self.most_points > MOST_ADAPTIVE:
            text = f"got {self.most_points:,} points in the end; a stand-in takes up to {MOST_ADAPTIVE:,}. Take fewer."
            faults.add(("rounds",), text)
        if self.aim == "error":
            for name in ("between", "metric"):
                if getattr(self, name) is not None:
                    faults.add((name,), 'belongs to aim = "boundary". Take it out, or change the aim.')
        if self.between is not None and self.between[0] == self.between[1]:
            faults.add(("between",), f'got "{self.between[0]}" twice; a boundary lies between two styles.')
        faults.raise_if_any()
        return self


class Sobol(Section):
    """Saltelli's design for Sobol indices: base * (things varied + 2) points, or twice as many with second order."""

    kind: Literal["sobol"]
    base: Annotated[int, Field(ge=2, le=1_048_576)] = Field(description="base samples, a power of two")
    second_order: bool = Field(default=False, description="also what pairs do together")
    vary: Vary

    @model_validator(mode="after")
    def _is_balanced(self) -> Self:
        if self.base & (self.base - 1):
            faults = Faults()
            lower = 1 << (self.base.bit_length() - 1)
            text = f"got {self.base}; allowed is a power of two, for even coverage. Take {lower} or {2 * lower}."
            faults.add(("base",), text)
            faults.raise_if_any()
        return self


class Morris(Section):
    """Morris's screening: trajectories * (things varied + 1) points, each a step from the one before."""

    kind: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=100_000)] = Field(description="number of trajectories")
    levels: Literal[4, 6, 8, 10, 12] = Field(default=4, description="levels that each range is cut into")
    vary: Vary


class Table(Section):
    """A table of one's own: a CSV file with a column for each path and a row for each point."""

    kind: Literal["table"]
    file: Name = Field(description="the CSV file; the path starts from the folder of the study")


Design = Annotated[
    Factorial | TwoLevel | OneAtATime | LatinHypercube | Adaptive | Sobol | Morris | Table, Field(discriminator="kind")
]  # fmt: skip


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


def name_faults(columns: Sequence[str], record: Record) -> list[tuple[int, str]]:
    """What is wrong with the names of varied things, as columns of the results: pairs of place and text."""
    wrong = []
    for place, column in enumerate(columns):
        if column in LABELS or column in OF_TABLES or column in record.columns:
            wrong.append((place, f'"{column}" is the name of another column of the results. Give it another name.'))
        elif column in columns[:place]:
            wrong.append((place, f'"{column}" is varied twice. Take one out, or give it another name.'))
    return wrong


def _check_values(values: Sequence[Any], labels: Sequence[str] | None, faults: Faults) -> None:
    if not values:
        faults.add(("values",), "empty. Give at least one value.")
    for place, value in enumerate(values):
        where: Location = ("values", place)
        if value in values[:place]:
            faults.add(where, f"{as_written(value)} is listed twice. Take one out.")
    if labels is not None and (len(labels) != len(values) or len(set(labels)) != len(labels)):
        text = f"got {listed(labels)} for {len(values)} values; each value needs a label of its own."
        faults.add(("labels",), text)
