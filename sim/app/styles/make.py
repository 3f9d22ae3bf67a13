"""The form that makes a style from sliders or as a mixture, compares it with others, and saves it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import solara

from sim.app import form
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
from sim.app.styles.own_style import (
    LONGEST_NAME,
    Table,
    UnchangedError,
    blended,
    departing,
    name_fault,
    snippet,
    with_style,
)
from sim.app.styles.profiles import first_row
from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.load import scenario_names, shipped_scenario, to_toml
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED, builtin_styles
from sim.view.language import english, said
from sim.view.sentences import called

INTRODUCTION = english("""
Start from a style and move some sliders, or mix several styles. Give your style a name, and compare it with another
style with the same people and the same luck. Your style stays while you visit other pages. Download it to keep it for
longer.
""")

WAYS = {"sliders": english("by moving sliders"), "blend": english("by mixing styles")}

HOW_TO_SAVE = english("""
"Download the style" saves only the style. On the page Compare, "Open a scenario file" adds it to the situation there.
"Download a scenario with it" saves the style and the situation. This is your style as text:
""")


TOO_LARGE = english(
    "This situation is too large for a link to the page Compare. Download a scenario with it and open the file there."
)


@solara.component
def MakeYourOwn() -> None:
    """The part of the page where a student makes a style."""
    session = use_session()
    chosen, controller = session.style_choices, session.controller
    choices, changed_sliders, weights = chosen.choices.value, chosen.changed_sliders.value, chosen.weights.value
    start = solara.use_memo(lambda: first_row(choices["base"], {}), [choices["base"]])
    made = _made(chosen, controller, start)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", said("Make your own"))
        say_paragraphs(INTRODUCTION)
        _Changing(chosen, _who(choices, _fault(choices, controller)), said("Your style"), made)
        if choices["way"] == "sliders":
            form.Form(
                fields=_sliders(start, changed_sliders),
                label=said("Behaviour"),
                event_change=lambda change: _move(chosen, start, change),
            )
        else:
            form.Form(
                fields=_weights(weights), label=said("Mixture"), event_change=lambda change: _weigh(chosen, change)
            )
        if isinstance(made, UnchangedError):
            say("p", str(made), "ts-faint")
        elif isinstance(made, InputError) and str(made) != _fault(choices, controller):
            complain(str(made))
        _Changing(chosen, _against(chosen, controller, isinstance(made, InputError)), said("Compare"), made)
        if isinstance(made, Made):
            _Onward(made, chosen, controller)
        if isinstance(chosen.asked.value, Made):
            Comparison(chosen.asked.value)
        if isinstance(made, Made):
            _Save(made)


@solara.component
def _Changing(chosen: StyleChoices, controls: list[form.Field], label: str, made: Made | InputError) -> None:
    """Controls for choices; their buttons act at once."""

    def change(message: dict[str, Any]) -> None:
        name, value, choices = message["name"], message["value"], chosen.choices.value
        if name == "compare" and isinstance(made, Made):
            chosen.asked.value = made
        elif name == "undo":
            chosen.changed_sliders.value = {}
        elif name in choices and can_be(name, value):
            chosen.choices.value = {**choices, name: value}
            if name == "base":
                chosen.changed_sliders.value = {}

    form.Form(fields=controls, label=label, event_change=change)


def _move(chosen: StyleChoices, start: Mapping[str, float], change: dict[str, Any]) -> None:
    if change["name"] in start:
        chosen.changed_sliders.value = {
            **chosen.changed_sliders.value,
            change["name"]: min(1.0, max(0.0, float(change["value"]))),
        }


def _weigh(chosen: StyleChoices, change: dict[str, Any]) -> None:
    if change["name"] in builtin_styles():
        chosen.weights.value = {**chosen.weights.value, change["name"]: min(100.0, max(0.0, float(change["value"])))}


def can_be(name: str, value: Any) -> bool:
    """Whether a value is one of the options. Texts are checked when the style is made."""
    offered = {"way": WAYS, "base": builtin_styles(), "other": builtin_styles(), "scenario": (HERE, *scenario_names())}
    return isinstance(value, str) and (name not in offered or value in offered[name])


def _situation(name: str, controller: Controller) -> Scenario:
    return prepared(controller.now).whole if name == HERE else shipped_scenario(name)


def _fault(choices: dict[str, str], controller: Controller) -> str:
    """What is wrong with the name. A style of this name on the page Compare may be replaced."""
    try:
        scenario = _situation(choices["scenario"], controller)
    except InputError:
        return ""
    return name_fault(scenario, choices["name"].strip(), again=choices["scenario"] == HERE)


def _made(chosen: StyleChoices, controller: Controller, start: dict[str, float]) -> Made | InputError:
    """The present style, or the error in it."""
    choices, weights = chosen.choices.value, chosen.weights.value
    try:
        name, description = choices["name"].strip(), choices["description"]
        table = (
            departing(choices["base"], start, {**start, **chosen.changed_sliders.value}, description)
            if choices["way"] == "sliders"
            else blended(weights, description)
        )
        situation = _situation(choices["scenario"], controller)
        scenario = with_style(situation, name, table, again=choices["scenario"] == HERE)
        return Made(scenario, name, choices["other"], table)
    except InputError as error:
        return error


@solara.component
def _Onward(made: Made, chosen: StyleChoices, controller: Controller) -> None:
    """The link to the page Compare. A notebook has no addresses, and so no link."""
    router = solara.use_router()
    query = query_for_compare(made, chosen, controller)
    if router.set_path is None:
        return
    if not query:
        say("p", said(TOO_LARGE), "ts-faint")
    else:
        compare = said("Compare it on the page Compare")
        onward = [link(f"/?{query}", compare, said("with all charts and sliders"), button=True)]
        Links(links=onward, label=said("Where to go with your style"), event_go=router.push)


@solara.component
def _Save(made: Made) -> None:
    """The style as a file, as text, and for the command line."""
    scenario, name, other, table = made
    text = snippet(name, table)
    say("h3", said("Save your style"))
    say_paragraphs(HOW_TO_SAVE)
    say("pre", text, tabindex="0", aria_label=said("Your style as TOML"))
    files = [
        file(said("Download the style"), f"{name}.style.toml", text),
        file(said("Download a scenario with it"), f"{name}.toml", to_toml(scenario)),
    ]
    Downloads(files=files)
    how = said("With teamsim on your own computer, this command compares both styles in a terminal:")
    say("p", how, "ts-faint ts-small")
    say("pre", f"teamsim compare {name}.toml --style {name} --style {other} --baseline {other}", tabindex="0")


def query_for_compare(made: Made, chosen: StyleChoices, controller: Controller) -> str:
    """The address of the page Compare with this style and the styles it was made from; empty if there is none."""
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


def _who(choices: dict[str, str], fault: str) -> list[form.Field]:
    base = [("base", said("Starting from"), choices["base"], [(name, called(name)) for name in builtin_styles()])]
    return [
        form.text("name", said("Name"), choices["name"], LONGEST_NAME, said("letters, digits, _ and -"), fault),
        form.text("description", said("Description"), choices["description"], 200, said("one sentence")),
        form.choice("way", said("Made"), choices["way"], [(way, said(text)) for way, text in WAYS.items()]),
        *([form.choice(*one) for one in base] if choices["way"] == "sliders" else []),
    ]


def _sliders(start: dict[str, float], changed_sliders: dict[str, float]) -> list[form.Field]:
    return [
        form.slider(
            one.name, said(one.label), round({**start, **changed_sliders}[one.name], 2), 0, 1, 0.01, said(one.meaning)
        )
        for one in BEHAVIOUR_TABLE
    ]


def _weights(weights: dict[str, float]) -> list[form.Field]:
    return [form.slider(name, called(name), weights.get(name, 0.0), 0, 100, 5) for name in builtin_styles()]


def _against(chosen: StyleChoices, controller: Controller, off: bool) -> list[form.Field]:
    choices = chosen.choices.value
    title = said(controller.now.starting.title)
    here = (HERE, said("the situation of the page Compare: {title}", title=title))
    scenarios = [here, *((name, said(shipped_scenario(name).title)) for name in scenario_names())]
    others = [*COMPARED, *(name for name in builtin_styles() if name not in COMPARED)]
    undo = [form.button("undo", said("Reset the sliders"), off=not chosen.changed_sliders.value)]
    return [
        form.choice("other", said("Compare with"), choices["other"], [(name, called(name)) for name in others]),
        form.choice("scenario", said("In the situation"), choices["scenario"], scenarios, wide=True),
        form.button("compare", said("Compare"), off=off),
        *(undo if choices["way"] == "sliders" else []),
    ]
