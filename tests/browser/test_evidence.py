"""The page Evidence in a browser: what was measured, said as it is, and tried again."""

import csv
from xml.etree import ElementTree

from playwright.sync_api import expect

from sim.analysis.claims.load import load_claims
from sim.app.evidence.findings import findings
from sim.app.evidence.records import load, records


def test_every_claim_is_listed_with_its_verdict_or_that_it_has_none(visit):
    page = visit("/evidence")
    table = page.get_by_role("region", name="Claims of the leadership literature")
    table.wait_for()
    measured = {record["id"]: record["verdict"] for record in records(load("claims.json"))}
    for claim in load_claims().claims:
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=claim.id, exact=True))
        expect(row).to_contain_text(claim.text)
        expect(row).to_contain_text(measured.get(claim.id) or "not measured yet")
    if not measured:
        expect(page.get_by_text("Nothing has been measured yet").first).to_be_visible()


def test_claims_can_be_filtered_by_verdict_and_saved(visit):
    page = visit("/evidence")
    table = page.get_by_role("region", name="Claims of the leadership literature")
    table.wait_for()
    shown = page.get_by_label("Show").first
    name = shown.locator("option").nth(1).get_attribute("value")
    shown.select_option(name)
    measured = {record["id"]: record["verdict"] for record in records(load("claims.json"))}
    verdicts = [measured.get(claim.id) or "not measured yet" for claim in load_claims().claims]
    expect(table.get_by_role("row")).to_have_count(1 + verdicts.count(name))
    with page.expect_download() as download:
        page.get_by_role("button", name="Claims of the leadership literature: save as CSV").click()
    saved = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(saved) == verdicts.count(name)
    assert {row["verdict"] or "not measured yet" for row in saved} == {name}


def test_a_claim_can_be_tried(visit):
    page = visit("/evidence")
    page.get_by_label("Claim", exact=True).select_option("C05")
    page.get_by_role("button", name="Run it now").click()
    page.locator("[data-tried=C05]").wait_for()
    tried = page.get_by_role("region", name="C05, run now")
    expect(tried.get_by_role("row")).to_have_count(2)
    tried.get_by_text("more about C05").click()
    claim = load_claims().chosen(("C05",)).claims[0]
    for part in claim.parts:
        expect(tried).to_contain_text(part.text)


def test_every_published_finding_is_held_against_the_model_figure_by_figure(visit):
    page = visit("/evidence")
    table = page.get_by_role("region", name="Published findings")
    found = findings(load("evidence.json"))
    assert found
    expect(table.get_by_role("row")).to_have_count(1 + sum(len(finding["figures"]) for finding in found))
    for finding in found:
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=finding["id"], exact=True))
        expect(row).to_contain_text(finding["pattern"])
        expect(row).to_contain_text(finding["source"])
        expect(row).to_contain_text("yes" if finding["figures"][0]["passed"] else "no")
    page.get_by_label("Show").last.select_option("no")
    missed = [finding for finding in found if not finding["passed"]]
    expect(table.get_by_role("rowheader")).to_have_count(len(missed))
    with page.expect_download() as download:
        page.get_by_role("button", name="Published findings: save as CSV").click()
    saved = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    medians = [figure["median"] for finding in missed for figure in finding["figures"]]
    assert [float(row["model"]) for row in saved] == medians
    with page.expect_download() as download:
        page.get_by_role("button", name="Published findings: save the picture as SVG").click()
    ElementTree.fromstring(download.value.path().read_text(encoding="utf-8"))  # noqa: S314  (the app's own picture)
