"""A planned trial as a table and in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.analysis.trial.power import PowerAnalysis
from sim.analysis.trial.spec import Trial

if TYPE_CHECKING:
    import altair as alt
    from rich.table import Table


def power_table(trial: Trial, found: PowerAnalysis) -> "Table":
    """A row for each number of firms."""
    from rich.table import Table

    table = Table(title=trial.title, box=None, title_justify="left", padding=(0, 2))
    for name in ("firms", "power", "95%", "found (sd)", "detectable (sd)", "false alarms", "left: firms, people"):
        table.add_column(name, justify="right")
    for row in found.sizes.to_dict("records"):
        table.add_row(
            f"{row['firms']}", f"{row['power']:.0%}", f"{row['power_low']:.0%} to {row['power_high']:.0%}",
            f"{row['effect']:.2f} ± {row['error']:.2f}", f"{row['detectable']:.2f}", f"{row['false_alarms']:.1%}",
            f"{row['firms_left']:.0f}, {row['people_left']:.0f}",
        )  # fmt: skip
    return table


def power_chart(trial: Trial, found: PowerAnalysis) -> "alt.TopLevelMixin":
    """The power with each number of firms: over all worlds with its interval, and in each of them."""
    import altair as alt
    import pandas as pd

    from sim.view import theme
    from sim.view.study.figure_labels import finished

    sizes = found.sizes[["firms", "power", "power_low", "power_high"]]
    firms = [int(count) for count in sizes["firms"]]
    worlds = pd.concat(
        found.worlds[["world"]].assign(firms=count, power=found.worlds[f"power_{count}"]) for count in firms
    )
    x = alt.X("firms:Q", title="firms", scale=alt.Scale(zero=False, padding=12), axis=alt.Axis(values=firms))
    y = alt.Y("power:Q", title="power", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    whole = alt.Chart(sizes)
    plot = alt.layer(
        alt.Chart(worlds).mark_line(color=theme.MARK, opacity=0.5, strokeWidth=1).encode(x, y, detail="world:N"),
        alt.Chart(pd.DataFrame({"aim": [trial.power]})).mark_rule(color=theme.FAINT, strokeDash=[4, 4]).encode(
            alt.Y("aim:Q", title="")
        ),
        whole.mark_rule(color=theme.INK, strokeWidth=2).encode(
            x, alt.Y("power_low:Q", title=""), alt.Y2("power_high:Q")
        ),
        whole.mark_line(color=theme.INK, strokeWidth=2).encode(x, y),
        whole.mark_point(color=theme.INK, filled=True, size=60, opacity=1).encode(x, y),
        width=420, height=260,
    )  # fmt: skip
    few = (
        f"Dark: trials played over all {len(found.worlds)} plausible worlds, with 95% intervals; pale: in each of them;"
    )
    return finished(plot, trial.title, few, f"dashed: the power that is wanted, {trial.power:.0%}.")


def in_words(trial: Trial, found: PowerAnalysis) -> Iterator[str]:
    """How large the effect is, how far that is known, and how many firms it takes."""
    effects = found.worlds["effect"]
    asked = f"{trial.measure} after {trial.after} weeks"
    usual = f"With the usual parameters the treatment changes {asked} by {effects.iloc[0]:+.2f} standard deviations"
    if len(effects) > 1:
        low, high = effects.quantile([0.05, 0.95])
        usual += f"; in nine of ten plausible worlds by {low:+.2f} to {high:+.2f}"
    yield f"{usual}."
    largest = int(found.sizes["firms"].max())
    power = found.worlds[f"power_{largest}"]
    if len(power) > 1:
        share = (power >= trial.power).mean()
        yield f"With {largest} firms the power is {trial.power:.0%} or more in {share:.0%} of them."
    if found.needed is None:
        yield f"No number of firms is enough for {trial.power:.0%}, since in some worlds there is hardly an effect."
    else:
        yield f"For a power of {trial.power:.0%} over all of them it takes about {found.needed} firms."
    yield "Analysed by a mixed model with firms as random effects; the test has firms less two degrees of freedom."
