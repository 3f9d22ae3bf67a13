"""The documentation site builds without a network and without a warning."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_in_the_menu_and_is_built(built):
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in PAGES:
        name = page.relative_to(ROOT / "docs").as_posix()
        assert f": {name}\n" in menu, f"{name} is not in the menu"
        assert (built / name).with_suffix(".html").is_file()


def test_the_reference_has_what_there_is(built):
    assert "decision_delay" in (built / "reference/metrics.html").read_text()
    assert "teamsim roster import" in (built / "reference/commands.html").read_text()
    assert "Replication" in (built / "reference/python.html").read_text()


def test_pages_opened_from_a_folder_can_be_searched(built):
    assert (built / "search/search_index.js").is_file()
    assert "javascripts/iframe-worker.js" in (built / "index.html").read_text()
    assert (built / "javascripts/iframe-worker.js").is_file()


def test_nothing_is_fetched_from_elsewhere(built):
    fetching = re.compile(r"""<(?:script|link|img)\b[^>]*(?:src|href)=["']?(https?:[^"'> ]+)""")
    for page in built.rglob("*.html"):
        elsewhere = [found for found in fetching.findall(page.read_text(encoding="utf-8")) if "canonical" not in found]
        assert not elsewhere, f"{page.name}: {elsewhere}"


def test_the_causal_diagram_is_that_of_the_rules():
    made = subprocess.run(
        [sys.executable, "docs/site/diagram.py", "/dev/stdout"], capture_output=True, text=True, cwd=ROOT
    )  # fmt: skip
    assert made.stdout == (ROOT / "docs/images/model.svg").read_text(encoding="utf-8")
