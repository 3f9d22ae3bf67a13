"""What carries the differences of a study."""

import pytest

from sim.analysis.study.registry import ANALYSES
from sim.analysis.why import DIRECT
from sim.model.mechanisms import NAMES
from tests.analysis.study.made import ran


def test_contributions_add_up_to_the_difference_in_every_scenario(tmp_path):
    styles = ["democratic", "autocratic", "servant"]
    results = ran(tmp_path, scenarios=["everyday", "novices"], styles=styles, replications=3, weeks=6,
                  analysis={"metrics": ["output", "morale"], "baseline": "democratic"})  # fmt: skip
    table = ANALYSES["why"].tables(results)["why"]
    assert set(table["part"]) == {*NAMES, DIRECT}
    assert not (set(table["style"]) - {"autocratic", "servant"})
    differences = ANALYSES["differences"].tables(results)["differences"]
    sums = table.groupby(["scenario", "style", "metric"])["mean"].sum()
    for row in differences.to_dict("records"):
        assert sums[row["scenario"], row["style"], row["metric"]] == pytest.approx(row["mean"])
