"""Every kind of TOML file that the program reads: what nobody should send is refused at once, in one message."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field
from typer.testing import CliRunner

from sim.analysis.calibration.file import load_calibration
from sim.analysis.claims.load import load_claims
from sim.analysis.evidence import load_patterns, load_values
from sim.app.compare.setting import own_scenario
from sim.cli import app
from sim.scenario.fields import Section
from sim.scenario.load import load_scenario, scenario_from_text
from sim.scenario.problems import LARGEST_FILE, InputError
from sim.scenario.toml_files import checked, read_model, read_models, read_table
from sim.study.load import load_study
from sim.view.report.brand import read_brand
from sim.view.study.catalog import other_in


def answers(path):
    """As the interview reads a file of answers."""
    told = CliRunner().invoke(app, ["interview", str(path.with_name("made.toml")), "--answers", str(path)])
    raise InputError(told.output if told.exit_code == 1 else f"no error: {told.output}")


def opened(path):
    """As the app reads a file that a visitor opens."""
    own_scenario(path.read_bytes().decode(errors="replace"), "own")


READERS: dict[str, Callable[[Path], object]] = {
    "scenario": load_scenario, "study": load_study, "results or claims": other_in, "claims": load_claims,
    "calibration": load_calibration, "patterns": load_patterns, "parameters": load_values, "brand": read_brand,
    "answers": answers, "upload": opened, "any table": read_table, "any model": lambda path: read_model(path, Section),
    "any models": lambda path: read_models(path, Section),
}  # fmt: skip

HOSTILE = {
    "dots": (b"a" + b".a" * 30_000 + b" = 1", "line 1: more than 300 dots"),
    "many lines of dots": (b"\n".join(b"k%d" % k + b".a" * 290 + b" = 1" for k in range(150)), "too many lines with"),
    "brackets": (b"a = " + b"[" * 100_000, "nested too deeply"),
    "digits": (b"a = " + b"9" * 5_000, "too many digits"),
    "no text": (b"a = '\xff'", "UTF-8|not valid TOML"),
    "no TOML": (b"a = ", "line 1|not valid TOML"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_at_once(reader, kind, tmp_path):
    data, says = HOSTILE[kind]
    path = tmp_path / "hostile.toml"
    path.write_bytes(data)
    begun = time.process_time()
    with pytest.raises(InputError) as caught:
        READERS[reader](path)
    text = " ".join(str(caught.value).split())
    if not (reader == "upload" and kind == "no text"):  # the browser sends text
        assert re.search(says, text)
    assert len(text) < 2_000
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("reader", [name for name in READERS if name not in ("upload", "answers")])
def test_a_file_that_is_too_large_is_not_read(reader, tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(InputError, match="larger than"):
        READERS[reader](path)


class Inner(Section):
    """A table in a list."""

    id: str
    size: int


class Outer(Section):
    """A model of a file."""

    parts: Annotated[tuple[Inner, ...], Field(strict=False)]


def test_what_a_model_does_not_allow_is_said_with_its_place():
    table = {"parts": [{"id": "one", "size": "3"}], "prats": 1}
    with pytest.raises(InputError) as caught:
        checked(table, Outer, "mine.toml")
    text = str(caught.value)
    assert text.startswith("2 things to put right in mine.toml:")
    assert 'parts[1].size (one): got "3"; allowed is a whole number. Write the number without quotes.' in text
    assert "prats: unknown key; did you mean `parts`? Known here: parts." in text


def test_tables_by_name_are_models_by_name(tmp_path):
    path = tmp_path / "many.toml"
    path.write_text("[first]\nid = 'a'\nsize = 1\n[second]\nid = 'b'\nsize = 2\n")
    assert {name: part.size for name, part in read_models(path, Inner).items()} == {"first": 1, "second": 2}
    path.write_text("first = 1\n")
    with pytest.raises(InputError, match="first: got 1; allowed is a table"):
        read_models(path, Inner)


def test_a_table_with_an_endless_name_is_named_in_short(tmp_path):
    path = tmp_path / "many.toml"
    path.write_text(f"[{'9' * 5_000}]\nsize = 'a'\n")
    with pytest.raises(InputError, match=r"9\.\.\.:") as refused:
        read_models(path, Inner)
    assert len(str(refused.value)) < 500


def test_nothing_else_reads_toml():
    root = Path(__file__).parents[1] / "sim"
    readers = [path for path in root.rglob("*.py") if "tomllib" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(root).as_posix() for path in readers] == ["scenario/toml_files.py"]


def test_a_scenario_as_text_leads_to_no_file_of_this_machine():
    with pytest.raises(InputError, match="extends"):
        scenario_from_text("extends = './other.toml'", "mine")
