"""Every command of the pages runs, one after the other as somebody types them, and prints what the page shows.

Runs are made small. What takes long even so, such as a report, is run by `make thorough`; the rest by every test.
"""

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.study.load import study_names
from tests.docs.given import UNSAID, fill_in, own_file, write_table
from tests.docs.pages import PAGES, ROOT, SHELL, blocks, commands, named

LITTLE = {
    "advise": ["--trials", "1"],
    "claims": ["--replications", "2", "--draws", "0"],
    "compare": ["--replications", "2"],
    "evidence": ["--seeds", "1"],
    "fit": ["--worlds", "60"],
    "identify": ["--sets", "50", "--replications", "4"],
    "report": ["--replications", "10"],
    "why": ["--replications", "2"],
}
"""Options that make a command small; they come after those of the page."""

LONG = {"advise", "evidence", "fit", "report"}
"""Commands that take seconds even so."""

ELSEWHERE = {"ui"}
"""Commands that do not end; tests/browser begins it as somebody types it."""

WRITES = {"--csv", "--history", "--key", "--markdown", "--map", "--out", "--parquet", "--plot"}
"""Options before the name of a file that the command writes; `fit` reads its history."""

FILE = re.compile(r"[\w./-]+\.(toml|csv|xlsx|ods)")
INTERVIEW = "Bakers\n12\n" + "\n" * 60


def little(words: list[str]) -> list[list[str]]:
    """What is run in the place of a command: the same, smaller; of a shipped study a dry run, and a small study."""
    command = words[0]
    if command == "run" and words[1] in study_names() and "--dry-run" not in words:
        out = words[words.index("--out") + 1] if "--out" in words else f"results/{words[1]}"
        return [["run", words[1], "--dry-run"], ["run", "./small.toml", "--out", out]]
    more = LITTLE.get(command, [])
    if command == "compare" and "--uncertainty" in words:
        more = [*more, "--worlds", "2"]
    if command == "claims" and not {"C14", "--file"} & set(words):
        more = [*more, "C14"]  # one of them
    return [[*words, *more]]


def is_long(words: list[str]) -> bool:
    return words[0] in LONG or (words[0] == "export" and "--report" in words)


def files(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """The files that a command reads, and those that it writes."""
    written = {word for before, word in pairwise(words) if before in WRITES}
    if words[0] == "fit":
        written -= {words[words.index("--history") + 1]}
    if words[:2] == ["roster", "new"] or words[0] in {"new", "interview"}:
        written |= {words[-1]}
    return {word for word in words[1:] if FILE.fullmatch(word)} - written, written


def typed(page: Path) -> list[tuple[list[str], str]]:
    """What is typed on a page, command by command, and what the page shows that it prints, if it does."""
    found: list[tuple[list[str], str]] = []
    for block in blocks(page, *SHELL):
        said = [(words, "") for words in commands(block.text)]
        if block.text.startswith("$ "):
            assert len(said) == 1, f"{page.name}: a command with what it prints is a block by itself"
            said = [(said[0][0], block.text.partition("\n")[2])]
        found += said
    return found


def on_pages(long: bool) -> Sequence[object]:
    """The pages with commands of that kind, the commands of each beside it; what needs a file of a long one is long."""
    chosen = []
    for page in PAGES:
        lines: list[tuple[list[str], str]] = []
        late: set[str] = set()
        for words, shown in typed(page):
            reads, writes = files(words)
            takes_long = is_long(words) or bool(reads & late)
            late = late | writes if takes_long else late - writes
            if words[:1] and words[0] not in ELSEWHERE and (long or not takes_long):
                lines.append((words, shown))
        if any(is_long(words) for words, _ in lines) or (lines and not long):
            chosen.append(pytest.param(lines, id=named(page)))
    return chosen


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder that is empty but for that of the pictures of the gallery, and a terminal of one width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "docs/images").mkdir(parents=True)


def follow(lines: list[tuple[list[str], str]]) -> None:
    made: set[str] = set()
    for words, shown in lines:
        reads, writes = files(words)
        for file in reads - made:
            own_file(Path(file), words[0])
        for file in writes:
            if Path(file).is_file():
                Path(file).unlink()
        if shown.startswith("Error: staff.csv"):
            write_table(Path("staff.csv"), UNSAID)
        if words[:2] == ["roster", "check"]:
            fill_in(Path(words[2]))
        for less in little(words):
            if "./small.toml" in less:
                own_file(Path("small.toml"), "run")
            done = CliRunner().invoke(app, less, input=INTERVIEW if words[0] == "interview" else None)
            wanted = 2 if shown.startswith("Error") else 0
            assert done.exit_code == wanted, f"teamsim {shlex.join(less)}: {done.output} {done.exception!r}"
        made |= writes
        if shown:
            assert [line.rstrip() for line in done.output.splitlines()] == shown.splitlines()


@pytest.mark.parametrize("lines", on_pages(long=False))
@pytest.mark.usefixtures("here")
def test_commands_of_a_page_run_and_print_what_it_shows(lines):
    follow(lines)


@pytest.mark.thorough
@pytest.mark.parametrize("lines", on_pages(long=True))
@pytest.mark.usefixtures("here")
def test_long_commands_of_a_page_run(lines):
    follow(lines)


def others() -> Sequence[object]:
    """Lines of a terminal that are not of teamsim."""
    found = []
    for page in PAGES:
        for block in blocks(page, *SHELL):
            if not block.text.startswith("$ "):
                lines = [line for line in block.text.splitlines() if line.split()[:1] not in ([], ["teamsim"], ["#"])]
                found += [pytest.param(line, id=f"{named(page)}: {line[:40]}") for line in lines]
    return found


@pytest.mark.parametrize("line", others())
def test_other_lines_of_a_terminal_name_what_there_is(line):
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for part in shlex.join(shlex.split(line, comments=True)).split(" '&&' "):
        match shlex.split(part):
            case ["make", *names]:
                assert {name for name in names if "=" not in name} <= set(targets)
            case ["pip", "install", what]:
                assert what.startswith(".")
                assert set(re.findall(r"\w+", what)) <= set(extras)
            case ["python", "-m", module, *_]:
                assert importlib.util.find_spec(module)
            case ["python", file, *_]:
                assert (ROOT / file).is_file()
            case ["git", "diff", "--stat"]:
                pass
            case _:
                pytest.fail("of what kind is this? Have it tried here")
