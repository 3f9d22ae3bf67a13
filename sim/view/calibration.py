"""The results of a calibration as a page: what is known well, whether to trust it, what each parameter changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.analysis.calibration.found import IDENTIFIED, STRONG
from sim.scenario.parameters import BY_NAME

AT_END = 0.3
"""Share of draws in a tenth at an end of a range from which on a parameter counts as lying against it."""

BLIND = 0.1
"""Share of what differs that an emulator sees, below which a figure counts as one that constrains nothing."""

MOST_PAIRS = 30
"""Correlations that are listed."""


def calibration_report(record: Mapping[str, Any]) -> str:
    """A page in Markdown.

    Args:
        record: as from `sim.analysis.calibration.found.calibration_record`.
    """
    parts = (_beginning, _limits, _checked, _figures, _parameters, _correlations, _moves)
    return "\n".join(line for part in parts for line in (*part(record), "")).rstrip() + "\n"


def _beginning(record: Mapping[str, Any]) -> Iterator[str]:
    pinned = sum(row["share"] <= IDENTIFIED for row in record["parameters"])
    agreed = f" (largest split R-hat of its chains {record['disagreement']:.2f})" if "disagreement" in record else ""
    yield "# Calibration"
    yield ""
    yield (
        f"What may the model's {len(record['parameters'])} uncertain numbers (parameters) be? Before the fit, every"
        " value within a parameter's plausible range counts as equally likely. Then the model is held against the"
        " published patterns that it is fitted to ([evidence](evidence.md)): values that show them are likely, others"
        f" are not. From what is left, the *posterior*, {record['sets']} sets of numbers are drawn. Whatever is run"
        " over plausible worlds (`teamsim compare --uncertainty`, claims, advice, reports) draws from these sets."
    )
    yield ""
    yield (
        f"The patterns narrow down {pinned} of the parameters: their standard deviation is at most {IDENTIFIED:.0%} of"
        " what it was before. All others keep nearly their whole range: nobody knows them, and the patterns do not"
        " tell."
    )
    yield ""
    yield (
        "How it was done: each published band counts as a 90% interval around its middle. Misses follow Student's t, so"
        f" that one figure that nothing reaches does not rule all others. {record['runs']:,} runs of"
        f" {record['firms']} firms taught an emulator (a quick stand-in for the model) what each figure comes to. The"
        f" posterior was drawn on it by the no-U-turn sampler{agreed}, and each of its sets was run."
    )


def _limits(record: Mapping[str, Any]) -> Iterator[str]:
    """What the fit does not do, by its numbers."""
    yield "## What to know before trusting it"
    yield ""
    if "passed" in record:
        passed = record["passed"]
        yield (
            f"- **Single sets fit less well than the best one.** In the one world of {record['firms']} firms that each"
            f" was run in, the sets pass {passed['mean']:.0f} of {passed['of']} patterns on average ({passed['least']}"
            f" to {passed['most']}); few firms make part of that. The model's own numbers are the best set, which is"
            " judged on the page on [evidence](evidence.md)."
        )
    ends = [
        f"`{row['name']}` ({max(row['ends']):.0%} in the {'lowest' if row['ends'][0] >= row['ends'][1] else 'highest'}"
        " tenth)"
        for row in record["parameters"]
        if max(row.get("ends", [0.0])) >= AT_END
    ]
    if ends:
        yield (
            f"- **Some parameters lie against an end of their plausible range**: {', '.join(ends)}. Where all values"
            " are as likely, a tenth holds 10%. The patterns would take these further than was thought plausible:"
            " either the range is too narrow, or the mechanism is not quite right. For these, narrowed down does not"
            " mean known."
        )
    blind = [
        f"{row['pattern']}.{row['figure']}" for row in record["figures"] if row["fitted"] and row["emulated"] < BLIND
    ]
    if blind:
        yield (
            f"- **Some figures constrain next to nothing**, since the emulator sees less than {BLIND:.0%} of what makes"
            f" them differ where the posterior lies: {', '.join(blind)}. Luck, of the firms and of the runs, is most of"
            " them."
        )
    yield (
        "- **Some evidence counts more than once.** Figures such as C1.morale_above_output are computed from others"
        " that are targets, too, and all count as independent. So the posterior is somewhat too narrow. The check below"
        " cannot see that, as its noise is independent."
    )
    yield (
        "- **The check is of the machinery.** Its truths come from all over the plausible ranges and its emulators from"
        " the first runs, not from where the posterior lies, where the emulator has more runs and figures differ less."
    )


def _checked(record: Mapping[str, Any]) -> Iterator[str]:
    check = record["check"]
    yield "## Are known parameters found again?"
    yield ""
    of_pinned = check["covered_identified"]
    yield (
        "Take a set of numbers as the truth, let the model make figures with it, and fit to these figures: is the truth"
        f" found again? So it was done with {check['truths']} sets (simulation-based calibration), by emulators that"
        f" had not seen them: 90% intervals hold the truth {check['covered']:.0%} of the time"
        + (f", {of_pinned:.0%} for parameters that are pinned down" if of_pinned is not None else "")
        + f" (single sets: {check['lowest']:.0%} to {check['highest']:.0%}). If all is right, ranks are even, each of"
        f" the ten shares is 10%; {check['not_uniform']:.0%} of the parameters differ from that at the 5% level."
    )
    yield ""
    yield "| Rank of the truth | " + " | ".join(f"{k / 10:.1f}-{(k + 1) / 10:.1f}" for k in range(10)) + " |"
    yield "| --- |" + " ---: |" * 10
    yield "| Share, parameters pinned down | " + " | ".join(f"{share:.0%}" for share in check["histogram"]) + " |"


def _figures(record: Mapping[str, Any]) -> Iterator[str]:
    yield "## What the figures come to"
    yield ""
    yield (
        "5% to 95% of single runs, before and after the fit; share of the posterior's runs within the band; the best"
        " set, whose values are the model's own, by the mean of the few worlds of firms that it was chosen in. What the"
        " model comes to in more of them, and which patterns it passes, stands on the Evidence page and not in this"
        " column: the two differ by the luck of so few worlds. Emulated: share of what differs between sets, luck"
        " aside, that the emulator sees where the posterior lies; its error, and a run's luck, in the target's standard"
        " deviations."
    )
    yield ""
    yield "| Figure | Band | Fitted | Before | After | In band | Best | Emulated | Error | Luck |"
    yield "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in record["figures"]:
        (low, high), before, after = row["band"], row["prior"], row["posterior"]
        yield (
            f"| {row['pattern']}.{row['figure']} | {low:g} to {high:g} | {'yes' if row['fitted'] else 'no'} |"
            f" {before[0]:.2f} to {before[2]:.2f} | {after[0]:.2f} to {after[2]:.2f} | {row['inside']:.0%} |"
            f" {row['best']:.2f} | {max(row['emulated'], 0):.0%} | {row['error']:.2f} | {row['luck']:.2f} |"
        )


def _parameters(record: Mapping[str, Any]) -> Iterator[str]:
    yield "## What is known of each parameter"
    yield ""
    yield "Share: standard deviation after the fit over that before; 100% says that the patterns tell nothing about it."
    yield ""
    yield "| Parameter | Best | 5% | 50% | 95% | Plausible | Share |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in record["parameters"]:
        p, (low, middle, high) = BY_NAME[row["name"]], row["quantiles"]
        yield (
            f"| `{p.name}` | {row['best']:.3g} | {low:.3g} | {middle:.3g} | {high:.3g} | {p.low:g} to {p.high:g} |"
            f" {row['share']:.0%} |"
        )


def _correlations(record: Mapping[str, Any]) -> Iterator[str]:
    found = record["correlations"]
    yield "## What hangs together"
    yield ""
    if not found:
        yield f"No two parameters correlate by {STRONG:g} or more over the posterior."
        return
    yield f"Parameters that correlate by {STRONG:g} or more over the posterior: {len(found)} pairs, strongest first."
    yield ""
    yield "| Parameter | Parameter | r |"
    yield "| --- | --- | ---: |"
    for one, other, r in found[:MOST_PAIRS]:
        yield f"| `{one}` | `{other}` | {r:.2f} |"


def _moves(record: Mapping[str, Any]) -> Iterator[str]:
    idle = [f"`{row['name']}`" for row in record["moves"] if not row["figures"]]
    yield "## What each parameter moves"
    yield ""
    yield (
        "Change of a figure from the lower to the upper end of a parameter's range, all others varied, in standard"
        " deviations of the figure over the whole space; those beyond doubt, the largest first."
        + (f" No figure is clearly moved by {', '.join(idle)}." if idle else "")
    )
    yield ""
    yield "| Parameter | Figures moved | Most |"
    yield "| --- | ---: | --- |"
    for row in record["moves"]:
        if row["figures"]:
            most = ", ".join(f"{name} {change:+.2f}" for name, change in row["most"])
            yield f"| `{row['name']}` | {row['figures']} | {most} |"
