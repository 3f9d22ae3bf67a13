"""Every control of the page Compare: what is set with it is what is asked, and the page shows the answer to that."""

import math
import re
from dataclasses import replace

from playwright.sync_api import expect

from sim.app.compare.controller import styles_for
from sim.app.compare.controls import EXPERT, LEVELS, MATTERING, groups
from sim.app.compare.link import rounded
from sim.app.compare.setting import MOST_STYLES, REPLICATIONS, for_question, prepared
from sim.model.mechanisms import NAMES
from sim.model.metrics import METRICS
from sim.scenario import parameters
from sim.scenario.load import load_scenario
from sim.scenario.styles import builtin_styles
from tests.browser.answers import QUICK, answer_to, begin, expect_answer, more_styles
from tests.browser.inventory import WAYS

ASK_WHAT = """async (buttons) => {
  const told = [];
  for (const button of buttons) {
    button.click();
    await null;
    told.push(document.querySelector('.ts-what').innerText);
  }
  return told;
}"""
"""Asks of each control what it is; what a click changes is drawn before anything else is done."""

MOVE = """(sliders) => sliders.map((one) => {
  one.value = 2 * one.value > Number(one.min) + Number(one.max) ? one.min : one.max;
  for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }));
  return Number(one.value);
})"""
"""Moves sliders to the end that is farther away."""


def everyday():
    return groups(load_scenario("everyday"))


def group_of(page, title, drawer=""):
    """A group of controls, put away in a drawer or not."""
    around = page.locator(f'.ts-drawer:has(> summary h2:text-is("{drawer}"))' if drawer else ".ts-controls")
    return around.locator(".ts-group:not(.ts-drawer)").filter(has=page.get_by_role("heading", name=title, exact=True))


def farther(control):
    """The key that moves a slider to the end that is farther away."""
    return "Home" if 2 * control.base[0] > control.low + control.high else "End"


def test_every_slider_in_sight(look):
    page = begin(look)
    for group in everyday():
        within = group_of(page, group.title)
        for control in group.controls if group.open else ():
            within.get_by_role("button", name=f"{control.label}: what is this?", exact=True).click()
            expect(within.locator(".ts-what")).to_contain_text(control.what[1:])
            if control.kind == "mix":
                continue
            slider = within.get_by_role("slider", name=control.label, exact=True)
            slider.press(farther(control))
            changes = rounded(dict.fromkeys(control.names, float(slider.input_value())))
            expect_answer(page, replace(QUICK, changes=changes))
            within.get_by_role("button", name=f"{control.label}: reset", exact=True).click()
            expect_answer(page, QUICK)


def test_every_slider_in_a_drawer(look):
    page = begin(look)
    for drawer in page.locator(".ts-drawer > summary").all():
        drawer.click()
    for group in everyday():
        if group.open:
            continue
        within = group_of(page, group.title, group.drawer)
        within.locator("summary").click()
        asked = within.get_by_role("button", name="what is this?")
        expect(asked).to_have_count(len(group.controls))
        for control, told in zip(group.controls, asked.evaluate_all(ASK_WHAT), strict=True):
            assert control.what[1:] in told
        moved = within.get_by_role("slider").evaluate_all(MOVE)
        names = [name for control in group.controls for name in control.names]
        expect_answer(page, replace(QUICK, changes=rounded(dict(zip(names, moved, strict=True)))))
        back = within.get_by_role("button", name="reset", disabled=False)
        expect(back).to_have_count(len(group.controls))
        page.get_by_role("button", name="Back to the start").click()
        expect_answer(page, QUICK)
        expect(back).to_have_count(0)
        within.locator("summary").click()
        expect(asked).to_have_count(0)


def test_a_number_is_found_by_a_word_of_it(look):
    page = begin(look)
    drawer = page.locator(f'.ts-drawer:has(> summary h2:text-is("{EXPERT}"))')
    drawer.locator("> summary").click()
    numbers = [(group, one) for group in everyday() if group.drawer == EXPERT for one in group.controls]
    counted = drawer.locator("p[role=status]")
    expect(counted).to_have_text(re.compile(f"there are {len(numbers)} numbers"))
    expect(drawer.get_by_role("slider")).to_have_count(0)
    sought = drawer.get_by_role("searchbox", name="Find")
    sought.fill("Newcomer MORALE")
    found = [one.label for group, one in numbers if _is_about(group, one, "newcomer", "morale")]
    assert 0 < len(found) < 10
    for label in found:
        expect(drawer.get_by_role("slider", name=label, exact=True)).to_be_visible()
    expect(counted).to_have_text(f"{len(found)} of {len(numbers)} numbers fit.")
    sought.fill("no such thing")
    expect(drawer.get_by_role("slider")).to_have_count(0)
    expect(counted).to_have_text("No number fits. Try another word.")
    sought.press("Escape")
    expect(sought).to_have_value("")
    expect(drawer.get_by_role("heading", level=2)).to_have_count(1 + sum(one.drawer == EXPERT for one in everyday()))
    expect(drawer.get_by_role("slider")).to_have_count(0)


def _is_about(group, control, *words):
    about = f"{group.title} {control.label} {control.what} {control.why}".lower()
    return all(word in about for word in words)


def test_a_slider_that_begins_between_two_steps_says_so_and_returns_there(look):
    """Fitted numbers are not round: what a slider begins with is shown as it is, and its nearest step means it."""
    page = begin(look)
    drawer = page.locator(f'.ts-drawer:has(> summary h2:text-is("{EXPERT}"))')
    drawer.locator("> summary").click()
    group, control = next(
        (group, control)
        for group in everyday()
        for control in group.controls
        if group.drawer == EXPERT
        and abs(math.remainder(control.base[0] - control.low, control.step)) > control.step / 4
    )
    within = group_of(page, group.title, group.drawer)
    within.locator("summary").click()
    named = page.get_by_role("slider", name=control.label, exact=True)
    shown = within.locator(".ts-control").filter(has=named).locator("output")
    slider = within.get_by_role("slider", name=control.label, exact=True)
    expect(shown).to_have_text(f"{control.base[0]:.4g}")
    slider.press("ArrowRight")
    changes = rounded(dict.fromkeys(control.names, float(slider.input_value())))
    expect_answer(page, replace(QUICK, changes=changes))
    slider.press("ArrowLeft")
    expect_answer(page, QUICK)
    expect(shown).to_have_text(f"{control.base[0]:.4g}")


def test_sliders_for_all_leaders_alike(look):
    start = replace(QUICK, scenario="several-teams", weeks=53)
    page = begin(look, start)
    alike = [
        control
        for group in groups(load_scenario("several-teams"))
        for control in group.controls
        if len(control.names) > 1
    ]
    for control in alike:
        slider = page.get_by_role("slider", name=control.label, exact=True)
        slider.press(farther(control))
        expect_answer(page, replace(start, changes=rounded(dict.fromkeys(control.names, float(slider.input_value())))))
        page.get_by_role("button", name=f"{control.label}: reset", exact=True).click()
        expect_answer(page, start)


def test_shares_add_up_and_groups_can_be_put_away(look):
    page = begin(look)
    mix = next(control for group in everyday() for control in group.controls if control.kind == "mix")
    sliders = [page.get_by_role("slider", name=level, exact=True) for level in LEVELS]
    for slider in sliders:
        slider.press("PageUp")
        shares = [int(share.input_value()) for share in sliders]
        assert sum(shares) == 100
        changes = rounded(dict(zip(mix.names, [share / 100 for share in shares], strict=True)))
        expect_answer(page, replace(QUICK, changes=changes))
    for group in everyday():
        if group.open:
            within = group_of(page, group.title)
            expect(within.get_by_role("slider").first).to_be_visible()
            within.locator("summary").click()
            expect(within.get_by_role("slider")).to_have_count(0)


def test_every_leadership_style(look):
    page = more_styles(begin(look))
    for name in WAYS:
        box = page.get_by_role("checkbox", name=WAYS[name], exact=True)
        styles = tuple(style for style in WAYS if (style in QUICK.styles) != (style == name))
        box.set_checked(name not in QUICK.styles)
        expect_answer(page, replace(QUICK, styles=styles))
        if len(styles) == 1:
            expect(page.get_by_role("checkbox", name=WAYS[styles[0]], exact=True)).to_be_disabled()
        box.set_checked(name in QUICK.styles)
    expect_answer(page, QUICK)


def test_nobody_loses_track_of_leadership_styles(look):
    page = more_styles(begin(look, replace(QUICK, styles=tuple(builtin_styles())[:MOST_STYLES])))
    boxes = page.get_by_role("group", name=re.compile("^Leadership styles")).get_by_role("checkbox")
    expect(boxes).to_have_count(len(WAYS))
    for box in boxes.all():
        expect(box).to_be_enabled(enabled=box.is_checked())
    told = page.locator(".ts-about-styles").get_by_role("definition")
    expect(told.first).to_be_hidden()
    page.get_by_text("What are these?").click()
    expect(told.first).to_be_visible()
    expect(told).to_have_text(list(styles_for(load_scenario("everyday")).values()))


def test_what_is_compared_and_what_is_drawn(look):
    page = begin(look)
    for baseline in QUICK.styles:
        page.get_by_label("Compare them with").select_option(baseline)
        expect_answer(page, replace(QUICK, baseline=baseline))
        page.get_by_text(f"The styles. Compared with {baseline}").wait_for(state="attached")
    for metric in METRICS:
        page.get_by_label("Third chart").select_option(metric.name)
        expect_answer(page, replace(QUICK, baseline=QUICK.styles[-1], metric=metric.name))
        expect(page.get_by_role("figure").nth(2)).to_contain_text(metric.long_name)


def test_another_question(look):
    page = begin(look)
    # With an event, named people, practices, own leaders, and nothing of all that.
    for name in ("crisis", "key-person", "culture-programme", "several-teams", "everyday"):
        page.get_by_label("The question").select_option(name)
        expect_answer(page, for_question(replace(QUICK, scenario=name, weeks=None), load_scenario(name)))
        expect(page.locator(".ts-situation")).to_contain_text(load_scenario(name).title)


def test_how_it_is_run(look):
    page = begin(look)
    page.get_by_role("heading", name="How it is run").click()
    asked = QUICK
    for many in REPLICATIONS:
        page.get_by_label("Replications").select_option(str(many))
        asked = replace(asked, replications=many)
        expect_answer(page, asked)
    weeks, seed = (page.get_by_label(name, exact=True) for name in ("Weeks", "Seed (luck)"))
    weeks.fill("60")
    weeks.press("Enter")
    expect_answer(page, replace(asked, weeks=60))
    seed.fill("7")
    seed.press("Enter")
    expect_answer(page, replace(asked, weeks=60, seed=7))


def test_changes_are_taken_back_and_pinned(look):
    page = begin(look)
    urgency, turbulence = {"market.urgency": 1.0}, {"market.turbulence": 1.0}
    page.get_by_role("slider", name="Urgency", exact=True).press("End")
    expect_answer(page, replace(QUICK, changes=urgency))
    page.get_by_role("button", name="Pin this situation").click()
    expect_answer(page, replace(QUICK, changes=urgency, pinned=urgency))
    expect(page.get_by_role("button", name="Pin this situation")).to_be_disabled()
    page.get_by_role("slider", name="Turbulence", exact=True).press("End")
    expect_answer(page, replace(QUICK, changes=urgency | turbulence, pinned=urgency))
    taken_back = page.get_by_role("button", name="undo")
    expect(taken_back).to_have_text(["Turbulence 0.2 → 1 ✕"])  # what is pinned is no change
    page.get_by_role("button", name="Urgency: reset", exact=True).click()
    expect_answer(page, replace(QUICK, changes=turbulence, pinned=urgency))
    expect(taken_back).to_have_text(["Urgency 1 → 0.3 ✕", "Turbulence 0.2 → 1 ✕"])
    taken_back.first.click()
    expect_answer(page, replace(QUICK, changes=turbulence | urgency, pinned=urgency))
    expect(page.get_by_role("slider", name="Urgency", exact=True)).to_have_value("1")
    page.get_by_role("button", name="Compare with the start").click()
    expect_answer(page, replace(QUICK, changes=turbulence | urgency))
    page.get_by_role("button", name="Back to the start").click()
    expect_answer(page, QUICK)
    expect(page.get_by_role("button", name="Back to the start")).to_be_disabled()


def test_all_headline_figures(look):
    asked = replace(QUICK, changes={MATTERING[0]: parameters.BY_NAME[MATTERING[0]].low})
    page = begin(look, asked)
    expect(page.get_by_role("button", name="undo")).to_have_count(1)
    page.locator("summary", has_text="All headline figures").click()
    table = page.get_by_role("region", name="All headline figures, table")
    figures = answer_to(asked).table
    for place, row in enumerate(figures["rows"], 1):
        shown = table.get_by_role("row").nth(place)
        expect(shown.get_by_role("rowheader")).to_contain_text(row["name"])
        for cell, wanted in zip(shown.get_by_role("cell").all(), row["cells"], strict=True):
            expect(cell).to_contain_text(
                re.compile(rf"{re.escape(wanted['mean'])}\s*{re.escape(wanted['difference'])}")
            )


def test_why_a_difference_is_as_it_is(look):
    page = begin(look, QUICK)
    page.locator("summary", has_text="All headline figures").click()
    style = next(name for name in QUICK.styles if name != prepared(QUICK).baseline)
    page.get_by_role("button", name=f"Why? Morale, {style}", exact=True).click()
    panel = page.get_by_role("region", name="Why?")
    expect(panel).to_be_visible(timeout=2_000)  # with how far it is
    rows = 1 + len(NAMES) + 2  # with a heading, what is direct, and the sum
    expect(panel.get_by_role("row")).to_have_count(rows, timeout=300_000)
    expect(panel).to_contain_text("Needs and motivation")
    diagram = panel.get_by_role("img", name=re.compile("What acts on what; the widest arrows: .* to Morale"))
    expect(diagram).to_be_visible()
    # The way on which most goes, from what leaders do to the metric; each step of it says what goes through.
    way = panel.get_by_role("list", name="The main way").get_by_role("button")
    expect(way.first).to_contain_text("How leaders behave")
    expect(way.last).to_contain_text("Morale")
    expect(panel.locator(".ts-why-active")).not_to_have_count(0)
    way.first.click()
    expect(panel.get_by_role("status").last).to_contain_text("How leaders behave")
    expect(panel.get_by_role("combobox", name="Metric", exact=True)).to_have_value("morale")
    expect(panel).to_contain_text("This explains the model, not a company.")
    page.get_by_role("slider", name="Urgency", exact=True).press("End")
    expect(panel).to_have_count(0)  # another question has other reasons
    page.get_by_role("button", name=f"Why? Morale, {style}", exact=True).click()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)


def test_why_is_asked_of_a_change_and_of_an_event(look):
    crisis = replace(QUICK, scenario="crisis", weeks=34, changes={"leader.hours": 45.0})
    page = begin(look, crisis)
    panel = page.get_by_role("region", name="Why?")
    page.get_by_role("button", name="Why? What your change does").click()
    expect(panel.get_by_role("heading")).to_contain_text("what your change does", timeout=300_000)
    expect(panel.get_by_role("list", name="The main way").get_by_role("button").first).to_contain_text("Your change")
    panel.get_by_role("combobox", name="Why", exact=True).select_option(label="crisis, week 27")
    expect(panel.get_by_role("heading")).to_contain_text("what “crisis” in week 27 does", timeout=300_000)
    panel.get_by_role("combobox", name="Metric", exact=True).select_option(label="Output")
    expect(panel.get_by_role("heading")).to_contain_text("Output in weeks 27 to 34", timeout=300_000)
    style = crisis.styles[-1]
    panel.get_by_role("combobox", name="Style", exact=True).select_option(style)
    expect(panel.get_by_role("heading")).to_contain_text(f"does under {style}", timeout=300_000)
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    # Its name in a chart, and the button beside it, ask the same.
    page.locator(".ts-event", has_text="crisis").first.click()
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Why? What crisis does").click()
    expect(panel).to_be_visible()


def test_the_chain_of_reasons_stands_still_where_nothing_shall_move(look):
    page = begin(look, replace(QUICK, scenario="crisis", weeks=34))
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Why? What crisis does").click()
    active = page.locator(".ts-why-active line").first
    active.wait_for(timeout=300_000)
    assert active.evaluate("one => getComputedStyle(one).animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert active.evaluate("one => getComputedStyle(one).animationName") == "ts-flow"
