"""Runs the coalitions of a decomposition: each lets some parts of the difference between two styles through.

The parts are mechanisms, of which some are cut (`sim.model.playback`), or behaviours, of which some are those of the
one style and the others those of the other, with practices that only the one has. Every coalition of parts meets the
same people and the same luck.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model import mechanisms, mediated
from sim.model.blends import Blends
from sim.model.build import Blueprint, Timetable
from sim.model.metrics import METRIC_NAMES
from sim.model.playback_arrays import prepared
from sim.model.reduce import IS_TOTAL, pick, sum_up
from sim.run import luck, pool
from sim.run.case import Case, Drawing, Progress, Ready, ready_for, replicate
from sim.run.luck import Luck
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.practices import spans
from sim.scenario.schema import Scenario

type Floats = NDArray[np.float64]
type Open = NDArray[np.bool_]
"""(coalitions, parts): what is let through."""

type By = Literal["mechanisms", "behaviours"]

MOST_POSITIONS = 400_000
"""Positions of all coalitions that are run together, so that memory stays small; more are run in turn."""


class Spans(NamedTuple):
    """Stretches of weeks that a metric is summed up over."""

    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be taken apart: the difference between the two styles of a case, the baseline first, by some parts.

    The scenario has all the `practices`; under the baseline, the company does without them. `before` is the situation
    that the baseline is in where it is another one, with as many positions; `what` says how the two differ.
    """

    case: Case
    by: By
    parts: tuple[str, ...]
    metrics: tuple[str, ...]
    spans: Spans
    practices: tuple[str, ...] = ()
    before: Scenario | None = None
    what: str = ""

    def work(self, coalitions: int) -> float:
        """Of one replication: the baseline, and so many coalitions."""
        return (1 + coalitions) * self.case.work / len(self.case.styles)


def coalition_values[Found](
    question: Question,
    coalitions: Callable[[int], Open],
    found: Callable[[int, Floats], Found],
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    drawing: Drawing = luck.once,
) -> list[Found] | None:
    """Run every coalition in every replication, and give what is found in each replication, in their order.

    Args:
        question: what is to be taken apart.
        coalitions: gives those of a replication, by its number; as many in each.
        found: gets the number of a replication and the values, (1 + coalitions, metrics, spans): of the baseline, then
            of each coalition. What it gives is kept.
        workers: threads; by default one for each core. The values do not depend on it.
        executor: threads that are there already.
        progress: called now and then with (replications done, replications in all).
        stopped: asked before each replication whether to give up.
        drawing: how chance is drawn, and whether it is kept.

    Returns:
        What is found; None once it is stopped.

    Raises:
        InputError: a style that there is not; styles that cannot be mixed.
    """
    case = question.case
    numbers, many = case.replications, len(coalitions(case.replications[0]))
    run = _by_mechanisms(question, many) if question.by == "mechanisms" else _by_behaviours(question, many)
    positions = ready_for(case).blueprint.team_sizes

    def task(some: range) -> list[Found] | None:
        results = []
        for number in some:
            if stopped and stopped():
                return None
            drawn = drawing(positions, case.length, case.seed, number)
            kept = Luck(drawn.chance, tuple(drawn.blocks))
            results.append(found(number, run(kept, coalitions(number))))
        return results

    gathered: list[Found] = []
    tasks = pool.parts(numbers, question.work(many), fewest=2 * (workers or pool.cores_here()))
    for _, results in pool.run_tasks(task, tasks, workers=workers, executor=executor):
        if results is None:
            return None
        gathered += results
        if progress:
            progress(len(gathered), len(numbers))
    return gathered


type _Run = Callable[[Luck, Open], Floats]

type _Cut = Callable[[Luck, Open, Floats], None]
"""Runs one replication under every arm with what is cut in it, the first being the baseline, and writes its weeks."""


def _by_mechanisms(question: Question, many: int) -> _Run:
    """Runs with mechanisms cut, some coalitions at a time, each time beside the baseline."""
    ready = ready_for(question.case)
    places = [mechanisms.NAMES.index(name) for name in question.parts]
    at_once = max(1, min(many, MOST_POSITIONS // max(sum(ready.blueprint.team_sizes), 1)))
    sizes = {at_once, many % at_once or at_once}
    replicate_cut = (_beside_style if question.before is None else _beside_situation)(question, ready.blueprint, sizes)

    def run(drawn: Luck, opened: Open) -> Floats:
        values = []
        for first in range(0, many, at_once):
            some = opened[first : first + at_once]
            cut = np.zeros((1 + len(some), len(mechanisms.NAMES)), bool)
            cut[1:, places] = ~some
            rows = np.empty((len(cut), question.case.length, len(METRIC_NAMES)))
            replicate_cut(drawn, cut, rows)
            of_these = _summed(rows, question)
            values.append(of_these if first == 0 else of_these[1:])
        return np.concatenate(values)

    return run


def _beside_style(question: Question, blueprint: Blueprint, sizes: Iterable[int]) -> _Cut:
    """Beside the same situation under the baseline, which does without the practices."""
    baseline, style = question.case.styles
    timetables = {
        size: _practised(
            blueprint, blueprint.timetable((baseline, *[style] * size)), question.practices,
            np.arange(1 + size)[:, np.newaxis] > 0,
        )
        for size in sizes
    }  # fmt: skip

    def replicate_cut(drawn: Luck, cut: Open, rows: Floats) -> None:
        timetable = timetables[len(cut) - 1]
        world = blueprint.world(drawn.chance, timetable)
        play = prepared(world, cut, max(block.weeks for block in drawn.blocks))
        for block in drawn.blocks:
            span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
            mediated.advance(world, timetable, block, blueprint, play, rows[:, span])

    return replicate_cut


def _beside_situation(question: Question, blueprint: Blueprint, sizes: Iterable[int]) -> _Cut:
    """Beside another situation under the baseline, which has records and parameters of its own."""
    baseline, style = question.case.styles
    assert question.before is not None  # noqa: S101  # that is why this is called
    before = ready_for(replace(question.case, scenario=question.before, styles=(baseline,)))
    timetables = {size: blueprint.timetable([style] * size) for size in sizes}

    def replicate_cut(drawn: Luck, cut: Open, rows: Floats) -> None:
        timetable, weeks = timetables[len(cut) - 1], max(block.weeks for block in drawn.blocks)
        then = before.blueprint.world(drawn.chance, before.timetable)
        now = blueprint.world(drawn.chance, timetable)
        first = prepared(then, cut[:1], weeks)
        others = prepared(now, cut[1:], weeks)._replace(recording=False, then=first.then)
        others.known[:] &= first.known
        for block in drawn.blocks:
            span = slice(block.first_week - 1, block.first_week - 1 + block.weeks)
            mediated.advance(then, before.timetable, block, before.blueprint, first, rows[:1, span])
            mediated.advance(now, timetable, block, blueprint, others, rows[1:, span])

    return replicate_cut


def _by_behaviours(question: Question, many: int) -> _Run:
    """Runs in which leaders have some behaviours of the one style and the rest of the other."""
    blueprint = ready_for(question.case).blueprint
    baseline, style = question.case.styles
    blends = Blends(blueprint, baseline, style, 1 + many)
    behaviours = len(BEHAVIOURS)

    def run(drawn: Luck, opened: Open) -> Floats:
        own = np.concatenate([np.zeros((1, len(question.parts)), bool), opened])
        timetable = blends.timetable(own[:, :behaviours])
        rows = np.empty((1 + many, question.case.length, len(METRIC_NAMES)))
        timetable = _practised(blueprint, timetable, question.practices, own[:, behaviours:])
        replicate(Ready(blueprint, timetable), drawn, rows)
        return _summed(rows, question)

    return run


def _practised(blueprint: Blueprint, timetable: Timetable, practices: Sequence[str], kept_up: Open) -> Timetable:
    """The same, where some arms do without some practices, as if they had never been taken up.

    Args:
        blueprint: of the scenario, which has all the practices.
        timetable: of some arms.
        practices: which some arms do without.
        kept_up: (arms, practices): which arms have which of them.
    """
    if not practices:
        return timetable
    beginning = blueprint.beginning(timetable.leads)
    kept_up = np.broadcast_to(kept_up, (len(timetable.leads), len(practices)))
    for k, span in enumerate(spans(blueprint.scenario)):
        if span.practice in practices:
            never = ~kept_up[:, practices.index(span.practice)]
            beginning.world.practices["until_week"][never, k] = 0
    return timetable._replace(beginning=beginning)


def _summed(rows: Floats, question: Question) -> Floats:
    """What each arm comes to: (arms, metrics, spans)."""
    metrics = np.array([METRIC_NAMES.index(name) for name in question.metrics])
    weekly = np.empty((len(metrics), len(rows), question.case.length))
    pick(rows, metrics, weekly)
    first, last = (np.array(ends, np.int64) for ends in question.spans)
    found = np.empty((len(metrics) * len(rows), len(first)))
    total = np.repeat(IS_TOTAL[metrics], len(rows))
    sum_up(weekly.reshape(-1, question.case.length), first, last, total, found)
    return found.reshape(len(metrics), len(rows), -1).transpose(1, 0, 2)


PRACTICE = "practices."
"""Begins the names of parts that are practices, of which one is called as a behaviour."""


def parts_of(by: By, names: Sequence[str] | None = None, practices: Sequence[str] = ()) -> tuple[str, ...]:
    """The parts asked for; all of them where none are named.

    Raises:
        InputError: none, a mechanism that there is not, or one twice.
    """
    if by == "mechanisms":
        return mechanisms.chosen(names)
    return (*BEHAVIOURS, *(f"{PRACTICE}{name}" for name in practices))
