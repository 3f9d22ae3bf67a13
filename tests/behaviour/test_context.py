"""C16: there is no single best style; the ranking of fixed styles changes with the situation, beyond chance."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import rankdata, zscore

from sim.scenario.load import scenario_names
from tests.behaviour.arms import REPLICATIONS, difference, fixed_styles, means, run

RESAMPLES = 400


@pytest.fixture(scope="module")
def results():
    return {name: run(name, fixed_styles()) for name in scenario_names()}


def test_which_styles_count_as_fixed():
    assert "situational" not in fixed_styles()
    assert len(fixed_styles()) >= 7


def test_different_styles_lead_in_different_scenarios(results):
    """Two styles lead somewhere, each ahead of the other where it leads, with intervals that exclude zero."""
    output = {name: means(dataset, "output") for name, dataset in results.items()}
    leader = {name: max(output[name], key=lambda style: output[name][style]) for name in output}
    assert len(set(leader.values())) >= 2
    assert any(
        difference(results[here], "output", leader[here], leader[there]).low > 0
        and difference(results[there], "output", leader[there], leader[here]).low > 0
        for here, there in itertools.combinations(results, 2)
        if leader[here] != leader[there]
    )


def resampled_ranks(output: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Ranks of the styles by mean output, (styles, resamples), each over replications drawn with replacement.

    They are standardised: the mean over the styles of the product of two of them is the correlation of ranks.
    """
    drawn = np.random.default_rng(seed).integers(0, REPLICATIONS, (RESAMPLES, REPLICATIONS))
    return np.asarray(zscore(rankdata(output[:, drawn].mean(2), axis=0), axis=0))


def test_the_ranking_changes_with_the_situation(results):
    """Between some situations the ranks agree less than they do within either of them from one sample to the next."""
    output = {name: dataset.output.mean("week").transpose("style", "replication").to_numpy()
              for name, dataset in results.items()}  # fmt: skip
    one, other = ({name: resampled_ranks(values, seed) for name, values in output.items()} for seed in (0, 1))
    within = {name: np.percentile((one[name] * other[name]).mean(0), 2.5) for name in output}
    changed = [
        (here, there)
        for here, there in itertools.combinations(output, 2)
        if np.percentile((one[here] * other[there]).mean(0), 97.5) < min(within[here], within[there], 0.9)
    ]
    assert len(changed) >= 3, changed
