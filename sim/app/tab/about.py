"""What a page says besides its runs: how far to trust it, its source, what to try, and its scenario as a file."""

import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.analysis.cross_validation import predicted
from sim.analysis.model_version import model_version
from sim.app.compare.controls import Group, by_name
from sim.app.compare.trying import trial_for
from sim.scenario.load import scenario_names, shipped_scenario, to_toml
from sim.scenario.schema import Scenario
from sim.view.language import english, said

MADE_FROM = english("teamsim {version}, model {model}. Made from the scenario {scenario}.")
MADE_BY = english("teamsim {version}, model {model}. Made from the scenario {scenario} by this command: {command}.")


def trial_of(scenario: Scenario, known: Sequence[Group]) -> dict[str, Any] | None:
    """What to try first; None where the page has no control for it, or where it would change nothing."""
    trial, controls = trial_for(scenario), by_name(known)
    if not all(name in controls for name in trial.changes):
        return None
    bases = {
        name: base
        for one in controls.values()
        for name, base in zip(one.names, one.base if one.kind == "mix" else one.base * len(one.names), strict=True)
    }
    if all(bases[name] == value for name, value in trial.changes.items()):
        return None
    return {"question": said(trial.question), "changes": dict(trial.changes)}


def credit(command: str, scenario: Scenario) -> list[str]:
    """How far the model can be trusted, which version it is, and where the page comes from."""
    found = predicted()
    lines = []
    if found is not None:
        lines.append(
            said(
                "How far to trust it: {passed} of {all} published findings come out right when the model is fitted to"
                " the others only ({percent}%). What is seen here follows from the model and its assumptions; it is no"
                " forecast for one business.",
                passed=found.passed, all=found.of, percent=f"{100 * found.rate:.0f}",
            )
        )  # fmt: skip
    facts = {"version": version("teamsim"), "model": str(model_version()), "scenario": scenario.name}
    made = said(MADE_BY, **facts, command=command) if command else said(MADE_FROM, **facts)
    lines.append(f"{made} {said('This page runs the model itself; nothing that you do on it leaves it.')}")
    return lines


def bare(source: str) -> str:
    """A scenario as a command takes it, without the folders of its file, which may name a client."""
    name = Path(source).name
    by_name = name == source or name.endswith(".toml")
    return name if by_name and not name.startswith("-") else f"./{name}"


def scenario_again(scenario: Scenario) -> str:
    """The scenario as a command takes it: the name of a shipped one that is as it was shipped, or the file to save."""
    if scenario.name in scenario_names():
        known = shipped_scenario(scenario.name)
        if known.model_copy(update={"run": scenario.run}) == scenario:
            return scenario.name
    return f"./{_file_name(scenario)}"


def _file_name(scenario: Scenario) -> str:
    return f"{re.sub('[^A-Za-z0-9]+', '-', scenario.name).strip('-') or 'mine'}.toml"


def scenario_file(scenario: Scenario) -> dict[str, str]:
    """The situation as a file to keep: its name, text and label."""
    return {
        "name": _file_name(scenario),
        "text": to_toml(scenario),
        "label": said("Save the scenario as it was"),
        "what": said("The situation that this page began with, as a file for the command teamsim"),
    }
