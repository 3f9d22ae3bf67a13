"""The content of a report as plain numbers and facts, without words for a reader and without pictures."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.analysis.break_even import break_even, course_of_sums
from sim.analysis.crossover import Turning, course_difference, turning
from sim.analysis.doubt import SOURCES, shares
from sim.analysis.futures import LOWER, RUNS_EACH, UPPER, spread
from sim.analysis.paired import paired_differences
from sim.analysis.regret import regrets, usual_spread, worst_regret
from sim.analysis.summary import HEADLINE, Floats, level_interval, run_values, styles_of, summarise, weekly_means
from sim.model.metrics import BY_NAME, METRICS
from sim.scenario.schema import Scenario
from sim.scenario.weeks import QUARTER
from sim.scenario.what_if import Situation
from sim.view.report.behaviour_changes import LEVELS, Leading, by_person, later_stages, leading
from sim.view.report.carried import Carried, carried
from sim.view.report.numbers import Key, Numbers, is_relative, rounded, scale_against, scale_of, step_for
from sim.view.report.runs import COMPARED_ON, DIRECTED, Progress, Runs

MOST_KEY_STYLES = 5
"""Styles that pictures show in colour."""

LIKELY, ALMOST_SURE = 0.5, 0.8
"""Shares of the futures in which a style has to be ahead of today: on both counts, and on at least one of them."""

SURE = 67.0
"""Percent of the futures that have to agree before a gain or a price is named."""

AS_SAFE = 0.1
"""Regrets that differ by less, in spreads that runs have anyway, are the same."""

MOST_COSTS = 5
"""How many prices of the better style are named."""

WORTH_NAMING = 1.0
"""Points of 100, or percent of today's level: a smaller gain or price of the better style is not named."""


class Answer(NamedTuple):
    """What wins. `close` are the styles that cannot be told apart from the best; `better` is None if nothing is.

    `gains` and `costs` are the metrics in which the better style is clearly better or worse than today.
    """

    best: Mapping[str, str]
    close: Mapping[str, tuple[str, ...]]
    better: str | None
    safest: str
    gains: tuple[str, ...]
    costs: tuple[str, ...]
    turnings: Mapping[str, Turning]


class Content(NamedTuple):
    """A report before it is put into words: facts, numbers by key, and the tables that pictures are drawn from.

    `practices` says of each practice whether the company has it.
    """

    scenario: Scenario
    today: str
    styles: tuple[str, ...]
    key_styles: tuple[str, ...]
    weeks: int
    replications: int
    seed: int
    futures: int
    versions: str
    saved: str | None
    answer: Answer
    numbers: Numbers
    situations: tuple[Situation, ...]
    practices: Mapping[str, bool]
    leading: tuple[Leading, ...]
    by_person: Mapping[str, tuple[float, float, float, float]]
    later_stages: int
    courses: pd.DataFrame
    development: pd.DataFrame
    sums: pd.DataFrame
    carried: Carried


def content_of(runs: Runs, progress: Progress | None = None) -> Content:
    """Work out everything that a report says from what was run, and run what takes the main difference apart."""
    ds, today, styles = runs.ds, runs.today, styles_of(runs.ds)
    numbers = Numbers()
    differences = paired_differences(ds, today, DIRECTED)
    _levels(numbers, ds)
    _differences(numbers, ds, runs, differences)
    _doubt(numbers, runs)
    table = regrets(runs.elsewhere)
    measures = usual_spread(summarise(ds, COMPARED_ON), COMPARED_ON)
    _situations(numbers, table, runs)
    answer = _answer(numbers, ds, runs, differences, table, measures)
    _turnings(numbers, ds, today)
    _money(numbers, ds, runs)
    _practices(numbers, runs)
    compared = list(dict.fromkeys([today, answer.better or answer.best[COMPARED_ON[0]]]))
    development = _development(numbers, ds, compared)
    shares = {level: numbers.of("development", f"share_{level}", today, "mean", 1) / 100 for level in LEVELS}
    then = answer.better or today
    people = leading(runs.scenario, then, shares)
    _behaviours(numbers, people, then)
    key = _key_styles(numbers, answer, today, styles)
    profit = {style: ds["profit"].sel(style=style).transpose("replication", "week").to_numpy() for style in key}
    sums = [
        course_of_sums(profit[style], profit[today], LOWER, UPPER).assign(style=style)
        for style in key
        if style != today
    ]
    other = answer.better or next(style for style in key if style != today)
    through = carried(
        numbers, runs.scenario, other, today, COMPARED_ON, ds.sizes["replication"], ds.sizes["week"],
        int(ds.attrs["seed"]), progress,
    )  # fmt: skip
    courses = weekly_means(ds, COMPARED_ON)
    scales = courses["metric"].map({metric: scale_of(metric) for metric in COMPARED_ON})
    return Content(
        scenario=runs.scenario,
        today=today,
        styles=tuple(styles),
        key_styles=tuple(key),
        weeks=ds.sizes["week"],
        replications=ds.sizes["replication"],
        seed=int(ds.attrs["seed"]),
        futures=runs.futures.sizes["future"],
        versions=str(ds.attrs.get("teamsim_version", "")),
        saved=runs.saved,
        answer=answer,
        numbers=numbers,
        situations=runs.situations,
        practices={practice: worth.kept_up for practice, worth in runs.worth.items()},
        leading=people,
        by_person=by_person(runs.scenario, then),
        later_stages=later_stages(runs.scenario, then),
        courses=courses.assign(**{end: courses[end] * scales for end in ("mean", "low", "high")}),
        development=development,
        sums=pd.concat(sums, ignore_index=True),
        carried=through,
    )


def _key_styles(numbers: Numbers, answer: Answer, today: str, styles: Sequence[str]) -> list[str]:
    """The styles that pictures bring out: today's, the better, the best and the safest, or else the next best."""
    named = [today, *([answer.better] if answer.better else []), *answer.best.values(), answer.safest]
    if set(named) == {today}:
        others = [style for style in styles if style != today]
        named += [max(others, key=lambda style: numbers.of("levels", metric, style, "mean")) for metric in COMPARED_ON]
    return list(dict.fromkeys(named))[:MOST_KEY_STYLES]


def _levels(numbers: Numbers, ds: xr.Dataset) -> None:
    """Every metric of every style: mean of the run with its 95% interval."""
    for row in summarise(ds, [metric.name for metric in METRICS]).to_dict("records"):
        scale = scale_of(row["metric"]) / (ds.sizes["week"] if BY_NAME[row["metric"]].whole_run == "total" else 1)
        values = {end: row[end] * scale for end in ("mean", "low", "high")}
        numbers.put("levels", row["metric"], row["style"], **values)


def _differences(numbers: Numbers, ds: xr.Dataset, runs: Runs, differences: pd.DataFrame) -> None:
    """Difference to today: over the futures (median, 10-90%, share ahead), and the mean with its interval."""
    for row in differences.to_dict("records"):
        metric, style = row["metric"], row["style"]
        own = runs.futures.sel(metric=metric, style=style).to_numpy()
        now = runs.futures.sel(metric=metric, style=runs.today).to_numpy()
        today = numbers.of("levels", metric, runs.today, "mean") / scale_of(metric)
        of_futures = spread(_shares(own, now) if is_relative(metric) else (own - now) * scale_of(metric))
        ahead = 1 - float(np.nanmean(own >= now)) if BY_NAME[metric].good == "lower" else of_futures.above
        scale = scale_against(metric, today)
        numbers.put(
            "differences", metric, style,
            median=of_futures.median, low=of_futures.low, high=of_futures.high, ahead=100 * ahead,
            mean=row["mean"] * scale, mean_low=row["low"] * scale, mean_high=row["high"] * scale,
        )  # fmt: skip


def _shares(own: Floats, now: Floats) -> Floats:
    """By how many percent of today's each is more; no value (NaN) where today's is nothing."""
    found: Floats = 100 * (own / np.where(now == 0, np.nan, now) - 1)
    return found


def _doubt(numbers: Numbers, runs: Runs) -> None:
    """Percent of the variance of the difference to today that luck, parameters and profiles make; NaN if not known."""
    for metric in COMPARED_ON:
        now = runs.futures.sel(metric=metric, style=runs.today)
        for style in map(str, runs.futures["style"].to_numpy()):
            if style != runs.today:
                paired = (runs.futures.sel(metric=metric, style=style) - now).to_numpy().reshape(-1, RUNS_EACH)
                found = shares(paired.mean(axis=1), paired.var(axis=1, ddof=1), RUNS_EACH)
                numbers.put("doubt", metric, style, "", **{source: 100 * found[source].share for source in SOURCES})


def _situations(numbers: Numbers, table: pd.DataFrame, runs: Runs) -> None:
    """Per situation mean, rank and regret, and 1 for those level with the best; the largest regret under "worst"."""
    for row in table.to_dict("records"):
        scale = scale_of(row["metric"])
        level = row["style"] in runs.level[row["situation"], row["metric"]]
        values = {"mean": row["mean"] * scale, "rank": row["rank"], "regret": row["regret"] * scale, "level": level}
        numbers.put("situations", row["metric"], row["style"], row["situation"], **values)
    for (metric, style), rows in table.groupby(["metric", "style"], sort=False):
        numbers.put("situations", str(metric), str(style), "worst", regret=rows["regret"].max() * scale_of(str(metric)))


def _answer(
    numbers: Numbers,
    ds: xr.Dataset,
    runs: Runs,
    differences: pd.DataFrame,
    table: pd.DataFrame,
    measures: Mapping[str, float],
) -> Answer:
    best = {metric: _best(numbers, metric, runs) for metric in COMPARED_ON}
    close = {metric: _close_to(winner, metric, runs) for metric, winner in best.items()}
    better = _better(runs, differences, measures)
    safest = _safest(worst_regret(table, measures), better or runs.today)
    own = differences[(differences["style"] == better) & differences["clear"]]
    own = own.sort_values("effect_size", key=lambda sizes: -sizes.abs(), kind="stable")
    gains: list[str] = []
    costs: list[str] = []
    for row in own.to_dict("records"):
        good = (row["mean"] > 0) == (BY_NAME[row["metric"]].good == "higher")
        surely = _surely(numbers, str(row["metric"]), better or "", runs.today, good)
        if surely:
            (gains if good else costs).append(str(row["metric"]))
    return Answer(
        best=best,
        close=close,
        better=better,
        safest=safest,
        gains=tuple(metric for metric in gains if metric in HEADLINE),
        costs=tuple(costs[:MOST_COSTS]),
        turnings={metric: turning(ds, better, runs.today, metric) for metric in COMPARED_ON} if better else {},
    )


def _safest(worst: "pd.Series[float]", advised: str) -> str:
    """The style that gives away least at worst; the advised one if that is as good, so that one name serves."""
    return advised if worst[advised] - worst.min() <= AS_SAFE else str(worst.index[0])


def _best(numbers: Numbers, metric: str, runs: Runs) -> str:
    """The style that is ahead of today by most, or behind it by least, in the middle of the futures."""
    gains = {
        style: 0.0 if style == runs.today else numbers.of("differences", metric, style, "median")
        for style in styles_of(runs.ds)
    }
    return max(gains, key=lambda style: (gains[style], style == runs.today))


def _close_to(winner: str, metric: str, runs: Runs) -> tuple[str, ...]:
    """The styles that the best one is not ahead of in four of five futures."""
    values = runs.futures.sel(metric=metric)
    behind = (values.sel(style=winner) > values).mean("future")
    return tuple(style for style in styles_of(runs.ds) if style != winner and behind.sel(style=style) < ALMOST_SURE)


def _surely(numbers: Numbers, metric: str, style: str, today: str, good: bool) -> bool:
    """Whether two of three futures are on the better, or else the worse side of today, by more than next to nothing."""
    low, median, high, ahead = (
        numbers.of("differences", metric, style, name) for name in ("low", "median", "high", "ahead")
    )
    whole = 100.0 if is_relative(metric) or scale_of(metric) == 100 else numbers.of("levels", metric, today, "mean")
    matters = abs(median) >= abs(whole) * WORTH_NAMING / 100 and rounded(median, step_for(low, high)) != 0
    return matters and (ahead >= SURE if good else ahead <= 100 - SURE)


def _better(runs: Runs, differences: pd.DataFrame, measures: Mapping[str, float]) -> str | None:
    """The style with the best balance of morale and output, if any is better than today beyond luck and doubt.

    It must not be clearly worse on either, must be ahead in at least half of the futures on both, and clearly better
    and ahead in four of five on at least one. Of those, the largest sum of the two gains in the futures' median, each
    measured in the usual spread between runs.
    """
    scores: dict[str, float] = {}
    by_style = differences[differences["metric"].isin(COMPARED_ON)].groupby("style", sort=False)
    for style, rows in by_style:
        score, convincing, spoilt = 0.0, False, False
        for row in rows.to_dict("records"):
            values = runs.futures.sel(metric=row["metric"])
            gain = spread((values.sel(style=style) - values.sel(style=runs.today)).to_numpy())
            score += gain.median / measures[row["metric"]]
            spoilt = spoilt or gain.above < LIKELY or bool(row["clear"] and row["mean"] < 0)
            convincing = convincing or bool(row["clear"] and row["mean"] > 0 and gain.above >= ALMOST_SURE)
        if convincing and not spoilt:
            scores[str(style)] = score
    return max(scores, key=scores.__getitem__) if scores else None


def _turnings(numbers: Numbers, ds: xr.Dataset, today: str) -> None:
    """Per style when it stops being behind today and is ahead for good, and how it does in the first quarter."""
    early = min(QUARTER, ds.sizes["week"])
    for metric in COMPARED_ON:
        level = numbers.of("levels", metric, today, "mean")
        scale = scale_against(metric, level)
        for style in styles_of(ds):
            if style == today:
                continue
            first = course_difference(ds.sel(week=slice(1, early)), style, today, metric, block=early).iloc[0]
            when = turning(ds, style, today, metric)
            numbers.put(
                "turnings", metric, style, behind_until=when.behind_until, ahead_from=when.ahead_from,
                early=first["mean"] * scale, early_low=first["low"] * scale, early_high=first["high"] * scale,
            )  # fmt: skip


def _money(numbers: Numbers, ds: xr.Dataset, runs: Runs) -> None:
    """People who leave and what replacing them costs; profit against today's, with the week from which it pays."""
    money, today = runs.scenario.money, runs.today
    profit = {
        style: ds["profit"].sel(style=style).transpose("replication", "week").to_numpy() for style in styles_of(ds)
    }
    leaving = ds.assign(leavers=ds["turnover"].fillna(0.0) * ds["headcount"] / 100)  # nobody leaves where nobody is
    for style, row in _leavers(leaving).items():
        numbers.put("money", "leavers", style, mean=row[0], low=row[1], high=row[2])
        numbers.put("money", "hiring", style, mean=row[0] * money.hiring_cost)
        if style != today:
            pays = break_even(profit[style], profit[today])
            numbers.put(
                "money", "sum", style, mean=pays.total, low=pays.low, high=pays.high, week=pays.week,
                paid_back=100 * pays.paid_back, deepest=pays.deepest,
            )  # fmt: skip


def _leavers(ds: xr.Dataset) -> dict[str, tuple[float, float, float]]:
    """People who leave in a year, per style: mean with its 95% interval; `ds` has a variable `leavers`."""
    interval = level_interval(run_values(ds, ["leavers"]).to_numpy()[0])
    return {
        style: (float(interval.mean[i]), float(interval.low[i]), float(interval.high[i]))
        for i, style in enumerate(styles_of(ds))
    }


def _practices(numbers: Numbers, runs: Runs) -> None:
    """What each practice brings as the company is led today, over the whole run."""
    for practice, worth in runs.worth.items():
        money = worth.money
        numbers.put(
            "practices", practice, "", mean=money.total, low=money.low, high=money.high, week=money.week,
            paid_back=100 * money.paid_back, deepest=money.deepest,
        )  # fmt: skip
        for metric, gain in worth.gains.items():
            level = numbers.of("levels", metric, runs.today, "mean")
            scale = scale_against(metric, level)
            numbers[Key("practices", practice, "", metric)] = float(gain.mean) * scale


def _development(numbers: Numbers, ds: xr.Dataset, styles: Sequence[str]) -> pd.DataFrame:
    """Shares of people at D1 to D4 over time; the appendix has the first week and every quarter."""
    metrics = [f"share_{level}" for level in LEVELS]
    course = weekly_means(ds.sel(style=list(styles)), metrics)
    course = course.assign(mean=course["mean"] * 100)
    last = ds.sizes["week"]
    grid = {1, last, *range(QUARTER, last + 1, QUARTER)}
    for row in course[course["week"].isin(grid)].to_dict("records"):
        numbers.put("development", row["metric"], row["style"], str(row["week"]), mean=row["mean"])
    return course[["style", "week", "metric", "mean"]]


def _behaviours(numbers: Numbers, people: Sequence[Leading], then: str) -> None:
    for one in people:
        for change in one.behaviours:
            numbers.put("behaviours", change.behaviour, one.style, share=100 * change.today)
            numbers.put("behaviours", change.behaviour, then, share=100 * change.better)
