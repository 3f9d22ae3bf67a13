"""A file that says how to calibrate: what is fitted, how the best set is looked for, which sets are kept."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.scenario.fields import Section
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError, shown_path, unknown
from sim.scenario.toml_files import read_model
from sim.study.load import studies_folder


class Search(Section):
    """How the best set is looked for."""

    seed: Annotated[int, Field(ge=0)] = Field(description="where the search starts from by chance")
    worlds: Annotated[int, Field(ge=1, le=100)] = Field(description="seeds of the patterns, for each set")
    firms: Annotated[int, Field(ge=20, le=5000)] = Field(description="firms in a population")
    generations: Annotated[int, Field(ge=1, le=10_000)] = Field(description="rounds of the search")
    population: Annotated[int, Field(ge=5, le=1000)] = Field(description="sets that a generation tries")
    spread: Annotated[float, Field(gt=0, le=1)] = Field(
        description="of the first generation, as a share of each plausible range"
    )


class Keep(Section):
    """Which sets around the best are kept."""

    draws: Annotated[int, Field(ge=0, le=1_000_000)] = Field(description="sets drawn around the best")
    spread: Annotated[float, Field(gt=0, le=1)] = Field(
        description="of these draws, as a share of each plausible range"
    )
    worse: Annotated[float, Field(gt=0)] = Field(description="how much higher than the best a misfit may be")
    sets: Annotated[int, Field(ge=1, le=100_000)] = Field(description="how many are kept at most")
    finalists: Annotated[int, Field(ge=1, le=1000)] = Field(description="of the best, judged again in other worlds")
    fresh_worlds: Annotated[int, Field(ge=1, le=100)] = Field(description="seeds that they are judged again in")


class Fit(Section):
    """What is fitted."""

    parameters: Annotated[tuple[str, ...], Field(strict=False, min_length=2)] = Field(
        description="names of parameters, each within its plausible range"
    )


class Calibration(Section):
    """Everything in a file that says how to calibrate."""

    search: Search
    keep: Keep
    fit: Fit


def shipped_calibration() -> Path:
    """The file that the model itself is calibrated by."""
    return studies_folder() / "calibration.toml"


def load_calibration(path: Path | None = None) -> Calibration:
    """Read a file that says how to calibrate, the shipped one unless another is given.

    Raises:
        InputError: anything wrong with the file.
    """
    path = path or shipped_calibration()
    found = read_model(path, Calibration, "Check the path, or leave it out for the calibration of the model itself.")
    for name in found.fit.parameters:
        if name not in BY_NAME:
            raise InputError(f"{shown_path(path)}: fit.parameters: {unknown('parameter', name, BY_NAME)}")
    return found
