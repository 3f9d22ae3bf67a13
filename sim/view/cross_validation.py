"""Cross-validation by group as a table: the figures of every pattern when fitted, left out, and without a fit."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.cross_validation import Judged, rates
from sim.view.evidence import against, words
from sim.view.sentences import counted


def cross_validation_table(found: Sequence[Judged]) -> list[RenderableType]:
    """A row a figure: its value and verdict when its group was fitted to, left out, and when nothing was fitted."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "Group", "Pattern", "Figure"):
        table.add_column(heading, no_wrap=heading != "Pattern", min_width=24 if heading == "Pattern" else None)
    for heading in ("Accepted", "Fitted", "Left out", "Unfitted"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for one in found:
        figures = zip(one.seen.banded, one.unseen.banded, one.unfitted.banded, strict=True)
        for place, (seen, unseen, unfitted) in enumerate(figures):
            first, (low, high) = place == 0, seen.band or (0.0, 0.0)
            table.add_row(
                one.seen.pattern.id if first else "",
                one.seen.pattern.group if first else "",
                Text(one.seen.pattern.pattern if first else ""),
                words(seen.name),
                f"{low:g} to {high:g}",
                _verdict(against(seen.median, seen.band or (0.0, 0.0)), seen.passes(one.seen.share)),
                _verdict(against(unseen.median, unseen.band or (0.0, 0.0)), unseen.passes(one.unseen.share)),
                _verdict(against(unfitted.median, unfitted.band or (0.0, 0.0)), unfitted.passes(one.unfitted.share)),
                _verdict("pass" if one.unseen.passed else "miss", one.unseen.passed) if first else Text(""),
            )
    return [table, "", rates_in_words(found)]


def rates_in_words(found: Sequence[Judged]) -> str:
    """How many pass in and out of sample, which do not, and how many pass without any fit."""
    in_sample, out_of_sample, unfitted = rates(found)
    missed = [one.unseen.pattern.id for one in found if not one.unseen.passed]
    seeds = counted(found[0].seen.seeds, "world")
    text = (
        f"Out of sample, each with its group left out of the fit, {len(found) - len(missed)} of {len(found)} patterns"
    )
    text += f" pass ({out_of_sample:.0%}), in {seeds} of firms"
    text += f"; in sample {in_sample:.0%} of those fitted to." if in_sample is not None else "."
    text += f" Missed out of sample: {', '.join(missed)}." if missed else ""
    return text + (
        " By sets from all over the plausible ranges, fitted to nothing,"
        f" {sum(one.unfitted.passed for one in found)} of {len(found)} pass ({unfitted:.0%}): what is shown beyond"
        " that, the fit has added; the rest are mechanisms and ranges."
    )


def _verdict(text: str, passed: bool) -> Text:
    return Text(text, style="green" if passed else "bold red")
