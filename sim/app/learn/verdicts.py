"""Judges a guess: was it right, and how certain is this after the runs?"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from sim.analysis.paired import NOTICEABLE, paired_differences
from sim.analysis.summary import Floats, mean_interval, run_values, summarise
from sim.app.learn.lessons import Contest, Course, Everywhere, Luck, Round
from sim.app.learn.runs import styles_of, title_of
from sim.view.sentences import counted, decimals, joined, name_of, number, unit_of

if TYPE_CHECKING:
    import xarray as xr

NONE = "none"
"""The guess that there is no difference to see, or that no style is the best everywhere."""

SHAPES = {
    "rises": "It rises",
    "falls": "It falls",
    "dips": "It falls first and then recovers",
    "peaks": "It rises first and then falls",
    "level": "It stays about level",
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


LIMITS = (
    "This is what the model does with its assumptions and with other luck in every run. It does not say whether real "
    "people do the same. For that, see the page Evidence."
)


def options(asked: Round) -> list[Option]:
    """What a student can guess."""
    match asked:
        case Contest():
            arms = [Option(arm.label, arm.label) for arm in asked.arms]
            return [*arms, Option(NONE, "There is no clear difference")]
        case Course():
            return [Option(name, text) for name, text in SHAPES.items()]
        case Everywhere():
            styles = [Option(style, style) for style in styles_of(asked)]
            return [*styles, Option(NONE, "None of them: it depends on the situation")]
        case Luck():
            return [Option(f"{low}-{high}", f"In {low} to {high} of 100 pairs") for low, high in BUCKETS]


def judge_contest(asked: Contest, guess: str, ds: "xr.Dataset") -> Verdict:
    """Compare the guess with the arms that are not clearly behind the best."""
    weeks = (asked.first, asked.last or asked.weeks)
    table = summarise(ds, [asked.metric], weeks).set_index("style")
    ahead = leaders(ds, asked, weeks)
    places = decimals((table["high"] - table["mean"]).tolist())
    means = joined([f"{arm.label} {number(float(table['mean'][arm.label]), places)}" for arm in asked.arms])
    unit = unit_of(asked.metric)
    measured = f"Mean {name_of(asked.metric)}{f' ({unit})' if unit else ''} in {_span(*weeks)}: {means}."
    if len(ahead) == 1:
        lead = _lead(ds, asked, weeks, ahead[0])
        shown = f"{measured} The {asked.wanted} is {ahead[0]}. This is clear: {lead}."
    elif len(ahead) == len(asked.arms):
        shown = f"{measured} {_alike(ahead, asked.smallest)} after {counted(asked.replications, 'run')} of each."
    else:
        shown = f"{measured} {_alike(ahead, asked.smallest)}. The others are clearly behind."
    if len(ahead) == 1:
        outcome: Outcome = "held" if guess == ahead[0] else "failed"
    elif guess == NONE:
        outcome = "held" if len(ahead) == len(asked.arms) else "open"
    else:
        outcome = "open" if guess in ahead else "failed"
    return Verdict(outcome, shown, LIMITS)


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
    change = {
        "dips": f"It falls by {_size(fall[0])} to its lowest point in week {first + low}. It then rises by "
        f"{_size(rise[0])} until week {last}",
        "peaks": f"It rises by {_size(climb[0])} to its highest point in week {first + high}. It then falls by "
        f"{_size(drop[0])} until week {last}",
        "rises": f"It rises by {_size(net[0])} from week {first} to week {last}",
        "falls": f"It falls by {_size(net[0])} from week {first} to week {last}",
        "level": f"From week {first} to week {last} there is no certain change of {asked.smallest:g} or more",
    }[shape]
    start, stop = number(float(mean[0]), 2), number(float(mean[-1]), 2)
    sure = "" if shape == "level" else " The 95% intervals of these changes do not include zero."
    shown = (
        f"Mean {name_of(asked.metric)} over {counted(asked.replications, 'run')}: {start} in week {first}, {stop} in "
        f"week {last}. {change}.{sure}"
    )
    return Verdict("held" if guess == shape else "failed", shown, LIMITS)


def judge_everywhere(asked: Everywhere, guess: str, results: "dict[str, xr.Dataset]") -> Verdict:
    """Compare the guess with the styles that lead in each scenario."""
    weeks = (asked.first, asked.last or asked.weeks)
    ahead = {name: leaders(ds, asked, weeks) for name, ds in results.items()}
    total = len(ahead)
    wins = {style: [name for name in ahead if style in ahead[name]] for style in styles_of(asked)}
    best = max(wins, key=lambda style: len(wins[style]))
    everywhere = [style for style in wins if len(wins[style]) == total]
    each = "; ".join(f"{title_of(name)}: {' or '.join(styles)}" for name, styles in ahead.items())
    what = f"{asked.wanted} {name_of(asked.metric)}"
    if everywhere:
        shown = (
            f"In all {total} situations, {joined(everywhere)} {'is' if len(everywhere) == 1 else 'are'} among the "
            f"styles with the {what}."
        )
    else:
        shown = (
            f"No style has the {what} in all {total} situations. {best} comes closest, in {len(wins[best])} of them."
        )
    if guess not in (NONE, best):
        shown += f" Your guess, {guess}, is among the leading styles in {len(wins[guess])} of {total}."
    shown += f" Styles that lead or are not clearly behind: {each}."
    right = not everywhere if guess == NONE else guess in everywhere
    limits = (
        f"Other situations or another measure may have other winners. Here {total} situations were run, and only"
        f" {what} counted."
    )
    return Verdict("held" if right else "failed", shown, f"{limits} {LIMITS}")


def judge_luck(asked: Luck, guess: str, ds: "xr.Dataset") -> Verdict:
    """Compare the guess with the share of pairs in which the first arm is ahead, and the share's interval."""
    one, other = (arm.label for arm in asked.arms)
    ours, theirs = in_pairs(asked, ds)
    gap = ours - theirs if asked.wanted == "highest" else theirs - ours
    gap = gap[~np.isnan(gap)]  # a run may have no week with a value
    n, share = len(gap), 100 * float((gap > 0).mean())
    low, high = wilson(int((gap > 0).sum()), n)
    begin, end = (int(part) for part in guess.split("-"))
    more = "more" if asked.wanted == "highest" else "less"
    differ = "only in the style" if asked.same else "in people, luck and style"
    shown = (
        f"In {share:.0f} of 100 pairs, {one} has {more} {name_of(asked.metric)} than {other} ({n} pairs; 95% interval "
        f"{low:.0f} to {high:.0f}). The two companies of a pair differ {differ}."
    )
    if begin <= share <= end:
        outcome: Outcome = "held" if begin <= low and high <= end else "open"
    else:
        outcome = "open" if low < end and high > begin else "failed"
    return Verdict(outcome, shown, LIMITS)


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
    unit = unit_of(asked.metric)
    size = f"{asked.smallest:g} {unit if unit.startswith('%') else ''}".strip()
    return (
        f"★ leads: it has the {asked.wanted} {name_of(asked.metric)}, or is not clearly behind the style that has. A"
        f" difference is not clear if it is below {size} or below {NOTICEABLE:g} standard deviations between runs, or"
        f" if it may be luck after {counted(asked.replications, 'run')} of each."
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
    return f"it differs by {size} from {nearest['style']}, the nearest (95% interval {low} to {high})"


def _alike(arms: Sequence[str], smallest: float) -> str:
    return f"Between {joined(arms)} there is no certain difference of {smallest:g} or more"


def _span(first: int, last: int) -> str:
    return f"week {first}" if first == last else f"weeks {first} to {last}"


def _size(change: float) -> str:
    return number(abs(change), 2)


JUDGES: dict[str, Callable[..., Verdict]] = {
    "contest": judge_contest,
    "course": judge_course,
    "everywhere": judge_everywhere,
    "luck": judge_luck,
}
