"""Writes a fitted firm as a scenario file that extends the original one and holds no people."""

from pathlib import Path

from sim.analysis.fit.fitting import Fit
from sim.scenario.extending import beside
from sim.scenario.load import to_toml
from sim.scenario.pseudonyms import pseudonymised

CHANGED = ("company", "market", "parameters", "fitted")
"""Sections that a fit changes."""


def fitted_toml(
    fit: Fit, target: Path, source: str, roster: Path | None = None, changed: bool = False, whole: bool = False
) -> str:
    """The text of the file; arguments as of `sim.scenario.extending`.

    A whole file leads to no other, so that it can be opened in the browser; its people have pseudonyms, and their
    ratings are in it.
    """
    head = (
        f"# {fit.scenario.title}, fitted to {fit.history.path.name} ({fit.fitted.periods}).\n"
        f"# Use it as any scenario: teamsim compare {target.name} --uncertainty, teamsim report {target.name} ...\n\n"
    )
    if whole:
        return head + to_toml(pseudonymised(fit.scenario))
    return head + beside(fit.scenario, target, source, CHANGED, roster, changed)
