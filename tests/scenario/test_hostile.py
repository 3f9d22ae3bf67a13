"""Files that nobody should send: whatever they hold, the answer is one message, and soon."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.scenario import InputError, Scenario, load_scenario, scenario_from
from sim.scenario.roster import read_roster

MANY = 290  # parts of a key, about as many as a line may have


def nested(name: str) -> str:
    """A table within tables, twice as deep as a line may say it."""
    key = ".".join([name] * MANY)
    return f"[{key}]\n{key} = 1"


TEAM = 'title = "t"\nquestion = "q"\n[[teams]]\nname = "A"\nsize = 3\n'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bytes(range(256)), "not text in UTF-8 (byte"),
        (b"\x00" * 100, "not valid TOML"),
        (b"\x7fELF\x02\x01\x01\x00", "not valid TOML"),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
        (b"a = " + b"{a=" * 100_000, "nested too deeply"),
        (b"a = " + b"9" * 5_000, "a number has too many digits"),
        (b"a = 1\na = 2\n", "line 2, column 6: not valid TOML: Cannot overwrite a value"),
        (b"[a]\nx = 1\n[a]\ny = 2\n", "Cannot declare ('a',) twice"),
        (b"[run]\nweeks = 1\n[run.weeks]\n", "not valid TOML"),
        (TEAM.encode() + b"[run]\nseed = " + b"9" * 400, "run.seed: got a number with very many digits"),
        (TEAM.encode() + b"[company]\nreputation = 1e999", "company.reputation: got inf"),
        (TEAM.encode() + b"[company]\nreputation = " + b"9" * 400, "reputation: got a number with very many digits"),
        ((TEAM + nested("company")).encode(), "company.company: unknown key"),
        (('extends = "everyday"\n' + nested("market")).encode(), "market.market: unknown key"),
        (TEAM.encode() + b"[" + b".".join([b"company"] * 3_000) + b"]", "line 6: more than 300 dots"),
        (b"a" + b".a" * 40_000 + b" = 1", "line 1: more than 300 dots"),
        (TEAM.encode() + b"[company.reputation]\nx = 1", "company.reputation: got a table; allowed is a number"),
        (TEAM.encode() + b"[" + b"x" * 10_000 + b"]", "...: unknown key"),
        (TEAM.replace('"A"', '"' + "A" * 10_000 + '"').encode(), "teams[1].name (AAAA"),
    ],
)
def test_a_hostile_file_gets_one_message(tmp_path: Path, data: bytes, says: str):
    path = tmp_path / "hostile.toml"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    text = str(caught.value)
    assert says in text
    assert len(text) < 2_000


def test_nonsense_on_nonsense(tmp_path: Path):
    deep = nested("market")
    (tmp_path / "one.toml").write_text(deep)
    (tmp_path / "two.toml").write_text(f'extends = "./one.toml"\n{deep}')
    with pytest.raises(InputError, match=r"market\.market: unknown key"):
        load_scenario(tmp_path / "two.toml")


def test_special_files_are_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path / "pipe.toml", Path("/dev/zero")):
        with pytest.raises(InputError, match="not a file"):
            load_scenario(path)
        with pytest.raises(InputError, match="not a file"):
            read_roster(path)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from([*Scenario.model_fields, "leaders", "extends"])
sound = {"title": "t", "question": "q", "teams": [{"name": "A", "size": 3}]}


@given(st.dictionaries(keys, values, max_size=4), st.booleans())
@example({"leader": []}, True)
@example({"employees": {"people": [{"name": "A"}, None]}, "teams": [None]}, True)
@example({"employees": {"people": [{"team": {}}]}, "teams": [{"name": []}]}, True)
@example({"events": [{"event": []}]}, True)
@example({"title": "\ud800"}, True)
def test_any_nonsense_is_either_a_scenario_or_an_input_error(table, with_sound):
    try:
        scenario = scenario_from({**sound, **table} if with_sound else table)
    except InputError:
        return
    assert isinstance(scenario, Scenario)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_no_roster(tmp_path: Path, data: bytes):
    path = tmp_path / "people.csv"
    path.write_bytes(b"name,role,competence,commitment,tenure\n" + data)
    with pytest.raises(InputError):
        read_roster(path)


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("sim.scenario", ("pydantic", "numpy", "pandas")),
        ("sim.scenario.problems", ("pydantic", "numpy", "pandas")),
        ("sim.scenario.load", ("numpy", "pandas", "numba", "tomli_w")),
    ],
)
def test_nothing_heavy_is_imported(module: str, unwanted: tuple[str, ...]):
    code = f"import sys, {module}; sys.exit(' '.join(set({unwanted!r}) & set(sys.modules)) or 0)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_package_offers_what_it_lists_and_nothing_else():
    import sim.scenario as package

    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing
