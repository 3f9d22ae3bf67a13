"""What mkdocs does beside its own: pages made from the code, and files of the repository that pages link to."""

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).parent))
import reference  # beside this file

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LIVE = "live.html"
"""The model itself, for the first page."""

WIDE = ("index.md", "gallery.md")
"""Pages of pictures, with nothing beside them."""

PICTURE = re.compile(r'<img [^>]*src="([^"]+)"[^>]*/?>')
LINK = re.compile(r"\]\((\.\./[^)#]+)\)")


def live() -> str:
    """The page that `teamsim export` writes."""
    from sim.app.tab.make import Wanted, page_of
    from sim.scenario.load import load_scenario

    return page_of(Wanted(load_scenario("everyday"), command=f"teamsim export everyday --out {LIVE}"))


def outside(page: Path, target: str) -> str | None:
    """The file of the repository that a page links to, if that lies beside the folder of pages."""
    path = (page.parent / target).resolve()
    return None if path.is_relative_to(DOCS) or not path.is_file() else path.relative_to(ROOT).as_posix()


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made from the code, and what pages link to outside their folder."""
    for name, text in {**reference.pages(), LIVE: live()}.items():
        files.append(File.generated(config, name, content=text))
    linked = {
        path
        for page in DOCS.rglob("*.md")
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if (path := outside(page, target))
    }
    for path in sorted(linked):
        files.append(File.generated(config, f"files/{path}.txt", content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead such links to the copies."""
    if page.file.src_uri in WIDE:
        page.meta["hide"] = ["navigation", "toc"]
    if page.file.abs_src_path is None:
        return markdown  # made from the code

    def copied(found: re.Match[str]) -> str:
        path = outside(Path(page.file.abs_src_path), found[1])
        up = "../" * page.file.src_uri.count("/")
        return f"]({up}files/{path}.txt)" if path else found[0]

    return LINK.sub(copied, markdown)


def on_page_content(html: str, **_: Any) -> str:
    """Open each picture at its full size."""
    return PICTURE.sub(r'<a class="picture" href="\1" title="at full size">\g<0></a>', html)
