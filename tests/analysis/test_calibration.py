"""Calibration: it finds what it is shown, goes on where it stopped to the same end, and keeps what fits."""

import json

import numpy as np
import pytest

from sim.analysis.calibration import (
    Calibration,
    Judgement,
    draw_around,
    judge,
    judge_again,
    kept,
    load_calibration,
    pinned_down,
    prepare,
    read_trials,
    save_sets,
    search,
)
from sim.analysis.evidence import load_patterns, patterns_path
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError
from sim.view.calibration import calibration_report

NAMES = ("quit_base", "honeymoon", "skill_loss")
TRUTH = {name: BY_NAME[name].low + 0.8 * (BY_NAME[name].high - BY_NAME[name].low) for name in NAMES}


def settings(**changes):
    search_for = {"seed": 1, "worlds": 1, "firms": 20, "generations": 12, "population": 8, "spread": 0.2}
    keep = {"draws": 20, "spread": 0.05, "worse": 0.5, "sets": 10, "finalists": 3, "fresh_worlds": 1}
    return Calibration.model_validate(
        {"search": search_for | changes, "keep": keep, "fit": {"parameters": list(NAMES)}}
    )


def near(parameters):
    """A model that is known: the further from the truth, the worse."""
    off = [(parameters[n] - TRUTH[n]) / (BY_NAME[n].high - BY_NAME[n].low) for n in NAMES]
    return Judgement(float(np.square(off).sum()), 0, {"C9.percent_a_month": 1.0})


def run(folder, file=None, generations=None):
    file = file or settings()
    for count, _ in enumerate(search(file, load_patterns(), folder, near), 1):
        if count == generations:
            return
    list(draw_around(file, load_patterns(), folder, near))


def test_it_finds_the_truth(tmp_path):
    run(tmp_path)
    best = kept(settings(), tmp_path)[0]
    for name in NAMES:
        width = BY_NAME[name].high - BY_NAME[name].low
        assert best["parameters"][name] == pytest.approx(TRUTH[name], abs=0.1 * width)


def test_an_interrupted_search_ends_as_an_uninterrupted_one(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    run(whole)
    run(broken, generations=5)
    with (broken / "trials.jsonl").open("a") as lines:
        lines.write('{"misfit": 0.0, "parameters": {"quit_base')  # what a kill leaves behind
    run(broken)
    for name in ("trials.jsonl", "drawn.jsonl"):
        assert (broken / name).read_text() == (whole / name).read_text()


def test_what_is_kept_fits_about_as_well_as_the_best(tmp_path):
    run(tmp_path)
    sets = kept(settings(), tmp_path)
    misfits = [one["misfit"] for one in sets]
    assert misfits == sorted(misfits)  # nothing was judged again here
    assert misfits[-1] <= misfits[0] + 0.5
    assert len(sets) <= 10
    for low, middle, high in pinned_down(sets).values():
        assert low <= middle <= high
    report = calibration_report(settings(), sets)
    assert all(f"`{name}`" in report for name in NAMES)


def test_the_best_are_judged_again_and_the_one_that_does_best_there_comes_first(tmp_path):
    run(tmp_path)
    before = kept(settings(), tmp_path)

    def third_is_best(parameters):
        return Judgement(float(parameters != before[2]["parameters"]), 0, {})

    assert list(judge_again(settings(), load_patterns(), tmp_path, third_is_best)) == [1, 2, 3]
    assert list(judge_again(settings(), load_patterns(), tmp_path, third_is_best)) == []  # done already
    after = kept(settings(), tmp_path)
    assert after[0] == before[2]
    assert after[1:] == [before[0], before[1], *before[3:]]


def test_sets_are_saved_a_row_each(tmp_path):
    import pandas as pd

    run(tmp_path)
    sets = kept(settings(), tmp_path)
    save_sets(sets, tmp_path / "sets.parquet")
    table = pd.read_parquet(tmp_path / "sets.parquet")
    assert list(table.columns) == ["misfit", "passed", *NAMES]
    assert table["quit_base"].tolist() == [one["parameters"]["quit_base"] for one in sets]


def test_the_true_judge_counts_what_lies_outside_its_band():
    patterns = load_patterns()
    patterns = patterns.model_copy(update={"patterns": patterns.chosen(["C9"])})
    judged = judge(patterns, 1, 20)
    quits = BY_NAME["quit_base"]
    ordinary, nobody_leaves = judged({"quit_base": quits.default}), judged({"quit_base": quits.low / 100})
    assert nobody_leaves.misfit > ordinary.misfit
    assert nobody_leaves.passed == 0
    assert set(ordinary.figures) == {"C9.percent_a_month"}


def test_a_folder_belongs_to_one_calibration(tmp_path):
    patterns = load_patterns()
    prepare(tmp_path / "new", settings(), patterns)
    prepare(tmp_path / "new", settings(), patterns)
    with pytest.raises(InputError, match="other settings"):
        prepare(tmp_path / "new", settings(seed=2), patterns)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(InputError, match="is not empty and holds no calibration"):
        prepare(tmp_path / "mine", settings(), patterns)


def test_a_line_cut_short_is_left_out(tmp_path):
    path = tmp_path / "trials.jsonl"
    path.write_text(json.dumps({"misfit": 1.0}) + '\n{"misf')
    assert read_trials(path) == [{"misfit": 1.0}]


def test_the_shipped_file_fits_known_parameters():
    file = load_calibration(patterns_path().with_name("calibration.toml"))
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
    text = patterns_path().with_name("calibration.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_calibration(file)
    assert says in str(caught.value)
