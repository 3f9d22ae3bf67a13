"""Damages files at random: bytes, lines, numbers and texts of text files, and values anywhere in JSON."""

import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

NUMBERS = (
    "0", "-1", "1", "2", "-0.0", "1e308", "-1e308", "1e999", "1e-300", "nan", "inf", "-inf", "9" * 25, "9" * 5_000,
    "0x1F", "1_0", "0,5", "99999", "1000000", "true", '""', "'x'", "[]", "{}", "1979-05-27",
)  # fmt: skip
TEXTS = (
    "", " ", "\x00", "\x01", "\x7f", "\x0b", "\u202e", "\ufffe", "\u2028", "=cmd|calc",
    "@SUM(A1)", "'", '"', '"""', "\\", "\\u0001",
    "\\ud800", "<script>", "../../etc/passwd", "/dev/zero", "{{", "%s%n", "x" * 20_000,
    "\U0001f600" * 50, "e\u0301" * 99, "[[", "]]",
    "a.b.c.d = 1\n", "[a]\n[a]\n", ";;;\n", "\t\t\n", "\r", "\ufeff", "#N/A", "None", "everyday", "all", "as-is",
    ".", "*",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TEXT = re.compile(rb"\"[^\"\n]*\"|[A-Za-z_]{3,}")


def damaged(data: bytes, rng: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """The content of a file with one to three things wrong; `others` are files that pieces may come from."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        data = rng.choice(WAYS)(data, rng, others or (data,))
    return data


def _flip(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data or b" ")
    for _place in range(rng.choice((1, 1, 4, 30))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return data[: rng.choice((0, rng.randint(0, len(data)), max(0, len(data) - rng.randint(1, 12))))]


def _remove(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    start = rng.randint(0, len(data))
    return data[:start] + data[start + rng.randint(1, 200) :]


def _insert(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    place = rng.randint(0, len(data))
    piece = rng.choice((rng.randbytes(rng.randint(1, 40)), _odd_text(rng), rng.choice(NUMBERS).encode()))
    return data[:place] + piece + data[place:]


def _repeat(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    start = rng.randint(0, len(data))
    piece = data[start : start + rng.randint(1, 300)]
    return data[:start] + piece * rng.choice((2, 3, 200)) + data[start:]


def _lines(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    if rng.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(other, lines[one])
    return b"\n".join(lines)


def _number(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return _instead(data, rng, _NUMBER, rng.choice(NUMBERS).encode())


def _text(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    found = _odd_text(rng)
    return _instead(data, rng, _TEXT, rng.choice((found, b'"' + found + b'"', rng.choice(NUMBERS).encode())))


def _splice(data: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


WAYS: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _flip, _cut, _remove, _insert, _repeat, _lines, _number, _number, _number, _text, _text, _splice,
)  # fmt: skip


def _instead(data: bytes, rng: random.Random, what: re.Pattern[bytes], new: bytes) -> bytes:
    places = [found.span() for found in what.finditer(data)]
    if not places:
        return data + new
    start, end = rng.choice(places)
    return data[:start] + new + data[end:]


def _odd_text(rng: random.Random) -> bytes:
    return rng.choice(TEXTS).encode("utf-8", "surrogatepass")


def with_other_value(text: str, rng: random.Random) -> str:
    """JSON in which a value somewhere is of another type or size, is gone, or has another name."""
    table = json.loads(text)
    for _ in range(rng.choice((1, 1, 2))):
        inside, key = rng.choice(list(_places(table)))
        what = rng.random()
        if what < 0.2:
            del inside[key]
        elif what < 0.3 and isinstance(inside, dict):
            inside[rng.choice(TEXTS)] = inside.pop(key)
        else:
            inside[key] = rng.choice(VALUES)
        if not table:
            break
    return json.dumps(table, ensure_ascii=rng.random() < 0.5)


def _places(table: Any) -> Any:
    for key in list(table) if isinstance(table, dict) else range(len(table)):
        yield table, key
        if isinstance(table[key], dict | list):
            yield from _places(table[key])


def _deep(many: int) -> Any:
    found: Any = 1
    for _ in range(many):
        found = [found]
    return found


VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 3, 0.5, 1e308, 1e-300, float("nan"), float("inf"), 10**30, "", "x", "study",
    "claims", "calibration",
    "x" * 5_000, "\x01", "\U0001f600", "/dev/zero", "../..", [], [1], [3, 2], [0], ["x"], [10**9], {}, {"x": 1},
    {"": ""}, _deep(50),
)  # fmt: skip
