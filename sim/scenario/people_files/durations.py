"""Reads lengths of time: "5,3 Jahre", "11 Monate", "5 years 3 months", "3 ans", "2 a 4 m", "P2Y3M"."""

import re

from sim.scenario.people_files.columns import UNITS
from sim.scenario.people_files.grid import Cell
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.words import folded, group

WEEKS = {"years": 52.0, "months": 52 / 12, "weeks": 1.0, "days": 1 / 7}
"""A unit in weeks; a year has 52 here, as in a roster."""

LONGEST_CELL = 60

_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?")
_JOINT = re.compile(r"(?<!\d)[,;]|[,;](?!\d)|(?<=\s)(?:and|und|et|y|e)(?=\s)|[&+/]")
"""What may stand between "3 years" and "2 months"."""

_ISO = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_HALVES = ((re.compile(r"(\d)\s*½|(\d)\s+1/2"), r"\1\2.5"), (re.compile(r"½|(?<!\d)1/2"), "0.5"))

LETTERS = {"y": "years", "a": "years", "m": "months", "w": "weeks", "d": "days"}
"""Units of one letter; "j" is years beside months, as in "2 J 3 M", and nothing alone, where it may mean days."""


def duration(cell: Cell) -> float | None:
    """The weeks that a cell with a number and a unit means, or with several of them; None for anything else."""
    if not isinstance(cell, str) or len(cell) > LONGEST_CELL:
        return None
    text = re.sub(r"\((?:s|e|en|n)\)", "", cell.strip())  # "2 year(s)"
    if iso := _ISO.fullmatch(text):
        return sum(int(amount) * WEEKS[unit] for amount, unit in zip(iso.groups(), UNITS, strict=True) if amount)
    for pattern, instead in _HALVES:
        text = pattern.sub(instead, text)
    text = _JOINT.sub(" ", text).strip()
    if not text or _PART.sub("", text).strip():
        return None
    weeks, seen = 0.0, list[str]()
    parts = _PART.findall(text)
    for amount, word in parts:
        unit = unit_of(word) or ("years" if word.lower() == "j" and len(parts) > 1 and not seen else None)
        value = number(amount)
        if unit is None or value is None or unit in seen:
            return None
        seen.append(unit)
        weeks += value * WEEKS[unit]
    return weeks


def unit_of(word: str) -> str | None:
    """The unit that a word or a letter means, in four languages."""
    said = folded(word)
    return next((unit for unit in UNITS if said in group(unit)), None) or LETTERS.get(said)
