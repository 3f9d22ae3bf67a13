"""The report as one page that holds everything it needs: no script, no address, nothing to fetch."""

import re
import xml.etree.ElementTree as ET
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.view.report.content import Content
from sim.view.report.document import Making, pictures_wanted, plain, tree_of, wording_of
from sim.view.report.pictures import svg_of
from sim.view.report.wording import TEMPLATES
from sim.view.theme import Look


def page_of(content: Content, making: Making) -> str:
    """The whole page."""
    tree = tree_of("report.html", content, making)
    wording = wording_of(content, making)
    pictures = {
        name: _inline(svg_of(name, content, wording), name, description)
        for name, description in pictures_wanted(tree).items()
    }
    for figure in tree.iter("figure"):
        for description in figure.findall("p[@class='alt']"):
            figure.remove(description)
    _let_tables_scroll(tree)
    body = ET.tostring(tree, encoding="unicode", method="html")
    for name, picture in pictures.items():
        start_tag = f'<figure data-picture="{name}">'
        body = body.replace(start_tag, f'{start_tag}<div class="picture" tabindex="0">{picture}</div>')
    heading = tree.find("header/h1")
    return _frame().render(
        language=making.language,
        title=plain(heading) if heading is not None else making.title,
        brand=making.brand,
        command=wording.file(making.command),
        ink=Look(making.brand.colour, (1, 0)).ink,
        body=Markup(body),  # noqa: S704 (a tree written out, so everything in it is escaped)
        contents=[(section.get("id"), plain(section[0])) for section in tree.iter("section")],
    )


@cache
def _frame() -> Template:
    """What stands around the report."""
    frame = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return frame.get_template("page.html")


def _let_tables_scroll(tree: ET.Element) -> None:
    """Put every table into a box that can be broader than a telephone, and is scrolled by keyboard, too."""
    for parent in list(tree.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                box = ET.Element("div", {"class": "table", "tabindex": "0"})
                box.tail, child.tail = child.tail, None
                parent[place] = box
                box.append(child)


def _inline(svg: str, name: str, description: str) -> str:
    """SVG to stand within a page: without the addresses that name its language, and with the text that says it."""
    picture = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
    # What a screen reader should not spell out: every tick and label on its own.
    picture = re.sub(r'\s(role|aria-[a-z]+)="[^"]*"', "", picture)
    start_tag = Markup('<svg role="img" aria-label="{}"').format(description)
    # Names of clips and gradients are shared by all pictures of a page.
    picture = re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", picture)
    return picture.replace("<svg", str(start_tag), 1)
