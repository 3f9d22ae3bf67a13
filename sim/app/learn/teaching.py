"""Reads the texts of the page for teachers from teacher.toml."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.app.learn.lessons import Text
from sim.scenario.fields import Section
from sim.scenario.toml_files import read_model


class Step(Section):
    """A step of a class."""

    minutes: int = Field(ge=1)
    what: Text


class Part(Section):
    """A part of the page."""

    title: str
    text: Text


class Teaching(Section):
    """The whole page."""

    title: str
    introduction: Text
    timetable: Annotated[tuple[Step, ...], Field(strict=False)]
    sections: Annotated[tuple[Part, ...], Field(strict=False)]


@cache
def teaching() -> Teaching:
    """The texts of sim/app/learn/teacher.toml."""
    return read_model(Path(__file__).with_name("teacher.toml"), Teaching)
