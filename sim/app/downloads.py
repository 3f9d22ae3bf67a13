"""Buttons that save a text as a file."""

import solara


@solara.component_vue("downloads.vue", vuetify=False)
def Downloads(files: list[dict[str, str]]) -> None:
    """A button for each file; `file` makes the entries."""


def file(label: str, name: str, text: str, short: str = "") -> dict[str, str]:
    """One entry of `Downloads`. If there is a short label, it is shown, and a screen reader reads the long one."""
    return {"label": label, "name": name, "text": text, "short": short}
