"""The document: it meets the standard for readers who do not see it, or is not written at all."""

import re
import shutil
import subprocess

import pytest

pytest.importorskip("typst", reason="needs the extra part `report`")

from sim.view.report import pdf
from sim.view.report.document import tree_of


@pytest.fixture(scope="module")
def document(client):
    return client.pdf()


def test_it_says_that_it_meets_the_standard(document):
    assert document.startswith(b"%PDF")
    assert b"pdfuaid" in document
    assert len(document) < 2_000_000


def test_a_picture_without_words_is_refused(client, monkeypatch):
    import typst

    monkeypatch.setattr(pdf, "pictures_wanted", lambda tree: dict.fromkeys(_pictures(client), None))
    with pytest.raises(typst.TypstError, match="alt"):
        client.pdf()


def _pictures(client):
    tree = tree_of("report.html", client.content, client.making)
    return [figure.get("data-picture") for figure in tree.iter("figure")]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
def test_it_says_what_the_page_says_and_names_nobody(document, client, tmp_path):
    (tmp_path / "report.pdf").write_bytes(document)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, text=True)
    for words in ("How sure this is", "Nothing has to change on Monday", "Confidential"):
        assert words in done.stdout
    for person in client.content.scenario.employees.people:
        assert not re.search(rf"\b{person.name.split()[-1]}\b", done.stdout)
    assert "wants more <say> & a raise" in re.sub(r"\s+", " ", done.stdout)
