"""Finds the names of a client's people in a report's texts, which hide them."""

import re

from sim.view.report.content import Content


def hidden_names(content: Content) -> re.Pattern[str] | None:
    """Finds the names of the people in a text: whole names, and each part of a name that has no digits in it.

    A name with digits ("Person 7") is a pseudonym, and its parts are ordinary words.
    """
    parts: set[str] = set()
    for person in content.scenario.employees.people:
        parts.add(person.name)
        if not re.search(r"\d", person.name):
            parts |= {part for part in re.split(r"[\s,.]+", person.name) if len(part) >= 3 and part[0].isupper()}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![^\W_])") if parts else None
