"""The page One team: not there yet."""

import solara


@solara.component
def OneTeam() -> None:
    """Say that the page is to come."""
    solara.HTML("h1", "One team, week by week")
    solara.Text("This page is not there yet.")
