"""Says in words how people files were read, without names or figures of fewer than five people."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sim.scenario.people_files.columns import FoundColumns
from sim.scenario.people_files.full_time import FullTime
from sim.scenario.people_files.grid import Row, Table
from sim.scenario.people_files.presence import Presence
from sim.scenario.people_files.rating_scales import Rated
from sim.scenario.people_files.teams import Leaders
from sim.scenario.personal_names import Names
from sim.scenario.problems import listed, shortened
from sim.scenario.small_groups import SMALLEST_GROUP

NEEDED = ("competence", "commitment")
"""What the model needs of everybody: drawn where nobody has rated it."""


class PersonRead(NamedTuple):
    """A person of the file: the row, who it is, and what the model takes; None where the file does not say it."""

    row: int
    who: str
    role: str
    team: str
    weeks: float | None
    shares: Mapping[str, float | None]
    fte: float | None = None


def title(meaning: str) -> str:
    """What a rating is called."""
    return meaning.replace("_", " ").capitalize()


def people_in_words(table: Table, people: Sequence[PersonRead], out: Mapping[int, str]) -> str:
    """How many people there are, and which rows were left out."""
    by_reason: dict[str, list[int]] = {}
    for number, why in sorted(out.items()):
        by_reason.setdefault(why, []).append(number)
    left = "; ".join(
        f"{why}: {len(numbers)} (row {listed(map(str, numbers), 8)})" for why, numbers in by_reason.items()
    )
    read = f"{len(people)} of {len(people) + len(out)} rows"
    return "; ".join(filter(None, (read, *table.notes, left and f"left out: {left}")))


def teams_in_words(people: Sequence[PersonRead], called: Mapping[str, str]) -> str:
    """How many teams there are, and how large; `called` has other names for those called after somebody."""
    sizes: dict[str, int] = {}
    for person in people:
        sizes[person.team] = sizes.get(person.team, 0) + 1
    if len(sizes) == 1:
        return f"1, with one leader for {len(people)} people"
    named = listed((f"{shortened(called.get(name, name), 30)} {size}" for name, size in sizes.items()), 12)
    return f"{len(sizes)}, each with a leader of its own and hours for leading: {named}"


def tenure_in_words(people: Sequence[PersonRead], source: str) -> str:
    """How long people have been there."""
    there = [person.weeks for person in people if person.weeks is not None]
    if not there:
        return f"{source}: drawn anew in every run of the model"
    missing = len(people) - len(there)
    mean = sum(there) / len(there)
    text = f"{mean / 52:.1f} years on average ({mean:.0f} weeks), {source}" if len(there) >= SMALLEST_GROUP else source
    return text + (f"; {missing} missing, drawn" if missing else "")


def rating_in_words(table: Table, found: FoundColumns, meaning: str, one: Rated) -> str:
    """Where ratings are from, on which scale, and what they are on average."""
    there = [share for share in one.shares if share is not None]
    missing = len(one.shares) - len(there)
    heading = table.header[found.places[meaning][0]]
    text = f"from {heading}, scale {one.scale}{_turned_in_words(one.scale)} ({one.known_by})"
    if len(there) >= SMALLEST_GROUP:
        text += f"; on average {100 * sum(there) / len(there):.0f}% of it"
    drawn = "drawn anew in every run of the model" if meaning in NEEDED else "drawn, or as commitment"
    return text + (f"; {missing} missing, {drawn}" if missing else "")


def _turned_in_words(scale: str) -> str:
    """What has to be seen of a scale whose low end is the best."""
    first, _, last = scale.rpartition("-")
    turned = first.isdigit() and last.isdigit() and int(first) > int(last)
    return f", where {last} is the best" if turned else ""


def part_time_in_words(people: Sequence[PersonRead], full_time: FullTime) -> str:
    """How much of full-time positions people have."""
    if len(people) < SMALLEST_GROUP and any(share is not None for share in full_time.shares):
        return f"read, and not shown of fewer than {SMALLEST_GROUP} people"
    return full_time.note


def columns_in_words(table: Table, found: FoundColumns) -> str:
    """Which column was read as what."""
    named = {meaning: " + ".join(table.header[place] for place in places) for meaning, places in found.places.items()}
    unnamed = {"name": "the first column, which has no heading"}
    return ", ".join(
        f"{meaning} = {shortened(text or unnamed.get(meaning, ''), 60)}"
        for meaning, text in named.items() if found.places[meaning]
    )  # fmt: skip


def columns_left(table: Table, found: FoundColumns) -> list[str]:
    """The columns that were not read."""
    taken = {place for places in found.places.values() for place in places}
    return [
        f"{text} (also {found.spare[place].replace('_', ' ')})" if place in found.spare else text
        for place, text in enumerate(table.header) if text and place not in taken
    ]  # fmt: skip


def leavers_in_words(table: Table, presence: Presence, periods: Sequence[tuple[date, date | None]]) -> str:
    """How many left in the last year, and whether that can be; who came back."""
    as_of, said = presence.as_of, []
    here = sum(presence.here)
    if as_of is not None and any(ended is not None for _, ended in periods):
        before = as_of - timedelta(days=365)
        left = sum(ended is not None and before < ended <= as_of for _, ended in periods)
        then = sum(begun <= before and (ended is None or ended > before) for begun, ended in periods)
        mean = (here + then) / 2
        said.append(f"{left} in the year before {as_of.isoformat()}, of {mean:g} people on average")
        too_many = left >= FEWEST_LEAVERS and left > mean
    else:
        left = sum(why.startswith("has left") for why in presence.reasons)
        too_many = left >= FEWEST_LEAVERS and left > here
        said += [f"{left} have left, {here} are there"] if too_many else []
    if too_many:
        said.append("more than everybody once: are those who are there all in the file?")
    back = [str(row.number) for row, again in zip(table.rows, presence.back, strict=True) if again]
    if back:
        said.append(f"left before the day of hire, and there by the file: taken as hired again (row {listed(back, 8)})")
    return "; ".join(said)


FEWEST_LEAVERS = 3
"""Leavers from which on it is said that more left than are there."""


def leaders_in_words(table: Table, found: FoundColumns, rows: Sequence[Row], leaders: Leaders) -> str:
    """How many leaders are named, and how many of them are not in the list."""
    named = set(filter(None, leaders.of))
    place = found.first("manager")
    if not named or place is None:
        return ""
    listed_too = sum(key.startswith("#") for key in named)
    text = f"{len(named)} named in {shortened(table.header[place], 40)}"
    if not listed_too:
        return f"{text}, none of them in the list"
    text += f", {listed_too} of them in the list"
    unknown = [str(row.number) for row, key in zip(rows, leaders.of, strict=True) if key and not key.startswith("#")]
    if not unknown:
        return text
    return f"{text}; whoever leads row {listed(unknown, 8)} is not in it, or two people there could be meant"


def names_in_words(
    people: Sequence[PersonRead], called: Mapping[str, str], names: Names, kept_back: Sequence[str]
) -> str:
    """What is left out of everything that is written because it names somebody."""
    said = []
    if called:
        one = len(called) == 1
        said.append(
            f"{listed(called.values(), 12)} stand{'s' if one else ''} for {'a team' if one else 'teams'} called after"
            " somebody"
        )
    roles = [str(one.row) for one in people if names.in_text(one.role)]
    if roles:
        said.append(f"taken out of {'a role' if len(roles) == 1 else f'{len(roles)} roles'} (row {listed(roles, 8)})")
    if kept_back:
        said.append(f"not kept in a map: {listed(kept_back)}, to be decided again")
    return "; ".join(said) + ("" if not (called or roles) else " (--names writes them)") if said else ""
