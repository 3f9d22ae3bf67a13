"""The example in docs/examples: made by `make report`, whole, and of the form that a report has now.

Its numbers may lag behind the model's; `make report` makes them anew.
"""

import re
import shlex
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

from sim.analysis.futures import futures
from sim.scenario.load import load_scenario
from sim.view.report.make import ENDINGS, report
from tests.view.report.test_html import as_number, numbers_in, parsed, section

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs/examples"
SHOWN = (".html", ".pdf", ".docx", ".pptx")
"""Forms that there is an example of."""

STALE = "the example has fallen behind: make report"


@pytest.fixture(scope="module")
def tree():
    return parsed((FOLDER / "client-roster.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def now():
    """The same report as it would be made now, with few runs: its form is what matters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.view.report.runs.futures", partial(futures, sets=5))
        patch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)
        patch.setattr("sim.view.report.html.svg_of", lambda *_: "<svg></svg>")
        return parsed(report("client-roster", brand=FOLDER / "brand.toml", replications=10).html())


def headings(tree):
    """The chapters, and what the tables are about without their numbers."""
    return [element.get("id") for element in tree.iter("section")], [
        re.sub(r"\d+", "", "".join(element.itertext())) for element in tree.iter("caption")
    ]


def measured(tree):
    """Which metrics of which leadership styles the tables of levels have."""
    keys = {key for key, *_ in numbers_in(section(tree, "appendix")) if key.table == "levels"}
    return {(key.metric, key.style) for key in keys}


def test_every_form_is_there_and_small():
    sizes = [(FOLDER / f"client-roster{ending}").stat().st_size for ending in SHOWN]
    assert set(SHOWN) <= set(ENDINGS)
    assert min(sizes) > 10_000
    assert sum(sizes) < 2_000_000


def test_the_client_has_fourteen_people():
    assert len(load_scenario("client-roster").employees.people) == 14


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_it_was_made_by_make_report(tree):
    made = next(meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "generator")
    dry = ["make", "--dry-run", "--no-print-directory", "--assume-old=.venv/.ready", "report"]
    printed = subprocess.run(dry, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    asked = [Path(word).name for word in shlex.split(printed) if word != "--force"]
    run = load_scenario("client-roster").run
    asked[3:3] = ["--replications", str(run.replications), "--seed", str(run.seed)]
    assert shlex.split(made) == asked, STALE


def test_it_has_the_chapters_tables_and_measures_that_a_report_has_now(tree, now):
    assert headings(tree) == headings(now), STALE
    assert measured(tree) == measured(now), STALE


def test_its_numbers_are_those_of_its_tables(tree):
    table = {key: value for key, value, *_ in numbers_in(section(tree, "appendix"))}
    for key, value, step, shown in numbers_in(tree):
        assert table[key] == value
        assert abs(as_number(shown)) == pytest.approx(abs(value), abs=step / 2 * (1 + 1e-6))
