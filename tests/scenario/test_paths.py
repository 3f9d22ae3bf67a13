"""Dotted paths into a scenario: what they find, what they change, and what is said of those that lead nowhere."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.scenario.fields import Location
from sim.scenario.load import scenario_from, scenario_names
from sim.scenario.paths import changed, fitting, locate, overlap, takes_whole_numbers, value_at
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario

TABLES = {name: sim.load_scenario(name).model_dump() for name in scenario_names()}
EVERYDAY, CRISIS, TEAMS = TABLES["everyday"], TABLES["crisis"], TABLES["several-teams"]
CULTURE = TABLES["culture-programme"]
NAMED = {**EVERYDAY, "teams": [{**EVERYDAY["teams"][0], "name": name} for name in ("Dr. Who", "1", "Last")]}


LEFT_ALONE = re.compile("no effect on a run|where the run is started|value itself")


def all_paths(value, path=""):
    """Every path in a table, entries of lists counted from 1."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from all_paths(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value, 1):
            yield from all_paths(inner, f"{path}[{place}]")
    else:
        yield path


@pytest.mark.parametrize("name", TABLES)
def test_everything_that_a_scenario_says_can_be_found_and_changed(name):
    table, found = TABLES[name], 0
    for path in all_paths(table):
        try:
            place = locate(table, path)
        except sim.InputError as error:
            assert LEFT_ALONE.search(str(error))  # noqa: PT017
            continue
        mark = object()
        if place[-2:-1] != ("mix",):
            assert value_at(changed(table, {place: mark}), place) is mark
        assert value_at(table, place) is not mark
        found += 1
    assert found > 30


@pytest.mark.parametrize(
    ("table", "path", "place"),
    [
        (TEAMS, "teams[2].size", ("teams", 1, "size")),
        (TEAMS, "teams.2.size", ("teams", 1, "size")),
        (TEAMS, "teams.Sales.size", ("teams", 1, "size")),
        (TEAMS, "teams[Sales].leader.hours", ("teams", 1, "leader", "hours")),
        (CRISIS, "events.crisis.weeks", ("events", 0, "weeks")),
        (EVERYDAY, "parameters.diagnosis_error", ("parameters", "diagnosis_error")),
        (EVERYDAY, "employees.mix", ("employees", "mix")),
        (EVERYDAY, "diagnosis_error", ("parameters", "diagnosis_error")),
        (EVERYDAY, "practices.recognition", ("practices", "recognition")),
        (CULTURE, "practices[1]", ("practices", 0)),
        (CULTURE, "practices.1.intensity", ("practices", 0, "intensity")),
        (CULTURE, f"practices.{CULTURE['practices'][0]['practice']}.from_week", ("practices", 0, "from_week")),
        (NAMED, "teams.Dr. Who.size", ("teams", 0, "size")),
        (NAMED, "teams[Dr. Who].size", ("teams", 0, "size")),
        (NAMED, "teams.1.size", ("teams", 1, "size")),
        (NAMED, "teams[3].size", ("teams", 2, "size")),
    ],
)
def test_entries_are_counted_from_one_or_named(table, path, place):
    assert locate(table, path) == place


@pytest.mark.parametrize(
    ("table", "path", "says"),
    [
        (EVERYDAY, "market.urgancy", 'did you mean "urgency"'),
        (EVERYDAY, "markt.urgency", 'did you mean "market"'),
        (EVERYDAY, "parameters.diagnosis_eror", 'did you mean "diagnosis_error"'),
        (TEAMS, "teams.Sale.size", 'did you mean "Sales"'),
        (TEAMS, "teams[4].size", "counted from 1 to 3"),
        (EVERYDAY, "events[1].weeks", "events is empty"),
        (EVERYDAY, "teams[1].mix.d1", "does not give"),
        (EVERYDAY, "market.urgency.level", "End the path there"),
        (EVERYDAY, "contagon", 'did you mean "contagion"'),
        (EVERYDAY, "practices.recognitio", 'did you mean "recognition"'),
        (EVERYDAY, "practices.recognition.intensity", "practices is empty"),
        (EVERYDAY, "title", "no effect on a run"),
        (EVERYDAY, "run.seed", "replications and seed"),
        (EVERYDAY, "uncertain", "a run goes by the value itself"),
        *(
            (EVERYDAY, path, "cannot read")
            for path in ("teams[1]size", "teams.[1]", "", ".market", "market.", "[1]", "teams[1", "a[].size", "a..b")
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_explained(table, path, says):
    with pytest.raises(sim.InputError, match=r"."):
        locate(table, path)
    try:
        locate(table, path)
    except sim.InputError as error:
        assert says in str(error)  # noqa: PT017


@pytest.mark.parametrize("path", ["everything", "run.everything", "teams.1.everything", "events.1.everything"])
def test_an_unknown_key_is_answered_with_those_that_can_be_changed(path):
    with pytest.raises(sim.InputError) as caught:
        locate(CRISIS, path)
    (known,) = re.findall(r"(?:Known: |one of )([\w, ]+?)(?:\.|, or)", str(caught.value))
    above = path.rpartition(".")[0]
    for key in known.split(", "):
        assert locate(CRISIS, f"{above}.{key}" if above else key)


def test_entries_that_share_a_name_have_to_be_counted():
    twice = changed(CRISIS, {("events",): [CRISIS["events"][0]] * 2})
    with pytest.raises(sim.InputError, match="more than one"):
        locate(twice, "events.crisis.weeks")


@given(st.floats(0, 1), st.none() | st.floats(0, 1))
def test_the_other_shares_of_a_mix_make_room(d1, d2):
    given_shares: dict[Location, float] = {("employees", "mix", "d1"): d1}
    if d2 is not None and d1 + d2 <= 1:
        given_shares["employees", "mix", "d2"] = d2
    new = changed(EVERYDAY, given_shares)
    mix = new["employees"]["mix"]
    assert all(mix[place[-1]] == share for place, share in given_shares.items())
    assert math.isclose(math.fsum(mix.values()), 1)
    scenario_from(new)


@pytest.mark.parametrize("share", ["abc", None, [1], True])
def test_a_share_that_is_no_number_is_told_of(share):
    place = locate(EVERYDAY, "employees.mix.d1")
    assert fitting(EVERYDAY, {place: share}) == {place: share}
    with pytest.raises(InputError, match=r"employees\.mix\.d1"):
        scenario_from(changed(EVERYDAY, {place: share}))


@pytest.mark.parametrize(("value", "left"), [(False, 0), (0.0, 0), (True, 1), (1, 1)])
def test_an_event_is_taken_out_by_a_word_or_a_number(value, left):
    assert len(changed(CRISIS, {locate(CRISIS, "events.crisis.happens"): value})["events"]) == left


@pytest.mark.parametrize("value", [0.5, "false", None, math.nan])
def test_anything_else_takes_no_event_out(value):
    with pytest.raises(InputError, match="allowed is true or false"):
        changed(CRISIS, {locate(CRISIS, "events.crisis.happens"): value})


def test_a_kind_of_value_is_known_also_inside_an_event():
    assert takes_whole_numbers(CRISIS, locate(CRISIS, "events[1].weeks"), Scenario)
    assert not takes_whole_numbers(CRISIS, locate(CRISIS, "events[1].urgency"), Scenario)


def test_places_overlap_when_one_is_inside_the_other():
    assert overlap(("employees", "mix"), ("employees", "mix", "d1"))
    assert overlap(("a",), ("a",))
    assert not overlap(("teams", 0, "size"), ("teams", 1, "size"))
