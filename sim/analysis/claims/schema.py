"""The schema of a file of claims: situations, and the comparisons of styles that each claim consists of."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from sim.analysis.paired import NOTICEABLE
from sim.run.measures import Measure
from sim.scenario.fields import Faults, Section, Week
from sim.scenario.problems import listed
from sim.scenario.styles import COMPARED

OTHERS = "others"
"""In the place of a style: each of the usual styles that is not named on the other side."""

ARM = r"(\S+) in (\S+)"
"""How an arm is written: 'STYLE in SITUATION'."""

ArmName = Annotated[str, Field(pattern=f"^{ARM}$", json_schema_extra={"unit": "STYLE in SITUATION"})]
Span = Annotated[tuple[Week, ...], Field(strict=False, min_length=2, max_length=2)]
Names = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(strict=False, min_length=2)]
Arms = Annotated[tuple[ArmName, ...], Field(strict=False, min_length=2)]
Pair = Annotated[tuple[ArmName, ...], Field(strict=False, min_length=2, max_length=2)]


class Arm(NamedTuple):
    """A style in a situation: what one run of a simulation is about."""

    style: str
    situation: str


class Part(Section):
    """What the parts of a claim have in common: what is measured, which way it should differ, and by how much."""

    text: str = Field(min_length=1, max_length=300, description="what this part says, in plain words")
    weeks: Span = Field(description="first and last week to look at")
    smallest: float = Field(
        default=NOTICEABLE,
        ge=-100,
        le=100,
        description="smallest effect worth naming; below 0: how much may be missing for 'no worse'",
    )


class _Directed(Part):
    metric: str = Field(min_length=1, description="a metric, or a sum of metrics such as share_d3 + share_d4")
    since: Span | None = Field(default=None, description="first and last week of what is taken away")
    measure: Literal["mean", "spread", "recovery"] = Field(default="mean", description="what a run comes to")
    direction: Literal["higher", "lower"] = Field(description="which way the claim says that it differs")
    unit: Literal["sd", "own", "percent"] = Field(
        default="sd",
        description="unit of the effect: standard deviations between replications, the metric's own, or percent",
    )

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be measured of each arm."""
        return (Measure(self.metric, self.weeks, self.since, self.measure),)


class Difference(_Directed):
    """One arm less each of the others; less nothing where there are none. All differences have to hold."""

    kind: Literal["difference"]
    of: ArmName = Field(description="the arm that the claim is about")
    against: Annotated[tuple[ArmName, ...], Field(strict=False)] = Field(
        default=(), description="the arms that it is compared with, each of them by itself"
    )

    @property
    def others(self) -> tuple[Arm, ...]:
        """The arms compared with; 'others' stands for all the usual styles but the one that the part is about."""
        return tuple(
            Arm(style, arm.situation)
            for arm in map(parsed, self.against)
            for style in (COMPARED if arm.style == OTHERS else (arm.style,))
            if arm.style != OTHERS or style != parsed(self.of).style
        )

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Everything that has to be run."""
        return (parsed(self.of), *self.others)


class Interaction(_Directed):
    """A difference here less the same difference there: (of 1 - of 2) - (against 1 - against 2)."""

    kind: Literal["interaction"]
    of: Pair = Field(description="two arms: the difference here")
    against: Pair = Field(description="two arms: the difference there")

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Everything that has to be run."""
        return tuple(map(parsed, (*self.of, *self.against)))


class Slope(_Directed):
    """How an arm, or its difference to another, changes from the lowest to the highest level, along a straight line."""

    kind: Literal["slope"]
    levels: Annotated[tuple[float, ...], Field(strict=False, min_length=2)] = Field(description="the level of each arm")
    of: Arms = Field(description="an arm for each level")
    against: Annotated[tuple[ArmName, ...], Field(strict=False)] = Field(
        default=(), description="the arm taken away at each level, if any"
    )

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Everything that has to be run."""
        return tuple(map(parsed, (*self.of, *self.against)))

    @model_validator(mode="after")
    def _one_arm_a_level(self) -> Self:
        faults = Faults()
        for key in ("of", "against"):
            given = getattr(self, key)
            if given and len(given) != len(self.levels):
                faults.add((key,), f"got {len(given)} arms for {len(self.levels)} levels. Give one arm for each level.")
        if len(set(self.levels)) < 2:
            faults.add(("levels",), "got the same level each time; a slope needs two that differ. Correct them.")
        faults.raise_if_any()
        return self


class _OverSituations(Part):
    situations: Names = Field(description="the situations to look at")

    def _product(self, styles: tuple[str, ...]) -> tuple[Arm, ...]:
        return tuple(Arm(style, situation) for situation in self.situations for style in styles)


class Crossing(_OverSituations):
    """No style is best everywhere: the best one of some situation is beaten in another by one that it beats here.

    The pair of styles and situations is chosen on every second replication and tested on the others.
    """

    kind: Literal["crossing"]
    metric: str = Field(min_length=1, description="a metric that people want higher or lower")
    styles: Names = Field(description="the styles to rank")

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be measured of each arm."""
        return (Measure(self.metric, self.weeks),)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Everything that has to be run."""
        return self._product(self.styles)


class Regret(_OverSituations):
    """How much smaller one style's largest regret is than each other's: how far it is behind the best, at the worst.

    Regret is measured in standard deviations between replications, so that metrics can be compared.
    """

    kind: Literal["regret"]
    metrics: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = Field(
        description="metrics that people want higher or lower"
    )
    style: str = Field(min_length=1, description="the style that the claim is about")
    against: Names = Field(description="the styles that it is compared with, each of them by itself")

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be measured of each arm."""
        return tuple(Measure(metric, self.weeks) for metric in self.metrics)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Everything that has to be run."""
        return self._product((self.style, *self.against))


AnyPart = Annotated[Difference | Interaction | Slope | Crossing | Regret, Field(discriminator="kind")]
"""A part of a claim; its key `kind` says which contrast it takes."""


class Claim(Section):
    """Something that the model is said to show; all its parts have to hold."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,19}$", description="a short name that no other claim has")
    text: str = Field(min_length=1, max_length=300, description="the claim in plain words")
    note: str = Field(default="", max_length=1500, description="what a reader should know about the test")
    reason: str = Field(default="", max_length=1500, description="why it fails, for where it does")
    before: Literal["supported", "not supported", "opposite"] | None = Field(
        default=None, description="the verdict of the version of the model before this one"
    )
    changed: str = Field(default="", max_length=1500, description="why the verdict is another than before")
    parts: tuple[AnyPart, ...] = Field(strict=False, min_length=1, description="what has to hold for it")


class ClaimsFile(Section):
    """Everything in a file of claims."""

    seed: Annotated[int, Field(ge=0, le=10**18, json_schema_extra={"unit": "number"})] = Field(
        default=1, description="where chance starts"
    )
    situations: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="situations that are not shipped as scenarios, each written like one"
    )
    claims: tuple[Claim, ...] = Field(strict=False, min_length=1, description="the claims")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        faults = Faults()
        names = [claim.id for claim in self.claims]
        for place, name in enumerate(names):
            if name in names[:place]:
                text = f'"{name}" is the id of an earlier claim. Give each claim its own; taken are {listed(names)}.'
                faults.add(("claims", place, "id"), text)
        faults.raise_if_any()
        return self

    def parts(self) -> Iterator[tuple[int, int, AnyPart]]:
        """Every part with the place of its claim and its place in it."""
        for place, claim in enumerate(self.claims):
            for number, part in enumerate(claim.parts):
                yield place, number, part


def parsed(name: str) -> Arm:
    """An arm from the way it is written."""
    style, _, situation = name.partition(" in ")
    return Arm(style, situation)
