"""C21: newcomers arrive hopeful, dip from D1 to D2, and rise."""

import numpy as np
import pytest

from sim.scenario.styles import COMPARED
from tests.behaviour.arms import SEED, interval, run
from tests.model.worlds import varied, week_by_week

YEAR = 52
ARRIVED = {"competence": 0.35, "confidence": 0.7, "motivation": 0.85, "commitment": 0.775, "tenure": 0.0}
COHORT = {"employees": {"people": [{"name": f"Newcomer {number}", **ARRIVED} for number in range(12)]}}


@pytest.fixture(scope="module")
def cohort():
    """A company of people who all start on the same day, and of whom nobody leaves, so that weeks are tenure."""
    return run(varied("everyday", COHORT), weeks=YEAR, parameters={"quit_base": 0.0})


SUPERVISED = pytest.mark.xfail(
    strict=True,
    reason="watched closely all year, people who have become able lose heart again: there is no way back up",
)

UNLED = pytest.mark.xfail(strict=True, reason="with nobody leading, commitment falls all year and does not recover")
SLOW = pytest.mark.xfail(
    strict=True,
    reason="confidence rises again, but motivation goes on falling for a year from the height at which newcomers come",
)
FALLING = {"autocratic": [SUPERVISED], "laissez-faire": [UNLED], "mixed": [SLOW], "visionary": [SLOW]}


@pytest.mark.parametrize("style", [pytest.param(style, marks=FALLING.get(style, [])) for style in COMPARED])
def test_commitment_dips_and_recovers(cohort, style):
    """The low point is below the start and below the end of the first year."""
    commitment = cohort.commitment.sel(style=style)
    lowest = int(commitment.mean("replication").argmin("week")) + 1
    assert 4 <= lowest <= 40
    dip = commitment.sel(week=lowest)
    assert interval(ARRIVED["commitment"] - dip).low > 0
    assert interval(commitment.sel(week=YEAR) - dip).low > 0


@pytest.mark.parametrize("style", COMPARED)
def test_the_share_in_d2_rises_then_falls(cohort, style):
    """From nobody, to a tenth or more of the people, to fewer again."""
    share = cohort.share_d2.sel(style=style)
    highest = int(share.mean("replication").argmax("week")) + 1
    assert share.sel(week=1).max() == 0
    assert interval(share.sel(week=highest)).low > 0.1
    assert interval(share.sel(week=highest) - share.sel(week=YEAR)).low > 0


@pytest.mark.xfail(
    strict=True, reason="commitment of people hired into a team falls and levels off: it does not rise again in a year"
)
def test_people_hired_into_a_team_of_old_hands_dip_too():
    """Commitment of people hired during the run, by tenure, of those who stay a year."""
    courses: list[list[float]] = []
    for replication in range(12):
        running: dict[int, list[float]] = {}
        for moment in week_by_week(varied("growth"), ["mixed"], seed=SEED, replication=replication):
            for place, person in enumerate(moment.world.employees[0]):
                if person["tenure"] == 0.0:
                    running[place] = []
                if place in running and len(running[place]) <= YEAR:
                    running[place].append(float(person["commitment"]))
                    if len(running[place]) == YEAR + 1:
                        courses.append(running.pop(place))
    by_tenure = np.array(courses)
    assert len(by_tenure) > 100
    lowest = int(by_tenure.mean(0).argmin())
    assert interval(by_tenure[:, 0] - by_tenure[:, lowest]).low > 0.05
    assert interval(by_tenure[:, YEAR] - by_tenure[:, lowest]).low > 0
