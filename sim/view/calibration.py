"""What a calibration has found, as text: what is pinned down, and what the published patterns say nothing about."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.analysis.calibration import Calibration, pinned_down
from sim.scenario.parameters import BY_NAME

LOOSE = 0.6
"""Share of the plausible range from which the sets that fit leave a parameter open."""


def calibration_report(file: Calibration, sets: Sequence[Mapping[str, Any]]) -> str:
    """A page in Markdown.

    Args:
        file: how it was calibrated.
        sets: what was kept, the best first, as from `sim.analysis.calibration.kept`.
    """
    spans = pinned_down(sets)
    shares = {name: (high - low) / (BY_NAME[name].high - BY_NAME[name].low) for name, (low, _, high) in spans.items()}
    order = sorted(shares, key=lambda name: shares[name])
    loose = [name for name in order if shares[name] >= LOOSE]
    best = sets[0]
    lines = [
        "# Calibration",
        "",
        f"{len(sets)} sets of {len(spans)} parameters fit about as well as the best, whose misfit is"
        f" {best['misfit']:.2f} and which shows {best['passed']} patterns, in {file.search.worlds} worlds of"
        f" {file.search.firms} firms. They are no sample of a Bayesian posterior: they were drawn around the best set,"
        f" and kept if their misfit was at most {file.keep.worse:g} above it.",
        "",
        f"Left open by the patterns ({len(loose)} parameters whose sets that fit span {LOOSE:.0%} or more of what is"
        f" plausible): {', '.join(f'`{name}`' for name in loose) or 'none'}.",
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
