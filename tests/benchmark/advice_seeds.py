"""Whether advice is the same with other seeds: `python -m tests.benchmark.advice_seeds RESULTS.jsonl [SCENARIO...]`.

Some minutes a seed. What is in the file of results already is not done again, so that it can be stopped at any time.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.analysis.advice import advise
from sim.view.advice import advice_sentences, plan_in_words
from sim.view.markdown import table

SCENARIOS = ("everyday", "client-roster", "growth")
SEEDS = 5
ENOUGH = 4
"""Seeds of five that have to give the same, unless it is said that several do equally well."""


def measured(results: Path, scenarios: Sequence[str], seeds: int = SEEDS) -> list[dict[str, Any]]:
    """What each seed advises for each scenario, with the usual search."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    found = [json.loads(line) for line in lines]
    done = {(one["scenario"], one["seed"]) for one in found}
    for seed in range(1, seeds + 1):
        for scenario in scenarios:
            if (scenario, seed) not in done:
                found.append(_one(scenario, seed))
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(found[-1]) + "\n")
    return [one for one in found if one["scenario"] in scenarios and one["seed"] <= seeds]


def _one(scenario: str, seed: int) -> dict[str, Any]:
    start = time.perf_counter()
    advice = advise(scenario, seed=seed)
    return {
        "scenario": scenario,
        "seed": seed,
        "plan": plan_in_words(advice.plan) if advice.beats_now else "stay as now",
        "as_good": list(advice.as_good),
        "first": advice_sentences(advice)[0],
        "gain": list(advice.confirmation.worlds),
        "beside": {name: list(one.worlds) for name, one in advice.confirmation.styles.items()},
        "took": time.perf_counter() - start,
    }


def holds(of_scenario: Sequence[dict[str, Any]]) -> bool:
    """Whether four of five seeds give the same, or those that do not say first that another does as well."""
    plan, times = Counter(one["plan"] for one in of_scenario).most_common(1)[0]
    others = [one for one in of_scenario if one["plan"] != plan]
    return times >= ENOUGH / SEEDS * len(of_scenario) or all(one["as_good"] for one in others)


def page(found: Sequence[dict[str, Any]]) -> str:
    """The results as a table."""
    rows = []
    for scenario in dict.fromkeys(one["scenario"] for one in found):
        mine = [one for one in found if one["scenario"] == scenario]
        advised = Counter(one["plan"] for one in mine).most_common()
        said = sum(bool(one["as_good"]) for one in mine)
        words = "; ".join(f"{plan} ({times})" for plan, times in advised)
        rows.append([scenario, words, f"{said} of {len(mine)}", "yes" if holds(mine) else "no"])
    return table(["scenario", "advised (seeds)", "several said first", "holds"], rows)


if __name__ == "__main__":
    sys.stdout.write(page(measured(Path(sys.argv[1]), sys.argv[2:] or SCENARIOS)) + "\n")
