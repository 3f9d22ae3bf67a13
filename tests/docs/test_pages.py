"""The pages say what is so: links lead somewhere, commands and options exist, scenarios load."""

import re
import tomllib
from typing import Any

import pytest
import typer.main

from sim import cli
from sim.scenario.load import load_scenario
from tests.docs.pages import PAGES, SHELL, blocks, commands, mentioned, named


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_and_options_exist(page):
    """Those in sentences, too."""
    group: Any = typer.main.get_command(cli.app)
    typed = [words for block in blocks(page, *SHELL) for words in commands(block.text)]
    for words in [*typed, *mentioned(page)]:
        known = group.commands
        if not words or words[0].startswith("-") or words[0] == "COMMAND":
            continue
        command = known[words[0]]
        below = iter(words[1:])
        while hasattr(command, "commands"):
            command = command.commands[next(below)]
        options = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
        for word in words[1:]:
            if word.startswith("--"):
                assert word.split("=")[0] in options, f"teamsim {words[0]} has no {word}"


def scenarios():
    """Blocks that are scenario files."""
    for page in PAGES:
        for place, block in enumerate(blocks(page, "toml")):
            if "extends" in tomllib.loads(block.text):
                yield pytest.param(block.text, id=f"{named(page)}-{place}")


@pytest.mark.parametrize("text", list(scenarios()))
def test_scenarios_in_the_pages_load(text, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    load_scenario(file)


def _commands() -> list[str]:
    group: Any = typer.main.get_command(cli.app)
    return list(group.commands)


def test_every_command_is_in_a_page():
    whole_text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name in _commands() if f"teamsim {name}" not in whole_text]
    assert not missing, f"no page says anything about: {missing}"
