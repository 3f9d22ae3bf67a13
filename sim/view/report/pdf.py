"""The report as a document for printing and for screen readers: PDF/UA-1, checked by Typst while it writes.

The text goes to the frame page.typ as a tree in JSON, so that what it says can do nothing there but be shown.
"""

import json
import tempfile
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from sim.view.report.content import Content
from sim.view.report.document import Making, pictures_wanted, plain, tree_of, wording_of
from sim.view.report.pictures import svg_of
from sim.view.report.wording import TEMPLATES
from sim.view.theme import Look

STANDARD: Literal["ua-1"] = "ua-1"
"""The standard for accessible documents; Typst refuses to write what does not meet it."""


def pdf_of(content: Content, making: Making) -> bytes:
    """The document as bytes."""
    import typst

    tree = tree_of("report.html", content, making)
    wording = wording_of(content, making)
    descriptions = pictures_wanted(tree)
    heading = tree.find("header/h1")
    facts = {
        "title": plain(heading) if heading is not None else making.title,
        "language": making.language,
        "page": wording.words["document"]["page"],
        "colour": Look(making.brand.colour, (1, 0)).ink,
        "brand": making.brand.name,
        "command": wording.file(making.command),
        "footer": making.brand.footer,
        "logo": f"logo.{making.brand.kind.lower()}" if making.brand.logo else "",
        "descriptions": descriptions,
    }
    # A folder of its own, because Typst reads pictures from files, and from nowhere outside it.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for picture in descriptions:
            (folder / f"{picture}.svg").write_text(svg_of(picture, content, wording), encoding="utf-8")
        if making.brand.logo:
            (folder / facts["logo"]).write_bytes(making.brand.logo)
        (folder / "report.json").write_text(json.dumps({**facts, "body": as_json(tree)}), encoding="utf-8")
        (folder / "report.typ").write_bytes((TEMPLATES / "page.typ").read_bytes())
        made: bytes = typst.compile(
            str(folder / "report.typ"), root=name, pdf_standards=[STANDARD], font_paths=font_folders()
        )
    return made


def as_json(element: ET.Element) -> dict[str, Any]:
    """An element with its tag, its class, where its picture is, and what is in it: texts and elements."""
    inside: list[Any] = [element.text] if element.text else []
    for child in element:
        inside.append(as_json(child))
        if child.tail:
            inside.append(child.tail)
    kept = {name: element.get(name) for name in ("class", "data-picture", "scope") if element.get(name)}
    return {"tag": element.tag, "inside": inside, **kept}


def font_folders() -> list[str]:
    """Where the fonts of the pictures are on every machine: a library of the extra brings them."""
    found = find_spec("matplotlib")
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" if found and found.origin else None
    return [str(folder)] if folder and folder.is_dir() else []
