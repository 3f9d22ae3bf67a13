"""Runs each of S1 to S4 with people at each of D1 to D4: which style fits whom?"""

from typing import NamedTuple

import numpy as np
import xarray as xr

from sim.analysis.paired import paired_differences
from sim.analysis.summary import summarise
from sim.run.compare import compare
from sim.scenario.load import scenario_from, shipped_scenario
from sim.view.language import english, said
from sim.view.sentences import joined

STYLES = ("S1", "S2", "S3", "S4")
LEVELS = ("D1", "D2", "D3", "D4")
PEOPLE = {
    "D1": english("beginners"),
    "D2": english("disillusioned"),
    "D3": english("cautious"),
    "D4": english("self-reliant"),
}
WAYS = {"S1": english("directing"), "S2": english("coaching"), "S3": english("supporting"), "S4": english("delegating")}
WEEKS = 13

MEASURES = {
    "growth": english("Competence and commitment at the end (mean of the two, 0-1)"),
    "output": english("Output over the weeks (% of full capacity)"),
    "morale": english("Morale at the end (0-1)"),
}
"""The measures that a visitor can choose, by name."""

SMALLEST = {"growth": 0.005, "output": 1.0, "morale": 0.005}
"""The smallest difference that counts, in the unit of the measure."""


class Cell(NamedTuple):
    """One combination: its mean, the 95% interval, and whether no other in its row is clearly better."""

    level: str
    style: str
    mean: float
    low: float
    high: float
    best: bool

    @property
    def matched(self) -> bool:
        """Whether the theory recommends this style for this level."""
        return self.level[1] == self.style[1]


def match(measure: str = "growth", seed: int = 1, replications: int = 60, scenario: str = "everyday") -> list[Cell]:
    """Run all sixteen cells, level by level. Nobody quits in these runs, so the people stay the same.

    Args:
        measure: one of MEASURES.
        seed: of all chance.
        replications: runs of each cell.
        scenario: a shipped scenario; its people are replaced by people at one level.
    """
    cells = []
    for place, level in enumerate(LEVELS, 1):
        ds = _measured(scenario, place, measure, seed, replications)
        table = summarise(ds, ["value"])
        top = str(table.set_index("style")["mean"].idxmax())
        behind = {
            row["style"]
            for row in paired_differences(ds, top, ["value"]).to_dict("records")
            if row["high"] < 0 and abs(row["mean"]) >= SMALLEST[measure]
        }
        cells += [
            Cell(level, row["style"], row["mean"], row["low"], row["high"], row["style"] not in behind)
            for row in table.to_dict("records")
        ]
    return cells


EQUAL = english("{people}: {theory}, as the theory says, and {ahead} are about equally good.")
BETTER = (
    english("{people}: {ahead} is better than {theory}, the choice of the theory."),
    english("{people}: {ahead} are better than {theory}, the choice of the theory."),
)


def in_words(cells: list[Cell]) -> list[str]:
    """A sentence for each level: the best styles, and whether the recommended one is among them."""
    sentences = []
    for level in LEVELS:
        best = [cell.style for cell in cells if cell.level == level and cell.best]
        matched = f"S{level[1]}"
        ahead = joined([_named(style) for style in best if style != matched])
        facts = {"people": f"{level} ({said(PEOPLE[level])})", "theory": _named(matched), "ahead": ahead}
        if best == [matched]:
            sentences.append(said("{people}: {theory}, as the theory says, is best.", **facts))
        elif matched in best:
            sentences.append(said(EQUAL, **facts))
        else:
            sentences.append(said(BETTER[len(best) > 1], **facts))
    return sentences


def _named(style: str) -> str:
    return f"{style} ({said(WAYS[style])})"


def _measured(scenario: str, level: int, measure: str, seed: int, replications: int) -> xr.Dataset:
    """The measure as a variable `value` of one week, for people who all start at one level."""
    table = shipped_scenario(scenario).model_dump()
    table["employees"] = {"mix": {f"d{level}": 1.0}}
    table["events"] = []
    table["parameters"] = {**table["parameters"], "quit_base": 0.0}
    table["teams"] = [{**team, "mix": None} for team in table["teams"]]
    ds = compare(scenario_from(table, source=scenario), STYLES, replications, WEEKS, seed)
    if measure == "output":
        # Not by `sim.model.reduce`, which adds in another order: the table would change in its last digits.
        values = ds["output"].mean("week")
    elif measure == "morale":
        values = ds["morale"].sel(week=WEEKS)
    else:
        values = (ds["competence"] + ds["commitment"]).sel(week=WEEKS) / 2
    value = np.asarray(values.transpose("style", "replication"))[..., np.newaxis]
    dims = ("style", "replication", "week")
    coords = {"style": list(STYLES), "replication": np.arange(replications), "week": [WEEKS]}
    return xr.Dataset({"value": (dims, value)}, coords)
