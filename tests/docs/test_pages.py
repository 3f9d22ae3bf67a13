"""The pages say what is so: links lead somewhere, commands and options exist, examples load and run."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from sim import cli
from sim.scenario.load import load_scenario

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(*languages):
    """Every block in one of the languages, with the page that it is from."""
    found: list[Any] = []
    for page in PAGES:
        for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
            if language in languages:
                found.append(pytest.param(text, id=f"{page.stem}-{len(found)}"))
    return found


def commands(text):
    """The command lines of teamsim in a block of a shell."""
    joined = text.replace("\\\n", " ")
    return [shlex.split(line, comments=True) for line in joined.splitlines() if line.strip().startswith("teamsim")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("text", blocks("sh", "bash", "console", ""))
def test_commands_and_options_exist(text):
    group: Any = typer.main.get_command(cli.app)
    for _, *words in commands(text):
        known = group.commands
        if not words or words[0].startswith("-"):
            continue
        command = known[words[0]]
        below = iter(words[1:])
        while hasattr(command, "commands"):
            command = command.commands[next(below)]
        options = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
        for word in words[1:]:
            if word.startswith("--"):
                assert word.split("=")[0] in options, f"teamsim {words[0]} has no {word}"


@pytest.mark.parametrize("text", blocks("toml"))
def test_scenarios_in_the_pages_load(text, tmp_path):
    if "extends" not in tomllib.loads(text):
        pytest.skip("a part of a file, or a file of another kind")
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    load_scenario(file)


QUICK = {"check", "compare", "metrics", "new", "plugins", "scenarios", "studies", "styles", "why"}
"""Commands that take no time, or none when they repeat little; `--dry-run` takes none, either."""

LITTLE = {"compare": ["--replications", "2"], "why": ["--replications", "2"]}
UNCERTAIN = ["--worlds", "2"]


def runnable():
    """The commands of every page that are quick and need no file but those that the page makes; page by page."""
    for page in PAGES:
        found, made = [], set()
        for _language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
            for _, *words in commands(text):
                files = {word for word in words[1:] if re.search(r"\.(toml|csv|xlsx|ods)$", word)}
                made |= {words[1]} if words[:1] == ["new"] else set()
                if words and (words[0] in QUICK or "--dry-run" in words) and files <= made and "--plot" not in words:
                    found.append([*words, *LITTLE.get(words[0], ()), *(UNCERTAIN if "--uncertainty" in words else ())])
        if found:
            yield pytest.param(found, id=page.stem)


@pytest.mark.parametrize("lines", list(runnable()))
def test_quick_commands_of_the_pages_run(lines, tmp_path, monkeypatch):
    """One after the other in an empty folder, as somebody would type them."""
    monkeypatch.chdir(tmp_path)
    for words in lines:
        done = CliRunner().invoke(cli.app, words)
        assert done.exit_code == 0, f"teamsim {shlex.join(words)}: {done.output}"


def test_most_pages_have_such_commands():
    assert {"researchers", "scenarios", "students", "studies", "why"} <= {each.id for each in runnable()}


def _commands() -> list[str]:
    group: Any = typer.main.get_command(cli.app)
    return list(group.commands)


def test_every_command_is_in_a_page():
    whole_text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name in _commands() if f"teamsim {name}" not in whole_text]
    assert not missing, f"no page says anything about: {missing}"


def test_python_of_the_researchers_page_runs():
    """Its examples, one after the other, as somebody would type them."""
    page = (ROOT / "docs" / "researchers.md").read_text(encoding="utf-8")
    space: dict[str, Any] = {"__name__": "examples"}
    for language, text in BLOCK.findall(page):
        if language == "python":
            exec(compile(text, "researchers.md", "exec"), space)  # noqa: S102  # our own page
    assert space["difference"].dims == ("replication", "week")
    assert len(space["weeks"]) == 52
    assert list(space["morale"]) == [team.name for team in space["model"].teams]
