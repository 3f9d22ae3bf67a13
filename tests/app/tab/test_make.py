"""A page is one file that asks for nothing; what it cannot hold is said when it is made."""

import os
import re
import subprocess
import sys

import pytest

from sim.app.tab.make import Wanted, check, page_of
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.problems import InputError

LARGEST = 2_000_000


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(Wanted(load_scenario("everyday"), command="teamsim export everyday --out team.html"))


def test_it_is_small_and_names_no_address(page):
    assert len(page.encode()) < LARGEST
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)
    assert "default-src 'none'" in page


def test_it_says_how_far_to_trust_it_and_where_it_comes_from(page):
    assert "published findings come out right" in page
    assert re.search(r"teamsim \S+, model \d+", page)
    assert "by this command: teamsim export everyday --out team.html" in page


def test_more_than_a_page_can_run_is_refused_with_the_limit():
    teams = [{"name": f"Team {k}", "size": 25} for k in range(10)]
    table = load_scenario("everyday").model_dump() | {"teams": teams, "run": {"weeks": 1040}}
    with pytest.raises(InputError, match=r"250 people .* x 1040 weeks x 4 styles are too many for a page, .* 300,000"):
        check(scenario_from(table), ("a", "b", "c", "d"))
    assert check(load_scenario("everyday"), ("a", "b", "c", "d")) > 400


def test_replications_that_do_not_fit_are_refused_and_without_a_number_as_many_as_fit_are_run():
    teams = [{"name": f"Team {k}", "size": 25} for k in range(10)]
    large = scenario_from(load_scenario("everyday").model_dump() | {"teams": teams})
    styles = ("agile", "servant", "S1")
    assert '"replications":38,' in page_of(Wanted(large, styles, ("market.urgency",)))
    said = "--replications 39: .* 250 people .* x 104 weeks x 3 styles, .* run 38 replications .*Take 38 or fewer"
    with pytest.raises(InputError, match=said):
        page_of(Wanted(large, styles, ("market.urgency",), replications=39))


def test_only_the_styles_and_controls_asked_for_are_on_it():
    some = page_of(Wanted(load_scenario("everyday"), ("agile", "servant"), ("market.urgency",)))
    assert '"market.urgency"' in some
    assert '"leader.hours"' not in some
    assert '"name":"agile"' in some
    assert '"name":"autocratic"' not in some


@pytest.mark.parametrize(
    ("styles", "controls", "said"), [(("agil",), (), "agile"), ((), ("market.urgenzy",), "market.urgency")]
)
def test_what_there_is_not_is_said_with_what_is_near(styles, controls, said):
    with pytest.raises(InputError, match=said):
        page_of(Wanted(load_scenario("everyday"), styles, controls))


@pytest.mark.thorough  # the import contracts say it of what is written, this of what happens
def test_it_is_made_without_the_framework_of_the_app():
    code = "import sys, sim.app.tab.make; sys.exit('solara' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ).returncode == 0


@pytest.mark.parametrize(("language", "says"), [("de", "Vergleichen"), ("fr", "Comparer"), ("es", "Comparar")])
def test_it_speaks_the_language_that_is_asked_for(language, says):
    page = page_of(Wanted(load_scenario("everyday"), command="", language=language))
    assert f'<html lang="{language}"' in page
    assert "published findings come out right" not in page
    assert says in page
