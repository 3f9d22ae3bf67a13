"""What goes with a release: versions of the model, licences, and files that say how to take part and to report."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.analysis import model_version as module
from sim.analysis.model_version import FILE, add_version, known, model_version
from sim.scenario.problems import InputError
from tests.release import licences

ROOT = Path(__file__).parents[2]


def test_the_versions_of_the_model_are_numbered_and_say_what_moved():
    assert known()
    assert all(one.moved and re.fullmatch("[0-9a-f]{16}", one.fingerprint) for one in known())


def test_a_changed_model_is_another_version(tmp_path, monkeypatch):
    file = tmp_path / "versions.toml"
    monkeypatch.setattr(module, "fingerprint", lambda _: "a" * 16)
    assert add_version("the first", file) == model_version(file) == "1"
    assert add_version("", file) == "1"
    monkeypatch.setattr(module, "fingerprint", lambda _: "b" * 16)
    assert model_version(file) == "1+"
    with pytest.raises(InputError, match="Say what moved"):
        add_version(" ", file)
    assert add_version("morale reacts slower", file) == model_version(file) == "2"
    assert [one.moved for one in known(file)] == ["the first", "morale reacts slower"]
    file.write_text(file.read_text().replace("number = 2", "number = 5"))
    with pytest.raises(InputError, match="numbered 1, 2, 3"):
        known(file)


@pytest.mark.thorough
def test_the_model_of_a_release_has_a_number():
    assert not model_version().endswith("+"), "make model MOVED='what moved'"


def test_both_versions_are_said():
    done = subprocess.run([sys.executable, "-m", "sim", "--version"], capture_output=True, text=True, cwd=ROOT)
    assert re.fullmatch(r"teamsim \S+ \(model \d+\+?\)\n", done.stdout), done.stdout + done.stderr


def test_the_list_of_licences_names_what_is_needed():
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    for name in ("numpy", "numba", "mesa", "pydantic", "solara", "openpyxl", "optuna"):
        assert re.search(rf"^\| {name} \| \S+ \| .*\w", page, re.MULTILINE), name
    assert "| pytest |" not in page
    assert licences.licence("numpy")
    assert {"numpy", "llvmlite"} <= licences.names(None)
    assert "optuna" in licences.names("advice") - licences.names(None)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md", "docs/replication.md"])
def test_links_of_the_files_about_taking_part_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert ((ROOT / name).parent / target).exists(), target


def test_the_container_starts_with_files_and_options_that_there_are():
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY"):
            *sources, _ = line.split()[1:]
            assert all((ROOT / source).exists() for source in sources)
    (start,) = [line for line in lines if line.startswith("CMD")]
    words = re.findall(r'"([^"]+)"', start)
    help_of = subprocess.run([sys.executable, "-m", "sim", "ui", "--help"], capture_output=True, text=True, cwd=ROOT)
    assert words[:2] == ["teamsim", "ui"]
    assert all(word in help_of.stdout for word in words if word.startswith("--"))


def test_what_the_paper_cites_is_in_its_list():
    text, listed = ((ROOT / "paper" / name).read_text(encoding="utf-8") for name in ("paper.md", "paper.bib"))
    assert set(re.findall(r"\[@(\w+)\]", text)) == set(re.findall(r"^@\w+\{(\w+),", listed, re.MULTILINE))


def test_the_file_of_versions_is_in_the_package():
    assert FILE.is_file()
