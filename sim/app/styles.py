"""The page Styles: not there yet."""

import solara


@solara.component
def Styles() -> None:
    """Say that the page is to come."""
    solara.HTML("h1", "Styles of leading")
    solara.Text("This page is not there yet.")
