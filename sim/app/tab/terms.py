"""Gives names, units, looks and limits of what a page's sentences and charts are about."""

from collections.abc import Sequence
from typing import Any

from scipy.special import stdtrit

from sim.analysis.summary import CHI_SQUARED, CONFIDENCE, HEADLINE
from sim.app.compare.setting import LOOK_AT, LOOK_IN, REPLICATIONS, shipped_as
from sim.app.looks import look_of
from sim.model.metrics import METRICS
from sim.scenario.prices import without_money
from sim.scenario.schema import Scenario
from sim.view.courses import events_until
from sim.view.language import english, said
from sim.view.sentences import called, meaning_of, name_of, shown_unit, title_of
from sim.view.theme import looks

ALL_WEEKS = 10**9
"""Later than any week of a run."""

HOW_TO_READ = english(
    "Higher up, people feel better. Further right, they get more done. Ellipses: 95% confidence regions of the means."
    " The ring marks the style that the others are compared with."
)
"""How the chart of two metrics against each other is read; the app's page says it, too."""


def terms_of(scenario: Scenario, styles: Sequence[str]) -> dict[str, Any]:
    """What sentences and charts need, as plain data."""
    found = looks(list(styles))
    return {
        "title": said(scenario.title),
        "metrics": {
            one.name: {
                "long_name": title_of(one.name), "within": name_of(one.name), "several": one.long_name.endswith("ies"),
                "unit": shown_unit(one.name), "raw": one.unit, "good": one.good, "meaning": meaning_of(one.name),
                "total": one.whole_run == "total",
            }
            for one in METRICS
        },
        "headline": without_money(scenario, HEADLINE),
        "looks": {name: {**look_of(look), "shape": look.shape} for name, look in found.items()},
        "t": [None, *(float(stdtrit(n, (1 + CONFIDENCE) / 2)) for n in range(1, max(REPLICATIONS) + 1))],
        "events": [_event(event) for event in events_until(scenario.model_dump()["events"], ALL_WEEKS)],
        "look_at": LOOK_AT.get(shipped_as(scenario)),
        "look_in": LOOK_IN.get(shipped_as(scenario)),
        "how_to_read": said(HOW_TO_READ),
        "called": {name: called(name) for name in styles},
        "week": said("week", "week"), "or": said(" or ", "list"), "and": said(", and ", "list"),
        "chi_squared": CHI_SQUARED,
    }  # fmt: skip


def _event(event: Any) -> dict[str, Any]:
    return {"week": event.week, "until": event.until, "text": event.text}
