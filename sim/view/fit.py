"""A fit in words and tables: what the past tells, and how well the model would have predicted its last part."""

import math
from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.fit import Fit
from sim.analysis.fit.backtest import ENOUGH, JUDGED_AHEAD, JUDGED_LEFT, JUDGED_VALUES
from sim.analysis.fit.fitting import Learnt
from sim.scenario.fitted import Fitted, Foreseen
from sim.scenario.history import History
from sim.scenario.parameters import BY_NAME
from sim.scenario.small_groups import SMALLEST_GROUP
from sim.view.sentences import capitalised, joined

SHOWN = 8
"""Rows that the table of what was learnt has at most."""

CALLED = {
    "left": "turnover", "output": "output", "revenue": "revenue", "morale": "morale", "commitment": "commitment",
    "strain": "strain", "trust": "trust",
}  # fmt: skip
"""What a column is called in a sentence."""

VERDICTS = {
    "foreseen": "foreseen", "as a guess": "as well as a simple guess", "guess better": "a simple guess did better",
    "missed": "missed", "not judged": "cannot be judged",
}  # fmt: skip

WHY_NOT = {
    "few worlds": f"the worlds that go with this past count as fewer than {ENOUGH}",
    "few values": f"it takes {JUDGED_VALUES} values to learn from and {JUDGED_VALUES} to foresee",
    "few left": f"it takes {JUDGED_LEFT} people who left in all, and {JUDGED_AHEAD} who left or were expected to in the"
    " last part",
}
"""Why a column cannot be judged."""

TOO_FEW = "That is few: ranges are too narrow to trust."

CONDITIONS = {
    "company.conditions": "Pay, place and hours, beside other jobs (0-1)",
    "market.labour_tightness": "How easily people find other jobs (0-1)",
    "market.demand": "Demand (share of full capacity)",
    "market.turbulence": "How fast the market moves (0-1)",
}


def fit_parts(fit: Fit) -> list[RenderableType]:
    """What `teamsim fit` prints."""
    title = Text.assemble((fit.scenario.title, "bold"), f" ({fit.scenario.name})\n")
    return [
        title,
        *understood(fit.history),
        *(f"  {heading}: left out, as it is of fewer than {SMALLEST_GROUP} people" for heading in fit.left_out),
        "",
        _learnt_table(fit.learnt),
        weight_in_words(fit),
        "",
        *backtest_parts(fit.foreseen),
        *([] if not fit.foreseen else ["", verdict(fit.foreseen)]),
    ]


def understood(history: History) -> list[str]:
    """What a history was read as."""
    said = [f"{history.path.name}: {len(history.labels)} {history.every}s, {history.labels[0]} to {history.labels[-1]}"]
    for one in history.series.values():
        known = [value for value in one.values if not math.isnan(value)]
        mean = sum(known) / len(known)
        amount = f"{sum(known):g} in all" if one.name in ("left", "hired") else f"on average {mean:.4g}"
        scale = f" on {one.low:g} to {one.high:g}, taken as {one.name}" if one.is_survey else ""
        gaps = "" if len(known) == len(one.values) else f"; {len(one.values) - len(known)} empty"
        said.append(f"  {one.heading}: {amount}{scale}{gaps}")
    if not {"headcount"} & set(history.series):
        said.append("  no headcount: taken to be as many people as the scenario has")
    return said


def weight_in_words(fit: Fit) -> str:
    """How many worlds go with the past, and what to do if they are few."""
    said = (
        f"Of {fit.fitted.tried:,} plausible worlds, those that go with this past count as many as"
        f" {fit.fitted.effective:.0f} of equal weight."
    )
    if fit.degenerate:
        said += (
            f" {TOO_FEW} Try more of them (--worlds {_more_worlds(fit)}), or look whether the history is of this firm."
        )
    return said


def _more_worlds(fit: Fit) -> int:
    """In hundreds, as many worlds as should count as enough, and half as many again."""
    wanted = 1.5 * fit.fitted.tried * ENOUGH / fit.fitted.effective
    return int(min(max(100 * math.ceil(wanted / 100), 2 * fit.fitted.tried), 20_000))


def fitted_in_words(fitted: Fitted) -> str:
    """What stands behind the worlds of a fitted firm, for whatever is said of it; with what could not be foreseen."""
    said = (
        f"Numbers of this firm come from the worlds that go with {fitted.history} ({fitted.periods}): of"
        f" {fitted.tried:,} worlds, these count as {fitted.effective:.0f}."
    )
    few = TOO_FEW if fitted.effective < ENOUGH else ""
    return " ".join(part for part in (said, few, verdict(fitted.backtest)) if part)


def _learnt_table(learnt: Sequence[Learnt]) -> Table:
    table = Table(title="What this past tells of the firm (90% ranges)", title_justify="left")
    table.add_column("")
    for heading in ("before", "after"):
        table.add_column(heading, justify="right")
    told = sorted(learnt, key=lambda one: (one.path not in CONDITIONS, _narrowing(one)))
    for one in told[:SHOWN]:
        name = CONDITIONS.get(one.path) or (BY_NAME[one.path].label if one.path in BY_NAME else one.path)
        table.add_row(name, *(f"{low:.3g} to {high:.3g}" for low, high in (one.before, one.after)))
    return table


def _narrowing(one: Learnt) -> float:
    return (one.after[1] - one.after[0]) / max(one.before[1] - one.before[0], 1e-12)


def backtest_parts(foreseen: Sequence[Foreseen]) -> list[RenderableType]:
    """The backtest as a table."""
    if not foreseen:
        return ["Nothing of the last part can be compared: no column has values there."]
    most = max(one.periods for one in foreseen)
    title = f"Backtest: fitted without the last {most} periods, and asked for them"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in (
        "was", "expected", "90% range", "error", "if no change", "if as before", "in 50%", "in 90%", "verdict"
    ):  # fmt: skip
        table.add_column(heading, justify="left" if heading == "verdict" else "right")
    for one in foreseen:
        table.add_row(
            one.column, f"{one.actual:.4g}", f"{one.expected:.3g}", f"{one.low:.3g} to {one.high:.3g}",
            f"{one.error:.3g}", f"{one.error_no_change:.3g}", f"{one.error_mean:.3g}",
            f"{one.inside_50} of {one.periods}", f"{one.inside_90} of {one.periods}", VERDICTS[one.verdict],
        )  # fmt: skip
    return [table]


def verdict(foreseen: Sequence[Foreseen]) -> str:
    """What it would have foreseen and what not, in a sentence."""
    by_verdict = {
        name: [CALLED[one.metric] for one in foreseen if one.verdict == name]
        for name in ("foreseen", "missed", "as a guess", "guess better")
    }
    well, missed, alike, worse = ([f"your {name}" for name in names] for names in by_verdict.values())
    said = []
    if well:
        said.append(f"The model would have foreseen {joined(well)}" + (f", not {joined(missed)}." if missed else "."))
    elif missed:
        said.append(f"The model would not have foreseen {joined(missed)}.")
    if alike:
        said.append(
            f"{capitalised(joined(alike))}: within the range that it gives, and as well foreseen by a simple guess (no"
            " change, or the mean of the past)."
        )
    if worse:
        said.append(
            f"{capitalised(joined(worse))}: within the range that it gives, but the simple guess (no change, or the"
            " mean of the past) did better."
        )
    if missed:
        said.append(f"Take what it says of {joined(missed)} with caution: something is at work that it does not have.")
    for reason, why in WHY_NOT.items():
        if unjudged := [f"your {CALLED[one.metric]}" for one in foreseen if one.reason == reason]:
            said.append(f"Whether it would have foreseen {joined(unjudged)} cannot be judged: {why}.")
    return " ".join(said)


def fit_record(fit: Fit) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "scenario": fit.scenario.name,
        "periods": fit.fitted.periods,
        "left_out": list(fit.left_out),
        "worlds": fit.fitted.tried,
        "effective": fit.fitted.effective,
        "enough": not fit.degenerate,
        "learnt": [
            {"path": one.path, "before": list(one.before), "after": list(one.after), "middle": one.middle}
            for one in fit.learnt
        ],
        "backtest": [one.model_dump() for one in fit.foreseen],
        "verdict": verdict(fit.foreseen),
    }
