"""Fractional designs at two levels: which products of factors give the levels of the other factors.

A thing that is varied gets a column of its own, or the product of some of these. Of resolution r is a fraction in which
no product of fewer than r columns is always the same (Box & Hunter 1961). pyDOE3 makes designs of such products; its
own choice of them falls short of the resolution from seven things varied on, and leaves half fractions out.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from string import ascii_lowercase

MOST_TRIED = 300
"""Columns that are tried for a size of fraction before a larger one is taken."""

MOST_BASE = 12
"""Columns that are not products: 4,096 points."""


def generators(things: int, resolution: int) -> str | None:
    """Columns of the smallest fraction of a resolution that is found, such as "a b c abc"; None if there is none.

    Of those of its size it is one of the highest resolution.
    """
    for base in range(1, min(things, MOST_BASE + 1)):
        if (found := _columns(things, base, resolution)) is not None:
            while (better := _columns(things, base, resolution + 1)) is not None:
                found, resolution = better, resolution + 1
            return " ".join(_letters(column) for column in found)
    return None


def _letters(column: int) -> str:
    return "".join(letter for place, letter in enumerate(ascii_lowercase) if column >> place & 1)


def _columns(things: int, base: int, resolution: int) -> list[int] | None:
    """Columns as sets of the base ones, bit by bit, of which no product of fewer than the resolution is constant."""
    if things >= 1 << base:
        return None
    own = [1 << place for place in range(base)]
    candidates = [column for column in range(1, 1 << base) if column.bit_count() >= resolution - 1]
    odd_first = sorted(candidates, key=lambda column: (column.bit_count() % 2 == 0, column.bit_count()))
    for order in (sorted(candidates, key=lambda column: -column.bit_count()), odd_first):
        left = [MOST_TRIED // 2]
        if (found := _grown(own, things, resolution, order, left)) is not None:
            return found
    return None


def _grown(columns: list[int], things: int, resolution: int, order: Sequence[int], left: list[int]) -> list[int] | None:
    """The columns with further ones, in the order in which they are tried; None where not enough are found."""
    if len(columns) == things:
        return columns
    taken = set(_products(columns, resolution - 2))
    fit = [column for column in order if column not in taken]
    for place, column in enumerate(fit):
        if len(fit) - place < things - len(columns) or left[0] <= 0:
            return None
        left[0] -= 1
        if (found := _grown([*columns, column], things, resolution, fit[place + 1 :], left)) is not None:
            return found
    return None


def _products(columns: Sequence[int], most: int) -> Iterator[int]:
    """Products of up to so many of the columns."""
    for many in range(1, most + 1):
        for some in combinations(columns, many):
            product = 0
            for column in some:
                product ^= column
            yield product
