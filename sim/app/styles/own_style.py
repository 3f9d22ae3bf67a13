"""Builds a style that a student makes, checks it like a scenario file, and writes it as TOML."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import scenario_from
from sim.scenario.problems import InputError, listed
from sim.scenario.schema import Scenario
from sim.scenario.styles import StyleDefinition, builtin_styles, style_faults
from sim.view.language import english, said
from sim.view.sentences import called

LONGEST_NAME = 30

type Table = dict[str, Any]


class UnchangedError(InputError):
    """No slider was moved yet. Everybody starts like this, so it is not a mistake."""


def departing(base: str, start: Mapping[str, float], now: Mapping[str, float], description: str = "") -> Table:
    """The table of a style that changes the behaviours of `base` whose sliders were moved.

    Args:
        base: the style of the first slider values.
        start: the first values of the sliders.
        now: the present values.
        description: the style in a sentence.

    Raises:
        UnchangedError: no slider was moved.
    """
    changed = {name: round(now[name], 2) for name in BEHAVIOURS if abs(now[name] - start[name]) >= 0.005}
    if not changed:
        text = english("Your style is still {base}, because no slider was moved. Move at least one.")
        raise UnchangedError(said(text, base=called(base)))
    return _described({"based_on": base, "behaviour": changed}, description)


def blended(weights: Mapping[str, float], description: str = "") -> Table:
    """The table of a style that mixes others.

    Raises:
        InputError: no weight is above 0.
    """
    parts = {name: round(weight, 2) for name, weight in weights.items() if weight > 0}
    if not parts:
        raise InputError(said("your style is empty: no weight is above 0. Give at least one style a weight."))
    return _described({"blend": parts}, description)


def name_fault(scenario: Scenario, name: str, again: bool = False) -> str:
    """What is wrong with the name of a style; empty if nothing is. `again`: it may replace a style of this name."""
    if not name:
        return said("Your style has no name yet. Give it a name, such as my-style.")
    if len(name) > LONGEST_NAME:
        text = english("The name of your style has {many} characters; allowed are {most}. Shorten it.")
        return said(text, many=len(name), most=LONGEST_NAME)
    if name in scenario.styles and not again:
        taken = listed([*builtin_styles(), *scenario.styles])
        text = english('"{name}" is already the name of a style of this scenario. Used names are: {taken}.')
        return said(text, name=name, taken=taken)
    probe = StyleDefinition(blend={next(iter(builtin_styles())): 1.0})
    return next((text for _, text in style_faults({name: probe})), "")


def with_style(scenario: Scenario, name: str, table: Table, again: bool = False) -> Scenario:
    """The scenario with one more style, checked as a scenario file is.

    Args:
        scenario: the scenario; it is not changed.
        name: the name of the style.
        table: the text below [styles.NAME].
        again: replace a style of this name in the scenario.

    Raises:
        InputError: the name is not valid, is in use or is too long; or the table has an error.
    """
    fault = name_fault(scenario, name, again)
    if fault:
        raise InputError(fault)
    plain = scenario.model_dump()
    return scenario_from({**plain, "styles": {**plain["styles"], name: table}}, source="your style")


def snippet(name: str, table: Table) -> str:
    """The table [styles.NAME] as text for any scenario file."""
    import tomli_w

    return tomli_w.dumps({"styles": {name: table}})


def _described(table: Table, description: str) -> Table:
    return {"description": description, **table} if description else table
