"""Words in people files (words.toml), compared without case, accents, spaces and punctuation."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.toml_files import read_table

LONGEST_MISSING = 60
"""Characters of a cell that may still be a word for nothing."""

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """A text as it is compared: "Date d'Entrée" and "date_d_entree" are both "datedentree"."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    return "".join(sign for sign in unicodedata.normalize("NFKD", spelt) if sign.isalnum())


def parts(text: str) -> list[str]:
    """The words of a heading, folded: "yearsAtCompany" and "Years at company" have three."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", text)
    return [folded(part) for part in re.split(r"[\W_]+", apart) if part]


@cache
def table() -> dict[str, Any]:
    """What stands in words.toml."""
    return read_table(Path(__file__).parent / "words.toml")


@cache
def group(name: str) -> frozenset[str]:
    """A list of words, folded."""
    return frozenset(folded(word) for word in table()[name])


def is_missing(cell: object) -> bool:
    """Whether a cell holds nothing, or a word or a sign for nothing."""
    if not isinstance(cell, str):
        return cell is None
    text = cell.strip()
    if len(text) > LONGEST_MISSING:
        return not text.strip("-–—.?/ ")
    return not text.strip("-–—.?/ ") or text.casefold() in _missing_signs() or folded(text) in _missing_words()


@cache
def _missing_signs() -> frozenset[str]:
    return frozenset(word for word in table()["missing"] if not word.isalnum())


@cache
def _missing_words() -> frozenset[str]:
    return frozenset(folded(word) for word in table()["missing"] if not word.startswith("#")) - {""}
