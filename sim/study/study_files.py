"""Writes a resolved study as files that need nothing else, and reads them: study.toml, scenarios/, points.parquet."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.scenario.load import to_toml
from sim.scenario.problems import shown_path
from sim.scenario.toml_files import checked, read_table
from sim.scenario.writing import written_whole
from sim.study.resolve import ResolvedStudy, resolve
from sim.study.spec import Adaptive, Study, Table
from sim.study.stored_files import read_rows, readable

STUDY, SCENARIOS, POINTS = "study.toml", "scenarios", "points.parquet"

_TABLE = "points.csv"
ADVICE = "It belongs to the results; put it back, or run the study once more."


def write_study(resolved: ResolvedStudy, folder: Path) -> None:
    """Write a study, its scenarios with all that was changed in them, and its points, for `read_study` to find."""
    table = resolved.study.model_dump(exclude={"name", "changes", "weeks"}, exclude_none=True)
    table["scenarios"] = [f"{SCENARIOS}/{situation.scenario.name}.toml" for situation in resolved.situations]
    if isinstance(resolved.study.design, Table):
        table["design"]["file"] = _TABLE
        _write_table(resolved, folder / _TABLE)
    (folder / STUDY).write_text(to_text(table), encoding="utf-8")
    (folder / SCENARIOS).mkdir()
    for situation in resolved.situations:
        path = folder / SCENARIOS / f"{situation.scenario.name}.toml"
        path.write_text(to_toml(situation.scenario), encoding="utf-8")
    write_points(resolved, folder)


def read_study(folder: Path, name: str) -> ResolvedStudy:
    """The study that `write_study` wrote.

    Raises:
        InputError: files are missing or damaged.
    """
    study, source = _study_in(folder, name)
    rows, unit = _read_points(folder / POINTS)
    return resolve(study, folder=folder, source=source, rows=rows, unit=unit)


def study_without_points(folder: Path, name: str) -> ResolvedStudy:
    """The same with points that are chosen anew.

    Raises:
        InputError: files are missing or damaged.
    """
    study, source = _study_in(folder, name)
    return resolve(study, folder=folder, source=source)


def _study_in(folder: Path, name: str) -> tuple[Study, str]:
    source = shown_path(folder / STUDY)
    return checked({**read_study_table(folder), "name": name}, Study, source), source


def read_study_table(folder: Path) -> dict[str, Any]:
    """What the study's file says, as it stands there."""
    return read_table(folder / STUDY, ADVICE)


def analyses_of(study: Study) -> dict[str, Any]:
    """The keys of a study that its runs do not depend on: how precise they shall be, and what is made of them."""
    kept = {"precision", "most_replications", "analyses", "analysis"}
    table: dict[str, Any] = _plain(study.model_dump(include=kept, exclude_none=True))
    return table


def to_text(table: dict[str, Any]) -> str:
    """A study as the text of its file."""
    import tomli_w

    return tomli_w.dumps(_plain(table))


def rounds_of(design: Adaptive) -> dict[str, Any]:
    """How long an adaptive design goes on, which may be changed when it has been run."""
    return {"rounds": design.rounds, **({} if design.enough is None else {"enough": design.enough})}


def write_points(resolved: ResolvedStudy, folder: Path) -> None:
    """The points with their values as shown, as they are, and on ranges from 0 to 1 where they were sampled."""
    import pyarrow as pa
    from pyarrow import parquet

    points = resolved.points
    columns: dict[str, Any] = {"point": np.arange(len(points.rows))}
    shown = [resolved.situations[0].shown(points.factors, row) for row in points.rows]
    for place, factor in enumerate(points.factors):
        columns[factor.column] = _column([row[place] for row in shown])
    columns["values"] = pa.array([json.dumps(row) for row in points.rows], pa.string())
    if points.unit is not None:
        columns["unit"] = pa.array(list(points.unit), pa.list_(pa.float64()))
    with written_whole(folder / POINTS) as unfinished:
        parquet.write_table(pa.table(columns), unfinished)


def _read_points(path: Path) -> tuple[list[tuple[Any, ...]], Any]:
    with readable(path, ADVICE):
        table = read_rows(path, ADVICE)
        try:
            rows = [tuple(json.loads(text)) for text in table["values"].to_pylist()]
        except RecursionError:
            raise ValueError("values nested too deeply") from None
        unit = np.array(table["unit"].to_pylist(), dtype=np.float64) if "unit" in table.column_names else None
        if unit is not None and unit.shape != (len(rows), len(rows[0]) if rows else 0):
            raise ValueError("the table of points has another shape")
    return rows, unit


def _write_table(resolved: ResolvedStudy, path: Path) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([factor.column for factor in resolved.points.factors])
        for row in resolved.points.rows:
            writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in row])


def _column(cells: list[Any]) -> Any:
    import pyarrow as pa

    try:
        return pa.array(cells)
    except pa.ArrowException:
        return pa.array([str(cell) for cell in cells])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
