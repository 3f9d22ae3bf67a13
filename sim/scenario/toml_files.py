"""Reads TOML files into plain tables and into models, with errors in plain words."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.scenario.explain import Place, dotted, explain
from sim.scenario.problems import InputError, as_written, read_bytes, shortened, shown_path
from sim.scenario.signs import seen, unseen_in

MOST_DOTS = 300
"""Dots in a line of a TOML file; nobody writes as many."""

_MOST_PAIRS = 5_000_000
"""Pairs of dots within the lines of a file, which is what reading it costs where they are keys: about a second."""

type Table = dict[str, Any]


def read_model[M: BaseModel](path: Path, model: type[M], advice: str = "Check the path.") -> M:
    """What a TOML file says, as a model; `advice` says what to do if there is no such file.

    Raises:
        InputError: as `read_table`; a value that the model does not allow.
    """
    return checked(read_table(path, advice), model, shown_path(path))


def read_models[M: BaseModel](path: Path, model: type[M]) -> dict[str, M]:
    """The tables of a TOML file by name, each as a model.

    Raises:
        InputError: as `read_model`.
    """
    found = {}
    for name, table in read_table(path).items():
        shown = f"{shown_path(path)}: {shortened(name)}"
        if not isinstance(table, dict):
            raise InputError(f"{shown}: got {as_written(table)}; allowed is a table.")
        found[name] = checked(table, model, shown)
    return found


def checked[M: BaseModel](
    table: Mapping[str, Any], model: type[M], shown: str, *, place: Place | None = None, context: Any = None
) -> M:
    """What a table says, as a model.

    Args:
        table: as read from a file.
        model: what it should be.
        shown: stands for the file's name in errors.
        place: says where a value stands, if not in that file at its own place in the table.
        context: for the model's validators.

    Raises:
        InputError: a value that the model does not allow.
    """
    try:
        return model.model_validate(dict(table), context=context)
    except ValidationError as error:
        raise explain(error, place or (lambda where: (shown, dotted(where, table))), model) from None


def read_table(path: Path, advice: str = "Check the path.") -> Table:
    """The content of a TOML file; `advice` says what to do if there is no such file.

    Raises:
        InputError: no such file, not readable, too large, or not valid TOML.
    """
    return table_from_text(read_bytes(path, advice), shown_path(path))


def table_from_text(text: str | bytes, shown: str) -> Table:
    """The content of a TOML file that came as text; `shown` stands for the file's name.

    Raises:
        InputError: not valid TOML.
    """
    data = text.encode(errors="replace") if isinstance(text, str) else text
    # Of a key with thousands of parts the parser keeps every beginning, and needs gigabytes for some kilobytes.
    pairs = 0
    for number, line in enumerate(data.splitlines(), 1):
        dots = line.count(b".")
        pairs += dots * dots
        if dots > MOST_DOTS:
            raise InputError(f"{shown}: line {number}: more than {MOST_DOTS} dots. Break it into several lines.")
        if pairs > _MOST_PAIRS:
            raise InputError(f"{shown}: line {number}: too many lines with many dots. Write tables, or shorter keys.")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{shown}: not text in UTF-8 (byte {error.start}). Give the path of a TOML file.") from None
    except RecursionError:
        raise InputError(f"{shown}: tables or lists nested too deeply. Check the brackets.") from None
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(?s)(.*) \(at (line \d+, column \d+|end of document)\)", str(error))
        what, where = (found[1], found[2]) if found else (str(error), "")
        raise InputError(": ".join(filter(None, (shown, where, f"not valid TOML: {what}. Correct it.")))) from None
    except ValueError:  # Python reads no whole number of more than some thousand digits
        raise InputError(f"{shown}: not valid TOML: a number has too many digits. Correct it.") from None
    for where, sign in unseen_in(table):
        raise InputError(f"{shown}: {seen(where)}: got the sign {sign}; allowed is what a page can show. Take it out.")
    return table
