"""The file of a calibration: how many sets are run, and how the posterior is drawn and checked."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.scenario.fields import Section
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError, shown_path, unknown
from sim.scenario.toml_files import read_model
from sim.study.load import studies_folder


class Design(Section):
    """Sets from all over the plausible ranges."""

    seed: Annotated[int, Field(ge=0)] = Field(description="of all that is drawn by chance")
    sets: Annotated[int, Field(ge=20, le=100_000)] = Field(description="how many")
    firms: Annotated[int, Field(ge=20, le=5000)] = Field(description="firms in a population")
    parameters: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="names of those that are fitted; all that have a plausible range unless some are named"
    )


class Waves(Section):
    """Sets where the posterior lies, as far as it is known by then."""

    waves: Annotated[int, Field(ge=1, le=20)] = Field(description="how often")
    sets: Annotated[int, Field(ge=20, le=100_000)] = Field(description="sets in each wave")


class Draw(Section):
    """The posterior that is kept."""

    sets: Annotated[int, Field(ge=20, le=100_000)] = Field(description="sets that are kept, each of them run")
    chains: Annotated[int, Field(ge=2, le=100)] = Field(description="of the sampler")
    warm_up: Annotated[int, Field(ge=50, le=100_000)] = Field(description="draws of a chain that are thrown away")
    draws: Annotated[int, Field(ge=50, le=100_000)] = Field(description="draws of a chain")


class Judges(Section):
    """What a group that was left out of the fit is judged by: the posterior without it."""

    sets: Annotated[int, Field(ge=5, le=1000)] = Field(description="drawn of the posterior without each group")


class Best(Section):
    """The one set that speaks for the posterior: the model's default values."""

    candidates: Annotated[int, Field(ge=1, le=1000)] = Field(description="sets it is chosen from")
    worlds: Annotated[int, Field(ge=1, le=100)] = Field(description="worlds that each of them is run in")


class Check(Section):
    """Simulation-based calibration."""

    truths: Annotated[int, Field(ge=2, le=10_000)] = Field(description="sets whose parameters are to be found again")
    draws: Annotated[int, Field(ge=20, le=100_000)] = Field(description="draws of the posterior of each")


class Calibration(Section):
    """Everything in a file that says how to calibrate."""

    design: Design
    waves: Waves
    posterior: Draw
    judges: Judges
    best: Best
    check: Check


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
    for name in found.design.parameters:
        if name not in BY_NAME:
            raise InputError(f"{shown_path(path)}: design.parameters: {unknown('parameter', name, BY_NAME)}")
    return found
