"""The page Evidence in a browser: what was measured, said as it is, and tried again."""

from xml.etree import ElementTree

from playwright.sync_api import expect

from sim.analysis.claims.load import load_claims
from sim.app.evidence.findings import findings
from sim.app.evidence.records import load, records
from tests.browser.files import rows, saved


def test_every_claim_is_listed_with_its_verdict_or_that_it_has_none(look):
    page = look("/evidence")
    table = page.get_by_role("region", name="Claims of the leadership literature")
    table.wait_for()
    measured = {record["id"]: record["verdict"] for record in records(load("claims.json"))}
    for claim in load_claims().claims:
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=claim.id, exact=True))
        expect(row).to_contain_text(claim.text)
        expect(row).to_contain_text(measured.get(claim.id) or "not measured yet")
    if not measured:
        expect(page.get_by_text("Nothing has been measured yet").first).to_be_visible()


def test_what_was_found_is_seen_at_once_and_each_part_of_it_is_read_when_it_is_tapped(look):
    page = look("/evidence")
    known = findings(load("evidence.json"))
    grid = page.get_by_role("group", name="Published findings")
    expect(grid.get_by_role("button")).to_have_count(len(known))
    expect(page.get_by_text("when its numbers are fitted to other groups only").first).to_be_in_viewport()
    grid.get_by_role("button").first.click()
    expect(page.get_by_role("status").filter(has_text=known[0]["pattern"])).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=known[1]["pattern"])).to_be_visible()
    page.keyboard.press("Tab")  # one stop for all of a grid
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=records(load("claims.json"))[0]["claim"])).to_be_visible()


def test_claims_can_be_filtered_by_verdict_and_saved(look):
    page = look("/evidence")
    table = page.get_by_role("region", name="Claims of the leadership literature")
    table.wait_for()
    known = records(load("claims.json"))
    assert known
    shown = page.get_by_role("combobox", name="Show").first
    verdicts = [record["verdict"] or "not measured yet" for record in known]
    for verdict in sorted(set(verdicts)):
        shown.select_option(verdict)
        expect(table.get_by_role("row")).to_have_count(1 + verdicts.count(verdict))
    name, content = saved(
        page, page.get_by_role("button", name="Claims of the leadership literature: save as CSV").click
    )
    assert name == "claims-of-the-leadership-literature.csv"
    header, *lines = rows(content)
    assert {line[header.index("verdict")] for line in lines} == {verdict}
    assert len(lines) == verdicts.count(verdict)
    _, content = saved(
        page, page.get_by_role("button", name="Claims of the leadership literature: save the picture").click
    )
    drawn = "".join(ElementTree.fromstring(content).itertext())  # noqa: S314  (the app's own picture)
    for line in lines:
        assert line[0] in drawn
    shown.select_option("")
    expect(table.get_by_role("row")).to_have_count(1 + len(known))
    claim = next(record for record in known if record["more"] or record["parts"])
    told = [*claim["more"], *[part["text"] for part in claim["parts"]]]
    expect(table.get_by_text(told[0]).first).to_be_hidden()
    table.get_by_text(f"more about {claim['id']}", exact=True).click()
    for text in told:
        expect(table.get_by_text(text).first).to_be_visible()


def test_a_claim_can_be_tried(look):
    page = look("/evidence")
    page.get_by_label("Claim", exact=True).select_option("C05")
    page.get_by_role("button", name="Run it now").click()
    outcome = page.locator("[data-tried=C05]")
    outcome.wait_for()
    tried = page.get_by_role("region", name="C05, run now")
    expect(tried.get_by_role("row")).to_have_count(2)
    tried.get_by_text("more about C05").click()
    claim = load_claims().chosen(("C05",)).claims[0]
    for part in claim.parts:
        expect(tried).to_contain_text(part.text)
    header, line = rows(saved(page, page.get_by_role("button", name="C05, run now: save as CSV").click)[1])
    expect(outcome).to_have_text(f"C05: {line[header.index('verdict')]}.")
    _, picture = saved(page, page.get_by_role("button", name="C05, run now: save the picture as SVG").click)
    assert "C05" in "".join(ElementTree.fromstring(picture).itertext())  # noqa: S314


MARKS = """(table) => [...table.querySelectorAll('tbody tr')].map((row) => {
  const middle = (one) => { const box = one.getBoundingClientRect(); return (box.left + box.right) / 2; };
  const [line, mark] = [row.querySelector('svg line'), row.querySelector('svg circle, svg rect, svg path')];
  return [row.querySelector('th').innerText, mark ? middle(mark) - middle(line) : null];
})"""
"""How far right of the line in the middle the mark of every claim lies."""


def test_a_claim_is_drawn_on_the_side_of_its_verdict(look):
    page = look("/evidence")
    table = page.get_by_role("region", name="Claims of the leadership literature")
    table.wait_for()
    places = dict(table.evaluate(MARKS))
    for record in records(load("claims.json")):
        if record["effect"] is not None and record["verdict"] != "not supported":
            assert (places[record["id"]] > 0) == (record["verdict"] == "supported"), record["id"]
    lenient = [record for record in records(load("claims.json")) if record["bar"]]
    for record in lenient:
        expect(table.get_by_role("row").filter(has_text=record["claim"])).to_contain_text(record["held"])
    page.get_by_label("Claim", exact=True).select_option("C26")
    page.get_by_role("button", name="Run it now").click()
    page.locator("[data-tried=C26]").wait_for()
    tried = page.get_by_role("region", name="C26, run now")
    expect(tried).to_contain_text("compared with −0.20")
    assert "supported" not in page.locator("[data-tried=C26]").inner_text() or dict(tried.evaluate(MARKS))["C26"] > 0


def test_on_a_phone_nothing_of_the_tables_is_out_of_sight(look):
    page = look("/evidence", viewport={"width": 390, "height": 844})
    page.get_by_text("The whole table").first.wait_for()
    assert page.evaluate("document.documentElement.scrollHeight") <= 2.5 * 844  # two screens and what is around pages
    for whole in page.get_by_text("The whole table").all():
        whole.click()
    for title, last in (
        ("Claims of the leadership literature", "Same verdict in"),
        ("Published findings", "In the model"),
    ):
        table = page.get_by_role("region", name=title)
        table.wait_for()
        wide = table.evaluate("(one) => [one.scrollWidth, one.clientWidth]")
        assert wide[0] <= wide[1]
        expect(table.get_by_role("columnheader", name=last)).to_have_count(1)
        cell = table.locator(f"[data-label='{last}']").first
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_every_published_finding_is_held_against_the_model_figure_by_figure(look):
    page = look("/evidence")
    table = page.get_by_role("region", name="Published findings")
    found = findings(load("evidence.json"))
    assert found
    expect(table.get_by_role("row")).to_have_count(1 + sum(len(finding["figures"]) for finding in found))
    for finding in found:
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=finding["id"], exact=True))
        expect(row).to_contain_text(finding["pattern"])
        expect(row).to_contain_text(finding["source"])
        expect(row).to_contain_text("yes" if finding["figures"][0]["passed"] else "no")
    page.get_by_role("combobox", name="Show").last.select_option("no")
    missed = [finding for finding in found if not finding["passed"]]
    expect(table.get_by_role("rowheader")).to_have_count(len(missed))
    header, *lines = rows(saved(page, page.get_by_role("button", name="Published findings: save as CSV").click)[1])
    medians = [figure["median"] for finding in missed for figure in finding["figures"]]
    assert [float(line[header.index("model")]) for line in lines] == medians
    _, picture = saved(page, page.get_by_role("button", name="Published findings: save the picture as SVG").click)
    drawn = "".join(ElementTree.fromstring(picture).itertext())  # noqa: S314  (the app's own picture)
    assert all(finding["id"] in drawn for finding in missed)
    page.get_by_role("combobox", name="Show").last.select_option("yes")
    expect(table.get_by_role("rowheader")).to_have_count(len(found) - len(missed))


def test_how_to_read_is_told_when_it_is_asked_for(look):
    page = look("/evidence")
    told = page.get_by_text("The unit of effects is the standard deviation between runs")
    expect(told).to_be_hidden()
    page.get_by_text("What was tried, and how to read it").click()
    expect(told).to_be_visible()
