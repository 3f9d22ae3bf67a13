"""Looks for what the worked plug-in adds, with it installed; test_plugins.py runs it in a process of its own."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sim
from sim.app.compare.controls import groups
from sim.model.mechanisms import uncarried
from sim.model.metrics import BY_NAME, METRIC_NAMES
from sim.model.team_model import TeamModel
from sim.scenario.load import load_scenario
from tests.docs.added import names, teamsim
from tests.model import test_two_drivers
from tests.model.test_bounds import out_of_bounds

SEED, REPLICATION, WEEKS = test_two_drivers.SEED, test_two_drivers.REPLICATION, 12
STYLES = ["clown", "autocratic"]


def everything_is_listed() -> None:
    assert "laughter" in names("metrics")
    assert {"laughter_rate", "laughter_relieves"} <= names("parameters")
    assert "clown" in names("styles")
    assert "comedy-club" in names("scenarios")
    assert "jokes" in names("practices")
    (plugin,) = json.loads(teamsim("plugins", "--json"))
    assert plugin["name"] == "laughter"
    assert plugin["brings"]["metrics"] == ["laughter"]
    assert "fun" in teamsim("practices", "jokes")


def both_drivers_agree() -> Any:
    scenario = load_scenario("comedy-club")
    runs = sim.compare(scenario, STYLES, REPLICATION + 1, WEEKS, SEED, teams=True)
    for style in STYLES:
        model = TeamModel(scenario, style=style, rng=SEED, replication=REPLICATION)
        model.run_for(WEEKS)
        test_two_drivers.assert_same_metrics(model, runs)
        test_two_drivers.assert_same_world(model, test_two_drivers.final_world(scenario, style, WEEKS))
        assert all(0 < person.laughter <= 1 for person in model.employees)
    assert not out_of_bounds(runs)
    assert not out_of_bounds(runs, "team_")
    assert "plug-in laughter" in json.loads(runs.attrs["versions"])
    return runs


def the_rule_acts(runs: Any) -> None:
    relieved = sim.compare(
        "comedy-club", STYLES, REPLICATION + 1, WEEKS, SEED, parameters={"laughter_relieves": 0.05}
    )  # fmt: skip
    assert (relieved["strain"][..., -1] < runs["strain"][..., -1]).all()
    table = load_scenario("comedy-club").model_dump(exclude_none=True) | {"practices": []}
    serious = sim.compare(sim.Scenario.model_validate(table), STYLES, REPLICATION + 1, WEEKS, SEED)
    assert (serious["laughter"].mean("week") < runs["laughter"].mean("week")).all()
    assert not uncarried()


def a_study_sees_it() -> None:
    study: dict[str, Any] = {
        "title": "Laughter", "scenarios": ["comedy-club"], "styles": STYLES, "replications": 2, "weeks": 6,
        "design": {"kind": "factorial", "vary": [{"path": "parameters.laughter_rate", "values": [0.1, 0.5]}]},
        "analyses": ["differences"], "analysis": {"metrics": ["laughter"]},
    }  # fmt: skip
    with TemporaryDirectory() as folder:
        results = sim.run_experiment(study, Path(folder) / "results")
        assert results.frame["laughter"].between(0, 1).all()
        assert results.frame["laughter"].nunique() > 2
        assert "laughter" in (results.path / "tables/differences.csv").read_text()
        assert "plug-in laughter" in (results.path / "manifest.json").read_text()


def the_app_sees_it() -> None:
    shown = {
        name for group in groups(load_scenario("comedy-club")) for control in group.controls for name in control.names
    }
    assert {"laughter_rate", "practices.jokes"} <= shown
    assert BY_NAME["laughter"].headline
    assert METRIC_NAMES[-1] == "laughter"


def a_pattern_is_asked_about() -> None:
    from sim.analysis.evidence import figures_of, load_patterns

    file = load_patterns()
    chosen = file.chosen(["L1"])
    assert figures_of(file, chosen, 1, firms=20)["L1"].keys() == {"laughing"}


if __name__ == "__main__":
    everything_is_listed()
    the_app_sees_it()
    the_rule_acts(both_drivers_agree())
    a_study_sees_it()
    a_pattern_is_asked_about()
    print("ALL THERE")  # noqa: T201
