"""What a page says besides its runs: how far to trust it, where it is from, what to try, its scenario as a file."""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from sim.analysis.cross_validation import predicted
from sim.analysis.model_version import model_version
from sim.app.compare.controls import Group, by_name
from sim.app.compare.trying import trial_for
from sim.scenario.load import to_toml
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


def scenario_file(scenario: Scenario) -> dict[str, str]:
    """The situation as a file to keep: its name, text and label."""
    return {
        "name": f"{re.sub('[^A-Za-z0-9]+', '-', scenario.name).strip('-') or 'mine'}.toml",
        "text": to_toml(scenario),
        "label": said("Save the scenario"),
        "what": said("The situation that this page began with, as a file for the command teamsim"),
    }
