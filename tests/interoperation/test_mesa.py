"""Mesa's own batch runner runs `TeamModel`, and gives what a study gives."""

import warnings

import mesa

import sim
from tests.analysis.study.made import ran


def test_batch_run_of_the_team_model_gives_the_rows_of_a_study(tmp_path):
    styles = ["autocratic", "agile"]
    results = ran(tmp_path, styles=styles, replications=2, weeks=6, record={"final": True})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Mesa announces that batch_run will go
        rows = mesa.batch_run(
            sim.TeamModel,
            {"scenario": "everyday", "style": styles, "replication": [0, 1]},
            rng=[1], number_processes=1, max_steps=6, data_collection_period=-1, display_progress=False,
        )  # fmt: skip
    frame = results.frame.set_index(["style", "replication"])
    runs = {row["RunId"]: row for row in rows}  # it gives a row for each agent, all with the model's metrics
    assert len(runs) == 4
    for row in runs.values():
        here = frame.loc[row["style"], row["replication"]]
        for metric in ("morale", "output", "trust"):
            assert here[f"{metric}_final"] == row[metric]
