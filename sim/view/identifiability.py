"""What further measurements would tell, as tables, a sentence and a figure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from sim.analysis.identifiability import Map
from sim.view.sentences import long_name

if TYPE_CHECKING:
    import altair as alt
    from rich.table import Table

MOST_MEASURES, MOST_PARAMETERS = 12, 15
"""Measurements and parameters that are shown, those first of which most is told."""


def identifiability_tables(found: Map) -> Iterator["Table"]:
    """What is open, what narrows it, and what narrows the parameters."""
    yield _table("How open the conclusions are", ("difference in", "mean", "sd over sets", "same sign"), [
        (long_name(row["metric"]), f"{row['mean']:+.3g}", f"{row['sd']:.2g}", f"{row['same_sign']:.0%}")
        for row in found.conclusions.to_dict("records")
    ])  # fmt: skip
    yield _table("What tells most of them, one after the other", ("measure", "of", "weeks", "told so far"), [
        (long_name(row["measured"]), row["of"], row["weeks"], f"{row['share']:.0%}")
        for row in found.together.to_dict("records")
    ])  # fmt: skip
    for kind, most, title in (
        ("conclusion", MOST_MEASURES, "For each conclusion: what tells most of it"),
        ("parameter", MOST_PARAMETERS, "Parameters that could be known better: what tells most of them"),
    ):
        yield _table(title, ("of what", "measure", "of", "weeks", "told", "95%", "bits"), [
            (
                long_name(row["thing"]), long_name(row["measured"]), row["of"], row["weeks"], f"{row['share']:.0%}",
                f"{row['low']:.0%} to {row['high']:.0%}", f"{row['bits']:.2f}",
            )
            for row in best_of_each(found, kind).head(most).to_dict("records")
        ])  # fmt: skip


def best_of_each(found: Map, kind: str) -> pd.DataFrame:
    """The measurement that clearly tells most of each conclusion or parameter, those first of which most is told."""
    rows = found.narrowing[(found.narrowing["kind"] == kind) & found.narrowing["clear"]]
    best = rows.sort_values("share", ascending=False, kind="stable")
    return best.drop_duplicates("thing").reset_index(drop=True)


def in_words(found: Map, sets: int) -> str:
    """What the shares are, and what they are not."""
    return (
        "Told: share of the variance over the sets that is expected to go, all relations taken to be straight. It is"
        f" known from {sets} sets of parameters; only what chance would not show among so many pairs is listed."
    )


def identifiability_chart(found: Map, title: str) -> "alt.TopLevelMixin":
    """Measurements against conclusions: what share of what is open each is expected to take away."""
    import altair as alt

    from sim.view import theme
    from sim.view.study.figure_labels import finished

    rows = found.narrowing[found.narrowing["kind"] == "conclusion"]
    rows = rows.assign(measure=rows["measured"].map(long_name) + ", " + rows["of"] + ", weeks " + rows["weeks"])
    clear = rows.assign(share=rows["share"].where(rows["clear"], 0.0))
    order = list(clear.groupby("measure", sort=False)["share"].mean().nlargest(MOST_MEASURES).index)
    shown = clear[clear["measure"].isin(order)]
    shown = shown.assign(
        thing=shown["thing"].map(long_name), text=[f"{share:.0%}" if share else "" for share in shown["share"]],
        ink=["white" if share > 0.5 else theme.INK for share in shown["share"]],
    )[["measure", "thing", "share", "text", "ink"]]  # fmt: skip
    base = alt.Chart(shown).encode(
        alt.X("thing:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=-35, labelLimit=200)),
        alt.Y("measure:N", sort=order, title=None, axis=alt.Axis(labelColor=theme.INK, labelLimit=420)),
    )
    heat = alt.Color(
        "share:Q", scale=alt.Scale(domain=[0, 1], range=["#F4F7FA", "#1B5C96"]),
        legend=alt.Legend(title=["share of the", "variance told"], format="%"),
    )  # fmt: skip
    written = [
        base.transform_filter(alt.datum.ink == ink).mark_text(fontSize=10).encode(text="text:N", color=alt.value(ink))
        for ink in ("white", theme.INK)
    ]
    plot = alt.layer(base.mark_rect(stroke="white").encode(heat), *written)
    plot = plot.properties(width=54 * shown["thing"].nunique(), height=24 * len(order))
    return finished(plot, title, "Rows: what is measured, of which firms, when. Columns: differences that it tells of.")


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> "Table":
    from rich.table import Table

    table = Table(title=title, box=None, title_justify="left", padding=(0, 2))
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number and rows and rows[0][number][-1:] in "%0123456789" else "left")
    for row in rows:
        table.add_row(*row)
    return table
