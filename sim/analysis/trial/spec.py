"""The file of a real trial: who is randomised, to what, what is measured, and how.

title = "Coaching in small firms"
firms = [20, 40]
people = 8
measure = "morale"
after = 26

[treatment.behaviour]
development = 0.3
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.fields import Faults, Section, Share
from sim.scenario.practices import practices
from sim.scenario.problems import unknown
from sim.scenario.toml_files import read_model

SETTLED = 26
"""Weeks that firms have had before the trial begins."""

type Measure = Literal["morale", "strain", "trust", "commitment", "competence", "motivation"]

type Firms = Annotated[int, Field(ge=4, le=1_000)]


class Treatment(Section):
    """What the one half of the firms gets, and the other does not: practices, or leaders who behave otherwise."""

    practices: dict[str, Share] = Field(default_factory=dict, description="practices by name, with their intensity")
    behaviour: dict[str, Annotated[float, Field(ge=-1, le=1)]] = Field(
        default_factory=dict, description="what is added to how leaders behave, such as development = 0.3"
    )
    uptake: Share = Field(default=1.0, description="share of the treated firms in which it is really done")

    @model_validator(mode="after")
    def _is_something(self) -> Self:
        faults = Faults()
        if not (self.practices or self.behaviour):
            faults.add((), "nothing is done. Name practices, or what is added to the behaviour of leaders.")
        for key, given, known in (
            ("practices", self.practices, practices()),
            ("behaviour", self.behaviour, BEHAVIOURS),
        ):
            for name in given:
                if name not in known:
                    faults.add((key, name), unknown("practice" if key == "practices" else "behaviour", name, known))
        faults.raise_if_any()
        return self


class Trial(Section):
    """A trial with firms as clusters: half of them, drawn by lot, are treated."""

    title: str = Field(min_length=1, max_length=200, description="the trial in a few words")
    description: str = Field(default="", max_length=5000)
    firms: Annotated[tuple[Firms, ...], Field(strict=False, min_length=1, description="numbers of firms to look at")]
    people: Annotated[int, Field(ge=3, le=100)] = Field(description="people in a firm")
    measure: Measure = Field(description="what people are asked about")
    after: Annotated[int, Field(ge=1, le=520)] = Field(description="weeks from the beginning to the last survey")
    baseline: bool = Field(default=True, description="whether people are also asked before it begins")
    reliability: Annotated[float, Field(gt=0, le=1)] = Field(default=0.8, description="of the scale")
    drop_out: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.1, description="share of people who do not answer the last survey, besides those who leave"
    )
    firms_lost: Annotated[float, Field(ge=0, lt=1)] = Field(default=0.05, description="share of firms that give up")
    treatment: Treatment = Field(description="what the treated firms get")
    alpha: Annotated[float, Field(gt=0, lt=0.5)] = Field(default=0.05, description="level of the test")
    power: Annotated[float, Field(gt=0.5, lt=1)] = Field(default=0.8, description="power that is wanted")
    trials: Annotated[int, Field(ge=20, le=10_000)] = Field(default=200, description="trials that are played through")
    worlds: Annotated[int, Field(ge=1, le=1_000)] = Field(
        default=20, description="sets of plausible parameters; 1 takes the usual ones"
    )
    seed: Annotated[int, Field(ge=0, le=10**18)] = Field(default=1, description="where chance starts")

    @model_validator(mode="after")
    def _can_be_analysed(self) -> Self:
        faults = Faults()
        for place, firms in enumerate(self.firms):
            if firms in self.firms[:place]:
                faults.add(("firms", place), f"{firms} is listed twice. Take one out.")
            elif firms * (1 - self.firms_lost) < 4:
                faults.add(("firms", place), f"of {firms} firms fewer than 4 are left in the end. Take more.")
        faults.raise_if_any()
        return self

    @property
    def plain(self) -> dict[str, Any]:
        """As it is written down beside the results."""
        return self.model_dump(mode="json")


def load_trial(path: Path) -> Trial:
    """Read a trial from its file.

    Raises:
        InputError: the file cannot be read as a trial.
    """
    return read_model(path, Trial, "Give the path of a TOML file that describes a trial.")
