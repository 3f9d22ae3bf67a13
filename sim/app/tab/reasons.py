"""Finds out why the styles of a page differ, when the page is made: in the page, that would take too many runs.

It is about the situation as the page begins with it, and the page shows it as long as nothing of that is changed.
"""

from collections.abc import Sequence
from typing import Any

from sim.analysis.summary import HEADLINE
from sim.analysis.why import explain
from sim.app.compare.reasons import as_plain
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.view.sentences import title_of

REPLICATIONS = 30
"""Runs of each coalition of mechanisms, as in the app."""


def reasons_of(
    scenario: Scenario, styles: Sequence[str], baseline: str, metric: str, during: tuple[int, int] | None
) -> dict[str, Any]:
    """By style and metric, where the difference from the baseline comes from; a metric without a value is left out.

    Args:
        scenario: as the page begins with it.
        styles: that it begins with.
        baseline: one of them.
        metric: that is looked at beside the headline.
        during: first and last week that the question is about; None for the whole run.
    """
    metrics = list(dict.fromkeys((*HEADLINE, metric)))
    found = {
        style: _of_style(scenario, style, baseline, metrics, during) for style in styles if style != baseline
    }  # fmt: skip
    return {
        "baseline": baseline,
        "metrics": [{"value": name, "text": title_of(name)} for name in metrics],
        "found": found,
    }


def _of_style(
    scenario: Scenario, style: str, baseline: str, metrics: list[str], during: tuple[int, int] | None
) -> dict[str, Any]:
    try:
        ds = explain(
            scenario, style, baseline, metrics, replications=REPLICATIONS, seed=scenario.run.seed, during=during
        )  # fmt: skip
    except InputError as error:
        without = [name for name in metrics if f"metrics: {name} has no value" in str(error)]
        if not without or len(metrics) == 1:
            raise
        return _of_style(scenario, style, baseline, [name for name in metrics if name not in without], during)
    return {name: as_plain(ds.sel(metric=[name]), name) for name in metrics}
