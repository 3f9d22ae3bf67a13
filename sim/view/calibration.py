"""What a calibration has found, as text: what is pinned down, and what the published patterns say nothing about."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.analysis.calibration.file import Calibration
from sim.analysis.calibration.search import pinned_down
from sim.scenario.parameters import BY_NAME
from sim.view.sentences import counted

PINNED = 0.6
"""Width of the sets that fit, as a share of that of the draws, up to which a parameter counts as pinned down."""

BETWEEN = 2 * 1.645
"""Standard deviations of a normal distribution between its 5th and its 95th percentile."""


def calibration_report(file: Calibration, sets: Sequence[Mapping[str, Any]]) -> str:
    """A page in Markdown.

    Args:
        file: how it was calibrated.
        sets: what was kept, the best first, as from `sim.analysis.calibration.search.kept`.
    """
    spans = pinned_down(sets)
    shares = {name: (high - low) / (BY_NAME[name].high - BY_NAME[name].low) for name, (low, _, high) in spans.items()}
    order = sorted(shares, key=lambda name: shares[name])
    best = sets[0]
    lines = [
        "# Calibration",
        "",
        f"{len(sets)} sets of {len(spans)} parameters fit about as well as the best, whose misfit is"
        f" {best['misfit']:.2f} and which shows {best['passed']} patterns, in {counted(file.search.worlds, 'world')} of"
        f" {file.search.firms} firms. They are no sample of a Bayesian posterior: they were drawn around the best set,"
        f" and kept if their misfit was at most {file.keep.worse:g} above it.",
        "",
        _how_sure(file, shares),
        "",
        "| Parameter | Best | 5% | 50% | 95% | Plausible | Share of it that fits |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in order:
        low, middle, high = spans[name]
        p = BY_NAME[name]
        lines.append(
            f"| `{name}` | {best['parameters'][name]:.3g} | {low:.3g} | {middle:.3g} | {high:.3g} |"
            f" {p.low:g} to {p.high:g} | {shares[name]:.0%} |"
        )
    lines += ["", "| Figure | Best set |", "| --- | ---: |"]
    lines += [f"| {name} | {value:.2f} |" for name, value in best["figures"].items()]
    return "\n".join(lines) + "\n"


def _how_sure(file: Calibration, shares: Mapping[str, float]) -> str:
    """What the widths below say, and what they do not."""
    width = BETWEEN * file.keep.spread
    pinned = [f"`{name}`" for name, share in shares.items() if share <= PINNED * width]
    return (
        f"The sets beside those of the search were drawn around its best with a spread of {file.keep.spread:.0%} of"
        " each plausible range. How far beyond that sets would still fit was not tried, so that the widths below are"
        " narrower than what is not known. A parameter whose share is as wide as the draws"
        f" (about {width:.0%}) is not pinned down by the patterns at all; clearly narrower are:"
        f" {', '.join(pinned) or 'none'}. The set that comes first did best of {file.keep.finalists} when judged again"
        f" in {counted(file.keep.fresh_worlds, 'other world')}."
    )
