"""A machine that says no: full disks, closed streams, little memory, folders that are gone or cannot be written."""

import errno
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim import cli

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def teamsim(*arguments, env=ENVIRONMENT, stdout=subprocess.PIPE):
    command = [sys.executable, "-m", "sim", *arguments]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120, cwd=ROOT, env=env, check=False
    )


def fails(done, *texts):
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert all(text in done.stderr for text in texts), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_clear_error():
    with open("/dev/full", "w", encoding="utf-8") as full:
        fails(teamsim("styles", stdout=full), "no space left")


def test_a_folder_that_is_gone_is_one_clear_error(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = f'rm -r "{gone}"; exec "{sys.executable}" -m sim compare everyday --replications 1 --csv mine.csv'
    done = subprocess.run(
        ["/bin/sh", "-c", shell], capture_output=True, text=True, cwd=gone, timeout=120, env=ENVIRONMENT
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")


def test_closed_streams_do_no_harm():
    closed = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m sim interview --out nowhere/mine.toml <&-'],
        capture_output=True, text=True, cwd=ROOT, timeout=120, env=ENVIRONMENT,
    )  # fmt: skip
    assert closed.returncode == 2
    assert "Traceback" not in closed.stderr
    silent = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m sim styles >&- 2>&-'], timeout=120, cwd=ROOT, env=ENVIRONMENT
    )
    assert silent.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_little_memory_is_one_clear_error():
    limit = f'ulimit -v 450000; exec "{sys.executable}" -m sim compare everyday --replications 1'
    done = subprocess.run(["/bin/sh", "-c", limit], capture_output=True, text=True, timeout=120, env=ENVIRONMENT)
    fails(done, "not enough memory")


def test_without_the_compiler_the_rules_do_not_run():
    done = teamsim("compare", "everyday", "--replications", "1", env=ENVIRONMENT | {"NUMBA_DISABLE_JIT": "1"})
    fails(done, "NUMBA_DISABLE_JIT", "Unset it")


@pytest.mark.parametrize("chosen", [False, True])
def test_where_no_folder_can_be_written_rules_are_compiled_for_now(tmp_path, chosen):
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__", "assets", "*.json"))
    for folder in ("model", "model/rules"):
        (tmp_path / "sim" / folder / "__pycache__").touch()  # a file: no folder can be made there
    nowhere = {"HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere", "PYTHONPATH": str(tmp_path)}
    if chosen:
        nowhere["NUMBA_CACHE_DIR"] = str(tmp_path / "chosen")
    asked = "from sim.model import engine; from sim.cli.terminal import say_if_compiling; say_if_compiling()"
    done = subprocess.run(
        [sys.executable, "-B", "-c", asked], capture_output=True, text=True, cwd=tmp_path, timeout=120,
        env=ENVIRONMENT | nowhere,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ("Set NUMBA_CACHE_DIR" in done.stderr) is not chosen
    assert (tmp_path / "chosen").exists() is chosen


def test_whoever_reads_the_first_lines_only_still_gets_the_files(tmp_path, monkeypatch):
    file = tmp_path / "mine.csv"

    def enough(*_):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(sys.modules["sim.cli.compare"], "print_parts", enough)
    done = CliRunner().invoke(cli.app, ["compare", "everyday", "--replications", "2", "--csv", str(file)])
    assert done.exit_code == 1  # as the framework ends where nobody reads any more
    assert file.read_text(encoding="utf-8").startswith('"scenario","style"')


def test_an_error_of_another_kind_is_not_taken_for_little_memory(monkeypatch):
    def broken(*_):
        raise RuntimeError("something else")

    monkeypatch.setattr(sys.modules["sim.cli.compare"], "chosen_scenario", broken)
    assert isinstance(CliRunner().invoke(cli.app, ["compare", "everyday"]).exception, RuntimeError)


def test_another_package_called_sim_is_named(tmp_path):
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim/__init__.py").write_text(f"__path__ = [{str(ROOT / 'sim')!r}]")
    code = "from sim.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "styles"], capture_output=True, text=True, timeout=120, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    fails(done, "another package called sim is in the way", str(tmp_path), "environment of its own")


def test_the_module_and_its_version():
    assert sim.__version__ == version("teamsim")
    assert teamsim("--version").stdout.startswith(f"teamsim {sim.__version__} (model ")
