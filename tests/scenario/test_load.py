"""Finding, reading and extending scenario files, and what is said when that fails."""

from pathlib import Path

import pytest

from sim.scenario import InputError, load_scenario, scenario_from, scenario_names, scenario_path, with_parameters
from sim.scenario import load as loading
from sim.scenario.load import left_out_by, shipped_scenario
from sim.scenario.schema import Mix, Scenario
from sim.scenario.variants import with_roster

SMALL = {"title": "t", "question": "q", "teams": [{"name": "A", "size": 4}]}


def test_a_shipped_name_loads():
    scenario = load_scenario("everyday")
    assert scenario.name == "everyday"
    assert [team.size for team in scenario.teams] == [12]


def test_a_shipped_scenario_is_read_once():
    assert shipped_scenario("crisis") == load_scenario("crisis")
    assert shipped_scenario("crisis") is shipped_scenario("crisis")
    with pytest.raises(InputError, match='did you mean "crisis"'):
        shipped_scenario("crises")


def test_a_file_is_named_after_its_stem(write):
    assert load_scenario(str(write())).name == "mine"


def test_a_name_that_looks_like_a_path_is_a_file(write):
    write(name="everyday.toml")
    assert load_scenario("everyday.toml").title == "A test"
    assert load_scenario("./everyday.toml").title == "A test"
    assert load_scenario("everyday").title != "A test"


def test_an_existing_file_needs_no_ending(write):
    assert load_scenario(str(write(name="plain"))).name == "plain"


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes("\ufefftitle = 't'\r\nquestion = 'q'\r\n[[teams]]\r\nname = 'A'\r\nsize = 3\r\n".encode())
    assert load_scenario(path).teams[0].size == 3


def test_an_unknown_name_is_answered_with_the_nearest_one():
    with pytest.raises(InputError, match='unknown scenario "everdy"; did you mean "everyday"'):
        load_scenario("everdy")
    with pytest.raises(InputError, match=r'unknown scenario ""\. Known: everyday, .* give its path, such as \./mine'):
        scenario_path("")


@pytest.mark.parametrize("name", ["no.toml", "no/such/file"])
def test_a_missing_file(name):
    with pytest.raises(
        InputError, match=rf"^{name}: no such file\. Check the path, or use a shipped scenario: everyday"
    ):
        load_scenario(name)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="not a file"):
        load_scenario(tmp_path)


def test_a_zero_byte_in_a_path():
    with pytest.raises(InputError, match="zero byte"):
        load_scenario("a\0b.toml")


def test_broken_toml_says_line_and_column(message):
    assert message(text='title = "t"\nquestion = = "q"\n').startswith("mine.toml: line 2, column 12: not valid TOML: ")


def test_broken_toml_at_the_end(message):
    assert message(text="[company").startswith("mine.toml: end of document: not valid TOML: ")


def test_extends_a_shipped_scenario(write):
    scenario = load_scenario(write(text='extends = "everyday"\nmarket.urgency = 0.8\n'))
    everyday = load_scenario("everyday")
    assert scenario.market == everyday.market.model_copy(update={"urgency": 0.8})
    assert scenario.company == everyday.company


def test_extends_a_file_relative_to_itself(write, tmp_path):
    write(text='extends = "everyday"\nmarket.urgency = 0.8\nmarket.novelty = 0.1\n', name="parent.toml")
    (tmp_path / "sub").mkdir()
    child = write(text='extends = "../parent.toml"\nmarket.urgency = 0.9\n', name="sub/child.toml")
    market = load_scenario(child).market
    assert (market.urgency, market.novelty, market.complexity) == (0.9, 0.1, 0.5)


def test_teams_of_the_child_replace_those_of_the_parent(write):
    text = 'extends = "several-teams"\n[[teams]]\nname = "One"\nsize = 3\n'
    with pytest.raises(InputError, match='unknown team "Production"'):  # the parent's event has stayed
        load_scenario(write(text=text))
    scenario = load_scenario(write(text='replace = ["events"]\n' + text))
    assert [team.name for team in scenario.teams] == ["One"]
    assert not scenario.events


SHOCK = '[[events]]\nevent = "market_shock"\nweek = 40\nsize = 0.3\n'


def test_events_of_the_child_are_added_to_those_of_the_parent(write):
    scenario = load_scenario(write(text='extends = "crisis"\n' + SHOCK))
    assert [(event.event, event.week) for event in scenario.events] == [("crisis", 27), ("market_shock", 40)]


def test_events_of_the_child_replace_those_of_the_parent_where_it_says_so(write):
    path = write(text='extends = "crisis"\nreplace = ["events"]\n' + SHOCK)
    assert [event.event for event in load_scenario(path).events] == ["market_shock"]
    assert left_out_by(path) == ["its 1 event (crisis in week 27)"]


def test_what_a_child_leaves_out_is_said(write):
    write(text='extends = "several-teams"\n[styles.mine]\nblend = { S1 = 1 }\n', name="p.toml")
    path = write(
        text='extends = "p.toml"\nreplace = ["events"]\n[[teams]]\nname = "One"\nsize = 3\n'
        "[styles.mine]\nblend = { S2 = 1 }\n[employees]\nmix = { d1 = 1 }\n"
    )
    last = left_out_by(path)[-3:]
    assert last[0].startswith("its 1 event (")
    assert last[1].startswith("its teams (")
    assert last[2] == "its own styles mine"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('extends = "crisis"\nevents = []\n', 'events: an empty list adds nothing. .* replace = \\["events"\\]'),
        ('extends = "crisis"\nreplace = ["teams"]\n', "replace: got .* allowed is a list of these: events"),
        ('extends = "crisis"\nreplace = "events"\n', 'replace: got "events"; allowed is a list'),
        ('title = "Mine"\nreplace = ["events"]\n', "replace: this file extends no other"),
    ],
)
def test_what_makes_no_sense_about_replacing_is_explained(write, text, says):
    with pytest.raises(InputError, match=says):
        load_scenario(write(text=text))


def test_a_fault_in_an_added_event_is_found_in_the_file_that_has_it(write):
    write(text='extends = "crisis"\n[[events]]\nevent = "crisis"\nweek = 50\nurgency = 7\n', name="p.toml")
    path = write(text='extends = "p.toml"\n' + SHOCK + SHOCK.replace("0.3", "9.0"))
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    own, parents = (f"{name}:\n  - {place}" for name, place in ((path.name, "events[2]"), ("p.toml", "events[1]")))
    assert own in str(caught.value)
    assert parents in str(caught.value)


def test_employees_and_styles_of_the_child_replace_those_of_the_parent(write):
    write(
        text='extends = "everyday"\n[styles.mine]\nblend = { S1 = 1 }\n[styles.other]\nblend = { S2 = 1 }',
        name="p.toml",
    )
    child = write(
        text='extends = "p.toml"\n[employees]\nmix = { d4 = 1 }\n[styles.mine]\nbased_on = "S1"\n'
        "behaviour = { data = 1 }"
    )
    scenario = load_scenario(child)
    assert scenario.employees.mix == Mix(d4=1)
    assert scenario.styles["mine"].blend is None
    assert set(scenario.styles) == {"mine", "other"}


def test_a_circle_of_files(write):
    write(text='extends = "b.toml"', name="a.toml")
    write(text='extends = "a.toml"', name="b.toml")
    with pytest.raises(InputError, match=r"extends: leads back to itself \(a.toml -> b.toml -> a.toml\)"):
        load_scenario("a.toml")


@pytest.mark.parametrize(
    ("extends", "says"),
    [
        ('"everdy"', 'mine.toml: extends: unknown scenario "everdy"; did you mean "everyday"?'),
        ('"./no.toml"', "mine.toml: extends: no such file no.toml"),
        ("3", "mine.toml: extends: got 3; allowed is one shipped name, or a path as text"),
        ('["everyday"]', "mine.toml: extends: got a list of 1"),
        ('""', 'mine.toml: extends: got ""'),
        ('"a\\u0000b"', "mine.toml: extends: got"),
    ],
)
def test_what_cannot_be_extended(message, extends, says):
    assert message(text=f"extends = {extends}\n").startswith(says)


def test_a_fault_is_looked_for_in_the_file_that_has_it(write):
    write(text='extends = "everyday"\nmarket.urgency = 8\n', name="parent.toml")
    child = write(text='extends = "parent.toml"\nmarket.novelty = 7\n')
    with pytest.raises(InputError) as caught:
        load_scenario(child)
    text = str(caught.value)
    assert text.startswith("2 things to put right\n")
    assert "parent.toml:\n  - market.urgency: got 8;" in text
    assert "mine.toml:\n  - market.novelty: got 7;" in text


def test_a_file_cannot_name_itself(message):
    assert message(text='extends = "everyday"\nname = "other"').startswith("mine.toml: name: a scenario is named after")


def test_the_order_of_names_begins_with_the_default():
    assert scenario_names()[0] == "everyday"
    assert list(scenario_names()[1:]) == sorted(scenario_names()[1:])


def test_an_installed_package_has_the_scenarios_inside(monkeypatch, tmp_path):
    (tmp_path / "sim" / "scenarios").mkdir(parents=True)
    (tmp_path / "sim" / "scenarios" / "inside.toml").write_text("")
    monkeypatch.setattr(loading, "PACKAGE", tmp_path / "sim")
    assert scenario_names() == ("inside",)


def test_plain_dicts_are_checked_like_files():
    assert Scenario.model_validate(SMALL) == scenario_from(SMALL)
    with pytest.raises(InputError, match=r"^form: market.urgency: got 3; allowed is a number from 0 to 1"):
        scenario_from({**SMALL, "market": {"urgency": 3}}, source="form")
    with pytest.raises(InputError, match=r"run\.seed: got nothing; allowed is a whole number"):
        scenario_from({**SMALL, "run": {"seed": None}})
    with pytest.raises(InputError, match=r"company\.reputation: got something else"):
        scenario_from({**SMALL, "company": {"reputation": object()}})


def test_json_gives_the_scenario_again():
    scenario = load_scenario("client-roster")
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_more_people_by_request():
    large = {**SMALL, "teams": [{"name": f"T{number}", "size": 25} for number in range(20)]}
    with pytest.raises(InputError, match=r"teams: there are 500 people in the company; allowed are 2 to 250"):
        scenario_from(large)
    scenario = scenario_from(large, max_people=500)
    assert len(scenario.teams) == 20
    assert with_parameters(scenario, {"quit_base": 0.001}).parameters == {"quit_base": 0.001}


def test_more_people_by_request_from_a_file(write):
    teams = "".join(f'[[teams]]\nname = "T{number}"\nsize = 25\n' for number in range(12))
    path = write(text=f'title = "t"\nquestion = "q"\n{teams}')
    assert len(load_scenario(path, max_people=300).teams) == 12


def test_parameters_are_set_on_top_of_the_scenarios_own(write):
    scenario = load_scenario(write("[parameters]\nquit_base = 0.002\nvacancy_weeks = 8\n"))
    changed = with_parameters(scenario, {"vacancy_weeks": 10})
    assert changed.parameters == {"quit_base": 0.002, "vacancy_weeks": 10}
    assert changed.model_copy(update={"parameters": scenario.parameters}) == scenario


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"quit_bas": 0.1}, 'everyday: parameters.quit_bas: unknown parameter "quit_bas"; did you mean "quit_base"?'),
        ({"qqq": 0.1}, 'unknown parameter "qqq". The command "teamsim parameters" lists them all'),
        (
            {"quit_base": 7.0},
            r"everyday: parameters.quit_base: got 7; allowed is 0 to 1 \(per week\), plausible 0.002 to",
        ),
        ({"quit_base": float("nan")}, "parameters.quit_base: got nan; allowed is a number"),
        ({"quit_base": "high"}, 'parameters.quit_base: got "high"; allowed is a number. Write a number.'),
        ({"quit_base": True}, "parameters.quit_base: got true; allowed is a number"),
    ],
)
def test_wrong_parameters(values, says):
    with pytest.raises(InputError, match=says):
        with_parameters(load_scenario("everyday"), values)


def test_a_roster_replaces_the_people(tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text(
        "name,role,competence,commitment,tenure\nAda,Clerk,0.5,0.5,10\nBen,Clerk,0.6,0.5,20\nCy,,1,0.5,20\n"
    )
    scenario = with_roster(load_scenario("everyday"), path)
    assert [person.name for person in scenario.employees.people] == ["Ada", "Ben", "Cy"]
    assert [(team.name, team.size) for team in scenario.teams] == [("Team", 3)]
    assert scenario.employees.mix is None
    assert scenario.name == "everyday"


def test_a_roster_brings_its_teams(tmp_path: Path):
    path = tmp_path / "people.csv"
    rows = ["a,,0.5,0.5,10,Sales", "b,,0.5,0.5,10,Sales", "c,,0.5,0.5,10,New", "d,,0.5,0.5,10,New"]
    path.write_text("\n".join(["name,role,competence,commitment,tenure,team", *rows]))
    with pytest.raises(InputError, match=r'events\[1\]\.team \(leader_replaced\): unknown team "Production"'):
        with_roster(load_scenario("several-teams"), path)
    scenario = with_roster(load_scenario("several-teams").model_copy(update={"events": ()}), path)
    assert [(team.name, team.size) for team in scenario.teams] == [("Sales", 2), ("New", 2)]
    assert scenario.teams[0].leader is not None
    assert scenario.teams[1].leader is None


def test_a_team_that_opens_later_survives_a_roster(tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text("name,role,competence,commitment,tenure\nAda,Clerk,0.5,0.5,10\nBen,Clerk,0.6,0.5,20\n")
    scenario = with_roster(load_scenario("growth"), path)
    assert [(team.name, team.size) for team in scenario.teams] == [("Workshop", 2), ("Delivery", 0), ("Customers", 0)]


def test_a_fault_with_a_rosters_person_names_the_row(write, tmp_path: Path):
    (tmp_path / "people.csv").write_text(
        "name,role,competence,commitment,tenure,team\nAda,,0.5,0.5,1,Sales\nBen,,0.5,0.5,1,Sales\nCy,,0.5,0.5,1,Sale\n"
        "Di,,0.5,0.5,1,Sale\n"
    )
    text = 'title = "t"\nquestion = "q"\n[[teams]]\nname = "Sales"\n[employees]\nroster = "people.csv"\n'
    with pytest.raises(InputError) as caught:
        load_scenario(write(text=text))
    error = str(caught.value)
    assert '  - row 4, column team: unknown team "Sale"; did you mean "Sales"?' in error
    assert "in people.csv" in error


def test_a_missing_roster_names_the_file_that_wants_it(message):
    text = message('[employees]\nroster = "no.csv"\n')
    assert text.startswith("mine.toml: employees.roster: no.csv: no such file. A roster is a CSV file with the columns")


def test_a_roster_is_looked_for_beside_the_file_that_names_it(write):
    scenario = load_scenario(write(text='extends = "client-roster"\n'))
    assert len(scenario.employees.people) == 14
