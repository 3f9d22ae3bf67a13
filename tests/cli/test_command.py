"""The command as a user's shell sees it: quick help, clean streams, exit statuses, with the real model."""

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis.model_version import model_version

QUICK = ("--style", "agile", "--style", "autocratic", "--replications", "4", "--weeks", "6")


def teamsim(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


def test_help_names_every_command():
    result = teamsim("--help")
    assert result.returncode == 0
    for command in ("compare", "scenarios", "styles", "parameters", "metrics", "new", "check"):
        assert f" {command} " in result.stdout


@pytest.mark.parametrize(("typed", "completed"), [("com", "compare"), ("compare --repl", "--replications")])
def test_a_shell_completes_commands_and_options(typed, completed):
    words = {"COMP_WORDS": f"teamsim {typed}", "COMP_CWORD": str(typed.count(" ") + 1)}
    assert teamsim(_TEAMSIM_COMPLETE="complete_bash", **words).stdout.split() == [completed]


def test_version():
    assert teamsim("--version").stdout == f"teamsim {version('teamsim')} (model {model_version()})\n"


def test_nothing_heavy_is_imported_for_help():
    code = (
        "import sys, sim.cli; print([name for name in ('numpy', 'pydantic', 'pandas', 'numba') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_a_real_comparison_in_a_pipe():
    result = teamsim("compare", *QUICK, COLUMNS="80")
    assert result.returncode == 0, result.stderr
    assert "Difference to agile" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr
    assert max(len(line.rstrip()) for line in result.stdout.splitlines()) <= 80


def test_a_real_comparison_as_data_is_the_same_every_time():
    words = ["compare", "crisis", *QUICK[:-2], "--json"]
    first, second = teamsim(*words), CliRunner().invoke(cli.app, words)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["replications"] == 4
    assert first.stdout == second.stdout


def test_a_mistake_has_one_message_and_no_traceback():
    result = teamsim("compare", "everyday", "--style", "bossy")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith('Error: styles: unknown style "bossy"')
    assert result.stderr.count("\n") == 1


def test_a_terminal_without_the_signs_still_gets_its_table():
    result = teamsim("compare", *QUICK, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert "?0." in result.stdout


def test_a_reader_that_stops_early_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "sim.cli", "parameters"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
def test_interrupting_ends_with_one_line():
    slow = """
import sys, time, sim
from sim import cli
def compare(*args, **options):
    print("running", flush=True)
    time.sleep(60)
sim.compare = compare
sys.argv = ["teamsim", "compare"]
cli.main()
"""
    process = subprocess.Popen([sys.executable, "-c", slow], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert output == ""
    assert errors.splitlines()[-1] == "Stopped."
    assert "Traceback" not in errors
