"""Advice in words and tables: what to do, how it compares with staying as is, how sure that is, and the trade-off."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.advice.advisor import Advice
from sim.analysis.advice.confirm import Paired
from sim.analysis.advice.plans import KEEP, TENTHS, Blend, LeadershipPlan, change, fixed
from sim.analysis.doubt import shares_record
from sim.analysis.summary import finite_or_none
from sim.model.engine import AS_IS
from sim.model.metrics import BY_NAME
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.prices import NO_MONEY, without_money
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles, resolve
from sim.view.doubt import doubt_in_words
from sim.view.fit import fitted_in_words
from sim.view.sentences import capitalised, counted, decimals, joined, name_of, number, unit_of

SHOWN = 8
"""Rows that the table of the trade-off has at most."""

CHANGES = 5
"""Behaviours that the sentence on what changes names at most."""

NOTED = 0.1
"""A change of behaviour below this, on 0-1, is not worth a word."""


def blend_in_words(blend: Blend) -> str:
    """'servant', or 'servant 60% and S4 40%'."""
    if len(blend) == 1:
        return "as now" if blend[0][0] == AS_IS else blend[0][0]
    return joined([f"{style} {100 * tenths // TENTHS}%" for style, tenths in blend])


def plan_in_words(plan: LeadershipPlan) -> str:
    """A plan in a sentence without its full stop."""
    first = blend_in_words(plan.first)
    if plan.then is None:
        return first
    then = blend_in_words(plan.then)
    if plan.observed is None:
        return f"{first}; from week {plan.from_week} on {then}"
    return f"{first}; but {then} while {plan.observed.replace('_', ' ')} is at least {plan.at_least:g}"


def advice_sentences(advice: Advice) -> list[str]:
    """The answer: what to do, beside staying as is, beside the best built-in style, within the bounds."""
    sentences = [_what_to_do(advice), *filter(None, [_beside_now(advice), _staying(advice), _doubt(advice)])]
    sentences.append(_beside_fixed(advice))
    if meant := styles_in_words(advice.scenario, advice.plan):
        sentences.insert(1, meant)
    if change := changes_in_words(advice.scenario, advice.plan):
        sentences.insert(2, change)
    for constraint, (mean, share) in zip(advice.constraints, advice.confirmation.kept, strict=True):
        kept = "kept" if constraint.missed_by(mean) <= 0 else "missed on fresh luck, though it was kept in the search"
        worlds = f"on average; in {share:.0%} of the plausible worlds it is kept"
        sentences.append(f"Bound {constraint} ({unit_of(constraint.metric)}): {kept}, {mean:.3g} {worlds}.")
    sentences += [f"{constraint.note}." for constraint in advice.constraints if constraint.note]
    if advice.stopped:
        tried = f"after {advice.tried} of {counted(advice.trials, 'plan')}"
        sentences.append(f"The search was stopped {tried}; this is the best until then.")
    return sentences


def styles_in_words(scenario: Scenario, plan: LeadershipPlan) -> str:
    """What the styles of a plan are, for somebody who knows them by name only."""
    names = dict.fromkeys(style for style, _ in (*plan.first, *(plan.then or ())))
    styles = {**builtin_styles(), **scenario.styles}
    described = [f"{name}: {styles[name].description}" for name in names if name in styles and styles[name].description]
    return " ".join(text if text.endswith(".") else f"{text}." for text in described)


def changes_in_words(scenario: Scenario, plan: LeadershipPlan) -> str:
    """What the leader would do more and less of at first, beside now; nothing where leaders differ."""
    changes = behaviour_changes(scenario, plan)
    if not changes:
        return ""
    changed = []
    for word, sign in (("more", 1), ("less", -1)):
        here = sorted((one for one in changes.items() if sign * one[1] >= NOTED), key=lambda one: -abs(one[1]))
        if here:
            changed.append(f"{word} {joined([f'{name} ({change:+.1f})' for name, change in here[:CHANGES]])}")
    start = "In behaviour, at first: " if plan.then else "In behaviour: "
    return start + "; ".join(changed) + ". (Each behaviour runs from 0 to 1.)" if changed else ""


def behaviour_changes(scenario: Scenario, plan: LeadershipPlan) -> dict[str, float]:
    """Advised less present behaviour, on 0-1, mean over development levels; empty where leaders differ.

    Where the present style changes with time, its first stage counts.
    """
    leaders = {(team.leader or scenario.leader).style for team in scenario.teams}
    if len(leaders) > 1 or plan == KEEP:
        return {}
    now = np.mean(resolve(leaders.pop(), scenario.styles).stages[0].levels, axis=0)
    advised = sum(
        tenths / TENTHS * np.mean(resolve(style, scenario.styles).stages[0].levels, axis=0)
        for style, tenths in plan.first
    )
    return dict(zip(BEHAVIOURS, map(float, advised - now), strict=True))


def advice_parts(advice: Advice) -> list[RenderableType]:
    """What `teamsim advise` prints."""
    title = Text.assemble((advice.scenario.title, "bold"), f" ({advice.scenario.name})")
    goal = f"\nGoal: {advice.goal}" + "".join(f"; {constraint}" for constraint in advice.constraints)
    first, *more = advice_sentences(advice)
    return [
        Text.assemble(title, goal), "", Text(first, style="bold"), *map(Text, more),
        *([Text(fitted_in_words(advice.scenario.fitted))] if advice.scenario.fitted else []),
        "", _metrics_table(advice), "",
        _front_table(advice), "", Text(_how_to_read(advice), style="dim"),
        *([] if len(_shown_metrics(advice)) == len(advice.confirmation.metrics) else ["", NO_MONEY]),
    ]  # fmt: skip


def advice_record(advice: Advice) -> dict[str, Any]:
    """The whole advice as plain data: what `teamsim advise --json` prints. Unknown numbers are None."""
    confirmed = advice.confirmation
    return {
        "scenario": advice.scenario.name,
        "seed": advice.seed,
        "goal": dict(advice.goal.weights),
        "goal_point": dict(advice.measure.size),
        "constraints": [
            {
                "metric": one.metric,
                "sign": one.sign,
                "bound": one.bound,
                "mean": finite_or_none(mean),
                "kept": finite_or_none(share),
            }
            for one, (mean, share) in zip(advice.constraints, confirmed.kept, strict=True)
        ],
        "notes": [one.note for one in advice.constraints if one.note],
        "tried": advice.tried,
        "trials": advice.trials,
        "stopped": advice.stopped,
        "effort": advice.effort._asdict(),
        "advice": "change" if advice.beats_now else "stay as now",
        "plan": _plan_record(advice.plan),
        "behaviour_changes": behaviour_changes(advice.scenario, advice.plan),
        "beside_now": {
            "plausible_worlds": _paired_record(confirmed.worlds),
            "as_written": _paired_record(confirmed.as_written),
        },
        "as_good": list(advice.as_good),
        "regret_of_staying": {"mean": confirmed.regret[0], "worst_tenth": confirmed.regret[1]},
        "doubt": shares_record(confirmed.doubt),
        "beside_best_fixed": {"style": confirmed.best_fixed, **_paired_record(confirmed.beside_fixed)},
        "metrics": {
            str(row["metric"]): {
                "unit": unit_of(str(row["metric"])),
                **{key: finite_or_none(row[key]) for key in ("now", "advised", "mean", "low", "high", "better")},
            }
            for row in confirmed.metrics.to_dict("records")
        },
        "front": [
            {
                "plan": _plan_record(choice.plan),
                "gain": choice.standing.gain,
                "worst_tenth": choice.standing.cautious,
                "better": choice.standing.better,
                "metrics": {name: finite_or_none(value) for name, value in choice.standing.means.items()},
            }
            for choice in advice.front
        ],
        "sentences": advice_sentences(advice),
    }


def _what_to_do(advice: Advice) -> str:
    if advice.beats_now and advice.as_good:
        names = joined([plan_in_words(advice.plan), *sorted(advice.as_good)])
        least = min(change(advice.scenario, fixed(name)) for name in advice.as_good)
        nearest = change(advice.scenario, advice.plan) <= least
        why = "asks leaders to change least" if nearest else "is ahead on the scenario as it is written"
        return (
            f"Several do equally well, as far as can be told: {names}. Advice: of these, {plan_in_words(advice.plan)},"
            f" which {why}."
        )
    if advice.beats_now:
        return f"Advice: lead like this: {plan_in_words(advice.plan)}."
    if advice.plan == KEEP:
        return "Advice: stay as you are. No other leadership style that was tried keeps the bounds."
    words = f"the best that was found: {plan_in_words(advice.plan)}"
    return f"Advice: stay as you are. Nothing that was tried beats the way the business is led now ({words})."


def _beside_now(advice: Advice) -> str:
    gain = advice.confirmation.worlds
    if advice.plan == KEEP:
        return ""
    worlds = f"in {_share(gain.better)} of {counted(gain.n, 'plausible world')}"
    size = f"by {_points(gain)} goal points on average"
    text = f"Beside staying as is: {_compared(gain)} {size}, and better {worlds} (other luck, other model numbers,"
    return f"{text} other leaders of the same styles)."


def _staying(advice: Advice) -> str:
    """What staying as is gives away, where the advice is to change."""
    mean, worst = advice.confirmation.regret
    if not advice.beats_now:
        return ""
    return (
        f"Staying as you are gives away {mean:.2g} goal points on average, and {worst:.2g} or more in one world of ten."
    )


def _doubt(advice: Advice) -> str:
    """Where the doubt about the gain comes from, as far as that can be told."""
    found = advice.confirmation.doubt
    if advice.plan == KEEP or math.isnan(found["luck"].share):
        return ""
    return f"Of the doubt about one firm's gain, {doubt_in_words(found)}."


def _beside_fixed(advice: Advice) -> str:
    best, beside = advice.confirmation.best_fixed, advice.confirmation.beside_fixed
    fresh = f"on {counted(beside.n, 'fresh paired replication')} of the scenario as written"
    if advice.plan.style == best:
        return f"It is a built-in style, {best}, the best of them {fresh}; no blend or switch beats it beyond doubt."
    if beside.verdict == "better":
        return f"It beats the best built-in style, {best}, by {_points(beside)} goal points {fresh}."
    if beside.verdict == "worse":
        text = f"{capitalised(best)} is ahead of it by {_points(_turned(beside))} goal points {fresh};"
        return f"{text} over the plausible worlds, which count, it is not."
    return f"Beside it, {best} does as well: {_points(beside)} goal points {fresh}."


def _compared(gain: Paired) -> str:
    return {"better": "better", "worse": "worse, in total", "open": "no clear difference, changed"}[gain.verdict]


def _turned(one: Paired) -> Paired:
    return one._replace(mean=-one.mean, low=-one.high, high=-one.low)


def _points(one: Paired) -> str:
    places = max(decimals([(one.high - one.low) / 2]), 1)
    return f"{number(one.mean, places)} ({number(one.low, places)} to {number(one.high, places)})"


def _share(share: float) -> str:
    return "all" if share == 1 else "none" if share == 0 else f"{share:.0%}"


def _metrics_table(advice: Advice) -> Table:
    table = _empty_table("Staying as is, and the best that was found, over plausible worlds")
    changed = "advised" if advice.beats_now else "best found"
    for header in ("as now", changed, "difference", "95% interval", "better in"):
        table.add_column(header, justify="right", no_wrap=True)
    for row in _shown_metrics(advice):
        places = decimals([(row["high"] - row["low"]) / 2])
        interval = f"{number(row['low'], places, True)} to {number(row['high'], places, True)}"
        better = "" if math.isnan(row["better"]) else f"{row['better']:.0%} of worlds"
        table.add_row(
            f"{BY_NAME[row['metric']].long_name} ({unit_of(row['metric'])})", number(row["now"], places),
            number(row["advised"], places), number(row["mean"], places, True), interval, better,
        )  # fmt: skip
    return table


def _shown_metrics(advice: Advice) -> list[dict[Any, Any]]:
    """The rows of the metrics; those of money only where prices are given, or the goal or a bound is about them."""
    rows = advice.confirmation.metrics.to_dict("records")
    asked = {*advice.goal.weights, *(one.metric for one in advice.constraints)}
    shown = without_money(advice.scenario, [str(row["metric"]) for row in rows], asked)
    return [row for row in rows if row["metric"] in shown]


def _front_table(advice: Advice) -> Table:
    table = _empty_table("The trade-off: plans of which none is better in everything")
    for header in ("morale", "output", "goal", "worst tenth"):
        table.add_column(header, justify="right", no_wrap=True)
    places = np.unique(np.linspace(0, len(advice.front) - 1, min(SHOWN, len(advice.front))).astype(int))
    shown = [choice for place, choice in enumerate(advice.front) if place in places or choice.plan == advice.plan]
    rows: list[tuple[str, Mapping[str, float], float, float]] = [("as now", advice.now.means, 0.0, 0.0)]
    rows += [
        (("> " if choice.plan == advice.plan else "") + plan_in_words(choice.plan), choice.standing.means,
         choice.standing.gain, choice.standing.cautious)
        for choice in shown
    ]  # fmt: skip
    for words, means, gain, cautious in rows:
        numbers = (f"{means['morale']:.3f}", f"{means['output']:.1f}", f"{gain:+.2f}", f"{cautious:+.2f}")
        table.add_row(words, *numbers, style="bold" if words.startswith("> ") else "")
    return table


def _empty_table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    return table


def _how_to_read(advice: Advice) -> str:
    sizes = joined([f"{size:.2g} in {name_of(name)}" for name, size in advice.measure.size.items()])
    return (
        f"One goal point is {sizes}: as much as businesses like this one differ anyway, led as now. Goal: mean gain"
        " over staying as is; worst tenth: 9 of 10 plausible worlds gain more than this. The advised plan is the"
        " simplest of those that only noise tells from the one with the highest worst tenth. The search tried"
        f" {counted(advice.tried, 'plan')} with seed {advice.seed}; the luck and the model numbers behind the sentences"
        " and the first table took no part in the choice."
    )


def _plan_record(plan: LeadershipPlan) -> dict[str, Any]:
    record: dict[str, Any] = {"words": plan_in_words(plan), "first": _blend_record(plan.first), "then": None}
    if plan.then is not None:
        record |= {"then": _blend_record(plan.then), "from_week": plan.from_week, "when": plan.condition}
    return record


def _blend_record(blend: Blend) -> dict[str, float]:
    return {style: tenths / TENTHS for style, tenths in blend}


def _paired_record(one: Paired) -> dict[str, Any]:
    return {**{key: finite_or_none(value) for key, value in one._asdict().items()}, "verdict": one.verdict}
