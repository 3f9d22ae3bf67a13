"""Turns contrasts into verdicts: a part of a claim is supported, contradicted, or neither."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr

from sim.analysis.claims.contrasts import Contrast
from sim.analysis.claims.schema import AnyPart, Claim
from sim.analysis.doubt import Share, shares
from sim.analysis.paired import SIGNIFICANT, effect_ends, holm
from sim.analysis.summary import ROUNDING, mean_interval

FIRM = 0.9
"""Share of plausible worlds from which a verdict counts as one that hardly hangs on the world."""

DECIDED = 2 / 3
"""Share of plausible worlds below which a verdict counts as undecided."""


class Verdict(StrEnum):
    """What the runs say about a claim, or about a part of it."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    OPPOSITE = "opposite"


class Reading(NamedTuple):
    """One comparison: an effect above 0 speaks for the claim, whichever way the metric goes.

    `effect`, `low`, `high`: with its 95% interval, in the part's unit; `standardised`, `standardised_low` and so on:
    the same in standard deviations between replications, with `standardised_smallest`, the smallest effect worth naming
    on that scale; `difference`: in the metric's unit, and its sign; `p_for`, `p_against`: of the effect being on the
    one or the other side of its bar (two-sided t test); `enough`: at least the smallest effect worth naming;
    `right_side`: on the claim's side of the bar; `contrary`: as far on the other side; `sd`: of the difference between
    replications.
    """

    label: str
    effect: float
    low: float
    high: float
    standardised: float
    standardised_low: float
    standardised_high: float
    standardised_smallest: float
    difference: float
    p_for: float
    p_against: float
    enough: bool
    right_side: bool
    contrary: bool
    margin: float
    sd: float


class PartResult(NamedTuple):
    """A part with its comparisons, and what they say together."""

    part: AnyPart
    readings: tuple[Reading, ...]
    p_adjusted: float
    verdict: Verdict

    @property
    def weakest(self) -> Reading:
        """The comparison that is furthest from holding, or that holds by least."""
        return min(self.readings, key=lambda reading: reading.margin)


class ClaimResult(NamedTuple):
    """A claim with its parts; it is supported if all of them are, and opposite if any of them is.

    Of the plausible worlds that it was tried in (`draws`), `holds` is the share in which the claim holds, `keeps_sign`
    in which everything points its way, however little, and `robustness` in which the verdict is the same; None where
    none was tried. `doubt` is how the variance of one firm's difference splits into its sources, in the comparison that
    decides.
    """

    claim: Claim
    parts: tuple[PartResult, ...]
    verdict: Verdict
    draws: int = 0
    robustness: float | None = None
    holds: float | None = None
    keeps_sign: float | None = None
    doubt: Mapping[str, Share] | None = None

    @property
    def undecided(self) -> bool:
        """Whether the verdict hangs on the world: too few plausible ones agree with it."""
        return self.robustness is not None and self.robustness < DECIDED

    @property
    def weakest(self) -> PartResult:
        """The part that decides."""
        order = (Verdict.OPPOSITE, Verdict.NOT_SUPPORTED, Verdict.SUPPORTED)
        return min(self.parts, key=lambda part: (order.index(part.verdict), part.weakest.margin))


def read(contrast: Contrast, part: AnyPart) -> Reading:
    """The statistics of one comparison.

    The bar is 0, or, for a claim of 'no worse than' (smallest < 0), that much below it. Effects in standard deviations
    are d_av with Hedges' correction, as in `sim.analysis.paired`, and their intervals count what leaves the standard
    deviations open, too, with the degrees of freedom of one arm, which are too few rather than too many.
    """
    known = contrast.values[~np.isnan(contrast.values)]
    found = mean_interval(known)
    n, mean = int(found.n), contrast.sign * float(found.mean)
    half = float(found.high - found.mean)
    shrink = 1 - 3 / (8 * (n - 1) - 1) if n > 2 else 1.0
    size = ROUNDING * max(abs(contrast.base), 1.0)
    per_sd = shrink / contrast.spread if contrast.spread > size else math.nan
    in_sd = _standardised(mean * per_sd, half * per_sd, n, shrink)
    own = {"own": 1.0, "percent": 100.0 / abs(contrast.base or math.nan)}.get(getattr(part, "unit", "sd"))
    factor = per_sd if own is None else own
    effect = mean * factor if abs(mean) > size else 0.0
    bar = min(part.smallest, 0.0)
    p = _p_value(effect - bar, float(found.sd) * factor, n)
    # Where luck plays no part, an effect has no size in standard deviations and is beyond doubt.
    beyond = math.isnan(effect) and n > 1
    enough = mean > 0 if beyond else effect >= part.smallest
    right_side = mean > 0 if beyond else effect > bar
    contrary = mean < 0 if beyond else effect <= -part.smallest if part.smallest > 0 else effect < part.smallest
    short = (effect - part.smallest) / max(abs(part.smallest), 1e-9)
    margin = math.copysign(math.inf, mean) if beyond else short
    return Reading(
        contrast.label, effect, *(in_sd if own is None else (effect - half * factor, effect + half * factor)),
        mean * per_sd, *in_sd, part.smallest / factor * per_sd,
        contrast.sign * mean, p if right_side else 1.0, 1.0 if right_side else p, enough, right_side, contrary, margin,
        float(found.sd),
    )  # fmt: skip


def _standardised(effect: float, half: float, n: int, shrink: float) -> tuple[float, float]:
    """Both ends of the 95% interval of an effect in standard deviations, which is NaN where there are none."""
    if n < 2 or math.isnan(effect):
        return effect - half, effect + half
    ends = effect_ends(*(np.array(value) for value in (effect, half, n - 1, shrink)))
    low, high = (float(end) for end in ends)
    return low, high


def _p_value(distance: float, sd: float, n: int) -> float:
    """Of a two-sided t test of a mean this far from its bar."""
    if n < 2:
        return 1.0
    if math.isnan(distance) or sd <= ROUNDING * abs(distance):
        return 0.0 if distance else 1.0
    return float(2 * stdtr(n - 1, -abs(distance) / (sd / math.sqrt(n))))


def part_p(readings: Sequence[Reading]) -> float:
    """Of a part: that all its comparisons hold, or that one of them is contradicted.

    All have to hold, so the largest p value counts for it (intersection-union test; Berger 1982); one contradiction is
    enough, so the smallest counts against it, times the number of comparisons (Bonferroni).
    """
    against = min(reading.p_against if reading.contrary else 1.0 for reading in readings)
    return min(max(reading.p_for for reading in readings), len(readings) * against)


def judge(readings: Sequence[Reading], p_adjusted: float) -> Verdict:
    """What the comparisons of a part say together."""
    if p_adjusted < SIGNIFICANT:
        if all(reading.enough for reading in readings):
            return Verdict.SUPPORTED
        if any(reading.contrary for reading in readings) and not all(reading.right_side for reading in readings):
            return Verdict.OPPOSITE
    return Verdict.NOT_SUPPORTED


def combined(verdicts: Sequence[Verdict]) -> Verdict:
    """What its parts say about a claim."""
    if all(verdict is Verdict.SUPPORTED for verdict in verdicts):
        return Verdict.SUPPORTED
    return Verdict.OPPOSITE if Verdict.OPPOSITE in verdicts else Verdict.NOT_SUPPORTED


def judged(claims: Sequence[Claim], readings: Mapping[tuple[str, int], Sequence[Reading]]) -> list[ClaimResult]:
    """A verdict on every claim; p values are adjusted by Holm over all parts of all these claims.

    Args:
        claims: those whose runs are complete.
        readings: per claim's id and place of the part its comparisons.
    """
    keys = [(claim.id, number) for claim in claims for number in range(len(claim.parts))]
    adjusted = dict(zip(keys, holm(np.array([part_p(readings[key]) for key in keys])), strict=True))
    results = []
    for claim in claims:
        parts = []
        for number, part in enumerate(claim.parts):
            key = (claim.id, number)
            verdict = judge(readings[key], float(adjusted[key]))
            parts.append(PartResult(part, tuple(readings[key]), float(adjusted[key]), verdict))
        results.append(ClaimResult(claim, tuple(parts), combined([part.verdict for part in parts])))
    return results


class InWorld(NamedTuple):
    """What a claim comes to in one plausible world, where runs are too few to ask for significance."""

    verdict: Verdict
    keeps_sign: bool
    readings: tuple[tuple[Reading, ...], ...]


def in_world(readings: Sequence[Sequence[Reading]]) -> InWorld:
    """The verdict by size alone, from the comparisons of each part."""
    verdicts = [judge(part, 0.0) for part in readings]
    right = all(reading.right_side for part in readings for reading in part)
    return InWorld(combined(verdicts), right, tuple(map(tuple, readings)))


def with_worlds(result: ClaimResult, worlds: Sequence[InWorld | None]) -> ClaimResult:
    """The result with how robust it is, and where the doubt comes from.

    Args:
        result: with the default parameters.
        worlds: in the order of `sim.analysis.plausible.plausible_worlds`; None for one that is not known yet.
    """
    known = [world for world in worlds if world is not None]
    if not known:
        return result
    n = len(known)
    return result._replace(
        draws=n,
        robustness=sum(one.verdict is result.verdict for one in known) / n,
        holds=sum(one.verdict is Verdict.SUPPORTED for one in known) / n,
        keeps_sign=sum(one.keeps_sign for one in known) / n,
        doubt=_doubt(result, worlds),
    )


def _doubt(result: ClaimResult, worlds: Sequence[InWorld | None]) -> Mapping[str, Share] | None:
    """Of the comparison that decides; None where worlds make another one, since best styles are chosen in each."""
    weakest = result.weakest
    place = next(place for place, part in enumerate(result.parts) if part is weakest)
    if weakest.part.kind in ("crossing", "regret"):
        return None
    label = weakest.weakest.label
    found = [world and next(one for one in world.readings[place] if one.label == label) for world in worlds]
    means = np.array([one.difference if one else math.nan for one in found])
    # Worlds meet the same luck, which cancels between them.
    return shares(means, np.array([one.sd**2 if one else math.nan for one in found]), math.inf)
