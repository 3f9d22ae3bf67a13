"""What somebody who moves a slider has to see is in sight: what comes out, the slider itself, and what it means."""

from playwright.sync_api import expect

from tests.browser.answers import begin

PHONE = {"width": 390, "height": 844}

COVERED = """one => {
  const box = one.getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return !one.contains(seen);
}"""
"""Whether something else lies on this."""

UNEXPLAINED = """() => [...document.querySelectorAll('.ts-compare select, .ts-compare [role=spinbutton]')]
  .filter((one) => !document.getElementById(one.getAttribute('aria-describedby') ?? '')?.innerText.trim())
  .map((one) => one.labels[0].innerText.split('\\n')[0])"""
"""The choices and numbers of the page Compare that have no explanation beside them."""


def test_on_a_phone_the_result_stays_beside_the_slider(look):
    page = begin(look, viewport=PHONE)
    slider = page.get_by_role("slider", name="Expertise of the leader", exact=True)
    slider.press("Home")
    heading = page.get_by_text("Your change.")
    heading.wait_for()
    for seen in (heading, slider, page.locator(".ts-chart").first.locator(".ts-picture")):
        expect(seen).to_be_in_viewport()
    assert not slider.evaluate(COVERED)
    # Only the beginning is there until more is asked for, and the other charts are beside the first.
    expect(page.get_by_text("The styles.")).to_be_hidden()
    page.get_by_role("button", name="Read on").click()
    expect(page.get_by_text("The styles.")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back to the start")).to_be_visible()
    page.get_by_role("button", name="Output: show as a table", exact=True).click()
    expect(page.get_by_role("region", name="Output, table")).to_be_in_viewport()
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_a_slider_stays_where_it_is_while_it_is_moved(look):
    page = begin(look)
    slider = page.get_by_role("slider", name="Ease of finding other jobs", exact=True)
    before = slider.evaluate("one => one.offsetTop")
    slider.press("End")
    page.get_by_text("Your change.").wait_for()
    page.get_by_role("button", name="Ease of finding other jobs: reset").wait_for()
    assert slider.evaluate("one => one.offsetTop") == before


def test_every_choice_is_explained_beside_it(look):
    page = begin(look)
    page.get_by_role("heading", name="How it is run").click()
    page.get_by_label("Seed (luck)").wait_for()
    assert page.evaluate(UNEXPLAINED) == ["The question"]  # the situation itself stands below it
    page.locator("summary", has_text="What moves results most").click()
    group = page.locator("details", has=page.get_by_role("heading", name="What moves results most"))
    sliders = group.get_by_role("slider")
    expect(sliders).not_to_have_count(0)
    expect(group.locator(".ts-control p")).to_have_count(sliders.count())
