"""Shows the thirteen behaviours of a style as bars with numbers."""

from typing import Any

from sim.app.component import component_vue


@component_vue("bars.vue")
def Bars(title: str, other: str, rows: list[dict[str, Any]]) -> None:
    """A table whose bars can be looked at; each row has `name`, `meaning`, `literature`, `value` and `other`."""
