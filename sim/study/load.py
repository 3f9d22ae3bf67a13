"""Finds and reads studies, by shipped name or TOML file, and resolves everything that they will run."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.scenario.problems import InputError, listed, nearest, shortened, shown_path
from sim.scenario.toml_files import checked, read_table
from sim.study.resolve import ResolvedStudy, resolve
from sim.study.spec import Study

NOT_STUDIES = {"calibration": "run calibration", "claims": "run claims", "patterns": "evidence"}
"""Files in the same folder that are no studies, and the commands that read them."""


def load_study(name_or_path: str | Path) -> ResolvedStudy:
    """Read a shipped study such as "style-comparison", or a TOML file, and all that it names.

    Raises:
        InputError: anything wrong with the name, the file, a scenario, a table of points, or a value.
    """
    path = named_file(name_or_path) or _shipped(str(name_or_path))
    return resolve(read_study_file(path), folder=path.parent, source=shown_path(path))


def shipped_studies() -> tuple[Study, ...]:
    """The shipped studies as their files say them; what they name is not looked for."""
    return tuple(read_study_file(_shipped(name)) for name in study_names())


def read_study_file(path: Path) -> Study:
    """What a study's file says, checked by itself.

    Raises:
        InputError: the file cannot be read as a study.
    """
    table = read_table(path, f"Check the path, or use a shipped study: {listed(study_names())}.")
    if "name" in table:
        raise InputError(f"{shown_path(path)}: name: a study is named after its file. Take it out, or use title.")
    return checked({**table, "name": path.stem}, Study, shown_path(path))


def study_from(table: Mapping[str, Any], *, folder: Path = Path(), source: str = "study") -> ResolvedStudy:
    """A study from a plain dict; paths in it start from `folder`, and `source` stands for the file's name in errors.

    Raises:
        InputError: as `load_study`.
    """
    return resolve(checked(table, Study, source), folder=folder, source=source)


def study_names() -> tuple[str, ...]:
    """The names of the shipped studies."""
    return tuple(sorted(path.stem for path in studies_folder().glob("*.toml") if path.stem not in NOT_STUDIES))


def studies_folder() -> Path:
    """Where the shipped studies lie: inside an installed package, else at the top of the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "experiments"
    return installed if installed.is_dir() else package.parent / "experiments"


def named_file(name_or_path: str | Path) -> Path | None:
    """The file of one's own that is meant; None for a name, which is that of a shipped study."""
    text = os.fspath(name_or_path)
    own = isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or os.sep in text
    return Path(text) if own else None


def _shipped(name: str) -> Path:
    if name in NOT_STUDIES:
        raise InputError(f'"{name}" is no study and has a command of its own. Run: teamsim {NOT_STUDIES[name]}')
    if name not in study_names():
        known = (*study_names(), "claims", "calibration")
        meant = nearest(name, known)
        question = f'; did you mean "{meant}"? ' if meant else ". "
        text = f'unknown study "{shortened(name)}"{question}Known: {listed(known)}. '
        raise InputError(text + "For a file of your own give its path, such as ./mine.toml.")
    return studies_folder() / f"{name}.toml"
