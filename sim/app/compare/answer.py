"""Turns a question into what the page shows: charts, sentences and a table of differences, as plain data."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.analysis.paired import Row, rows_of_differences
from sim.analysis.summary import CHI_SQUARED, HEADLINE, last_of_blocks, mean_interval
from sim.app import charts
from sim.app.compare.runs import KEPT, OVER_TIME, Ran, Weekly, from_weeks, key_of, results_of, weeks_of, weeks_per_point
from sim.app.compare.setting import LOOK_AT, Changes, Job, shipped_as
from sim.app.compare.standings import in_words, ranked, strip
from sim.app.compute import Stopped, turns
from sim.app.tab.terms import HOW_TO_READ
from sim.model.metrics import BY_NAME
from sim.scenario.prices import without_money
from sim.view.courses import events_until
from sim.view.language import english, said
from sim.view.sentences import (
    called,
    decimals,
    effect,
    meaning_of,
    name_of,
    number,
    plus_minus,
    shown_unit,
    standing_out_of,
    title_of,
    what_changed,
)

FIRST = 25
"""Replications of an answer that comes first where many visitors ask; the rest of it follows."""

SO_FAR = english(
    "These are the first {runs} of {most} replications, as many visitors ask at the moment. The rest follows."
)

OPEN_SYMBOLS = english("Small open symbols belong to the dotted lines.")


class Answer(NamedTuple):
    """What the page shows: the question, and all results as plain data.

    `so_far` says of how many replications they are, where others follow; `about` says it in any case.
    """

    job: Job
    courses: tuple[charts.Spec, ...]
    trade_off: charts.Spec
    verdict: str
    strips: tuple[dict[str, Any], ...]
    between_styles: str
    through_change: str
    most_changed: tuple[str, str] | None
    table: dict[str, Any]
    about: str
    so_far: str


class Answerer:
    """Answers the questions of one visitor. It keeps the pinned runs, which rarely change."""

    def __init__(self) -> None:
        self._pinned: dict[int, tuple[object, Ran]] = {}  # by the number of replications

    def answers(self, job: Job, before: Job, stopped: Stopped) -> Iterator[Answer]:
        """The answer; where many visitors ask at once, one from the FIRST replications comes before it.

        Nothing comes any more once the visitor has asked something else. For what is given, see `answer`.
        """
        with turns().asked() as many:
            if not many or job.replications <= FIRST or KEPT.get(key_of(job)) is not None:
                with turns().first():
                    found = self.answer(job, before, stopped)
            else:
                with turns().first():
                    begun = weeks_of(job, range(FIRST), stopped)
                    if begun is None:
                        return
                    found = self._from(from_weeks(job, begun), job, replace(before, replications=FIRST), stopped)
                if found is None:
                    return
                yield found
                with turns().rest(stopped):
                    found = self.answer(job, before, stopped, begun)
            if found is not None:
                yield found

    def answer(self, job: Job, before: Job, stopped: Stopped, begun: Weekly | None = None) -> Answer | None:
        """The answer from all replications; None if the visitor has asked something else meanwhile.

        Args:
            job: the question.
            before: the question about the pinned situation, with the same styles and replications.
            stopped: says whether to give up; it is called now and then.
            begun: the weeks of the first replications, where they were run already.
        """
        after = results_of(job, stopped, begun)
        return None if after is None else self._from(after, job, before, stopped)

    def _from(self, after: Ran, job: Job, before: Job, stopped: Stopped) -> Answer | None:
        """The answer from these results; `before` has as many replications as they have."""
        key = key_of(before)
        if key == key_of(replace(job, replications=before.replications)):
            self._pinned[before.replications] = key, after
            return _answer(job, after, None)
        if self._pinned.get(before.replications, (None,))[0] != key:
            found = results_of(before, stopped)
            if found is None:
                return None
            self._pinned[before.replications] = key, found
        return _answer(job, after, self._pinned[before.replications][1])


def _answer(job: Job, after: Ran, pinned: Ran | None) -> Answer:
    in_sight = tuple(dict.fromkeys((*OVER_TIME, job.metric)))
    shown = without_money(job.scenario, HEADLINE, in_sight)
    metrics = tuple(dict.fromkeys((*in_sight, *shown)))
    now = after.asked_of(metrics)
    first = job.styles.index(job.baseline)
    others = [style for style in job.styles if style != job.baseline]
    differences = rows_of_differences(metrics, others, np.delete(now, first, axis=1), now[:, [first]])
    changes = None if pinned is None else rows_of_differences(metrics, job.styles, now, pinned.asked_of(metrics))
    # What the question itself asks for is said, unless the visitor looks at something else.
    own = LOOK_AT.get(shipped_as(job.scenario))
    told = (*OVER_TIME, own) if own == job.metric and own not in OVER_TIME else OVER_TIME
    found = [ranked(metric, job.styles, after.asked_of([metric])[0]) for metric in told]
    strips = [
        strip(metric, job.styles, after.asked_of([metric])[0], groups, _moved(changes, metric))
        for metric, groups in zip(OVER_TIME, found, strict=False)
    ]
    when = "" if job.focus is None else said("In weeks {first} to {last}:", **_weeks(job.focus))
    then = f"{when} " if when else ""
    headline = differences
    if job.focus is not None:
        whole = after.of(metrics)
        headline = rows_of_differences(metrics, others, np.delete(whole, first, axis=1), whole[:, [first]])
    runs = after.values.shape[-1]
    about = said(
        "{title}: {weeks} {weeks:week|weeks}, {runs} {runs:replication|replications}, seed {seed}",
        title=said(job.scenario.title), weeks=job.weeks, runs=runs, seed=str(job.seed),
    )  # fmt: skip
    so_far = "" if runs == job.replications else said(SO_FAR, runs=runs, most=str(job.replications))
    return Answer(
        job=job,
        courses=tuple(_courses(job, after, pinned, about)),
        trade_off=_trade_off(job, after, pinned, about),
        verdict=in_words(told, job.styles, found, when),
        strips=tuple(strips),
        between_styles=then + standing_out_of(differences, job.baseline, in_sight),
        through_change="" if changes is None else then + what_changed(changes, in_sight),
        most_changed=most_changed(changes or (), in_sight),
        table=_table(job, shown, headline, after.of(shown)),
        about=about,
        so_far=so_far,
    )


def _moved(changes: Sequence[Row] | None, metric: str) -> dict[str, str]:
    """By style, how far a change has clearly moved the mean of a metric."""
    rows = [row for row in changes or () if row["metric"] == metric and row["clear"]]
    places = decimals([(row["high"] - row["low"]) / 2 for row in rows])
    return {str(row["style"]): number(row["mean"], places, signed=True) for row in rows}


def most_changed(changes: Sequence[Row], metrics: Sequence[str]) -> tuple[str, str] | None:
    """The metric, of those in sight, and the style for which a change is clearest; None where it is clear for none."""
    clear = [row for row in changes if row["metric"] in metrics and row["clear"]]
    if not clear:
        return None
    most = max(clear, key=lambda row: np.nan_to_num(abs(row["effect_size"]), nan=math.inf))
    return str(most["metric"]), str(most["style"])


def _weeks(focus: tuple[int, int]) -> dict[str, str]:
    return {"first": str(focus[0]), "last": str(focus[1])}


def changed_in_words(changes: Changes) -> str:
    """What was changed in a situation, for pictures and tables that leave the page."""
    values = ", ".join(f"{name} = {value:.4g}" for name, value in changes.items())
    return said("Changed: {values}.", values=values) if changes else ""


def _courses(job: Job, after: Ran, pinned: Ran | None, about: str) -> Iterator[charts.Spec]:
    events = [charts.Mark(*event) for event in events_until(job.scenario.model_dump()["events"], job.weeks)]
    for metric in (*OVER_TIME, job.metric):
        every = weeks_per_point(metric, job.weeks)
        points = last_of_blocks(job.weeks, every).tolist()
        mean, low, high = after.weekly[metric]
        before = None if pinned is None else pinned.weekly[metric][0]
        lines = [
            charts.Line(style, mean[s], low[s], high[s], None if before is None else before[s])
            for s, style in enumerate(job.styles)
        ]
        yield charts.course(
            title_of(metric),
            shown_unit(metric),
            points,
            lines,
            good=BY_NAME[metric].good,
            events=events,
            every=every,
            meaning=meaning_of(metric),
            source=about,
            changed=changed_in_words(job.changes),
            focus=None if job.focus is None else charts.Mark(job.focus[0], job.focus[1] + 1, said("asked about")),
        )


def _trade_off(job: Job, after: Ran, pinned: Ran | None, about: str) -> charts.Spec:
    upright, across = OVER_TIME
    names = (across, upright)
    values = after.asked_of(names)
    known = mean_interval(values)
    halves = (known.high - known.low) / 2
    earlier = None if pinned is None else mean_interval(pinned.asked_of(names)).mean
    points = [
        charts.Point(
            style,
            float(known.mean[0, s]),
            float(known.mean[1, s]),
            (float(halves[0, s]), float(halves[1, s])),
            _ellipse(values[:, s]),
            None if earlier is None else (float(earlier[0, s]), float(earlier[1, s])),
        )
        for s, style in enumerate(job.styles)
    ]
    return charts.trade_off(
        said("{upright} against {across}", upright=title_of(upright), across=name_of(across)),
        (title_of(across), shown_unit(across)),
        (title_of(upright), shown_unit(upright)),
        points,
        ring=job.baseline,
        corner=said("more of both ↗"),
        subtitle="" if job.focus is None else said("means of weeks {first} to {last}", **_weeks(job.focus)),
        changed=changed_in_words(job.changes),
        meaning=" ".join([said(HOW_TO_READ), *([said(OPEN_SYMBOLS)] if pinned else [])]),
        source=about,
    )


def _ellipse(values: charts.Floats) -> tuple[tuple[float, float], tuple[float, float]]:
    """The half axes of the ellipse in which the means of two metrics (2, replications) lie with 95% confidence."""
    values = values[:, ~np.isnan(values).any(axis=0)]
    n = values.shape[-1]
    if n < 3:
        return (0.0, 0.0), (0.0, 0.0)
    sizes, directions = np.linalg.eigh(np.cov(values) / n * CHI_SQUARED)
    one, two = (directions * np.sqrt(np.maximum(sizes, 0.0))).T.tolist()
    return (one[0], one[1]), (two[0], two[1])


def _table(job: Job, metrics: Sequence[str], differences: Sequence[Row], values: charts.Floats) -> dict[str, Any]:
    """The means of the headline metrics and their differences from the baseline, as texts for a table."""
    means = mean_interval(values)
    halves = (means.high - means.low) / 2
    found = {(row["metric"], row["style"]): row for row in differences}
    rows = []
    for m, metric in enumerate(metrics):
        places = decimals(halves[m])
        cells = []
        for s, style in enumerate(job.styles):
            known = math.isfinite(halves[m, s])
            mean = number(means.mean[m, s], places) + (f" {plus_minus(halves[m, s], places)}" if known else "")
            row = found.get((metric, style))
            cells.append({"mean": mean, **_difference(metric, row, places)})
        rows.append({"metric": metric, "name": title_of(metric), "unit": shown_unit(metric), "cells": cells})
    labels = [called(style) for style in job.styles]
    return {"styles": list(job.styles), "labels": labels, "baseline": called(job.baseline), "rows": rows}


def _difference(metric: str, row: Mapping[Any, Any] | None, places: int) -> dict[str, str]:
    if row is None:
        return {"difference": "", "effect": "", "verdict": ""}
    good = BY_NAME[metric].good
    if not row["clear"]:
        verdict = "open"
    elif good == "neither":
        verdict = "different"
    else:
        verdict = "better" if (row["mean"] > 0) == (good == "higher") else "worse"
    return {
        "difference": number(row["mean"], places, signed=True),
        "effect": "" if math.isnan(row["effect_size"]) else effect(row["effect_size"]),
        "verdict": verdict,
    }
