"""Reads files of stored results, JSON and Parquet; a cut or damaged file gives one clear error."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sim.scenario.problems import InputError, shown_path
from sim.scenario.signs import unseen_in

LARGEST_JSON = 200_000_000
"""Bytes; a manifest names every chunk of a study, and a study of a million chunks stays below."""


def read_json(path: Path, advice: str) -> Any:
    """What a file of JSON holds; `advice` says what to do about one that is damaged.

    Raises:
        InputError: it cannot be read, is too large or not JSON, or holds signs that no page can show.
    """
    with readable(path, advice):
        if path.stat().st_size > LARGEST_JSON:
            raise ValueError(f"larger than {LARGEST_JSON // 10**6} MB")
        try:
            with _opened(path) as file:
                found = json.loads(file.read())
            signs = list(unseen_in(found))
        except RecursionError:
            raise ValueError("nested too deeply") from None
        json.dumps(found, ensure_ascii=False).encode()  # half of a sign that takes two is text that nobody can write
        if signs:
            raise ValueError(f"the sign {signs[0][1]}")
    return found


def read_rows(path: Path, advice: str, columns: Sequence[str] | None = None) -> Any:
    """The rows of a Parquet file, or some columns of them, as an Arrow table; `advice` as for JSON.

    Raises:
        InputError: it cannot be read, or is not such a file; it lacks one of the columns.
    """
    from pyarrow import parquet

    with readable(path, advice), _opened(path) as file:
        table = parquet.read_table(file)
        for name in table.column_names:
            table[name].validate(full=True)
        return table if columns is None else table.select(list(columns))


def _opened(path: Path) -> BinaryIO:
    """The file, opened here, since a folder would be read as many files; on a pipe one would wait for ever."""
    if path.exists() and not path.is_file():
        raise ValueError("no ordinary file")
    return path.open("rb")


def read_row_groups(path: Path, advice: str, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """The same group after group, for files larger than memory."""
    from pyarrow import parquet

    with readable(path, advice), _opened(path) as handle:
        file = parquet.ParquetFile(handle)
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, None if columns is None else list(columns))


@contextmanager
def readable(path: Path, advice: str) -> Iterator[None]:
    """Says of whatever reading a file raises that it is missing or damaged, and what to do.

    Raises:
        InputError: instead of the errors of libraries.
    """
    import pyarrow as pa

    try:
        yield
    except InputError:
        raise
    except FileNotFoundError:
        raise InputError(f"{shown_path(path)}: missing. {advice}") from None
    except (OSError, ValueError, KeyError, TypeError, OverflowError, pa.ArrowException) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else _first_line(error)
        raise InputError(f"{shown_path(path)}: damaged ({what}). {advice}") from None


def _first_line(error: Exception) -> str:
    """What a library says, in short."""
    line = " ".join(str(error).split())
    return line if len(line) <= 100 else f"{line[:97]}..."
