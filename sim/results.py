"""Results as files: tidy rows in CSV or Parquet, with their provenance, written whole or not at all.

A row is one week of one replication of one style: scenario, style, replication, seed, week, then the metrics in their
units; what teams have each for themselves has no place in it. Parquet also keeps units and provenance (the resolved
scenario, versions, seed), so that `load` gives back what `save` was given.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.extras import extra
from sim.scenario.problems import InputError
from sim.scenario.signs import harmless
from sim.scenario.writing import check_writable, written_whole

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr

__all__ = ["ENDINGS", "ROW_LABELS", "check_writable", "load", "save", "to_frame", "written_whole"]

ENDINGS = (".csv", ".parquet")
"""Kinds of file that results are saved in."""

SAVING = "Saving results"
"""What the libraries are for that write them."""

ROW_LABELS = ("scenario", "style", "replication", "seed", "week")
"""What every row says about where it comes from, before the metrics."""

_FACTS = {"scenario": str, "title": str, "seed": int, "scenario_json": str}
"""What results say about where they come from, at the least."""

_PROVENANCE, _UNITS = b"teamsim.provenance", b"teamsim.units"


def to_frame(ds: "xr.Dataset") -> "pd.DataFrame":
    """Tidy rows (scenario, style, replication, seed, week, metrics ...), by style, replication and week."""
    pa = extra("pyarrow", "study", "A table of all rows")
    frame: pd.DataFrame = pa.Table.from_batches(_batches(ds)).to_pandas()
    return frame


def save(ds: "xr.Dataset", path: str | Path) -> None:
    """Save results as tidy rows, in the kind of file that the ending asks for; an existing file is replaced.

    A week without a value (no question asked, so no delay of its answer) is an empty cell.

    Raises:
        InputError: an ending other than .csv or .parquet; a place that cannot be written to.
    """
    target = check_writable(path, ENDINGS)
    csv, parquet = extra("pyarrow.csv", "study", SAVING), extra("pyarrow.parquet", "study", SAVING)
    schema = _schema(ds)
    with written_whole(target) as unfinished:
        writer = csv.CSVWriter if target.suffix.lower() == ".csv" else parquet.ParquetWriter
        with writer(str(unfinished), schema) as rows:
            for batch in _batches(ds, harmless if target.suffix.lower() == ".csv" else str):
                rows.write_batch(batch)


def load(path: str | Path) -> "xr.Dataset":
    """Results that `save` wrote as Parquet, as they were: dimensions style, replication, week, and provenance.

    Raises:
        InputError: no such file; not a Parquet file, or not one that `save` wrote.
    """
    pa = extra("pyarrow", "study", "Opening saved results")
    if not Path(path).is_file():
        raise InputError(f"{path}: no such file. Give the name of a .parquet file that teamsim saved.")
    try:
        return _saved_in(Path(path))
    except (pa.ArrowException, KeyError, TypeError, ValueError, OverflowError, RecursionError, OSError):
        raise InputError(
            f"{path}: not results that teamsim saved as Parquet. Save them anew with `teamsim compare --parquet FILE`."
        ) from None


def _saved_in(path: Path) -> "xr.Dataset":
    import xarray as xr
    from pyarrow import parquet

    with path.open("rb") as file:
        table = parquet.read_table(file)
    for name in table.column_names:
        table[name].validate(full=True)  # a damaged text would only be noticed where it is used
    facts = table.schema.metadata or {}
    attrs, units = json.loads(facts[_PROVENANCE]), json.loads(facts[_UNITS])
    if not isinstance(attrs, dict) or any(not isinstance(attrs.get(name), kind) for name, kind in _FACTS.items()):
        raise ValueError("no facts about the runs")
    coords = {name: list(dict.fromkeys(table[name].to_pylist())) for name in ("style", "replication", "week")}
    shape = tuple(len(labels) for labels in coords.values())
    variables = {
        name: (tuple(coords), table[name].to_numpy().reshape(shape), {"units": unit, "long_name": long_name})
        for name, (unit, long_name) in units.items()
    }
    return xr.Dataset(variables, coords=coords, attrs=attrs)


def _batches(ds: "xr.Dataset", text: Callable[[str], str] = str) -> Iterator["pa.RecordBatch"]:
    """The rows, style by style, so that no more than one style is held twice in memory."""
    import pyarrow as pa

    schema = _schema(ds)
    replications, weeks = ds["replication"].to_numpy(), ds["week"].to_numpy()
    rows = len(replications) * len(weeks)
    for style in ds["style"].to_numpy():
        columns: dict[str, Any] = {
            "scenario": pa.repeat(text(str(ds.attrs["scenario"])), rows),
            "style": pa.repeat(text(str(style)), rows),
            "replication": np.repeat(replications, len(weeks)),
            "seed": np.full(rows, ds.attrs["seed"]),
            "week": np.tile(weeks, len(replications)),
        }
        for name in _metrics(ds):
            values = ds[name].sel(style=style).transpose("replication", "week").to_numpy()
            columns[name] = pa.array(values.ravel(), from_pandas=True)  # NaN becomes an empty cell
        yield pa.RecordBatch.from_pydict(columns, schema=schema)


def _metrics(ds: "xr.Dataset") -> list[str]:
    """The variables that have one value for a style, replication and week."""
    return [str(name) for name, values in ds.data_vars.items() if set(values.dims) == {"style", "replication", "week"}]


def _schema(ds: "xr.Dataset") -> "pa.Schema":
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    fields = list(zip(ROW_LABELS, (text, text, whole, whole, whole), strict=True))
    fields += [(name, pa.from_numpy_dtype(ds[name].dtype)) for name in _metrics(ds)]
    units = {name: [ds[name].attrs.get("units", ""), ds[name].attrs.get("long_name", "")] for name in _metrics(ds)}
    facts = {_PROVENANCE: json.dumps(ds.attrs), _UNITS: json.dumps(units)}
    return pa.schema(fields, metadata=facts)
