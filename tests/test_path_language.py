"""One language for places in a scenario: `--set`, a study, [uncertain] and a link of the app say and do the same."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sim.app.compare.link import from_query
from sim.app.compare.setting import prepared
from sim.cli.chosen import chosen_scenario
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.parameters import PARAMETERS
from sim.scenario.paths import locate, takes_whole_numbers, value_at
from sim.scenario.practices import practices
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.variants import drawn
from sim.study.load import study_from

NAMES = ("everyday", "several-teams", "crisis", "culture-programme")
TABLES = {name: load_scenario(name).model_dump() for name in NAMES}


def numbers(value, path=""):
    """The path of every number in a table; entries of lists counted, in brackets or not, and by their names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value, 1):
            name = next((inner[key] for key in ("name", "event", "practice") if key in inner), place)
            for step in (f"[{place}]", f".{place}", f".{name}", f"[{name}]"):
                yield from numbers(inner, path + step)
    elif isinstance(value, int | float) and not path.startswith(("run.", "uncertain.")):
        yield path


PATHS = {
    name: [
        *numbers(table),
        *(parameter.name for parameter in PARAMETERS[::20]),
        *(f"parameters.{parameter.name}" for parameter in PARAMETERS[::20]),
        *(f"practices.{practice}" for practice in practices()),
    ]
    for name, table in TABLES.items()
}

places = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(PATHS[name])))
values = st.sampled_from((0.0, 0.25, 1.0, 2.0, 7.0, 12.0, 40.0, -1.0)) | st.integers(0, 1000).map(lambda k: k / 1000)


def by_option(name, path, value):
    return chosen_scenario(name, None, [f"{path}={value!r}"])


def by_study(name, path, value):
    vary = [{"path": path, "values": [value]}]
    table = {"title": "t", "scenarios": [name], "styles": ["democratic"], "replications": 1}
    resolved = study_from({**table, "design": {"kind": "factorial", "vary": vary}})
    (situation,) = resolved.situations
    return situation.at(situation.values(resolved.points.rows[0]))


def by_range(name, path, value):
    scenario = scenario_from({**TABLES[name], "uncertain": {path: [value, value]}}, source=name)
    return drawn(scenario, {path: 0.5})


def by_link(name, path, value):
    arrival = from_query(urlencode([("scenario", name), ("set", f"{path}:{value!r}")]))
    if arrival.notes:
        raise InputError(" ".join(arrival.notes))
    return prepared(arrival.setting).scenario


WAYS = (by_option, by_study, by_range, by_link)


def outcome(way, name, path, value):
    """The scenario that comes of it, without ranges, or the error."""
    try:
        return way(name, path, value).model_copy(update={"uncertain": {}})
    except InputError as error:
        return str(error)


def mix_of(scenario):
    assert scenario.employees.mix is not None
    return scenario.employees.mix


@given(places, values)
@example(("everyday", "employees.mix.d1"), 0.5)
@example(("several-teams", "teams[1].size"), 7.0)
@example(("crisis", "events.crisis.weeks"), 7.0)
@example(("culture-programme", "practices.core-values"), 0.0)
@example(("everyday", "practices.recognition"), 0.25)
def test_the_same_change_gives_the_same_scenario_however_it_is_said(where, value):
    name, path = where
    table = TABLES[name]
    place = locate(table, path)
    if place[-2:-1] == ("mix",):  # where the others are nothing, chance has a rule of its own
        assume(sum(share for level, share in value_at(table, place[:-1]).items() if level != place[-1]) > 0)
    found = [outcome(way, name, path, value) for way in WAYS]
    if any(isinstance(one, Scenario) for one in found):
        first = found[0]
        assert all(one == first for one in found)
        assert value_at(first.model_dump(), place) == value
        whole = takes_whole_numbers(table, place, Scenario)
        assert isinstance(value_at(first.model_dump(), place), int if whole else float)
    else:
        reason = re.search(r"(got .*)", found[0])
        # That a range of whole numbers has whole ends is said before anything is tried.
        assert reason is None or all(reason[1][:30] in one or "so are its bounds" in one for one in found), found


@given(places, st.data())
@example(("everyday", "market.urgncy"), None)
@example(("everyday", "contagon"), None)
@example(("everyday", "run.seed"), None)
@example(("everyday", "title"), None)
@example(("everyday", "teams[9].size"), None)
@example(("everyday", "events.crisis.weeks"), None)
def test_a_bad_path_is_said_to_be_bad_in_the_same_words(where, data):
    name, path = where
    if data is not None:
        place = data.draw(st.integers(0, len(path) - 1))
        path = path[:place] + data.draw(st.sampled_from(("", "x", "..", "[", "9"))) + path[place + 1 :]
    try:
        locate(TABLES[name], path)
    except InputError as error:
        message = str(error)
    else:
        assume(False)
    assume(path.strip() == path and "=" not in path and path)
    for way in WAYS:
        text = outcome(way, name, path, 0.5)
        assert isinstance(text, str)
        assert message in text


@pytest.mark.parametrize("way", WAYS)
def test_the_share_that_is_given_stays_as_it_is_given(way):
    mix = mix_of(way("everyday", "employees.mix.d1", 0.5))
    assert mix.d1 == 0.5
    assert sum(mix.shares) == pytest.approx(1)
    usual = mix_of(load_scenario("everyday"))
    assert mix.d2 / mix.d3 == pytest.approx(usual.d2 / usual.d3)


def test_shares_that_chance_gave_are_scaled_only_where_they_cannot_stay():
    ranges = {"employees.mix.d1": [0.0, 0.8], "employees.mix.d2": [0.0, 0.6]}
    scenario = scenario_from({**TABLES["everyday"], "uncertain": ranges})
    both = mix_of(drawn(scenario, dict.fromkeys(ranges, 0.5)))
    assert (both.d1, both.d2) == (0.4, 0.3)
    most = mix_of(drawn(scenario, dict.fromkeys(ranges, 1.0)))
    assert most.shares == pytest.approx((0.8 / 1.4, 0.6 / 1.4, 0, 0))
