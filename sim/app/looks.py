"""The colours, lines and points of styles for the browser, without Solara."""

from typing import Any

from sim.view.theme import Look


def look_of(look: Look) -> dict[str, Any]:
    """The look of a line for the browser, on a light and on a dark background."""
    return {
        "colour": look.colour,
        "dark": look.on_dark,
        "ink": look.ink,
        "dark_ink": look.ink_on_dark,
        "dash": [] if look.dash[1] == 0 else list(look.dash),
    }
