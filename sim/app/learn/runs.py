"""Runs the arms of a round of a lesson, all with the same luck."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.app.learn.lessons import Arm, Contest, Course, Everywhere, Luck
from sim.run.compare import compare
from sim.scenario.load import scenario_from, shipped_scenario
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED
from sim.view.language import said

if TYPE_CHECKING:
    import xarray as xr

SEED = 1
"""The first seed; the student can ask for other luck."""


def arms_of(asked: Contest | Course | Luck) -> tuple[Arm, ...]:
    """The arms of a round that has arms."""
    return (asked.arm,) if isinstance(asked, Course) else tuple(asked.arms)


def run_arms(asked: Contest | Course | Luck, seed: int = SEED) -> "xr.Dataset":
    """All arms of a round in one dataset, with the arms' labels in place of styles.

    Arms in different scenarios have the same random draws, so they are paired as far as their people are the same.
    """
    import xarray as xr

    parts = []
    for arm in arms_of(asked):
        ds = compare(arranged(arm), [arm.style], asked.replications, asked.weeks, seed)
        parts.append(ds.assign_coords(style=[arm.label]))
    return xr.concat(parts, "style", combine_attrs="override")


def run_everywhere(asked: Everywhere, seed: int = SEED) -> "dict[str, xr.Dataset]":
    """Each of the round's scenarios, by name, under each of its styles."""
    return {
        name: compare(
            shortened(shipped_scenario(name), asked.weeks), styles_of(asked), asked.replications, asked.weeks, seed
        )
        for name in asked.scenarios
    }


def styles_of(asked: Everywhere) -> Sequence[str]:
    """The styles that a round compares."""
    return asked.styles or COMPARED


def scenario_called(scenario: str) -> str:
    """The title of a shipped scenario."""
    return said(shipped_scenario(scenario).title)


def arranged(arm: Arm) -> Scenario:
    """The scenario of an arm with its changes: tables are merged key by key, lists and [employees] are replaced.

    Raises:
        InputError: the changes are not valid.
    """
    scenario = shipped_scenario(arm.scenario)
    return scenario_from(_merged(scenario.model_dump(), arm.changes), source=arm.label) if arm.changes else scenario


def _merged(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(table)
    for key, value in changes.items():
        deeper = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping) and key != "employees"
        merged[key] = _merged(merged[key], value) if deeper else value
    return merged


def shortened(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario without events after the end of the run."""
    table = scenario.model_dump()
    table["events"] = [event for event in table["events"] if event["week"] <= weeks]
    return scenario_from(table, source=scenario.name)
