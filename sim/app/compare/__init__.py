"""The page Compare: change something, and see what every way of leading makes of it."""

import solara


@solara.component
def Compare() -> None:
    """Say that the page is to come."""
    solara.HTML("h1", "Compare ways of leading")
    solara.Text("This page is not there yet.")
