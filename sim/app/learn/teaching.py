"""The teacher's page as data."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.app.learn.lessons import Text
from sim.scenario.fields import Section


class Step(Section):
    """A step of a class."""

    minutes: int = Field(ge=1)
    what: Text


class Part(Section):
    """A part of the page."""

    title: str
    text: Text


class Teaching(Section):
    """All of it."""

    title: str
    introduction: Text
    timetable: Annotated[tuple[Step, ...], Field(strict=False)]
    sections: Annotated[tuple[Part, ...], Field(strict=False)]


@cache
def teaching() -> Teaching:
    """What sim/app/learn/teacher.toml says."""
    path = Path(__file__).with_name("teacher.toml")
    return Teaching.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
