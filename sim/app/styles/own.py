"""A style that a student makes: checked by the scenario's own rules, and written as the TOML that a scenario takes."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import scenario_from
from sim.scenario.problems import InputError, listed
from sim.scenario.schema import Scenario
from sim.scenario.styles import StyleDefinition, builtin_styles, style_faults

LONGEST_NAME = 30

type Table = dict[str, Any]


class UnchangedError(InputError):
    """Nothing was moved yet: where everybody starts, and nothing that anybody did wrong."""


def departing(base: str, start: Mapping[str, float], now: Mapping[str, float], description: str = "") -> Table:
    """The table of a style that departs from `base` in the behaviours whose sliders were moved.

    Args:
        base: the style that the sliders started from.
        start: where the sliders stood.
        now: where they stand.
        description: the style in a sentence.

    Raises:
        UnchangedError: no slider was moved.
    """
    moved = {name: round(now[name], 2) for name in BEHAVIOURS if abs(now[name] - start[name]) >= 0.005}
    if not moved:
        raise UnchangedError(f"So far your style is {base}: no slider was moved. Move at least one.")
    return _described({"based_on": base, "behaviour": moved}, description)


def blended(weights: Mapping[str, float], description: str = "") -> Table:
    """The table of a style that mixes others.

    Raises:
        InputError: no weight is above 0.
    """
    parts = {name: round(weight, 2) for name, weight in weights.items() if weight > 0}
    if not parts:
        raise InputError("your style mixes to nothing: no weight is above 0. Give at least one style some weight.")
    return _described({"blend": parts}, description)


def name_fault(scenario: Scenario, name: str, again: bool = False) -> str:
    """What is wrong with the name of a style, in words; nothing if it can be one. `again`: it may replace its like."""
    if not name:
        return "Your style has no name yet. Give it one, such as my-style."
    if len(name) > LONGEST_NAME:
        return f"The name of your style has {len(name)} characters; allowed are {LONGEST_NAME}. Shorten it."
    if name in scenario.styles and not again:
        taken = listed([*builtin_styles(), *scenario.styles])
        return f'"{name}" is the name of a style of this scenario already. Taken are: {taken}.'
    probe = StyleDefinition(blend={next(iter(builtin_styles())): 1.0})
    return next((text for _, text in style_faults({name: probe})), "")


def with_style(scenario: Scenario, name: str, table: Table, again: bool = False) -> Scenario:
    """The scenario with one more style, checked as a scenario file is.

    Args:
        scenario: the one to add it to, which stays as it is.
        name: what to call the style.
        table: as it stands below [styles.NAME].
        again: replace a style of that name in the scenario.

    Raises:
        InputError: the name cannot be one, is taken, or is too long; something in the table is wrong.
    """
    fault = name_fault(scenario, name, again)
    if fault:
        raise InputError(fault)
    plain = scenario.model_dump()
    return scenario_from({**plain, "styles": {**plain["styles"], name: table}}, source="your style")


def snippet(name: str, table: Table) -> str:
    """The table [styles.NAME] as text, to be put into any scenario file."""
    import tomli_w

    return tomli_w.dumps({"styles": {name: table}})


def _described(table: Table, description: str) -> Table:
    return {"description": description, **table} if description else table
