"""How far each style is from the baseline, metric by metric."""

import altair as alt
import pandas as pd

from sim.analysis.paired import NOTICEABLE, SIGNIFICANT
from sim.model.metrics import BY_NAME
from sim.view import theme
from sim.view.panels import Axis, Panel, colour, shape, title, tooltip
from sim.view.sentences import long_name, unit_of

WIDTH, ROW = 116, 19
"""Width of a panel, and height of a style in it, in pixels."""

WANTED = {"higher": "better ▸", "lower": "◂ better", "neither": " "}


def difference_panels(differences: pd.DataFrame, baseline: str) -> alt.HConcatChart:
    """Paired difference of every style to the baseline with its 95% interval: a panel per metric, side by side.

    Args:
        differences: as of `paired_differences`.
        baseline: the style compared with.
    """
    metrics, styles = list(differences["metric"].unique()), list(differences["style"].unique())
    panels = [
        _panel(differences[differences["metric"] == metric], metric, styles, with_names=place == 0)
        for place, metric in enumerate(metrics)
    ]
    sure = (
        f"(p < {SIGNIFICANT:g} adjusted for all {len(differences)} comparisons,"
        f" and at least {NOTICEABLE:g} standard deviations between replications)"
    )
    lines = ["same people, same luck; filled: a clear difference", sure]
    explained = lines if len(panels) < 3 else " ".join(lines)  # few panels are narrower than such a line
    heading = title(f"Difference to {baseline}, mean over the weeks", subtitle=explained, offset=14)
    row: alt.HConcatChart = alt.hconcat(*panels, spacing=24, title=heading)
    return row


def _panel(table: pd.DataFrame, metric: str, styles: list[str], with_names: bool) -> Panel:
    data = Axis.around(table, WIDTH, 0.08)
    # Zero is always to be seen, also at the edge.
    scale = Axis(min(data.low, -data.high / 20), max(data.high, -data.low / 20), WIDTH).scale
    better = WANTED[BY_NAME[metric].good if metric in BY_NAME else "neither"]
    numbers = "datum.value == 0 ? '0' : format(datum.value, '+~g')"
    ticks = alt.Axis(tickCount=3, labelFlush=False, labelExpr=numbers, labelOverlap=True, labelSeparation=6)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, title=[unit_of(metric), better], axis=ticks)

    names = alt.Axis(title=None, labelColor=theme.INK, domain=False, ticks=False) if with_names else None
    shown = table[["style", "mean", "low", "high", "effect_size", "clear"]]
    base = alt.Chart(shown).encode(alt.Y("style:N", sort=styles, axis=names), colour(styles))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.MARK).encode(x("zero"))
    bar = base.mark_rule(strokeWidth=2).encode(x("low"), alt.X2("high:Q"))
    effect = alt.Tooltip("effect_size:Q", format="+.2f", title="effect size")
    point = base.mark_point(size=42, strokeWidth=1.6, opacity=1).encode(
        x("mean"),
        shape(styles),
        fill=alt.condition("datum.clear", colour(styles), alt.value("white")),
        tooltip=tooltip(metric, effect),
    )
    return alt.layer(
        zero, bar, point, width=WIDTH, height=ROW * len(styles), title=title(long_name(metric), fontSize=theme.SMALL)
    )
