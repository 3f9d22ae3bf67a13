"""The claims as a table for a terminal: each claim, its verdict, and the parts that do not hold."""

import math
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.claims.verdict import DECIDED, FIRM, ClaimResult, PartResult, Reading, Verdict
from sim.analysis.doubt import FEWEST_WORLDS
from sim.analysis.paired import SIGNIFICANT
from sim.view.doubt import doubt_in_short
from sim.view.sentences import counted, effect, number

MARKS = {Verdict.SUPPORTED: "✓", Verdict.NOT_SUPPORTED: "–", Verdict.OPPOSITE: "✗"}
STYLES = {Verdict.SUPPORTED: "green", Verdict.NOT_SUPPORTED: "yellow", Verdict.OPPOSITE: "red"}
UNDECIDED = "?"
UNITS = {"sd": "", "own": "", "percent": "%"}
MOST_COMPARISONS = 3
"""Comparisons of a part that are shown; the weakest, where there are more."""


def claims_tables(results: Sequence[ClaimResult], replications: int, in_full: bool) -> list[RenderableType]:
    """What `teamsim claims` prints.

    Args:
        results: at least one.
        replications: how many runs of each arm there were.
        in_full: show all parts, and not only those that do not hold.
    """
    draws = max(result.draws for result in results)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for header, justify in (("", "left"), ("Claim", "left"), ("Effect", "right"), ("Verdict", "left")):
        table.add_column(header, justify=justify, no_wrap=header != "Claim")  # type: ignore[arg-type]  # a literal
    if draws:
        table.add_column("Stands in", justify="right", no_wrap=True)
        table.add_column("Holds in", justify="right", no_wrap=True)
    if draws >= FEWEST_WORLDS:
        table.add_column("Doubt", justify="right", no_wrap=True)
    for result in results:
        weakest = result.weakest.weakest
        row = [
            Text(result.claim.id, style="bold"),
            Text(result.claim.text),
            Text(with_interval(weakest)),
            _said(result),
        ]
        if draws:
            row += [Text(percent(result.robustness)), Text(percent(result.holds))]
        if draws >= FEWEST_WORLDS:
            row.append(Text(doubt_in_short(result.doubt)))
        table.add_row(*row)
        for part in result.parts:
            if in_full or part.verdict is not Verdict.SUPPORTED:
                for reading in shown(part)[: MOST_COMPARISONS if in_full else 1]:
                    table.add_row("", *_below(part, reading))
    return [table, "", Text(f"{counts(results)}\n\n{how_to_read(draws, replications)}", style="dim")]


def counts(results: Sequence[ClaimResult]) -> str:
    """'Of 34 claims 22 are supported (4 of them undecided), ... and 8 are opposite.', and how firmly."""
    parts = []
    for verdict in Verdict:
        found = [result for result in results if result.verdict is verdict]
        open_ = sum(result.undecided for result in found)
        parts.append(
            f"{len(found)} {'is' if len(found) == 1 else 'are'} {verdict}"
            + (f" ({open_} of {'it' if len(found) == 1 else 'them'} undecided)" if open_ else "")
        )
    return f"Of {counted(len(results), 'claim')} {parts[0]}, {parts[1]} and {parts[2]}.{_how_firm(results)}"


def _how_firm(results: Sequence[ClaimResult]) -> str:
    """' 14 of these verdicts stand in at least 90% of plausible worlds.', where worlds were tried."""
    tried = [result.robustness for result in results if result.robustness is not None]
    if not tried:
        return ""
    firm = sum(share >= FIRM for share in tried)
    return (
        f" {firm} of these verdicts {'stands' if firm == 1 else 'stand'} in at least {FIRM:.0%} of plausible worlds;"
        " one that stands in fewer than two of three is undecided."
    )


def mark_of(result: ClaimResult) -> str:
    """The sign before a verdict; "?" where the verdict hangs on the world."""
    return UNDECIDED if result.undecided else MARKS[result.verdict]


def how_to_read(draws: int, replications: int) -> str:
    """The words under the table."""
    text = (
        "Effect: of the weakest comparison, above 0 if it speaks for the claim, in standard deviations between"
        f" replications, with its 95% interval over {counted(replications, 'paired replication')}. A claim is supported"
        f" if each of its parts is: p < {SIGNIFICANT:g} when adjusted for all parts of all claims shown (Holm), and at"
        " least the smallest effect worth naming. It is opposite if a part goes as far the other way."
    )
    if draws:
        text += (
            f" Stands in: share of {counted(draws, 'plausible world')}, each with other parameters and other profiles"
            " of the styles, in which the verdict is the same. Holds in: share of them in which the claim holds. A"
            f" verdict that stands in fewer than {DECIDED:.0%} is undecided: it hangs on what nobody knows. Shares"
            f" of worlds are known to about {100 / math.sqrt(draws):.0f} points either way."
        )
    if draws >= FEWEST_WORLDS:
        text += (
            " Doubt: how the variance of one firm's difference in the weakest comparison splits into"
            " luck/parameters/profiles, in percent; what is missing from 100 these two make together."
        )
    return text


def shown(part: PartResult) -> list[Reading]:
    """The comparisons of a part that are worth a line: those that do not hold, or else the weakest."""
    readings = sorted(part.readings, key=lambda reading: reading.margin)
    failing = [reading for reading in readings if not reading.enough]
    return failing[:MOST_COMPARISONS] or readings[:1]


def with_interval(reading: Reading, unit: str = "") -> str:
    """'+0.53 (0.48 to 0.58)'; with a unit, on the part's own scale."""
    values = (reading.effect, reading.low, reading.high) if unit else (
        reading.standardised, reading.standardised_low, reading.standardised_high
    )  # fmt: skip
    if math.isnan(values[0]):
        return "beyond doubt"
    places = 2 if abs(values[0]) < 10 else 1
    low, high = (number(value, places) for value in values[1:])
    return f"{effect(values[0])}{UNITS.get(unit, '')} ({low} to {high})"


def percent(share: float | None) -> str:
    """A share as '92%'."""
    return "" if share is None else f"{100 * share:.0f}%"


def _said(result: ClaimResult) -> Text:
    held = sum(part.verdict is Verdict.SUPPORTED for part in result.parts)
    text = Text(f"{mark_of(result)} {result.verdict}", style="" if result.undecided else STYLES[result.verdict])
    if result.undecided:
        text.append("\n  undecided", style="dim")
    return (
        text
        if held == len(result.parts) or len(result.parts) == 1
        else text.append(f"\n  {held} of {len(result.parts)} parts hold", style="dim")
    )


def _below(part: PartResult, reading: Reading) -> list[Text]:
    what = Text(f"{part.part.text}", style="dim").append(f"\n{reading.label}", style="dim italic")
    unit = getattr(part.part, "unit", "sd")
    value = with_interval(reading, unit if unit == "percent" else "")
    return [
        what,
        Text(value, style="dim"),
        Text(f"{MARKS[part.verdict]} {part.verdict}", style=f"dim {STYLES[part.verdict]}"),
    ]
