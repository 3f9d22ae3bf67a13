"""SALib on opened results: what is on the page, and what the analysis of a study gives, are the same."""

import numpy as np
from SALib.analyze import sobol as salib

from sim.analysis.study.sensitivity import RESAMPLES, sobol
from tests.analysis.study.made import ran
from tests.study.studies import vary


def test_salib_analyses_our_results_and_finds_what_the_study_says(tmp_path):
    varied = [vary("market.urgency", low=0.0, high=1.0), vary("parameters.contagion", plausible=True)]
    results = ran(
        tmp_path, styles=["democratic"], design={"kind": "sobol", "base": 16, "vary": varied},
        analysis={"metrics": ["output"]},
    )  # fmt: skip
    output = results.runs["output"].mean("replication").sel(scenario="everyday", style="democratic").to_numpy()
    found = salib.analyze(results.problem, output, calc_second_order=False, num_resamples=RESAMPLES, seed=1)
    table = sobol(results)["sobol"]
    assert list(table["varied"]) == results.problem["names"]
    assert np.allclose(table["first"], found["S1"])
    assert np.allclose(table["total"], found["ST"])
    assert np.allclose(table["total_high"] - table["total"], found["ST_conf"])
