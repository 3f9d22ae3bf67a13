"""The report as a Word document: it says what the page says, its pictures are said in words, and nobody is named."""

import io

import pytest

pytest.importorskip("docx", reason="needs the extra part `report`")

from docx import Document

from sim.view.report.document import plain, tree_of


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
