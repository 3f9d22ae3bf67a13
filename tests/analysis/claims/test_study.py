"""Claims are run on the same numbers as `compare`, each arm once, and what was run stays when it is stopped."""

import os
import signal

import numpy as np
import pytest

import sim
from sim.analysis.claims.load import load_claims
from sim.analysis.claims.plan import plan_claims
from sim.analysis.claims.record import claims_record
from sim.analysis.claims.schema import Arm
from sim.analysis.claims.study import ClaimsStudy
from sim.analysis.plausible import plausible_worlds
from sim.analysis.summary import run_values
from sim.model import engine
from sim.run.compare import compare
from sim.run.measures import Measure
from sim.study.results_folder import Folder
from sim.study.status import status_of
from sim.study.verify import verify
from tests.analysis.claims.files import CLAIMS
from tests.processes import exit_status, pool

WORLDS = plausible_worlds(3, 1)


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    file = tmp_path_factory.mktemp("claims") / "own.toml"
    file.write_text(CLAIMS, encoding="utf-8")
    return load_claims(file)


@pytest.fixture(scope="module")
def whole(claims):
    study = ClaimsStudy.planned(claims, 12, WORLDS)
    study.run()
    return study


def small_chunks(claims, replications=12, worlds=WORLDS):
    """The same, cut into many chunks."""
    return ClaimsStudy(plan_claims(claims, replications, replications, tuple(worlds), 10_000.0))


def test_the_same_arms_give_the_same_numbers_as_compare(claims, whole):
    for situation, style, metric in (("hurried", "democratic", "output"), ("brief", "autocratic", "decision_delay")):
        ds = compare(claims.situations[situation], [style], 12, seed=claims.seed)
        expected = run_values(ds, [metric], (1, 20)).sel(metric=metric, style=style).to_numpy()
        found = whole.values[0][Arm(style, situation), Measure(metric, (1, 20))]
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_every_arm_is_run_once(claims):
    plan = ClaimsStudy.planned(claims, 2).plan
    assert sorted(batch.scenario.name for batch in plan.batches) == ["brief", "hurried"]
    assert all(len(set(batch.styles)) == len(batch.styles) for batch in plan.batches)
    assert sum(map(plan.runs, plan.chunks)) == plan.all_runs == 2 * sum(len(batch.styles) for batch in plan.batches)


@pytest.mark.parametrize("chunk_work", [3_000.0, 30_000.0, 1e9])
def test_every_replication_of_every_batch_is_in_one_chunk(claims, chunk_work):
    plan = plan_claims(claims, 12, 5, tuple(WORLDS), chunk_work)
    there = [
        (point, chunk.situation, replication)
        for chunk in plan.chunks
        for point in chunk.points
        for replication in chunk.replications
    ]
    sizes = [12, 5, 5, 5]
    wanted = {
        (world, place, r) for world in range(4) for place in range(len(plan.batches)) for r in range(sizes[world])
    }
    assert len(there) == len(set(there))
    assert set(there) == wanted
    assert sum(map(plan.runs, plan.chunks)) == plan.all_runs


def test_what_a_situation_sets_stays_in_every_world(claims):
    plan = ClaimsStudy.planned(claims, 2, WORLDS).plan
    tried = {
        one.scenario.name: {place[1]: value for place, value in one.values(plan.resolved.points.rows[-1]).items()}
        for one in plan.resolved.situations
    }
    assert plan.claims.situations["hurried"].parameters["quit_base"] == 0.0
    assert "quit_base" not in tried["hurried"]
    assert tried["brief"]["quit_base"] == WORLDS[-1].parameters["quit_base"]
    assert tried["hurried"]["quit_morale"] == WORLDS[-1].parameters["quit_morale"]


def test_the_result_does_not_depend_on_threads_processes_or_chunks(claims, whole):
    records = []
    for workers, study in ((1, ClaimsStudy.planned(claims, 12, WORLDS)), (3, small_chunks(claims))):
        study.run(workers=workers)
        records.append(claims_record(study.results(), claims, 12))
    with pool(2) as executor:
        elsewhere = small_chunks(claims)
        elsewhere.run(workers=2, executor=executor)
    records.append(claims_record(elsewhere.results(), claims, 12))
    assert all(record == claims_record(whole.results(), claims, 12) for record in records)


def test_a_claim_by_itself_has_the_effects_that_it_has_among_others(claims, whole):
    alone = ClaimsStudy.planned(claims.chosen(("A2",)), 12)
    alone.run()
    (result,) = alone.results()
    among = next(other for other in whole.results() if other.claim.id == "A2")
    assert [part.readings for part in result.parts] == [part.readings for part in among.parts]


def test_every_claim_has_a_result(whole):
    results = whole.results()
    assert whole.finished
    assert [result.claim.id for result in results] == ["A1", "A2", "A3", "A4"]
    for result in results:
        assert result.draws == 3
        assert 0 <= (result.holds or 0) <= (result.keeps_sign or 0) <= 1


def test_progress_comes_to_its_end(claims):
    told = []
    ClaimsStudy.planned(claims, 4, WORLDS).run(lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(("calls", "judged"), [(1, []), (30, ["A1", "A2", "A3", "A4"])])
def test_what_was_run_stays_when_it_is_stopped_and_is_not_run_again(claims, whole, tmp_path, calls, judged):
    def stop(done, total, left=[calls]):  # noqa: B006  # counts down over the calls
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    study = small_chunks(claims)
    with pytest.raises(KeyboardInterrupt):
        study.run(stop, out=tmp_path / "results", workers=1)
    assert not study.finished
    assert [result.claim.id for result in study.results()] == judged
    chunks = {path: path.stat().st_mtime_ns for path in (tmp_path / "results/chunks").iterdir()}
    again = small_chunks(claims)
    again.run(out=tmp_path / "results")
    assert again.finished
    assert chunks == {path: path.stat().st_mtime_ns for path in chunks}
    assert claims_record(again.results(), claims, 12) == claims_record(whole.results(), claims, 12)


def killed(file, folder):
    def stop(done, total, left=[4]):  # noqa: B006  # counts down over the calls
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    small_chunks(load_claims(file)).run(stop, out=folder, workers=1)


def test_after_a_killed_process_the_claims_are_resumed_verified_and_read_as_any_results(claims, whole, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(CLAIMS, encoding="utf-8")
    assert exit_status(killed, file, tmp_path / "results") == -signal.SIGKILL
    status = status_of(tmp_path / "results")
    assert 0 < status.chunks_done < status.chunks
    results = sim.resume_experiment(tmp_path / "results")
    assert claims_record(ClaimsStudy.of(Folder.at(results.path)).results(), claims, 12) == claims_record(
        whole.results(), claims, 12
    )
    assert verify(results.path, sample=30).faults == ()
    frame = results.frame
    assert set(frame["point"]) == {0, 1, 2, 3}
    assert frame["error"].isna().all()
    assert list(results.runs.sizes.values()) == [2, 4, len(set(frame["style"])), 12]
    (results.path / "claims.toml").write_text(CLAIMS.replace("0.9", "0.8"), encoding="utf-8")
    with pytest.raises(sim.InputError, match="its claims, scenarios or points are not what they were"):
        sim.resume_experiment(results.path)


def test_a_claim_of_which_a_run_fails_is_not_judged_and_the_others_are(claims, tmp_path, monkeypatch):
    advance = engine.advance

    def breaking(world, timetable, block, blueprint, *rest):
        if "servant" in timetable.names:
            raise ZeroDivisionError("broken")
        advance(world, timetable, block, blueprint, *rest)

    monkeypatch.setattr(engine, "advance", breaking)
    results = sim.run_experiment(ClaimsStudy.planned(claims, 3).plan, tmp_path / "results")
    judged = [result.claim.id for result in ClaimsStudy.of(Folder.at(results.path)).results()]
    assert judged == ["A2"]
    assert set(results.frame["error"].dropna()) == {"ZeroDivisionError: broken"}
    assert set(results.frame.loc[results.frame["error"].notna(), "style"]) == {"servant"}
    assert results.manifest["not_made"] == {"claims": "runs of A1, A3, A4 failed: no verdict"}
