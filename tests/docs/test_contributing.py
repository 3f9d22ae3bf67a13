"""The page on contributing: what it says one touches to add a thing is enough, and no more than it should be."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.additions import ADDITIONS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")

PLAIN = "import tests.plain, runpy; runpy.run_module('tests.docs.added', run_name='__main__')"
"""The same as `python -m tests.docs.added`, with rules that nothing compiles."""

MOST = {"a metric": 2, "a parameter": 2, "a behaviour": 4, "a style": 2, "a rule": 5}
"""Files that one may have to touch; more would show that something stands in two places."""


def rows():
    """For each thing that can be added: how many files the page says one touches, and which; NAME is a new one."""
    found = re.findall(r"^\| (an? \w+) \| (\d) \| (.*) \|$", PAGE, re.MULTILINE)
    named = {what: set(re.findall(r"`((?:sim|scenarios|tests)/[\w/.]+)`", where)) for what, _, where in found}
    return {what: (int(number), named[what]) for what, number, _ in found}


def test_the_page_and_the_edits_name_the_same_files():
    touched = {
        what: {edit.file if edit.anchor else re.sub(r"[\w-]+(?=\.\w+$)", "NAME", edit.file) for edit in edits}
        for what, edits in ADDITIONS.items()
    }
    assert touched == {what: files for what, (_, files) in rows().items()}
    for what, (number, files) in rows().items():
        assert len(files) == number <= MOST.get(what, 3), what


def test_every_package_is_on_the_map():
    packages = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "sim").glob("*/__init__.py")}
    assert packages <= set(re.findall(r"`(sim/\w+)`", PAGE))


def followed(text, edit):
    """A file's text with that of the edit after each match of its anchor."""
    assert re.search(edit.anchor, text, re.MULTILINE), f"{edit.file}: nothing matches {edit.anchor}"
    return re.sub(edit.anchor, lambda match: match[0] + edit.text, text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package with all additions."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("sim", "scenarios", "experiments", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "results"))
    for edit in (edit for edits in ADDITIONS.values() for edit in edits):
        path = folder / edit.file
        assert path.exists() is bool(edit.anchor), edit.file
        text = followed(path.read_text(encoding="utf-8"), edit) if edit.anchor else edit.text
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("how", ["as plain Python", pytest.param("compiled", marks=pytest.mark.thorough)])
def test_what_the_page_says_is_enough_to_add_one_of_each(copy, how):
    """A rule that comes from elsewhere is compiled in the tests of plug-ins."""
    words = ["-m", "tests.docs.added"] if how == "compiled" else ["-c", PLAIN]
    # All rules are compiled for a run of some weeks: to optimise them would take longer than it saves.
    environment = {**os.environ, "PYTHONPATH": str(copy), "NUMBA_OPT": "0", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=copy, env=environment)
    assert done.returncode == 0, done.stderr
    assert f"ALL THERE {copy / 'sim/__init__.py'}" in done.stdout
