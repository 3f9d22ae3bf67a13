"""Places labels so that they do not cover each other: along an edge, or around points. All in pixels."""

import math
from collections.abc import Sequence
from typing import NamedTuple

CHARACTER, LINE = 6.6, 13.0
"""Width of a character and height of a line of small text."""

POINT = 5.0
"""Half the side of the square that a point keeps free."""


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near as possible to the wanted ones, in the same order, at least `gap` apart, within low..high.

    Where there is no room for all, they run past `high`.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    # Neighbours that are too close form a block, which is centred on what its members want, until no two blocks touch.
    blocks: list[tuple[float, int]] = []  # sum of what its members want its start to be, and their number
    for index in order:
        blocks.append((wanted[index], 1))
        while len(blocks) > 1:
            (later, many), (earlier, few) = blocks[-1], blocks[-2]
            if _start(blocks[-2], gap, low, high) + few * gap <= _start(blocks[-1], gap, low, high):
                break
            blocks[-2:] = [(earlier + later - many * few * gap, few + many)]
    placed: list[float] = []
    for block in blocks:
        placed += [_start(block, gap, low, high) + place * gap for place in range(block[1])]
    result = [0.0] * len(wanted)
    for index, position in zip(order, placed, strict=True):
        result[index] = position
    return result


def _start(block: tuple[float, int], gap: float, low: float, high: float) -> float:
    """Where a block begins, moved inside the limits."""
    wishes, members = block
    return max(low, min(wishes / members, high - (members - 1) * gap))


def rows_for(starts: Sequence[float], texts: Sequence[str]) -> list[int]:
    """The lowest row, counted from 0, in which each text is free to begin at its start, running to the right."""
    ends: list[float] = []
    rows = []
    for start, text in zip(starts, texts, strict=True):
        row = next((row for row, end in enumerate(ends) if end < start), len(ends))
        ends[row : row + 1] = [start + CHARACTER * (len(text) + 1)]
        rows.append(row)
    return rows


def around(
    points: Sequence[tuple[float, float]], names: Sequence[str], width: float, height: float, free: Sequence[Box] = ()
) -> list[Box]:
    """A box for each name, near its point, off the points and other names, inside width x height, off `free`.

    The most crowded points choose first; each takes the place that is nearest and least in the way.
    """
    taken = [*free, *(Box(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points)]
    crowd = [sum(math.dist(point, other) < 60 for other in points) for point in points]
    result = [Box(0, 0, 0, 0)] * len(points)
    for index in sorted(range(len(points)), key=lambda index: -crowd[index]):
        best, best_cost = result[index], math.inf
        for box, distance in _places(points[index], CHARACTER * len(names[index])):
            outside = (
                max(0.0, -box.left) + max(0.0, box.right - width) + max(0.0, -box.top) + max(0.0, box.bottom - height)
            )
            covered = [area for other in taken if (area := box.overlap(other)) > 0]
            cost = distance + sum(100 + area for area in covered) + 1000 * outside
            if cost < best_cost:
                best, best_cost = box, cost
        taken.append(best)
        result[index] = best
    return result


def _places(point: tuple[float, float], width: float) -> list[tuple[Box, float]]:
    """Boxes for a name around a point, each with its distance, the preferred ones first."""
    x, y = point
    corners = [(x + 9, y), (x - 9 - width, y), (x - width / 2, y - 15), (x - width / 2, y + 15)]
    places = [(left, middle, float(rank)) for rank, (left, middle) in enumerate(corners)]
    for radius in range(20, 150, 10):
        for turn in range(16):
            angle = 2 * math.pi * turn / 16
            across, down = radius * math.cos(angle), radius * math.sin(angle)
            # Names on the left end at the circle, those on the right begin at it, those above and below are centred.
            shift = {True: 0.0, False: width}[across > 0] if abs(across) > 1 else width / 2
            places.append((x + across - shift, y + down, float(radius)))
    return [(Box(left, middle - LINE / 2, left + width, middle + LINE / 2), rank) for left, middle, rank in places]
