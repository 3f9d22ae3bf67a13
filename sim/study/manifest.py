"""The manifest of a folder of results: what it has to say, of which type, and how it is read."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.scenario.problems import InputError, shown_path
from sim.study.spec import MOST_REPLICATIONS
from sim.study.stored_files import read_json

FORMAT = 2
"""Of folders of results; another one is read by the version of teamsim that wrote it."""

ADVICE = "Put it back, or run the study anew."

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


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest as it stands in its file.

    Raises:
        InputError: it is of another format, or damaged: not JSON, or something is missing or of another type.
    """
    found = read_json(path, ADVICE)
    if not isinstance(found, dict) or "format" not in found:
        raise InputError(f"{shown_path(path)}: damaged (not a manifest). {ADVICE}")
    if found["format"] != FORMAT:
        text = f"written in format {found['format']}, and this version reads {FORMAT}."
        raise InputError(f"{shown_path(path)}: {text} Use the version of teamsim that wrote it.")
    try:
        begun = _OF_KIND.get(str(found.get("kind", "study")), Begun).model_validate(found)
        if begun.finished is not None:
            Finished.model_validate(found)
        if isinstance(begun, OfStudy) and begun.rounds != sorted(set(begun.rounds)):
            raise InputError(f"{shown_path(path)}: damaged (rounds: not one larger than the other). {ADVICE}")
        if "teamsim" not in begun.versions:
            raise InputError(f"{shown_path(path)}: damaged (versions.teamsim: missing). {ADVICE}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{shown_path(path)}: damaged ({where}: {first['msg'].lower()}). {ADVICE}") from None
    return found
