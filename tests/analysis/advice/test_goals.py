"""Goals and bounds as people write them: what is understood, and what is asked back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.advice.goals import read_constraints, read_goal
from sim.model.metrics import METRICS
from sim.scenario import InputError

BECAUSE = "because turnover is measured in % of staff a year"
AIMS = [metric.name for metric in METRICS if metric.good != "neither"]


@given(st.dictionaries(st.sampled_from(AIMS), st.floats(0.001, 1000), min_size=1))
def test_weights_add_up_to_one_and_keep_their_proportions(weights):
    goal = read_goal(",".join(f"{name}={weight:.4f}" for name, weight in weights.items()))
    assert math.isclose(math.fsum(goal.weights.values()), 1)
    for name, weight in weights.items():
        assert math.isclose(goal.weights[name], round(weight, 4) / sum(round(w, 4) for w in weights.values()))


def test_a_goal_may_be_written_as_people_write():
    assert read_goal(" Decision delay = 30% , MORALE=70%").weights == {"decision_delay": 0.3, "morale": 0.7}
    assert read_goal("output=1,morale=0").weights == {"output": 1.0}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("outpt=1", 'goal: unknown metric "outpt"; did you mean "output"? Known: morale, output'),
        ("output", 'goal: cannot read "output". Write METRIC=WEIGHT'),
        ("", 'goal: cannot read ""'),
        ("output=0,5", 'goal: cannot read "5"'),
        ("output=a", 'goal: cannot read "output=a"'),
        ("output=-1", "goal: output has the weight -1; allowed is 0 or more."),
        ("turnover=-1", "goal: turnover has the weight -1; allowed is 0 or more. A lower value counts as better"),
        ("output=1e999", "allowed is 0 or more"),
        ("output=0,morale=0", "goal: no weight is above 0"),
        ("output=1,output=2", "goal: output is there twice"),
        ("headcount=1", "goal: headcount is neither good nor bad in itself"),
    ],
)
def test_a_goal_that_makes_no_sense_is_explained(text, says):
    with pytest.raises(InputError) as caught:
        read_goal(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "metric", "sign", "bound", "note"),
    [
        ("turnover<25%", "turnover", "<", 25, ""),
        ("turnover<25", "turnover", "<", 25, ""),
        ("turnover < 0.25", "turnover", "<", 25, f"0.25 was read as 25%, {BECAUSE}"),
        ("turnover<1%", "turnover", "<", 1, ""),
        ("morale>=60%", "morale", ">=", 0.6, ""),
        ("morale>0.6", "morale", ">", 0.6, ""),
        ("Morale > 60", "morale", ">", 0.6, "60 was read as 0.6, because morale runs from 0 to 1"),
        ("profit>-2", "profit", ">", -2, ""),
        ("decision delay<=1.5", "decision_delay", "<=", 1.5, ""),
        ("leader_load<120%", "leader_load", "<", 1.2, ""),
    ],
)  # fmt: skip
def test_a_bound_is_read_in_the_metrics_unit(text, metric, sign, bound, note):
    (constraint,) = read_constraints([text])
    assert (constraint.metric, constraint.sign, constraint.note) == (metric, sign, note)
    assert math.isclose(constraint.bound, bound)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["turnovr<5"], 'constraint: unknown metric "turnovr"; did you mean "turnover"?'),
        (["turnover=5"], 'constraint: cannot read "turnover=5". Write METRIC<NUMBER or METRIC>NUMBER'),
        (["turnover<0,25"], 'constraint: cannot read "turnover<0,25"'),
        (["turnover<1"], "is that 1% or 100%?"),
        (["profit>5%"], "constraint: profit is not measured in percent but in thousand a week"),
        (["turnover<0"], "constraint: turnover < 0 cannot be met; turnover is 0 or more"),
        (["turnover<=-3"], "cannot be met"),
        (["morale>1.2"], "constraint: morale > 1.2 cannot be met; morale is from 0 to 1 (0-1)."),
        (["morale>=1e999"], "cannot be met"),
        (["turnover<10", "turnover>20"], "constraint: turnover < 10 and turnover > 20 cannot both hold"),
    ],
)
def test_a_bound_that_makes_no_sense_is_explained(texts, says):
    with pytest.raises(InputError) as caught:
        read_constraints(texts)
    assert says in str(caught.value)


def test_a_bound_is_missed_on_its_wrong_side():
    below, above = read_constraints(["turnover<=20", "turnover>10"])
    assert (below.missed_by(25), below.missed_by(15), above.missed_by(4)) == (5, -5, 6)
