"""The page Compare as somebody uses it: each control has its effect; what is seen can be taken along and comes back."""

import re
import tomllib
from contextlib import contextmanager
from dataclasses import replace

from playwright.sync_api import expect

from sim.app.compare.setting import Setting
from sim.scenario.load import load_scenario
from tests.browser.answers import QUICK, begin, expect_answer, more_styles, settled
from tests.browser.files import saved

FOCUSED = """() => {
  const here = document.activeElement;
  return here.getAttribute('aria-label') || here.labels?.[0]?.innerText.trim() || here.innerText.trim();
}"""
"""What a screen reader would call the thing that has the focus."""


OVERLAPPING = """(chart, word) => {
  const texts = [...chart.querySelectorAll('text')].filter((one) => one.textContent.includes(word));
  const boxes = texts.map((one) => one.getBoundingClientRect());
  if (boxes.length < 2) return ['nothing to compare'];
  const apart = (one, other) => one.right < other.left || other.right < one.left;
  const above = (one, other) => one.bottom < other.top + 2 || other.bottom < one.top + 2;
  const touch = (one, other) => !apart(one, other) && !above(one, other);
  const on = (one, o) => boxes.slice(o + 1).filter((other) => touch(one, other));
  return boxes.flatMap((one, o) => on(one, o).map(() => texts[o].textContent));
}"""
"""The texts of a chart with this word in them that lie on another one."""


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def findings(page):
    return page.get_by_role("region", name="Results")


def lines(page, chart=0):
    """The lines of a chart."""
    return page.locator(".ts-chart").nth(chart).locator(".ts-line")


def drawn(lines):
    """How lines run, one text each, as they stand now."""
    return lines.evaluate_all("all => all.map(one => one.getAttribute('d'))")


def numbers(page, chart=0):
    """What a chart shows as a table. Its lines also depend on its axis, which grows with them and seldom shrinks."""
    with shown_as_table(page, chart) as cells:
        cells.first.wait_for()
        return cells.all_inner_texts()


def expect_numbers(page, texts, chart=0):
    """Wait until a chart shows these numbers."""
    with shown_as_table(page, chart) as cells:
        expect(cells).to_have_text(texts)


@contextmanager
def shown_as_table(page, chart):
    """The cells of a chart's table, names of lines among them; afterwards it is a picture again."""
    figure = page.locator(".ts-chart").nth(chart)
    show = figure.get_by_role("button", name="show as a table")
    show.click()
    yield figure.locator("th, td")
    show.click()


def about(page):
    return page.locator(".ts-about")


def test_a_slider_moves_everything_and_the_difference_is_said(look):
    page = begin(look)
    expect(findings(page)).to_contain_text(re.compile("The styles.*Nothing is changed.", re.DOTALL))
    drawn_before = [drawn(lines(page, chart)) for chart in range(3)]
    before = [numbers(page, chart) for chart in range(3)]
    at_first = findings(page).inner_text()
    slider(page, "Urgency").press("End")
    page.get_by_text("Your change.").wait_for()
    for chart, was in enumerate(drawn_before):
        expect(lines(page, chart).first).not_to_have_attribute("d", was[0])
    expect(page.get_by_role("button", name="Urgency 0.3 → 1: undo")).to_have_count(1)
    page.locator(".ts-chart path[stroke-dasharray='1 3']").nth(5).wait_for(state="attached")  # the pinned run, dotted
    page.get_by_role("button", name="Pin this situation").click()
    page.get_by_text("You have pinned what you see now.").wait_for()
    slider(page, "Turbulence").press("End")
    page.get_by_text("Dotted lines: the pinned situation").wait_for()
    page.get_by_role("button", name="Back to the start").click()
    page.get_by_text("Nothing is changed.").wait_for()
    expect(findings(page)).to_have_text(at_first, use_inner_text=True)
    for chart, was in enumerate(before):
        expect_numbers(page, was, chart)
    expect(slider(page, "Urgency")).to_have_value("0.3")


def test_another_question_keeps_the_styles_and_shows_its_events(look):
    page = begin(look)
    more_styles(page).get_by_role("checkbox", name="servant").check()
    expect(lines(page)).to_have_count(3)
    page.get_by_label("The question").select_option("crisis")
    page.locator(".ts-about", has_text=load_scenario("crisis").title).wait_for()
    expect(page.get_by_role("checkbox", name="servant")).to_be_checked()
    expect(page.locator(".ts-plot text", has_text="crisis")).not_to_have_count(0)
    expect(page.locator(".ts-warning")).to_have_count(0)


def test_a_link_brings_another_visitor_to_the_same_view_and_nobody_else(look, visit):
    page = begin(look)
    slider(page, "Urgency").press("End")
    page.get_by_text("Your change.").wait_for()
    more_styles(page).get_by_role("checkbox", name="agile").check()
    expect(lines(page)).to_have_count(3)
    expect(page).to_have_url(re.compile("agile"))
    address = page.url
    other = settled(visit("/" + address.partition("/?")[1][1:] + address.partition("/?")[2], alone=True))
    fresh = settled(visit(alone=True))
    page.bring_to_front()  # a page in the background draws its newest answer when it is looked at
    expect_numbers(page, numbers(other))
    expect(findings(other)).to_have_text(findings(page).inner_text(), use_inner_text=True)
    expect(slider(other, "Urgency")).to_have_value("1")
    expect(findings(fresh)).to_contain_text("Nothing is changed.")
    expect(slider(fresh, "Urgency")).to_have_value("0.3")
    # Back takes the last change back, and the controls follow.
    page.go_back()
    expect(lines(page)).to_have_count(2)
    expect(page.get_by_role("checkbox", name="agile")).not_to_be_checked()
    expect(slider(page, "Urgency")).to_have_value("1")


def test_a_link_with_nonsense_is_explained_and_the_page_works(look):
    page = settled(look("/?scenario=crises&set=market.urgency:9&version=0"))
    expect(page.get_by_role("alert")).to_contain_text('did you mean "crisis"')
    slider(page, "Urgency").press("End")
    page.get_by_text("Your change.").wait_for()


def test_scenarios_come_and_go_as_files(look):
    page = begin(look)
    slider(page, "Urgency").press("End")
    page.get_by_role("button", name="Urgency 0.3 → 1: undo").wait_for()
    name, content = saved(page, lambda: page.get_by_role("button", name="Save this scenario").click())
    assert name == "everyday.toml"
    assert tomllib.loads(content.decode())["market"]["urgency"] == 1
    chooser = page.get_by_label("Open a scenario file")
    for bad, explained in (
        (b"title = ", "not valid TOML"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"#" * 300_000, "larger than"),
        (b'extends = "/etc/passwd"', "allowed is a shipped scenario"),
    ):
        chooser.set_input_files({"name": "bad.toml", "mimeType": "application/toml", "buffer": bad})
        page.get_by_role("alert").filter(has_text=explained).wait_for()
        expect(slider(page, "Urgency")).to_have_value("1")
    ours = content.replace(b"An everyday", b"Our own")
    chooser.set_input_files({"name": "our firm.toml", "mimeType": "application/toml", "buffer": ours})
    page.locator(".ts-about", has_text="Our own business").wait_for()
    expect(page).to_have_url(re.compile("own="))
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    settled(page)
    expect(about(page)).to_contain_text("Our own business")


def test_the_command_can_be_copied(look):
    page = begin(look, Setting(changes={"market.urgency": 0.8}, seed=3))
    page.get_by_role("button", name="Copy the command").click()
    page.get_by_role("button", name="Command copied").wait_for()
    command = page.evaluate("navigator.clipboard.readText()")
    assert command.startswith("teamsim compare everyday --style ")
    assert command.endswith("--seed 3 --set market.urgency=0.8")
    page.get_by_role("button", name="Copy a link to this view").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").split("?")[1].startswith("set=market.urgency:0.8&seed=3")


def test_what_the_browser_does_not_copy_can_be_copied_by_hand(look):
    page = begin(look, replace(QUICK, seed=3))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    for what, begins in (("link", page.url), ("command", "teamsim compare everyday ")):
        page.get_by_role("button", name=re.compile(f"^Copy .*{what}")).click()
        by_hand = page.get_by_role("textbox", name=re.compile(f"^{what}", re.IGNORECASE))
        expect(by_hand).to_be_focused()
        expect(by_hand).to_have_value(re.compile(f"^{re.escape(begins)}"))
        assert by_hand.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == by_hand.input_value()
        by_hand.press("Control+c")
    page.evaluate("() => { delete navigator.clipboard.writeText; }")


def test_everything_can_be_done_with_the_keyboard(visit):
    page = settled(visit())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    seen: set[str] = set()
    while "Urgency" not in seen and len(seen) < 80:
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
    page.keyboard.press("ArrowRight")
    page.get_by_text("Your change.").wait_for()
    assert {"autocratic", "People", "Urgency"} <= seen


def test_who_leaves_in_the_middle_of_a_run_harms_nobody(look, browser, address):
    page = begin(look)
    context = browser.new_context()
    leaving = context.new_page()
    leaving.goto(address)
    slider(leaving, "Urgency").press("End")
    context.close()
    expect(findings(page)).to_contain_text("Nothing is changed.")
    slider(page, "Turbulence").press("End")
    expect_answer(page, replace(QUICK, changes={"market.turbulence": 1.0}))


def test_events_are_named_beside_each_other(look):
    page = begin(look, Setting(scenario="growth"))
    for chart in range(3):
        touching = page.locator(".ts-chart").nth(chart).evaluate(OVERLAPPING, "people")
        assert not touching


def test_who_comes_back_finds_the_page_and_its_controls_as_they_were_left(look):
    asked = replace(QUICK, scenario="startup", weeks=52, changes={"market.turbulence": 0.0}, metric="strain")
    page = begin(look, asked)
    slider(page, "Urgency").press("End")
    more_styles(page).get_by_role("checkbox", name="servant").check()
    moved = replace(asked, styles=(*asked.styles, "servant"), changes={**asked.changes, "market.urgency": 1.0})
    expect_answer(page, moved)
    menu = page.get_by_role("navigation", name="Pages")
    for back in (menu.get_by_role("link", name="Compare", exact=True).click, page.go_back):
        menu.get_by_role("link", name="Learn", exact=True).click()
        page.get_by_role("list", name="Lessons", exact=True).wait_for()
        back()
        expect_answer(page, moved)
        expect(slider(page, "Turbulence")).to_have_value("0")
        expect(slider(page, "Urgency")).to_have_value("1")
        expect(page.get_by_role("checkbox", name="servant")).to_be_checked()
