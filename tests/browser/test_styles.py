"""The page Styles in a browser: profiles, the match of S and D, a style of one's own."""

import re
import tomllib
from xml.etree import ElementTree

from playwright.sync_api import expect

from sim.app.styles.comparison import RULE
from sim.app.styles.match import MEASURES, in_words, match
from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS
from sim.scenario.load import load_scenario, scenario_from
from sim.scenario.styles import builtin_styles, resolve
from tests.browser.answers import settled
from tests.browser.files import rows, saved

SET = """(one, value) => {
  one.value = value;
  for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }));
}"""
"""Changes a text without taking the focus from where it is."""


def shown(name, level=0):
    """How the thirteen numbers of a style stand on the page, for people at a level."""
    return [f"{value:.2f}" for value in resolve(name, {}).stages[0].levels[level]]


def test_every_style_has_its_profile_and_another_beside_it(look):
    page = look("/styles")
    names = list(builtin_styles())
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        page.get_by_label("Style", exact=True).select_option(name)
        page.get_by_label("Beside it").select_option(other)
        page.get_by_text(builtin_styles()[name].description).wait_for()
        tables = page.get_by_role("table", name=re.compile(f"^{re.escape(name)}( with people at|$)"))
        levels = len(set(resolve(name, {}).stages[0].levels)) > 1
        expect(tables).to_have_count(4 if levels else 1)
        for level, table in enumerate(tables.all()):
            expect(table.get_by_role("columnheader").last).to_have_text(other)
            for place, style in enumerate((name, other), 2):
                expect(table.locator(f"tbody td:nth-child({place})")).to_have_text(shown(style, level))
    page.get_by_label("Beside it").select_option("")
    expect(page.get_by_role("columnheader", name="0 to 1")).to_have_count(4 if levels else 1)


def test_profiles_are_saved(look):
    page = look("/styles")
    page.get_by_label("Beside it").select_option("")
    page.get_by_label("Style", exact=True).select_option("situational")
    for level in range(4):
        title = f"situational with people at D{level + 1}: S{level + 1}"
        name, content = saved(page, page.get_by_role("button", name=f"{title}: save as CSV").click)
        assert name == f"{re.sub('[^a-z0-9]+', '-', title.lower())}.csv"
        assert [f"{float(value):.2f}" for _, value in rows(content)[1:]] == shown("situational", level)
        name, content = saved(page, page.get_by_role("button", name=f"{title}: save as SVG").click)
        drawn = "".join(ElementTree.fromstring(content).itertext())  # noqa: S314  (the app's own picture)
        assert title in drawn
        assert all(text in drawn for text in (*BEHAVIOURS, *shown("situational", level)))


def test_the_match_is_run_and_said_for_every_level(look):
    page = look("/styles")
    sentence = page.locator("[data-match=sentence]")
    for measure, title in MEASURES.items():
        page.get_by_label("Measured by").select_option(measure)
        table = page.get_by_role("table", name=re.compile(f"^{re.escape(title)}"))
        cells = match(measure)
        expect(sentence).to_have_text(in_words(cells))
        means = [f"{cell.mean:.{1 if measure == 'output' else 3}f}" for cell in cells]
        expect(table.get_by_role("cell")).to_have_text([re.compile(re.escape(mean)) for mean in means])
    _, content = saved(page, page.get_by_role("button", name="Match: save as CSV").click)
    assert [float(row[2]) for row in rows(content)[1:]] == [cell.mean for cell in cells]
    _, content = saved(page, page.get_by_role("button", name="Match: save as SVG").click)
    drawn = "".join(ElementTree.fromstring(content).itertext())  # noqa: S314  (the app's own picture)
    assert all(mean in drawn for mean in means)


def own(page):
    """The form that makes a style, once nothing above moves it any more."""
    page.locator("[data-match]").first.wait_for()
    page.get_by_role("group", name="Your style").wait_for()
    return page


def test_a_style_is_made_by_a_slider_compared_and_taken_away(visit):
    page = own(visit("/styles"))
    expect(page.get_by_text("no slider was moved")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)  # nobody has done anything wrong yet
    expect(page.get_by_role("button", name="Compare")).to_be_disabled()
    page.get_by_role("slider", name="support").fill("0.95")
    text = page.get_by_label("Your style as TOML")
    expect(text).to_contain_text("support = 0.95")
    # What is being typed stays while the server answers something else.
    page.get_by_label("Description").fill("As kind as it gets")
    page.get_by_label("Name", exact=True).evaluate(SET, "warmer")
    expect(text).to_contain_text("[styles.warmer]")
    expect(page.get_by_label("Description")).to_have_value("As kind as it gets")
    page.get_by_label("Description").press("Tab")
    expect(text).to_contain_text("As kind as it gets")
    page.get_by_role("button", name="Compare").click()
    table = page.get_by_role("region", name="warmer less democratic")
    delay = table.get_by_role("row").filter(has_text="Decision delay").get_by_role("cell")
    expect(delay.last).to_have_text("too small to matter")
    expect(page.get_by_text(RULE.partition("{")[0])).to_be_visible()
    page.get_by_role("button", name="Output: show as a table").click()
    heads = page.get_by_role("region", name="Output, table").get_by_role("columnheader")
    expect(heads).to_have_text(["week", "democratic", "warmer"])
    name, content = saved(page, page.get_by_role("button", name="Download the style").click)
    assert name == "warmer.style.toml"
    read = tomllib.loads(content.decode())
    assert read == tomllib.loads(text.inner_text())
    made = {"based_on": "democratic", "behaviour": {"support": 0.95}, "description": "As kind as it gets"}
    assert read["styles"]["warmer"] == made
    name, content = saved(page, page.get_by_role("button", name="Download a scenario with it").click)
    assert "warmer" in scenario_from(tomllib.loads(content.decode())).styles
    page.get_by_role("button", name="Reset the sliders").click()
    page.get_by_text("no slider was moved").wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("slider", name="support")).to_have_value(shown("democratic")[BEHAVIOURS.index("support")])
    # What was made is used: on the page Compare, its scenario has one more leadership style.
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Compare").click()
    file = {"name": name, "mimeType": "application/toml", "buffer": content}
    page.get_by_label("Open a scenario file").set_input_files(file)
    is_drawn(page, "warmer")


def is_drawn(page, name):
    """A style is ticked on the page Compare, and the charts show it."""
    expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    drawn = page.get_by_role("figure").first.locator("svg").first
    expect(drawn).to_have_attribute("aria-label", re.compile(rf"{name} \d"))


def test_a_style_is_compared_on_the_first_page_beside_what_it_was_made_from(visit):
    page = settled(visit("/?set=market.urgency:0.8"))
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Styles").click()
    own(page)
    page.get_by_label("Starting from").select_option("servant")
    page.get_by_role("slider", name="support").fill("0.1")
    page.get_by_role("link", name="Compare it on the page Compare").click()
    for name in ("my-style", "servant", "democratic"):
        is_drawn(page, name)
    expect(page.get_by_role("slider", name="Urgency", exact=True)).to_have_value("0.8")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    is_drawn(page, "my-style")


def test_a_style_file_is_opened_on_the_first_page(visit):
    page = own(visit("/styles"))
    page.get_by_role("slider", name="support").fill("0.1")
    name, content = saved(page, page.get_by_role("button", name="Download the style").click)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Compare").click()
    settled(page)
    chooser = page.get_by_label("Open a scenario file")
    wrong = content.replace(b"democratic", b"democratik")
    chooser.set_input_files({"name": name, "mimeType": "application/toml", "buffer": wrong})
    expect(page.get_by_role("alert")).to_contain_text(f"{name}: styles.my-style")
    chooser.set_input_files({"name": name, "mimeType": "application/toml", "buffer": content})
    is_drawn(page, "my-style")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_was_made_is_still_there_after_another_page(visit):
    page = own(visit("/styles"))
    menu = page.get_by_role("navigation", name="Pages")
    page.get_by_label("Style", exact=True).select_option("agile")
    page.get_by_label("Beside it").select_option("servant")
    page.get_by_label("Measured by").select_option("morale")
    page.get_by_label("Name", exact=True).evaluate(SET, "mine")
    page.get_by_role("slider", name="support").fill("0.1")
    page.get_by_text("support = 0.1").wait_for()
    page.get_by_label("Made").select_option("blend")
    page.get_by_role("slider", name="agile", exact=True).fill("35")
    page.get_by_text("agile = 35.0").wait_for()
    page.get_by_label("In the situation").select_option("routine")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="mine less democratic").wait_for()
    menu.get_by_role("link", name="Evidence").click()
    expect(page.get_by_label("Beside it")).to_have_count(0)
    menu.get_by_role("link", name="Styles").click()
    own(page)
    for label, value in (
        ("Style", "agile"), ("Beside it", "servant"), ("Measured by", "morale"), ("Name", "mine"), ("Made", "blend"),
        ("In the situation", "routine"),
    ):  # fmt: skip
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    expect(page.get_by_role("slider", name="agile", exact=True)).to_have_value("35")
    page.get_by_role("region", name="mine less democratic").wait_for()
    page.get_by_label("Made").select_option("sliders")
    expect(page.get_by_role("slider", name="support")).to_have_value("0.1")


def test_every_behaviour_can_be_changed_from_where_a_style_has_it(visit):
    page = own(visit("/styles"))
    page.get_by_label("Starting from").select_option("laissez-faire")
    wanted = {}
    for behaviour, value in zip(BEHAVIOUR_TABLE, shown("laissez-faire"), strict=True):
        slider = page.get_by_role("slider", name=behaviour.label, exact=True)
        expect(slider).to_have_value(re.compile(f"^{float(value):g}$"))
        slider.press("End" if float(value) < 0.5 else "Home")
        wanted[behaviour.name] = 1.0 if float(value) < 0.5 else 0.0
        expect(page.get_by_label("Your style as TOML")).to_contain_text(f"{behaviour.name} = {wanted[behaviour.name]}")
    made = tomllib.loads(page.get_by_label("Your style as TOML").inner_text())
    assert made["styles"]["my-style"] == {"based_on": "laissez-faire", "behaviour": wanted}


def test_a_style_is_made_by_mixing(visit):
    page = own(visit("/styles"))
    page.get_by_label("Made").select_option("blend")
    mixed = page.get_by_role("group", name="Mixture").get_by_role("slider")
    expect(mixed).to_have_count(len(builtin_styles()))
    for place, name in enumerate(builtin_styles(), 1):
        page.get_by_role("slider", name=name, exact=True).fill(str(5 * place))
        page.get_by_text(f"{name} = {5.0 * place}").wait_for()
    page.get_by_label("Compare with").select_option("servant")
    page.get_by_label("In the situation").select_option("routine")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="my-style less servant").wait_for()
    page.get_by_text(f"{load_scenario('routine').title}: 100 paired runs").wait_for()


def test_a_bad_name_is_said_before_anything_is_moved(visit):
    page = own(visit("/styles"))
    name = page.get_by_label("Name", exact=True)
    name.fill("agile")
    name.press("Tab")
    group = page.get_by_role("group", name="Your style")
    expect(group.get_by_role("alert")).to_contain_text("built-in")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_have_count(1)


def test_a_bad_name_is_said_and_not_evaluated(visit):
    page = own(visit("/styles"))
    page.get_by_role("slider", name="support").fill("0.95")
    page.get_by_label("Your style as TOML").wait_for()
    name = page.get_by_label("Name", exact=True)
    for bad, reason in (("<img src=x>", "letters, digits"), ("agile", "built-in"), ("", "no name")):
        name.fill(bad)
        name.press("Tab")
        page.get_by_role("alert").filter(has_text=reason).wait_for()
        expect(page.get_by_role("button", name="Compare")).to_be_disabled()
    name.fill("fine")
    name.press("Tab")
    page.get_by_label("Your style as TOML").wait_for()
