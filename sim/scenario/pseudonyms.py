"""Names replaced by "Person 1", "Person 2", ...: in a roster's file, and in what a result says of its scenario."""

from collections.abc import Sequence

from sim.scenario.cells import Cells
from sim.scenario.events import KeyPersonLeaves
from sim.scenario.roster import Roster, columns
from sim.scenario.schema import Scenario


def pseudonyms(names: Sequence[str]) -> dict[str, str]:
    """A pseudonym for each name, by its place in the list: the same list gives the same ones."""
    digits = len(str(len(names)))
    return {name: f"Person {place:0{digits}}" for place, name in enumerate(names, 1)}


def replaced_rows(roster: Roster, cells: Cells) -> tuple[list[str], list[list[str]], dict[str, str]]:
    """A roster's header, its rows with pseudonyms instead of names, and which pseudonym stands for whom."""
    header = columns(cells)
    place, called = header.index("name"), pseudonyms([person.name for person in roster.people])
    rows = []
    for row in cells.rows:
        texts = [cell.strip() for cell in row.cells]
        rows.append([called[cell] if number == place else cells.tells(cell) if _is_number(cells.tells(cell)) else cell
                     for number, cell in enumerate(texts)])  # fmt: skip
    return header, rows, called


def pseudonymised(scenario: Scenario) -> Scenario:
    """The scenario with pseudonyms for its people, also where an event names one; nothing else is changed.

    Names play no part in what happens, so that results stay the same.
    """
    if not scenario.employees.people:
        return scenario
    called = pseudonyms([person.name for person in scenario.employees.people])
    people = tuple(person.model_copy(update={"name": called[person.name]}) for person in scenario.employees.people)
    events = tuple(
        event.model_copy(update={"person": called[event.person]})
        if isinstance(event, KeyPersonLeaves) and event.person is not None
        else event
        for event in scenario.events
    )
    employees = scenario.employees.model_copy(update={"people": people})
    return scenario.model_copy(update={"employees": employees, "events": events})


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
