"""What a run comes to: every metric's mean or total over some stretches of weeks."""

import numpy as np
from numpy.typing import NDArray

from sim.model.metrics import METRICS
from sim.model.rules.compiled import rule

IS_TOTAL = np.array([metric.whole_run == "total" for metric in METRICS])
"""Whether a metric is summed up by its total, else by its mean: (metrics,)."""


@rule
def sum_up(
    rows: NDArray[np.float64], first_weeks: NDArray[np.int64], last_weeks: NDArray[np.int64],
    is_total: NDArray[np.bool_], found: NDArray[np.float64],
) -> None:  # fmt: skip
    """Mean or total of each metric over each stretch of weeks; weeks without a value are left out, NaN where all are.

    rows: (weeks, metrics), the first row is week 1; first_weeks, last_weeks: (stretches,), both included; is_total:
    (metrics,); found: (stretches, metrics), written.
    """
    for s in range(found.shape[0]):
        for m in range(found.shape[1]):
            total = 0.0
            known = 0
            for w in range(first_weeks[s] - 1, last_weeks[s]):
                value = rows[w, m]
                if not np.isnan(value):
                    total += value
                    known += 1
            if known == 0:
                found[s, m] = np.nan
            elif is_total[m]:
                found[s, m] = total
            else:
                found[s, m] = total / known
