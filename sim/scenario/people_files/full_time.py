"""How much of a full-time position people have: shares, percent, weekly hours or words."""

from collections.abc import Sequence

from sim.scenario.people_files.grid import Cell, shown
from sim.scenario.people_files.numbers import number
from sim.scenario.people_files.words import folded, group, is_missing

MOST_HOURS = 60


def full_time_note(cells: Sequence[Cell], decimal: str | None) -> str:
    """What a column of part-time work says, in words; "" where everybody is full-time or it cannot be read.

    The model counts everybody as one full-time position.
    """
    there = [cell for cell in cells if not is_missing(cell)]
    if not there:
        return ""
    values = [number(cell, decimal) for cell in there]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(there):
        part = sum(folded(shown(cell)) in group("part_time") for cell in there)
        return f"{part} of {len(cells)} people are part-time; the model takes everybody as full-time" if part else ""
    highest = max(numbers)
    if min(numbers) <= 0 or highest > 100:
        return ""
    # Up to 1.5 they are shares; up to 60 hours a week, of which the longest are full-time; beyond that percent.
    full = 1.0 if highest <= 1.5 else highest if highest <= MOST_HOURS else 100.0
    positions = sum(numbers) / full + len(cells) - len(there)
    if positions > 0.99 * len(cells):
        return ""
    share = positions / len(cells)
    return (
        f"{positions:.1f} full-time positions for {len(cells)} people; the model takes everybody as full-time. "
        f"To scale what a week yields: --set company.productivity={share:.2f} with compare, advise and report"
    )
