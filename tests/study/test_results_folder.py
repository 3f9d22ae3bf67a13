"""The folder of results: what is refused, what is noticed, and that a study can be read back from it."""

import json
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.study import results_folder
from sim.study.plan import study_digest
from sim.study.results_folder import Folder
from sim.study.status import status_of
from tests.study.studies import begun, plan_in, run, small, vary

URGENCY = vary("market.urgency", low=0.2, high=0.8)
STUDIES: dict[str, dict[str, Any]] = {
    "no design": {},
    "factorial": {
        "styles": ["as-is"],
        "vary": [vary("teams[1].size", 4, 6, name="size"), vary("leader.style", "agile", "servant")],
    },
    "mixes": {"vary": [vary("employees.mix", {"d1": 1.0}, {"d4": 1.0}, labels=["new", "old"], name="people")]},
    "one at a time": {"design": {"kind": "one_at_a_time", "vary": [URGENCY | {"steps": 3}]}},
    "hypercube": {"design": {"kind": "latin_hypercube", "points": 4, "vary": [URGENCY]}},
    "sobol": {"design": {"kind": "sobol", "base": 4, "vary": [URGENCY]}},
    "table": {"styles": ["as-is"], "design": {"kind": "table", "file": "points.csv"}},
    "changes": {"changes": {"market": {"urgency": 0.31}}, "scenarios": ["everyday", "experts"], "styles": None},
}


@pytest.fixture
def folder(tmp_path):
    return begun(tmp_path / "results", small(vary=[vary("market.urgency", 0.1, 0.5, 0.9)]), 1.0)


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_is_read_back_as_it_was(tmp_path, name):
    (tmp_path / "points.csv").write_text("market.urgency;leader.style\n0,3;agile\n0,4;servant\n")
    study = small(tmp_path, **STUDIES[name])
    folder = begun(tmp_path / "results", study)
    again = plan_in(Folder.at(tmp_path / "results"))
    assert study_digest(again.resolved) == study_digest(study)
    assert again.keys == folder.plan().keys
    run(folder)


def test_the_resolved_study_can_be_run_like_any_other(tmp_path):
    study = small(changes={"market": {"urgency": 0.31}})
    run(begun(tmp_path / "results", study))
    again = sim.load_study(tmp_path / "results/study.toml")
    assert again.situations[0].scenario == study.situations[0].scenario
    assert study_digest(again) == study_digest(study)


def test_the_manifest_says_where_results_come_from(folder):
    run(folder)
    manifest = json.loads((folder.path / "manifest.json").read_text())
    assert manifest["seed"] == 1
    assert manifest["command"] == "a test"
    assert {"python", "numpy", "numba", "teamsim"} <= set(manifest["versions"])
    assert manifest["platform"]
    assert manifest["finished"]
    files = {path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*") if path.is_file()}
    assert files - set(manifest["files"]) == {"manifest.json", ".lock"}


def test_a_folder_of_another_study_is_refused(folder):
    with pytest.raises(sim.InputError, match=r"another study.*--out"):
        begun(folder.path, small())
    with pytest.raises(sim.InputError, match="another study"):
        begun(folder.path, small(vary=[vary("market.urgency", 0.1, 0.5, 0.9)], seed=2))


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(sim.InputError, match="something else already"):
        begun(tmp_path, small())
    with pytest.raises(sim.InputError, match="something else already"):
        begun(tmp_path / "thesis.txt", small())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "results").mkdir()
    run(begun(tmp_path / "results", small()))


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(sim.InputError, match="cannot be made"):
        begun(tmp_path / "file" / "results", small())


def test_a_folder_that_may_only_be_read_is_looked_at_and_not_run(folder, monkeypatch):
    opened = Path.open

    def refusing(self, mode="r", *arguments, **more):
        if mode != "r" and not mode.startswith("rb"):
            raise PermissionError(13, "Permission denied")
        return opened(self, mode, *arguments, **more)

    monkeypatch.setattr(Path, "open", refusing)
    status = status_of(folder.path)
    assert (status.busy, status.finished) == (False, None)
    assert not (folder.path / ".lock").exists()
    with pytest.raises(sim.InputError, match=r"results: cannot be written to \(Permission denied\)"):
        run(folder)


def test_a_second_process_refuses(folder):
    with folder.locked():
        with pytest.raises(sim.InputError, match="another process is working"):
            run(Folder.at(folder.path))
        assert status_of(folder.path).busy
    run(folder)
    assert not status_of(folder.path).busy


@pytest.mark.parametrize("harm", [lambda data: data[:-100], lambda data: data[:100] + b"x" + data[101:], lambda _: b""])
def test_a_truncated_or_altered_chunk_is_named_and_made_anew(folder, harm):
    run(folder)
    before = (folder.path / "results.parquet").read_bytes()
    victim = sorted(folder.path.glob("chunks/*.parquet"))[1]
    victim.write_bytes(harm(victim.read_bytes()))
    done = run(folder)
    assert done.damaged == (victim.name,)
    assert done.ran == 1
    assert (folder.path / "results.parquet").read_bytes() == before


def test_a_chunk_that_is_gone_is_made_anew(folder):
    run(folder)
    next(folder.path.glob("chunks/*.parquet")).unlink()
    assert run(folder).ran == 1


@pytest.mark.parametrize("kind", ["weeks", "people"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_chunk_that_lost_its_weeks_or_people_is_made_anew(tmp_path, kind, gone):
    folder = begun(tmp_path / "results", small(record={"metrics": ["morale"], "weekly": True, "people": True}))
    run(folder)
    before = {path.name for path in folder.path.glob("chunks/*")}
    victim = next(folder.path.glob(f"chunks/*.{kind}.*"))
    if gone:
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:-20])
    again = Folder.at(folder.path)
    assert again.damaged() == ([] if gone else [victim.name])
    assert run(again).ran == 1
    assert {path.name for path in folder.path.glob("chunks/*")} == before


def test_a_folder_that_lost_a_chunk_is_not_finished(folder):
    run(folder)
    assert status_of(folder.path).finished is not None
    next(folder.path.glob("chunks/*.parquet")).unlink()
    assert status_of(folder.path).finished is None


def test_a_file_that_does_not_belong_there_is_left_alone(folder):
    (folder.path / "chunks" / "mine.parquet").write_text("mine")
    run(folder)
    assert (folder.path / "chunks" / "mine.parquet").read_text() == "mine"


def test_results_of_another_model_are_not_added_to(folder, monkeypatch):
    monkeypatch.setattr(results_folder, "fingerprint", lambda: "another")
    with pytest.raises(sim.InputError, match="another version of the model"):
        run(folder)
    with pytest.raises(sim.InputError, match="another version of the model"):
        begun(folder.path, folder.plan().resolved, 1.0)


@pytest.mark.parametrize("name", ["digest", "rounds", "versions", "finished", "files"])
def test_a_manifest_that_lacks_something_is_explained(folder, name):
    run(folder)
    manifest = json.loads((folder.path / "manifest.json").read_text())
    del manifest[name]
    (folder.path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(sim.InputError, match=r"manifest\.json: damaged"):
        Folder.at(folder.path)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": 99}', "\x00"])
def test_a_manifest_that_makes_no_sense_is_explained(folder, text):
    (folder.path / "manifest.json").write_text(text)
    with pytest.raises(sim.InputError, match=r"manifest\.json: (damaged|written in format 99)"):
        Folder.at(folder.path)


@pytest.mark.parametrize("name", ["study.toml", "points.parquet", "scenarios/everyday.toml"])
def test_files_of_the_study_that_are_gone_or_changed_are_explained(folder, name):
    kept = (folder.path / name).read_bytes()
    (folder.path / name).unlink()
    with pytest.raises(sim.InputError):
        folder.plan()
    (folder.path / name).write_bytes(b"title = 3\n")
    with pytest.raises(sim.InputError):
        folder.plan()
    (folder.path / name).write_bytes(kept)
    folder.plan()


def test_a_study_that_was_changed_in_its_folder_is_refused(folder):
    text = (folder.path / "study.toml").read_text()
    (folder.path / "study.toml").write_text(text.replace("replications = 3", "replications = 4"))
    with pytest.raises(sim.InputError, match="not what they were"):
        run(folder)


def test_a_place_that_is_no_folder_of_results_is_explained(tmp_path):
    with pytest.raises(sim.InputError, match="no such folder"):
        Folder.at(tmp_path / "nowhere")
    with pytest.raises(sim.InputError, match="not a folder of results"):
        Folder.at(tmp_path)


def test_results_that_are_not_finished_are_explained(folder):
    with pytest.raises(sim.InputError, match=r"not finished.*teamsim resume"):
        sim.open_results(folder.path)
    with pytest.raises(sim.InputError, match=r"9 of 9 chunks are missing.*teamsim resume"):
        folder.merge(folder.plan())


def test_the_status_says_how_far_it_is(folder):
    found = status_of(folder.path)
    assert (found.runs, found.runs_done, found.chunks_done, found.finished) == (18, 0, 0, None)
    run(folder)
    found = status_of(folder.path)
    assert (found.runs_done, found.chunks_done) == (18, found.chunks)
    assert found.finished
