"""The five kinds of contrast: each turns the results of the arms into one number per replication."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.claims.schema import AnyPart, Arm, Crossing, Difference, Interaction, Regret, Slope, parsed
from sim.analysis.regret import behind_best
from sim.analysis.summary import Floats
from sim.model.metrics import BY_NAME
from sim.run.measures import Measure

type Values = Mapping[tuple[Arm, Measure], Floats]


class Contrast(NamedTuple):
    """What one comparison of a part comes to in every replication.

    `values`: one number a replication, in the metric's unit; `spread`: the average standard deviation of its arms
    between replications, which effects are expressed in; `base`: mean of what is compared with, for percentages;
    `sign`: +1 where the claim says higher, -1 where it says lower.
    """

    label: str
    values: Floats
    spread: float
    base: float
    sign: float


def contrasts(part: AnyPart, values: Values) -> list[Contrast]:
    """Every comparison that a part makes.

    Args:
        part: of a claim.
        values: what each of its arms comes to.
    """
    return _KINDS[part.kind](part, values)


def difference(part: Difference, values: Values) -> list[Contrast]:
    """One arm less each of the others, or the arm by itself."""
    (measure,) = part.measures
    of = parsed(part.of)
    if not part.others:
        return [_contrast(part, _name(of), [values[of, measure]], [1.0])]
    return [
        _contrast(part, f"{_name(of)} less {_name(other)}", [values[of, measure], values[other, measure]], [1.0, -1.0])
        for other in part.others
    ]


def interaction(part: Interaction, values: Values) -> list[Contrast]:
    """A difference here less the same difference there."""
    (measure,) = part.measures
    arms = [values[arm, measure] for arm in part.arms]
    one, other, there, there_other = map(_name, part.arms)
    label = f"({one} less {other}) less ({there} less {there_other})"
    return [_contrast(part, label, arms, [1.0, -1.0, -1.0, 1.0])]


def slope(part: Slope, values: Values) -> list[Contrast]:
    """The change from the lowest to the highest level along the straight line of least squares."""
    (measure,) = part.measures
    levels = np.array(part.levels)
    centred = levels - levels.mean()
    weights = centred / (centred**2).sum() * (levels.max() - levels.min())
    arms = [values[arm, measure] for arm in part.arms]
    label = f"{_name(parsed(part.of[0]))} to {_name(parsed(part.of[-1]))}"
    label += f", less {_name(parsed(part.against[0]))} to {_name(parsed(part.against[-1]))}" if part.against else ""
    return [_contrast(part, label, arms, [*weights, *(-weights if part.against else [])])]


def crossing(part: Crossing, values: Values) -> list[Contrast]:
    """The best style of one situation against one that beats it in another, in both of them.

    Which styles and situations is chosen on every second replication, and the comparison made on the others, so that
    choosing the best of many does not count as evidence.
    """
    (measure,) = part.measures
    runs = _wanted(part.arms, measure, values).reshape(len(part.situations), len(part.styles), -1)
    choose, test = runs[..., 0::2], runs[..., 1::2]
    spread = choose.std(axis=-1, ddof=1).mean(axis=1)
    means = choose.mean(axis=-1) / np.where(spread > 0, spread, 1.0)[:, np.newaxis]
    best, most = None, -np.inf
    for here in range(len(part.situations)):
        leader = int(means[here].argmax())
        for there in range(len(part.situations)):
            for other in range(len(part.styles)):
                gain = min(means[here, leader] - means[here, other], means[there, other] - means[there, leader])
                if here != there and other != leader and gain > most:
                    best, most = (here, there, leader, other), gain
    if best is None:  # a single style or situation; the file's check asks for two of each
        return []
    here, there, leader, other = best
    return [
        _plain(
            f"{part.styles[one]} less {part.styles[two]} in {part.situations[place]}",
            test[place, one],
            test[place, two],
        )
        for place, one, two in ((here, leader, other), (there, other, leader))
    ]


def regret(part: Regret, values: Values) -> list[Contrast]:
    """The largest regret of each other style less that of the style that the claim is about.

    The largest is no mean over replications; the jackknife (Tukey 1958) gives each replication its share of it, whose
    mean and spread are those of the estimate.
    """
    styles = (part.style, *part.against)
    runs = np.stack([_wanted(part.arms, measure, values) for measure in part.measures])
    runs = runs.reshape(-1, len(styles), runs.shape[-1])  # metric and situation, style, replication
    spread = runs.std(axis=-1, ddof=1).mean(axis=1)
    runs = runs / np.where(spread > 0, spread, 1.0)[:, np.newaxis, np.newaxis]
    n = runs.shape[-1]
    whole = _largest_regret(runs.mean(axis=-1)[..., np.newaxis])
    without_one = _largest_regret((runs.sum(axis=-1, keepdims=True) - runs) / (n - 1))
    shares = n * whole - (n - 1) * without_one
    return [
        Contrast(f"{other}'s largest regret less {part.style}'s", shares[number] - shares[0], 1.0, 1.0, 1.0)
        for number, other in enumerate(styles)
        if number > 0
    ]


def _largest_regret(means: Floats) -> Floats:
    """(situation, style, any) -> (style, any)."""
    return np.asarray(behind_best(means, axis=1).max(axis=0))


def _wanted(arms: tuple[Arm, ...], measure: Measure, values: Values) -> Floats:
    """(arm, replication), turned so that more is better."""
    return BY_NAME[measure.metric].sign * np.stack([values[arm, measure] for arm in arms])


def _contrast(part: Any, label: str, arms: list[Floats], weights: list[float]) -> Contrast:
    values = sum((weight * arm for weight, arm in zip(weights, arms, strict=True)), np.zeros(1))
    sign = 1.0 if part.direction == "higher" else -1.0
    base = float(np.nanmean(arms[-1]))
    return Contrast(label, np.asarray(values), _spread(*arms), base, sign)


def _plain(label: str, one: Floats, other: Floats) -> Contrast:
    return Contrast(label, one - other, _spread(one, other), float(np.nanmean(other)), 1.0)


def _spread(*arms: Floats) -> float:
    return float(np.mean([np.nanstd(arm, ddof=1) for arm in arms]))


def _name(arm: Arm) -> str:
    return f"{arm.style} in {arm.situation}"


_KINDS: Mapping[str, Callable[[Any, Values], list[Contrast]]] = {
    "difference": difference,
    "interaction": interaction,
    "slope": slope,
    "crossing": crossing,
    "regret": regret,
}
"""The function of each kind of part."""
