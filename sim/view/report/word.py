"""The report as a Word document: texts, tables and lists that can be edited, and pictures with a text for each."""

import io
import xml.etree.ElementTree as ET
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sim.view.report.content import Content
from sim.view.report.document import Making, plain, tree_of, wording_of
from sim.view.report.pictures import svg_of
from sim.view.report.properties import set_properties
from sim.view.report.wording import Wording
from sim.view.theme import Look

FONT, SIZE = "Calibri", 10
FAINT = "595959"
MARGIN = 2.1
"""Of a page, in centimetres."""

WIDTH = 21.0 - 2 * MARGIN
WIDTHS = {"trade-off": 0.6, "development": 1.0}
"""Shares of the page that pictures are wide, where they are not nearly as wide as it; page one is one page."""
SHADES = {"heat1": "FDF3E3", "heat2": "FAE3C0", "heat3": "F4C98D", "heat4": "EAA75C"}
NUMERIC = ("exact", "heat", "practices")
"""Kinds of tables that hold numbers behind their first column."""

SMALL = ("note", "small")
"""Kinds of paragraphs in smaller type."""


def word_of(content: Content, making: Making) -> bytes:
    """The document as bytes of a .docx file."""
    tree, wording = tree_of("report.html", content, making), wording_of(content, making)
    writer = _Writer(content, making, wording)
    writer.inside(tree)
    written = io.BytesIO()
    writer.document.save(written)
    return written.getvalue()


class _Writer:
    """The document while it is written."""

    def __init__(self, content: Content, making: Making, wording: Wording) -> None:
        self.content, self.making, self.wording = content, making, wording
        self.document = Document()
        self.ink = RGBColor.from_string(Look(making.brand.colour, (1, 0)).ink.lstrip("#").upper())
        self._prepare()

    def _prepare(self) -> None:
        document, language = self.document, self.making.language
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = Cm(MARGIN)
        page.top_margin = page.bottom_margin = Cm(2.0)
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(SIZE)
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), language)
        normal.element.get_or_add_rPr().append(tongue)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12)):
            style = document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), self.ink
            fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
            if fonts is not None:  # the template's own fonts for headings would win
                for key in [key for key in fonts.attrib if "Theme" in key]:
                    del fonts.attrib[key]
        caption = document.styles["Caption"].font
        caption.size, caption.bold, caption.color.rgb = Pt(SIZE - 1.5), False, RGBColor.from_string(FAINT)
        if self.making.brand.footer:
            page.footer.paragraphs[0].text = self.making.brand.footer
        if self.making.brand.logo:
            document.add_picture(io.BytesIO(self.making.brand.logo), height=Cm(1.4))

    def inside(self, element: ET.Element) -> None:
        """Everything in an element, one below the other."""
        for child in element:
            self.block(child)

    def block(self, element: ET.Element) -> None:
        """A paragraph, a list, a table, a picture, or what holds some."""
        kind = element.get("class", "")
        if element.tag == "h1":
            set_properties(self.document, plain(element), self.making, self.wording)
            self.document.add_paragraph(plain(element), style="Title")
        elif element.tag in ("h2", "h3"):
            self.document.add_heading(plain(element), 1 if element.tag == "h2" else 2)
        elif element.tag == "p":
            paragraph = self.document.add_paragraph()
            self.text(paragraph, element, size=SIZE - 1.5 if kind in SMALL else None)
        elif element.tag in ("ul", "ol"):
            for item in element:
                self.text(self.document.add_paragraph(style="List Bullet"), item)
        elif element.tag == "table":
            self.table(element)
        elif element.tag == "figure":
            self.figure(element)
        else:
            self.inside(element)

    def text(self, paragraph: Any, element: ET.Element, bold: bool = False, size: float | None = None) -> None:
        """An element's text with what is strong, slanted or code in it."""
        self._run(paragraph, (element.text or "").lstrip(), bold, size)
        for child in element:
            if child.tag == "br":
                paragraph.add_run().add_break()
            else:
                faint = any(name in ("interval", "unit") for name in child.get("class", "").split())
                self._inline(paragraph, child, bold, SIZE - 2 if faint else size)
            self._run(paragraph, child.tail or "", bold, size)

    def _inline(self, paragraph: Any, element: ET.Element, bold: bool, size: float | None) -> None:
        bold, slanted, code = bold or element.tag == "strong", element.tag == "em", element.tag == "code"
        self._run(paragraph, element.text or "", bold, size, slanted, code)
        for child in element:
            self._inline(paragraph, child, bold, size)
            self._run(paragraph, child.tail or "", bold, size, slanted, code)

    def _run(
        self, paragraph: Any, text: str, bold: bool, size: float | None, slanted: bool = False, code: bool = False
    ) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, slanted or None
        if size is not None:
            run.font.size = Pt(size)
        if code:
            run.font.name = "Consolas"

    def table(self, element: ET.Element) -> None:
        """A table; its header comes again on every page."""
        caption = element.find("caption")
        if caption is not None:
            paragraph = self.document.add_paragraph(style="Caption")
            paragraph.paragraph_format.keep_with_next = True
            self.text(paragraph, caption)
        rows = list(element.iter("tr"))
        kinds = element.get("class", "").split()
        size = SIZE - 3 if "exact" in kinds else SIZE - 1
        grid = self.document.add_table(len(rows), max(len(row) for row in rows), style="Light Shading")
        _plain_look(grid)
        grid.autofit = False
        for place, share in enumerate(_shares(kinds, len(grid.columns))):
            grid.columns[place].width = Cm(WIDTH * share)
            for cell in grid.columns[place].cells:
                cell.width = Cm(WIDTH * share)
        for row, made in zip(rows, grid.rows, strict=True):
            made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for place, cell in enumerate(row):
                own = cell.get("class", "").split()
                paragraph = made.cells[place].paragraphs[0]
                self.text(paragraph, cell, bold=cell.get("scope") == "col" or "best" in own, size=size)
                if cell.tag == "td" and any(kind in NUMERIC for kind in kinds):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for shade in filter(SHADES.get, own):
                    _shade(made.cells[place], SHADES[shade])
        if len(grid.rows):
            repeated = OxmlElement("w:tblHeader")
            repeated.set(qn("w:val"), "true")
            grid.rows[0]._tr.get_or_add_trPr().append(repeated)
        self.document.add_paragraph()

    def figure(self, element: ET.Element) -> None:
        """A picture with the text that says what it shows, and its caption."""
        import vl_convert

        name = element.get("data-picture", "")
        said = element.find("p[@class='alt']")
        picture = vl_convert.svg_to_png(svg_of(name, self.content, self.wording), scale=2.0)
        self.document.add_picture(_few_colours(picture), width=Cm(WIDTH * WIDTHS.get(name, 0.9)))
        shown = self.document.inline_shapes[-1]._inline.docPr
        shown.set("descr", plain(said) if said is not None else "")
        shown.set("title", name)
        caption = element.find("figcaption")
        if caption is not None:
            self.text(self.document.add_paragraph(style="Caption"), caption)


def _plain_look(grid: Any) -> None:
    """A head, and lines above and below; neither stripes nor a first column in bold."""
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    for key in list(look.attrib):
        del look.attrib[key]
    for key, value in (("val", "0620"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "0"), ("lastColumn", "0"),
                       ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{key}"), value)


def _shares(kinds: list[str], columns: int) -> list[float]:
    """The widths of columns, as shares of the page: the first has words, and those of numbers are alike."""
    if "changes" in kinds:
        return [0.17, 0.19, 0.22, 0.21, 0.21]
    first = next((share for kind, share in FIRST.items() if kind in kinds), max(0.25, 1 / columns))
    return [first, *[(1 - first) / max(columns - 1, 1)] * (columns - 1)]


FIRST = {"steps": 0.64, "persons": 0.32, "heat": 0.26, "practices": 0.34, "exact": 0.16}
"""Share of a table's width that its first column has, by its kind."""


def _few_colours(picture: bytes) -> io.BytesIO:
    """A picture with 256 colours, which is enough for a chart and a third of the size."""
    from PIL import Image

    small = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as drawn:
        drawn.convert("RGB").quantize(256).save(small, "PNG", optimize=True)
    small.seek(0)
    return small


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
