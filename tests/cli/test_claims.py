"""`teamsim claims`: the table, the data, the pages, what is wrong, and what is left when it is stopped."""

import json
import re

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis.claims import study as running
from sim.analysis.claims.verdict import Verdict
from sim.study.execute import run_plan
from tests.analysis.claims.files import CLAIMS

FEW = ("--replications", "6", "--draws", "2")


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "own.toml").write_text(CLAIMS, encoding="utf-8")


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["claims", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def own(*arguments, status=0):
    return run("--file", "own.toml", *FEW, *arguments, status=status)


def test_the_table_has_every_claim_with_verdict_and_robustness():
    printed = own().stdout
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 100
    for name in ("A1", "A2", "A3", "A4"):
        assert re.search(rf"^{name} .*\d+%$", printed, re.MULTILINE)
    assert "Of 4 claims" in printed
    assert re.search(
        r"\d of these verdicts stands? in at least 90% of plausible worlds; one that stands in fewer than",
        " ".join(printed.split()),
    )
    assert "2 plausible worlds" in " ".join(printed.split())


def test_claims_that_are_named_are_shown_with_all_their_parts():
    printed = " ".join(own("a2", "A4").stdout.split())
    assert "the gap widens along a line" in printed
    assert "within reach" in printed
    assert "Of 2 claims" in printed


def test_the_data():
    data = json.loads(own("--json").stdout, parse_constant=pytest.fail)
    assert (data["seed"], data["replications"], data["draws"]) == (3, 6, 2)
    assert len(data["fingerprint"]) == 16
    for claim in data["claims"]:
        assert set(claim) >= {"id", "claim", "verdict", "effect", "low", "high", "robustness", "parts", "note"}
        assert claim["verdict"] in list(Verdict)
        assert claim["robustness"] in (0.0, 0.5, 1.0)
        assert claim["undecided"] == (claim["robustness"] < 1.0)
        assert claim["low"] <= claim["effect"] <= claim["high"]
        for part in claim["parts"]:
            assert {comparison["enough"] for comparison in part["comparisons"]} <= {True, False}
    assert [claim["reason"] for claim in data["claims"] if claim["verdict"] == "supported"].count("They do not.") == 0


def test_without_draws_there_is_no_robustness():
    data = json.loads(run("A1", "--file", "own.toml", "--replications", "6", "--draws", "0", "--json").stdout)
    assert data["claims"][0]["robustness"] is None


def test_pages_and_data_are_saved_and_need_nothing_else(tmp_path):
    own("--html", "page.html", "--markdown", "page.md", "--record", "data.json")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert not re.search(r"(src|href)=.?https?:", page)
    assert page.count("<details>") == 4
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "](images/page.svg)" in text
    assert (tmp_path / "images" / "page.svg").read_text(encoding="utf-8").startswith("<svg")
    data = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert data["fingerprint"] in text
    for claim in data["claims"]:
        assert f"### {claim['id']}\n" in text
        assert claim["verdict"] in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("C99",), 'unknown claim "C99"'),
        (("--file", "nothing.toml"), "no such file"),
        (("--html", "page.pdf"), "allowed are .html"),
        (("--markdown", "nowhere/page.md"), "does not exist"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_run(monkeypatch, arguments, expected):
    monkeypatch.setattr(running.ClaimsStudy, "run", pytest.fail)
    assert expected in run(*arguments, status=2).stderr


def test_what_was_judged_is_printed_when_it_is_stopped(tmp_path, monkeypatch):
    whole = run_plan

    def stopped(folder, plan, **more):
        whole(folder, plan, **{**more, "finish": None})
        stored, pairs = folder.stored(plan), zip(plan.chunks, plan.keys, strict=True)
        usual = {stored.file(key, "runs") for chunk, key in pairs if chunk.points.start == 0}
        for path in (folder.path / "chunks").iterdir():
            if path not in usual:
                path.unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_plan", stopped)
    result = own("--html", "page.html", "--out", "kept", status=130)
    assert re.search(r"^A4 ", result.stdout, re.MULTILINE)
    expected = (
        "4 of 4 claims were judged, in 0 of 2 plausible worlds. No file was written. Go on with: teamsim resume kept"
    )
    assert expected in result.stderr
    assert not (tmp_path / "page.html").exists()
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert "Of 4 claims" in own("--out", "kept").stdout
    assert (tmp_path / "kept/tables/claims.csv").read_text(encoding="utf-8").startswith("claim,part,says,arms")


def test_a_folder_of_other_claims_is_refused(tmp_path):
    own("A1", "--out", "kept")
    assert "holds the results of another study" in own("A2", "--out", "kept", status=2).stderr
