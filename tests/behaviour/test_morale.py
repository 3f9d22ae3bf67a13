"""C04, C05, C07: what being commanded or asked does to morale, loyalty and ideas, in whatever situation."""

import pytest

from sim.scenario.load import scenario_names
from tests.behaviour.arms import difference, run

STYLES = ("autocratic", "democratic", "laissez-faire")


@pytest.fixture(scope="module", params=scenario_names())
def results(request):
    return run(request.param, STYLES)


def test_autocratic_lowers_morale_when_overused(results):
    """C04: in the second year."""
    assert difference(results, "morale", "democratic", "autocratic", first=53).low > 0


def test_autocratic_stifles_ideas(results):
    """C05."""
    assert difference(results, "ideas_adopted", "democratic", "autocratic").low > 0


@pytest.mark.parametrize("other", ["autocratic", "laissez-faire"])
def test_democratic_raises_morale_and_loyalty(results, other):
    """C07: against both others of the classical three."""
    assert difference(results, "morale", "democratic", other).low > 0
    assert difference(results, "turnover", "democratic", other).high < 0
