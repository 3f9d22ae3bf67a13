"""What happens to one person of a story: a chart of states, the person's events, and the leader's misjudgements.

The server sends all weeks. The browser hides the weeks that were not played yet (chart/chart.vue and history.vue).
"""

from itertools import groupby
from typing import Any

import numpy as np

from sim.app.charts import Line, Spec, course
from sim.app.team.story import LEVEL_NAMES, NOT_LED, STATES, Story
from sim.view.language import english, said
from sim.view.sentences import called, name_of
from sim.view.theme import DASH_DOT, DASH_DOTS, DASHED, LONG, UNBROKEN, Look

LOOKS = {
    "competence": Look("#1B5C96", UNBROKEN),
    "commitment": Look("#BB5105", DASHED),
    "morale": Look("#059553", LONG),
    "strain": Look("#882255", DASH_DOTS),
    "trust": Look("#DE8B05", DASH_DOT),
}

MOVED = english("goes from {before} to {now}.")

type Person = dict[str, Any]


def chart(story: Story, person: Person) -> Spec:
    """The person's states by week, drawn up to the week that the page shows. The axes do not move."""
    weeks = list(range(person["came"], person["came"] + len(person["level"])))
    lines = [Line(name, np.array(person[name]) / 1000, label=name_of(name)) for name in STATES]
    source = said(
        "{scenario}, {style}, seed {seed}, replication {replication}",
        scenario=story["scenario"],
        style=called(story["style"]),
        seed=str(story["seed"]),
        replication=str(story["replication"]),
    )
    title = said("{name}, week by week", name=person["name"])
    spec = course(title, "0-1", weeks, lines, styles=LOOKS, source=source)
    return {**spec, "follows": True, "axes": [[0, story["weeks"]], [0, 1]]}


def what_happened(story: Story, person: Person) -> list[tuple[int, str]]:
    """The person's own events by week: arriving, changing level, leaving."""
    came, levels = person["came"], person["level"]
    first = LEVEL_NAMES[levels[0]]
    if came == 0:
        events = [(came, said("is here from the first day, at {level}.", level=first))]
    else:
        team = story["teams"][person["team"]]["name"]
        events = [(came, said("joins {team}, at {level}.", team=team, level=first))]
    events += [
        (came + place, said(MOVED, before=LEVEL_NAMES[levels[place - 1]], now=LEVEL_NAMES[levels[place]]))
        for place in range(1, len(levels))
        if levels[place] != levels[place - 1]
    ]
    if person["left"] is not None:
        events.append((person["left"], f"{person['why']}."))
    return events


def mistaken(person: Person) -> list[dict[str, Any]]:
    """The periods at one level in which the leader judged the person to be at another level.

    Leaders judge at the beginning of a week, and levels change at its end. So the judgement of a week is compared with
    the level at the end of the week before.

    Returns:
        For each period: its `level`, its first and last week, and the weeks of each mistake by the level seen.
    """
    came, levels, seen = person["came"], person["level"], person["seen"]
    found = []
    for level, group in groupby(range(1, len(levels)), key=lambda place: levels[place - 1]):
        places = list(group)
        wrong: dict[str, list[int]] = {}
        for place in places:
            if seen[place] not in (NOT_LED, level):
                wrong.setdefault(LEVEL_NAMES[seen[place]], []).append(came + place)
        if wrong:
            found.append(
                {"level": LEVEL_NAMES[level], "first": came + places[0], "last": came + places[-1], "taken_for": wrong}
            )
    return found
