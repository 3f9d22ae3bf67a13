"""Distributions of the values in a range, by SciPy, cut off at both ends of the range."""

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sim.scenario.fields import Faults
from sim.scenario.problems import listed

if TYPE_CHECKING:
    from sim.study.spec import Varied

type Kind = Literal["uniform", "log_uniform", "normal", "log_normal", "triangular"]

NEEDS: dict[str, tuple[str, ...]] = {
    "uniform": (), "log_uniform": (), "normal": ("mean", "sd"), "log_normal": ("mean", "sd"), "triangular": ("mode",),
}  # fmt: skip
"""What has to be said of each distribution, besides low and high."""

LEAST_WITHIN = 0.01
"""Share of a distribution that has to lie within the range at which it is cut off."""

ABOVE_ZERO = ("log_uniform", "log_normal")
"""Distributions of values that are above 0."""


class Distribution(NamedTuple):
    """A distribution: its kind, and `mean` and `sd` of the values before they are cut off, or the `mode`."""

    kind: Kind = "uniform"
    mean: float | None = None
    sd: float | None = None
    mode: float | None = None

    def at(self, share: float, low: float, high: float) -> float:
        """The value that a share of the values, 0 to 1, is below, of those from low to high."""
        if self.kind == "uniform":
            return low + share * (high - low)
        if self.kind == "log_uniform":
            return float(min(max(low * (high / low) ** share, low), high))
        whole = _whole(self, low, high)
        begin, end = whole.cdf(low), whole.cdf(high)
        return float(min(max(whole.ppf(begin + share * (end - begin)), low), high))

    def share_within(self, low: float, high: float) -> float:
        """The share of the values, were they not cut off, that lie from low to high."""
        if self.kind in ("uniform", "log_uniform", "triangular"):
            return 1.0
        whole = _whole(self, low, high)
        return float(whole.cdf(high) - whole.cdf(low))


UNIFORM = Distribution()


@lru_cache(maxsize=256)
def _whole(one: Distribution, low: float, high: float) -> Any:
    """As SciPy has it, not cut off."""
    from scipy import stats

    if one.kind == "triangular":
        assert one.mode is not None  # noqa: S101  # checked where the study is read, as all below
        return stats.triang((one.mode - low) / (high - low), loc=low, scale=high - low)
    assert one.mean is not None and one.sd is not None  # noqa: S101, PT018
    if one.kind == "normal":
        return stats.norm(one.mean, one.sd)
    spread = math.sqrt(math.log1p((one.sd / one.mean) ** 2))
    return stats.lognorm(spread, scale=one.mean / math.sqrt(1 + (one.sd / one.mean) ** 2))


def check_distribution(varied: "Varied", faults: Faults) -> None:
    """A distribution says what it needs and nothing else, and goes with its range."""
    kind, needed = varied.distribution, NEEDS[varied.distribution]
    if varied.values is not None and kind != "uniform":
        faults.add(("distribution",), "goes with a range, not with values. Give low and high instead of values.")
        return
    for key in ("mean", "sd", "mode"):
        given = getattr(varied, key) is not None
        if key in needed and not given:
            faults.add((key,), f"missing. The distribution {kind} needs {listed(needed)}.")
        elif given and key not in needed:
            faults.add((key,), f"says nothing of the distribution {kind}. Take it out, or choose another distribution.")
    low, high = varied.bounds or (math.nan, math.nan)
    if kind in ABOVE_ZERO and low <= 0:
        faults.add(("low",), f"got {low:g}; the distribution {kind} has values above 0 only. Begin above 0.")
    if kind == "log_normal" and varied.mean is not None and varied.mean <= 0:
        faults.add(("mean",), f"got {varied.mean:g}; allowed is a number above 0.")
    elif all(getattr(varied, key) is not None for key in needed) and low < high and needed:
        if varied.mode is not None and not low <= varied.mode <= high:
            faults.add(("mode",), f"got {varied.mode:g}; allowed is {low:g} to {high:g}, the range.")
        elif Distribution(kind, varied.mean, varied.sd, varied.mode).share_within(low, high) < LEAST_WITHIN:
            text = (
                f"hardly any value of this distribution lies within {low:g} to {high:g}. Widen the range, or move it."
            )
            faults.add(("mean",), text)
