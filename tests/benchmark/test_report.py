"""A report has to come while one waits, and in a size that can be sent by mail."""

import time

import pytest

import sim

pytest.importorskip("typst")
pytest.importorskip("pptx")

LONGEST = 15
"""Seconds for the report in all its forms; of the processors, so that what else a machine does counts less."""

LARGEST = 2_000_000
"""Bytes of the page."""


@pytest.mark.benchmark
@pytest.mark.parametrize("scenario", ["everyday", "client-roster"])
def test_a_report_from_a_scenario_takes_under_fifteen_seconds(scenario, tmp_path):
    sim.compare(scenario, ["democratic", "servant"], 1, 1)  # compiling is not counted
    outs = [tmp_path / f"report{ending}" for ending in (".html", ".pdf", ".pptx")]
    start = time.process_time()
    sim.report(scenario, outs)
    took = time.process_time() - start
    assert took < LONGEST, f"{took:.1f} s"
    assert outs[0].stat().st_size < LARGEST
