"""The version of the model, apart from that of the program: it changes when a result may change.

`data/model_versions.toml` lists them with what moved; `make model` adds one (MOVED='what moved').
"""

import sys
from importlib import resources
from pathlib import Path

from pydantic import ConfigDict

from sim.analysis.fingerprint import fingerprint
from sim.scenario.fields import Section
from sim.scenario.problems import InputError
from sim.scenario.toml_files import read_model
from sim.scenario.writing import written_whole

FILE = Path(str(resources.files("sim.analysis"))) / "data" / "model_versions.toml"


class ModelVersion(Section):
    """A version: its number, what the model is told by, and what moved against the one before."""

    number: int
    fingerprint: str
    moved: str


class ModelVersions(Section):
    """All versions, the oldest first."""

    model_config = ConfigDict(strict=False)

    versions: tuple[ModelVersion, ...]


def known(file: Path = FILE) -> tuple[ModelVersion, ...]:
    """All versions that have a number.

    Raises:
        InputError: the file is damaged, or its numbers do not follow one another.
    """
    found = read_model(file, ModelVersions).versions
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        raise InputError(f"{file.name}: versions have to be numbered 1, 2, 3 and so on. Put them right.")
    return found


def model_version(file: Path = FILE) -> str:
    """The number of the model as it is; of one that was changed since, the last number and a plus, such as 3+."""
    now, versions = fingerprint(()), known(file)
    of_now = [one.number for one in versions if one.fingerprint == now]
    return str(of_now[-1]) if of_now else f"{len(versions)}+"


def add_version(moved: str, file: Path = FILE) -> str:
    """Give the model as it is a number, and note what moved; nothing happens if it is that of the last version.

    Raises:
        InputError: nothing is said of what moved.
    """
    import tomli_w

    versions = known(file) if file.is_file() else ()
    now = fingerprint(())
    if versions and versions[-1].fingerprint == now:
        return str(versions[-1].number)
    if not moved.strip():
        raise InputError("the model has changed. Say what moved: make model MOVED='what moved'.")
    rows = [*versions, ModelVersion(number=len(versions) + 1, fingerprint=now, moved=moved.strip())]
    with written_whole(file) as unfinished:
        unfinished.write_text(tomli_w.dumps({"versions": [one.model_dump() for one in rows]}), encoding="utf-8")
    return str(rows[-1].number)


if __name__ == "__main__":
    try:
        print(f"model {add_version(' '.join(sys.argv[1:]))}")  # noqa: T201
    except InputError as error:
        sys.exit(f"Error: {error}")
