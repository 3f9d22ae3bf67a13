"""The EMA Workbench explores the model: the example on the page about studies, run by the real workbench."""

from typing import Any

import numpy as np
import pytest

import sim
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs/studies.md"


@pytest.mark.filterwarnings("ignore")  # the workbench tells of optional packages that it does without
def test_a_model_of_the_workbench_gives_what_a_study_gives():
    (code,) = (block.text for block in blocks(PAGE, "python") if "ema_workbench" in block.text)
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102  # it is our own page
    experiments, outcomes = space["experiments"], space["outcomes"]
    assert len(experiments) == len(outcomes["morale"]) == 8
    everyday = sim.load_scenario("everyday")
    for place, row in enumerate(experiments.to_dict("records")):
        case = sim.Case(everyday, ("democratic",), {"contagion": row["contagion"]}, range(5))
        (expected,) = sim.simulate([case])
        assert np.isclose(outcomes["morale"][place], expected.values[:, 0, 0].mean())
