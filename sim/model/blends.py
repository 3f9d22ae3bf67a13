"""Combines two leadership styles: some behaviours come from one, and the rest from the other."""

import numpy as np
from numpy.typing import NDArray

from sim.model import state
from sim.model.build import Blueprint, Timetable
from sim.model.world import Records
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.problems import InputError


class Blends:
    """All that can be made of two styles, for a number of arms.

    Where styles have stages, each behaviour follows the stages of the style that it is of: a leader is in a stage of
    both at a time.

    Args:
        blueprint: of the scenario.
        baseline: the one style.
        style: the other.
        arms: how many are made at a time.

    Raises:
        InputError: a style that there is not; leaders that take up other styles; styles that go by different
            observations in one and the same stage.
    """

    def __init__(self, blueprint: Blueprint, baseline: str, style: str, arms: int) -> None:
        both = blueprint.timetable((baseline, style))
        if ((both.events["week"] > 0) & (both.events["policy"] != state.NOBODY)).any():
            raise InputError(
                "behaviours: leaders take up other styles in this scenario as it is, so that it is not one pattern of"
                " behaviour. Name a style instead of as-is, or look at mechanisms."
            )
        self._arms = arms
        pairs = list(dict.fromkeys(zip(both.leads[0].tolist(), both.leads[1].tolist(), strict=True)))
        stages: list[Records] = []
        policies: list[tuple[int, int]] = []
        here: list[int] = []
        there: list[int] = []
        for pair in pairs:
            one, two = (both.policies[number] for number in pair)
            first = len(stages)
            for k in range(int(one["first"]), int(one["last"])):
                for m in range(int(two["first"]), int(two["last"])):
                    stages.append(_both(both.stages, k, m, k == one["first"], m == two["first"]))
                    here.append(k)
                    there.append(m)
            policies.append((first, len(stages)))
        self._with_baseline, self._with_style = (
            _numbers(both.tables[numbers]) for numbers in (np.array(here), np.array(there))
        )
        self._stages = np.tile(np.concatenate(stages), arms)
        self._policies = np.zeros(arms * len(pairs), state.POLICY)
        for arm in range(arms):
            for place, (first, last) in enumerate(policies):
                self._policies[arm * len(pairs) + place] = (arm * len(stages) + first, arm * len(stages) + last)
        of_team = [pairs.index(pair) for pair in zip(both.leads[0].tolist(), both.leads[1].tolist(), strict=True)]
        self._leads = np.arange(arms)[:, np.newaxis] * len(pairs) + np.array(of_team)
        self._events = np.repeat(both.events[:1], arms, axis=0)
        self._beginning = blueprint.beginning(self._leads)
        self._past = both.past
        self._names = tuple(f"{baseline} / {style}" for _ in self._policies)

    def timetable(self, own: NDArray[np.bool_]) -> Timetable:
        """What leaders do under each arm.

        Args:
            own: (arms, behaviours): which behaviours are those of the style; the rest are the baseline's.
        """
        mixed = np.where(own[:, np.newaxis, np.newaxis, :], self._with_style, self._with_baseline)
        tables = np.ascontiguousarray(mixed.reshape(-1, len(BEHAVIOURS))).view(state.BEHAVIOUR).reshape(-1, 4)
        return Timetable(
            tables, self._stages, self._policies, self._events, self._leads, self._beginning, self._names, self._past
        )  # fmt: skip


def _numbers(tables: Records) -> NDArray[np.float64]:
    """Tables of behaviour as plain numbers: (stages, 4, behaviours)."""
    found: NDArray[np.float64] = np.ascontiguousarray(tables).view(np.float64).reshape(len(tables), 4, -1)
    return found


def _both(stages: Records, one: int, two: int, one_always: bool, two_always: bool) -> Records:
    """The stage that applies where both do; the first one of a style always does."""
    conditions = [stages[number] for number, always in ((one, one_always), (two, two_always)) if not always]
    both = np.zeros(1, state.STAGE)
    both["from_week"], both["until_week"] = 0, np.iinfo(np.int64).max
    both["observed"], both["at_least"], both["below"] = state.NOTHING_OBSERVED, -np.inf, np.inf
    for stage in conditions:
        both["from_week"] = np.maximum(both["from_week"], stage["from_week"])
        both["until_week"] = np.minimum(both["until_week"], stage["until_week"])
        if stage["observed"] == state.NOTHING_OBSERVED:
            continue
        if both["observed"][0] not in (state.NOTHING_OBSERVED, stage["observed"]):
            raise InputError(
                "behaviours: both styles change with what leaders observe, and do not observe the same, so that their"
                " behaviours cannot be mixed. Look at mechanisms, or at styles of which one keeps to its stages."
            )
        both["observed"] = stage["observed"]
        both["at_least"] = np.maximum(both["at_least"], stage["at_least"])
        both["below"] = np.minimum(both["below"], stage["below"])
    return both
