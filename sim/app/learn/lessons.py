"""Reads the lessons: each is a TOML file in sim/app/lessons, with rounds in which students predict a result.

A lesson has the questions and the runs. It never has the results: they are computed when a student has guessed.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.scenario.fields import Section
from sim.scenario.toml_files import read_model

FOLDER = Path(__file__).parent.parent / "lessons"

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Tables = Annotated[tuple[Any, ...], Field(strict=False)]


class Arm(Section):
    """One side of a comparison: a scenario under a style, perhaps with changes."""

    label: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="what the student reads")
    scenario: str = Field(default="everyday", description="a shipped scenario")
    style: str = Field(description="a built-in style, one of the scenario's own, or as-is")
    changes: dict[str, Any] = Field(default_factory=dict, description="what is changed in the scenario: its own keys")


class Window(Section):
    """The parts of every round: its texts, its runs and its metric."""

    situation: Text = Field(description="the situation that will be run")
    question: Text = Field(description="what the student predicts")
    metric: str = Field(description="the metric that decides")
    weeks: int = Field(default=104, ge=2, le=1040, description="length of the run")
    first: int = Field(default=1, ge=1, description="first week that counts")
    last: int | None = Field(default=None, ge=1, description="last week that counts; left out: the last of the run")
    replications: int = Field(default=100, ge=10, le=400, description="runs of each arm")
    smallest: float = Field(gt=0, description="the smallest important difference, in the metric's unit")
    mechanism: Text = Field(description="why the model may do this, whatever the result is")


class Contest(Window):
    """Which arm has the most, or the least, of the metric?"""

    kind: Literal["contest"]
    wanted: Literal["highest", "lowest"] = "highest"
    arms: Annotated[tuple[Arm, ...], Field(strict=False, min_length=2, max_length=6)]


class Course(Window):
    """What shape does the metric take over time?"""

    kind: Literal["course"]
    arm: Arm


class Everywhere(Window):
    """Is one style the best in every situation?"""

    kind: Literal["everywhere"]
    wanted: Literal["highest", "lowest"] = "highest"
    styles: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="left out: those that are usually compared"
    )
    scenarios: Annotated[tuple[str, ...], Field(strict=False, min_length=2)]


class Luck(Window):
    """In how many pairs of runs is the first arm ahead of the second?"""

    kind: Literal["luck"]
    wanted: Literal["highest", "lowest"] = "highest"
    same: bool = Field(
        default=True, description="whether both companies of a pair have the same people and the same luck"
    )
    arms: Annotated[tuple[Arm, Arm], Field(strict=False)]


Round = Annotated[Contest | Course | Everywhere | Luck, Field(discriminator="kind")]


class Lesson(Section):
    """A guided lesson."""

    order: int = Field(description="place in the list")
    title: Annotated[str, Field(min_length=1, max_length=80)]
    minutes: int = Field(ge=3, le=60, description="how long it takes in class")
    promise: Text = Field(description="the topic in a sentence")
    idea: Text = Field(description="what the literature says, before anything is run")
    rounds: Annotated[tuple[Round, ...], Field(strict=False, min_length=1, max_length=4)]
    open_question: Text = Field(description="the last question, which the model cannot answer")
    teacher: Text = Field(description="for the teacher: what students often say, and what to ask then")
    claims: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="claims of the page Evidence on the same topic"
    )


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by the names of their files, in their order."""
    found = {path.stem: read_model(path, Lesson) for path in FOLDER.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
