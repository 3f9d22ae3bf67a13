"""The report as a Word document: it says what the page says, its pictures are said in words, and nobody is named."""

import io
from datetime import UTC, datetime

import pytest

pytest.importorskip("docx", reason="needs the extra part `report`")

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from sim.view.report.document import plain, tree_of
from sim.view.report.word import WIDTH


@pytest.fixture(scope="module")
def document(client):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.view.report.word.svg_of", lambda *_: SVG)
        return Document(io.BytesIO(client.docx()))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'


@pytest.fixture(scope="module")
def said(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_has_the_chapters_of_the_page(document, client):
    tree = tree_of("report.html", client.content, client.making)
    chapters = [plain(section[0]) for section in tree.iter("section")]
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == chapters
    assert len(document.tables) == len(list(tree.iter("table")))
    assert len(document.inline_shapes) == len(list(tree.iter("figure")))


def test_every_picture_is_said_in_words(document):
    shown = [one for one in document.element.body.iter() if str(one.tag).endswith("}docPr")]
    assert len(shown) == len(document.inline_shapes)
    assert all(len(one.get("descr")) > 40 for one in shown)


def test_it_says_what_the_tables_of_the_page_say(document, client):
    tree = tree_of("report.html", client.content, client.making)
    for made, table in zip(document.tables, tree.iter("table"), strict=True):
        said = ["".join(cell.text.split()) for row in made.rows for cell in row.cells if cell.text]
        assert said == ["".join(plain(cell).split()) for row in table.iter("tr") for cell in row if plain(cell)]


def test_it_bears_the_name_of_the_house(document):
    assert document.core_properties.title
    assert document.core_properties.author == "Muster & Partner"
    assert document.sections[0].footer.paragraphs[0].text == "Confidential"


def test_nobody_is_named(said, client):
    for person in client.content.scenario.employees.people:
        assert person.name not in said
        assert not [part for part in person.name.split() if f" {part} " in said]


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_it_was_made_now_and_by_nobody_elses_program(client, form, document):
    if form == "docx":
        known, package = document.core_properties, document.part.package
    else:
        pptx = pytest.importorskip("pptx")
        deck = pptx.Presentation(io.BytesIO(client.pptx()))
        known, package = deck.core_properties, deck.part.package
    assert abs((datetime.now(UTC).replace(tzinfo=None) - known.created.replace(tzinfo=None)).total_seconds()) < 3600
    assert known.modified == known.created
    assert known.last_modified_by == known.author == "Muster & Partner"
    app = next(part.blob.decode() for part in package.iter_parts() if str(part.partname) == "/docProps/app.xml")
    assert "<Application>teamsim</Application>" in app
    assert "Microsoft" not in app


def test_tables_have_columns_for_their_words_and_rows_that_stay_whole(document):
    for table in document.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(Cm(WIDTH), rel=0.01)
    whole = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in document.element.iter(qn("w:tr"))]
    assert whole
    assert all(whole)
