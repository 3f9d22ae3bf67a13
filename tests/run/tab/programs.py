"""Runs the model's program for pages: in Node, which has the same engine for WebAssembly as Chromium has."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.model.build import Blueprint
from sim.model.metrics import METRIC_NAMES
from sim.run.tab.company import company_of
from sim.run.tab.program import program
from sim.scenario.schema import Scenario

ROOM = 3_000_000

REVIVE = """
const revived = (text) => {
  const numbers = (value) => Array.isArray(value) ? value.map((one) => (one === null ? NaN : numbers(one))) : value;
  const company = JSON.parse(text);
  for (const name of Object.keys(company)) if (name !== 'levels') company[name] = numbers(company[name]);
  return company;
};
"""

RUN = (
    REVIVE
    + """
const fs = require('fs');
const { cases, out } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
start(ROOM);
const found = [];
for (const one of cases) {
  const ready = Ready(revived(JSON.stringify(one.company)), one.arms);
  const prepared = prepare(ready, one.weeks);
  for (const number of one.replications) {
    replication(prepared, one.seed, number);
    const at = prepared.measures.company;
    found.push(M.slice(at, at + one.arms.length * one.weeks * WIDTH.MEASURES));
  }
}
fs.writeFileSync(out, Buffer.concat(found.map((one) => Buffer.from(one.buffer))));
"""
)


class Runs(NamedTuple):
    """What is run: a scenario under some styles."""

    scenario: Scenario
    styles: Sequence[str]
    replications: Sequence[int] = (0, 1)
    seed: int = 7


def node() -> str:
    """Path of Node; a test is skipped where there is none."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("needs node")
    return found


def in_node(text: str, given: Any, folder: Path) -> None:
    """Run a program in Node, with a file of what it is given as its argument."""
    (folder / "program.js").write_text(text, encoding="utf-8")
    (folder / "given.json").write_text(json.dumps(given, allow_nan=False), encoding="utf-8")
    done = subprocess.run(
        [node(), str(folder / "program.js"), str(folder / "given.json")], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]


def run_in_node(runs: Sequence[Runs], folder: Path) -> list[np.ndarray]:
    """What the program gives for each: (replications, styles, weeks, metrics)."""
    cases = []
    for one in runs:
        blueprint = Blueprint(one.scenario)
        company = company_of(blueprint, blueprint.timetable(tuple(one.styles)))
        cases.append({
            "company": company, "arms": list(range(len(one.styles))), "weeks": one.scenario.run.weeks,
            "replications": list(one.replications), "seed": one.seed,
        })  # fmt: skip
    out = folder / "out.bin"
    in_node(program() + RUN.replace("ROOM", str(ROOM)), {"cases": cases, "out": str(out)}, folder)
    numbers, found = np.fromfile(out), []
    for one in runs:
        shape = len(one.replications), len(one.styles), one.scenario.run.weeks, len(METRIC_NAMES)
        size = int(np.prod(shape))
        found.append(numbers[:size].reshape(shape))
        numbers = numbers[size:]
    assert len(numbers) == 0
    return found
