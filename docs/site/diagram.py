"""Draws which mechanism acts on which: `python docs/site/diagram.py FILE.svg`."""

import math
import sys
from pathlib import Path

from sim.model import diagram
from sim.model.mechanisms import BY_NAME, MECHANISMS

WIDTH, HEIGHT, RADIUS = 900, 620, 250


def drawn() -> str:
    """The picture: mechanisms in a circle, what leaders do in the middle."""
    names = [mechanism.name for mechanism in MECHANISMS]
    places = {diagram.LEADING: (WIDTH / 2, HEIGHT / 2)}
    for number, name in enumerate(names):
        turn = 2 * math.pi * number / len(names) - math.pi / 2
        places[name] = (WIDTH / 2 + 1.35 * RADIUS * math.cos(turn), HEIGHT / 2 + RADIUS * math.sin(turn))
    lines = [
        _line(places[source], places[target], strong=source == diagram.LEADING)
        for target, sources in diagram.sources().items()
        for source in sorted(sources)
    ]
    texts = [_text(places[name], BY_NAME[name].label) for name in names]
    texts.append(_text(places[diagram.LEADING], "What leaders do"))
    style = "font-family:sans-serif;font-size:13px;background:#fff"
    arrow = '<marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    arrow += '<path d="M0,0 L8,4 L0,8 z" fill="#667"/></marker>'
    title = "<title>Which mechanism of the model acts on which</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" style="{style}" role="img">'
    return "\n".join([head, title, f"<defs>{arrow}</defs>", *lines, *texts, "</svg>", ""])


def _line(begin: tuple[float, float], end: tuple[float, float], *, strong: bool) -> str:
    (x, y), (to_x, to_y) = begin, end
    length = math.hypot(to_x - x, to_y - y) or 1.0
    cut = min(26.0 / length, 0.4)
    to_x, to_y = to_x - (to_x - x) * cut, to_y - (to_y - y) * cut
    ink = 'stroke="#236" stroke-width="1.6"' if strong else 'stroke="#99a" stroke-width="0.8"'
    return f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{to_x:.0f}" y2="{to_y:.0f}" {ink} marker-end="url(#to)"/>'


def _text(place: tuple[float, float], words: str) -> str:
    x, y = place
    wide = 7.2 * len(words) + 14
    box = f'<rect x="{x - wide / 2:.0f}" y="{y - 13:.0f}" width="{wide:.0f}" height="26" rx="5"'
    box += ' fill="#fff" stroke="#236"/>'
    return f'{box}<text x="{x:.0f}" y="{y + 4.5:.0f}" text-anchor="middle" fill="#123">{words}</text>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(), encoding="utf-8", newline="\n")
