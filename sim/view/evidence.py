"""The model held against published patterns, as a table, a picture, a page, and text for the documentation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

import altair as alt
import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.evidence import Figure, Finding, Patterns, evidence_fingerprint
from sim.results import check_writable, written_whole
from sim.study.firms import OWN
from sim.view import theme
from sim.view.charts import save_chart

TEMPLATES = Path(__file__).parent / "templates"

NAMES: Mapping[str, str] = {"r": "r", "rho": "rho"}
"""Figures whose names need no words."""

TRUE = "true_"
"""Before the name of a figure: measured on the true state and not by a survey."""

ROW_HEIGHT = 20
"""Pixels of a row of the picture."""


def evidence_table(found: Sequence[Finding]) -> list[RenderableType]:
    """Every figure with its band, and which patterns pass; one row a figure, and a line that sums up."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "Pattern", "Figure"):
        table.add_column(heading, no_wrap=heading != "Pattern", min_width=24 if heading == "Pattern" else None)
    for heading in ("Model", "5-95%", "True state", "Accepted"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for finding in found:
        for place, figure in enumerate(_banded(finding)):
            first = place == 0
            table.add_row(
                finding.pattern.id if first else "",
                Text(finding.pattern.pattern if first else ""),
                words(figure.name),
                number(figure.median),
                f"{number(figure.low)} to {number(figure.high)}",
                _true_state(finding, figure.name),
                _band(figure),
                Text("pass", style="green") if figure.passes(finding.share) else Text("miss", style="bold red"),
            )
    return [table, "", summary(found)]


def summary(found: Sequence[Finding]) -> str:
    """One sentence: how many pass, and which do not."""
    missed = [finding.pattern.id for finding in found if not finding.passed]
    seeds = found[0].seeds if found else 0
    worlds = "1 world" if seeds == 1 else f"{seeds} worlds"
    text = f"{len(found) - len(missed)} of {len(found)} patterns pass, in {worlds} of firms"
    return f"{text}; not {', '.join(missed)}." if missed else f"{text}."


def evidence_chart(found: Sequence[Finding]) -> alt.LayerChart:
    """Every figure against its band; all bands are drawn equally wide, so that figures of all units fit together."""
    rows = []
    for finding in found:
        for figure in _banded(finding):
            low, high = figure.band or (0.0, 1.0)
            rows.append(
                {
                    "row": f"{finding.pattern.id}  {words(figure.name)}",
                    "median": _clipped((figure.median - low) / (high - low)),
                    "low": _clipped((figure.low - low) / (high - low)),
                    "high": _clipped((figure.high - low) / (high - low)),
                    "from": 0.0,
                    "to": 1.0,
                    "verdict": "pass" if figure.passes(finding.share) else "miss",
                    "text": f"{number(figure.median)} (accepted {_band(figure)})",
                }
            )
    order = [str(row["row"]) for row in rows]
    y = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=320, ticks=False, domain=False))
    axis = alt.Axis(values=[0, 1], labelExpr="datum.value == 0 ? 'lower bound' : 'upper bound'", title=None, grid=True)
    x = alt.X("from:Q", axis=axis, scale=alt.Scale(domain=[-1.6, 2.6]))
    colour = alt.Color("verdict:N", title=None, scale=alt.Scale(domain=["pass", "miss"], range=["#117733", "#BB5105"]))
    base = alt.Chart(pd.DataFrame(rows)).encode(y=y)
    band = base.mark_bar(color=theme.GRID, height=ROW_HEIGHT - 6).encode(x=x, x2="to:Q")
    spread = base.mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q", color=colour)
    dot = base.mark_point(filled=True, size=60, opacity=1).encode(
        x="median:Q",
        color=colour,
        shape=alt.Shape(
            "verdict:N", scale=alt.Scale(domain=["pass", "miss"], range=["circle", "diamond"]), legend=None
        ),
        tooltip=["row", "text"],
    )
    label = base.mark_text(align="left", fontSize=theme.SMALL, color=theme.INK).encode(x=alt.value(560), text="text:N")
    title = alt.TitleParams(
        "The model held against published patterns",
        subtitle=[
            summary(found),
            "Grey: accepted. Mark: median over worlds of firms (circle: in the band, diamond: not).",
            "Line: 5th to 95th percentile.",
        ],
        fontSize=theme.LARGE, anchor="start", offset=14,
    )  # fmt: skip
    chart: alt.LayerChart = (
        alt.layer(band, spread, dot, label)
        .properties(width=550, height=ROW_HEIGHT * len(rows), title=title, padding=16)
        .configure(**theme.config())
    )
    return chart


def save_markdown(found: Sequence[Finding], patterns: Patterns, path: Path) -> None:
    """A page of the docs, and its picture in the folder `images` beside it, which is made if it is not there.

    Raises:
        InputError: a place that cannot be written to.
    """
    picture = path.parent / "images" / f"{path.stem}.svg"
    picture.parent.mkdir(exist_ok=True)
    save_chart(evidence_chart(found), picture)
    protocol = patterns.protocol
    page = Template((TEMPLATES / "evidence.md.template").read_text(encoding="utf-8")).substitute(
        summary=summary(found),
        picture=f"images/{picture.name}",
        table=_markdown_table(found),
        seeds=found[0].seeds,
        firms=protocol.firms,
        own=f"{OWN:.0%}",
        burn_in=protocol.burn_in,
        weeks=protocol.weeks,
        reliability=f"{protocol.reliability:g}",
        halo=f"{protocol.halo:g}",
        fingerprint=evidence_fingerprint(patterns),
    )
    with written_whole(check_writable(path, (".md",))) as unfinished:
        unfinished.write_text(page, encoding="utf-8", newline="\n")


def _markdown_table(found: Sequence[Finding]) -> str:
    lines = [
        "| | Pattern | Published | Figure | Model | 5-95% | True state | Accepted | |",
        "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for finding in found:
        pattern = finding.pattern
        for place, figure in enumerate(_banded(finding)):
            head = (pattern.id, pattern.pattern, f"{pattern.published} ({pattern.source})") if place == 0 else ("",) * 3
            cells = (
                *head, words(figure.name), number(figure.median), f"{number(figure.low)} to {number(figure.high)}",
                _true_state(finding, figure.name), _band(figure),
                "pass" if figure.passes(finding.share) else "**miss**",
            )  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def words(name: str) -> str:
    """The name of a figure in words."""
    return NAMES.get(name, name.replace("_", " "))


def number(value: float) -> str:
    """A figure with as many digits as its size calls for."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 3 else f"{value:.2f}"


def _banded(finding: Finding) -> list[Figure]:
    return [figure for figure in finding.figures if figure.band is not None]


def _band(figure: Figure) -> str:
    return "" if figure.band is None else f"{figure.band[0]:g} to {figure.band[1]:g}"


def _true_state(finding: Finding, name: str) -> str:
    return next((number(figure.median) for figure in finding.figures if figure.name == TRUE + name), "")


def _clipped(value: float) -> float:
    """Far outside is outside; where exactly, the number beside it says."""
    return min(max(value, -1.5), 2.5)
