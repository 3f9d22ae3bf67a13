"""Which mechanisms carry the differences that a study finds, in each scenario and for each style."""

import pandas as pd

from sim.analysis.study.blocks import baseline_of, labelled, metric_of
from sim.analysis.why import REPLICATIONS, contributions, explain
from sim.scenario.problems import InputError
from sim.study.results import ExperimentResults


def why(results: ExperimentResults) -> pd.DataFrame:
    """Through which mechanisms each style differs from the baseline, in each scenario as it is; this takes runs anew.

    Returns:
        One row per scenario, style, metric and part: scenario, style, baseline, then the columns of
        `sim.analysis.why.contributions`.

    Raises:
        InputError: no scenario has both the baseline and another style; a metric without a value in any week.
    """
    baseline, study = baseline_of(results), results.study
    metrics = list(dict.fromkeys(metric_of(column).name for column in study.looked_at))
    tables = []
    for situation in results.resolved.situations:
        if baseline not in situation.styles:
            continue
        for style in situation.styles:
            if style == baseline:
                continue
            many = min(study.replications, REPLICATIONS)
            ds = explain(situation.scenario, style, baseline, metrics, replications=many, seed=study.seed)
            label = {"scenario": situation.scenario.name, "style": style, "baseline": baseline}
            tables.append(labelled(contributions(ds), label))
    if not tables:
        raise InputError(f"no scenario of the study has {baseline} and another style to explain. Add one.")
    return pd.concat(tables, ignore_index=True)
