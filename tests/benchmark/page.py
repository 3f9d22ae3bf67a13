"""Makes the page of benchmarks: `python -m tests.benchmark.page docs/benchmarks.md`, some minutes on a quiet machine.

What cannot run the model itself (NumPy, Mesa, AgentPy or mesa-frames alone) runs a far smaller one, which costs less.
"""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module, metadata
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
MANY = 600
"""Replications that threads share."""

HOW = """# Benchmarks

Made by `make benchmarks`, and no part of the tests. Each figure is the quickest of {times}, in processor time where
nothing waits. Ratios are of what was measured in turn within one run: they bear another machine better than times do.

## Side by side

One firm of {people} over {weeks} weeks. *The model* is teamsim's own, with all its rules; *a small one* has a dozen
lines in their place (`tests/benchmark/plain_*.py`), and shows what the way of writing costs: compare rows of one kind.

{side}

The engine and the Mesa driver give the same numbers to the last bit; what the engine saves is Python between the rules.
NumPy has all replications side by side in its arrays. A table of twelve people (mesa-frames) is too small to pay.

## How cost grows

The engine, with the usual {styles} leadership styles and one thread. Ratios are to the first line of each kind.

{grows}

More threads, {many} replications; by the clock, so other programs count here{told}:

{workers}

{machine}
"""


def page(quick: bool = False) -> str:
    """The whole page; `quick`: of hardly anything, to see that it can be made."""
    busy, times = os.getloadavg()[0], 1 if quick else 3
    sim.compare("everyday", ["democratic"], 1, 1)  # compile
    return HOW.format(
        times=times, people=PEOPLE, weeks=WEEKS, styles=len(COMPARED), many=MANY, side=_side(quick, times),
        grows=_grows(quick, times), workers=_workers(quick, times), machine=_machine(busy),
        told=", and on a machine as busy as this one was the table says nothing" if busy >= 1 else "",
    )  # fmt: skip


def _side(quick: bool, times: int) -> str:
    weeks, many = (4, 2) if quick else (WEEKS, 200)
    scenario = sim.load_scenario("everyday")
    few = 1 if quick else 5
    works: dict[tuple[str, str, int], Callable[[], object]] = {
        ("teamsim, engine", "the model", many): partial(sim.compare, scenario, ["democratic"], many, weeks, workers=1),
        ("teamsim, Mesa driver", "the model", few): partial(_in_mesa, scenario, few, weeks),
        ("mesa.batch_run of the Mesa driver", "the model", few): partial(_batch, scenario, few, weeks),
        ("NumPy alone", "a small one", many): partial(plain_numpy, many, PEOPLE, weeks),
        ("Mesa alone", "a small one", few): partial(_plain_mesa, few, weeks),
    }
    missing = []
    for name, module in (("AgentPy alone", "plain_agentpy"), ("mesa-frames alone", "plain_frames")):
        try:
            run = getattr(import_module(f"tests.benchmark.{module}"), module)
        except ModuleNotFoundError as error:
            missing.append(f"Not measured, as {error.name} is not installed: {name}.")
        else:
            works[name, "a small one", few] = partial(run, few, PEOPLE, weeks)
    took = quickest(works, times)
    each = {work: 1e6 * seconds / (work[2] * PEOPLE * weeks) for work, seconds in took.items()}
    least = {what: min(each[work] for work in works if work[1] == what) for _, what, _ in works}
    rows = [
        (name, what, str(number), f"{each[name, what, number]:.2f}", _times(each[name, what, number] / least[what]))
        for name, what, number in works
    ]
    titles = ("Written in", "What", "Replications", "Microseconds an employee-week", "Times the quickest of its kind")
    return "\n\n".join([table(titles, rows), *missing])


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"


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
    rows: list[tuple[str, ...]] = []
    usual = (10, 4, 2) if quick else (10, WEEKS, 100)
    more: dict[str, Sequence[int]] = {
        "people": (10, 20) if quick else (10, 30, 100, 300, 1_000),
        "weeks": (4, 8) if quick else (52, 104, 260, 520, 1_040),
        "replications": (2, 4) if quick else (10, 30, 100, 300, 1_000),
    }
    for place, (what, values) in enumerate(more.items()):
        first = 0.0
        for value in values:
            people, weeks, number = (value if k == place else usual[k] for k in range(3))
            teams = [{"name": f"Team {t}", "size": 10} for t in range(people // 10)]
            scenario = varied("everyday", {"teams": teams, "run": {"weeks": weeks}}, max_people=1_000)
            took = quickest({0: partial(sim.compare, scenario, None, number, weeks, workers=1)}, times)[0]
            each = 1e9 * took / (people * weeks * number * len(COMPARED))
            first = first or took
            ratios = f"{value / values[0]:.3g}", f"{took / first:.3g}"
            rows.append((what, f"{value:,}", *ratios, f"{took:.2f}", f"{each:.0f}"))
    return table(("More", "How many", "Ratio", "Ratio of cost", "Seconds", "Nanoseconds an employee-week"), rows)


def _workers(quick: bool, times: int) -> str:
    number = 4 if quick else MANY
    counts = sorted({1, 2, os.cpu_count() or 1})
    works = {count: partial(sim.compare, "everyday", None, number, workers=count) for count in counts}
    took = quickest(works, times, clock=time.perf_counter)
    rows = [(str(count), f"{took[count]:.2f}", f"{took[1] / took[count]:.2f}") for count in counts]
    return table(("Threads", "Seconds to wait", "Times as fast as one"), rows)


def _machine(busy: float) -> str:
    names = [name for name in ("teamsim", "numpy", "numba", "mesa", "agentpy", "mesa_frames", "polars") if _has(name)]
    versions = ", ".join(f"{name.replace('_', '-')} {metadata.version(name)}" for name in names)
    cores = os.cpu_count() or 1
    load = "with little else running" if busy < 1 else f"on a busy machine ({busy:.0f} programs wanted its processor)"
    return f"Measured on {cores} cores ({platform.machine()}), {load}; Python {platform.python_version()}, {versions}."


def _has(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(quick="--quick" in sys.argv), encoding="utf-8", newline="\n")
