"""Advises a business: searches over luck and plausible worlds, chooses a robust plan, and confirms it on fresh luck."""

import itertools
import math
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.advice import plans as ways
from sim.analysis.advice.confirm import Confirmation, confirm, paired_in_fours
from sim.analysis.advice.gains import Standing, Yardstick, standing, undominated
from sim.analysis.advice.goals import USUAL_GOAL, Constraint, Goal, read_constraints, read_goal
from sim.analysis.advice.plans import KEEP, LeadershipPlan
from sim.analysis.advice.search import AIMS, SearchResult, search
from sim.analysis.advice.worlds import Floats, Worlds, live
from sim.analysis.paired import NOTICEABLE
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario

type Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class Effort(NamedTuple):
    """How much is run; the usual effort takes well under two minutes on two cores for a dozen people and two years."""

    population: int = 30
    worlds: int = 48
    replications: int = 2
    shortlist: int = 24
    shortlist_worlds: int = 120
    shortlist_replications: int = 4
    fresh_worlds: int = 128
    fresh_replications: int = 4
    as_written: int = 500


USUAL_EFFORT = Effort()

TRIALS = 900
"""Plans that are tried unless another number is asked for."""

MARGIN = NOTICEABLE / 10
"""Goal points that are given up for a simpler plan in any case: a tenth of what counts as a small difference."""

ALIKE = 0.05
"""Share of an aim's range over the shortlist below which two plans count as the same in it."""

SEARCHING, AGAIN, CONFIRMING = "Searching", "Trying the best again", "Confirming"
"""What is being done, as progress calls it."""


class Choice(NamedTuple):
    """A plan, with its standing on the worlds of the shortlist, and its gain in each of them."""

    plan: LeadershipPlan
    standing: Standing
    gains: tuple[float, ...]


class Advice(NamedTuple):
    """What `advise` gives: the chosen plan, the front that it was chosen from, and how far it can be trusted."""

    scenario: Scenario
    goal: Goal
    constraints: tuple[Constraint, ...]
    measure: Yardstick
    plan: LeadershipPlan
    front: tuple[Choice, ...]
    now: Standing
    confirmation: Confirmation
    tried: int
    trials: int
    stopped: bool
    seed: int
    effort: Effort

    @property
    def beats_now(self) -> bool:
        """Whether the plan is better than staying as is, over the plausible worlds and beyond doubt."""
        return self.plan != KEEP and self.confirmation.worlds.verdict == "better"

    @property
    def as_good(self) -> tuple[str, ...]:
        """Built-in styles that do as well, as far as can be told, and better than staying as is."""
        return self.confirmation.as_good if self.beats_now else ()


def advise(
    scenario: Scenario | str,
    goal: str = USUAL_GOAL,
    constraints: Sequence[str] = (),
    trials: int = TRIALS,
    seed: int | None = None,
    *,
    effort: Effort = USUAL_EFFORT,
    progress: Progress | None = None,
) -> Advice:
    """Search for a style that serves a goal, whatever luck, the model's numbers and what a style means may be.

    Plans are tried in plausible worlds (see `plausible_scenarios`); the best of them again in other worlds, where the
    robust one is found: of those that change anything, the one whose gain over staying as is, in the worst tenth of
    worlds, is highest. Of those that only noise tells from it, the simplest is chosen, and of equally simple ones the
    one that asks leaders to change least. It is then confirmed on fresh luck, where it is also decided whether to
    change at all: by the mean over worlds, since staying has no worst tenth. A blend or a switch has to beat every
    built-in style there, over worlds, by what is worth noticing, and on the scenario as written; otherwise the best
    single style takes its place.

    Args:
        scenario: a Scenario, or the name or path of one.
        goal: weights of metrics, such as "output=0.6,morale=0.4".
        constraints: bounds on metrics, such as "turnover<25%".
        trials: plans to try, 1 or more.
        seed: of everything, 0 or more; by default the scenario's. The same seed gives the same advice.
        effort: how many worlds and runs.
        progress: called now and then.

    Raises:
        InputError: a goal or a constraint that makes no sense; constraints that no plan keeps; Optuna not installed.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario)
    wanted, kept = read_goal(goal), read_constraints(constraints)
    seed = scenario.run.seed if seed is None else seed
    _check_numbers(trials, seed)
    seeds = [int(number) for number in np.random.SeedSequence([seed, _STREAM]).generate_state(8)]
    told = progress or (lambda _doing, _done, _total: None)

    worlds = Worlds.plausible(scenario, effort.worlds, effort.replications, (seeds[0], seeds[1]))
    found = search(
        scenario, worlds, wanted, kept, trials, effort.population, seeds[2],
        lambda done, total: told(SEARCHING, done, total),
    )  # fmt: skip
    others = Worlds.plausible(scenario, effort.shortlist_worlds, effort.shortlist_replications, (seeds[3], seeds[4]))
    now, again = _again(found, others, kept, effort.shortlist, told)
    best = max(changing(again), key=lambda choice: choice.standing.cautious)
    again = [*again, *_simpler(best, found.measure, others, kept)]
    chosen = recommended_of(scenario, changing(again), best)
    fresh = Worlds.plausible(scenario, effort.fresh_worlds, effort.fresh_replications, (seeds[5], seeds[6]))
    certain = scenario.model_copy(update={"uncertain": {}})
    as_written = Worlds((certain,) * effort.as_written, 1, seeds[7])
    steps = _counter(told, CONFIRMING, effort.fresh_worlds + effort.as_written)
    confirmation = confirm(fresh, as_written, chosen.plan, found.measure, kept, steps)
    instead = instead_of(scenario, again, chosen, confirmation)
    if instead is not None:
        chosen = instead
        confirmation = confirm(fresh, as_written, chosen.plan, found.measure, kept)
    front = _front(chosen, now, [choice for choice in again if choice.plan != KEEP])
    return Advice(
        scenario, wanted, kept, found.measure, chosen.plan, front, now, confirmation, found.tried, trials,
        found.stopped, seed, effort,
    )  # fmt: skip


def advised_scenario(advice: Advice, description: str = "") -> Scenario:
    """The scenario with the advised plan as a style of its own, "advised" or the next free name like it.

    The leaders keep the style that they have, so that `sim.compare` compares the advice with it.

    Args:
        advice: any.
        description: of that style, for tables and reports.
    """
    own = advice.scenario.styles
    name = next(name for name in itertools.chain(["advised"], map("advised-{}".format, itertools.count(2)))
                if not any(style == name or style.startswith(f"{name}-") for style in own))  # fmt: skip
    table = advice.scenario.model_dump()
    table["styles"] |= {key: style.model_dump() for key, style in ways.as_styles(advice.plan, name).items()}
    table["styles"][name]["description"] = description
    return scenario_from(table, source=advice.scenario.name, max_people=sys.maxsize)


def _again(
    found: SearchResult, worlds: Worlds, constraints: Sequence[Constraint], most: int, told: Progress
) -> tuple[Standing, list[Choice]]:
    """The best plans of a search, and the way things are, lived through again in other worlds."""
    _refuse_unmet(found.standings, constraints)
    allowed = {plan: one for plan, one in found.standings.items() if one.allowed and plan != KEEP}
    by_caution = sorted(allowed, key=lambda plan: -allowed[plan].cautious)
    table = np.array([_aims(allowed[plan]) for plan in by_caution]).reshape(-1, len(AIMS) + 1)
    ends = [by_caution[place] for place in undominated(table)]
    spread = [ends[place] for place in np.unique(np.linspace(0, len(ends) - 1, min(most // 2, len(ends))).astype(int))]
    shortlist = list(dict.fromkeys([*by_caution[: most - len(spread)], *spread]))
    shortlist += [LeadershipPlan(plan.first) for plan in shortlist]  # is the switch needed?
    shortlist += [plan for plan in allowed if plan.style is not None]  # is it better than any style by itself?
    shortlist = list(dict.fromkeys(shortlist))
    told(AGAIN, 0, len(worlds.scenarios))
    as_is, *runs = live(worlds, [KEEP, *shortlist], _counter(told, AGAIN, len(worlds.scenarios)))
    now = standing(as_is, as_is, found.measure, constraints)
    choices = [_choice(plan, one, as_is, found.measure, constraints) for plan, one in zip(shortlist, runs, strict=True)]
    # At the edge of a bound, luck decides; what keeps it in both sets of worlds keeps it.
    sound = [choice for choice in choices if choice.standing.allowed]
    if not sound and now.allowed:
        sound = [_choice(KEEP, as_is, as_is, found.measure, constraints)]
    if not sound:
        _refuse_unmet({KEEP: now, **{choice.plan: choice.standing for choice in choices}}, constraints)
    return now, sound


def _choice(
    plan: LeadershipPlan, runs: Floats, as_is: Floats, measure: Yardstick, constraints: Sequence[Constraint]
) -> Choice:
    return Choice(
        plan, standing(runs, as_is, measure, constraints), tuple(measure.points(runs, as_is).mean(axis=1).tolist())
    )


def _simpler(best: Choice, measure: Yardstick, worlds: Worlds, constraints: Sequence[Constraint]) -> list[Choice]:
    """What is left of a plan when it is made simpler step by step, as long as that costs no more than noise."""
    found: list[Choice] = []
    chosen = best
    while options := ways.simpler(chosen.plan):
        as_is, *runs = live(worlds, [KEEP, *options])
        tried = [_choice(plan, one, as_is, measure, constraints) for plan, one in zip(options, runs, strict=True)]
        good = [one for one in tried if one.standing.allowed and _as_good(one, best)]
        if not good:
            break
        chosen = max(good, key=lambda one: one.standing.cautious)
        found += good
    return found


def changing(choices: Sequence[Choice]) -> list[Choice]:
    """The plans that change anything beside staying as is; all of them, if none does."""
    return [one for one in choices if any(one.gains)] or list(choices)


def recommended_of(scenario: Scenario, choices: Sequence[Choice], best: Choice) -> Choice:
    """Of the plans that only noise tells from the best, the simplest, and of those the one that changes least."""
    good = [one for one in choices if one.plan == best.plan or _as_good(one, best)]
    return min(good, key=lambda one: (ways.complexity(one.plan), ways.change(scenario, one.plan), str(one.plan)))


def instead_of(scenario: Scenario, choices: Sequence[Choice], chosen: Choice, seen: Confirmation) -> Choice | None:
    """The single style to recommend after all: a blend does not beat them all, or another is ahead as written."""
    single = changing([one for one in choices if one.plan.style is not None and one.plan != KEEP])
    if chosen.plan.style is None:
        if seen.beats_every_style or not single:
            return None
        return recommended_of(scenario, single, max(single, key=lambda one: one.standing.cautious))
    ahead = [one for one in single if one.plan.style == seen.best_fixed and seen.best_fixed in seen.as_good]
    return ahead[0] if ahead and seen.beside_fixed.verdict == "worse" else None


def _as_good(one: Choice, best: Choice) -> bool:
    """Whether only noise tells a plan from the best, on the average over worlds and in the worst tenth of them."""
    apart = paired_in_fours(np.array(best.gains) - np.array(one.gains))
    noise = apart.high - apart.mean if math.isfinite(apart.high) else 0.0
    return apart.mean <= max(noise, MARGIN) and one.standing.cautious >= best.standing.cautious - max(noise, MARGIN)


def _refuse_unmet(standings: dict[LeadershipPlan, Standing], constraints: Sequence[Constraint]) -> None:
    if any(one.allowed for one in standings.values()):
        return
    out_of_reach = []
    for place, constraint in enumerate(constraints):
        nearest = min(standings.values(), key=lambda one: one.missed[place])
        if nearest.missed[place] > 0:
            out_of_reach.append(f"{constraint} (the nearest that any came is {nearest.means[constraint.metric]:.3g})")
    bounds = " and ".join(out_of_reach) or "all of " + " and ".join(map(str, constraints)) + " together"
    text = f"constraint: none of the {len(standings)} leadership styles that were tried keeps {bounds}; "
    raise InputError(text + "loosen it, or change what else there is to change in the scenario.")


def _front(chosen: Choice, now: Standing, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The plans worth choosing between, by morale: none is better in everything, and none has a simpler double.

    An archive of the kind that Laumanns et al. (2002) call epsilon-Pareto: what differs by less than `ALIKE` of the
    range of an aim counts as the same.
    """
    by_simplicity = sorted(choices, key=lambda choice: (ways.complexity(choice.plan), -choice.standing.cautious))
    table = np.array([_aims(now), *(_aims(choice.standing) for choice in by_simplicity)])
    alike = ALIKE * (table.max(axis=0) - table.min(axis=0))
    kept: list[Choice] = []
    for choice in by_simplicity:
        aims = np.array(_aims(choice.standing))
        if not any((np.array(_aims(one.standing)) >= aims - alike).all() for one in kept):
            kept.append(choice)
    front = [kept[place] for place in undominated(np.array([_aims(choice.standing) for choice in kept]))]
    front += [] if chosen in front or chosen.plan == KEEP else [chosen]
    return tuple(sorted(front, key=lambda choice: choice.standing.means[AIMS[0]]))


def _aims(one: Standing) -> list[float]:
    return [*(one.means[aim] for aim in AIMS), one.cautious]


def _counter(told: Progress, doing: str, total: int) -> Callable[[], None]:
    done = itertools.count(1)
    return lambda: told(doing, next(done), total)


def _check_numbers(trials: object, seed: object) -> None:
    for name, value, least, most in (("trials", trials, 1, MOST_TRIALS), ("seed", seed, 0, 10**18)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
            raise InputError(f"{name}: got {value!r}; allowed is a whole number from {least:,} to {most:,}.")


MOST_TRIALS = 100_000

_STREAM = 0x61647669
"""Keeps the chance of advice apart from that of `sim.compare` with the same seed."""
