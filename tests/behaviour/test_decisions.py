"""C01: deciding alone is fastest, deciding together slowest, and slower still as the team grows."""

import pytest

from sim.scenario.styles import COMPARED
from tests.behaviour.arms import difference, interval, run
from tests.model.worlds import varied

SIZES = (5, 12, 25)


@pytest.fixture(scope="module")
def by_size():
    return {size: run(varied("everyday", {"teams": [{"name": "Team", "size": size}]})) for size in SIZES}


@pytest.mark.parametrize("size", SIZES)
def test_autocratic_decides_faster_than_democratic(by_size, size):
    assert difference(by_size[size], "decision_delay", "democratic", "autocratic").low > 0


QUEUE = pytest.mark.xfail(
    strict=True, reason="one leader of 25 is the bottleneck that C25 is about: those who delegate are faster"
)
FASTER_AT_25 = ("laissez-faire", "agile", "situational", "transformational", "visionary")


@pytest.mark.parametrize(
    ("style", "size"),
    [
        pytest.param(style, size, marks=[QUEUE] if size == 25 and style in FASTER_AT_25 else [])
        for style in sorted(set(COMPARED) - {"autocratic"})
        for size in SIZES
    ],
)
def test_autocratic_decides_fastest(by_size, style, size):
    assert difference(by_size[size], "decision_delay", style, "autocratic").low > 0


UNABLE = pytest.mark.xfail(
    strict=True, reason="a team of five that nobody leads learns less, and people who are not able put decisions off"
)


@pytest.mark.parametrize(
    ("style", "size"),
    [
        pytest.param(style, size, marks=[UNABLE] if (style, size) == ("laissez-faire", 5) else [])
        for style in sorted(set(COMPARED) - {"democratic"})
        for size in SIZES
    ],
)
def test_democratic_decides_slowest(by_size, size, style):
    assert difference(by_size[size], "decision_delay", "democratic", style).low > 0


@pytest.mark.parametrize(("smaller", "larger"), [(5, 12), (12, 25)])
def test_democratic_is_slower_still_as_the_team_grows(by_size, smaller, larger):
    """Its own delay grows, and so does what it lags behind autocratic."""
    delay = {size: by_size[size].decision_delay.mean("week") for size in (smaller, larger)}
    own = {size: delay[size].sel(style="democratic") for size in delay}
    lag = {size: own[size] - delay[size].sel(style="autocratic") for size in delay}
    assert interval(own[larger] - own[smaller]).low > 0
    assert interval(lag[larger] - lag[smaller]).low > 0
