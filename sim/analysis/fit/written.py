"""A fitted firm as a scenario file: beside the scenario that it starts from, and without anybody in it."""

import os
from pathlib import Path
from typing import Any

import tomli_w

from sim.analysis.fit.fitting import Fit
from sim.scenario.load import scenario_names, to_toml
from sim.scenario.pseudonyms import pseudonymised

ALWAYS = ("company", "market", "parameters", "fitted")
"""Sections that a fit changes."""

WITH_CHANGES = ("money", "leader", "teams", "practices", "run", "styles")
"""Sections that other people or numbers may have changed."""


def fitted_toml(
    fit: Fit, target: Path, source: str, roster: Path | None = None, changed: bool = False, whole: bool = False
) -> str:
    """The text of the file.

    It extends the scenario, and leads to the roster by its path, so that no person stands in it. A whole file leads
    nowhere, so that it can be opened in the browser; its people have pseudonyms, and their ratings are in it.

    Args:
        fit: any.
        target: where the file will lie.
        source: the scenario's name or path.
        roster: from which the people came, if not from the scenario.
        changed: whether other numbers of the scenario were changed before the fit.
        whole: whether it leads nowhere.
    """
    if whole:
        return _head(fit, target) + to_toml(pseudonymised(fit.scenario))
    table = fit.scenario.model_dump()
    keys = (*ALWAYS, *(WITH_CHANGES if roster or changed else ()))
    kept: dict[str, Any] = {"extends": source if _is_shipped(source) else _from(target, Path(source))}
    kept |= {key: table[key] for key in keys if table[key]}
    if roster:
        kept["employees"] = {"roster": _from(target, roster)}
    elif changed and not fit.scenario.employees.people:
        kept["employees"] = table["employees"]
    return _head(fit, target) + tomli_w.dumps(_plain(kept))


def _head(fit: Fit, target: Path) -> str:
    return (
        f"# {fit.scenario.title}, fitted to {fit.history.path.name} ({fit.fitted.periods}).\n"
        f"# Use it as any scenario: teamsim compare {target.name} --uncertainty, teamsim report {target.name} ...\n\n"
    )


def _is_shipped(source: str) -> bool:
    return source in scenario_names() and not Path(source).is_file()


def _from(target: Path, path: Path) -> str:
    """A path as it is written in the file; those of a scenario start from its folder."""
    relative = Path(os.path.relpath(path.resolve(), target.resolve().parent)).as_posix()
    return relative if "/" in relative or not relative.endswith(".toml") else f"./{relative}"


def _plain(value: Any) -> Any:
    """Without what is not given, which TOML cannot say."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None and inner != ()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
