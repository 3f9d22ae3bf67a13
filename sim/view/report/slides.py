"""The report as slides with native text, tables and charts, so that a consultant can change all of them."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Length, Pt

from sim.view import theme
from sim.view.report.content import Content
from sim.view.report.document import BREAKS, Making, plain, tree_of, wording_of
from sim.view.report.properties import set_properties
from sim.view.report.slide_axes import rgb
from sim.view.report.slide_charts import add_chart
from sim.view.report.wording import Wording

WIDTH, HEIGHT = 13.333, 7.5
"""Of a slide, in inches."""

SIZES = (20, 18, 16, 14, 12, 11, 10)
"""Sizes of text in points, the largest that fits is taken."""

CHARACTER, LINE = 0.56, 1.28
"""Width of a character and height of a line, in sizes of the text; broad fonts included."""

SHADES = {"heat1": "#FDF3E3", "heat2": "#FAE3C0", "heat3": "#F4C98D", "heat4": "#EAA75C"}

NUMERIC = ("heat", "practices")
"""Kinds of tables that hold numbers behind their first column."""

NUMBER = 'id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"'
"""A field that shows the number of the slide; the file format wants it to have a name that nothing else has."""


class Area(NamedTuple):
    """A part of a slide in inches: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """As the library wants it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


TITLE = Area(0.6, 0.35, 12.1, 1.0)
BODY = Area(0.6, 1.5, 12.1, 5.35)
FOOT = Area(0.6, 6.98, 12.1, 0.35)
GAP = 0.3

CAPTION = 0.38
"""Height of a line above a chart."""

BELOW, BELOW_TABLES = 1.45, 1.1
"""Height of the text below several pictures, or several tables, which need the room."""

BELOW_TABLE = 2.4
"""The same below a single table."""

LARGEST, LARGEST_BELOW_TABLES = 20, 14
"""Size of text."""


def slides_of(content: Content, making: Making) -> bytes:
    """The slides as bytes of a .pptx file."""
    tree = tree_of("slides.html", content, making)
    wording = wording_of(content, making)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    sections = tree.findall("section")
    set_properties(deck, plain(sections[0][0]), making, wording)
    ink = theme.Look(making.brand.colour, (1, 0)).ink
    for section in sections:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        _title(slide, plain(section[0]).rstrip("."), ink, first=section.get("class") == "title")
        if section.get("class") == "title":
            _first(slide, section, making, ink)
        else:
            _body(slide, section, content, wording)
        _foot(slide, making)
        notes = section.find("aside")
        if notes is not None:
            slide.notes_slide.notes_text_frame.text = plain(notes)
    for slide in deck.slides:
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
            run.set("lang", making.language)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _title(slide: Any, text: str, ink: str, first: bool) -> None:
    title = slide.shapes.title
    area = Area(0.6, 2.2, 12.1, 1.6) if first else TITLE
    title.left, title.top, title.width, title.height = area.emu
    title.text = text
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.MIDDLE
    size = next(
        (
            size
            for size in ((44, 36, 30, 26, 22) if first else (30, 26, 22))
            if text_height([text], size, area.width) <= area.height
        ),
        18,
    )
    for paragraph in frame.paragraphs:
        paragraph.alignment = 1
        paragraph.font.size, paragraph.font.bold = Pt(size), True
        paragraph.font.color.rgb = rgb(ink)


def _first(slide: Any, section: ET.Element, making: Making, ink: str) -> None:
    """The first slide: what was found in a sentence, and whose it is."""
    bar = slide.shapes.add_shape(1, *Area(0, 0, WIDTH, 0.18).emu)
    bar.fill.solid()
    bar.fill.fore_color.rgb = rgb(making.brand.colour)
    bar.line.fill.background()
    _text(slide, section.findall("p"), Area(0.6, 3.95, 12.1, 1.8), largest=24)
    if making.brand.logo:
        logo = slide.shapes.add_picture(io.BytesIO(making.brand.logo), Inches(0.6), Inches(0.6), height=Inches(0.9))
        if logo.width > Inches(5):  # a broad one
            logo.height, logo.width = int(logo.height * Inches(5) / logo.width), Inches(5)
        logo._element.nvPicPr.cNvPr.set("descr", making.brand.name)
    elif making.brand.name:
        _plain_box(slide, making.brand.name, Area(0.6, 0.6, 12.1, 0.5), 18, ink)


def _foot(slide: Any, making: Making) -> None:
    """The house's line at the foot, and the number of the slide."""
    box = slide.shapes.add_textbox(*FOOT.emu)
    box.text_frame.word_wrap = True  # or it is as wide as its text, and stands in the middle
    paragraph = box.text_frame.paragraphs[0]
    if making.brand.footer or making.brand.name:
        paragraph.add_run().text = f"{making.brand.footer or making.brand.name}   ·   "
    paragraph._p.append(parse_xml(f"<a:fld {nsdecls('a')} {NUMBER}><a:rPr/><a:t>1</a:t></a:fld>"))
    paragraph.font.size = Pt(10)
    paragraph.font.color.rgb = rgb(theme.FAINT)


def _body(slide: Any, section: ET.Element, content: Content, wording: Wording) -> None:
    """Pictures and tables beside each other, and text beside one or below several."""
    shown = [element for element in section if element.tag in ("figure", "table")]
    texts = [element for element in section if element.tag in ("p", "ul")]
    if not shown:
        _text(slide, texts, BODY)
        return
    areas = _areas(shown, bool(texts))
    captions = min((_caption_size(*one) for one in zip(shown, areas, strict=True)), default=LARGEST_CAPTION)
    for element, area in zip(shown, areas, strict=True):
        if element.tag == "table":
            _table(slide, element, area)
        else:
            _figure(slide, element, area, captions, content, wording)
    if texts:
        small = shown[0].tag == "table"
        _text(slide, texts, _text_area(shown), LARGEST_BELOW_TABLES if small else LARGEST)


LARGEST_CAPTION = 12


def _caption_size(element: ET.Element, area: Area) -> int:
    caption = element.find("figcaption")
    return LARGEST_CAPTION if caption is None else _size_for(
        [plain(caption)], area._replace(height=CAPTION), LARGEST_CAPTION
    )  # fmt: skip


def _figure(slide: Any, element: ET.Element, area: Area, size: int, content: Content, wording: Wording) -> None:
    """A chart below its caption, with the words that say what it shows."""
    caption, description = element.find("figcaption"), element.find("p[@class='alt']")
    head = 0.0 if caption is None else CAPTION
    if caption is not None:
        _plain_box(slide, plain(caption), area._replace(height=head), size, theme.INK)
    below = area._replace(top=area.top + head, height=area.height - head)
    frame = add_chart(slide, element, below.emu, content, wording)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(description) if description is not None else "")


def _areas(shown: Sequence[ET.Element], with_text: bool) -> list[Area]:
    """Where the pictures and tables of a slide stand."""
    tables = all(element.tag == "table" for element in shown)
    if len(shown) == 1 and tables:
        return [BODY._replace(height=BODY.height - BELOW_TABLE) if with_text else BODY]
    if len(shown) == 1:
        return [BODY._replace(width=8.3) if with_text else BODY]
    height = BODY.height - (_below(shown) + GAP / 2 if with_text else 0)
    if tables:
        each = (height - GAP) / 2
        return [BODY._replace(top=BODY.top + place * (each + GAP), height=each) for place in range(len(shown))]
    width = (BODY.width - GAP) / 2
    return [
        BODY._replace(left=BODY.left + place * (width + GAP), width=width, height=height) for place in range(len(shown))
    ]


def _text_area(shown: Sequence[ET.Element]) -> Area:
    if len(shown) == 1 and shown[0].tag == "table":
        return BODY._replace(top=BODY.top + BODY.height - BELOW_TABLE + GAP / 2, height=BELOW_TABLE - GAP / 2)
    if len(shown) == 1:
        return Area(BODY.left + 8.3 + GAP, BODY.top, BODY.width - 8.3 - GAP, BODY.height)
    return BODY._replace(top=BODY.top + BODY.height - _below(shown), height=_below(shown))


def _below(shown: Sequence[ET.Element]) -> float:
    return BELOW_TABLES if shown[0].tag == "table" else BELOW


def _text(slide: Any, elements: Sequence[ET.Element], area: Area, largest: int = LARGEST) -> None:
    """Paragraphs and lists, as large as they fit."""
    pieces: list[tuple[ET.Element, bool]] = []
    for element in elements:
        pieces += [(item, True) for item in element.findall("li")] if element.tag == "ul" else [(element, False)]
    texts = [plain(piece) for piece, _ in pieces]
    size = _size_for(texts, area, largest)
    frame = slide.shapes.add_textbox(*area.emu).text_frame
    frame.word_wrap = True
    for place, (piece, listed) in enumerate(pieces):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.45)
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = rgb(theme.INK)
        if listed:
            _bullet(paragraph, size)
        _runs(paragraph, piece)


def _bullet(paragraph: Any, size: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(size)))
    properties.set("indent", str(-Pt(size)))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def _runs(paragraph: Any, element: ET.Element) -> None:
    """The text of an element, what is strong in bold."""
    pieces: list[tuple[str, bool]] = [(element.text or "", False)]
    for child in element:
        pieces += [
            (re.sub(BREAKS, " ", "".join(child.itertext())).strip(), child.tag == "strong"),
            (child.tail or "", False),
        ]
    pieces = [(text, bold) for text, bold in pieces if text]
    for place, (text, bold) in enumerate(pieces):
        run = paragraph.add_run()
        first, last = place == 0, place == len(pieces) - 1
        run.text = text.strip() if first and last else text.lstrip() if first else text.rstrip() if last else text
        run.font.bold = bold or None


def _plain_box(slide: Any, text: str, area: Area, size: int, ink: str) -> None:
    frame = slide.shapes.add_textbox(*area.emu).text_frame
    frame.word_wrap = True
    frame.text = text
    frame.paragraphs[0].font.size = Pt(size)
    frame.paragraphs[0].font.color.rgb = rgb(ink)


def _table(slide: Any, element: ET.Element, area: Area) -> None:
    """A table whose text is as large as fits."""
    rows = [list(row) for row in element.iter("tr")]
    columns = len(rows[0])
    widths = _widths(element.get("class", ""), columns, area.width)
    size = _table_size(rows, widths, area.height)
    frame = slide.shapes.add_table(len(rows), columns, *area._replace(height=0.3 * len(rows)).emu)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for place, width in enumerate(widths):
        table.columns[place].width = Inches(width)
    for r, row in enumerate(rows):
        table.rows[r].height = Inches(_row_height(row, widths, size))
        for k, source in enumerate(row):
            cell = table.cell(r, k)
            cell.margin_top = cell.margin_bottom = Inches(0.04)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size = Pt(size)
            _runs(paragraph, source)
            _colour_cell(cell, paragraph, source, head=r == 0, number=k > 0 and element.get("class") in NUMERIC)


def _colour_cell(cell: Any, paragraph: Any, source: ET.Element, head: bool, number: bool) -> None:
    classes = source.get("class", "").split()
    shade = "#EEF1F4" if head else next((SHADES[name] for name in classes if name in SHADES), "#FFFFFF")
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(shade)
    paragraph.font.color.rgb = rgb(theme.INK)
    paragraph.alignment = 3 if number else 1
    for run in paragraph.runs:
        run.font.bold = True if head or "best" in classes else run.font.bold or False


def _widths(kind: str, columns: int, width: float) -> list[float]:
    first = {"steps": 0.66, "heat": 0.34, "practices": 0.3, "persons": 0.34}.get(kind, 1 / columns)
    if kind == "changes":
        return [width * share for share in (0.15, 0.18, 0.23, 0.22, 0.22)]
    if kind == "practices" and columns == 5:
        return [width * share for share in (0.27, 0.21, 0.21, 0.16, 0.15)]
    return [width * first] + [width * (1 - first) / (columns - 1)] * (columns - 1)


def _table_size(rows: Sequence[Sequence[ET.Element]], widths: Sequence[float], height: float) -> int:
    fits = (size for size in SIZES[1:] if sum(_row_height(row, widths, size) for row in rows) <= height)
    return next(fits, SIZES[-1])


def _row_height(row: Sequence[ET.Element], widths: Sequence[float], size: int) -> float:
    return max(text_height([plain(cell)], size, width - 0.22) for cell, width in zip(row, widths, strict=True)) + 0.1


def _size_for(texts: Sequence[str], area: Area, largest: int) -> int:
    sizes = [size for size in (24, *SIZES) if size <= largest]
    return next((size for size in sizes if text_height(texts, size, area.width - 0.45) <= area.height - 0.1), SIZES[-1])


def text_height(texts: Sequence[str], size: float, width: float) -> float:
    """Inches that paragraphs take when they are broken at this width, words kept whole; a little too much."""
    lines = 0.0
    for text in texts:
        room = max(width * 72 / (size * CHARACTER), 1.0)
        used, count = 0.0, 1
        for word in text.split():
            length = len(word) + 1
            if used and used + length > room:
                used, count = 0.0, count + 1
            used += length
            while used > room + 1:  # a word longer than a line
                used, count = used - room, count + 1
        lines += count + (0.36 if len(texts) > 1 else 0)
    return lines * size * LINE / 72
