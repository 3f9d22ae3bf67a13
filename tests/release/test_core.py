"""What an installation without any extra can do, and what it says where an extra is missing."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from sim.scenario.extras import BROUGHT_BY

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

DISTRIBUTIONS = {"vl_convert": "vl-convert-python", "PIL": "pillow"}
"""Names of distributions that are not those of what one imports."""

WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
import sim
from sim import results
def says(work):
    try:
        return work()
    except sim.InputError as error:
        return str(error)
"""
"""Begins a program that finds none of the libraries that extras bring."""


def without(libraries, code, folder):
    """What a program prints where these libraries are not installed."""
    program = WITHOUT.format(missing=set(libraries)) + code
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, env=environment)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.splitlines() + done.stderr.splitlines()


def asked(lines):
    """The names of the distributions that an extra asks for, those that it takes from another one included."""
    found = set()
    for one in map(Requirement, lines):
        inside = PROJECT["optional-dependencies"] if one.name == PROJECT["name"] else {}
        found |= {one.name} if not inside else set().union(*(asked(inside[extra]) for extra in one.extras))
    return found


@pytest.mark.parametrize(("library", "extra"), BROUGHT_BY.items())
def test_an_extra_brings_what_is_said_of_it(library, extra):
    name = DISTRIBUTIONS.get(library, library)
    assert name in asked(PROJECT["optional-dependencies"][extra])
    assert name not in asked(PROJECT["dependencies"])


BESIDE = (
    "charset_normalizer", "distributed", "docx", "ema_workbench", "matplotlib", "mici", "openpyxl", "optuna",
    "pptx", "pyDOE3", "python_calamine", "SALib", "sklearn", "solara", "typst",
)  # fmt: skip
"""Libraries of extras that are imported in one place each."""

CORE = (
    "compare everyday --style democratic --style autocratic --replications 2 --weeks 6",
    "why everyday --style democratic --baseline autocratic --replications 2 --weeks 6",
    "scenarios", "scenarios crisis", "styles", "styles agile", "practices", "practices recognition", "parameters",
    "parameters morale_base", "metrics", "metrics turnover", "plugins", "studies", "new mine.toml", "check mine.toml",
)  # fmt: skip
"""Commands of the core."""


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """What a program prints that uses all that the core has, line by line."""
    folder = tmp_path_factory.mktemp("core")
    printed = without(
        [*BROUGHT_BY, *BESIDE],
        'ds = sim.compare("everyday", ["democratic"], 2, 3)\n'
        'model = sim.TeamModel("everyday", style="situational", rng=1)\n'
        "model.run_for(2)\n"
        "print(dict(ds.sizes)['week'], model.time)\n"
        'print(says(lambda: results.save(ds, "a.csv")))\n'
        "print(says(lambda: results.to_frame(ds)))\n"
        'print(says(lambda: results.load("a.parquet")))\n'
        "print(says(lambda: sim.report))\n"
        "from typer.testing import CliRunner\n"
        "from sim.cli import app\n"
        f"for words in {CORE}:\n"
        "    done = CliRunner().invoke(app, words.split())\n"
        "    print(done.exit_code, words, done.output[-300:] if done.exit_code else '')\n",
        folder,
    )
    assert [path.name for path in folder.iterdir()] == ["mine.toml"]
    return printed


def test_the_core_compares_and_has_the_mesa_model(core):
    assert core[0] == "3 2.0"
    for line, extra in zip(core[1:5], ("study", "study", "study", "report"), strict=True):
        assert re.fullmatch(rf'.* needs the package \w+, which is not .*: pip install "teamsim\[{extra}\]"', line), line


def test_commands_of_the_core_need_no_extra(core):
    for line, words in zip(core[5:], CORE, strict=True):
        assert line.rstrip() == f"0 {words}"


COMMANDS = {
    "compare --plot a.svg": "plot",
    "compare --csv a.csv": "study",
    "compare --uncertainty": "study",
    "run style-comparison": "study",
    "report everyday": "report",
}
"""Commands, and the extra that each names before anything is computed."""


def test_a_command_names_the_extra_that_it_needs(tmp_path):
    code = (
        "from typer.testing import CliRunner\n"
        "from sim.cli import app\n"
        f"for words in {list(COMMANDS)}:\n"
        "    done = CliRunner().invoke(app, words.split())\n"
        '    print(done.exit_code, done.output.replace("\\n", " "))\n'
    )
    printed = without(BROUGHT_BY, code, tmp_path)
    for line, extra in zip(printed, COMMANDS.values(), strict=True):
        assert re.fullmatch(rf'2 Error: .* needs the package .*: pip install "teamsim\[{extra}\]" *', line), line
    assert not list(tmp_path.iterdir())
