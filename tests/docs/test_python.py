"""The Python of the pages runs: the blocks of a page one after the other, as somebody would type them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import sim
from tests.docs.given import TEAM, write_table
from tests.docs.pages import PAGES, ROOT, blocks, named

STUDIES = "docs/studies.md"
"""Its Python is tried in tests/study and, with other packages, in tests/interoperation; but for one block, here."""

LONG = {"docs/consultants.md", "docs/why.md"}
"""Pages whose Python takes a minute; `make thorough` runs it."""

STUDY: dict[str, Any] = {
    "title": "Mine",
    "styles": ["democratic", "agile"],
    "replications": 20,
    "weeks": 26,
    "design": {
        "kind": "latin_hypercube",
        "points": 40,
        "vary": [
            {"path": "market.urgency", "name": "urgency", "low": 0.1, "high": 0.9},
            {"path": "teams[1].size", "name": "size", "low": 4, "high": 12},
        ],
    },
}


def with_python() -> Sequence[object]:
    """Each page, and its blocks of Python."""
    found = []
    for page in PAGES:
        texts = [block.text for block in blocks(page, "python")]
        marks = [pytest.mark.thorough] if named(page) in LONG else []
        if texts and named(page) not in {STUDIES, "docs/researchers.md"}:
            found.append(pytest.param(texts, id=named(page), marks=marks))
    return found


def follow(texts: list[str]) -> dict[str, Any]:
    """What is there after the blocks, which are kept in files: a rule is compiled beside the file that it stands in."""
    space: dict[str, Any] = {"__name__": "examples"}
    for place, text in enumerate(texts):
        file = Path(f"block_{place}.py").resolve()
        file.write_text(text, encoding="utf-8")
        space["__file__"] = str(file)
        exec(compile(text, str(file), "exec"), space)  # noqa: S102  # our own page
    return space


@pytest.mark.parametrize("texts", with_python())
def test_python_of_a_page_runs(texts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if any("team.xlsx" in text for text in texts):
        write_table(Path("team.xlsx"), TEAM)
        sim.run_experiment(STUDY, "results/my-study")
    follow(texts)


def test_names_of_the_researchers_page_are_what_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    space = follow([block.text for block in blocks(ROOT / "docs/researchers.md", "python")])
    assert space["difference"].dims == ("replication", "week")
    assert len(space["weeks"]) == 52
    assert list(space["morale"]) == [team.name for team in space["model"].teams]


@pytest.mark.thorough
def test_the_emulator_of_the_page_on_studies_answers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sim.run_experiment(STUDY, "results/mine")
    (text,) = (block.text for block in blocks(ROOT / STUDIES, "python") if block.note)
    space = follow(["import sim\n" + text])
    answer = space["one"].what_if({"urgency": 0.3, "size": 9})
    assert answer[1] < answer[0] < answer[2]
