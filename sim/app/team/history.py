"""What has happened to one person of a story: a chart, and a list of what changed."""

from typing import Any

import numpy as np

from sim.app.charts import Line, Spec, course
from sim.app.team.story import LEVEL_NAMES, STATES, Story
from sim.view.theme import DASH_DOT, DASHED, DOTTED, LONG, UNBROKEN, Look

LOOKS = {
    "competence": Look("#1B5C96", UNBROKEN),
    "commitment": Look("#BB5105", DASHED),
    "morale": Look("#059553", LONG),
    "strain": Look("#882255", DOTTED),
    "trust": Look("#DE8B05", DASH_DOT),
}

type Person = dict[str, Any]


def chart(story: Story, person: Person) -> Spec:
    """The person's states by week."""
    weeks = list(range(person["came"], person["came"] + len(person["level"])))
    lines = [Line(name, np.array(person[name]) / 1000) for name in STATES]
    source = f"{story['scenario']}, {story['style']}, seed {story['seed']}, replication {story['replication']}"
    return course(f"{person['name']}, week by week", "0-1", weeks, lines, styles=LOOKS, source=source)


def what_happened(story: Story, person: Person) -> list[tuple[int, str]]:
    """The person's own events, by week: coming, changing level, being taken for somebody else, leaving."""
    came, levels, seen = person["came"], person["level"], person["seen"]
    start = "is here from the first day" if came == 0 else f"joins {story['teams'][person['team']]['name']}"
    said = [(came, f"{start}, at {LEVEL_NAMES[levels[0]]}.")]
    mistaken = False
    for place in range(1, len(levels)):
        week = came + place
        wrong = seen[place] >= 0 and seen[place] != levels[place - 1]
        if wrong and not mistaken:
            taken, real = LEVEL_NAMES[seen[place]], LEVEL_NAMES[levels[place - 1]]
            said.append((week, f"is taken by the leader for {taken}, and is {real}."))
        elif mistaken and not wrong and seen[place] >= 0:
            said.append((week, f"is seen by the leader for what it is: {LEVEL_NAMES[seen[place]]}."))
        mistaken = wrong
        if levels[place] != levels[place - 1]:
            said.append((week, f"goes from {LEVEL_NAMES[levels[place - 1]]} to {LEVEL_NAMES[levels[place]]}."))
    if person["left"] is not None:
        said.append((person["left"], f"{person['why']}."))
    return said
