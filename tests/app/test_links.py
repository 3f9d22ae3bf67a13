"""Addresses: typed by strangers, and the same view again for whoever made them."""

from hypothesis import given
from hypothesis import strategies as st

from sim.app.address import asked_for
from sim.app.learn.teacher import prepared_views
from sim.app.pages import PAGES
from sim.app.team.setup import LARGEST_REPLICATION, LARGEST_SEED, Setup, read, write
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.styles import style_names

NAMES = scenario_names()


@st.composite
def setups(draw):
    scenario = draw(st.sampled_from(NAMES))
    style = draw(st.sampled_from(["as-is", *style_names(load_scenario(scenario))]))
    luck = draw(st.integers(0, LARGEST_SEED)), draw(st.integers(0, LARGEST_REPLICATION))
    return Setup(scenario, style, *luck, week=draw(st.integers(0, 200)))


@given(setups())
def test_a_link_gives_the_same_run_again(setup):
    assert read(write(setup)) == (setup, "")


@given(st.text(max_size=60) | st.builds("scenario={}&seed={}&style={}".format, st.text(), st.text(), st.text()))
def test_any_address_gives_a_run(search):
    setup, note = read(search)
    assert setup.scenario in NAMES
    assert 0 <= setup.seed <= LARGEST_SEED
    assert note == "" or "wrong values" in note


@given(st.text())
def test_any_address_can_be_taken_apart(search):
    assert all(isinstance(value, str) for value in asked_for(search).values())


def test_too_many_questions_are_not_answered():
    assert asked_for("&".join(f"a{n}=1" for n in range(100))) == {}


def test_a_style_of_another_scenario_gives_way():
    setup, note = read("scenario=everyday&style=nobodys&seed=12")
    assert (setup.style, setup.seed) == ("as-is", 12)
    assert "the style" in note


def test_a_week_is_a_number_and_the_first_day_goes_without_saying():
    assert read("week=12")[0].week == 12
    assert read("week=9999") == (Setup(week=9999), "")  # the page shows the last week there is
    for nonsense in ("-5", "1e9", "next", "99999999", "1.5"):
        setup, note = read(f"week={nonsense}")
        assert setup.week == 0
        assert "the week" in note
    assert "week" not in write(Setup())


def test_the_command_runs_as_many_replications_as_it_takes():
    command = Setup("crisis", "agile", 5, 3).command
    assert command == "teamsim compare crisis --style agile --seed 5 --replications 4 --csv run.csv"


def test_prepared_views_lead_to_runs_that_there_are():
    for view in prepared_views():
        path, _, search = view["to"].removeprefix("/").partition("?")
        assert path in {page.path for page in PAGES}
        setup, note = read(search)
        assert note == ""
        assert search == (f"scenario={setup.scenario}&style={setup.style}" if path == "team" else "")
