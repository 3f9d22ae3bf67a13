"""A page in one file, in a real Chromium: its size, how soon there is a picture, how soon a slider is answered."""

import statistics

import pytest

from sim.app.tab.make import Wanted, page_of
from sim.scenario.load import load_scenario
from tests.benchmark.measure import say
from tests.benchmark.test_app import WINDOW, crowding
from tests.browser.serving import FLAGS, chromium

pytest.importorskip("solara")
sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.benchmark

LARGEST = 2_000_000
FIRST, MOVE = 1000.0, 300.0
"""Milliseconds until the first picture, and from a move of a slider to its answer: 12 people, 104 weeks, 4 styles, 100
replications, in one thread."""

MOVES = 20

FIRST_PICTURE = """() => new Promise((done) => {
  const there = () => document.querySelectorAll('.ts-picture svg').length === 4;
  const look = () => (there() ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""


WATCH = """() => {
  window.seen = {};
  addEventListener('keydown', () => (window.seen = { moved: performance.now() }), true);
  new MutationObserver(() => (seen.answered ??= performance.now()))
    .observe(document.documentElement, { attributes: true, attributeFilter: ['data-answered'] });
}"""
"""Notes when a slider is moved and when that is answered. A move is told twice, on its way and where it ends: the first
answer counts."""

TOOK = "() => seen.answered ? seen.answered - seen.moved : null"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "team.html"
    path.write_text(page_of(Wanted(load_scenario("everyday"))), encoding="utf-8")
    return path


def test_size(file):
    size = file.stat().st_size
    say(f"A page has {size / 1e6:.2f} MB.")
    assert size < LARGEST


def test_first_picture_and_a_move_of_a_slider(file):
    crowded = crowding()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport=WINDOW)
        page.goto(file.as_uri())
        first = page.evaluate(FIRST_PICTURE)
        slider = page.get_by_label("Urgency", exact=True)
        slider.focus()
        page.evaluate(WATCH)
        took = []
        for _ in range(MOVES):
            slider.press("ArrowRight")
            took.append(page.wait_for_function(TOOK).json_value())
            page.wait_for_timeout(100)  # until where it ends is answered, too
        browser.close()
    middle = statistics.median(took)
    say(
        f"A page: first picture after {first:.0f} ms; a move of a slider takes {middle:.0f} ms (median of {MOVES}, from"
        f" {min(took):.0f} to {max(took):.0f}); crowding {crowded:.1f}."
    )
    assert first < FIRST * crowded
    assert middle < MOVE * crowded
