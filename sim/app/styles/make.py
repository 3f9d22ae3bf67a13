"""Make your own style: from sliders or as a mixture, compared at once with others, and taken elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import solara

from sim.app import fields
from sim.app.compare.controller import Controller
from sim.app.compare.link import to_query
from sim.app.compare.setting import Setting, fitted, prepared, prepared_both
from sim.app.compare.uploads import with_styles
from sim.app.downloads import Downloads, file
from sim.app.links import Links, link
from sim.app.plain_text import complain, say, say_paragraphs
from sim.app.session import use_session
from sim.app.style_choices import HERE, StyleChoices
from sim.app.styles.comparison import Comparison, Made
from sim.app.styles.own import LONGEST_NAME, Table, UnchangedError, blended, departing, name_fault, snippet, with_style
from sim.app.styles.profiles import first_row
from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.load import load_scenario, scenario_names, to_toml
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED, builtin_styles

INTRODUCTION = """
Start from a style and move what should be different, or mix several. Give it a name, and compare it with others on the
same people and the same luck. It stays while you look at other pages; to keep it for longer, download it.
"""

WAYS = {"sliders": "by moving sliders", "blend": "by mixing styles"}

TAKE_ALONG = """
"Download the style" saves it alone: "Open a scenario file" on the page Compare adds it to the situation there.
"Download a scenario with it" saves the situation too. As text, your style is:
"""


TOO_LARGE = (
    "The page Compare cannot be linked to: this situation is too large. Download a scenario with it and open it there."
)


@solara.component
def MakeYourOwn() -> None:
    """The part where a student makes a style: everything of it belongs to this visit alone."""
    session = use_session()
    chosen, controller = session.style_choices, session.controller
    choices, moved, weights = chosen.choices.value, chosen.moved.value, chosen.weights.value
    start = solara.use_memo(lambda: first_row(choices["base"], {}), [choices["base"]])
    made = _made(chosen, controller, start)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", "Make your own")
        say_paragraphs(INTRODUCTION)
        _Changing(chosen, _who(choices, _fault(choices, controller)), "Your style", made)
        if choices["way"] == "sliders":
            fields.Fields(
                fields=_sliders(start, moved),
                label="Behaviour",
                event_change=lambda change: _move(chosen, start, change),
            )
        else:
            fields.Fields(fields=_weights(weights), label="Mixture", event_change=lambda change: _weigh(chosen, change))
        if isinstance(made, UnchangedError):
            say("p", str(made), "ts-faint")
        elif isinstance(made, InputError) and str(made) != _fault(choices, controller):
            complain(str(made))
        _Changing(chosen, _against(chosen, controller, isinstance(made, InputError)), "Compare", made)
        if isinstance(made, Made):
            _Onward(made, chosen, controller)
        if isinstance(chosen.asked.value, Made):
            Comparison(chosen.asked.value)
        if isinstance(made, Made):
            _TakeAlong(made)


@solara.component
def _Changing(chosen: StyleChoices, controls: list[fields.Field], label: str, made: Made | InputError) -> None:
    """Controls that choose; the buttons among them act at once."""

    def change(told: dict[str, Any]) -> None:
        name, value, choices = told["name"], told["value"], chosen.choices.value
        if name == "compare" and isinstance(made, Made):
            chosen.asked.value = made
        elif name == "undo":
            chosen.moved.value = {}
        elif name in choices and _can_be(name, value):
            chosen.choices.value = {**choices, name: value}
            if name == "base":
                chosen.moved.value = {}

    fields.Fields(fields=controls, label=label, event_change=change)


def _move(chosen: StyleChoices, start: Mapping[str, float], change: dict[str, Any]) -> None:
    if change["name"] in start:
        chosen.moved.value = {**chosen.moved.value, change["name"]: min(1.0, max(0.0, float(change["value"])))}


def _weigh(chosen: StyleChoices, change: dict[str, Any]) -> None:
    if change["name"] in builtin_styles():
        chosen.weights.value = {**chosen.weights.value, change["name"]: min(100.0, max(0.0, float(change["value"])))}


def _can_be(name: str, value: Any) -> bool:
    """Whether a value is one of those offered; texts are checked when the style is made."""
    offered = {"way": WAYS, "base": builtin_styles(), "other": builtin_styles(), "scenario": (HERE, *scenario_names())}
    return isinstance(value, str) and (name not in offered or value in offered[name])


def _situation(name: str, controller: Controller) -> Scenario:
    return prepared(controller.now).whole if name == HERE else load_scenario(name)


def _fault(choices: dict[str, str], controller: Controller) -> str:
    """What is wrong with the name, in words; one that is in the situation of the page Compare is made anew."""
    try:
        scenario = _situation(choices["scenario"], controller)
    except InputError:
        return ""
    return name_fault(scenario, choices["name"].strip(), again=choices["scenario"] == HERE)


def _made(chosen: StyleChoices, controller: Controller, start: dict[str, float]) -> Made | InputError:
    """The style as it stands, or what is wrong with it, in words."""
    choices, weights = chosen.choices.value, chosen.weights.value
    try:
        name, told = choices["name"].strip(), choices["description"]
        table = (
            departing(choices["base"], start, {**start, **chosen.moved.value}, told)
            if choices["way"] == "sliders"
            else blended(weights, told)
        )
        situation = _situation(choices["scenario"], controller)
        scenario = with_style(situation, name, table, again=choices["scenario"] == HERE)
        return Made(scenario, name, choices["other"], table)
    except InputError as error:
        return error


@solara.component
def _Onward(made: Made, chosen: StyleChoices, controller: Controller) -> None:
    """The way to the page Compare; in a notebook pages have no addresses, and so it is not there."""
    router = solara.use_router()
    query = query_for_compare(made, chosen, controller)
    if router.set_path is None:
        return
    if not query:
        say("p", TOO_LARGE, "ts-faint")
    else:
        onward = [link(f"/?{query}", "Compare it on the first page", "with all charts and sliders", button=True)]
        Links(links=onward, label="Where to go with your style", event_go=router.push)


@solara.component
def _TakeAlong(made: Made) -> None:
    """The style as a file, as text, and for the command line."""
    scenario, name, other, table = made
    text = snippet(name, table)
    say("h3", "Take it along")
    say_paragraphs(TAKE_ALONG)
    say("pre", text, tabindex="0", aria_label="Your style as TOML")
    files = [
        file("Download the style", f"{name}.style.toml", text),
        file("Download a scenario with it", f"{name}.toml", to_toml(scenario)),
    ]
    Downloads(files=files)
    say("p", "Who has teamsim on a computer of their own compares both in a terminal with:", "ts-faint ts-small")
    say("pre", f"teamsim compare {name}.toml --style {name} --style {other} --baseline {other}", tabindex="0")


def query_for_compare(made: Made, chosen: StyleChoices, controller: Controller) -> str:
    """The page Compare with the style ticked beside what it was made from, as an address; empty if that cannot be."""
    choices, now = chosen.choices.value, controller.now
    try:
        if choices["scenario"] not in (HERE, now.scenario) or (choices["scenario"] != HERE and now.own):
            name = choices["scenario"]
            now = fitted(replace(now, scenario=name, own=""), Setting(scenario=name).starting)
        setting = with_styles(now, {made.name: made.table}, (made.other, *_origins(made.table)))
        setting = replace(setting, baseline=made.other)
        prepared_both(setting)
    except InputError:
        return ""
    return to_query(setting)


def _origins(table: Table) -> Iterable[str]:
    """The styles that a style is made from."""
    return (table["based_on"],) if "based_on" in table else tuple(table["blend"])


def _who(choices: dict[str, str], fault: str) -> list[fields.Field]:
    base = [("base", "Starting from", choices["base"], [(name, name) for name in builtin_styles()])]
    return [
        fields.text("name", "Name", choices["name"], LONGEST_NAME, "letters, digits, _ and -", fault),
        fields.text("description", "In a sentence", choices["description"], 200, "for the reader"),
        fields.choice("way", "Made", choices["way"], WAYS.items()),
        *([fields.choice(*one) for one in base] if choices["way"] == "sliders" else []),
    ]


def _sliders(start: dict[str, float], moved: dict[str, float]) -> list[fields.Field]:
    return [
        fields.slider(one.name, one.label, round({**start, **moved}[one.name], 2), 0, 1, 0.01, one.meaning)
        for one in BEHAVIOUR_TABLE
    ]


def _weights(weights: dict[str, float]) -> list[fields.Field]:
    return [fields.slider(name, name, weights.get(name, 0.0), 0, 100, 5) for name in builtin_styles()]


def _against(chosen: StyleChoices, controller: Controller, off: bool) -> list[fields.Field]:
    choices = chosen.choices.value
    here = (HERE, f"as on the page Compare: {controller.now.starting.title}")
    scenarios = [here, *((name, load_scenario(name).title) for name in scenario_names())]
    others = [*COMPARED, *(name for name in builtin_styles() if name not in COMPARED)]
    undo = [fields.button("undo", "Put the sliders back", off=not chosen.moved.value)]
    return [
        fields.choice("other", "Compare with", choices["other"], [(name, name) for name in others]),
        fields.choice("scenario", "In the situation", choices["scenario"], scenarios, wide=True),
        fields.button("compare", "Compare", off=off),
        *(undo if choices["way"] == "sliders" else []),
    ]
