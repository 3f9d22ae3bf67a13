"""How large each team is over time, as the events of a scenario open and close positions."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.events import Event, Growth, Layoff
from sim.scenario.sections import Team


class Sizes(NamedTuple):
    """The positions of every team after an event; `event` is its place in the list, or None for the first day."""

    week: int
    event: int | None
    sizes: tuple[int, ...]


def in_order(events: Sequence[Event]) -> list[tuple[int, Event]]:
    """The events with their places in the list, by week; within a week in the order of the file."""
    return sorted(enumerate(events), key=lambda entry: entry[1].week)


def sizes_over_time(teams: Sequence[Team], events: Sequence[Event]) -> list[Sizes]:
    """Positions on the first day, and after each growth or layoff. Teams that an event names have to exist."""
    places = {team.name: place for place, team in enumerate(teams)}
    sizes = [team.size for team in teams]
    course = [Sizes(1, None, tuple(sizes))]
    for index, event in in_order(events):
        if isinstance(event, Growth):
            sizes[places[event.team] if event.team else 0] += event.people
        elif isinstance(event, Layoff) and event.team:
            sizes[places[event.team]] -= event.people
        elif isinstance(event, Layoff):
            sizes = [size - less for size, less in zip(sizes, share_out(event.people, sizes), strict=True)]
        else:
            continue
        course.append(Sizes(event.week, index, tuple(sizes)))
    return course


def share_out(people: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """`people` divided over teams in proportion to their sizes, in whole people, by the largest remainders.

    The result adds up to `people`, or to nothing if every team is empty; of equal remainders the earlier counts first.
    """
    total = sum(sizes)
    if total <= 0:
        return tuple(0 for _ in sizes)
    parts = [people * size // total for size in sizes]
    remainders = [people * size % total for size in sizes]
    by_remainder = sorted(range(len(sizes)), key=lambda place: -remainders[place])
    for place in by_remainder[: people - sum(parts)]:
        parts[place] += 1
    return tuple(parts)
