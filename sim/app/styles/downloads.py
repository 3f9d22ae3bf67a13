"""Writes profiles and the table of S1 to S4 with D1 to D4 as files: CSV and SVG."""

import csv
import html
import io
from collections.abc import Iterable, Sequence

from sim.app.styles.match import LEVELS, STYLES, Cell
from sim.scenario.signs import harmless
from sim.view.language import said
from sim.view.sentences import number
from sim.view.theme import FAINT, FONT, INK, KNOWN

ROW, LABEL, BAR, CELL = 20, 110, 300, 96
"""Height of a row, and widths of a label, of a full bar and of a cell, in pixels."""

BAR_COLOUR, SHADE = KNOWN["democratic"].colour, KNOWN["situational"].colour


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(map(harmless, row) for row in rows)
    return text.getvalue()


def profile_svg(title: str, values: Sequence[tuple[str, float]]) -> str:
    """Bars from 0 to 1 with their numbers."""
    parts = [_text(8, 16, title, weight="bold")]
    for place, (name, value) in enumerate(values):
        y = 26 + ROW * place
        parts.append(_text(8, y + 14, name))
        parts.append(f'<rect x="{LABEL}" y="{y + 3}" width="{BAR}" height="14" fill="#ECEEEA"/>')
        parts.append(f'<rect x="{LABEL}" y="{y + 3}" width="{BAR * value:.1f}" height="14" fill="{BAR_COLOUR}"/>')
        parts.append(_text(LABEL + BAR + 8, y + 14, number(value, 2)))
    return _svg(LABEL + BAR + 50, 36 + ROW * len(values), parts)


def match_svg(title: str, cells: Sequence[Cell], places: int) -> str:
    """Sixteen cells, darker where the mean is higher in its row; a frame for the match, a star for the best."""
    parts = [_text(8, 16, title, weight="bold")]
    parts += [_text(44 + CELL * place, 38, style) for place, style in enumerate(STYLES)]
    for row, level in enumerate(LEVELS):
        here = [cell for cell in cells if cell.level == level]
        low, high = min(cell.mean for cell in here), max(cell.mean for cell in here)
        parts.append(_text(8, 66 + 44 * row, level))
        for place, cell in enumerate(here):
            x, y = 40 + CELL * place, 44 + 44 * row
            shade = 0.45 * (cell.mean - low) / (high - low) if high > low else 0.45
            edge = f'stroke="{INK}" stroke-width="2"' if cell.matched else 'stroke="none"'
            parts.append(f'<rect x="{x}" y="{y}" width="{CELL - 6}" height="38" fill="{SHADE}" '
                         f'fill-opacity="{shade:.2f}" {edge}/>')  # fmt: skip
            parts.append(_text(x + 8, y + 17, f"{number(cell.mean, places)}{' ★' if cell.best else ''}", weight="bold"))
            interval = said("{low} to {high}", low=number(cell.low, places), high=number(cell.high, places))
            parts.append(_text(x + 8, y + 31, interval, colour=FAINT, size=9))
    return _svg(50 + CELL * 4, 226, parts)


def _text(x: float, y: float, text: str, weight: str = "normal", colour: str = INK, size: int = 11) -> str:
    style = f'fill="{colour}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {style}>{html.escape(text)}</text>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FONT}">'
    return head + '<rect width="100%" height="100%" fill="white"/>' + "".join(parts) + "</svg>"
