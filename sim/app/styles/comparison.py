"""Compares your own style with another style in sentences, numbers and charts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import solara

import sim
from sim.analysis.paired import NOTICEABLE, SIGNIFICANT, paired_differences
from sim.analysis.summary import HEADLINE, styles_of, weekly_means
from sim.app.charts import Chart, Line, Spec, course
from sim.app.compare.setting import MOST_PERSON_WEEKS
from sim.app.language import spoken_by_visitor
from sim.app.plain_text import complain, say, show_table, wait
from sim.app.styles.own_style import Table
from sim.model.metrics import BY_NAME
from sim.run.size import person_weeks
from sim.scenario.prices import without_money
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.language import english, said, spoken
from sim.view.sentences import called, decimals, number, shown_unit, standing_out, title_of

if TYPE_CHECKING:
    import xarray as xr

REPLICATIONS = 100
DRAWN = ("morale", "output")

HEADER = (
    english("Metric"),
    english("Difference"),
    english("95% interval"),
    english("Effect size"),
    english("Does it matter?"),
)

RULE = english(
    "Yes: the difference is hardly luck (p below {significant}, adjusted for all rows), and its effect size is at"
    " least {noticeable}, up or down. Too small to matter: the difference is clear but smaller, or its interval has"
    " only smaller ones. Not sure: all other differences. Effect size: the difference, divided by the standard"
    " deviation between runs."
)


class Made(NamedTuple):
    """A scenario with the new style, the names of both styles, and the table of the new one."""

    scenario: Scenario
    name: str
    other: str
    table: Table


class Compared(NamedTuple):
    """The result in sentences, the differences as rows of a table, the charts, and the number of runs."""

    sentence: str
    rows: list[tuple[str, ...]]
    courses: list[Spec]
    replications: int


@solara.component
def Comparison(made: Made) -> None:
    """Run both styles and show the results."""
    run = solara.lab.use_task(lambda: compared(made), dependencies=[made, spoken_by_visitor()], raise_error=False)
    if run.error:
        problem = run.exception
        complain(str(problem) if isinstance(problem, InputError) else said("The model could not run. Try again."))
    elif run.value is None or run.pending:
        wait(said("The model runs both styles many times, with the same people and the same luck ..."))
    else:
        scenario, found = made.scenario, run.value
        say("p", found.sentence, "ts-note", role="status")
        less = said("{one} less {other}", one=called(made.name), other=called(made.other))
        show_table(less, [said(name) for name in HEADER], found.rows)
        limits = {"significant": SIGNIFICANT, "noticeable": NOTICEABLE}
        shown = {name: spoken().digits(f"{limit:g}") for name, limit in limits.items()}
        say("p", said(RULE, **shown), "ts-faint ts-small")
        for spec in found.courses:
            Chart(spec=spec)
        about = said(
            "{title}: {runs} paired runs of {weeks} weeks, seed {seed}.",
            title=said(scenario.title),
            runs=found.replications,
            weeks=scenario.run.weeks,
            seed=str(scenario.run.seed),
        )
        say("p", about, "ts-faint ts-small")


def compared(made: Made) -> Compared:
    """Run both styles with the same people and the same luck.

    Raises:
        InputError: the situation is too large for the app.
    """
    scenario, name, other, _ = made
    replications = min(REPLICATIONS, MOST_PERSON_WEEKS // person_weeks(scenario, scenario.run.weeks, 2))
    if replications < 2:
        raise InputError(said("this situation is too large for the app. Choose one with fewer people or weeks."))
    ds = sim.compare(scenario, [other, name], replications, seed=scenario.run.seed)
    table = paired_differences(ds, other, without_money(scenario, HEADLINE))
    rows = [_row(row) for row in table.to_dict("records")]
    courses = [_course(ds, metric, replications) for metric in DRAWN]
    return Compared(standing_out(table, other), rows, courses, replications)


def verdict(row: Mapping[Any, Any]) -> str:
    """Whether a difference matters, from a row of `paired_differences`. RULE explains it."""
    if row["clear"]:
        return said("yes")
    within = row["effect_size_low"] > -NOTICEABLE and row["effect_size_high"] < NOTICEABLE
    small = row["p_adjusted"] < SIGNIFICANT and abs(row["effect_size"]) < NOTICEABLE
    return said("too small to matter") if within or small else said("not sure")


def _row(row: Mapping[Any, Any]) -> tuple[str, ...]:
    places = decimals([(row["high"] - row["low"]) / 2])
    size = number(row["mean"], places, signed=True)
    interval = said("{low} to {high}", low=number(row["low"], places), high=number(row["high"], places))
    label = f"{title_of(row['metric'])} ({shown_unit(row['metric'])})"
    return (label, size, interval, number(row["effect_size"], 2, signed=True), verdict(row))


def _course(ds: "xr.Dataset", metric: str, replications: int) -> Spec:
    """The mean course of both styles with its 95% band."""
    known = BY_NAME[metric]
    table = weekly_means(ds, [metric])
    lines = [
        Line(style, *rows[["mean", "low", "high"]].to_numpy().T)
        for style in styles_of(ds)
        for rows in [table[table["style"] == style]]
    ]
    weeks = [int(week) for week in ds["week"]]
    source = said("{title}, {runs} runs of each", title=said(str(ds.attrs["title"])), runs=replications)
    return course(title_of(metric), shown_unit(metric), weeks, lines, good=known.good, source=source)
