"""The designs of a study file, in the tables [design] and [[design.vary]]: what varies, in which combinations."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.fields import Faults, Location, Name, Section, StyleName
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import as_written, listed, unknown
from sim.study.distributions import Kind, check_distribution

MOST_ADAPTIVE = 1_500
"""Points of an adaptive design in the end: as many as the stand-in that chooses them is fitted to."""


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
        if self.resolution is not None and len(self.vary) < self.resolution:
            text = f"got {self.resolution} for {len(self.vary)} things varied, of which any fraction tells less. "
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
