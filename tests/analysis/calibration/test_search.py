"""Which sets are judged: the search finds what it is shown, some are drawn around its best, and the best come again."""

import numpy as np
import pytest

from sim.analysis.calibration.file import load_calibration, shipped_calibration
from sim.analysis.calibration.misfit import FAILED, Judgement, judgement
from sim.analysis.calibration.search import DRAW, FINAL, SEARCH, kept, pinned_down, trials
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError
from sim.view.calibration import calibration_report
from tests.analysis.calibration.settings import NAMES, one_pattern, settings

TRUTH = {name: BY_NAME[name].low + 0.8 * (BY_NAME[name].high - BY_NAME[name].low) for name in NAMES}


def near(trial):
    """A model that is known: the further from the truth, the worse."""
    values = dict(trial.parameters)
    off = [(values[n] - TRUTH[n]) / (BY_NAME[n].high - BY_NAME[n].low) for n in NAMES]
    return Judgement(float(np.square(off).sum()), 0, {"C9.percent_a_month": 1.0})


def played(file, judge=near):
    """All sets and their judgements, asked for round by round as a run does."""
    judged: dict[tuple[str, int], Judgement] = {}
    while len(found := trials(file, judged)) > len(judged):
        judged |= {trial.name: judge(trial) for trial in found if trial.name not in judged}
    return found, judged


@pytest.fixture(scope="module")
def whole():
    return played(settings())


def test_it_finds_the_truth(whole):
    best = kept(settings(), *whole)[0]
    for name in NAMES:
        width = BY_NAME[name].high - BY_NAME[name].low
        assert best["parameters"][name] == pytest.approx(TRUTH[name], abs=0.1 * width)


def test_every_set_has_a_name_of_its_own_and_the_stages_follow_each_other(whole):
    found, judged = whole
    assert len({trial.name for trial in found}) == len(found) == len(judged) == 12 * 9 + 20 + 3
    assert [trial.stage for trial in found] == [SEARCH] * 108 + [DRAW] * 20 + [FINAL] * 3


@pytest.mark.parametrize("missing", [(SEARCH, 0), (SEARCH, 50), (SEARCH, 107), (DRAW, 3), (FINAL, 1)])
def test_played_again_from_what_was_judged_it_asks_for_the_same_and_for_no_more_than_a_round_ahead(whole, missing):
    found, judged = whole
    names = [trial.name for trial in found]
    known = {name: judged[name] for name in names[: names.index(missing)]}
    asked = trials(settings(), known)
    assert asked == found[: len(asked)]
    last_round = {SEARCH: 9 * (1 + missing[1] // 9), DRAW: 128, FINAL: 131}[missing[0]]
    assert len(asked) == last_round


def test_what_is_kept_fits_about_as_well_as_the_best(whole):
    found, judged = whole
    without_finals = [trial for trial in found if trial.stage != FINAL]
    sets = kept(settings(), without_finals, judged)
    misfits = [one["misfit"] for one in sets]
    assert misfits == sorted(misfits)
    assert misfits[-1] <= misfits[0] + 0.5
    assert len(sets) == 10
    for low, middle, high in pinned_down(sets).values():
        assert low <= middle <= high
    report = calibration_report(settings(), sets)
    assert all(f"`{name}`" in report for name in NAMES)


def test_the_best_are_judged_again_and_the_one_that_does_best_there_comes_first(whole):
    found, judged = whole
    before = kept(settings(), [trial for trial in found if trial.stage != FINAL], judged)
    third_is_best = judged | {(FINAL, number): Judgement(float(number != 2), 0, {}) for number in range(3)}
    after = kept(settings(), found, third_is_best)
    assert after[0] == before[2]
    assert after[1:] == [before[0], before[1], *before[3:]]


def test_the_judgement_counts_what_lies_outside_its_band():
    patterns = one_pattern()
    low, high = patterns.patterns[0].accept["percent_a_month"]
    middle = {"quit_base": (BY_NAME["quit_base"].low + BY_NAME["quit_base"].high) / 2}
    inside, edge, outside, far = (
        judgement(patterns, middle, [{"C9.percent_a_month": value}])
        for value in ((low + high) / 2, high, 1.2 * high, 3 * high)
    )
    assert inside.misfit < edge.misfit < outside.misfit < far.misfit
    assert (inside.passed, edge.passed, outside.passed) == (1, 1, 0)
    off_centre = judgement(
        patterns, {"quit_base": BY_NAME["quit_base"].low}, [{"C9.percent_a_month": (low + high) / 2}]
    )
    assert off_centre.misfit > inside.misfit
    over_worlds = judgement(patterns, middle, [{"C9.percent_a_month": value} for value in (0.0, high, 9.0)])
    assert over_worlds.figures == {"C9.percent_a_month": high}


def test_a_set_that_cannot_be_run_is_the_worst_of_all():
    for lost in (None, {"C9.percent_a_month": float("nan")}):
        assert judgement(one_pattern(), {"quit_base": 0.1}, [{"C9.percent_a_month": 1.0}, lost]).misfit == FAILED


def test_the_shipped_file_fits_known_parameters():
    file = load_calibration()
    assert set(file.fit.parameters) <= set(BY_NAME)
    assert len(set(file.fit.parameters)) == len(file.fit.parameters)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"quit_base"', '"quit_bas"', 'unknown parameter "quit_bas"; did you mean "quit_base"?'),
        ("population = 16", "population = 1", "search.population"),
        ("[keep]", "[kept]", "kept"),
        ("[fit]", "[fit", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path, old, new, says):
    text = shipped_calibration().read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_calibration(file)
    assert says in str(caught.value)
