"""One report that many tests look at: a client with two leaders, an event and people with names."""

from functools import partial

import pytest

from sim.analysis.futures import futures
from sim.scenario.load import load_scenario, scenario_from
from sim.view.report.brand import Brand
from sim.view.report.make import Report, report

NAMED = {"description": "Greta Holm will take over. Cem wants more <say> & a raise.", "question": "What of Dorota?"}
"""Texts in which people are named, with signs that a page must not take for its own."""


def client_scenario():
    """The shipped example of a client, with an event that names somebody and with names in its texts."""
    table = {**load_scenario("client-roster").model_dump(), **NAMED}
    table["run"] = {**table["run"], "replications": 40, "weeks": 52}
    table["events"] = [
        {"event": "key_person_leaves", "week": 20, "person": "Anton Bergmann", "note": "Anton retires."},
        {"event": "crisis", "week": 30, "weeks": 6},
    ]
    return scenario_from(table)


@pytest.fixture(scope="session")
def client() -> Report:
    """Its report, made once."""
    styles = ["autocratic", "servant", "situational", "step-by-step"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.analysis.practice_effects.REPLICATIONS", 5)
        patch.setattr("sim.view.report.runs.futures", partial(futures, sets=40))
        return report(client_scenario(), styles=styles, brand=Brand("Muster & Partner", "#AA3311", "Confidential"))


@pytest.fixture(scope="session")
def page(client) -> str:
    """The report as a page."""
    html: str = client.html()
    return html


@pytest.fixture
def without_pictures(monkeypatch):
    """For tests of words: pictures take most of the time."""
    monkeypatch.setattr("sim.view.report.html.svg_of", lambda *_: "<svg></svg>")
