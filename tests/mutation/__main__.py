"""How many wrong rules the tests notice: `python -m tests.mutation`, or `make mutation`.

Each mutant (`mutants.py`) is put in place of its rule in a process of its own. The tests that follow that rule are run
until one fails; then a few weeks of some companies, against what the right rules make of them, as the golden results
do for all of the shipped scenarios. The rules run as plain Python here (`tests/plain.py`).
"""

import argparse
import os
import random
import signal
import sys
import time
import warnings
from collections import Counter
from typing import Any

os.environ["CI"] = "1"  # the same examples of Hypothesis every time
os.environ["TEAMSIM_PLUGINS"] = "none"

from tests import plain  # isort: skip

import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from tests.model.worlds import varied, week_by_week
from tests.mutation.mutants import Mutant, all_rules, mutants

TESTS = (
    "tests/model/test_rules.py", "tests/model/test_monotone.py", "tests/model/test_known_answers.py",
    "tests/model/test_practices.py", "tests/model/test_conservation.py",
)  # fmt: skip
LONGEST = 2.0
"""Seconds that a test may take to be run for each mutant."""

PATIENCE = 30
"""Seconds after which a mutant counts as noticed: nothing that ends takes as long."""

SURVIVED, BY_TESTS, BY_RESULTS = range(3)

COMPANIES: tuple[tuple[str, list[str], int, dict[str, Any]], ...] = (
    ("growth", ["autocratic", "situational"], 8, {}),
    ("culture-programme", ["agile"], 6, {"events": [
        {"event": "crisis", "week": 2, "weeks": 2}, {"event": "new_technology", "week": 1, "size": 0.5},
        {"event": "layoff", "week": 4, "people": 2}, {"event": "leader_away", "week": 3, "weeks": 2},
        {"event": "key_person_leaves", "week": 5}, {"event": "market_shock", "week": 2, "size": 0.4},
    ]}),
)  # fmt: skip
"""What a mutant's results are compared in."""


def results() -> list[Any]:
    """Every number of the companies' last week, and their metrics in each."""
    found: list[Any] = []
    for name, styles, weeks, changes in COMPANIES:
        for moment in week_by_week(varied(name, changes), styles, weeks):
            found.append(list(moment.metrics.values()))
        found += [getattr(moment.world, part).tolist() for part in ("employees", "teams", "leaders", "company")]
    return found


class Mutating:
    """A plugin of pytest that tries mutants in place of running the tests once."""

    def __init__(self, sample: int | None, seed: int, only: str) -> None:
        self.sample, self.seed, self.only = sample, seed, only
        self.follow: dict[Any, list[Any]] = {}
        self.found: list[tuple[Mutant, int]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test follows which rule, then try each mutant."""
        warnings.simplefilter("ignore")  # compiled rules say nothing of what divides by 0
        rules = {function.__code__: function for function in all_rules()}
        self.learn(session.items, rules)
        right = repr(results())
        tried = [
            mutant for function in rules.values() if self.only in function.__module__ for mutant in mutants(function)
        ]
        whole = len(tried)
        if self.sample is not None and self.sample < whole:
            tried = random.Random(self.seed).sample(tried, self.sample)  # noqa: S311
        print(f"{whole} mutants of {len(rules)} rules; {len(tried)} of them are tried", flush=True)
        for mutant in tried:
            status = self.attempt(mutant, right)
            self.found.append((mutant, status))
            if status != BY_TESTS:
                says = "only by results" if status == BY_RESULTS else "NOT NOTICED"
                print(f"  {says}: {mutant.where}: {mutant.change}", flush=True)
        return True

    def learn(self, items: list[pytest.Item], rules: dict[Any, Any]) -> None:
        """Run each test once, and note the rules that it follows; one that takes long is left out."""

        def too_long(*_: Any) -> None:
            raise TimeoutError

        signal.signal(signal.SIGPROF, too_long)
        for item in items:
            seen: set[Any] = set()

            def note(frame: Any, event: str, _: Any, seen: set[Any] = seen) -> None:
                if event == "call" and frame.f_code in rules:
                    seen.add(rules[frame.f_code])

            begun = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, 3 * LONGEST)  # to look on slows it down
            sys.setprofile(note)
            try:
                reports = runtestprotocol(item, log=False, nextitem=None)
            finally:
                sys.setprofile(None)
                signal.setitimer(signal.ITIMER_PROF, 0)
            took = time.process_time() - begun
            if took <= LONGEST and any(report.failed for report in reports):
                sys.exit(f"{item.nodeid} fails as it is: {next(r for r in reports if r.failed).longreprtext}")
            if took <= LONGEST:
                for function in seen:
                    self.follow.setdefault(function, []).append((took, item))

    def attempt(self, mutant: Mutant, right: str) -> int:
        """Whether the mutant is noticed, and by what."""
        child = os.fork()
        if child == 0:
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
            signal.signal(signal.SIGALRM, lambda *_: os._exit(BY_TESTS))
            signal.alarm(PATIENCE)
            os._exit(self.noticed(mutant, right))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def noticed(self, mutant: Mutant, right: str) -> int:
        """The same, with the mutant in this process."""
        mutant.function.__code__ = mutant.code
        for _, item in sorted(self.follow.get(mutant.function, []), key=lambda entry: entry[0]):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=None)):
                return BY_TESTS
        try:
            return SURVIVED if repr(results()) == right else BY_RESULTS
        except Exception:  # it does not even run
            return BY_RESULTS


def main() -> None:
    """Try mutants and print the score."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sample", type=int, help="try so many of them, drawn by chance (default: all)")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="rules of the files whose names have this in them")
    asked.add_argument("--goal", type=float, default=0.0, help="fail below this share")
    given = asked.parse_args()
    plugin = Mutating(given.sample, given.seed, given.only)
    pytest.main(["-q", "-s", "--no-header", "-p", "no:cacheprovider", *TESTS], plugins=[plugin, plain])
    counts = Counter(status for _, status in plugin.found)
    whole = max(len(plugin.found), 1)
    noticed = counts[BY_TESTS] + counts[BY_RESULTS]
    print(f"Noticed: {noticed} of {len(plugin.found)} ({noticed / whole:.0%}), by tests of rules {counts[BY_TESTS]} "
          f"({counts[BY_TESTS] / whole:.0%}), by results alone {counts[BY_RESULTS]}")  # fmt: skip
    if len(plugin.found) < len(all_rules()) * 3:
        spread = 1.96 * np.sqrt(noticed / whole * (1 - noticed / whole) / whole)
        print(f"A sample: within {spread:.0%} either way, at 95%")
    sys.exit(noticed / whole < given.goal or not plugin.found)


if __name__ == "__main__":
    main()
