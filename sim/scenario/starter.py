"""Writes a commented file to start from (`teamsim new`), and checks files (`teamsim check`)."""

from collections.abc import Iterable
from pathlib import Path

from sim.scenario.load import load_scenario, scenario_path
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.toml_files import read_table
from sim.scenario.writing import written_whole


def new_scenario(path: str | Path, from_name: str = "everyday", force: bool = False) -> tuple[Path, ...]:
    """Copy a shipped scenario, with its comments, and its roster if it has one; returns the files written.

    Raises:
        InputError: no such scenario; the file exists and `force` is not given; the file cannot be written.
    """
    path, source = Path(path), scenario_path(from_name)
    if path.suffix != ".toml":
        raise InputError(f'{path}: a scenario is a TOML file. Call it "{path.name or "mine"}.toml".')
    lines = source.read_text(encoding="utf-8").splitlines()
    # The schema lies beside the shipped scenarios and not beside the copy.
    kept = [line for line in lines if not line.startswith("#:schema")]
    texts = {path: "\n".join([f'# Started from the shipped scenario "{from_name}".', *kept, ""])}
    roster = read_table(source).get("employees", {}).get("roster")
    if roster is not None:
        texts[path.parent / roster] = (source.parent / roster).read_text(encoding="utf-8")
    for file in texts:
        if not force and file.exists():
            raise InputError(f"{file}: exists already; nothing was written. Take another name, or use --force.")
    for file, text in texts.items():
        with written_whole(file) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    return tuple(texts)


def check(paths: Iterable[str | Path]) -> list[tuple[Path, InputError | Scenario]]:
    """Load every file (or shipped name); each with its scenario, or with the error that says what is wrong with it."""
    results: list[tuple[Path, InputError | Scenario]] = []
    for path in paths:
        try:
            results.append((Path(path), load_scenario(path)))
        except InputError as error:
            results.append((Path(path), error))
    return results
