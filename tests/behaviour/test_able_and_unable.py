"""C03, C10, C11: what leaders do meets what people can do."""

import numpy as np
import pytest

from sim.scenario.styles import COMPARED
from tests.behaviour.arms import difference, means, run
from tests.model.worlds import everybody_at, varied, week_by_week

EARLY = 13  # weeks


@pytest.fixture(scope="module")
def novices():
    return run(varied("everyday", everybody_at(1)))


@pytest.fixture(scope="module")
def experts():
    return {name: run(varied(name, everybody_at(4))) for name in ("everyday", "experts")}


@pytest.mark.parametrize("other", ["democratic", "laissez-faire"])
def test_autocratic_leads_early_with_novices(novices, other):
    """C03."""
    assert difference(novices, "output", "autocratic", other, last=EARLY).low > 0


OTHERS = sorted(set(COMPARED) - {"laissez-faire"})


@pytest.mark.parametrize("other", OTHERS)
def test_laissez_faire_has_the_lowest_output_with_novices_early_on(novices, other):
    """C11."""
    assert difference(novices, "output", other, "laissez-faire", last=EARLY).low > 0


@pytest.mark.parametrize("other", OTHERS)
def test_laissez_faire_has_the_lowest_output_with_novices(novices, other):
    """C11, over the whole run."""
    assert difference(novices, "output", other, "laissez-faire").low > 0


def test_laissez_faire_leaves_novices_in_the_dark():
    """C11: the low output comes with role ambiguity."""
    scenario = varied("everyday", everybody_at(1))
    ambiguity = {}
    for style in COMPARED:
        moments = week_by_week(scenario, [style], EARLY)
        ambiguity[style] = np.mean([moment.days["ambiguity"].mean() for moment in moments])
    assert max(ambiguity, key=lambda style: ambiguity[style]) == "laissez-faire"
    assert ambiguity["laissez-faire"] > 2 * ambiguity["autocratic"]


@pytest.mark.parametrize("name", ["everyday", "experts"])
def test_laissez_faire_is_within_reach_of_the_best_with_experts(experts, name):
    """C10: output within 10% of the best style's."""
    output = means(experts[name], "output")
    assert output["laissez-faire"] >= 0.9 * max(output.values())


@pytest.mark.parametrize("name", ["everyday", "experts"])
def test_laissez_faire_is_above_autocratic_with_experts(experts, name):
    """C10."""
    assert difference(experts[name], "output", "laissez-faire", "autocratic").low > 0
