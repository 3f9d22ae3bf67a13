"""The look of pictures: one colour and line per style, the same in every picture, and one set of fonts and axes."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple


class Look(NamedTuple):
    """Colour of a style, and the dashes of its lines as pixels on and off in turn; (1, 0) is an unbroken line."""

    colour: str
    dash: tuple[int, ...]

    @property
    def shape(self) -> str:
        """The shape of its points, which says as much as the dashes of its lines."""
        return SHAPES[self.dash]

    @property
    def ink(self) -> str:
        """The colour, darkened until small text in it can be read on white (contrast of 4.5 to 1, as WCAG asks)."""
        parts = _parts(self.colour)
        while 1.05 / (_luminance(parts) + 0.05) < READABLE:
            parts = [round(part * 0.95) for part in parts]
        return _written(parts)

    @property
    def on_dark(self) -> str:
        """The colour of its lines on the dark ground of the app, from which they stand out."""
        return _lightened(ON_DARK.get(self.colour, self.colour), VISIBLE)

    @property
    def ink_on_dark(self) -> str:
        """That colour, lightened until small text in it can be read on the dark ground of the app."""
        return _lightened(self.on_dark, READABLE)


READABLE, VISIBLE = 4.5, 3.0
"""Least contrast of small text, and of lines (WCAG 2)."""

DARK_GROUND = "#1D2225"
"""What the app draws on where it is dark."""


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _written(parts: Sequence[int]) -> str:
    return "#" + "".join(f"{part:02X}" for part in parts)


@cache
def _lightened(colour: str, contrast: float) -> str:
    """The colour, mixed with white until it has this contrast to the dark ground."""
    ground, first = _luminance(_parts(DARK_GROUND)) + 0.05, _parts(colour)
    for share in range(101):
        parts = [round(part + (255 - part) * share / 100) for part in first]
        if (_luminance(parts) + 0.05) / ground >= contrast:
            return _written(parts)
    return "#FFFFFF"


def _luminance(parts: Sequence[int]) -> float:
    """How bright a colour of red, green and blue from 0 to 255 is, from 0 to 1 (WCAG 2)."""
    shares = [part / 255 for part in parts]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


UNBROKEN, DASHED, DASH_DOT, LONG, DASH_DOTS = (1, 0), (6, 3), (8, 3, 2, 3), (12, 2), (9, 2, 2, 2, 2, 2)
"""Dashes of styles. Dots alone are kept for what a run is compared with, in any style."""
SHAPES = {UNBROKEN: "circle", DASHED: "square", DASH_DOTS: "triangle-up", DASH_DOT: "diamond", LONG: "triangle-down"}

# Nine colours near those of Okabe & Ito (2008) and Tol, moved apart until any two differ by 20 or more in CIE Lab, for
# people with normal sight and with each kind of colour blindness, and stand out from white by at least 2.5 to 1. More
# cannot be told apart by colour alone, so further styles differ in their lines and shapes, and every line and point has
# its name beside it.
KNOWN = {
    "autocratic": Look("#BB5105", UNBROKEN),
    "democratic": Look("#1B5C96", UNBROKEN),
    "laissez-faire": Look("#978889", UNBROKEN),
    "transformational": Look("#CE84C2", UNBROKEN),
    "servant": Look("#059553", UNBROKEN),
    "situational": Look("#29A7FF", UNBROKEN),
    "agile": Look("#DE8B05", UNBROKEN),
    "visionary": Look("#332288", UNBROKEN),
    "mixed": Look("#882255", UNBROKEN),
    "S1": Look("#BB5105", DASHED),
    "S2": Look("#DE8B05", DASHED),
    "S3": Look("#29A7FF", DASHED),
    "S4": Look("#059553", DASHED),
    "as-is": Look("#000000", DASH_DOT),
}
"""The look of the styles that everybody has."""

# Chosen in the same way for a dark ground, each near the colour that it takes the place of.
ON_DARK = {
    "#BB5105": "#E9903C",
    "#1B5C96": "#A3C3EA",
    "#978889": "#EFECEA",
    "#CE84C2": "#D43585",
    "#059553": "#40FF98",
    "#29A7FF": "#0965FF",
    "#DE8B05": "#FFC705",
    "#332288": "#976FD0",
    "#882255": "#E10B4A",
}

FURTHER_COLOURS = ("#117733", "#AA4499", "#661100", "#1B5C96", "#BB5105", "#332288", "#059553", "#882255", "#978889")
FURTHER_DASHES = (LONG, DASH_DOT, DASH_DOTS)

INK, FAINT, MARK, GRID = "#222222", "#666666", "#888888", "#E6E6E6"
FONT = "DejaVu Sans, Helvetica, Arial, sans-serif"
SMALL, NORMAL, LARGE = 11, 12, 17
"""Sizes of text, in pixels."""


def looks(styles: Sequence[str]) -> dict[str, Look]:
    """The look of each of these styles; a scenario's own styles get theirs in the order in which they come."""
    own = [style for style in styles if style not in KNOWN]
    further = [Look(colour, dash) for dash in FURTHER_DASHES for colour in FURTHER_COLOURS]
    return {style: KNOWN.get(style) or further[own.index(style) % len(further)] for style in styles}


def config() -> dict[str, Any]:
    """Vega-Lite configuration that every picture shares."""
    return {
        "background": "white",
        "font": FONT,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": SMALL, "color": INK},
        "axis": {
            "labelFontSize": SMALL, "labelColor": FAINT, "labelLimit": 260,
            "titleFontSize": SMALL, "titleColor": FAINT, "titleFontWeight": "normal", "titleLimit": 400,
            "gridColor": GRID, "domainColor": "#BBBBBB", "tickColor": "#BBBBBB",
        },
        "title": {
            "anchor": "start", "fontSize": NORMAL, "fontWeight": "bold", "color": INK, "limit": 2000, "offset": 8,
            "subtitleFontSize": SMALL, "subtitleColor": FAINT,
        },
    }  # fmt: skip
