"""The report from the page Compare: a file that opens, made while the page goes on."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sim.app.compare.reporting import PAGE, file_name, forms
from tests.browser.answers import QUICK, begin, expect_answer
from tests.browser.serving import missing

LONGEST = 120_000
"""Milliseconds that a report may take on a busy machine."""


def report_of(page):
    return page.get_by_role("group", name="Report")


def pages(path):
    """How many pages a PDF has, by another program that reads it."""
    if not shutil.which("pdfinfo"):
        missing("pdfinfo", "office")
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(told.partition("Pages:")[2].split()[0])


@pytest.mark.parametrize("endings", [[*forms()][-2:], pytest.param([*forms()], marks=pytest.mark.thorough)])
def test_a_report_is_made_and_opens_and_the_page_goes_on_meanwhile(look, endings):
    page = begin(look, replace(QUICK, changes={"market.urgency": 0.8}))
    report = report_of(page)
    made: dict[str, Path] = {}
    for ending in endings:
        button = report.get_by_role("button", name=forms()[ending], exact=True)
        with page.expect_download(timeout=LONGEST) as started:
            button.click()
            expect(report.get_by_role("progressbar")).to_be_visible()
            expect(button).to_be_disabled()
            page.get_by_role("slider", name="Urgency", exact=True).press("ArrowRight")
            expect_answer(page, replace(QUICK, changes={"market.urgency": 0.82 + 0.02 * len(made)}))
        expect(report).to_contain_text(f"Saved {file_name('everyday', ending)}.")
        expect(report.get_by_role("progressbar")).to_be_hidden()
        assert started.value.suggested_filename == file_name("everyday", ending)
        made[ending] = started.value.path()
    if ".html" in made:
        assert "everyday.toml --replications 25 --seed 1" in made[".html"].read_text(encoding="utf-8")
    if PAGE in made:
        assert "default-src 'none'" in made[PAGE].read_text(encoding="utf-8")
    if ".pdf" in made:
        assert made[".pdf"].read_bytes().startswith(b"%PDF")
        assert pages(made[".pdf"]) > 1
    if ".pptx" in made:
        from pptx import Presentation

        slides = Presentation(io.BytesIO(made[".pptx"].read_bytes())).slides
        assert any(shape.has_chart for slide in slides for shape in slide.shapes)


def test_a_report_that_cannot_be_made_is_explained_in_every_form_and_the_page_goes_on(look):
    page = begin(look, replace(QUICK, weeks=8))
    for ending, name in forms().items():
        button = report_of(page).get_by_role("button", name=name, exact=True)
        if ending == PAGE:  # of so few weeks, too
            with page.expect_download(timeout=LONGEST):
                button.click()
        else:
            button.click()
            expect(page.get_by_role("alert")).to_contain_text("No report is possible")
        expect(button).to_be_enabled()
    page.get_by_role("slider", name="Urgency", exact=True).press("End")
    page.get_by_text("Your change.").wait_for()
