"""The documentation site builds without a network and without a warning; what its pages show is what comes out."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
OWN = sorted({*(ROOT / "docs").glob("*/*.md"), ROOT / "docs/plugins.md"})
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


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


def shown():
    """Every block of a terminal that shows a command with what it prints: page by page, as somebody would type them."""
    for page in PAGES:
        blocks = [
            text
            for language, text in BLOCK.findall(page.read_text(encoding="utf-8"))
            if language == "console" and text.startswith("$ ")
        ]
        if blocks:
            yield pytest.param(blocks, id=page.relative_to(ROOT / "docs").as_posix())


@pytest.mark.parametrize("blocks", list(shown()))
def test_commands_print_what_the_page_shows(blocks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for block in blocks:
        command, _, expected = block.partition("\n")
        done = CliRunner().invoke(app, shlex.split(command.removeprefix("$ teamsim ")))
        assert done.exit_code == 0, done.output
        assert [line.rstrip() for line in done.output.splitlines()] == expected.splitlines()


def python_blocks():
    for page in OWN:
        for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
            if language == "python":
                yield pytest.param(page.name, text, id=page.relative_to(ROOT / "docs").as_posix())


@pytest.mark.parametrize(("name", "text"), list(python_blocks()))
def test_python_in_the_pages_runs(name, text, tmp_path):
    file = tmp_path / f"{Path(name).stem}.py"  # a rule is kept beside the file that it stands in
    file.write_text(text, encoding="utf-8")
    space: dict[str, Any] = {"__name__": "examples", "__file__": str(file)}
    exec(compile(text, str(file), "exec"), space)  # noqa: S102  # our own page


def test_the_causal_diagram_is_that_of_the_rules():
    made = subprocess.run(
        [sys.executable, "docs/site/diagram.py", "/dev/stdout"], capture_output=True, text=True, cwd=ROOT
    )  # fmt: skip
    assert made.stdout == (ROOT / "docs/images/model.svg").read_text(encoding="utf-8")
