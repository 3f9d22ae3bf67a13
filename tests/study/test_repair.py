"""A manifest that is damaged or gone is made anew, and no chunk that is there is run again."""

import hashlib
import shutil
from typing import Any

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.study.results_folder import Folder
from sim.study.verify import verify
from sim.view.study.run import resume_experiment, run_experiment
from tests.study.studies import SMALL, small, vary

VALUES = vary("market.urgency", 0.1, 0.5)
BOTH = ["everyday", "experts"]
STUDIES: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "as usual": ({"scenarios": BOTH}, None),
    "more replications": ({"vary": [VALUES], "replications": 5}, {"vary": [VALUES]}),
    "more points": ({"vary": [vary("market.urgency", 0.0, 0.1, 0.5)], "scenarios": BOTH}, {"vary": [VALUES]}),
    "precision": ({"replications": 10, "precision": {"morale": 0.05}}, None),
}


@pytest.mark.parametrize("damage", ["", '{"format": 2}', None])
@pytest.mark.parametrize("name", STUDIES)
def test_what_has_been_run_is_kept(tmp_path, name, damage):
    keys, before = STUDIES[name]
    if before:
        run_experiment(small(**before), tmp_path / "before")
    whole = run_experiment(small(**keys), tmp_path / "whole", reuse=tmp_path / "before" if before else None)
    bits = hashlib.sha256((whole.path / "results.parquet").read_bytes()).hexdigest()
    manifest = whole.path / "manifest.json"
    if damage is None:
        manifest.unlink()
    else:
        manifest.write_text(damage)
    with pytest.raises(sim.InputError, match=r"keep what has been run: teamsim run .*study\.toml --out .*whole"):
        Folder.at(whole.path)
    again = run_experiment(whole.path / "study.toml", whole.path)
    assert again.done is not None
    assert again.done.ran == 0
    assert hashlib.sha256((again.path / "results.parquet").read_bytes()).hexdigest() == bits
    assert verify(again.path).faults == ()
    assert (whole.path / "manifest.json.damaged").exists() == (damage is not None)


def test_the_command_says_what_it_does(tmp_path):
    done = run_experiment(small(), tmp_path / "results")
    (done.path / "manifest.json").write_text("x")
    found = CliRunner().invoke(app, ["run", str(done.path / "study.toml"), "--out", str(done.path)])
    assert found.exit_code == 0, found.output
    assert "made anew from the study and its chunks" in found.output
    assert "nothing was left to do" in found.output or "0 were run now" in found.output


def test_chunks_of_something_else_are_not_taken(tmp_path):
    done = run_experiment(small(), tmp_path / "results")
    (done.path / "manifest.json").write_text("x")
    with pytest.raises(sim.InputError, match="none of its 1 chunks is of this study as this version runs it"):
        run_experiment(small(**{**SMALL, "seed": 9}), done.path)
    assert (done.path / "manifest.json").read_text() == "x"


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    """A study over a sample of points, and the file that it was run from."""
    folder = tmp_path_factory.mktemp("sampled")
    study = folder / "study.toml"
    study.write_text(
        'title = "Small"\nscenarios = ["everyday"]\nstyles = ["autocratic", "democratic"]\nreplications = 2\n'
        'weeks = 6\n[analysis]\nfigures = []\n[design]\nkind = "latin_hypercube"\npoints = 4\n'
        '[[design.vary]]\npath = "market.urgency"\nlow = 0.1\nhigh = 0.9\n'
    )
    return run_experiment(study, folder / "results").path, study


def damaged(sampled, tmp_path, name):
    """A copy of it without a file, and with what `verify` says of it."""
    path = tmp_path / "results"
    shutil.copytree(sampled[0], path)
    (path / name).unlink()
    found = CliRunner().invoke(app, ["verify", str(path)])
    assert found.exit_code == 1
    assert f"{name}: missing" in found.output
    return path, found.output


def in_order(path, sampled):
    assert verify(path).faults == ()
    assert (path / "results.parquet").read_bytes() == (sampled[0] / "results.parquet").read_bytes()


def test_points_follow_from_the_study(sampled, tmp_path):
    path, said = damaged(sampled, tmp_path, "points.parquet")
    assert f"teamsim resume {path}" in said
    found = CliRunner().invoke(app, ["resume", str(path)])
    assert found.exit_code == 0, found.output
    in_order(path, sampled)


@pytest.mark.parametrize("name", ["study.toml", "scenarios/everyday.toml"])
def test_the_study_that_was_run_puts_its_files_back(sampled, tmp_path, name):
    path, said = damaged(sampled, tmp_path, name)
    assert f"teamsim run STUDY.toml --out {path}" in said
    with pytest.raises(sim.InputError, match=r"kept by: teamsim run STUDY.toml --out .*begun with"):
        resume_experiment(path)
    done = run_experiment(sampled[1], path).done
    assert done is not None
    assert done.ran == 0
    in_order(path, sampled)


def test_points_of_another_study_are_not_made(sampled, tmp_path):
    path, _ = damaged(sampled, tmp_path, "points.parquet")
    study = path / "study.toml"
    study.write_text(study.read_text().replace("points = 4", "points = 5"))
    with pytest.raises(sim.InputError, match=r"kept by: teamsim run STUDY.toml --out"):
        resume_experiment(path)
    assert not (path / "points.parquet").exists()
