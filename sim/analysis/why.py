"""Where a difference comes from: how much each mechanism, or each behaviour, contributes to it.

This is causal mediation by intervention (Pearl 2001; Imai, Keele & Tingley 2010): a mechanism is cut by playing back
what it was under the baseline, for the same people with the same luck. What each contributes is its Shapley value
(`sim.analysis.shapley`) over the coalitions of mechanisms that are let through. What is left, where all are cut, is the
direct effect: what leaders do to the metric without any of them.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.shapley import PAIRS, Design, coalitions_of, design
from sim.analysis.summary import HEADLINE, Floats, mean_interval
from sim.model.input_records import largest_sizes
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.model.metrics import BY_NAME as METRICS
from sim.model.metrics import METRIC_NAMES
from sim.run import luck
from sim.run.case import Case, Drawing, Progress
from sim.run.coalitions import PRACTICE, By, Question, Spans, coalition_values, parts_of
from sim.run.compare import check_numbers, choose_styles
from sim.run.size import affordable
from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.load import load_scenario
from sim.scenario.practices import practices as known_practices
from sim.scenario.practices import spans
from sim.scenario.problems import InputError, listed, unknown
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_parameters
from sim.scenario.weeks import QUARTER
from sim.scenario.what_if import toggled

if TYPE_CHECKING:
    import xarray

REPLICATIONS = 100
"""Runs of each coalition unless others are asked for."""

MOST_PAIRS = 1_000


DIRECT = "direct"
"""What is left where every part is cut."""

WAYS: tuple[By, ...] = ("mechanisms", "behaviours")


class Decomposition(NamedTuple):
    """What a replication comes to; spans come last, the whole run first."""

    baseline: Floats  # (metrics, spans)
    style: Floats  # (metrics, spans)
    direct: Floats  # (metrics, spans)
    added: Floats  # (parts, metrics, spans)
    alone: Floats  # (parts, metrics, spans)
    removed: Floats  # (parts, metrics, spans)


def explain(
    scenario: Scenario | str = "everyday",
    style: str = "autocratic",
    baseline: str = "democratic",
    metrics: Sequence[str] = HEADLINE,
    by: By = "mechanisms",
    replications: int = REPLICATIONS,
    weeks: int | None = None,
    seed: int = 1,
    parameters: Mapping[str, float] | None = None,
    *,
    mechanisms: Sequence[str] | None = None,
    practices: Sequence[str] = (),
    pairs: int = PAIRS,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    drawing: Drawing = luck.once,
    before: Scenario | None = None,
    what: str = "the change",
    during: tuple[int, int] | None = None,
) -> "xarray.Dataset":
    """Take the difference between two leadership styles apart, or what a change of the situation does.

    Args:
        scenario: a Scenario, or the name or path of one.
        style: whose effects are explained; as of `sim.compare`.
        baseline: what it is compared with.
        metrics: names of the metrics.
        by: "mechanisms", through which the difference comes about, or "behaviours", from which.
        replications: number of runs of each coalition, >= 1.
        weeks: length of a run, 1 to 1,040; by default the scenario's.
        seed: of all chance, >= 0.
        parameters: values that replace those of the model and the scenario, by name.
        mechanisms: only these; what goes through others then counts as direct.
        practices: that the company has under the style and not under the baseline, as the scenario has them, or else in
            their usual strength from the first week on; style and baseline may then be the same.
        pairs: of orders that are drawn in each replication; more make intervals narrower.
        workers: threads; by default one for each core. The result does not depend on it.
        executor: threads that are there already.
        progress: called now and then with (replications done, replications in all).
        stopped: asked now and then whether to give up; the dataset then has no replications.
        drawing: how chance is drawn.
        before: the situation of the baseline, where it is another one, with as many positions as the scenario; style
            and baseline may then be the same.
        what: how the two situations differ, in words: "the crisis of week 27".
        during: first and last week that are explained; by default the whole run.

    Returns:
        A dataset with dimensions metric, part, span and replication. Spans are "whole", the metric over the whole run
        or over the weeks asked about, and stretches of a quarter of a year, named by their last week. `baseline` and
        `style` are what the two come to, `difference` is style less baseline, `contribution` is what each part adds,
        and `direct` what is left; contributions and `direct` add up to the difference in every replication. `alone` is
        what a part brings by itself, where nothing else is let through, and `removed` what goes away where only it is
        cut.

    Raises:
        InputError: something is wrong with what was given.
    """
    question = asked(
        scenario, style, baseline, metrics, by, replications, weeks, seed, parameters, mechanisms, practices,
        before, what, during,
    )  # fmt: skip
    _check_pairs(pairs)
    many, case = len(question.parts), question.case

    def designed(number: int) -> Design:
        return design(many, (case.seed, number), pairs)

    def found(number: int, values: Floats) -> Decomposition:
        plan = designed(number)
        base, coalitions = values[0], values[1:]
        added, alone, removed = (plan.added(w, coalitions) for w in (plan.weights, plan.alone, plan.last))
        return Decomposition(base, coalitions[1], coalitions[0] - base, added, alone, removed)

    results = coalition_values(
        question, lambda number: designed(number).coalitions, found,
        workers=workers, executor=executor, progress=progress, stopped=stopped, drawing=drawing,
    )  # fmt: skip
    return dataset(question, results or [])


def _check_pairs(pairs: object) -> None:
    if isinstance(pairs, bool) or not isinstance(pairs, int) or not 1 <= pairs <= MOST_PAIRS:
        raise InputError(f"pairs: got {pairs!r}; allowed is a whole number from 1 to {MOST_PAIRS:,}.")


def asked(
    scenario: Scenario | str,
    style: str,
    baseline: str,
    metrics: Sequence[str],
    by: By,
    replications: int,
    weeks: int | None = None,
    seed: int = 1,
    parameters: Mapping[str, float] | None = None,
    mechanisms: Sequence[str] | None = None,
    practices: Sequence[str] = (),
    before: Scenario | None = None,
    what: str = "the change",
    during: tuple[int, int] | None = None,
) -> Question:
    """The question, checked; arguments as of `explain`.

    Raises:
        InputError: something is wrong with what was given.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario)
    if by not in WAYS:
        raise InputError(f"by: {unknown('way', str(by), WAYS)}")
    if by == "behaviours" and mechanisms is not None:
        raise InputError("mechanisms: these are of no use where behaviours are looked at. Leave them out.")
    practices = (practices,) if isinstance(practices, str) else tuple(practices)
    if before is not None and (by == "behaviours" or practices):
        raise InputError("before: behaviours and practices are those of one situation. Leave them or the other out.")
    if style == baseline and not practices and before is None:
        raise InputError(f'style: "{style}" is also the baseline, so that there is no difference. Name another style.')
    metrics = (metrics,) if isinstance(metrics, str) else tuple(metrics)
    if not metrics:
        raise InputError("metrics: got none; name at least one.")
    for name in metrics:
        if name not in METRIC_NAMES:
            raise InputError(f"metrics: {unknown('metric', name, METRIC_NAMES)}")
    if twice := sorted({name for name in metrics if metrics.count(name) > 1}):
        raise InputError(f"metrics: {listed(twice)} given twice; name each metric once.")
    choose_styles(scenario, list(dict.fromkeys([baseline, style])))
    scenario = _with_practices(scenario, practices)
    weeks = scenario.run.weeks if weeks is None else weeks
    check_numbers(scenario, replications, weeks, seed)
    if parameters:
        scenario = with_parameters(scenario, parameters)
        before = before and with_parameters(before, parameters)
    if before is not None and not same_positions(before, scenario):
        raise InputError(
            "before: there are not as many positions as after it. What comes of other people cannot be told apart by"
            " mechanisms, which play back what was, person by person. Compare the two instead."
        )
    if during is not None and not 1 <= during[0] <= during[1] <= weeks:
        raise InputError(f"during: got {during[0]} to {during[1]}; allowed are weeks from 1 to {weeks}.")
    case = Case(scenario, (baseline, style), replications=range(replications), seed=seed, weeks=weeks)
    firsts = range(1, weeks + 1, QUARTER)
    first, last = during or (1, weeks)
    stretches = Spans((first, *firsts), (last, *(min(first + QUARTER - 1, weeks) for first in firsts)))
    return Question(case, by, parts_of(by, mechanisms, practices), metrics, stretches, practices, before, what)


def same_positions(before: Scenario, after: Scenario) -> bool:
    """Whether two situations have teams of the same sizes, with all that come and go."""
    return largest_sizes(before) == largest_sizes(after)


def without(scenario: Scenario, place: int, weeks: int) -> Scenario:
    """The same situation where one of its events, by its place, does not happen in so many weeks.

    It is put off until after them, so that positions which it would open are there all the same.
    """
    events = list(scenario.events)
    events[place] = events[place].model_copy(update={"week": max(weeks, scenario.run.weeks) + 1})
    return scenario.model_copy(update={"events": tuple(events)})


def _with_practices(scenario: Scenario, practices: Sequence[str]) -> Scenario:
    """The scenario with all of these practices."""
    for name in practices:
        if name not in known_practices():
            raise InputError(f"practices: {unknown('practice', name, tuple(known_practices()))}")
    if twice := sorted({name for name in practices if list(practices).count(name) > 1}):
        raise InputError(f"practices: {listed(twice)} given twice; name each practice once.")
    for name in practices:
        if not any(span.practice == name for span in spans(scenario)):
            scenario, _ = toggled(scenario, name)
    return scenario


def affordable_replications(question: Question, person_weeks: float, fewest: int, most: int) -> int:
    """How many replications of a question come to no more work than this, but not fewer or more than these."""
    return affordable(person_weeks, question.work(coalitions_of(len(question.parts))), fewest, most)


def dataset(question: Question, results: Sequence[Decomposition]) -> "xarray.Dataset":
    """What `explain` gives.

    Raises:
        InputError: a metric that has no value in any run.
    """
    import xarray

    case = question.case
    shape = (len(question.metrics), len(question.spans.first))
    stacked = {
        name: np.stack([getattr(one, name) for one in results], axis=-1)
        if results
        else np.zeros((*(() if name in ("baseline", "style", "direct") else (len(question.parts),)), *shape, 0))
        for name in Decomposition._fields
    }
    # A replication counts only where every coalition has a value, so that contributions add up.
    unknown_here = np.zeros((*shape, len(results)), bool)
    for values in stacked.values():
        unknown_here |= np.isnan(values).reshape(-1, *unknown_here.shape).any(axis=0)
    for values in stacked.values():
        values[..., unknown_here] = np.nan
    if results:
        for m, metric in enumerate(question.metrics):
            if unknown_here[m, 0].all():
                raise InputError(
                    f"metrics: {metric} has no value in any week of these runs under {' and '.join(case.styles)}, so"
                    " that there is nothing to explain. Leave it out."
                )
    whole = ("metric", "span", "replication")
    dims = {name: whole if stacked[name].ndim == len(whole) else ("part", *whole) for name in stacked}
    variables = {
        {"added": "contribution"}.get(name, name): (dims[name], values) for name, values in stacked.items()
    }  # fmt: skip
    variables["difference"] = (whole, stacked["style"] - stacked["baseline"])
    labels, called = labels_of(question.by), style_labels(question)
    return xarray.Dataset(
        variables,
        {
            "metric": list(question.metrics),
            "unit": ("metric", [METRICS[name].unit for name in question.metrics]),
            "part": list(question.parts),
            "label": ("part", [labels[part] for part in question.parts]),
            "span": ["whole", *(str(last) for last in question.spans.last[1:])],
            "first_week": ("span", list(question.spans.first)),
            "last_week": ("span", list(question.spans.last)),
            "replication": np.arange(len(results)),
        },
        {
            "scenario": case.scenario.name,
            "title": case.scenario.title,
            "style": case.styles[1],
            "baseline_style": case.styles[0],
            "style_label": called[1],
            "baseline_label": called[0],
            "practices": list(question.practices),
            "what": question.what if question.before is not None else "",
            "by": question.by,
            "weeks": case.length,
            "replications": len(results),
            "seed": case.seed,
        },
    )


def labels_of(by: str) -> dict[str, str]:
    """What parts are called."""
    if by == "mechanisms":
        return {name: mechanism.label for name, mechanism in MECHANISMS.items()}
    practices = {f"{PRACTICE}{name}": f"The practice “{one.title}”" for name, one in known_practices().items()}
    return {behaviour.name: behaviour.label for behaviour in BEHAVIOUR_TABLE} | practices


def style_labels(question: Question) -> tuple[str, str]:
    """What baseline and style are called, with the practices in which they differ."""
    baseline, style = question.case.styles
    if question.before is not None:
        return f"{baseline} without {'it' if baseline == style else question.what}", f"{style} with {question.what}"
    if not question.practices:
        return baseline, style
    titles = " and ".join(f"“{known_practices()[name].title}”" for name in question.practices)
    return f"{baseline} without {'it' if len(question.practices) == 1 else 'them'}", f"{style} with {titles}"


def contributions(ds: "xarray.Dataset", *, over_time: bool = False) -> pd.DataFrame:
    """What each part contributes, with its 95% interval over replications.

    Args:
        ds: as of `explain`.
        over_time: by quarters, instead of over the whole run.

    Returns:
        One row per metric, span and part, the direct effect last: metric, first_week, last_week, part, label, mean,
        low, high, share (of the difference's mean; NaN where this is nothing), alone, removed, n.
    """
    here = ds.isel(span=slice(1, None)) if over_time else ds.isel(span=[0])
    direct_label = "Directly" if ds.attrs["by"] == "mechanisms" else "Everything else"
    tables = []
    for metric in ds["metric"].to_numpy():
        of_metric = here.sel(metric=metric)
        difference = mean_interval(of_metric["difference"].to_numpy()).mean
        for s in range(of_metric.sizes["span"]):
            of_span = of_metric.isel(span=s)
            added = np.concatenate([of_span["contribution"].to_numpy(), of_span["direct"].to_numpy()[np.newaxis]])
            nothing = np.full((1, added.shape[1]), np.nan)
            alone, removed = (
                mean_interval(np.concatenate([of_span[name].to_numpy(), nothing])).mean for name in ("alone", "removed")
            )
            interval = mean_interval(added)
            tables.append(
                pd.DataFrame(
                    {
                        "metric": str(metric),
                        "first_week": int(of_span["first_week"]),
                        "last_week": int(of_span["last_week"]),
                        "part": [*(str(part) for part in ds["part"].to_numpy()), DIRECT],
                        "label": [*(str(label) for label in ds["label"].to_numpy()), direct_label],
                        "mean": interval.mean,
                        "low": interval.low,
                        "high": interval.high,
                        "share": interval.mean / difference[s] if difference[s] else np.nan,
                        "alone": alone,
                        "removed": removed,
                        "n": interval.n,
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)


def totals(ds: "xarray.Dataset", *, over_time: bool = False) -> pd.DataFrame:
    """What the two come to, and the paired difference with its 95% interval.

    Returns:
        One row per metric and span: metric, first_week, last_week, baseline, style, mean, low, high, n.
    """
    here = ds.isel(span=slice(1, None)) if over_time else ds.isel(span=[0])
    difference = mean_interval(here["difference"].to_numpy())
    paired = ~np.isnan(here["difference"].to_numpy())
    sides = {
        name: mean_interval(np.where(paired, here[name].to_numpy(), np.nan)).mean.ravel()
        for name in ("baseline", "style")
    }  # fmt: skip
    return pd.DataFrame(
        {
            "metric": np.repeat([str(name) for name in ds["metric"].to_numpy()], here.sizes["span"]),
            "first_week": np.tile(here["first_week"].to_numpy(), ds.sizes["metric"]),
            "last_week": np.tile(here["last_week"].to_numpy(), ds.sizes["metric"]),
            **sides,
            "mean": difference.mean.ravel(),
            "low": difference.low.ravel(),
            "high": difference.high.ravel(),
            "n": difference.n.ravel(),
        }
    )
