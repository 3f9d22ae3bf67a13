"""Make your own style: from sliders or as a mixture, compared at once with others, and taken elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import solara

from sim.app import fields
from sim.app.compare.desk import Desk
from sim.app.compare.link import to_query
from sim.app.compare.own import with_styles
from sim.app.compare.setting import Setting, fitted, prepared, prepared_both
from sim.app.downloads import Downloads, file
from sim.app.links import Links, link
from sim.app.session import use_session
from sim.app.styles.comparison import Comparison, Made
from sim.app.styles.own import LONGEST_NAME, Table, UnchangedError, blended, departing, name_fault, snippet, with_style
from sim.app.styles.profiles import first_row
from sim.app.words import complain, say, say_paragraphs
from sim.app.workshop import HERE, Workshop
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
    """The workshop: everything of it belongs to this visit alone."""
    session = use_session()
    shop, desk = session.workshop, session.desk
    choices, moved, weights = shop.choices.value, shop.moved.value, shop.weights.value
    start = solara.use_memo(lambda: first_row(choices["base"], {}), [choices["base"]])
    made = _made(shop, desk, start)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", "Make your own")
        say_paragraphs(INTRODUCTION)
        _Changing(shop, _who(choices, _fault(choices, desk)), "Your style", made)
        if choices["way"] == "sliders":
            fields.Fields(
                fields=_sliders(start, moved), label="Behaviour", event_change=lambda change: _move(shop, start, change)
            )
        else:
            fields.Fields(fields=_weights(weights), label="Mixture", event_change=lambda change: _weigh(shop, change))
        if isinstance(made, UnchangedError):
            say("p", str(made), "ts-faint")
        elif isinstance(made, InputError) and str(made) != _fault(choices, desk):
            complain(str(made))
        _Changing(shop, _against(shop, desk, isinstance(made, InputError)), "Compare", made)
        if isinstance(made, Made):
            _Onward(made, shop, desk)
        if isinstance(shop.asked.value, Made):
            Comparison(shop.asked.value)
        if isinstance(made, Made):
            _TakeAlong(made)


@solara.component
def _Changing(shop: Workshop, controls: list[fields.Field], label: str, made: Made | InputError) -> None:
    """Controls that choose; the buttons among them act at once."""

    def change(told: dict[str, Any]) -> None:
        name, value, choices = told["name"], told["value"], shop.choices.value
        if name == "compare" and isinstance(made, Made):
            shop.asked.value = made
        elif name == "undo":
            shop.moved.value = {}
        elif name in choices and _can_be(name, value):
            shop.choices.value = {**choices, name: value}
            if name == "base":
                shop.moved.value = {}

    fields.Fields(fields=controls, label=label, event_change=change)


def _move(shop: Workshop, start: Mapping[str, float], change: dict[str, Any]) -> None:
    if change["name"] in start:
        shop.moved.value = {**shop.moved.value, change["name"]: min(1.0, max(0.0, float(change["value"])))}


def _weigh(shop: Workshop, change: dict[str, Any]) -> None:
    if change["name"] in builtin_styles():
        shop.weights.value = {**shop.weights.value, change["name"]: min(100.0, max(0.0, float(change["value"])))}


def _can_be(name: str, value: Any) -> bool:
    """Whether a value is one of those offered; texts are checked when the style is made."""
    offered = {"way": WAYS, "base": builtin_styles(), "other": builtin_styles(), "scenario": (HERE, *scenario_names())}
    return isinstance(value, str) and (name not in offered or value in offered[name])


def _situation(name: str, desk: Desk) -> Scenario:
    return prepared(desk.now).whole if name == HERE else load_scenario(name)


def _fault(choices: dict[str, str], desk: Desk) -> str:
    """What is wrong with the name, in words; one that is in the situation of the page Compare is made anew."""
    try:
        scenario = _situation(choices["scenario"], desk)
    except InputError:
        return ""
    return name_fault(scenario, choices["name"].strip(), again=choices["scenario"] == HERE)


def _made(shop: Workshop, desk: Desk, start: dict[str, float]) -> Made | InputError:
    """The style as it stands, or what is wrong with it, in words."""
    choices, weights = shop.choices.value, shop.weights.value
    try:
        name, told = choices["name"].strip(), choices["description"]
        table = (
            departing(choices["base"], start, {**start, **shop.moved.value}, told)
            if choices["way"] == "sliders"
            else blended(weights, told)
        )
        situation = _situation(choices["scenario"], desk)
        scenario = with_style(situation, name, table, again=choices["scenario"] == HERE)
        return Made(scenario, name, choices["other"], table)
    except InputError as error:
        return error


@solara.component
def _Onward(made: Made, shop: Workshop, desk: Desk) -> None:
    """The way to the page Compare; in a notebook pages have no addresses, and so it is not there."""
    router = solara.use_router()
    query = _query(made, shop, desk)
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


def _query(made: Made, shop: Workshop, desk: Desk) -> str:
    """The page Compare with the style ticked beside what it was made from, as an address; empty if that cannot be."""
    choices, now = shop.choices.value, desk.now
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
        fields.slider(one.name, one.name, round({**start, **moved}[one.name], 2), 0, 1, 0.01, one.meaning)
        for one in BEHAVIOUR_TABLE
    ]


def _weights(weights: dict[str, float]) -> list[fields.Field]:
    return [fields.slider(name, name, weights.get(name, 0.0), 0, 100, 5) for name in builtin_styles()]


def _against(shop: Workshop, desk: Desk, off: bool) -> list[fields.Field]:
    choices = shop.choices.value
    here = (HERE, f"as on the page Compare: {desk.now.starting.title}")
    scenarios = [here, *((name, load_scenario(name).title) for name in scenario_names())]
    others = [*COMPARED, *(name for name in builtin_styles() if name not in COMPARED)]
    undo = [fields.button("undo", "Put the sliders back", off=not shop.moved.value)]
    return [
        fields.choice("other", "Compare with", choices["other"], [(name, name) for name in others]),
        fields.choice("scenario", "In the situation", choices["scenario"], scenarios, wide=True),
        fields.button("compare", "Compare", off=off),
        *(undo if choices["way"] == "sliders" else []),
    ]
