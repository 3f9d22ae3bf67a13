"""Runs the claims: every arm once, whichever claims it serves, and again in plausible worlds."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import NamedTuple

from sim.analysis.claims.contrasts import contrasts
from sim.analysis.claims.load import Claims
from sim.analysis.claims.measures import Values, measured
from sim.analysis.claims.schema import Claim, Measure
from sim.analysis.claims.verdict import ClaimResult, Reading, World, judged, read, with_worlds, world
from sim.model.engine import compare
from sim.scenario.schema import Scenario

REPLICATIONS = 200
"""Runs of each arm, for the verdicts."""

DRAWS = 50
"""Plausible worlds that robustness is judged by: enough to know a share of 80% to within 11 points."""

REPLICATIONS_OF_A_DRAW = 30
"""Runs of each arm in a plausible world."""

WORLDS_SEED = 34
"""Which plausible worlds are drawn; apart from the seed of the runs."""

type Progress = Callable[[int, int], None]

TEXTS = {"name", "title", "question", "description", "run"}
"""What does not change how a scenario runs; `run` is compared by itself."""


class _Batch(NamedTuple):
    """Runs that are made together: a scenario, the styles asked for, and what is measured in which situation."""

    scenario: Scenario
    styles: tuple[str, ...]
    wanted: tuple[tuple[str, str, Measure], ...]  # situation, style, measure


class Study:
    """The claims with whatever has been run for them so far; what is there can be read at any time.

    Args:
        claims: those to judge.
        replications: runs of each arm, 2 or more.
        worlds: sets of parameters to try the claims in, as `sim.compare` takes them; what a situation sets stays.
    """

    def __init__(
        self, claims: Claims, replications: int = REPLICATIONS, worlds: Sequence[Mapping[str, float]] = ()
    ) -> None:
        self.claims, self.replications, self.worlds = claims, replications, worlds
        self._batches = _batches(claims)
        self._values: Values = {}
        self._in_world: dict[int, Values] = {}

    def run(self, progress: Progress | None = None) -> None:
        """Run what has not been run; Ctrl-C stops it, and what is there stays.

        Args:
            progress: called now and then with (work done, work in all).
        """
        few = min(REPLICATIONS_OF_A_DRAW, self.replications)
        total = len(self._batches) * (self.replications + few * len(self.worlds))
        done = 0
        for batch in self._batches:
            found = _run(batch, self.replications, self.claims.seed, {}, None)
            self._values.update(found)
            done += self.replications
            if progress:
                progress(done, total)
        tasks = [(number, batch) for number in range(len(self.worlds)) for batch in self._batches]
        # Short runs do not fill several threads, so that several of them go side by side.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            pending = {
                pool.submit(_run, batch, few, self.claims.seed, self.worlds[number], 1): number
                for number, batch in tasks
            }
            try:
                while pending:
                    finished, _ = wait(pending, return_when=FIRST_COMPLETED)
                    done += few * len(finished)
                    self._keep(finished, pending)
                    if progress:
                        progress(done, total)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._keep([future for future in pending if _succeeded(future)], pending)
                raise

    def _keep(self, finished: Iterable[Future[Values]], pending: dict[Future[Values], int]) -> None:
        """Put away what has come of a batch in a world; one that failed fails here."""
        for future in finished:
            found = future.result()
            self._in_world.setdefault(pending.pop(future), {}).update(found)

    @property
    def finished(self) -> bool:
        """Whether everything has been run."""
        return all(
            _complete(claim, values)
            for values in (self._values, *(self._in_world.get(number, {}) for number in range(len(self.worlds))))
            for claim in self.claims.claims
        )

    def results(self) -> list[ClaimResult]:
        """A verdict on every claim whose arms are complete, in order, with its robustness in the worlds that are."""
        ready = [claim for claim in self.claims.claims if _complete(claim, self._values)]
        readings = {
            (claim.id, number): part for claim in ready for number, part in enumerate(_readings(claim, self._values))
        }
        return [with_worlds(result, self._worlds_of(result.claim)) for result in judged(ready, readings)]

    def _worlds_of(self, claim: Claim) -> list[World]:
        complete = [values for _, values in sorted(self._in_world.items()) if _complete(claim, values)]
        return [world(_readings(claim, values)) for values in complete]


def _succeeded(future: Future[Values]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _readings(claim: Claim, values: Values) -> list[list[Reading]]:
    """The comparisons of each part."""
    return [[read(contrast, part) for contrast in contrasts(part, values)] for part in claim.parts]


def _complete(claim: Claim, values: Values) -> bool:
    return all((arm, measure) in values for part in claim.parts for arm in part.arms for measure in part.measures)


def _batches(claims: Claims) -> list[_Batch]:
    """What has to be run, in the order in which the claims need it; situations that are the same run once."""
    scenarios: dict[str, Scenario] = {}
    wanted: dict[str, dict[tuple[str, str, Measure], None]] = {}
    for claim in claims.claims:
        for part in claim.parts:
            for arm in part.arms:
                scenario = claims.situations[arm.situation]
                same = (
                    scenario.model_dump_json(exclude=TEXTS) + f"{scenario.run.weeks} {scenario.run.development_scheme}"
                )
                scenarios.setdefault(same, scenario)
                for measure in part.measures:
                    wanted.setdefault(same, {})[arm.situation, arm.style, measure] = None
    return [
        _Batch(scenarios[same], tuple(dict.fromkeys(style for _, style, _ in asked)), tuple(asked))
        for same, asked in wanted.items()
    ]


def _run(batch: _Batch, replications: int, seed: int, parameters: Mapping[str, float], workers: int | None) -> Values:
    """Run a batch, and keep of it what was asked for."""
    ds = compare(
        batch.scenario,
        batch.styles,
        replications,
        seed=seed,
        parameters={**parameters, **batch.scenario.parameters},
        workers=workers,
    )
    values: Values = {}
    for situation in dict.fromkeys(situation for situation, _, _ in batch.wanted):
        asked = [(style, measure) for where, style, measure in batch.wanted if where == situation]
        values.update(measured(ds, situation, asked))
    return values
