"""The model compared with published patterns, as a table, a picture, a page, and text for the documentation."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import altair as alt
import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.cross_validation import (
    IN_SAMPLE,
    OUT_OF_SAMPLE,
    Predicted,
    predicted,
    shipped,
    stored_cross_validation,
)
from sim.analysis.evidence import Figure, Finding, Pattern, Patterns, evidence_fingerprint, pass_rate
from sim.analysis.patterns import GROUPS
from sim.analysis.summary import wilson
from sim.results import check_writable, written_whole
from sim.run.profiles import OWN
from sim.view import theme
from sim.view.charts import save_chart
from sim.view.sentences import joined

TEMPLATES = Path(__file__).parent / "templates"

NAMES: Mapping[str, str] = {"r": "r", "rho": "rho"}
"""Figures whose names need no words."""

STATUS: Mapping[str, str] = {
    "V": "read in a stored copy of the source, or of a text that quotes it",
    "R": "recalled, at least in part, and to be checked before they are cited",
    "J": "judgement, as a direction is known and no size is published",
}
"""What is known of the published figures of a pattern."""

ROW_HEIGHT = 20
"""Pixels of a row of the picture."""


def evidence_table(found: Sequence[Finding]) -> list[RenderableType]:
    """Every figure with its band, and which patterns pass; one row a figure, by groups, and lines that sum up."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "Pattern", "Figure"):
        table.add_column(heading, no_wrap=heading != "Pattern", min_width=24 if heading == "Pattern" else None)
    for heading in ("Model", "5-95%", "True state", "Accepted"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for group, members in by_group(found):
        table.add_row("", Text(group, style="bold"))
        for finding in members:
            for place, figure in enumerate(finding.banded):
                first = place == 0
                table.add_row(
                    finding.pattern.id if first else "",
                    Text(finding.pattern.pattern if first else ""),
                    words(figure.name),
                    _value(figure),
                    f"{number(figure.low)} to {number(figure.high)}",
                    _true_state(finding, figure),
                    _band(figure),
                    Text("pass", style="green") if figure.passes(finding.share) else Text("miss", style="bold red"),
                )
    return [table, "", summary(found), *[line for line in (missing(found),) if line]]


def by_group(found: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """The findings of each group, where there are any."""
    for group in GROUPS:
        members = [finding for finding in found if finding.pattern.group == group]
        if members:
            yield group, members


def summary(found: Sequence[Finding]) -> str:
    """One sentence: how many pass, of those that parameters were fitted to and of the others."""
    seeds = found[0].seeds if found else 0
    worlds = "1 world" if seeds == 1 else f"{seeds} worlds"
    kinds = []
    for fitted, what in ((True, "that parameters were fitted to"), (False, "kept aside")):
        rate, kind = pass_rate(found, fitted), [one for one in found if one.pattern.fitted == fitted]
        if rate is not None:
            kinds.append(
                f"{sum(one.passed for one in kind)} of {len(kind)} {what}" + (f" ({rate:.0%})" if fitted else "")
            )
    passed = sum(finding.passed for finding in found)
    return f"{passed} of {len(found)} patterns pass, in {worlds} of firms: {', '.join(kinds)}."


def predicted_in_words(left_out: Predicted) -> str:
    """One sentence: how well the model predicts."""
    return (
        f"Judged by parameters that were fitted to all other groups of patterns, {left_out.passed} of {left_out.of} "
        f"pass ({left_out.rate:.0%})."
    )


def rates_table(found: Sequence[Finding], about: str) -> str:
    """How often the model is right, by what it was fitted to, against the goals: a table in Markdown.

    Intervals are those of a share of independent cases (Wilson 1927), which patterns of one field are not quite.
    """
    fitted = [finding.pattern.id for finding in found if finding.pattern.fitted]
    seen = Predicted(sum(one.passed for one in found if one.pattern.fitted), len(fitted))
    others, nothing = predicted(about, fitted), predicted(about, fitted, way="unfitted")
    rows: list[tuple[str, Predicted, float | None, Predicted | None]] = [
        ("all of them (in sample): the best of the sets that were tried", seen, IN_SAMPLE, None)
    ]
    if others and nothing:
        whole, whole_nothing = predicted(about), predicted(about, way="unfitted")
        rows = [
            (
                "all other groups (out of sample): sets of the posterior, another in each world",
                others,
                OUT_OF_SAMPLE,
                whole,
            ),
            *rows,
            ("nothing: sets from all over the plausible ranges, another in each world", nothing, None, whole_nothing),
        ]
    lines = [
        f"| Parameters fitted to | Of the {len(fitted)} that are fitted otherwise | Goal | With those never fitted |",
        "| --- | ---: | ---: | ---: |",
    ]
    for what, rate, goal, more in rows:
        short = "" if goal is None else f"{goal:.0%}"
        if goal is not None and rate.rate < goal:
            short += f": {math.ceil(goal * rate.of - 1e-9) - rate.passed} short"
        low, high = wilson(rate.passed, rate.of)
        share = f"**{rate.passed} ({rate.rate:.0%}; {low:.0%} to {high:.0%})**"
        lines.append(
            f"| {what} | {share} | {short} | {f'{more.passed} of {more.of} ({more.rate:.0%})' if more else ''} |"
        )
    return "\n".join(lines)


def goals_in_words(found: Sequence[Finding], about: str) -> str:
    """Whether the shares that were to be reached are, in one sentence."""
    fitted = [finding.pattern.id for finding in found if finding.pattern.fitted]
    rate, others = pass_rate(found, fitted=True), predicted(about, fitted)
    short = [
        what
        for what, share, goal in (
            ("out of sample", others.rate if others else 1.0, OUT_OF_SAMPLE),
            ("in sample", 1.0 if rate is None else rate, IN_SAMPLE),
        )
        if share < goal
    ]
    if not short:
        return "The goals are reached."
    return f"**The goal{'s are' if len(short) > 1 else ' is'} not reached {joined(short)}.**"


def missed_out_of_sample(about: str) -> str:
    """Which patterns are missed once their group is left out, in one sentence."""
    kept = stored_cross_validation()
    if kept is None or kept["fingerprint"] != about:
        return ""
    missed = [pattern["id"] for pattern in kept["patterns"] if not pattern["out_of_sample"]]
    return f"Missed out of sample: {', '.join(missed)}."


def passed_by_anything(calibration: Mapping[str, Any], found: Sequence[Finding]) -> str:
    """Which patterns nearly any parameters within their plausible ranges show, in one sentence."""
    inside: dict[str, list[bool]] = {}
    for row in calibration["figures"]:
        (low, high), spread = row["band"], row["prior"]
        inside.setdefault(row["pattern"], []).append(low <= spread[0] and spread[-1] <= high)
    named = [one.pattern.id for one in found if one.pattern.id in inside and all(inside[one.pattern.id])]
    return f"Nearly any parameters show {joined(named)}: that these pass says little." if named else ""


def missing(found: Sequence[Finding]) -> str:
    """Which patterns do not pass, in one sentence; nothing where all do."""
    missed = [finding.pattern.id for finding in found if not finding.passed]
    return f"Missed: {', '.join(missed)}." if missed else ""


def evidence_chart(found: Sequence[Finding]) -> alt.TopLevelMixin:
    """Every figure against its band; all bands are drawn equally wide, so that figures of all units fit together."""
    rows = []
    for finding in (one for _, members in by_group(found) for one in members):
        for figure in finding.banded:
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
            missing(found),
            "Grey: accepted. Mark: median over worlds of firms (circle: in the band, diamond: not).",
            "Line: 5th to 95th percentile.",
        ],
        fontSize=theme.LARGE, anchor="start", offset=14,
    )  # fmt: skip
    return alt.layer(
        band,
        spread,
        dot,
        label,
        width=550,
        height=ROW_HEIGHT * len(rows),
        title=title,
        padding=16,
        config=alt.Config(**theme.config()),
    )


def save_markdown(found: Sequence[Finding], patterns: Patterns, path: Path) -> None:
    """A page of the docs, and its picture in the folder `images` beside it, which is made if it is not there.

    Raises:
        InputError: a place that cannot be written to.
    """
    picture = path.parent / "images" / f"{path.stem}.svg"
    picture.parent.mkdir(exist_ok=True)
    save_chart(evidence_chart(found), picture)
    protocol, about = patterns.protocol, evidence_fingerprint(patterns)
    page = Template((TEMPLATES / "evidence.md.template").read_text(encoding="utf-8")).substitute(
        rates=rates_table(found, about),
        goals=goals_in_words(found, about),
        missed=missed_out_of_sample(about),
        anything=passed_by_anything(_calibration(), found),
        summary=summary(found),
        missing=missing(found),
        picture=f"images/{picture.name}",
        table=_markdown_table(found, _out_of_sample(about)),
        status="; ".join(f"{letter}: {meaning}" for letter, meaning in STATUS.items()),
        measures="\n".join(_measured(finding.pattern) for _, members in by_group(found) for finding in members),
        seeds=found[0].seeds,
        firms=protocol.firms,
        own=f"{OWN:.0%}",
        burn_in=protocol.burn_in,
        weeks=protocol.weeks,
        reliability=f"{protocol.reliability:g}",
        halo=f"{protocol.halo:g}",
        fingerprint=about,
    )
    with written_whole(check_writable(path, (".md",))) as unfinished:
        unfinished.write_text(page, encoding="utf-8", newline="\n")


def _calibration() -> Mapping[str, Any]:
    """What the shipped calibration found; without figures where there is none."""
    file = shipped("calibration.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"figures": []}


def _out_of_sample(about: str) -> dict[tuple[str, str], str]:
    """By pattern and figure what it comes to with its group left out, and whether that passes."""
    kept = stored_cross_validation()
    if kept is None or kept["fingerprint"] != about:
        return {}
    return {
        (pattern["id"], figure["name"]): against(figure["out_of_sample"], figure["band"])
        + ("" if figure["passed"][1] else " **miss**")
        for pattern in kept["patterns"]
        for figure in pattern["figures"]
    }


def _markdown_table(found: Sequence[Finding], out_of_sample: Mapping[tuple[str, str], str]) -> str:
    lines = [
        "| | Group | Fitted | Pattern | Published | Figure | Accepted | Model | | 5-95% | True state | Out of sample |",
        "| --- | --- | --- | --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for group, members in by_group(found):
        for finding in members:
            pattern = finding.pattern
            for place, figure in enumerate(finding.banded):
                published = f"{pattern.published} ({pattern.source})"
                head = (pattern.id, group, "yes" if pattern.fitted else "no", pattern.pattern, published)
                cells = (
                    *(("",) * len(head) if place else head), words(figure.name), _band(figure), _value(figure),
                    "pass" if figure.passes(finding.share) else "**miss**",
                    f"{number(figure.low)} to {number(figure.high)}", _true_state(finding, figure),
                    out_of_sample.get((pattern.id, figure.name), ""),
                )  # fmt: skip
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _measured(pattern: Pattern) -> str:
    """How a pattern is measured, and what is known of its published figures, as a line of a list."""
    known = f" *{pattern.checked}*" if pattern.checked else ""
    return f"- **{pattern.id}** ({pattern.status}) {pattern.measured}{known}"


def words(name: str) -> str:
    """The name of a figure in words."""
    return NAMES.get(name, name.replace("_", " "))


def against(value: float, band: Sequence[float]) -> str:
    """A figure with as many digits as tell on which side of its band's ends it lies."""
    low, high = band
    inside = low <= value <= high
    for digits in range(4):
        text = number(value) if digits == 0 else f"{value:.{2 + digits}f}"
        if (low <= float(text) <= high) == inside:
            break
    return text


def number(value: float) -> str:
    """A figure with as many digits as its size calls for."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 3 else f"{value:.2f}"


def _band(figure: Figure) -> str:
    return "" if figure.band is None else f"{figure.band[0]:g} to {figure.band[1]:g}"


def _value(figure: Figure) -> str:
    return number(figure.median) if figure.band is None else against(figure.median, figure.band)


def _true_state(finding: Finding, figure: Figure) -> str:
    true = finding.true_state(figure)
    return number(true.median) if true else ""


def _clipped(value: float) -> float:
    """Far outside is outside; where exactly, the number beside it says."""
    return min(max(value, -1.5), 2.5)
