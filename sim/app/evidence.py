"""The page Evidence: not there yet."""

import solara


@solara.component
def Evidence() -> None:
    """Say that the page is to come."""
    solara.HTML("h1", "Evidence")
    solara.Text("This page is not there yet.")
