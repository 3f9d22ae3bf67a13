"""Nothing that a visitor has done is lost, and what a page says first is in sight."""

import contextlib
import random
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from sim.app.compare.link import to_query
from sim.app.compare.setting import Setting
from sim.scenario.load import load_scenario, scenario_from, to_toml
from tests.browser.answers import QUICK, anew, begin, expect_answer, more_styles
from tests.browser.files import rows, saved
from tests.browser.serving import served
from tests.browser.visitor import GO, WINDOW

CUT = "() => solara.debug.ws().close()"
"""Closes the real websocket of the page, as a sleeping laptop or a restarted server does."""

FOLDS = {"laptop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
"""Screens on which the verdict, the rankings and the charts have to be seen without scrolling."""


def test_a_lost_connection_is_said_and_what_was_asked_meanwhile_is_answered(browser, address):
    context = browser.new_context(viewport=WINDOW)  # not a visitor of whom no fault is allowed: this one has no network
    page = context.new_page()
    first = replace(QUICK, changes={"market.demand": 1.0})
    page.goto(f"{address}/?{to_query(first)}")
    expect_answer(page, first)
    page.evaluate("window.before = true")
    context.set_offline(True)
    page.evaluate(CUT)
    expect(page.get_by_role("alert").filter(has_text="connection to the app is lost")).to_be_in_viewport()
    for name in ("Urgency", "Turbulence"):
        page.get_by_role("slider", name=name, exact=True).press("End")
    page.get_by_role("button", name="Pin this situation").click()
    context.set_offline(False)
    page.wait_for_function("() => !window.before")
    changes = {**first.changes, "market.urgency": 1.0, "market.turbulence": 1.0}
    expect_answer(page, replace(QUICK, changes=changes, pinned=changes))
    urgency = page.get_by_role("slider", name="Urgency", exact=True)
    expect(urgency).to_have_value("1")
    urgency.press("Home")  # and it goes on
    expect_answer(
        page,
        replace(QUICK, changes={"market.demand": 1.0, "market.turbulence": 1.0, "market.urgency": 0.0}, pinned=changes),
    )
    context.close()


def too_large_for_a_link() -> str:
    """A scenario in which much is remarked that cannot be compressed."""
    chance = random.Random(1)  # noqa: S311
    events = [
        {"event": "demand", "week": week, "weeks": 1, "factor": 1.0, "note": f"{chance.getrandbits(1900):x}"}
        for week in range(1, 31)
    ]
    table = load_scenario("everyday").model_dump(exclude_none=True)
    return to_toml(scenario_from({**table, "name": "large", "title": "Our large business", "events": events}))


def test_after_a_restart_of_the_server_the_page_comes_back_with_its_state(browser):
    """Also with a scenario that no link can hold: the server forgets it, and the browser tab keeps it."""
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    with served() as (address, server):
        page.goto(f"{address}/?{to_query(QUICK)}")
        expect_answer(page, QUICK)
        file = {"name": "large.toml", "mimeType": "application/toml", "buffer": too_large_for_a_link().encode()}
        page.get_by_label("Open a scenario file").set_input_files(file)
        expect(page.get_by_role("button", name="Copy a link to this view")).to_be_disabled()
        expect(page.get_by_text("too large for a link. It stays in this browser tab")).to_be_visible()
        urgency = page.get_by_role("slider", name="Urgency", exact=True)
        urgency.press("End")
        page.get_by_role("button", name="Urgency 0.3 → 1: undo").wait_for()
        expect(page).to_have_url(re.compile("kept=.*set=market.urgency:1"))
        said = page.locator(".ts-first").inner_text()
        page.evaluate("window.before = true")
        server.kill()
        server.wait()
        expect(page.get_by_role("alert").filter(has_text="connection to the app is lost")).to_be_in_viewport()
        page.get_by_role("slider", name="Turbulence", exact=True).press("End")  # and this is asked when it is back
    with served(urlsplit(address).port):
        page.wait_for_function("() => !window.before", timeout=60_000)
        expect(page.locator(".ts-about")).to_contain_text("Our large business", timeout=60_000)
        expect(urgency).to_have_value("1")
        page.get_by_role("button", name="Turbulence 0.2 → 1: undo").click()
        expect(page.locator(".ts-first")).to_have_text(said, use_inner_text=True)
        page.reload()
        expect(page.locator(".ts-about")).to_contain_text("Our large business", timeout=60_000)
        elsewhere = browser.new_context().new_page()
        elsewhere.goto(page.url)
        expect(elsewhere.get_by_role("alert")).to_contain_text("kept only in the browser tab in which it was opened")
        elsewhere.context.close()
    context.close()


@pytest.mark.parametrize("fold", FOLDS)
def test_who_is_best_is_seen_without_scrolling(look, fold):
    setting = Setting(scenario="crisis", metric="decision_delay", replications=25)
    page = begin(look, setting, viewport=FOLDS[fold])
    verdict = page.locator(".ts-first")
    expect(verdict).to_contain_text("In weeks 27 to 34: morale is highest under")
    for seen in (verdict, *page.locator(".ts-strip").all(), *page.locator(".ts-picture").all()[:2]):
        expect(seen).to_be_in_viewport(ratio=1)
    assert verdict.evaluate("one => one.scrollHeight <= one.clientHeight + 1")  # nothing of it is cut
    expect(page.locator(".ts-asked-about")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # What was changed is named whole.
    page.get_by_role("button", name="Try this: What if the leader has more time?").click()
    undo = page.get_by_role("button", name="undo")
    undo.wait_for()
    if fold == "laptop":
        for part in (undo, page.locator(".ts-compared")):
            assert part.evaluate("one => one.getBoundingClientRect().right <= innerWidth")
            expect(part).to_be_in_viewport(ratio=1)


def test_what_is_tried_and_why_is_beside_the_rankings(look):
    page = begin(look)
    page.get_by_role("button", name="Try this: What if nothing can wait?").click()
    page.get_by_text("Your change.").wait_for()
    expect(page.get_by_role("slider", name="Urgency", exact=True)).to_have_value("0.9")
    page.get_by_role("button", name="Why? The ranking of morale").click()
    expect(page.get_by_role("region", name="Why?")).to_be_visible()  # what it says is looked at elsewhere


def test_lessons_and_a_style_in_the_making_survive_a_reload_and_can_be_taken_along(visit):
    page = anew(visit("/learn?lesson=honeymoon"))
    first = page.locator(".ts-card").first
    first.get_by_role("radio", name="It rises", exact=True).check()
    first.get_by_role("button", name="Commit").click()
    first.locator("[data-outcome]").wait_for()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Styles").click()
    page.get_by_role("slider", name="support").fill("0.95")
    expect(page.get_by_label("Your style as TOML")).to_contain_text("support = 0.95")
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("no such name!")
    expect(page.get_by_role("alert")).to_contain_text("no such name!")
    name.fill("warm")  # what is wrong goes away while it is put right, not only when the field is left
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Your style as TOML")).to_contain_text("[styles.warm.behaviour]")
    expect(page.get_by_label("Your style as TOML")).to_contain_text("support = 0.95")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Learn").click()
    expect(page.get_by_role("progressbar", name="Predictions made in lesson 1")).to_have_attribute("value", "1")
    _, content = saved(page, page.get_by_role("button", name="Download my predictions").click)
    header, row = rows(content)
    assert header == ["lesson", "round", "question", "my guess", "seed"]
    assert row[0] == "honeymoon"
    assert row[3] == "It rises"
    page.get_by_role("button", name="Forget my predictions").click()
    expect(page.get_by_role("button", name="Forget my predictions")).to_have_count(0)


def test_a_number_that_is_none_is_said_to_be_none(look):
    page = look("/team?scenario=novices")
    luck = page.get_by_label("Luck")
    luck.press("End")
    page.keyboard.type(",5")
    luck.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text('"0,5" is not a whole number')
    expect(page).to_have_url(re.compile("novices$"))
    luck.fill("7")
    luck.press("ArrowUp")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile("replication=8"))


def test_a_finger_that_scrolls_leaves_the_slider_alone(visit):
    page = begin(visit, viewport=FOLDS["phone"], has_touch=True, is_mobile=True)
    slider = page.get_by_role("slider", name="Urgency", exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    hand = page.context.new_cdp_session(page)

    def swipe(across, along):
        """A finger that comes down at nine tenths of the slider and goes on from there."""
        x, y = box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2
        hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for part in range(1, 5):
            point = {"x": x + across * part / 4, "y": y + along * part / 4}
            hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(0, -60)
    page.wait_for_timeout(200)
    expect(slider).to_have_value("0.3")
    expect(page.get_by_text("Your change.")).to_have_count(0)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    swipe(-40, 2)
    page.get_by_text("Your change.").wait_for()
    expect(slider).not_to_have_value("0.3")


PAPER = {"width": 703, "height": 1000}
"""What is left of a sheet of A4 between its margins, at 96 dots an inch."""

BEYOND = """() => [...document.querySelectorAll('.ts-main *')]
  .filter((one) => one.checkVisibility() && !one.closest('.ts-hidden, .rc thead'))
  .filter((one) => one.getBoundingClientRect().width && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 90))"""
"""What is cut off at the edge of the paper."""

WHOLE = f"() => ({BEYOND})().length === 0"


def test_every_page_is_whole_on_paper_and_from_right_to_left(look):
    page = begin(look, viewport=PAPER)
    page.emulate_media(media="print")
    pictures = page.locator(".ts-picture svg")
    for picture in pictures.all():
        expect(picture).to_be_visible()  # it is drawn anew for the paper
        box = picture.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PAPER["width"]
        assert box["height"] > 60
    assert pictures.count() == 4
    assert not page.evaluate(BEYOND)
    expect(page.get_by_role("slider", name="Urgency")).to_be_hidden()
    page.evaluate("document.documentElement.dataset.theme = 'dark'; dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    for place, there in (
        ("/learn", "link"),
        ("/evidence", "table"),
        ("/team?scenario=novices", "slider"),
        ("/styles", "table"),
    ):
        page.evaluate(GO, place)
        page.get_by_role(there).first.wait_for()
        if place == "/styles":
            page.get_by_role(
                "region", name="Competence and commitment"
            ).wait_for()  # what is computed is wider than what says so
        for width in (PAPER["width"], 794):  # as much as there is between the margins, and the whole sheet without any
            page.set_viewport_size({**PAPER, "width": width})
            with contextlib.suppress(TooLate):  # the style of a component comes a moment after its elements
                page.wait_for_function(WHOLE, timeout=5000)
            assert not page.evaluate(BEYOND), (place, width)
    page.emulate_media(media="screen")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(
        "document.body.scrollWidth <= innerWidth && document.querySelector('h1').getBoundingClientRect().left >= 0"
    )
    page.evaluate("document.documentElement.dir = 'ltr'")


def test_boxes_and_bars_are_told_apart_in_the_dark_and_in_forced_colours(look):
    page = begin(look)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    ground = "one => getComputedStyle(one).backgroundColor"
    boxes = more_styles(page).locator(".ts-styles input")
    ticked, empty = boxes.and_(page.locator(":checked")).first, boxes.and_(page.locator(":not(:checked)")).first
    assert sum(_parts(empty.evaluate(ground))) < 200 < sum(_parts(ticked.evaluate(ground)))
    page.emulate_media(forced_colors="active")
    shares = page.locator(".ts-mix-bar span").all()
    assert len({tuple(_parts(share.evaluate(ground))) for share in shares}) == 4
    page.emulate_media(color_scheme="light", forced_colors="none")


def _parts(colour):
    """Red, green and blue of a colour as the browser writes it."""
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]
