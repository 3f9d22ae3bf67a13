"""How likely the values of a range are: distributions by SciPy, cut off at both ends of the range."""

import math
from functools import lru_cache
from typing import Any, Literal, NamedTuple

type Kind = Literal["uniform", "log_uniform", "normal", "log_normal", "triangular"]

NEEDS: dict[str, tuple[str, ...]] = {
    "uniform": (), "log_uniform": (), "normal": ("mean", "sd"), "log_normal": ("mean", "sd"), "triangular": ("mode",),
}  # fmt: skip
"""What has to be said of each distribution, besides low and high."""

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
            return min(max(low * (high / low) ** share, low), high)
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
