"""Judges a guess: was it right, and how certain is this after the runs?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from sim.analysis.paired import NOTICEABLE, paired_differences
from sim.analysis.summary import Floats, mean_interval, run_values, summarise
from sim.app.learn.lessons import Contest, Course, Everywhere, Luck, Round
from sim.app.learn.runs import scenario_called, styles_of
from sim.view.language import english, said, spoken
from sim.view.sentences import called, decimals, joined, name_of, number, shown_unit, unit_of

if TYPE_CHECKING:
    import xarray as xr

NONE = "none"
"""The guess that there is no difference to see, or that no style is the best everywhere."""

SHAPES = {
    "rises": english("It rises"),
    "falls": english("It falls"),
    "dips": english("It falls first and then recovers"),
    "peaks": english("It rises first and then falls"),
    "level": english("It stays about level"),
}
"""The shapes of a course, by name, as the student reads them."""

BUCKETS = ((0, 20), (20, 40), (40, 60), (60, 80), (80, 100))
"""The ranges, in percent of runs, that a student can choose from."""

type Outcome = Literal["held", "open", "failed"]


class Option(NamedTuple):
    """A guess that can be made."""

    name: str
    text: str


class Verdict(NamedTuple):
    """The result of a guess: was it right, what the runs show, and what they do not show."""

    outcome: Outcome
    shown: str
    limits: str


LIMITS = english(
    "This is what the model does with its assumptions and with other luck in every run. It does not say whether real "
    "people do the same. For that, see the page Evidence."
)


IS_BEST = {"highest": english("The highest is {best}."), "lowest": english("The lowest is {best}.")}
ALL_ALIKE = english(
    "Between {arms} there is no certain difference of {size} or more after {runs} {runs:run|runs} of each."
)
SOME_ALIKE = english("Between {arms} there is no certain difference of {size} or more. The others are clearly behind.")

CHANGES = {
    "dips": english(
        "It falls by {size} to its lowest point in week {turn}. It then rises by {then} until week {last}."
    ),
    "peaks": english(
        "It rises by {size} to its highest point in week {turn}. It then falls by {then} until week {last}."
    ),
    "rises": english("It rises by {size} from week {first} to week {last}."),
    "falls": english("It falls by {size} from week {first} to week {last}."),
    "level": english("From week {first} to week {last} there is no certain change of {size} or more."),
}

EVERYWHERE = (
    english("In all {all} situations, {styles} is among the styles with {what}."),
    english("In all {all} situations, {styles} are among the styles with {what}."),
)
NOWHERE = english("No style has {what} in all {all} situations. {best} comes closest, in {many} of them.")
YOURS = english("Your guess, {guess}, is among the leading styles in {many} of {all}.")
ONLY_THESE = english(
    "Other situations or another measure may have other winners. Here {all} situations were run, and only"
    " {what} counted."
)

MORE_OR_LESS = {
    "highest": english(
        "In {share} of 100 pairs, {one} has more {metric} than {other} ({pairs} pairs; 95% interval {low} to {high})."
    ),
    "lowest": english(
        "In {share} of 100 pairs, {one} has less {metric} than {other} ({pairs} pairs; 95% interval {low} to {high})."
    ),
}
DIFFER_IN = {
    True: english("The two companies of a pair differ only in the style."),
    False: english("The two companies of a pair differ in people, luck and style."),
}

LEADS = english(
    "★ leads: it has {what}, or is not clearly behind the style that has. A difference is not clear if it is below"
    " {size} or below {noticeable} standard deviations between runs, or if it may be luck after {runs}"
    " {runs:run|runs} of each."
)

IN_PAIRS = english("In {low} to {high} of 100 pairs")

WANTED = {"highest": english("the highest {metric}"), "lowest": english("the lowest {metric}")}


def arm_called(label: str) -> str:
    """What people call one side of a comparison."""
    return said(label, "arm")


def options(asked: Round) -> list[Option]:
    """What a student can guess."""
    match asked:
        case Contest():
            arms = [Option(arm.label, arm_called(arm.label)) for arm in asked.arms]
            return [*arms, Option(NONE, said("There is no clear difference"))]
        case Course():
            return [Option(name, said(text)) for name, text in SHAPES.items()]
        case Everywhere():
            styles = [Option(style, called(style)) for style in styles_of(asked)]
            return [*styles, Option(NONE, said("None of them: it depends on the situation"))]
        case Luck():
            return [Option(f"{low}-{high}", said(IN_PAIRS, low=str(low), high=str(high))) for low, high in BUCKETS]


def judge_contest(asked: Contest, guess: str, ds: "xr.Dataset") -> Verdict:
    """Compare the guess with the arms that are not clearly behind the best."""
    weeks = (asked.first, asked.last or asked.weeks)
    table = summarise(ds, [asked.metric], weeks).set_index("style")
    ahead = leaders(ds, asked, weeks)
    places = decimals((table["high"] - table["mean"]).tolist())
    means = joined([f"{arm_called(arm.label)} {number(float(table['mean'][arm.label]), places)}" for arm in asked.arms])
    name = f"{name_of(asked.metric)} ({shown_unit(asked.metric)})"
    measured = said("Mean {metric} {when}: {means}.", metric=name, when=_span(*weeks), means=means)
    alike = {"arms": joined([arm_called(label) for label in ahead]), "size": _general(asked.smallest)}
    if len(ahead) == 1:
        best = said(IS_BEST[asked.wanted], best=arm_called(ahead[0]))
        shown = f"{measured} {best} {_lead(ds, asked, weeks, ahead[0])}"
    elif len(ahead) == len(asked.arms):
        shown = f"{measured} {said(ALL_ALIKE, runs=asked.replications, **alike)}"
    else:
        shown = f"{measured} {said(SOME_ALIKE, **alike)}"
    if len(ahead) == 1:
        outcome: Outcome = "held" if guess == ahead[0] else "failed"
    elif guess == NONE:
        outcome = "held" if len(ahead) == len(asked.arms) else "open"
    else:
        outcome = "open" if guess in ahead else "failed"
    return Verdict(outcome, shown, said(LIMITS))


def judge_course(asked: Course, guess: str, ds: "xr.Dataset") -> Verdict:
    """Compare the guess with the shape of the mean course."""
    first, last = asked.first, asked.last or asked.weeks
    values = ds[asked.metric].isel(style=0).sel(week=slice(first, last)).transpose("replication", "week").to_numpy()
    mean = mean_interval(values.T).mean
    low, high = int(mean.argmin()), int(mean.argmax())

    def moves(begin: int, end: int) -> tuple[float, bool]:
        """The mean change between two weeks, and whether it is certain and large enough."""
        change = mean_interval(values[:, end] - values[:, begin])
        sure = float(change.low) > 0 or float(change.high) < 0
        return float(change.mean), sure and abs(float(change.mean)) >= asked.smallest

    end = len(mean) - 1
    fall, rise = moves(0, low), moves(low, end)
    climb, drop = moves(0, high), moves(high, end)
    net = moves(0, end)
    dips, peaks = fall[1] and rise[1], climb[1] and drop[1]
    if dips and (not peaks or (fall[0] + drop[0] <= 0 and low < high)):
        shape = "dips"
    elif peaks:
        shape = "peaks"
    elif net[1]:
        shape = "rises" if net[0] > 0 else "falls"
    else:
        shape = "level"
    turn = first + (low if shape == "dips" else high)
    sizes = {"dips": (fall, rise), "peaks": (climb, drop)}.get(shape, (net, net))
    change = said(
        CHANGES[shape],
        size=_general(asked.smallest) if shape == "level" else _size(sizes[0][0]),
        then=_size(sizes[1][0]),
        turn=str(turn),
        first=str(first),
        last=str(last),
    )
    sure = "" if shape == "level" else " " + said("The 95% intervals of these changes do not include zero.")
    measured = said(
        "Mean {metric} over {runs} {runs:run|runs}: {start} in week {first}, {stop} in week {last}.",
        metric=name_of(asked.metric),
        runs=asked.replications,
        start=number(float(mean[0]), 2),
        stop=number(float(mean[-1]), 2),
        first=str(first),
        last=str(last),
    )
    return Verdict("held" if guess == shape else "failed", f"{measured} {change}{sure}", said(LIMITS))


def judge_everywhere(asked: Everywhere, guess: str, results: "dict[str, xr.Dataset]") -> Verdict:
    """Compare the guess with the styles that lead in each scenario."""
    weeks = (asked.first, asked.last or asked.weeks)
    ahead = {name: leaders(ds, asked, weeks) for name, ds in results.items()}
    total = len(ahead)
    wins = {style: [name for name in ahead if style in ahead[name]] for style in styles_of(asked)}
    best = max(wins, key=lambda style: len(wins[style]))
    everywhere = [style for style in wins if len(wins[style]) == total]
    either = said(" or ", "list")
    each = "; ".join(f"{scenario_called(name)}: {either.join(map(called, styles))}" for name, styles in ahead.items())
    what = said(WANTED[asked.wanted], metric=name_of(asked.metric))
    if everywhere:
        styles = joined([called(style) for style in everywhere])
        shown = said(EVERYWHERE[len(everywhere) > 1], all=total, styles=styles, what=what)
    else:
        shown = said(NOWHERE, what=what, all=total, best=called(best), many=len(wins[best]))
    if guess not in (NONE, best):
        shown += " " + said(YOURS, guess=called(guess), many=len(wins[guess]), all=total)
    shown += " " + said("Styles that lead or are not clearly behind: {each}.", each=each)
    right = not everywhere if guess == NONE else guess in everywhere
    limits = said(ONLY_THESE, all=total, what=what)
    return Verdict("held" if right else "failed", shown, f"{limits} {said(LIMITS)}")


def judge_luck(asked: Luck, guess: str, ds: "xr.Dataset") -> Verdict:
    """Compare the guess with the share of pairs in which the first arm is ahead, and the share's interval."""
    one, other = (arm.label for arm in asked.arms)
    ours, theirs = in_pairs(asked, ds)
    gap = ours - theirs if asked.wanted == "highest" else theirs - ours
    gap = gap[~np.isnan(gap)]  # a run may have no week with a value
    n, share = len(gap), 100 * float((gap > 0).mean())
    low, high = wilson(int((gap > 0).sum()), n)
    begin, end = (int(part) for part in guess.split("-"))
    shown = said(
        MORE_OR_LESS[asked.wanted],
        share=f"{share:.0f}",
        one=arm_called(one),
        metric=name_of(asked.metric),
        other=arm_called(other),
        pairs=n,
        low=f"{low:.0f}",
        high=f"{high:.0f}",
    )
    shown += " " + said(DIFFER_IN[asked.same])
    if begin <= share <= end:
        outcome: Outcome = "held" if begin <= low and high <= end else "open"
    else:
        outcome = "open" if low < end and high > begin else "failed"
    return Verdict(outcome, shown, said(LIMITS))


def in_pairs(asked: Luck, ds: "xr.Dataset") -> tuple[Floats, Floats]:
    """The values of both companies of every pair.

    Runs with the same number have the same luck. If a pair shall have different luck, each run is paired with the next
    number.
    """
    values = run_values(ds, [asked.metric], (asked.first, asked.last or asked.weeks)).sel(metric=asked.metric)
    ours, theirs = (values.sel(style=arm.label).to_numpy() for arm in asked.arms)
    return ours, np.roll(theirs, 0 if asked.same else 1)


def leading(asked: Everywhere) -> str:
    """The meaning of "leads", for one style or for several."""
    unit = shown_unit(asked.metric) if unit_of(asked.metric).startswith("%") else ""
    return said(
        LEADS,
        what=said(WANTED[asked.wanted], metric=name_of(asked.metric)),
        size=f"{_general(asked.smallest)} {unit}".strip(),
        noticeable=_general(NOTICEABLE),
        runs=asked.replications,
    )


def leaders(ds: "xr.Dataset", asked: Contest | Everywhere, weeks: tuple[int, int]) -> list[str]:
    """The style with the highest (lowest) mean, and all styles that are not clearly and noticeably behind it.

    `paired_differences` says what is clear, and the lesson says what is noticeable.
    """
    means = summarise(ds, [asked.metric], weeks).set_index("style")["mean"]
    best = str(means.idxmax() if asked.wanted == "highest" else means.idxmin())
    rows = paired_differences(ds, best, [asked.metric], weeks).to_dict("records")
    behind = {row["style"] for row in rows if row["clear"] and abs(row["mean"]) >= asked.smallest}
    return [str(style) for style in means.index if style not in behind]


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95% interval of a share in percent (Wilson 1927)."""
    z, share = 1.959964, successes / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(0.0, float(100 * (middle - half))), min(100.0, float(100 * (middle + half)))


def _lead(ds: "xr.Dataset", asked: Contest, weeks: tuple[int, int], best: str) -> str:
    """The distance between the best and the nearest other, with its interval."""
    rows = paired_differences(ds, best, [asked.metric], weeks)
    nearest = min(rows.to_dict("records"), key=lambda row: abs(float(row["mean"])))
    sizes = sorted(abs(float(nearest[name])) for name in ("low", "high"))
    places = decimals([(sizes[1] - sizes[0]) / 2])
    size, low, high = (number(value, places) for value in (abs(float(nearest["mean"])), *sizes))
    return said(
        "This is clear: it differs by {size} from {nearest}, the nearest (95% interval {low} to {high}).",
        size=size,
        nearest=arm_called(str(nearest["style"])),
        low=low,
        high=high,
    )


def _general(value: float) -> str:
    return spoken().digits(f"{value:g}")


def _span(first: int, last: int) -> str:
    if first == last:
        return said("in week {week}", week=str(first))
    return said("in weeks {first} to {last}", first=str(first), last=str(last))


def _size(change: float) -> str:
    return number(abs(change), 2)


JUDGES: dict[str, Callable[..., Verdict]] = {
    "contest": judge_contest,
    "course": judge_course,
    "everywhere": judge_everywhere,
    "luck": judge_luck,
}
