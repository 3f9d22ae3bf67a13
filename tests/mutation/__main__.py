"""How many wrong rules the tests notice: `python -m tests.mutation`, or `make mutation`.

Each mutant (`mutants.py`) is put in place of its rule in a process of its own. The tests that follow that rule are run
until one fails; then a few weeks of some companies, against what the right rules make of them, as the golden results
do for all of the shipped scenarios. The rules run as plain Python here (`tests/plain.py`).

What each try gave is kept at once (`kept.py`), so it may be stopped at any time, and goes on where it was.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["CI"] = "1"  # the same examples of Hypothesis every time
os.environ["TEAMSIM_PLUGINS"] = "none"

from tests import plain  # isort: skip

import pytest
from _pytest.runner import runtestprotocol

import sim
from tests.model.worlds import varied, week_by_week
from tests.mutation.kept import BY_RESULTS, BY_TESTS, BY_TIME, NOTHING, Try, digest, keep, put, score, share, tries
from tests.mutation.mutants import Mutant, all_rules, mutants

ROOT = Path(__file__).parents[2]
TRIES = ROOT / "build/mutation.jsonl"
FOLLOWS = ROOT / "build/mutation-follows.json"
SCORE = ROOT / "tests/mutation/score.json"
PAGE = ROOT / "docs/verification.md"

TESTS = (
    "tests/model/test_rules.py", "tests/model/test_monotone.py", "tests/model/test_known_answers.py",
    "tests/model/test_practices.py", "tests/model/test_conservation.py",
    "tests/model/test_rules_by_formula.py", "tests/model/test_people_by_formula.py",
)  # fmt: skip
WORLDS, FORMULAS = ROOT / "tests/model/worlds.py", ROOT / "tests/model/formulas.py"
LONGEST = 0.4
"""Seconds that a test may take to be run for each mutant: the results tell as much in less."""

PATIENCE = 30
"""Seconds of a processor after which a mutant counts as noticed: nothing that ends takes as long."""

COMPANIES: tuple[tuple[str, list[str], int, dict[str, Any]], ...] = (
    ("growth", ["autocratic", "situational"], 8, {}),
    ("culture-programme", ["agile"], 6, {"events": [
        {"event": "crisis", "week": 2, "weeks": 2}, {"event": "new_technology", "week": 1, "size": 0.5},
        {"event": "layoff", "week": 4, "people": 2}, {"event": "leader_away", "week": 3, "weeks": 2},
        {"event": "key_person_leaves", "week": 5}, {"event": "market_shock", "week": 2, "size": 0.4},
    ]}),
)  # fmt: skip
"""What a mutant's results are compared in."""


def results() -> Iterator[str]:
    """Every metric of the companies, week by week, and every number of their last weeks."""
    for name, styles, weeks, changes in COMPANIES:
        for moment in week_by_week(varied(name, changes), styles, weeks):
            yield repr([values.tolist() for values in moment.metrics.values()])
        for part in ("employees", "teams", "leaders", "company"):
            yield repr(getattr(moment.world, part).tolist())


class Mutating:
    """A plugin of pytest that tries mutants in place of running the tests once."""

    def __init__(self, sample: int | None, seed: int, only: str, more: bool = True) -> None:
        self.sample, self.seed, self.only, self.more = sample, seed, only, more
        self.follow: dict[Any, list[Any]] = {}
        self.sources: dict[str, str] = {}
        self.tests = digest(ROOT / test for test in (*TESTS, WORLDS, FORMULAS))
        self.whole: Counter[str] = Counter()
        self.found: dict[tuple[str, str, int, str], Try] = {}

    def pytest_sessionstart(self) -> None:
        """One example that fails is enough: no simpler one is sought."""
        from hypothesis import Phase, settings  # after pytest, which wants to see to it first

        usual = settings.get_profile("teamsim")
        settings.register_profile("mutation", usual, database=None, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test follows which rule, then try each mutant that has not been tried yet."""
        warnings.simplefilter("ignore")  # compiled rules say nothing of what divides by 0
        rules = {function.__code__: function for function in all_rules()}
        every = [mutant for function in rules.values() for mutant in mutants(function)]
        for mutant in every:
            self.sources.setdefault(mutant.file, digest([Path(mutant.function.__code__.co_filename)]))
        self.all_sources = digest(Path(file) for file in sorted({code.co_filename for code in rules}))
        every = [mutant for mutant in every if self.only in mutant.file]
        self.whole.update(mutant.file for mutant in every)
        random.Random(self.seed).shuffle(every)  # noqa: S311  # so what was tried is a sample whenever it stops
        chosen, before = every[: self.sample], tries(TRIES)
        found = {mutant: one for mutant in map(self.name, chosen) if (one := before.get(mutant))}
        known = {mutant for mutant, one in found.items() if self.holds(one)}
        waiting = [mutant for mutant in chosen if self.more and self.name(mutant) not in known]
        print(f"{len(every)} mutants of {len(rules)} rules: {len(known)} are known, {len(waiting)} tried", flush=True)
        self.found = found
        if waiting:
            self.learn(session.items, rules)
            right = list(results())
        for mutant in waiting:
            noticed, by = self.attempt(mutant, right)
            file, rule, number, source = self.name(mutant)
            one = Try(file, rule, number, mutant.line, mutant.change, source, self.tests, noticed, by)
            keep(TRIES, one)
            found[one.mutant] = one
            if noticed in {BY_RESULTS, NOTHING}:
                says = "only by results" if noticed == BY_RESULTS else "NOT NOTICED"
                print(f"  {says}: {mutant.where}: {mutant.change}", flush=True)
        return True

    def name(self, mutant: Mutant) -> tuple[str, str, int, str]:
        """The mutant as it is called in the file of tries."""
        return mutant.file, mutant.function.__name__, mutant.number, self.sources[mutant.file]

    def holds(self, one: Try) -> bool:
        """Whether there is no need to try again: what no test noticed, another test may."""
        return one.noticed in {BY_TESTS, BY_TIME} or one.tests == self.tests

    def learn(self, items: list[pytest.Item], rules: dict[Any, Any]) -> None:
        """Run each test once, and note the rules that it follows; one that takes long is left out."""

        def too_long(*_: Any, **__: Any) -> Any:
            pytest.skip("takes too long")  # which Hypothesis lets through

        sim.compare = too_long  # whole runs of the rules as plain Python, and in threads that nothing interrupts

        signal.signal(signal.SIGPROF, too_long)
        names = {f"{function.__module__}.{function.__name__}": function for function in rules.values()}
        known = json.loads(FOLLOWS.read_text(encoding="utf-8")) if FOLLOWS.exists() else {}
        for item in items:
            key = f"{item.nodeid} {digest([item.path, WORLDS])} {self.all_sources}"
            if key not in known:
                known[key] = self.followed_by(item, rules)
                FOLLOWS.parent.mkdir(exist_ok=True)
                FOLLOWS.write_text(json.dumps(known), encoding="utf-8")
            took, followed = known[key]
            for name in followed if took <= LONGEST else ():
                self.follow.setdefault(names[name], []).append((took, item))

    def followed_by(self, item: pytest.Item, rules: dict[Any, Any]) -> tuple[float, list[str]]:
        """How long a test takes, and the names of the rules that it follows; of one that takes too long, none."""
        seen: set[str] = set()

        def note(frame: Any, event: str, _: Any) -> None:
            if event == "call" and frame.f_code in rules:
                seen.add(f"{rules[frame.f_code].__module__}.{rules[frame.f_code].__name__}")

        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, 5 * LONGEST)  # to look on slows it down
        sys.setprofile(note)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            sys.setprofile(None)
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - begun
        if took <= LONGEST and any(report.failed for report in reports):
            sys.exit(f"{item.nodeid} fails as it is: {next(r for r in reports if r.failed).longreprtext}")
        return took, sorted(seen) if took <= LONGEST else []

    def attempt(self, mutant: Mutant, right: list[str]) -> tuple[str, str]:
        """What notices the mutant, and which test it was."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
            signal.signal(signal.SIGPROF, lambda *_: _tell(writing, BY_TIME))
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            _tell(writing, *self.noticed(mutant, right))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as stream:
            noticed, _, by = stream.read().partition("\n")
        os.waitpid(child, 0)
        return noticed or BY_RESULTS, by  # of one that breaks the process nothing is heard

    def noticed(self, mutant: Mutant, right: list[str]) -> tuple[str, str]:
        """The same, with the mutant in this process."""
        mutant.function.__code__ = mutant.code
        for _, item in sorted(self.follow.get(mutant.function, []), key=lambda entry: entry[0]):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=None)):
                return BY_TESTS, item.nodeid
        try:
            same = all(one == other for one, other in zip(results(), right, strict=True))
        except Exception:  # it does not even run
            return BY_RESULTS, ""
        return (NOTHING if same else BY_RESULTS), ""


def _tell(pipe: int, noticed: str, by: str = "") -> None:
    os.write(pipe, f"{noticed}\n{by}".encode())
    os._exit(0)


def main() -> None:
    """Try mutants, print the score, and keep it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sample", type=int, help="try so many of them, drawn by chance (default: all)")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="rules of the files whose names have this in them")
    asked.add_argument("--tried", action="store_true", help="only count what was tried")
    asked.add_argument("--goal", type=float, default=0.0, help="fail below this share")
    asked.add_argument("--keep", action="store_true", help=f"keep the score and put it into {PAGE.relative_to(ROOT)}")
    given = asked.parse_args()
    plugin = Mutating(given.sample, given.seed, given.only, not given.tried)
    pytest.main(["-q", "-s", "--no-header", "-p", "no:cacheprovider", *TESTS], plugins=[plugin, plain])
    kept = score(plugin.found.values(), plugin.whole, given.seed)
    tried, noticed, part, low, high = share(kept["files"].values())
    print(f"Noticed: {noticed} of {tried} ({part:.1%}; between {low:.1%} and {high:.1%} of all, at 95%)")
    if given.keep:
        SCORE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        put(PAGE, kept)
    sys.exit(not part >= given.goal)


if __name__ == "__main__":
    main()
