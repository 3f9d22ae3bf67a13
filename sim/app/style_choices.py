"""Keeps the choices of one visitor on the page Styles while the visitor looks at other pages."""

from typing import Any

import solara

HERE = ""
"""Means the situation of the page Compare, with all its changes."""

FIRST = {
    "name": "my-style",
    "description": "",
    "way": "sliders",
    "base": "democratic",
    "other": "democratic",
    "scenario": HERE,
}
"""The first values of the form that makes a style."""

FIRST_WEIGHTS = {"democratic": 50.0, "autocratic": 50.0}


class StyleChoices:
    """The state of the page Styles for one visitor.

    `style`, `beside` and `measure` say what is shown. `choices`, `changed_sliders` and `weights` (of a mixture) make a
    style. `asked` is the style that was compared last.
    """

    def __init__(self) -> None:
        self.style = solara.reactive("democratic")
        self.beside = solara.reactive("")
        self.measure = solara.reactive("growth")
        self.choices: solara.Reactive[dict[str, str]] = solara.reactive(FIRST)
        self.changed_sliders: solara.Reactive[dict[str, float]] = solara.reactive({})
        self.weights: solara.Reactive[dict[str, float]] = solara.reactive(FIRST_WEIGHTS)
        self.asked: solara.Reactive[Any] = solara.reactive(None)
