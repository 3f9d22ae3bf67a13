"""What mkdocs does beside its own: pages made from the code, and files of the repository that pages link to."""

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).parent))
import reference  # beside this file

ROOT = Path(__file__).parents[2]
OUTSIDE = re.compile(r"\]\((?:\.\./)+((?:sim|scenarios|experiments|tests)/[^)#]+)\)")
"""A link to a file that lies beside the folder of pages."""


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made from the code, and what pages link to outside their folder."""
    for name, text in reference.pages().items():
        files.append(File.generated(config, name, content=text))
    linked = {
        path for page in (ROOT / "docs").rglob("*.md") for path in OUTSIDE.findall(page.read_text(encoding="utf-8"))
    }
    for path in sorted(linked):
        files.append(File.generated(config, f"files/{path}.txt", content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead such links to the copies."""
    up = "../" * page.file.src_uri.count("/")
    return OUTSIDE.sub(lambda found: f"]({up}files/{found[1]}.txt)", markdown)
