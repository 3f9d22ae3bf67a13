"""The slides: nothing overlaps or runs over, charts can be edited and hold the report's numbers, nobody is named."""

import io
import itertools
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

pytest.importorskip("pptx", reason="needs the extra part `report`")

from PIL import Image, ImageChops
from pptx import Presentation
from pptx.util import Inches, Pt

from sim.view.label_placement import Box
from sim.view.report import slide_charts
from sim.view.report.brand import Brand
from sim.view.report.document import plain, tree_of, wording_of
from sim.view.report.slides import HEIGHT, LINE, WIDTH, text_height
from tests.view.report.test_html import as_number, numbers_in

TOUCHING = Inches(0.02)


@pytest.fixture(scope="module")
def made(client):
    return client.pptx()


@pytest.fixture(scope="module")
def deck(made):
    return Presentation(io.BytesIO(made))


def charts(deck):
    return [(slide, shape) for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def texts(deck):
    """Every text of the slides, their notes and their charts."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                yield from (series.name for plot in shape.chart.plots for series in plot.series)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def test_nothing_overlaps_and_everything_is_on_the_slide(deck):
    for slide in deck.slides:
        boxes = [(s.name, s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for name, left, top, right, bottom in boxes:
            assert 0 <= left < right <= Inches(WIDTH) + TOUCHING, name
            assert 0 <= top < bottom <= Inches(HEIGHT) + TOUCHING, name
        for one, two in itertools.combinations(boxes, 2):
            across = min(one[3], two[3]) - max(one[1], two[1])
            down = min(one[4], two[4]) - max(one[2], two[2])
            assert across <= TOUCHING or down <= TOUCHING, (slide.shapes.title.text, one[0], two[0])


def test_text_fits_into_its_box(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                lines = [paragraph.text for paragraph in shape.text_frame.paragraphs]
                size = shape.text_frame.paragraphs[0].font.size / Pt(1)
                needed = text_height(lines, size, shape.width / Inches(1) - 0.2)
                assert needed <= shape.height / Inches(1) + size * LINE / 72, (slide.shapes.title.text, lines)


@pytest.mark.parametrize("text", ["a" * 500, "word " * 100])
def test_more_text_takes_more_room(text):
    assert text_height([text], 12, 5) > text_height([text[:100]], 12, 5)
    assert text_height([text], 12, 3) > text_height([text], 12, 6)
    assert text_height([text], 20, 5) > text_height([text], 12, 5)


def test_every_slide_has_a_title_of_its_own(deck):
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles) >= 10
    assert deck.core_properties.title == titles[0]


def test_every_chart_says_in_words_what_it_shows(deck):
    assert len(charts(deck)) >= 7
    for _, shape in charts(deck):
        assert len(shape.element.nvGraphicFramePr.cNvPr.get("descr")) > 60


def test_charts_hold_the_numbers_of_the_report(deck, client):
    numbers = client.content.numbers
    shown: dict[str, list[float]] = {}
    for _, shape in charts(deck):
        for plot in shape.chart.plots:
            for series in plot.series:
                shown.setdefault(series.name, []).extend(v for v in series.values if v is not None)
    median = numbers.of("differences", "morale", "servant", "median")
    assert any(value == pytest.approx(median) for value in shown["servant"])
    leavers = shown["People who leave in a year"]
    expected = [numbers.of("money", "leavers", style, "mean") for style in client.content.styles]
    assert sorted(leavers) == pytest.approx(sorted(expected))


def test_a_chart_can_be_edited_because_its_numbers_come_with_it(deck):
    for _, shape in charts(deck):
        assert shape.chart.part.chart_workbook.xlsx_part is not None


def test_numbers_on_slides_are_the_reports(client):
    for key, value, step, shown in numbers_in(tree_of("slides.html", client.content, client.making)):
        own = client.content.numbers[key]
        assert value == pytest.approx(own, rel=1e-9)
        assert abs(as_number(shown)) == pytest.approx(abs(own), abs=step / 2 * (1 + 1e-6))


def test_nobody_is_named(deck, client):
    whole_text = "\n".join(texts(deck))
    for person in client.content.scenario.employees.people:
        assert not re.search(rf"\b{person.name.split()[-1]}\b", whole_text)
    assert "[name]" in whole_text


def test_slides_say_what_their_template_says(deck, client):
    tree = tree_of("slides.html", client.content, client.making)
    whole_text = " ".join(" ".join(texts(deck)).split())
    for item in tree.iter("li"):
        assert plain(item) in whole_text


@pytest.mark.parametrize("size", [(400, 40), (40, 400)])
def test_a_logo_of_any_shape_stands_on_the_first_slide(client, size):
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, "PNG")
    making = client.making._replace(brand=Brand("House", "#123456", "", data.getvalue(), "PNG"))
    deck = Presentation(io.BytesIO(client._replace(making=making).pptx()))
    logo = next(shape for shape in deck.slides[0].shapes if shape.shape_type == 13)
    assert logo.width / logo.height == pytest.approx(size[0] / size[1], rel=0.02)
    assert logo.width <= Inches(5)
    test_nothing_overlaps_and_everything_is_on_the_slide(deck)


def test_a_very_long_title_still_fits(client):
    title = "A family business in the fifth generation which makes, sells and repairs machines of every size " * 2
    deck = Presentation(io.BytesIO(client._replace(making=client.making._replace(title=title[:150])).pptx()))
    test_text_fits_into_its_box(deck)
    test_nothing_overlaps_and_everything_is_on_the_slide(deck)


def test_a_long_name_beside_a_point_is_cut(client):
    wording = wording_of(client.content, client.making)
    assert slide_charts.short_name("servant", wording) == "servant"
    assert slide_charts.short_name("a-style-with-quite-a-long-name", wording) == "a-style-with-quite-a…"


# --- As LibreOffice shows them ----------------------------------------------------------------------------------------


def shown_by_libreoffice(slides, folder):
    """The slides as a PDF; where LibreOffice is missing, skip, but fail in continuous integration."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        reason = "needs LibreOffice and poppler-utils: make office"
        pytest.fail(reason) if os.environ.get("CI", "").lower() == "true" else pytest.skip(reason)
    (folder / "slides.pptx").write_bytes(slides)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "slides.pptx"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "slides.pdf"


@pytest.fixture(scope="module")
def document(made, tmp_path_factory):
    return shown_by_libreoffice(made, tmp_path_factory.mktemp("office"))


def words_upon_each_other(document):
    """Pairs of words of a slide of which one covers a part of the other."""
    command = ["pdftotext", "-bbox", document, "-"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    body = re.sub(r' xmlns="[^"]*"', "", found[found.index("<body>") : found.index("</body>") + 7])
    for number, page in enumerate(ET.fromstring(body).iter("page"), 1):  # noqa: S314
        words = [(box_of(word), word.text or "") for word in page.iter("word")]
        for (one, text), (two, other) in itertools.combinations(words, 2):
            across = min(one.right, two.right) - max(one.left, two.left)
            down = min(one.bottom, two.bottom) - max(one.top, two.top)
            if across > 1 and down > 0.35 * min(one.bottom - one.top, two.bottom - two.top):
                yield number, text, other


def box_of(word):
    return Box(*(float(word.get(end, "nan")) for end in ("xMin", "yMin", "xMax", "yMax")))


def test_no_word_covers_another(document):
    assert list(words_upon_each_other(document)) == []


def test_words_that_cover_each_other_are_found(tmp_path):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text, left in (("covered", 1.0), ("covering", 1.3), ("free", 5.0)):
        slide.shapes.add_textbox(Inches(left), Inches(1), Inches(3), Inches(1)).text_frame.text = text
    written = io.BytesIO()
    deck.save(written)
    document = shown_by_libreoffice(written.getvalue(), tmp_path)
    assert list(words_upon_each_other(document)) == [(1, "covered", "covering")]


def test_every_shape_shows_something_and_nothing_runs_over_the_foot(document, deck, tmp_path):
    subprocess.run(["pdftoppm", "-r", "40", "-png", document, tmp_path / "slide"], check=True)
    pictures = sorted(tmp_path.glob("slide-*.png"))
    assert len(pictures) == len(deck.slides)
    for path, slide in zip(pictures, deck.slides, strict=True):
        picture = Image.open(path).convert("L")
        for shape in slide.shapes:
            left, top = shape.left / Inches(WIDTH), shape.top / Inches(HEIGHT)
            right, bottom = left + shape.width / Inches(WIDTH), top + shape.height / Inches(HEIGHT)
            part = picture.crop(
                (
                    int(left * picture.width),
                    int(top * picture.height),
                    int(right * picture.width),
                    int(bottom * picture.height),
                )
            )
            assert ImageChops.invert(part).getbbox(), f"nothing is to be seen of {shape.name} in {path.name}"
        margin = picture.crop((0, int(picture.height * 0.985), picture.width, picture.height))
        assert not ImageChops.invert(margin).getbbox(), f"{path.name} runs over its foot"
