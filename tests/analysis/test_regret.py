"""Ranks and regrets over situations."""

import pandas as pd
import pytest

from sim.analysis.regret import regrets, usual_spread, worst_regret


def table(**means):
    """A summary of output and strain; `means` gives (output, strain) per style."""
    rows = [
        {"metric": metric, "style": style, "mean": values[place], "sd": 2.0}
        for place, metric in enumerate(("output", "strain"))
        for style, values in means.items()
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def found():
    return regrets(
        {"calm": table(a=(10, 0.2), b=(8, 0.1), c=(8, 0.3)), "storm": table(a=(1, 0.2), b=(5, 0.2), c=(4, 0.2))}
    )


def test_the_best_has_no_regret_and_rank_one(found):
    output = found[found["metric"] == "output"].set_index(["situation", "style"])
    assert output.loc[("calm", "a")][["rank", "regret"]].tolist() == [1, 0]
    assert output.loc[("calm", "b")][["rank", "regret"]].tolist() == [2, 2]
    assert output.loc[("storm", "a")][["rank", "regret"]].tolist() == [3, 4]


def test_less_is_better_where_a_manager_wants_it_low(found):
    strain = found[found["metric"] == "strain"].set_index(["situation", "style"])["regret"]
    assert strain["calm", "b"] == 0
    assert strain["calm", "c"] == pytest.approx(0.2)


def test_equals_share_a_rank(found):
    output = found[(found["metric"] == "output") & (found["situation"] == "calm")].set_index("style")["rank"]
    assert output["b"] == output["c"] == 2


def test_the_safest_comes_first(found):
    worst = worst_regret(found, {"output": 2.0, "strain": 0.1})
    assert worst.index[0] == "b"
    assert worst.to_dict() == pytest.approx({"a": 2.0, "b": 1.0, "c": 2.0})


def test_what_does_not_spread_is_measured_by_one():
    flat = table(a=(1, 0.1)).assign(sd=0.0)
    assert usual_spread(flat, ["output"]) == {"output": 1.0}
    assert usual_spread(table(a=(1, 0.1)), ["output"]) == {"output": 2.0}
