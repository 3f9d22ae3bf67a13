"""What one visitor has chosen and made on the page Styles; it stays while they look at other pages."""

from typing import Any

import solara

HERE = ""
"""Stands for the situation of the page Compare, with all that was changed there."""

FIRST = {
    "name": "my-style",
    "description": "",
    "way": "sliders",
    "base": "democratic",
    "other": "democratic",
    "scenario": HERE,
}
"""Where everybody starts to make a style."""

FIRST_WEIGHTS = {"democratic": 50.0, "autocratic": 50.0}


class StyleChoices:
    """The state of the page Styles for one visitor.

    `style`, `beside` and `measure` are what is looked at; `choices`, `moved` (sliders) and `weights` (of a mixture)
    make a style, and `asked` is the style that was compared last.
    """

    def __init__(self) -> None:
        self.style = solara.reactive("democratic")
        self.beside = solara.reactive("")
        self.measure = solara.reactive("growth")
        self.choices: solara.Reactive[dict[str, str]] = solara.reactive(FIRST)
        self.moved: solara.Reactive[dict[str, float]] = solara.reactive({})
        self.weights: solara.Reactive[dict[str, float]] = solara.reactive(FIRST_WEIGHTS)
        self.asked: solara.Reactive[Any] = solara.reactive(None)
