"""Verdicts on planted effects: large and small ones, ones the other way, none, and ones beyond doubt."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.analysis.claims.contrasts import Contrast, contrasts
from sim.analysis.claims.schema import Arm, Claim, Difference
from sim.analysis.claims.verdict import Verdict, combined, in_world, judge, judged, part_p, read, with_worlds
from sim.analysis.doubt import crossed
from sim.analysis.paired import paired_differences
from sim.run.compare import compare
from sim.run.measures import Measure

SUPPORTED, NOT_SUPPORTED, OPPOSITE = Verdict.SUPPORTED, Verdict.NOT_SUPPORTED, Verdict.OPPOSITE


def part(direction="higher", smallest=0.2, unit="sd", text="t"):
    return Difference(
        kind="difference", text=text, metric="morale", of="a in x", weeks=(1, 2), direction=direction,
        smallest=smallest, unit=unit,
    )  # fmt: skip


def planted(mean, n=200, sd=1.0, spread=1.0, sign=1.0):
    """A contrast whose values have exactly this mean and standard deviation."""
    values = np.random.default_rng(8).standard_normal(n)
    values = (values - values.mean()) / values.std(ddof=1) * sd
    return Contrast("a less b", values + mean, spread, 10.0, sign)


def verdict_of(mean, **more):
    plan = part(**{key: more.pop(key) for key in ("smallest", "unit") if key in more})
    readings = [read(planted(mean, **more), plan)]
    return judge(readings, part_p(readings))


@pytest.mark.parametrize(
    ("mean", "more", "expected"),
    [
        (0.5, {}, SUPPORTED),
        (0.1, {"sd": 0.1}, NOT_SUPPORTED),  # beyond chance, and too small
        (0.5, {"n": 6}, NOT_SUPPORTED),  # large, and perhaps chance
        (0.0, {}, NOT_SUPPORTED),
        (-0.1, {"sd": 0.1}, NOT_SUPPORTED),
        (-0.5, {}, OPPOSITE),
        (-0.5, {"sign": -1.0}, SUPPORTED),
        # No worse by more than 0.2:
        (0.0, {"smallest": -0.2, "sd": 0.5}, SUPPORTED),
        (-0.1, {"smallest": -0.2, "sd": 0.1}, SUPPORTED),
        (-0.19, {"smallest": -0.2}, NOT_SUPPORTED),
        (-0.6, {"smallest": -0.2}, OPPOSITE),
        # In the metric's unit, and in percent of what is compared with, which is 10:
        (0.5, {"smallest": 0.4, "unit": "own", "spread": 100.0}, SUPPORTED),
        (0.5, {"smallest": 0.6, "unit": "own"}, NOT_SUPPORTED),
        (0.5, {"smallest": 4.0, "unit": "percent"}, SUPPORTED),
        (-0.5, {"smallest": -4.0, "unit": "percent", "sd": 0.1}, OPPOSITE),
    ],
)
def test_planted_effects(mean, more, expected):
    assert verdict_of(mean, **more) is expected


@given(st.floats(-3, 3), st.floats(-1, 1).filter(lambda smallest: smallest != 0))
def test_a_contrast_turned_round_is_read_turned_round(mean, smallest):
    one, other = (
        read(planted(mean * sign)._replace(sign=sign, values=sign * planted(mean).values), part(smallest=smallest))
        for sign in (1.0, -1.0)
    )
    assert one.effect == pytest.approx(other.effect)
    assert (one.enough, one.right_side, one.contrary) == (other.enough, other.right_side, other.contrary)


@pytest.mark.parametrize("smallest", [0.2, -0.2])
def test_p_values_are_those_of_the_t_test_against_the_bar(smallest):
    contrast = planted(0.13, n=30)
    reading = read(contrast, part(smallest=smallest, unit="own"))
    expected = stats.ttest_1samp(contrast.values, min(smallest, 0.0)).pvalue
    assert reading.p_for == pytest.approx(expected)
    assert reading.p_against == 1.0


def test_effect_and_interval_are_those_of_paired_differences():
    ds = compare("everyday", ["servant", "autocratic"], 20, 10, 3)
    (expected,) = paired_differences(ds, "autocratic", ["morale"]).to_dict("records")
    plan = Difference(
        kind="difference", text="t", metric="morale", of="servant in x", against=("autocratic in x",), weeks=(1, 10),
        direction="higher",
    )  # fmt: skip
    values = {
        (Arm(style, "x"), Measure("morale", (1, 10))): ds.morale.sel(style=style).mean("week").to_numpy()
        for style in ("servant", "autocratic")
    }
    reading = read(contrasts(plan, values)[0], plan)
    assert reading.difference == pytest.approx(expected["mean"])
    assert reading.effect == reading.standardised == pytest.approx(expected["effect_size"])
    ends = [expected["effect_size_low"], expected["effect_size_high"]]
    assert [reading.low, reading.high] == pytest.approx(ends, abs=0.02)  # by the jackknife there
    assert reading.p_for == pytest.approx(expected["p"])


def test_without_any_luck_a_difference_is_beyond_doubt():
    for value, expected in ((3.0, SUPPORTED), (0.0, NOT_SUPPORTED), (-3.0, OPPOSITE)):
        readings = [read(Contrast("a less b", np.full(9, value), 0.0, 10.0, 1.0), part())]
        assert judge(readings, part_p(readings)) is expected
        assert math.isnan(readings[0].effect) == (value != 0)


def test_replications_without_a_value_are_left_out():
    contrast = planted(0.5)
    holed = contrast._replace(values=np.append(contrast.values, math.nan))
    assert read(holed, part()) == read(contrast, part())


def test_all_comparisons_of_a_part_have_to_hold():
    good, small, bad = (read(planted(mean, sd=0.3), part()) for mean in (0.9, 0.1, -0.9))
    for readings, expected in (((good, good), SUPPORTED), ((good, small), NOT_SUPPORTED), ((good, bad), OPPOSITE)):
        assert judge(readings, part_p(readings)) is expected


def test_p_of_a_part_is_the_largest_of_what_has_to_hold():
    readings = [read(planted(mean, n=20), part()) for mean in (0.5, 0.9)]
    assert part_p(readings) == max(reading.p_for for reading in readings)
    against = [read(planted(mean, n=20), part()) for mean in (0.5, -0.9)]
    assert part_p(against) == pytest.approx(2 * against[1].p_against)


def test_a_claim_is_as_good_as_its_parts():
    assert combined([SUPPORTED, SUPPORTED]) is SUPPORTED
    assert combined([SUPPORTED, NOT_SUPPORTED]) is NOT_SUPPORTED
    assert combined([SUPPORTED, NOT_SUPPORTED, OPPOSITE]) is OPPOSITE


def test_p_values_are_adjusted_for_all_parts_of_all_claims():
    parts = (part(text="one"), part(text="two"))
    claims = [Claim(id=f"A{number}", text="t", parts=parts) for number in range(10)]
    doubtful = [read(planted(0.45, n=30), part())]
    assert 0.001 < part_p(doubtful) < 0.05
    few = judged(claims[:1], {("A0", number): doubtful for number in (0, 1)})
    many = judged(claims, {(claim.id, number): doubtful for claim in claims for number in (0, 1)})
    assert few[0].verdict is SUPPORTED
    assert {result.verdict for result in many} == {NOT_SUPPORTED}
    assert many[0].parts[0].p_adjusted == pytest.approx(min(20 * part_p(doubtful), 1))


def test_the_part_that_decides():
    claim = Claim(id="A", text="t", parts=(part(), part(), part()))
    readings = {("A", number): [read(planted(mean, sd=0.3), part())] for number, mean in enumerate((0.9, -0.4, 0.3))}
    (result,) = judged([claim], readings)
    assert result.weakest is result.parts[1]


def test_robustness_is_the_share_of_worlds_with_the_same_verdict():
    claim = Claim(id="A", text="t", parts=(part(),))
    (result,) = judged([claim], {("A", 0): [read(planted(0.5), part())]})
    worlds = [in_world([[read(planted(mean, n=8), part())]]) for mean in (0.5, 0.3, 0.1, -0.1, -0.5)]
    robust = with_worlds(result, worlds)
    assert (robust.draws, robust.robustness, robust.holds, robust.keeps_sign) == (5, 0.4, 0.4, 0.6)
    assert robust.undecided
    assert with_worlds(result, []).robustness is None
    assert not with_worlds(result, []).undecided
    assert not with_worlds(result, worlds[:2]).undecided
    assert with_worlds(result, [None, *worlds[:2]]).robustness == 1.0


def test_the_doubt_is_that_of_the_comparison_that_decides():
    claim = Claim(id="A", text="t", parts=(part(), part()))
    (result,) = judged([claim], {("A", 0): [read(planted(0.9), part())], ("A", 1): [read(planted(0.5), part())]})
    shift = np.random.default_rng(1).normal(0, 0.2, 200)
    worlds = [
        in_world([[read(planted(0.9, n=8), part())], [read(planted(0.5 + shift[two], n=8), part())]])
        for _, two in crossed(200)
    ]

    def doubt_in(known):
        found = with_worlds(result, known).doubt
        assert found is not None
        return found

    doubt = doubt_in(worlds)
    assert doubt["parameters"].share == pytest.approx(0, abs=0.01)
    sd = read(planted(0.5, n=8), part()).sd
    assert doubt["profiles"].share == pytest.approx(0.04 / (0.04 + sd**2), rel=0.4)
    assert doubt_in([*worlds[:20], *[None] * 20])["luck"].share > 0
    # A world that is not there yet takes its four with it, and does not move the others.
    assert math.isnan(doubt_in([None, *worlds[1:20]])["luck"].share)
