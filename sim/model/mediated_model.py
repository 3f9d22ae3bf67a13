"""The Mesa model with mechanisms cut: a second company, under the baseline, gives the values that are played back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model import mechanisms
from sim.model.chance import Block
from sim.model.counterparts import measured
from sim.model.playback_arrays import Play, PlayedRun, Then, prepared
from sim.model.team_model import WEEKS_A_BLOCK, TeamModel
from sim.scenario.schema import Scenario


class MediatedModel(TeamModel):
    """A `TeamModel` in which some mechanisms are as they are under a baseline, for the same people and the same luck.

    A run gives the same numbers, to the last bit, as the same mechanisms cut in the engine.

    Args:
        scenario: a Scenario, or the name or path of one.
        style: how the company is led.
        baseline: how it is led where what mechanisms carry comes from; None for the company that this is.
        cut: names of the mechanisms that are cut.
        rng: the seed, as of TeamModel.
        replication: as of TeamModel.
        weeks: as of TeamModel.
        under_baseline: the scenario that the baseline has, with other practices; by default the same.

    Raises:
        InputError: something is wrong with what was given.
    """

    reference: "MediatedModel | None"
    """The company under the baseline; None for the one that is."""

    play: Play
    """What is cut, and what was under the baseline."""

    def __init__(
        self,
        scenario: Scenario | str,
        style: str,
        baseline: str | None,
        cut: Sequence[str] = (),
        rng: int = 1,
        replication: int = 0,
        weeks: int | None = None,
        under_baseline: Scenario | None = None,
    ) -> None:
        super().__init__(scenario, style, rng, replication, weeks, collect_people=False)
        self.reference = None
        if baseline is not None:
            self.reference = MediatedModel(
                under_baseline or self.scenario, baseline, None, (), rng, replication, weeks
            )  # fmt: skip
        is_cut = np.isin(mechanisms.NAMES, mechanisms.chosen(cut) if cut else ())
        self.play = self._prepared(is_cut, None if self.reference is None else self.reference.play.then)

    def step(self) -> None:
        """Live through a week, after the company under the baseline has."""
        if self.reference is not None:
            self.reference.step()
        super().step()

    def _prepared(self, cut: NDArray[np.bool_], then: Then | None) -> Play:
        names = ("employees", "teams", "leaders", "company")
        world = self.world._replace(**{name: getattr(self.world, name)[np.newaxis] for name in names})
        play = prepared(world, cut[np.newaxis], WEEKS_A_BLOCK)
        own = play.own._replace(**{name: getattr(play.own, name)[0] for name in (*names, "numbers")})
        return play._replace(
            cut=cut, recording=then is None, known=play.known[0], own=own, then=then or play.then,
            numbers=play.numbers[0],
        )  # fmt: skip

    def _run(self, block: Block) -> PlayedRun:
        return PlayedRun(self.world, self.timetable.plan, block, self.parameters, self.play)

    def _measure(self, measures: Any) -> None:
        play = self.play
        measured(
            measures, self.world.company, play.tallies, play.cut, play.own.company, play.numbers, play.own.numbers
        )  # fmt: skip
