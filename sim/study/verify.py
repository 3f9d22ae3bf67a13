"""Verifies results: compares the digests of all files, and runs some of the runs once more."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.problems import InputError, shown_path
from sim.study.jobs import RUNS, run_job
from sim.study.plan import LABELS, Plan
from sim.study.results_folder import RESULTS, Folder

SAMPLE = 20
"""Runs that are done once more."""


class Verified(NamedTuple):
    """What was looked at, and every fault that was found, in words."""

    files: int
    rows: int
    faults: tuple[str, ...]


def verify(path: str | Path, sample: int = SAMPLE, seed: int | None = None) -> Verified:
    """Compare every file of finished results with its digest, and some runs, done again, with their rows.

    Args:
        path: the folder.
        sample: how many rows, of which each run is done again.
        seed: of their choice; None chooses anew every time.

    Raises:
        InputError: not a folder of results; not finished; made by another version of the model.
    """
    folder = Folder.at(path)
    if folder.manifest["finished"] is None:
        raise InputError(f"{shown_path(folder.path)}: not finished. Run: teamsim resume {shown_path(folder.path)}")
    faults = [f"{name}: {what}" for name, what in folder.altered()]
    if faults:
        return Verified(len(folder.manifest["files"]), 0, tuple(faults))
    folder.check_model()
    plan, rows = folder.plan(), _rows_in(folder)
    chosen = sorted(random.Random(seed).sample(range(rows), min(sample, rows)))  # noqa: S311
    faults += _not_the_same(folder, plan, chosen)
    return Verified(len(folder.manifest["files"]), len(chosen), tuple(faults))


def _rows_in(folder: Folder) -> int:
    from pyarrow import parquet

    return int(parquet.read_metadata(folder.path / RESULTS).num_rows)


def _not_the_same(folder: Folder, plan: Plan, chosen: Sequence[int]) -> Iterator[str]:
    """Of the rows with these numbers in results.parquet, those that come out differently now."""
    from pyarrow import parquet

    table = parquet.ParquetFile(folder.path / RESULTS)
    first, group = 0, 0
    for number in chosen:
        while number >= first + table.metadata.row_group(group).num_rows:
            first += table.metadata.row_group(group).num_rows
            group += 1
        row = table.read_row_group(group).slice(number - first, 1)
        if not _same(row, _again(plan, row.to_pylist()[0])):
            cells = row.to_pylist()[0]
            where = ", ".join(f"{name} {cells[name]}" for name in LABELS)
            yield f"{RESULTS}: {where}: comes out differently"


def _again(plan: Plan, row: dict[str, Any]) -> Any:
    """The row of one run, done once more."""
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(pa.BufferReader(run_job(plan.once_more(row)).files[RUNS]))
    alike = [all(other[name] == row[name] for name in LABELS) for other in table.select(list(LABELS)).to_pylist()]
    return table.slice(alike.index(True), 1)


def _same(one: Any, other: Any) -> bool:
    return _bits(one) == _bits(other)


def _bits(table: Any) -> str:
    """Digest of a table's cells, every bit of every number."""
    digest = hashlib.sha256()
    for name in table.column_names:
        for cell in table[name].to_pylist():
            digest.update(f"{name}={cell.hex() if isinstance(cell, float) else cell!r};".encode())
    return digest.hexdigest()
