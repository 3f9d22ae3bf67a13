"""Files that the browser makes from text that it has."""

import solara


@solara.component_vue("downloads.vue", vuetify=False)
def Downloads(files: list[dict[str, str]]) -> None:
    """Buttons that save a text as a file; made by `file`."""


def file(label: str, name: str, text: str, short: str = "") -> dict[str, str]:
    """One entry of `Downloads`; where there is a short label, it is seen, and the long one is read out."""
    return {"label": label, "name": name, "text": text, "short": short}
