"""A labelled list from which the visitor chooses one entry."""

from collections.abc import Callable

import solara


@solara.component_vue("select.vue", vuetify=False)
def Select(
    label: str, options: list[dict[str, str]], value: str, event_choose: Callable[[str], None], help_text: str = ""
) -> None:
    """Let the visitor choose one entry.

    Args:
        label: name of the list.
        options: each with its `value`, and the `text` that is shown.
        value: the chosen value.
        event_choose: called with the value that was chosen.
        help_text: what the choice means.
    """
