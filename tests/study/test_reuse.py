"""Runs of an earlier study are taken over by a longer one: the same bits as if all had been run."""

import hashlib
from typing import Any

import pytest

import sim
from sim.study import execute
from sim.study.jobs import Finished, Job, run_job
from sim.study.results import open_results
from sim.study.results_folder import Folder
from sim.study.verify import verify
from sim.view.study.run import run_experiment
from tests.study.studies import small, vary

EVERYTHING = {"weekly": True, "people": True}
VALUES = vary("market.urgency", 0.1, 0.9)
CUBE = {"kind": "latin_hypercube", "points": 6, "vary": [vary("market.urgency", low=0.1, high=0.9)]}
LONGER: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {
    "replications": ({"vary": [VALUES]}, {"vary": [VALUES], "replications": 5}, 12),
    "values": ({"vary": [VALUES]}, {"vary": [vary("market.urgency", 0.5, 0.9, 0.1)]}, 12),
    "both": ({"vary": [VALUES]}, {"vary": [vary("market.urgency", 0.0, 0.1, 0.9)], "replications": 4}, 12),
    "points": ({"design": CUBE}, {"design": CUBE | {"further": [4]}}, 36),
    "scenarios": ({"scenarios": ["experts"]}, {"scenarios": ["everyday", "experts"]}, 6),
    "whole numbers": ({"vary": [vary("leader.hours", 10, 30)]}, {"vary": [vary("leader.hours", 10, 22.5, 30)]}, 12),
}


def runs(folder):
    return hashlib.sha256((folder / "results.parquet").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", LONGER)
def test_what_is_there_is_kept_and_the_rest_is_run(tmp_path, monkeypatch, name):
    before, after, kept = LONGER[name]
    run_experiment(small(record=EVERYTHING, **before), tmp_path / "before")
    whole = run_experiment(small(record=EVERYTHING, **after), tmp_path / "whole")
    ran: list[Job] = []

    def noted(job: Job) -> Finished:
        ran.append(job)
        return run_job(job)

    monkeypatch.setattr(execute, "run_job", noted)
    results = run_experiment(small(record=EVERYTHING, **after), tmp_path / "after", reuse=tmp_path / "before")
    assert sum(one.runs for one in ran[1:]) == len(results.frame) - kept
    assert runs(tmp_path / "after") == runs(tmp_path / "whole")
    assert results.weekly.equals(whole.weekly)
    assert results.people.equals(whole.people)
    assert verify(tmp_path / "after", sample=50).faults == ()


def test_it_can_be_gone_on_with_like_any_other(tmp_path):
    run_experiment(small(vary=[VALUES]), tmp_path / "before")
    longer = small(vary=[VALUES], replications=5)
    run_experiment(longer, tmp_path / "after", reuse=tmp_path / "before")
    again = run_experiment(longer, tmp_path / "after")
    assert again.done is not None
    assert again.done == (again.done.found, 0, (), ())
    assert len(open_results(tmp_path / "after").frame) == 2 * 2 * 5
    assert Folder.at(tmp_path / "after").manifest["replications"] == 5


@pytest.mark.parametrize(
    ("keys", "says"),
    [({"seed": 2}, "other seed"), ({"record": {"final": True}}, "other record"),
     ({"vary": [vary("market.urgency", 0.1, 0.9, name="haste")]}, "other names of what is varied")],
)  # fmt: skip
def test_runs_that_are_not_the_same_are_not_taken(tmp_path, keys, says):
    run_experiment(small(vary=[VALUES]), tmp_path / "before")
    with pytest.raises(sim.InputError, match=says):
        run_experiment(small(**{"vary": [VALUES], **keys}), tmp_path / "after", reuse=tmp_path / "before")


@pytest.mark.parametrize(
    ("keys", "says"),
    [({"weeks": 7}, "none of these runs: other run.weeks in everyday. Leave"),
     ({"styles": ["autocratic", "agile"]}, "other styles in everyday"),
     ({"scenarios": ["experts"]}, "its scenarios are everyday"),
     ({"changes": {"market": {"novelty": 0.123}}}, "other market.novelty in everyday"),
     ({"vary": [vary("market.urgency", 0.2)]}, "it has other points")],
)  # fmt: skip
def test_it_is_said_why_no_run_can_be_taken(before, tmp_path, keys, says):
    with pytest.raises(sim.InputError, match=says):
        run_experiment(small(**{"vary": [VALUES], **keys}), tmp_path / "after", reuse=before)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return run_experiment(small(vary=[VALUES]), tmp_path_factory.mktemp("reuse") / "before").path
