"""`teamsim run`, `resume`, `status`, `verify` and `studies`, as they are typed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli_w
from typer.testing import CliRunner

from sim.cli import app
from sim.cli import study as commands
from sim.study.status import rate_of, status_of
from tests.analysis.calibration.settings import quick
from tests.analysis.claims.files import CLAIMS
from tests.study.studies import SMALL, begun, small

ROOT = Path(__file__).parents[2]


def teamsim(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def study(tmp_path):
    """A small study of one's own, in a file."""
    path = tmp_path / "mine.toml"
    path.write_text(tomli_w.dumps({key: value for key, value in SMALL.items() if key != "name"}))
    return path


def test_a_study_is_run_looked_at_and_verified(study, tmp_path):
    out = tmp_path / "out"
    done = teamsim("run", study, "--out", out, "--workers", 2)
    assert done.exit_code == 0, done.output
    assert "6 runs = 1 scenario x 1 point x 2 styles x 3 replications" in done.output
    assert (out / "results.parquet").is_file()
    assert "finished: 6 of 6 runs" in teamsim("status", out).output
    assert json.loads(teamsim("status", out, "--json").output)["runs_done"] == 6
    checked = teamsim("verify", out, "--sample", 3)
    assert checked.exit_code == 0
    assert "3 rows the same again" in checked.output
    assert teamsim("resume", out).exit_code == 0
    assert json.loads((out / "manifest.json").read_text())["command"]


def test_results_go_to_a_folder_named_after_the_study(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert teamsim("run", study).exit_code == 0
    assert (tmp_path / "results/mine/summary.csv").is_file()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = teamsim("run", study, "--dry-run")
    assert done.exit_code == 0
    assert "6 runs" in done.output
    assert " kB" in done.output
    assert not (tmp_path / "results").exists()


def test_a_dry_run_counts_analyses_and_figures(study):
    assert "more for" not in teamsim("run", study, "--dry-run").output
    study.write_text('analyses = ["ranks", "differences"]\n' + study.read_text())
    assert "s more for summary, analyses and figures" in teamsim("run", study, "--dry-run").output


def test_a_dry_run_tells_of_points_that_cannot_be(tmp_path):
    growth = '[changes]\nevents = [{ event = "growth", week = 2, people = 2 }]\n[design]\nkind = "factorial"\n'
    growth += '[[design.vary]]\npath = "teams[1].size"\nvalues = [12, 22]\n'
    growth += '[[design.vary]]\npath = "events[1].people"\nvalues = [2, 8]\n'
    (tmp_path / "mine.toml").write_text(f'title = "Mine"\nreplications = 2\nweeks = 5\n{growth}')
    done = teamsim("run", tmp_path / "mine.toml", "--dry-run")
    assert "1 points cannot be run and become rows with an error; the first, point 3 of everyday" in done.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "nosuch"], "unknown study"),
        (["run", "patterns"], "has a command of its own. Run: teamsim evidence"),
        (["run", "claim"], 'did you mean "claims"'),
        (["run", "claims", "--precision", "morale=0.1"], "--precision: claims are no study"),
        (["run", ROOT / "experiments/calibration.toml", "--precision", "morale=0.1"], "Leave it out"),
        (["run", "quite-another"], 'unknown study "quite-another". Known: '),
        (["run", "team-size", "--precision", "morale"], "such as --precision morale=0.01"),
        (["run", "team-size", "--precision", "morle=0.1"], 'did you mean "morale"'),
        (["run", "sensitivity", "--precision", "morale=0.1"], "goes with designs that list their points"),
        (["run", "team-siz"], 'did you mean "team-size"'),
        (["run", "./nosuch.toml"], "no such file"),
        (["resume", "nowhere"], "no such folder"),
        (["status", "nowhere"], "no such folder"),
        (["verify", "nowhere"], "no such folder"),
        (["verify", "."], "not a folder of results"),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(words, says):
    done = teamsim(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_another_study_is_refused(study, tmp_path):
    folder = begun(tmp_path / "out", small(seed=9))
    done = teamsim("run", study, "--out", folder.path)
    assert done.exit_code == 2
    assert "another study" in done.stderr


def test_an_altered_chunk_is_named_on_resume(study, tmp_path):
    teamsim("run", study, "--out", tmp_path / "out")
    chunk = next((tmp_path / "out/chunks").iterdir())
    chunk.write_bytes(chunk.read_bytes()[:-3])
    checked = teamsim("verify", tmp_path / "out")
    assert checked.exit_code == 1
    assert f"chunks/{chunk.name}: not as it was written" in checked.stderr
    done = teamsim("resume", tmp_path / "out")
    assert f"{chunk.name}: truncated or altered; it is made anew" in done.stderr
    assert teamsim("verify", tmp_path / "out").exit_code == 0


def test_a_resumed_study_says_what_it_found_and_what_it_did(study, tmp_path):
    teamsim("run", study, "--out", tmp_path / "out")
    assert "The one chunk was there, and nothing was left to do" in teamsim("resume", tmp_path / "out").output
    (tmp_path / "out/summary.csv").unlink()
    assert "teamsim resume" in teamsim("verify", tmp_path / "out").stderr
    done = teamsim("resume", tmp_path / "out")
    assert "summary.csv: missing or altered" in done.stderr
    assert "Of 1 chunk 1 were there, and 0 were run now; made anew: summary.csv." in done.output
    assert teamsim("verify", tmp_path / "out").exit_code == 0
    (tmp_path / "out/results.parquet").unlink()
    assert teamsim("resume", tmp_path / "out").exit_code == 0
    assert teamsim("verify", tmp_path / "out").exit_code == 0


def test_a_study_at_work_is_watched_until_it_ends(study, tmp_path, monkeypatch):
    teamsim("run", study, "--out", tmp_path / "out")
    looks = iter([("at work", 2, 10.0), ("at work", 4, 12.0), ("finished", 6, None)])
    found = status_of(tmp_path / "out")

    def look(_):
        state, done, rate = next(looks)
        left = rate and (6 - done) / rate
        busy = state == "at work"
        return found._replace(busy=busy, finished=None if busy else "now", runs_done=done, runs_per_second=rate,
                              seconds_left=left)  # fmt: skip

    monkeypatch.setattr("sim.study.status.status_of", look)
    monkeypatch.setattr(commands, "SECONDS_BETWEEN_LOOKS", 0.0)
    lines = teamsim("status", tmp_path / "out", "--watch").output.splitlines()
    assert lines[1:] == [
        "at work: 2 of 6 runs, 1 of 1 chunk, 10/s, about 1 s left",
        "at work: 4 of 6 runs, 1 of 1 chunk, 12/s, about 1 s left",
        "finished: 6 of 6 runs, 1 of 1 chunk",
    ]


def test_the_rate_is_that_of_the_last_chunks_and_not_of_what_was_done_before_an_interruption():
    assert rate_of([], 10.0) is None
    assert rate_of([(5.0, 100)], 10.0) is None
    assert rate_of([(0.0, 100), (1.0, 100), (2.0, 100)], 2.0) == 100.0
    assert rate_of([(0.0, 5), (1.0, 5), (5000.0, 100), (5002.0, 100)], 5002.0) == 50.0


def test_a_study_is_made_as_precise_as_it_is_asked_to_be(tmp_path):
    (tmp_path / "mine.toml").write_text(
        'title = "Mine"\nstyles = ["agile", "servant"]\nreplications = 10\nweeks = 5\n'
        'analyses = ["replications", "ranks"]\n'
    )
    done = teamsim("run", tmp_path / "mine.toml", "--out", tmp_path / "out", "--precision", "morale=0.02")
    assert done.exit_code == 0, done.output
    assert "More replications, 10,000 at most, until means are known to morale ±0.02" in done.output
    assert "Morale: every mean is known to ±0.0" in done.output
    assert "Morale, paired differences: ±0.02 takes " in done.output
    assert f"Analyses: {tmp_path}/out/tables and {tmp_path}/out/figures" in done.output
    assert teamsim("verify", tmp_path / "out", "--sample", 2).exit_code == 0


def test_an_analysis_that_was_not_made_is_told(study, tmp_path, monkeypatch):
    study.write_text('analyses = ["prim"]\n' + study.read_text() + '[design]\nkind = "factorial"\n'
                     '[[design.vary]]\npath = "leader.hours"\nvalues = [10.0, 20.0]\n')  # fmt: skip
    done = teamsim("run", study, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "analysis prim: not made: 2 points are too few" in done.stderr


def test_a_design_that_explodes_is_only_run_when_it_is_confirmed(study, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "MANY_RUNS", 5)
    done = teamsim("run", study, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "Vary less, or begin it with --yes" in done.stderr
    assert not (tmp_path / "out").exists()
    assert teamsim("run", study, "--out", tmp_path / "out", "--yes").exit_code == 0


def test_failed_runs_are_counted(study, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.model.engine.advance", lambda *_: 1 / 0)
    done = teamsim("run", study, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "6 of them failed" in done.stderr


def test_the_shipped_studies_are_listed():
    done = teamsim("studies")
    assert done.exit_code == 0
    names = [entry["name"] for entry in json.loads(teamsim("studies", "--json").output)]
    assert "style-comparison" in names
    assert all(name in done.output for name in names)


def test_claims_of_ones_own_are_run_like_a_study(tmp_path):
    (tmp_path / "own.toml").write_text(CLAIMS.split('[[claims]]\nid = "A2"')[0])
    dry = teamsim("run", tmp_path / "own.toml", "--dry-run")
    assert "1 claims, in 50 plausible worlds" in dry.output.splitlines()
    assert "15,300 runs: about" in dry.output
    done = teamsim("run", tmp_path / "own.toml", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "Of 1 claims: " in done.output
    assert "sim.open_results" in done.output
    assert "finished: 15,300 of 15,300 runs" in teamsim("status", tmp_path / "out").output
    assert teamsim("verify", tmp_path / "out", "--sample", 3).exit_code == 0
    assert (tmp_path / "out/figures/claims.svg").read_text().startswith("<svg")
    assert teamsim("resume", tmp_path / "out").exit_code == 0


def test_a_calibration_of_ones_own_is_run_like_a_study(tmp_path):
    (tmp_path / "own.toml").write_text(tomli_w.dumps(quick().model_dump()))
    done = teamsim("run", tmp_path / "own.toml", "--dry-run")
    assert "3 parameters fitted to 41 patterns" in done.output
    assert "144 runs: about" in done.output
    (tmp_path / "own.toml").write_text(tomli_w.dumps(quick().model_dump()).replace("quit_base", "quit_bas"))
    assert 'did you mean "quit_base"' in teamsim("run", tmp_path / "own.toml").stderr


def test_progress_is_told_in_lines_where_there_is_no_terminal(monkeypatch, capsys):
    moments = iter(range(0, 1000, 7))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    lines = commands.ProgressLines()
    for done in (0, 10, 20, 30, 100):
        lines(done, 100)
    assert capsys.readouterr().err.splitlines()[-1] == "30 of 100 runs, 1.4/s, about 49 s left"


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path):
    """A real process that is interrupted once the first chunks are there."""
    text = tomli_w.dumps({**{k: v for k, v in SMALL.items() if k != "name"}, "replications": 8_000, "weeks": 104})
    (tmp_path / "long.toml").write_text(text)
    command = [
        sys.executable,
        "-m",
        "sim.cli",
        "run",
        tmp_path / "long.toml",
        "--out",
        tmp_path / "out",
        "--workers",
        "2",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=env
    )
    while process.poll() is None and not list((tmp_path / "out").glob("chunks/*.runs.*.parquet")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "teamsim resume" in errors
    assert "Traceback" not in errors
    status = json.loads(teamsim("status", tmp_path / "out", "--json").output)
    assert 0 < status["runs_done"] < status["runs"]
