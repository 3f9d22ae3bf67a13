"""Exports results for other programs, as CSV, Feather or Parquet, chunk by chunk."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.scenario.problems import InputError, listed, shown_path
from sim.scenario.signs import harmless
from sim.scenario.writing import written_whole
from sim.study.results_folder import DAMAGED, Folder
from sim.study.stored_files import read_rows

if TYPE_CHECKING:
    from sim.study.plan import Plan

KINDS = ("csv", "feather", "parquet")


def export(folder: Folder, plan: "Plan", out: Path, kind: str) -> list[Path]:
    """Write all that a folder of results has; see `ExperimentResults.export`."""
    from pyarrow import parquet

    if kind not in KINDS:
        raise InputError(f'cannot write files of the kind "{kind}"; allowed are {listed(KINDS)}.')
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = f"cannot be made ({error.strerror or error}). Choose another folder."
        raise InputError(f"{shown_path(out)}: {text}") from None
    written = []
    for what in plan.kinds:
        files = folder.chunk_files(plan, what, check=True)
        target = out / f"{what}.{kind}"
        schema = parquet.read_schema(files[0])
        with written_whole(target) as unfinished, _opened(kind, unfinished, schema) as writer:
            for file in files:
                rows = read_rows(file, DAMAGED)
                writer.write_table(_without_formulas(rows) if kind == "csv" else rows)
        written.append(target)
    return written


def _without_formulas(rows: Any) -> Any:
    """The same rows, with texts that no spreadsheet runs."""
    import pyarrow as pa

    for place, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            texts = rows.column(place).combine_chunks().dictionary_encode()
            safe = pa.array([harmless(text) for text in texts.dictionary.to_pylist()], field.type)
            rows = rows.set_column(place, field, safe.take(texts.indices))
    return rows


def _opened(kind: str, path: Path, schema: Any) -> AbstractContextManager[Any]:
    """A file to which tables of a schema are written one after the other."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    writer: AbstractContextManager[Any]
    if kind == "csv":
        writer = csv.CSVWriter(path, schema)
    elif kind == "feather":  # version 2 of it is the file format of Arrow
        writer = pa.RecordBatchFileWriter(str(path), schema)
    else:
        writer = parquet.ParquetWriter(path, schema, compression="zstd")
    return writer
