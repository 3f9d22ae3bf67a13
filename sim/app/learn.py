"""The page Learn: not there yet."""

import solara


@solara.component
def Learn() -> None:
    """Say that the page is to come."""
    solara.HTML("h1", "Learn")
    solara.Text("This page is not there yet.")
