"""Reads a text file as a sheet, and finds its encoding and separator."""

import csv
import io
import re
from importlib import import_module
from pathlib import Path

from sim.scenario.people_files.grid import MOST_ROWS, Row, Sheet
from sim.scenario.problems import InputError, unknown

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What may stand between cells."""

WESTERN = ("cp1252", "mac_roman", "cp850")
"""Encodings of one byte a sign that spreadsheets in Western Europe and America have written."""

LOOKED_AT = 200
"""Lines that the separator is found from."""

LONGEST_CELL = 10_000


def sheet_of_text(path: Path, data: bytes, encoding: str | None = None, separator: str | None = None) -> Sheet:
    """The rows of a CSV file, or of a file like it.

    Args:
        path: for messages.
        data: the content.
        encoding: as Python calls it; found if not given.
        separator: one of SEPARATORS by name or by sign; found if not given.

    Raises:
        InputError: not text, or not rows of cells.
    """
    text, found = decoded(path, data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=([,;\t|])\s*", first)  # spreadsheets write it for each other, and do not count it
    text = rest if told else text
    sign = _sign(separator) if separator else told[1] if told else separator_of(text)
    rows = []
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            if number > MOST_ROWS + 1:
                break
            rows.append(Row(number, list(cells)))
    except csv.Error as error:
        raise InputError(f"{path}: row {len(rows) + 1}: not a readable CSV file ({error}). Save it anew.") from None
    return Sheet(str(path), "", rows, f"text in {found}" if found != "utf-8" else "")


def decoded(path: Path, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, and its encoding.

    Raises:
        InputError: not text in the encoding asked for, or not text at all.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except (UnicodeDecodeError, LookupError):
            raise InputError(f'{path}: not text in "{encoding}". Leave the encoding out, and it is found.') from None
    for candidate in _candidates(data):
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), candidate.removesuffix("-sig")
    raise InputError(f"{path}: neither text nor a spreadsheet. Give it as .csv, .xlsx, .xls or .ods.")


def _candidates(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if max(even, odd) > len(data[:2000]) // 8:  # letters of Western languages in UTF-16: every other byte is zero
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8-sig", *_western(data), "latin-1"]


def _western(data: bytes) -> list[str]:
    """The encodings of one byte a sign, the likeliest first."""
    try:
        detector = import_module("charset_normalizer")
    except ModuleNotFoundError:
        return list(WESTERN)  # the extra is not installed: the usual one first
    # Only signs beyond ASCII tell one from another, so that only lines with such signs are looked at.
    lines = b"\n".join(line for line in data.splitlines() if not line.isascii())[:100_000]
    best = detector.from_bytes(lines, cp_isolation=list(WESTERN), language_threshold=0.0).best()
    likeliest = best.encoding if best else WESTERN[0]
    # In "cp1252" a sign such as "ü" is one of the printable ones of ISO 8859-1; that speaks for it where both do.
    if all(byte >= 0xA0 or byte in b"\x80\x82\x84\x91\x92\x93\x94\x96\x97\x85" for byte in lines if byte > 0x7F):
        likeliest = WESTERN[0]
    return sorted(WESTERN, key=lambda one: (-_usual_signs(lines, one), one != likeliest))


def _usual_signs(data: bytes, encoding: str) -> int:
    """How many signs beyond ASCII are such as people in Western Europe write."""
    return sum(sign in USUAL for sign in data.decode(encoding, "replace") if not sign.isascii())


USUAL = frozenset("äöüÄÖÜßéèêëÉÈàâáÀÁçÇîïíôóöûùúñÑœæøØåÅãõ¿¡€„“”’‘«»–—°§µ ")


def separator_of(text: str) -> str:
    """The sign that cuts the lines into the same number of cells, more than one, most often."""
    lines = [line for line in text.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]

    def regular(sign: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(lines, delimiter=sign))
        except csv.Error:
            return (0, 0)
        widths = [len(row) for row in rows if len(row) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) * (usual > 1), usual)

    csv.field_size_limit(LONGEST_CELL)
    return max(SEPARATORS.values(), key=regular)


def _sign(separator: str) -> str:
    if separator in SEPARATORS.values():
        return separator
    if separator not in SEPARATORS:
        raise InputError(f"file.separator: {unknown('separator', separator, SEPARATORS)}")
    return SEPARATORS[separator]
