"""Files that the browser makes from text that it has."""

import solara


@solara.component_vue("downloads.vue", vuetify=False)
def Downloads(files: list[dict[str, str]]) -> None:
    """Buttons that save a text as a file; each has `label`, `name` and `text`."""
