"""The page on situational leading: what it says first follows from its numbers."""

import pandas as pd
import pytest

from sim.analysis.doubt import SOURCES
from sim.analysis.evidence import published
from sim.analysis.situational import METRICS, PARTS, STEPS, TrialResults
from sim.scenario.load import load_scenario
from sim.view.situational import GROUP, save_markdown, trial_tables


def made_up(matching):
    """A trial in which every step is worth 1 point, and matching what is given for each context."""
    rows = [
        (
            context,
            metric,
            step.name,
            (value if step is PARTS[0] else 1.0) / (100 if metric == "morale" else 1),
            0,
            0,
            0.97,
        )
        + (0.25,) * len(SOURCES)
        for context, value in matching.items()
        for metric in METRICS
        for step in STEPS
    ]
    table = pd.DataFrame(rows, columns=["context", "metric", "step", "mean", "low", "high", "above", *SOURCES])
    first = pd.DataFrame([(c, m, 0.1) for c in matching for m in METRICS], columns=["context", "metric", "share"])
    return TrialResults(table, first, 4, 1)


@pytest.fixture
def page(tmp_path):
    def written(**matching):
        save_markdown(made_up(matching), tmp_path / "page.md")
        return (tmp_path / "page.md").read_text(encoding="utf-8")

    return written


def test_what_adapting_brings_comes_first(page):
    beginning = page(novices=2.0, everyday=1.0).split("\n\n")[2]
    assert beginning.startswith("**A leader who finds out levels and adapts gets +1.0 points of output and +1.0 points")


def test_a_model_that_matches_least_with_beginners_is_said_to_be_against_what_is_published(page):
    against = "against the finding that it works with beginners"
    assert against in page(novices=1.0, everyday=2.0)
    assert against not in page(novices=2.0, everyday=1.0)
    assert against not in page(everyday=2.0, experts=1.0)


def test_the_patterns_are_those_of_the_record(page):
    record = published()
    assert record is not None
    for pattern in record["patterns"]:
        if pattern["group"] == GROUP:
            assert f"| {pattern['figures'][0]['value']:.2f} |" in page(novices=1.0)


def test_the_page_that_comes_with_the_project_has_the_patterns_of_the_record():
    from sim.analysis.evidence import patterns_path
    from sim.view.situational import patterns_table

    kept = (patterns_path().parents[1] / "docs" / "situational.md").read_text(encoding="utf-8")
    assert patterns_table() in kept


def test_the_table_shows_every_step(page):
    from rich.console import Console

    screen = Console(width=200, record=True)
    for part in trial_tables(made_up({"novices": 1.0})):
        screen.print(part)
    shown = screen.export_text()
    assert all(step.name in shown for step in STEPS if not step.name.startswith("less "))
    assert load_scenario("novices").name in shown
