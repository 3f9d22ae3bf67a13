"""Make your own style: from sliders or as a mixture, compared at once with others, and downloaded."""

from typing import TYPE_CHECKING, Any, NamedTuple

import solara

import sim
from sim.analysis.paired import paired_differences
from sim.analysis.summary import styles_of, weekly_means
from sim.app import fields
from sim.app.charts import Chart, Line, Spec, course
from sim.app.downloads import Downloads, file
from sim.app.styles.own import LONGEST_NAME, Table, blended, departing, snippet, with_style
from sim.app.styles.profiles import first_row
from sim.app.words import complain, say, say_paragraphs, show_table, wait
from sim.model.metrics import BY_NAME
from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.load import load_scenario, scenario_names, to_toml
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED, builtin_styles
from sim.view.sentences import decimals, number, standing_out

if TYPE_CHECKING:
    import xarray as xr

REPLICATIONS = 100
DRAWN = ("morale", "output")

INTRODUCTION = """
Start from a style and move what should be different, or mix several. Give it a name, and compare it with others on the
same people and the same luck. What you make is written in the same words as a scenario file: take it with you.
"""


FIRST = {
    "name": "my-style",
    "description": "",
    "way": "sliders",
    "base": "democratic",
    "other": "democratic",
    "scenario": "everyday",
}
"""Where everybody starts."""

WAYS = {"sliders": "by moving sliders", "blend": "by mixing styles"}


class Made(NamedTuple):
    """A scenario that holds the style, the style's name, what it is compared with, and its table."""

    scenario: Scenario
    name: str
    other: str
    table: Table


@solara.component
def MakeYourOwn() -> None:
    """The workshop: everything of it belongs to this visit alone."""
    choices, set_choices = solara.use_state(FIRST)
    start = solara.use_memo(lambda: first_row(choices["base"], {}), [choices["base"]])
    moved, set_moved = solara.use_state({})
    weights, set_weights = solara.use_state({"democratic": 50.0, "autocratic": 50.0})
    asked, ask = solara.use_state(None)

    def choose(change: dict[str, Any]) -> None:
        name, value = change["name"], change["value"]
        if name == "compare":
            ask(made)
        elif name == "undo":
            set_moved({})
        elif name in choices and _can_be(name, value):
            set_choices({**choices, name: value})
            if name == "base":
                set_moved({})

    def move(change: dict[str, Any]) -> None:
        if change["name"] in start:
            set_moved({**moved, change["name"]: min(1.0, max(0.0, float(change["value"])))})

    def weigh(change: dict[str, Any]) -> None:
        if change["name"] in builtin_styles():
            set_weights({**weights, change["name"]: min(100.0, max(0.0, float(change["value"])))})

    made = _made(choices, start, moved, weights)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", "Make your own")
        say_paragraphs(INTRODUCTION)
        fields.Fields(fields=_who(choices), label="Your style", event_change=choose)
        if choices["way"] == "sliders":
            fields.Fields(fields=_sliders(start, moved), label="Behaviour", event_change=move)
        else:
            fields.Fields(fields=_weights(weights), label="Mixture", event_change=weigh)
        if isinstance(made, str):
            complain(made)
        else:
            _Downloads(made)
        fields.Fields(
            fields=_against(choices, isinstance(made, str), bool(moved)), label="Compare", event_change=choose
        )
        if asked is not None and not isinstance(asked, str):
            _Comparison(asked)


def _can_be(name: str, value: Any) -> bool:
    """Whether a value is one of those offered; texts are checked when the style is made."""
    offered = {"way": WAYS, "base": builtin_styles(), "other": builtin_styles(), "scenario": scenario_names()}
    return isinstance(value, str) and (name not in offered or value in offered[name])


def _made(
    choices: dict[str, str], start: dict[str, float], moved: dict[str, float], weights: dict[str, float]
) -> Made | str:
    """The style as it stands, or what is wrong with it, in words."""
    try:
        name, told = choices["name"].strip(), choices["description"]
        table = (
            departing(choices["base"], start, {**start, **moved}, told)
            if choices["way"] == "sliders"
            else blended(weights, told)
        )
        return Made(with_style(load_scenario(choices["scenario"]), name, table), name, choices["other"], table)
    except InputError as error:
        return str(error)


@solara.component
def _Downloads(made: Made) -> None:
    scenario, name, other, table = made
    say("h3", "As text for a scenario file")
    text = snippet(name, table)
    say("pre", text, tabindex="0", aria_label="Your style as TOML")
    files = [
        file("Download the style", f"{name}.style.toml", text),
        file("Download a scenario with it", f"{name}.toml", to_toml(scenario)),
    ]
    Downloads(files=files)
    say("pre", f"teamsim compare {name}.toml --style {name} --style {other} --baseline {other}", tabindex="0")


@solara.component
def _Comparison(made: Made) -> None:
    scenario, name, other, _ = made
    run = solara.lab.use_task(lambda: _compared(scenario, name, other), dependencies=[made], raise_error=False)
    if run.error:
        problem = run.exception
        complain(str(problem) if isinstance(problem, InputError) else "The runs could not be made. Try again.")
    elif run.value is None or run.pending:
        wait(f"Both styles are run {REPLICATIONS} times ...")
    else:
        sentence, rows, courses = run.value
        say("p", sentence, "ts-note", role="status")
        show_table(f"{name} less {other}", ("Metric", "Difference", "95% interval", "Effect size", "Clear?"), rows)
        for spec in courses:
            Chart(spec=spec)
        say("p", f"{scenario.title}: {REPLICATIONS} paired runs of {scenario.run.weeks} weeks, seed 1. "
                 "Effect size: difference over the spread between runs.", "ts-faint ts-small")  # fmt: skip


def _compared(scenario: Scenario, name: str, other: str) -> tuple[str, list[tuple[str, ...]], list[Spec]]:
    """What stands out in words, the differences as rows of a table, and the courses to draw."""
    ds = sim.compare(scenario, [other, name], REPLICATIONS)
    table = paired_differences(ds, other)
    rows: list[tuple[str, ...]] = []
    for row in table.to_dict("records"):
        places = decimals([(row["high"] - row["low"]) / 2])
        metric = BY_NAME[row["metric"]]
        size = number(row["mean"], places, signed=True)
        interval = f"{number(row['low'], places)} to {number(row['high'], places)}"
        label = f"{metric.long_name} ({metric.unit})"
        rows.append(
            (label, size, interval, number(row["effect_size"], 2, signed=True), "yes" if row["clear"] else "no")
        )
    return standing_out(table, other), rows, [_course(ds, metric, other) for metric in DRAWN]


def _course(ds: "xr.Dataset", metric: str, other: str) -> Spec:
    """The mean course of both styles with its 95% band."""
    known = BY_NAME[metric]
    table = weekly_means(ds, [metric])
    lines = [
        Line(style, *(rows[name].to_numpy() for name in ("mean", "low", "high")))
        for style in styles_of(ds)
        for rows in [table[table["style"] == style]]
    ]
    weeks = [int(week) for week in ds["week"]]
    source = f"{ds.attrs['title']}, {REPLICATIONS} runs of each"
    return course(known.long_name, known.unit, weeks, lines, good=known.good, source=source)


def _who(choices: dict[str, str]) -> list[fields.Field]:
    base = [("base", "Starting from", choices["base"], [(name, name) for name in builtin_styles()])]
    return [
        fields.text("name", "Name", choices["name"], LONGEST_NAME, "letters, digits, _ and -"),
        fields.text("description", "In a sentence", choices["description"], 200, "for the reader"),
        fields.choice("way", "Made", choices["way"], WAYS.items()),
        *([fields.choice(*one) for one in base] if choices["way"] == "sliders" else []),
    ]


def _sliders(start: dict[str, float], moved: dict[str, float]) -> list[fields.Field]:
    return [
        fields.slider(one.name, one.name, round({**start, **moved}[one.name], 2), 0, 1, 0.01, one.meaning)
        for one in BEHAVIOUR_TABLE
    ]


def _weights(weights: dict[str, float]) -> list[fields.Field]:
    return [fields.slider(name, name, weights.get(name, 0.0), 0, 100, 5) for name in builtin_styles()]


def _against(choices: dict[str, str], off: bool, moved: bool) -> list[fields.Field]:
    scenarios = [(name, load_scenario(name).title) for name in scenario_names()]
    others = [*COMPARED, *(name for name in builtin_styles() if name not in COMPARED)]
    undo = [fields.button("undo", "Put the sliders back", off=not moved)] if choices["way"] == "sliders" else []
    return [
        fields.choice("other", "Compare with", choices["other"], [(name, name) for name in others]),
        fields.choice("scenario", "In the situation", choices["scenario"], scenarios, wide=True),
        fields.button("compare", "Compare", off=off),
        *undo,
    ]
