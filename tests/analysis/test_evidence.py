"""The model held against published patterns: the survey, the measures, the bands, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.evidence import (
    Figure,
    Finding,
    evidence_fingerprint,
    evidence_json,
    findings,
    load_patterns,
    pass_rate,
    patterns_path,
    published,
    record,
    worlds,
)
from sim.analysis.patterns import MEASURES, World
from sim.analysis.survey import Survey, correlation, score, standardised
from sim.run.profiles import style_vectors
from sim.scenario.problems import InputError
from sim.study.firms import draw_firms, draw_leaders, run_firms, teams_of


@pytest.fixture(scope="module")
def small():
    """The shipped patterns with fewer firms."""
    file = load_patterns()
    return file.model_copy(update={"protocol": file.protocol.model_copy(update={"firms": 40})})


@pytest.fixture(scope="module")
def found(small):
    return list(worlds(small, [], 2))


def test_a_survey_is_as_reliable_as_it_says():
    rng = np.random.default_rng(1)
    truth = rng.normal(5, 3, 200_000)
    answers = Survey(rng, len(truth), 0.8, 0.0).ask(truth)
    assert correlation(answers, truth) ** 2 == pytest.approx(0.8, abs=0.01)


def test_halo_makes_unrelated_answers_of_one_person_agree():
    rng = np.random.default_rng(2)
    survey = Survey(rng, 200_000, 0.8, 0.3)
    one, other = survey.ask(rng.normal(size=200_000)), survey.ask(rng.normal(size=200_000))
    assert correlation(one, other) == pytest.approx(0.8 * 0.09 / 1.09, abs=0.01)
    unwanted = survey.ask(rng.normal(size=200_000), wanted=False)
    assert correlation(one, unwanted) == pytest.approx(-0.8 * 0.09 / 1.09, abs=0.01)


def test_what_does_not_differ_correlates_with_nothing():
    assert correlation(np.ones(5), np.arange(5.0)) == 0
    assert not standardised(np.ones(3)).any()


def test_a_scale_takes_the_mean_of_its_items_and_the_opposite_where_asked():
    behaviour = {"support": np.array([0.2, 0.4]), "direction": np.array([0.5, 0.1])}
    assert score(["support", "!direction"], behaviour).tolist() == pytest.approx([0.35, 0.65])


def test_firms_are_of_all_sizes_and_the_same_for_the_same_seed():
    firms = draw_firms(60, 3)
    sizes = [sum(firm.blueprint.team_sizes) for firm in firms]
    assert min(sizes) >= 5
    assert max(sizes) <= 52
    assert max(max(firm.blueprint.team_sizes) for firm in firms) <= 11
    again = draw_firms(60, 3)
    assert [firm.blueprint.scenario for firm in firms] == [firm.blueprint.scenario for firm in again]
    assert draw_firms(2, 4)[0].blueprint.scenario != firms[0].blueprint.scenario


def test_leaders_vary_within_styles_by_at_least_half_of_what_styles_do():
    leaders = draw_leaders(4000, np.random.default_rng(1))
    assert leaders.min() >= 0
    assert leaders.max() <= 1
    assert (leaders.std(axis=0) > style_vectors().std(axis=0)).mean() > 0.7


def test_running_firms_depends_neither_on_workers_nor_on_the_order_of_arms():
    firms = draw_firms(6, 1)
    leaders = np.stack([draw_leaders(teams_of(firms), np.random.default_rng(k)) for k in (1, 2)])
    one, other = run_firms(firms, leaders, 9, 5, workers=2), run_firms(firms, leaders[::-1], 9, 5, workers=1)
    assert (one.people[1] == other.people[0]).all()
    assert (one.metrics[1] == other.metrics[0]).all()


def test_people_add_up_to_what_the_firm_measures():
    firms = draw_firms(5, 1)
    sample = run_firms(firms, draw_leaders(teams_of(firms), np.random.default_rng(1))[None], 30, 5)
    for k in range(5):
        here = sample.people[0][:, sample.firm == k]
        left_later = sample.metric("headcount")[0, k, 1:]
        assert here["employed"][:-1].sum(axis=1).tolist() == left_later.tolist()


def test_parameters_reach_the_firms(small):
    quiet = World(small.protocol.model_dump(), small.scales, small.contrasts, 1, {"quit_base": 0.0})
    assert MEASURES["quits"](quiet) == {"percent_a_month": 0.0}


def test_every_pattern_says_what_is_known_of_it(small):
    for pattern in small.patterns:
        assert pattern.source
        assert pattern.measured
        assert pattern.status in ("V", "R", "J")
    assert [pattern.id for pattern in small.fitted().patterns] == [
        *(f"C{k}" for k in range(1, 13)),
        *(f"P{k}" for k in range(13, 24)),
        "P44",
        *(f"P{k}" for k in range(24, 41)),
    ]
    assert [pattern.id for pattern in small.patterns[41:]] == ["P41", "P42", "P43"]


def test_patterns_are_chosen_by_id_and_by_group(small):
    assert [pattern.id for pattern in small.chosen(["P13"], ["needs", "strain"])] == ["P13", "P23", "P44", "P24", "P32"]
    assert small.chosen() == small.patterns
    with pytest.raises(InputError, match='unknown group "need"; did you mean "needs"'):
        small.chosen([], ["need"])


def test_rates_are_of_fitted_and_of_other_patterns(small):
    def finding(pattern, value):
        return Finding(pattern, (Figure("r", value, 0, 1, (0.0, 1.0), 1.0),), 1, 0.8)

    first, *others = small.patterns[10:14]
    others = [one.model_copy(update={"fitted": one.id.startswith("C")}) for one in others]
    found = [
        finding(first, 0.5),
        *[finding(pattern, value) for pattern, value in zip(others, (2, 2, 0.5), strict=True)],
    ]
    assert (pass_rate(found, fitted=True), pass_rate(found, fitted=False)) == (0.5, 0.5)
    printed = evidence_json(found)
    assert list(printed) == ["patterns", "in_sample", "kept_aside", "out_of_sample"]
    assert list(printed["patterns"][0]) == ["id", "group", "figures", "passed"]
    assert list(printed["patterns"][0]["figures"][0]) == ["name", "value", "low", "high", "band", "passed"]
    assert pass_rate(found[:2], fitted=False) is None


def test_a_figure_that_the_measure_does_not_give_is_refused(small):
    odd = small.patterns[8].model_copy(update={"accept": {"percent": (0.0, 1.0)}})
    with pytest.raises(InputError, match=r'patterns \(C9\).accept: unknown figure "percent"; did you mean'):
        next(worlds(small.model_copy(update={"patterns": (odd,)}), [], 1))


def test_every_pattern_gives_the_figures_that_it_accepts(small, found):
    for pattern in small.patterns:
        assert set(pattern.accept) <= set(found[0][pattern.id])
        assert all(np.isfinite(value) for value in found[0][pattern.id].values())


def test_a_seed_gives_the_same_whatever_else_is_asked_for(small, found):
    assert list(worlds(small, ["C9", "C5"], 1)) == [{name: found[0][name] for name in ("C9", "C5")}]


def test_findings(small, found):
    all_of_them = findings(small, found)
    assert [finding.pattern.id for finding in all_of_them] == [pattern.id for pattern in small.patterns]
    assert all(finding.seeds == 2 for finding in all_of_them)
    for finding in all_of_them:
        data = record(finding)
        assert data["passed"] == all(figure["passed"] for figure in data["figures"])
        assert [figure["name"] for figure in data["figures"]] == list(finding.pattern.accept)
    by_id = {finding.pattern.id: record(finding) for finding in all_of_them}
    assert by_id["C1"]["figures"][0]["true"] == np.median([one["C1"]["true_morale"] for one in found])
    assert [figure["name"] for figure in by_id["C8"]["beside"]] == ["leave_in_a_year"]


def test_a_figure_passes_by_its_median_and_by_the_sign_of_the_seeds():
    assert Figure("r", 0.3, 0.1, 0.5, (0.2, 0.4), 0.9).passes(0.8)
    assert not Figure("r", 0.3, 0.1, 0.5, (0.2, 0.4), 0.7).passes(0.8)
    assert not Figure("r", 0.5, 0.1, 0.5, (0.2, 0.4), 1.0).passes(0.8)
    assert Figure("r", 9.0, 0.1, 0.5, None, 0.0).passes(0.8)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('measure = "quits"', 'measure = "quit"', 'patterns[9] (C9).measure: unknown measure "quit"; did you mean'),
        ('id = "C2"', 'id = "C1"', "patterns[2] (C1).id: is the id of an earlier pattern"),
        ("rho = [-0.22, -0.03]", "rho = [-0.03, -0.22]", "patterns[12] (C12).accept.rho: got -0.03 to -0.22"),
        ('group = "needs"\n', "", "patterns[23].group (P23): missing. Add it"),
        ('group = "needs"', 'group = "need"', 'patterns[23] (P23).group: unknown group "need"; did you mean "needs"'),
        ('status = "J"', 'status = "X"', "patterns[38].status (P37)"),
        ('servant = ["service", "support", "development"]', "", 'no scale "servant"'),
        ("no-goals = {", "none = {", 'no leadership style "no-goals"'),
        ("firms = 300", "firms = 3", "protocol.firms"),
        ("seeds = 20", "seed = 20", "protocol.seed"),
        ('participation = ["participation"]', 'participation = ["partition"]', 'unknown behaviour "partition"'),
        ('structure = ["direction", "feedback"]', "", 'no scale "structure"'),
        ("directive = {", "directed = {", 'no leadership style "directive"'),
        ("[protocol]", "[protocol", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path, old, new, says):
    text = patterns_path().read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_patterns(file)
    assert says in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_an_unknown_pattern_is_refused(small):
    with pytest.raises(InputError, match='unknown pattern "C99"'):
        next(worlds(small, ["C99"], 1))


def test_the_published_evidence_is_current():
    page = Path(__file__).parents[2] / "docs" / "evidence.md"
    current, data = evidence_fingerprint(load_patterns()), published()
    assert data is not None
    advice = "the model or experiments/patterns.toml have changed since it was held against them: run `make docs`"
    assert data["fingerprint"] == current, advice
    assert f"Made from {current}." in page.read_text(encoding="utf-8")
