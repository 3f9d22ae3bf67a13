"""What is kept of mutants that were tried: a file that may be cut off anywhere, a score, and its place in a page."""

import json
import math
import re
from pathlib import Path

import pytest

from tests.mutation.kept import BEGIN, END, Try, keep, put, score, share, shown, tries

ROOT = Path(__file__).parents[2]


def tried(number, noticed="tests", source="a"):
    return Try("work", "perform", number, 10, "x -> y", source, "t", noticed, "")


def test_a_file_that_was_cut_off_loses_one_try(tmp_path):
    file = tmp_path / "build/tries.jsonl"
    for number in range(3):
        keep(file, tried(number))
    file.write_bytes(file.read_bytes()[:-9])
    assert len(tries(file)) == 2
    keep(file, tried(2, "nothing"))
    assert {one.number: one.noticed for one in tries(file).values()} == {0: "tests", 1: "tests", 2: "nothing"}
    keep(file, tried(2))
    assert tries(file)[tried(2).mutant].noticed == "tests"
    keep(file, tried(2, "nothing", source="b"))
    assert len(tries(file)) == 4


def test_the_score_of_a_sample_has_an_interval_and_that_of_all_is_a_point():
    done = [tried(number, "nothing" if number < 2 else "results") for number in range(20)]
    kept = score(done, {"work": 100, "team": 4}, seed=1)
    assert kept["files"] == {"team": {"mutants": 4}, "work": {"mutants": 100, "nothing": 2, "results": 18}}
    assert kept["unnoticed"] == ["work.py:10 perform: x -> y"] * 2
    assert share(kept["files"].values())[:3] == (20, 18, 0.9)
    _, _, _, low, high = share([kept["files"]["work"]])
    assert 0.70 < low < 0.75
    assert 0.95 < high < 0.98
    assert share([{"mutants": 20, "tests": 18, "nothing": 2}])[2:] == pytest.approx((0.9, 0.9, 0.9))
    assert math.isnan(share([{"mutants": 4}])[2])


def test_the_score_has_its_place_in_the_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    kept = score([tried(0)], {"work": 1}, seed=1)
    put(page, kept)
    put(page, kept)
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\n\n| Rules of")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert text.count("| `work.py` | 1 | 1 | 1 | 0 | 0 | 0 | 100% | all tried |") == 1


def test_the_page_shows_the_score_that_is_kept():
    file = ROOT / "tests/mutation/score.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    page = (ROOT / "docs/verification.md").read_text(encoding="utf-8")
    assert shown(kept) in page
    assert re.search(r"\| all \| \d+ \| \d+ \|", page)
