"""The manifest of a folder of results: its fields with their types, and how it is read."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.scenario.problems import InputError, shown_path
from sim.study.spec import MOST_REPLICATIONS
from sim.study.stored_files import read_json

FORMAT = 2
"""Of folders of results; another one is read by the version of teamsim that wrote it."""

FILES_OF_KINDS = ("study.toml", "claims.toml", "calibration.toml")
"""The file that says what was run, by kind of study."""

Count = Annotated[int, Field(ge=0)]
Replications = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Work = Annotated[float, Field(ge=1, allow_inf_nan=False)]


class Begun(BaseModel):
    """What every manifest says; a kind of study may say more."""

    model_config = ConfigDict(strict=True, extra="allow")

    kind: str = "study"
    study: str
    title: str
    digest: str
    whole: str | None = None
    fingerprint: str
    versions: dict[str, str]
    begun: str
    finished: str | None


class OfStudy(Begun):
    """How a study was cut into chunks, round after round."""

    kind: Literal["study"] = "study"
    rounds: list[Replications]
    breaks: list[Count] = []
    chunk_work: Work


class OfClaims(Begun):
    """How often the arms of claims are run."""

    replications: Replications
    replications_of_a_world: Replications
    chunk_work: Work


class Finished(BaseModel):
    """What the manifest of finished results says besides."""

    model_config = ConfigDict(strict=True, extra="allow")

    runs: Count
    failed: Count
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    not_made: dict[str, str] = {}
    not_drawn: dict[str, Count] = {}
    half_widths: dict[str, float] = {}
    files: dict[str, str]


_OF_KIND: dict[str, type[Begun]] = {"study": OfStudy, "claims": OfClaims}


class DamagedError(InputError):
    """A manifest that cannot be read, though the chunks beside it may be whole."""


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest as it stands in its file.

    Raises:
        DamagedError: it is gone or damaged: not JSON, or something is missing or of another type.
        InputError: it is of another format.
    """
    advice = anew(path.parent)
    if not path.exists():
        raise DamagedError(f"{shown_path(path)}: no such file. {advice}")
    try:
        found = read_json(path, advice)
    except InputError as error:
        raise DamagedError(str(error)) from None
    if not isinstance(found, dict) or "format" not in found:
        raise DamagedError(f"{shown_path(path)}: damaged (not a manifest). {advice}")
    if found["format"] != FORMAT:
        text = f"written in format {found['format']}, and this version reads {FORMAT}."
        raise InputError(f"{shown_path(path)}: {text} Use the version of teamsim that wrote it.")
    try:
        begun = _OF_KIND.get(str(found.get("kind", "study")), Begun).model_validate(found)
        if begun.finished is not None:
            Finished.model_validate(found)
        if isinstance(begun, OfStudy) and begun.rounds != sorted(set(begun.rounds)):
            raise DamagedError(f"{shown_path(path)}: damaged (rounds: not one larger than the other). {advice}")
        if "teamsim" not in begun.versions:
            raise DamagedError(f"{shown_path(path)}: damaged (versions.teamsim: missing). {advice}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise DamagedError(f"{shown_path(path)}: damaged ({where}: {first['msg'].lower()}). {advice}") from None
    return found


def anew(folder: Path) -> str:
    """What to do about the manifest of a folder that is lost: nothing that has been run needs to be run again."""
    file = next((name for name in FILES_OF_KINDS if (folder / name).is_file()), None)
    if file is None:
        return (
            "To make it anew, and keep what has been run, run the same study into this folder: teamsim run, with --out."
        )
    command = f"teamsim run {shown_path(folder / file)} --out {shown_path(folder)}"
    return f"To make it anew, and keep what has been run: {command}"
