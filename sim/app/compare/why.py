"""The panel that answers why, on the pages Compare and One team: the visitor can change the question in it."""

from collections.abc import Callable, Sequence
from typing import Any

import solara

from sim.app.compare.explaining import Explainer
from sim.app.component import component_vue
from sim.app.vue_files import as_text
from sim.view.sentences import called, title_of


@component_vue("why.vue")
def _Why(
    asked: str, percent: int | None, patience: str, problem: str, found: str, event_ask: Callable[[Any], None]
) -> None:
    """Where a difference comes from, given as a text, and how far the app is with it."""


@solara.component
def Why(
    explainer: Explainer,
    subjects: Sequence[dict[str, str]],
    metrics: Sequence[str],
    styles: Sequence[str],
    baseline: str,
    ask: Callable[[Any], None],
) -> None:
    """What the explainer tells; nothing is shown until something is asked.

    Args:
        explainer: whose answer it is.
        subjects: what can be asked about, each with a value and a text.
        metrics: that can be asked about.
        styles: the same.
        baseline: of the styles.
        ask: called with a question, or with what closes the answer.
    """
    told = explainer.told.value
    asked: dict[str, Any] = {"what": ""}
    if told.asked.metric:
        named = dict.fromkeys((*metrics, told.asked.metric))
        asked = {
            **told.asked._asdict(), "subjects": list(subjects), "styles": list(styles),
            "labels": {style: called(style) for style in (*styles, baseline)}, "baseline": baseline,
            "metrics": [{"value": name, "text": title_of(name)} for name in named],
        }  # fmt: skip
    _Why(
        asked=as_text(asked),
        percent=told.percent,
        patience=told.patience,
        problem=told.problem,
        found=as_text(told.found),
        event_ask=ask,
    )
