"""What a study file may say, and what is said about one that makes no sense."""

import tomllib
from typing import Any

import pytest

import sim
from sim.study import spec
from sim.study.load import load_study, study_names
from tests.study.studies import SMALL, small, vary

TEXT = """
title = "Urgency"
scenarios = ["crisis"]
styles = ["autocratic", "democratic"]
replications = 10

[design]
kind = "factorial"

[[design.vary]]
path = "market.urgency"
values = [0.1, 0.9]

[record]
windows = { crisis = [27, 34] }
"""


def test_a_study_is_read_from_its_file(tmp_path):
    (tmp_path / "urgency.toml").write_text(TEXT)
    study = load_study(tmp_path / "urgency.toml")
    assert (study.study.name, study.runs) == ("urgency", 2 * 2 * 10)
    assert "output_crisis" in study.study.record.columns


def test_a_scenario_of_ones_own_is_found_beside_the_study(tmp_path):
    (tmp_path / "mine.toml").write_text('extends = "crisis"\ntitle = "Mine"\n')
    assert small(tmp_path, scenarios=["./mine.toml"], weeks=None).situations[0].scenario.title == "Mine"


def test_all_stands_for_every_shipped_scenario():
    names = [situation.scenario.name for situation in small(scenarios=["all"], weeks=None).situations]
    assert len(names) > 10
    assert "everyday" in names


def test_changes_hold_in_every_scenario():
    changes = {"market": {"urgency": 0.77}, "styles": {"mine": {"blend": {"agile": 1.0, "servant": 1.0}}}}
    study = small(scenarios=["everyday", "startup"], weeks=None, changes=changes, styles=["mine"])
    assert [situation.scenario.market.urgency for situation in study.situations] == [0.77, 0.77]


def test_events_of_changes_are_added_to_those_of_each_scenario():
    shock = {"event": "market_shock", "week": 40, "size": 0.3}
    keys: dict[str, Any] = {"scenarios": ["crisis", "everyday"], "weeks": None}
    study = small(changes={"events": [shock]}, **keys)
    assert [[e.event for e in one.scenario.events] for one in study.situations] == [
        ["crisis", "market_shock"], ["market_shock"],
    ]  # fmt: skip
    assert not study.notes
    study = small(changes={"events": [shock], "replace": ["events"]}, **keys)
    assert [[e.event for e in one.scenario.events] for one in study.situations] == [["market_shock"]] * 2
    assert study.notes == ("[changes] leaves out of the scenario crisis: its 1 event (crisis in week 27).",)


def test_one_value_can_go_to_several_places():
    study = small(vary=[vary("market.urgency", 0.1, 0.9, also=["market.novelty"])])
    scenario = study.situations[0].at(study.situations[0].values(study.points.rows[1]))
    assert scenario.market.urgency == scenario.market.novelty == 0.9


def test_a_whole_table_can_be_a_value():
    mixes = [{"d1": 1.0, "d2": 0.0, "d3": 0.0, "d4": 0.0}, {"d1": 0.0, "d2": 0.0, "d3": 0.0, "d4": 1.0}]
    study = small(vary=[vary("employees.mix", *mixes, labels=["novices", "experts"], name="people")])
    everyday = study.situations[0]
    mix = everyday.at(everyday.values(study.points.rows[1])).employees.mix
    assert mix
    assert mix.d4 == 1.0
    assert everyday.shown(study.points.factors, study.points.rows[1]) == ("experts",)


URGENCY = vary("market.urgency", 0.1, 0.9)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"scenarios": ["everday"]}, ["scenarios[1]", 'did you mean "everyday"']),
        ({"scenarios": ["everyday", "everyday"]}, ["another scenario called"]),
        ({"scenarios": []}, ["scenarios", "a list of 1 or more"]),
        ({"styles": ["autocrat"]}, ["styles", 'did you mean "autocratic"']),
        ({"styles": ["agile", "agile"]}, ["given twice"]),
        ({"replications": 0}, ["replications", "a whole number from 1"]),
        ({"replication": 3}, ["replication", "did you mean `replications`"]),
        ({"weeks": 2000}, ["weeks", "1 to 1040"]),
        ({"scenarios": ["crisis"], "weeks": 6}, ["weeks", "after the end"]),
        ({"changes": {"styles": {"mine": {"blend": {"S1": 1.0}}}}, "vary": [vary("styles.mine.blend.S1", 0.2, 0.9)]},
         ["styles.mine.blend.S1 makes any difference"]),
        ({"scenarios": ["crisis"], "weeks": None, "vary": [vary("events.crisis.happens", "yes", "no")]},
         ["events[1].happens: got", "allowed is true or false"]),
        ({"vary": [vary("teams[1].leader", {"hours": 5.0}, {"hours": 40.0}, name="leader"),
                   vary("leader.hours", 5.0, 40.0)]}, ["leader.hours makes any difference", "takes its place"]),
        ({"changes": {"replace": ["teams"]}}, ["changes", "replace: got", "events"]),
        ({"changes": {"markt": {}}}, ["changes", "did you mean `market`"]),
        ({"design": {"kind": "factrial", "vary": [URGENCY]}}, ["design", 'did you mean "factorial"']),
        ({"design": {"vary": [URGENCY]}}, ["design", "no key `kind`"]),
        ({"vary": []}, ["design.vary", "a list of 1 or more"]),
        ({"vary": [vary("market.urgancy", 0.1)]}, ["design.vary: market.urgancy", 'did you mean "urgency"']),
        ({"vary": [vary("market.urgency", 0.1, 7)]}, ["design.vary: market.urgency: 7", "0 to 1"]),
        ({"vary": [vary("market.urgency", "high")]}, ['got "high"']),
        ({"vary": [URGENCY, URGENCY]}, ["varied twice"]),
        ({"vary": [URGENCY, vary("market.urgency", 0.3, name="u")]}, ["overlap"]),
        ({"vary": [vary("employees.mix.d1", 0.1), vary("employees.mix", {"d1": 1.0})]}, ["overlap"]),
        ({"vary": [vary("market.urgency", 0.1, name="style")]}, ['"style" is the name of another column']),
        ({"vary": [vary("market.urgency", 0.1, name="morale")]}, ["another column"]),
        ({"vary": [vary("market.urgency")]}, ["exactly one of"]),
        ({"vary": [{"path": "market.urgency", "values": []}]}, ["values", "empty"]),
        ({"vary": [vary("market.urgency", 0.1, 0.1)]}, ["listed twice"]),
        ({"vary": [vary("market.urgency", low=0.5)]}, ["high", "both low and high"]),
        ({"vary": [vary("market.urgency", low=0.5, high=0.5, steps=2)]}, ["the range is empty"]),
        ({"vary": [vary("market.urgency", low=0.1, high=0.5)]}, ["Add steps"]),
        ({"vary": [vary("market.urgency", 0.1, steps=3)]}, ["steps", "not with values"]),
        ({"vary": [vary("market.urgency", 0.1, labels=["a", "b"])]}, ["labels", "a label of its own"]),
        ({"vary": [vary("market.urgency", low=0.1, high=0.5, steps=2, labels=["a"])]}, ["labels", "with values"]),
        ({"vary": [vary("market.urgency", plausible=True)]}, ["plausible"]),
        ({"vary": [vary("teams[1].size", low=2.5, high=8, steps=2)]}, ["whole number"]),
        ({"vary": [vary("teams[1].size", low=2, high=7, steps=3)]}, ["fall between whole numbers"]),
        ({"design": {"kind": "sobol", "base": 100, "vary": [URGENCY]}}, ["a power of two", "64 or 128"]),
        ({"design": {"kind": "latin_hypercube", "points": 10**8, "vary": [URGENCY]}}, ["points", "10000000"]),
        ({"vary": [vary(f"market.{name}", low=0, high=1, steps=10_000) for name in ("novelty", "urgency")]},
         ["100,000,000 points"]),
        ({"record": {"metrics": ["moral"]}}, ["record.metrics", 'did you mean "morale"']),
        ({"record": {"metrics": ["morale", "morale"]}}, ["listed twice"]),
        ({"record": {"windows": {"late": [4, 7]}}}, ["record.windows", "6 weeks"]),
        ({"record": {"windows": {"late": [4, 3]}}}, ["record.windows.late", "earlier one first"]),
        ({"record": {"windows": {"final": [1, 3]}}}, ["record.windows.final", "cannot be the name"]),
        ({"record": {"windows": {"mid": [2, 5]}}, "vary": [vary("run.weeks", 6, 4)]}, ["design.vary: run.weeks: 4"]),
        ({"scenarios": ["everyday", "crisis"], "weeks": 60, "vary": [vary("events[1].weeks", 4)]},
         ["in the scenario everyday", "events is empty"]),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_explained(keys, says):
    with pytest.raises(sim.InputError) as caught:
        small(**keys)
    assert all(part in str(caught.value) for part in says), str(caught.value)


def test_what_acts_only_together_with_something_else_may_be_varied():
    both = [vary("practices.automation.intensity", 0.0, 0.8), vary("practices.automation.from_week", 1, 4)]
    changes = {"practices": [{"practice": "automation", "intensity": 0.5}]}
    assert small(vary=both, changes=changes).runs == 4 * 2 * 3


def test_an_event_is_a_switch_and_what_else_is_varied_of_it_stays():
    varied = [vary("events.crisis.happens", True, False, name="crisis"), vary("events.crisis.weeks", 4, 9),
              vary("events[2].size", 0.1, 0.5)]  # fmt: skip
    changes = {"events": [{"event": "market_shock", "week": 40, "size": 0.3}]}
    study = small(scenarios=["crisis"], weeks=None, changes=changes, vary=varied)
    (crisis,) = study.situations
    found: dict[bool, set[Any]] = {}
    for row in study.points.rows:
        events = crisis.at(crisis.values(row)).events
        assert getattr(events[-1], "size", None) == row[2]
        found.setdefault(row[0], set()).add(tuple(getattr(event, "weeks", None) for event in events[:-1]))
    assert found == {True: {(4,), (9,)}, False: {()}}
    assert crisis.shown(study.points.factors, study.points.rows[0])[0] is True


def test_the_style_of_leaders_may_be_varied_where_it_is_looked_at():
    styles = vary("leader.style", "autocratic", "democratic")
    assert small(styles=["as-is"], vary=[styles]).runs == 2 * 3


def test_a_change_of_style_that_no_run_looks_at_is_said():
    changes = {"leader": {"style": "autocratic"}}
    assert "every run is led in a style of `styles`" in small(changes=changes).notes[0]
    assert not small(changes=changes, styles=["as-is"]).notes


def test_a_file_that_is_not_there_or_no_toml_is_explained(tmp_path):
    with pytest.raises(sim.InputError, match="no such file"):
        load_study(tmp_path / "nowhere.toml")
    (tmp_path / "broken.toml").write_text("title = ")
    with pytest.raises(sim.InputError, match="not valid TOML"):
        load_study(tmp_path / "broken.toml")
    (tmp_path / "named.toml").write_text(TEXT + '\n[changes]\nname = "x"\n')
    with pytest.raises(sim.InputError, match="unknown study"):
        load_study("nosuchstudy")


def test_a_name_inside_the_file_is_refused(tmp_path):
    (tmp_path / "named.toml").write_text('name = "x"\n' + TEXT)
    with pytest.raises(sim.InputError, match="named after its file"):
        load_study(tmp_path / "named.toml")


@pytest.mark.parametrize("name", study_names())
def test_a_shipped_study_is_in_order(name):
    assert load_study(name).runs > 0


def test_the_text_in_the_docstring_is_a_study():

    text = "\n".join(line.removeprefix("    ") for line in (spec.__doc__ or "").splitlines()[2:])
    small(**{**tomllib.loads(text), "name": SMALL["name"]})


def test_how_a_business_was_led_before_makes_a_difference_under_every_style():
    """The weeks before the first are led as the scenario says, whatever is compared from then on."""
    assert len(small(vary=[vary("leader.style", "autocratic", "democratic")]).points.rows) == 2


@pytest.mark.parametrize("kind", ["derived", "until"])
@pytest.mark.parametrize("name", ["error", "replication", "point", "style", "seed", "front", "week"])
def test_no_metric_of_ones_own_is_called_like_a_column_of_the_results(tmp_path, kind, name):
    text = TEXT + f'{kind} = {{ {name} = "morale < 0.5" }}\n'
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(sim.InputError, match=rf"record.{kind}.{name}: is the name of another column of the results"):
        load_study(tmp_path / "mine.toml")


OWN = 'derived = { poor = "morale < 0.5", gap = "morale - strain" }\n'


@pytest.mark.parametrize(
    ("formula", "right"),
    [("morale", False), ("morale - 0.5", False), ("not morale > 1", True), ("not morale", False),
     ("morale < 0.5 or strain", False), ("poor and strain > 0.5", True), ("gap and strain > 0.5", False)],
)  # fmt: skip
def test_weeks_are_counted_until_something_is_so_and_no_number(tmp_path, formula, right):
    (tmp_path / "mine.toml").write_text(f'{TEXT}until = {{ dip = "{formula}" }}\n{OWN}')
    if right:
        assert "dip" in load_study(tmp_path / "mine.toml").study.record.columns
    else:
        with pytest.raises(sim.InputError, match="is a number, and nothing that is so or not"):
            load_study(tmp_path / "mine.toml")


@pytest.mark.parametrize("name", ["morale", "morale_final", "morale_low", "gap_final", "q05_high", "dip"])
def test_nothing_varied_is_called_like_a_column_of_results_or_tables(name):
    record = {"metrics": ["output", "strain"], "derived": {"gap": "morale - strain"}, "until": {"dip": "morale < 0.5"}}
    with pytest.raises(sim.InputError, match=f'"{name}" is the name of another column of the results'):
        small(vary=[vary("market.urgency", 0.1, 0.9, name=name)], record=record)
    small(vary=[vary("market.urgency", 0.1, 0.9, name="morale_base")], record=record)


@pytest.mark.parametrize("rows", ["0.3;20", "0.3;20\n0.3;40", "0.3;20\n0.7;20"])
def test_the_values_of_a_table_are_its_own(tmp_path, rows):
    """They need not lie between 0 and 1, and one row is a table, too."""
    (tmp_path / "points.csv").write_text(f"market.urgency;leader.hours\n{rows}\n")
    study = small(tmp_path, design={"kind": "table", "file": "points.csv"})
    assert [row[1] for row in study.points.rows] == [float(row.split(";")[1]) for row in rows.splitlines()]


def test_a_column_of_a_table_that_makes_no_difference_is_said(tmp_path):
    (tmp_path / "points.csv").write_text("leader.style\nagile\nservant\n")
    assert small(tmp_path, design={"kind": "table", "file": "points.csv"}).points.rows
    (tmp_path / "points.csv").write_text("events.crisis.weeks;events.crisis.happens\n4;false\n9;false\n")
    with pytest.raises(sim.InputError, match=r"no value of events\.crisis\.weeks makes any difference"):
        small(tmp_path, scenarios=["crisis"], weeks=None, design={"kind": "table", "file": "points.csv"})
