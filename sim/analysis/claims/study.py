"""Runs the claims in a folder of results or in a temporary one, and judges them by what is in it."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

import numpy as np

from sim.analysis.claims.contrasts import Values, contrasts
from sim.analysis.claims.load import Claims
from sim.analysis.claims.plan import ClaimsPlan, Wanted, plan_claims
from sim.analysis.claims.schema import Arm, Claim
from sim.analysis.claims.verdict import ClaimResult, InWorld, Reading, in_world, judged, read, with_worlds
from sim.analysis.plausible import PlausibleWorld
from sim.analysis.summary import Floats
from sim.run.case import Progress
from sim.run.measures import Measure
from sim.study.execute import command_line, run_plan
from sim.study.jobs import RUNS
from sim.study.results_folder import DAMAGED, Folder
from sim.study.stored_files import read_rows

REPLICATIONS = 200
"""Runs of each arm, for the verdicts."""

DRAWS = 50
"""Plausible worlds that robustness is judged by: enough to know a share of 80% to within 11 points."""

REPLICATIONS_OF_A_DRAW = 30
"""Runs of each arm in a plausible world."""

WORLDS_SEED = 34
"""Which plausible worlds are drawn; apart from the seed of the runs."""


class ClaimsStudy:
    """The claims with whatever has been run for them so far; what is there can be read at any time.

    Args:
        plan: of their runs.
    """

    def __init__(self, plan: ClaimsPlan) -> None:
        self.plan = plan
        self.values: Mapping[int, Values] = {}
        """What was measured, by the number of the world; 0 is the world as it is shipped."""

    @classmethod
    def planned(
        cls, claims: Claims, replications: int = REPLICATIONS, worlds: Sequence[PlausibleWorld] = ()
    ) -> "ClaimsStudy":
        """Nothing run so far.

        Args:
            claims: those to judge.
            replications: runs of each arm, 2 or more.
            worlds: what the claims are tried in; what a situation sets stays.
        """
        return cls(plan_claims(claims, replications, min(REPLICATIONS_OF_A_DRAW, replications), worlds))

    @classmethod
    def of(cls, folder: Folder) -> "ClaimsStudy":
        """The claims of a folder of results, with whatever has been run there.

        Raises:
            InputError: its files are missing or damaged.
        """
        plan = folder.plan()
        assert isinstance(plan, ClaimsPlan)  # noqa: S101  # whoever calls has looked at the kind of the folder
        study = cls(plan)
        study.values = values_in(folder, plan)
        return study

    @property
    def claims(self) -> Claims:
        """Those that are judged."""
        return self.plan.claims

    @property
    def replications(self) -> int:
        """Runs of each arm with the default parameters."""
        return self.plan.many

    @property
    def worlds(self) -> Sequence[PlausibleWorld]:
        """What the claims are tried in."""
        return self.plan.worlds

    def run(
        self,
        progress: Progress | None = None,
        *,
        out: Path | None = None,
        workers: int | None = None,
        executor: Executor | None = None,
        finish: Callable[[Folder, ClaimsPlan], None] | None = None,
    ) -> None:
        """Run what has not been run; whatever stops it, what is there stays, and can be judged.

        Args:
            progress: called now and then with (runs done, runs in all).
            out: the folder of results, which is taken up where it was left; None keeps nothing on disk.
            workers: threads; by default one for each core. The results do not depend on it.
            executor: anything that runs functions elsewhere.
            finish: what to make of the results in the folder.

        Raises:
            InputError: the folder holds other work; no space left; workers lost.
        """
        with tempfile.TemporaryDirectory(prefix="teamsim-") as passing:
            folder = Folder.begin(out or Path(passing) / "claims", self.plan, command_line())
            try:
                run_plan(folder, self.plan, workers=workers, executor=executor, progress=progress, finish=finish)
            finally:
                self.values = values_in(folder, self.plan)

    @property
    def finished(self) -> bool:
        """Whether everything has been run."""
        everything = [self.values.get(number, {}) for number in range(1 + len(self.worlds))]
        return all(_complete(claim, values) for values in everything for claim in self.claims.claims)

    def arms(self) -> Iterator[tuple[Wanted, Floats]]:
        """What has been measured with the default parameters: a number for each replication."""
        for (arm, measure), values in self.values.get(0, {}).items():
            yield Wanted(arm.situation, arm.style, measure), values

    def results(self) -> list[ClaimResult]:
        """A verdict on every claim whose arms are complete, in order, with its robustness in the worlds that are."""
        here = self.values.get(0, {})
        ready = [claim for claim in self.claims.claims if _complete(claim, here)]
        readings = {(claim.id, number): part for claim in ready for number, part in enumerate(_readings(claim, here))}
        return [with_worlds(result, self._worlds_of(result.claim)) for result in judged(ready, readings)]

    def _worlds_of(self, claim: Claim) -> list[InWorld | None]:
        """One for each world, None where not all of the claim has been run."""
        worlds = (self.values.get(number, {}) for number in range(1, 1 + len(self.worlds)))
        return [in_world(_readings(claim, values)) if _complete(claim, values) else None for values in worlds]


def values_in(folder: Folder, plan: ClaimsPlan) -> Mapping[int, Values]:
    """What each arm has come to in the chunks that are there, by world; an arm of which any run failed is left out.

    Chunks that are not as they were do not count.
    """
    stored = folder.stored(plan)
    pieces: dict[tuple[int, Arm, Measure], list[Floats]] = {}
    for chunk, key in zip(plan.chunks, plan.keys, strict=True):
        if not stored.has(key):
            continue
        batch = plan.batches[chunk.situation]
        measures = list(dict.fromkeys(wanted.measure.column for wanted in batch.wanted))
        table = read_rows(stored.file(key, RUNS), DAMAGED, ["error", *measures])
        shape = (len(chunk.points), len(chunk.replications), len(batch.styles))
        lost = ~table["error"].is_null().to_numpy().reshape(shape)
        for situation, style, measure in batch.wanted:
            values = table[measure.column].to_numpy().reshape(shape)
            s = batch.styles.index(style)
            for place, point in enumerate(chunk.points):
                if not lost[place, :, s].any():
                    pieces.setdefault((point, Arm(style, situation), measure), []).append(values[place, :, s])
    found: dict[int, dict[tuple[Arm, Measure], Floats]] = {}
    for (point, arm, measure), parts in pieces.items():
        whole = np.concatenate(parts)
        if len(whole) == len(plan.replications(point)):
            found.setdefault(point, {})[arm, measure] = whole
    return found


def _readings(claim: Claim, values: Values) -> list[list[Reading]]:
    """The comparisons of each part."""
    return [[read(contrast, part) for contrast in contrasts(part, values)] for part in claim.parts]


def _complete(claim: Claim, values: Values) -> bool:
    return all((arm, measure) in values for part in claim.parts for arm in part.arms for measure in part.measures)
