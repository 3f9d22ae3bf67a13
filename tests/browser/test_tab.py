"""A page in one file, opened from the disk: nothing leaves it, it works like the app, and everybody can use it."""

import numpy as np
import pytest
from playwright.sync_api import expect

from sim.app.tab import reasons
from sim.app.tab.make import Wanted, page_of
from sim.app.tab.report import report_with_page
from sim.model.build import Blueprint
from sim.run.tab.company import company_of
from sim.run.tab.program import program
from sim.scenario.load import load_scenario
from tests.browser.test_accessible import FAULTS, OF_COLOURS, TOO_WIDE, axe
from tests.model.test_two_drivers import COVERING, shipped
from tests.run.tab.programs import REVIVE, Runs
from tests.run.tab.test_same_runs import CLOSE, by_engine

READY = "document.querySelectorAll('.ts-compare .ts-picture svg').length === 4"
ANSWERED = "Number(document.documentElement.dataset.answered)"
LAPTOP, PHONE = {"width": 1366, "height": 800}, {"width": 375, "height": 740}

RUN = """(given) => {
  const { company, arms, weeks, seed } = given;
  start(3e6);
  const prepared = prepare(Ready(revived(company), arms), weeks);
  replication(prepared, seed, 0);
  const at = prepared.measures.company;
  return Array.from(M.subarray(at, at + arms.length * weeks * WIDTH.MEASURES), (one) => Number.isNaN(one) ? null : one);
}"""

CUT = """() => [...document.querySelectorAll('.ts-findings button, .ts-rank-chip')]
  .filter((one) => one.getBoundingClientRect().right > one.closest('.ts-card').getBoundingClientRect().right)
  .map((one) => one.innerText)"""
"""Buttons and ranks that run past the edge of the results."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Pages by their name."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "team.html").write_text(page_of(Wanted(load_scenario("everyday"))), encoding="utf-8")
    lesson = Wanted(load_scenario("crisis"), replications=25, lesson="crisis")
    (folder / "lesson.html").write_text(page_of(lesson), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reasons, "REPLICATIONS", 3)
        why = Wanted(load_scenario("crisis"), ("autocratic", "democratic"), ("market.urgency",), why=True)
        (folder / "why.html").write_text(page_of(why), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, files):
    """Open a page; nothing may be asked for from anywhere, and nothing may go wrong."""
    contexts, wrong = [], []

    def open_page(name="team.html", link="", **options):
        context = browser.new_context(**{"viewport": LAPTOP, **options})
        contexts.append(context)
        page = context.new_page()
        file = (files / name).as_uri()
        page.on("request", lambda asked: wrong.append(asked.url) if not _is_own(asked.url, file) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(file + link)
        page.wait_for_function(READY)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def _is_own(url: str, file: str) -> bool:
    return url.partition("#")[0] == file or url.startswith(("blob:", "data:"))


def answered(page, do) -> None:
    """Do something, and wait for the answer to it."""
    before = page.evaluate(ANSWERED)
    do()
    page.wait_for_function(f"(before) => {ANSWERED} > before", arg=before)


def test_a_slider_moves_results_and_the_link_brings_them_back(opened):
    page = opened()
    urgency = page.get_by_label("Urgency", exact=True)
    urgency.focus()
    answered(page, lambda: urgency.press("End"))
    expect(page.get_by_text("Your change.")).to_be_visible()
    # Nothing was pinned, so nothing is called so.
    page.get_by_role("button", name="Morale: show as a table").click()
    expect(page.get_by_role("region", name="Morale, table")).to_contain_text("; compared with ")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Morale: save as CSV", exact=True).click()
    assert saved.value.path().read_text(encoding="utf-8").startswith("week,name,mean,low,high,compared with,")
    said = page.locator(".ts-words").inner_text()
    link = page.evaluate("location.hash")
    assert link == "#set=market.urgency:1"
    again = opened(link=link)
    expect(again.locator(".ts-words")).to_have_text(said, use_inner_text=True)
    answered(page, page.go_back)
    expect(page.get_by_text("Nothing is changed.")).to_be_visible()
    answered(again, lambda: again.get_by_role("button", name="Urgency 0.3 → 1: undo").click())
    expect(again.get_by_text("Nothing is changed.")).to_be_visible()


def test_on_a_phone_nothing_is_cut_at_the_edge(opened):
    page = opened(link="#set=market.urgency:1", viewport=PHONE)
    assert page.evaluate(CUT) == []


def test_a_link_that_cannot_be_followed_is_said(opened):
    page = opened(link="#set=market.urgency:7&set=nothing:1&styles=foo&metric=fun&weeks=0&what=1&set=market.demand:1")
    expect(page.get_by_role("alert")).to_have_count(6)
    expect(page.get_by_role("button", name="Work to do 0.85 → 1: undo")).to_be_visible()


def test_styles_runs_and_the_third_chart_can_be_chosen(opened):
    page = opened()
    answered(page, lambda: page.get_by_label("Third chart").select_option("trust"))
    expect(page.locator(".ts-chart-title").nth(2)).to_have_text("Trust")
    page.get_by_text("More styles").click()
    answered(page, lambda: page.get_by_label("servant", exact=True).check())
    page.get_by_text("How it is run").click()
    answered(page, lambda: page.get_by_label("Replications").select_option("25"))
    expect(page.locator(".ts-about")).to_contain_text("25 replications")
    page.get_by_role("spinbutton", name="Weeks").fill("5000")
    page.get_by_role("spinbutton", name="Weeks").press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("weeks: got 5000; allowed is a whole number from 1 to 1,040.")
    page.get_by_role("button", name="Morale: show as a table").click()
    expect(page.get_by_role("region", name="Morale, table")).to_contain_text("servant")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Output: save as CSV", exact=True).click()
    assert "servant" in saved.value.path().read_text(encoding="utf-8")


def test_a_change_is_offered_and_who_is_best_is_ranked(opened):
    page = opened("lesson.html")
    first = page.locator(".ts-first")
    expect(first).to_contain_text("In weeks 27 to 34: ")
    expect(page.get_by_role("group", name="Morale, from best to worst")).to_be_visible()
    expect(page.get_by_role("button", name="Why?")).to_have_count(0)
    said = first.inner_text()
    answered(page, page.get_by_role("button", name="Try this: What if the leader has more time?").click)
    expect(page.get_by_text("Your change.")).to_be_visible()
    assert page.evaluate("location.hash") == "#set=leader.hours:45"
    expect(page.get_by_role("button", name="Try this")).to_have_count(0)
    answered(page, page.get_by_role("button", name="Back to the start").click)
    expect(first).to_have_text(said)


def test_why_styles_differ_is_said_of_the_situation_that_the_page_begins_with(opened):
    page = opened("why.html")
    page.get_by_role("button", name="Why? The ranking of morale").click()
    panel = page.get_by_role("region", name="Why?")
    expect(panel.get_by_role("heading")).to_have_text(
        "Morale in weeks 27 to 34: why autocratic differs from democratic"
    )
    expect(panel.get_by_role("list", name="The main way").get_by_role("button").first).to_contain_text("How leaders")
    panel.get_by_role("combobox", name="Metric").select_option(label="Turnover")
    expect(panel.get_by_role("heading")).to_contain_text("Turnover in weeks 27 to 34")
    urgency = page.get_by_label("Urgency", exact=True)
    answered(page, lambda: urgency.press("End"))
    expect(panel).to_have_count(0)  # the reasons are those of another situation
    expect(page.get_by_role("button", name="Why?")).to_have_count(0)
    answered(page, page.get_by_role("button", name="Back to the start").click)
    expect(page.get_by_role("button", name="Why? The ranking of output")).to_be_visible()


def test_a_lesson_is_played_in_its_page(opened):
    page = opened("lesson.html")
    first = page.get_by_role("region", name="Round 1")
    first.get_by_role("radio", name="democratic", exact=True).check()
    first.get_by_role("button", name="Commit to this guess").press("Enter")
    expect(first.locator("[data-outcome]")).to_be_visible()
    expect(first.locator("form")).to_be_focused()  # the button is gone, and who uses the keyboard goes on from here
    expect(first.get_by_role("status")).to_contain_text("Mean output (% of full capacity) in weeks 27 to 34: ")
    expect(first.get_by_role("img", name="Output by week")).to_be_visible()
    before = first.get_by_role("status").inner_text()
    first.get_by_role("button", name="other luck").click()
    expect(first.get_by_text("Seed 2, 100 runs of each.")).to_be_visible()
    assert first.get_by_role("status").inner_text() != before
    # A slider is answered all the same.
    urgency = page.get_by_label("Urgency", exact=True)
    answered(page, lambda: urgency.press("End"))


@pytest.mark.parametrize(
    ("name", "size", "scheme", "rules"),
    [
        ("team.html", LAPTOP, "light", None),
        ("team.html", PHONE, "dark", OF_COLOURS),
        ("lesson.html", PHONE, "light", None),
    ],
)
def test_everybody_can_use_it(opened, name, size, scheme, rules):
    page = opened(name, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.get_by_text("All headline figures").click()
    page.evaluate(axe())
    assert page.evaluate(FAULTS, rules) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.dataset.theme") == scheme


def same_in_the_browser(browser, names):
    page = browser.new_context().new_page()
    page.goto("about:blank")
    page.add_script_tag(content=program() + REVIVE.replace("JSON.parse(text)", "text"))
    for name in names:
        scenario, styles = shipped(name), COVERING[name]
        blueprint = Blueprint(scenario)
        weeks = scenario.run.weeks
        company = company_of(blueprint, blueprint.timetable(tuple(styles)))
        given = {"company": company, "arms": list(range(len(styles))), "weeks": weeks, "seed": 7}
        found = np.array(page.evaluate(RUN, given), float).reshape(len(styles), weeks, -1)
        expected = by_engine(Runs(scenario, styles, (0,), 7))[0]
        assert np.array_equal(np.isnan(found), np.isnan(expected)), name
        off = np.abs(found - expected) / np.maximum(np.abs(expected), 1.0)
        assert np.nanmax(off) < CLOSE, name
    page.context.close()


def test_runs_in_a_browser_are_those_of_the_engine(browser):
    same_in_the_browser(browser, ("crisis", "client-roster"))


@pytest.mark.thorough
def test_runs_of_every_shipped_scenario_are(browser):
    same_in_the_browser(browser, COVERING)


@pytest.mark.thorough
def test_a_report_has_sliders_and_its_own_address(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_with_page(Wanted(load_scenario("crisis"), replications=30)), encoding="utf-8")
    page = browser.new_page(viewport=LAPTOP, bypass_csp=True)
    page.goto(file.as_uri())
    inside = page.frame_locator("iframe")
    inside.get_by_label("Urgency", exact=True).press("End")
    expect(inside.get_by_text("Your change.")).to_be_visible()
    assert page.evaluate("location.hash") == "#set=market.urgency:1"
    # On paper the answer is there, and not what is scrolled to.
    within = page.frames[1]
    within.evaluate("scrollTo(0, 500)")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert within.evaluate("scrollY") == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('iframe').style.height") == "46rem"
    page.evaluate(axe())
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate(FAULTS, None) == []
        assert page.evaluate(TOO_WIDE) == []
    page.close()
