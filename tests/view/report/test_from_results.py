"""A report from results: a comparison's file, or one case of a study's folder, which has to come out the same again."""

from functools import partial

import pytest

import sim
from sim.analysis.futures import futures
from sim.scenario.problems import InputError
from sim.scenario.variants import with_values
from sim.study.results_folder import MANIFEST
from sim.view.report.from_results import saved_results
from sim.view.report.make import report

STUDY = """
title = "Two sizes"
scenarios = ["everyday"]
styles = ["democratic", "agile"]
replications = 10
weeks = 13
seed = 4
[design]
kind = "factorial"
[[design.vary]]
path = "teams[1].size"
name = "size"
values = [6, 8]
[[design.vary]]
path = "parameters.diagnosis_error"
values = [0.1, 0.3]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A finished study with four cases."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(STUDY)
    return sim.run_experiment(folder / "study.toml", folder / "two-sizes")


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("sim.view.report.runs.futures", partial(futures, sets=3))
    monkeypatch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)
    monkeypatch.setattr("sim.view.report.html.svg_of", lambda *_: "<svg></svg>")


@pytest.mark.usefixtures("quick")
def test_a_report_from_a_study_has_the_numbers_of_its_case(study):
    made = report(study.path, case="3")
    rows = study.frame[study.frame["point"] == 3]
    assert rows["size"].iloc[0] == 8
    for style, own in rows.groupby("style"):
        assert made.content.numbers.of("levels", "output", str(style), "mean") == pytest.approx(own["output"].mean())
    assert made.content.seed == 4
    assert made.content.replications == 10
    page = made.html()
    assert "teamsim report two-sizes --case 3" in page
    assert "two-sizes, everyday:3, whose weeks were run again; the futures" in page
    assert str(study.path.parent) not in page, "no folder of this machine is anybody's business"


def test_a_study_can_be_given_as_it_was_opened(study):
    scenario, ds, _, _ = saved_results(study, "everyday:1")
    assert scenario.teams[0].size == 6
    assert scenario.parameters["diagnosis_error"] == 0.3
    assert ds.sizes == {"style": 2, "replication": 10, "week": 13}


def test_weeks_that_a_study_has_recorded_are_not_run_again(study, tmp_path, monkeypatch):
    (tmp_path / "study.toml").write_text(STUDY + "[record]\nweekly = true\n")
    recorded = sim.run_experiment(tmp_path / "study.toml", tmp_path / "two-sizes")
    expected = saved_results(study, "everyday:2")
    monkeypatch.setattr("sim.view.report.from_results.compare", pytest.fail)
    found = saved_results(recorded, "everyday:2")
    assert found.ds.identical(expected.ds)
    assert found.called == "two-sizes, everyday:2"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (None, "holds 4 cases, and a report is about one: say which with --case, such as everyday:0, everyday:1"),
        ("everyday", "holds 4 cases"),
        ("4", 'got point "4"; allowed are 0 to 3'),
        ("everyday:x", 'got point "x"'),
        ("everday:1", 'unknown scenario "everday"; did you mean "everyday"?'),
    ],
)
def test_the_case_has_to_be_told(study, case, says):
    with pytest.raises(InputError, match=r"two-sizes: ") as raised:
        saved_results(study.path, case)
    assert says in str(raised.value)


def test_runs_that_come_out_differently_are_noticed(study, monkeypatch):
    other = study.frame.copy()
    other.loc[other["style"] == "agile", "morale"] += 1e-6
    monkeypatch.setattr(study, "frame", other)
    with pytest.raises(InputError, match="agile comes out differently now"):
        saved_results(study, "0")


def test_runs_that_failed_give_no_report(study, monkeypatch):
    other = study.frame.copy()
    other.loc[other.index[0], "error"] = "ZeroDivisionError: once"
    monkeypatch.setattr(study, "frame", other)
    with pytest.raises(InputError, match="1 of the 20 runs of this case failed, the first with"):
        saved_results(study, str(other["point"].iloc[0]))


def test_a_folder_of_something_else_and_an_unfinished_study_are_refused(study, tmp_path):
    with pytest.raises(InputError, match="not a folder of results"):
        report(tmp_path)
    unfinished = tmp_path / "unfinished"
    unfinished.mkdir()
    (unfinished / MANIFEST).write_bytes((study.path / MANIFEST).read_bytes())
    with pytest.raises(InputError, match="not finished"):
        report(unfinished)


def test_a_folder_that_is_called_like_a_scenario_is_not_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "everyday").mkdir()
    with pytest.raises(InputError, match="roster"):
        report("everyday", roster="none.csv")


@pytest.mark.parametrize("source", ["everyday", "run.parquet"])
def test_cases_are_for_studies_only(source):
    with pytest.raises(InputError, match="only results of a study"):
        report(source, case="1")


def test_where_nothing_gets_done_there_is_nothing_to_report():
    """Allowed, and no share of today's output can be told."""
    idle = with_values(sim.load_scenario("everyday"), {"market.demand": 0.0, "market.decisions": 0.0, "run.weeks": 13})
    found = sim.compare(idle, ["democratic", "agile"], replications=10)
    assert not found["output"].any()
    for source in (idle, found):
        with pytest.raises(InputError, match=r"output: nothing gets done .* \(democratic\)"):
            report(source, styles=["agile"], replications=None if source is found else 10)
