"""Makes the page of benchmarks: `python -m tests.benchmark.page docs/benchmarks.md`, some minutes on a quiet machine.

What cannot run the model itself (plain NumPy, plain Mesa) runs a far smaller one, which costs less.
"""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path

import mesa

import sim
from sim.scenario.styles import COMPARED
from sim.view.markdown import table
from tests.benchmark.measure import quickest
from tests.benchmark.plain_mesa import PlainTeam
from tests.benchmark.plain_numpy import plain_numpy
from tests.model.worlds import varied

WEEKS = 104
PEOPLE = 12

HOW = """# Benchmarks

Made by `make benchmarks`, and no part of the tests: a busy machine is no measure. Each figure is the quickest of
{times}, in processor time where nothing waits.

## Side by side

One firm of twelve over 104 weeks. *The model* is teamsim's own; *a small one* has a dozen lines in place of its rules,
and shows what the way of writing costs.

{side}

## How cost grows

The engine, with the usual {styles} leadership styles; seconds, and nanoseconds for each employee-week.

{grows}

Threads share memory and are held up by little but chance and records:

{workers}

{machine}
"""


def page(quick: bool = False) -> str:
    """The whole page; `quick`: of hardly anything, to see that it can be made."""
    times = 1 if quick else 3
    sim.compare("everyday", ["democratic"], 1, 1)  # compile
    return HOW.format(
        times=times, styles=len(COMPARED), side=_side(quick, times), grows=_grows(quick, times),
        workers=_workers(quick, times), machine=_machine(),
    )  # fmt: skip


def _side(quick: bool, times: int) -> str:
    weeks, many = (4, 2) if quick else (WEEKS, 200)
    scenario = sim.load_scenario("everyday")
    few = 1 if quick else 5
    works: dict[tuple[str, str, int], Callable[[], object]] = {
        ("teamsim, engine", "the model", many): partial(sim.compare, scenario, ["democratic"], many, weeks, workers=1),
        ("teamsim, Mesa driver", "the model", few): partial(_in_mesa, scenario, few, weeks),
        ("mesa.batch_run of the Mesa driver", "the model", few): partial(_batch, scenario, few, weeks),
        ("Mesa alone", "a small one", few): partial(_plain_mesa, few, weeks),
        ("NumPy alone", "a small one", many): partial(plain_numpy, many, PEOPLE, weeks),
    }
    took = quickest(works, times)
    rows = [
        (name, what, str(number), f"{took[name, what, number]:.3f}",
         f"{number * PEOPLE * weeks / took[name, what, number]:,.0f}")
        for name, what, number in works
    ]  # fmt: skip
    return table(("Written in", "What", "Replications", "Seconds", "Employee-weeks a second"), rows)


def _in_mesa(scenario: sim.Scenario, number: int, weeks: int) -> None:
    for replication in range(number):
        sim.TeamModel(scenario, "democratic", 1, replication, collect_people=False).run_for(weeks)


def _batch(scenario: sim.Scenario, number: int, weeks: int) -> None:
    mesa.batch_run(
        sim.TeamModel, {"scenario": [scenario], "style": "democratic", "replication": list(range(number)),
                        "weeks": weeks, "collect_people": False},
        max_steps=weeks, display_progress=False,
    )  # fmt: skip


def _plain_mesa(number: int, weeks: int) -> None:
    for seed in range(number):
        PlainTeam(people=PEOPLE, rng=seed).run_for(weeks)


def _grows(quick: bool, times: int) -> str:
    rows = []
    usual = (10, 4, 2) if quick else (10, WEEKS, 100)
    more: dict[str, Sequence[int]] = {
        "people": (10, 20) if quick else (10, 30, 100, 300, 1_000),
        "weeks": (4, 8) if quick else (52, 104, 260, 520, 1_040),
        "replications": (2, 4) if quick else (10, 30, 100, 300, 1_000),
    }
    for place, (what, values) in enumerate(more.items()):
        for value in values:
            people, weeks, number = (value if k == place else usual[k] for k in range(3))
            teams = [{"name": f"Team {t}", "size": 10} for t in range(people // 10)]
            scenario = varied("everyday", {"teams": teams, "run": {"weeks": weeks}}, max_people=1_000)
            took = quickest({0: partial(sim.compare, scenario, None, number, weeks, workers=1)}, times)[0]
            each = 1e9 * took / (people * weeks * number * len(COMPARED))
            rows.append((what, f"{value:,}", f"{took:.2f}", f"{each:.0f}"))
    return table(("More", "How many", "Seconds", "ns an employee-week"), rows)


def _workers(quick: bool, times: int) -> str:
    number = 4 if quick else 600
    counts = sorted({1, 2, os.cpu_count() or 1})
    works = {count: partial(sim.compare, "everyday", None, number, workers=count) for count in counts}
    took = quickest(works, times, clock=time.perf_counter)
    rows = [(str(count), f"{took[count]:.2f}", f"{took[1] / took[count]:.2f}") for count in counts]
    return table(("Threads", "Seconds to wait", "Times as fast as one"), rows)


def _machine() -> str:
    names = ("teamsim", "numpy", "numba", "mesa")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return f"Python {platform.python_version()}, {versions}; {platform.machine()}, {os.cpu_count()} cores."


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(quick="--quick" in sys.argv), encoding="utf-8", newline="\n")
