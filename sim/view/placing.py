"""Where to write names, so that they do not cover each other: along an edge, or around points. All in pixels."""

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
    blocks: list[tuple[float, int]] = []  # sum of wishes, each less its member's place in the block, and their number
    for index in order:
        blocks.append((wanted[index], 1))
        while len(blocks) > 1 and _start(blocks[-2], gap, low, high) + blocks[-2][1] * gap > _start(blocks[-1], gap, low, high):
            (later, many), (earlier, few) = blocks.pop(), blocks.pop()
            blocks.append((earlier + later - many * few * gap, few + many))
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


def around(points: Sequence[tuple[float, float]], names: Sequence[str], width: float, height: float) -> list[tuple[float, float]]:
    """Left middle of each name, near its point, off the points, off the other names, and inside width x height.

    The most crowded points choose first; each takes the nearest place that is free, or the least bad one.
    """
    taken = [Box(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    crowd = [sum(math.dist(point, other) < 60 for other in points) for point in points]
    result = [(0.0, 0.0)] * len(points)
    for index in sorted(range(len(points)), key=lambda index: -crowd[index]):
        best, best_cost = (0.0, 0.0), math.inf
        for left, middle, distance in _places(points[index], CHARACTER * len(names[index])):
            box = Box(left, middle - LINE / 2, left + CHARACTER * len(names[index]), middle + LINE / 2)
            outside = max(0.0, -box.left) + max(0.0, box.right - width) + max(0.0, -box.top) + max(0.0, box.bottom - height)
            cost = distance + 10 * sum(box.overlap(other) for other in taken) + 1000 * outside
            if cost < best_cost:
                best, best_cost = (left, middle), cost
        taken.append(Box(best[0], best[1] - LINE / 2, best[0] + CHARACTER * len(names[index]), best[1] + LINE / 2))
        result[index] = best
    return result


def _places(point: tuple[float, float], width: float) -> list[tuple[float, float, float]]:
    """Candidates around a point: left end, middle line, distance from the point."""
    x, y = point
    places = [(x + 9, y, 0.0), (x - 9 - width, y, 1.0), (x - width / 2, y - 15, 2.0), (x - width / 2, y + 15, 2.0)]
    for radius in range(20, 150, 10):
        for turn in range(16):
            angle = 2 * math.pi * turn / 16
            across, down = radius * math.cos(angle), radius * math.sin(angle)
            left = x + across if across > 1e-9 else x + across - width
            places.append((x + across - width / 2 if abs(across) < 1e-9 else left, y + down, float(radius)))
    return places
