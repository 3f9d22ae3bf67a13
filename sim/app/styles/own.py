"""A style that a student makes: checked by the scenario's own rules, and written as the TOML that a scenario takes."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import scenario_from
from sim.scenario.problems import InputError, listed
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles

LONGEST_NAME = 30

type Table = dict[str, Any]


def departing(base: str, start: Mapping[str, float], now: Mapping[str, float], description: str = "") -> Table:
    """The table of a style that departs from `base` in the behaviours whose sliders were moved.

    Args:
        base: the style that the sliders started from.
        start: where the sliders stood.
        now: where they stand.
        description: the style in a sentence.

    Raises:
        InputError: no slider was moved.
    """
    moved = {name: round(now[name], 2) for name in BEHAVIOURS if abs(now[name] - start[name]) >= 0.005}
    if not moved:
        raise InputError(f"your style is still {base}: no slider was moved. Move at least one.")
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


def with_style(scenario: Scenario, name: str, table: Table) -> Scenario:
    """The scenario with one more style, checked as a scenario file is.

    Raises:
        InputError: the name cannot be one, is taken, or is too long; something in the table is wrong.
    """
    if not name:
        raise InputError("your style has no name yet. Give it one, such as my-style.")
    if len(name) > LONGEST_NAME:
        raise InputError(f"the name of your style has {len(name)} characters; allowed are {LONGEST_NAME}. Shorten it.")
    if name in scenario.styles:
        taken = listed([*builtin_styles(), *scenario.styles])
        raise InputError(f'"{name}" is the name of a style of this scenario already. Taken are: {taken}.')
    plain = scenario.model_dump()
    return scenario_from({**plain, "styles": {**plain["styles"], name: table}}, source="your style")


def snippet(name: str, table: Table) -> str:
    """The table [styles.NAME] as text, to be put into any scenario file."""
    import tomli_w

    return tomli_w.dumps({"styles": {name: table}})


def _described(table: Table, description: str) -> Table:
    return {"description": description, **table} if description else table
