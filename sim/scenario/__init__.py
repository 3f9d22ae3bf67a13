"""What a user says: scenarios, rosters, styles and parameters, read from files and checked.

Nothing is imported before it is used, so that `teamsim --help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.scenario.plugins import add_parameters

if TYPE_CHECKING:
    from sim.scenario.editors import json_schema
    from sim.scenario.load import load_scenario, scenario_from, scenario_names, scenario_path, to_toml
    from sim.scenario.problems import InputError
    from sim.scenario.schema import Scenario
    from sim.scenario.starter import check, new_scenario
    from sim.scenario.styles import COMPARED, Policy, Stage, StyleDefinition, resolve, style_names
    from sim.scenario.variants import with_parameters, with_roster

__all__ = [
    "COMPARED", "InputError", "Policy", "Scenario", "Stage", "StyleDefinition", "check", "json_schema", "load_scenario",
    "new_scenario", "resolve", "scenario_from", "scenario_names", "scenario_path", "style_names", "to_toml",
    "with_parameters", "with_roster",
]  # fmt: skip

_HOME = {
    "InputError": "problems",
    "Scenario": "schema",
    "check": "starter",
    "json_schema": "editors",
    "new_scenario": "starter",
    "with_parameters": "variants",
    "with_roster": "variants",
    **dict.fromkeys(("COMPARED", "Policy", "Stage", "StyleDefinition", "resolve", "style_names"), "styles"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'load')}"), name)


add_parameters()
