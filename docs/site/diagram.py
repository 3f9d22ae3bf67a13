"""Draws which mechanism acts on which: `python docs/site/diagram.py FILE.svg`.

A table of dots, since nobody can follow one of a hundred arrows among sixteen boxes.
"""

import sys
from html import escape
from pathlib import Path

from sim.model import diagram
from sim.model.mechanisms import MECHANISMS

LEFT, TOP, CELL, MARGIN = 250, 190, 36, 110
INK, FAINT = "#236", "#e4e8ee"


def drawn() -> str:
    """The picture: what acts in rows, what it acts on in columns."""
    labels = {diagram.LEADING: "What leaders do", **{each.name: each.label for each in MECHANISMS}}
    rows, columns = list(labels), list(labels)[1:]
    right, bottom = LEFT + CELL * len(columns), TOP + CELL * len(rows)
    sources = diagram.sources()
    parts = [_words(LEFT - 14, TOP - 14, "acts on", 'text-anchor="end" font-style="italic"')]
    for number, name in enumerate(rows):
        y = TOP + CELL * number + CELL / 2
        parts += [_rule(LEFT, y, right, y), _words(LEFT - 14, y + 4.5, labels[name], 'text-anchor="end"')]
    for number, name in enumerate(columns):
        x = LEFT + CELL * number + CELL / 2
        turned = f'transform="rotate(-45 {x:.0f} {TOP - 8})"'
        parts += [_rule(x, TOP, x, bottom), _words(x, TOP - 8, labels[name], turned)]
    for number, target in enumerate(columns):
        for row, source in enumerate(rows):
            x, y = LEFT + CELL * number + CELL / 2, TOP + CELL * row + CELL / 2
            if source in sources[target]:
                said = f"<title>{escape(labels[source])} acts on {escape(labels[target])}</title>"
                ink = "#b50" if source == diagram.LEADING else INK
                parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="{ink}">{said}</circle>')
    size = f'viewBox="0 0 {right + MARGIN} {bottom + 10}" width="{right + MARGIN}" height="{bottom + 10}"'
    style = 'style="font-family:sans-serif;font-size:13px;background:#fff"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style} role="img">'
    return "\n".join([head, "<title>Which mechanism of the model acts on which</title>", *parts, "</svg>", ""])


def _rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{to_x:.0f}" y2="{to_y:.0f}" stroke="{FAINT}"/>'


def _words(x: float, y: float, words: str, how: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.1f}" fill="#123" {how}>{escape(words)}</text>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(), encoding="utf-8", newline="\n")
