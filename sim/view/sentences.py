"""Writes statistics as plain sentences: numbers with sensible digits, and the differences between styles."""

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from sim.analysis.paired import NOTICEABLE, Row
from sim.model.build import AS_IS
from sim.model.metrics import BY_NAME
from sim.scenario.styles import builtin_styles
from sim.view.language import LANGUAGES, english, said, spoken

DETAILED = 3
"""Metrics that are described in detail; the others are only named."""

NAMED = 2
"""Styles that are named beside the one with the largest difference; of more styles, only the number is given."""

MOST_DECIMALS = 3

ONE_RUN = english(
    "One replication shows only one case of luck and says nothing about differences. Run at least 30 replications."
)

SAME = english("stays about the same"), english("stay about the same")
"""Of one metric and of several that a change does not move."""


ALIKE = english("is about the same under all styles"), english("are about the same under all styles")

ALSO = english("{metrics} also differs clearly"), english("{metrics} also differ clearly")
ALSO_LESS = english("{metrics} also differs clearly, but less"), english("{metrics} also differ clearly, but less")
UNCLEAR = (
    english("it is not clear after {runs} replications whether {metrics} differs"),
    english("it is not clear after {runs} replications whether {metrics} differ"),
)
"""Of one metric and of several."""

SINGULAR, PLURAL = english("{metric} is {directions}"), english("{metric} are {directions}")

UNDER = {"higher": english("higher under {styles}"), "lower": english("lower under {styles}")}
ALL_OTHERS = {
    "higher": english("higher under all {many} others, most under {most} (by {size})"),
    "lower": english("lower under all {many} others, most under {most} (by {size})"),
}
ALL_STYLES = {
    "higher": english("higher under all {many} styles, most under {most} (by {size})"),
    "lower": english("lower under all {many} styles, most under {most} (by {size})"),
}


def decimals(half_widths: Iterable[float]) -> int:
    """Decimals to show for numbers with intervals of these half widths: the median half width keeps one digit."""
    known = sorted(half for half in half_widths if half > 0 and math.isfinite(half))
    if not known:
        return 2
    return min(max(-math.floor(math.log10(known[len(known) // 2])), 0), MOST_DECIMALS)


def plus_minus(half: float, places: int) -> str:
    """Half an interval, rounded up, so that the text never claims more precision than there is."""
    return spoken().digits(f"±{math.ceil(round(half * 10**places, 6)) / 10**places:.{places}f}")


def rough(value: float) -> str:
    """The size of a number in two digits, for sentences."""
    places = 1 - math.floor(math.log10(abs(value))) if value else 0
    return spoken().digits(f"{abs(round(value, places)):.{max(places, 0)}f}")


def number(value: float, places: int, signed: bool = False) -> str:
    """The number with this many decimals, never as -0; 'n/a' where there is none."""
    if not math.isfinite(value):
        return said("n/a")
    rounded = round(value, places) + 0.0
    return spoken().digits(f"{rounded:{'+' if signed and rounded else ''}.{places}f}")


def plain_number(value: float) -> str:
    """A number that somebody has chosen, with the digits that it has: '3', '0.25'."""
    return spoken().digits(f"{value:g}")


def effect(value: float) -> str:
    """An effect size with its sign, in three digits or so."""
    size = abs(value)
    return number(value, 2 if size < 9.995 else 1 if size < 99.95 else 0, signed=True)


def name_of(metric: str) -> str:
    """What people call the metric, in the middle of a sentence."""
    if metric not in BY_NAME:
        return metric
    name = said(BY_NAME[metric].long_name, "name")
    if spoken().name == LANGUAGES[0]:
        return name.lower()
    return name if spoken().name == "de" else name[0].lower() + name[1:]


def title_of(metric: str) -> str:
    """What people call the metric, where it stands by itself."""
    return capitalised(said(BY_NAME[metric].long_name, "name"))


def meaning_of(metric: str) -> str:
    """What the metric means, as a sentence."""
    return capitalised(said(BY_NAME[metric].meaning, "explained")) + "."


def long_name(metric: str) -> str:
    """The metric's name, as the model has it; a metric that the model does not know is called as it is."""
    return BY_NAME[metric].long_name if metric in BY_NAME else metric


def unit_of(metric: str) -> str:
    """The metric's unit, as the model has it; nothing for a metric that the model does not know."""
    return BY_NAME[metric].unit if metric in BY_NAME else ""


def shown_unit(metric: str) -> str:
    """The metric's unit as people read it."""
    return said(unit_of(metric), "unit")


def called(style: str) -> str:
    """What people call a style; styles of a scenario have their own names."""
    return said(style, "label") if style in builtin_styles() or style == AS_IS else style


def capitalised(text: str) -> str:
    """The text with its first letter large, and the rest as it is."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return spoken().joined(parts)


def counted(many: int, what: str) -> str:
    """'1 week', '104 weeks', in English."""
    return f"{many:,} {what}{'' if many == 1 else 's'}"


def standing_out(differences: pd.DataFrame, baseline: str) -> str:
    """Plain sentences on the metrics that differ most between styles, that are about the same, and that are not clear.

    A difference is described only if it is clear (see `sim.analysis.paired`). A metric is about the same under all
    styles if each style's whole interval lies within +-0.2 standard deviations of the baseline. Any other metric is not
    clear: too few replications do not prove that styles are the same.

    Args:
        differences: as of `paired_differences`.
        baseline: the style compared with.
    """
    return standing_out_of(differences.to_dict("records"), baseline)


def standing_out_of(rows: Sequence[Row], baseline: str, in_sight: Sequence[str] = ()) -> str:
    """The sentences of `standing_out`, from rows as of `rows_of_differences`.

    Args:
        rows: what differs.
        baseline: the style compared with.
        in_sight: metrics that the reader sees: these are described in detail, not those that differ most.
    """
    if not rows:
        return said("Only {baseline} was run, so there is no comparison.", baseline=called(baseline))
    if _most_runs(rows) < 2:
        return said(ONE_RUN)
    found = _sentences(rows, ALIKE, ALL_OTHERS, in_sight)
    return said("Compared with {baseline}, {differences}", baseline=called(baseline), differences=found)


def what_changed(rows: Sequence[Row], in_sight: Sequence[str] = ()) -> str:
    """Plain sentences on the effects of a change of the situation, as in `standing_out`.

    Args:
        rows: as of `rows_of_differences`.
        in_sight: as in `standing_out_of`.
    """
    if _most_runs(rows) < 2:
        return said(ONE_RUN)
    if not any(row["clear"] for row in rows) and _all_alike(rows):
        metrics = list(dict.fromkeys(str(row["metric"]) for row in rows))
        same = f"{_names(metrics)} {said(SAME[len(metrics) > 1])}"
        return said("This makes no noticeable difference: {same}.", same=same)
    return capitalised(_sentences(rows, SAME, ALL_STYLES, in_sight))


def _most_runs(rows: Sequence[Row]) -> int:
    return max(int(row["n"]) for row in rows)


def _sentences(
    differences: Sequence[Row], same: tuple[str, str], everybody: Mapping[str, str], in_sight: Sequence[str] = ()
) -> str:
    """The clear differences, the metrics that are alike (`same`, for one and for several), and those not clear."""
    replications = _most_runs(differences)
    by_metric: dict[str, list[Row]] = {}
    for row in differences:
        by_metric.setdefault(str(row["metric"]), []).append(row)
    clear = {metric: [row for row in rows if row["clear"]] for metric, rows in by_metric.items()}
    ranked = sorted(
        [metric for metric, rows in clear.items() if rows],
        key=lambda metric: -max(_size(row["effect_size"]) for row in clear[metric]),
    )
    detailed = [metric for metric in in_sight if metric in ranked] or ranked[:DETAILED]
    rest = [metric for metric in ranked if metric not in detailed]
    alike = [metric for metric, rows in by_metric.items() if not clear[metric] and _all_alike(rows)]
    unclear = [metric for metric in by_metric if not clear[metric] and metric not in alike]

    sentences = [_extremes(by_metric[metric], metric, everybody) for metric in detailed]
    if rest:
        also = (ALSO if in_sight else ALSO_LESS)[len(rest) > 1]
        sentences.append(said(also, metrics=_names(rest)))
    if alike:
        sentences.append(f"{_names(alike)} {said(same[len(alike) > 1])}")
    if unclear:
        sentences.append(said(UNCLEAR[len(unclear) > 1], runs=replications, metrics=_names(unclear)))
    first, *others = (f"{sentence}." for sentence in sentences)
    return " ".join([first, *map(capitalised, others)])


def _names(metrics: Sequence[str]) -> str:
    return joined([name_of(metric) for metric in metrics])


def _size(effect_size: float) -> float:
    """The size of an effect; an effect without any luck is larger than all others."""
    return math.inf if math.isnan(effect_size) else abs(effect_size)


def _all_alike(rows: Sequence[Row]) -> bool:
    return all(row["effect_size_low"] > -NOTICEABLE and row["effect_size_high"] < NOTICEABLE for row in rows)


def _extremes(rows: Sequence[Row], metric: str, everybody: Mapping[str, str]) -> str:
    """The clear differences each way: 'delay is higher under a (by 2.1 days) and b, and lower under c (by 0.4)'.

    Where all differ the same way: 'delay is higher under all 4 styles, most under a (by 2.1 days)'.
    """
    unit = unit_of(metric)
    directions: list[str] = []
    for word, sign in (("higher", 1), ("lower", -1)):
        side = sorted(
            (row for row in rows if row["clear"] and sign * row["mean"] > 0), key=lambda row: -abs(row["mean"])
        )
        if not side:
            continue
        shown = "" if unit in ("", "0-1", "share") or directions else f" {shown_unit(metric)}"
        size = rough(side[0]["mean"]) + shown
        most, *others = [called(str(row["style"])) for row in side]
        if others and len(side) == len(rows):
            directions.append(said(everybody[word], many=len(side), most=most, size=size))
        else:
            also = others if len(others) <= NAMED else [said("{many} others", many=len(others))]
            first = said("{style} (by {size})", style=most, size=size)
            directions.append(said(UNDER[word], styles=joined([first, *also])))
    pattern = PLURAL if BY_NAME[metric].long_name.endswith("ies") else SINGULAR
    return said(pattern, metric=name_of(metric), directions=said(", and ", "list").join(directions))
