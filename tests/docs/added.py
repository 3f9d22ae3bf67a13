"""Looks for what additions.py adds, in the package that lies in this folder; test_contributing.py runs it in a copy."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.model.metrics import METRIC_NAMES
from sim.scenario.editors import json_schema
from sim.scenario.load import load_scenario, scenario_from
from tests.model import test_two_drivers

SEED, REPLICATION, WEEKS = test_two_drivers.SEED, test_two_drivers.REPLICATION, 12


def teamsim(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.output


def names(command: str) -> set[str]:
    return {row["name"] for row in json.loads(teamsim(command, "--json"))}


def everything_is_listed() -> None:
    assert "share_able" in names("metrics")
    assert {"morale_of_skill", "laughter_rate"} <= names("parameters")
    assert "joint" in names("styles")
    assert "quiet-firm" in names("scenarios")
    assert "long-walks" in names("practices")
    assert "humour" in teamsim("styles", "joint")
    assert teamsim("greet") == "Good day.\n"
    assert '"humour"' in json.dumps(json_schema())
    with_number = load_scenario("quiet-firm").model_dump() | {"parameters": {"morale_of_skill": 0.1}}
    assert scenario_from(with_number).parameters == {"morale_of_skill": 0.1}


def it_can_be_compared_and_both_drivers_agree() -> None:
    table = load_scenario("quiet-firm").model_dump(exclude_none=True)
    dry = {"based_on": "joint", "behaviour": {"humour": 0.0}}
    scenario = scenario_from(table | {"styles": {"dry": dry}})
    styles = ["joint", "dry"]
    runs = sim.compare(scenario, styles, replications=2, weeks=WEEKS, seed=SEED)
    assert np.allclose(runs["share_able"], runs["share_d3"] + runs["share_d4"])
    assert (runs["share_able"] > 0).any()
    assert (runs["morale"].sel(style="joint") > runs["morale"].sel(style="dry")).all()
    other = sim.compare(scenario, styles, 2, WEEKS, SEED, parameters={"morale_of_skill": 0.2})
    assert (other["morale"] != runs["morale"]).any()
    for style in styles:
        model = sim.TeamModel(scenario, style=style, rng=SEED, replication=REPLICATION)
        model.run_for(WEEKS)
        weeks = model.datacollector.get_model_vars_dataframe()
        for name in METRIC_NAMES:
            arm = runs[name].sel(style=style, replication=REPLICATION)
            assert np.array_equal(weeks[name], arm, equal_nan=True), name
        test_two_drivers.assert_same_world(model, test_two_drivers.final_world(scenario, style, WEEKS))
        assert all(person.laughter > 0 for person in model.employees)


def it_can_be_studied() -> None:
    study: dict[str, Any] = {
        "title": "What was added", "scenarios": ["quiet-firm"], "styles": ["joint", "agile"],
        "replications": 2, "weeks": 6,
        "design": {"kind": "factorial", "vary": [{"path": "parameters.morale_of_skill", "values": [0.0, 0.2]}]},
        "analyses": ["counts"], "analysis": {"metrics": ["share_able"]},
    }  # fmt: skip
    with TemporaryDirectory() as folder:
        results = sim.run_experiment(study, Path(folder) / "results")
        assert results.frame["share_able"].notna().all()
        assert (results.path / "tables/counts.csv").read_text().count("\n") == 3


def it_is_where_it_has_to_be() -> None:
    from sim.app.pages import PAGES

    test_two_drivers.test_the_pairs_cover_all_scenarios_and_styles_and_what_a_scenario_has_with_each_kind_of_style()
    assert "words" in {page.path for page in PAGES}


if __name__ == "__main__":
    everything_is_listed()
    it_is_where_it_has_to_be()
    it_can_be_compared_and_both_drivers_agree()
    it_can_be_studied()
    print("ALL THERE", sim.__file__)  # noqa: T201
