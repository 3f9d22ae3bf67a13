"""Plans: every run is in exactly one chunk, chunks are of fair size, and keys tell what rows depend on."""

import pickle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.study.estimate import estimate
from sim.study.jobs import Job, run_job
from sim.study.plan import MOST_CELLS, Plan, plan_study, total_work
from tests.study.studies import TINY_CHUNK, small, vary

SIZES = vary("teams[1].size", *range(2, 12))


@given(st.integers(1, 40), st.floats(100, 1e6), st.booleans())
def test_every_run_is_in_exactly_one_chunk(replications, chunk_work, weekly):
    study = small(scenarios=["everyday", "startup"], weeks=None, vary=[SIZES], replications=replications,
                  record={"weekly": weekly})  # fmt: skip
    plan = Plan(study, chunk_work)
    runs = [
        (chunk.situation, point, replication)
        for chunk in plan.chunks
        for point in chunk.points
        for replication in chunk.replications
    ]
    assert (
        runs == [(s, p, r) for s in range(2) for p in range(10) for r in range(replications)]
        or len(set(runs)) == len(runs) == 2 * 10 * replications
    )
    assert sum(map(plan.runs, plan.chunks)) == study.runs


def test_a_chunk_has_no_more_work_than_it_may_unless_it_is_one_run():
    plan = Plan(small(vary=[SIZES], replications=50), TINY_CHUNK)
    work = total_work(plan.resolved) / plan.resolved.runs
    assert len(plan.chunks) > 10
    assert all(plan.runs(chunk) * work < 4 * TINY_CHUNK for chunk in plan.chunks)


def test_weekly_rows_make_chunks_small_enough_for_memory():
    study = small(weeks=1000, replications=10_000, record={"weekly": True})
    plan = plan_study(study)
    metrics = len(study.study.record.metrics)
    assert all(plan.runs(chunk) * 1000 * metrics <= MOST_CELLS for chunk in plan.chunks)


def keys(**changes):
    plan = plan_study(small(vary=[SIZES], **changes), TINY_CHUNK)
    return plan.keys


def test_keys_tell_apart_whatever_rows_depend_on():
    changes: list[dict[str, Any]] = [
        {}, {"seed": 2}, {"scenarios": ["experts"]}, {"styles": ["agile", "servant"]}, {"weeks": 7},
        {"record": {"final": True}}, {"changes": {"market": {"urgency": 0.31}}},
    ]  # fmt: skip
    found = [key for change in changes for key in keys(**change)]
    assert len(set(found)) == len(found)
    assert keys() == keys(title="Another title")


def test_a_job_is_a_value_that_can_be_sent_elsewhere():
    plan = plan_study(small(vary=[vary("employees.mix", {"d1": 1.0}, {"d4": 1.0})]), TINY_CHUNK)
    job = plan.job(plan.chunks[0])
    assert isinstance(job, Job)
    assert pickle.loads(pickle.dumps(job)).key == job.key == plan.keys[0]  # noqa: S301  # it is our own
    assert run_job(job).files == run_job(plan.job(plan.chunks[0])).files


def test_an_estimate_is_made_before_anything_is_run():
    found = estimate(plan_study(small(replications=1000, weeks=52)))
    assert found.seconds > 0
    assert found.size > 1000
