"""One thing out of a list, with a name beside it."""

from collections.abc import Callable

import solara


@solara.component_vue("choice.vue", vuetify=False)
def Choice(
    label: str, options: list[dict[str, str]], value: str, event_choose: Callable[[str], None], help_text: str = ""
) -> None:
    """Let the visitor choose.

    Args:
        label: what is chosen.
        options: each with its `value`, and the `text` that is shown.
        value: what is chosen now.
        event_choose: told the value of what is chosen.
        help_text: what it means, and why it matters.
    """
