"""Messages: one fault is one line, several are a list, and a misspelt name finds its neighbour."""

from pathlib import Path

import pytest

from sim.scenario.problems import SHOWN, Fault, InputError, is_file, listed, nearest, read_bytes, shortened, unknown


def test_one_fault_is_one_line():
    error = InputError.listing([Fault("a.toml", "run.weeks", "got 0.")])
    assert str(error) == "a.toml: run.weeks: got 0."


def test_a_fault_without_place_names_its_file_only():
    assert str(InputError.listing([Fault("a.csv", "", "empty.")])) == "a.csv: empty."


def test_several_faults_of_one_file_are_a_list():
    error = InputError.listing([Fault("a.toml", "x", "one."), Fault("a.toml", "y", "two.")])
    assert str(error) == "2 things to put right in a.toml:\n  - x: one.\n  - y: two."


def test_faults_of_several_files_stand_below_their_files():
    error = InputError.listing([Fault("a.toml", "x", "one."), Fault("b.csv", "row 2", "two.")])
    assert str(error) == "2 things to put right\na.toml:\n  - x: one.\nb.csv:\n  - row 2: two."


def test_a_long_list_is_cut_and_counted():
    error = InputError.listing([Fault("a", f"k{number}", "bad.") for number in range(SHOWN + 7)])
    assert str(error).endswith("and 7 more")
    assert str(error).startswith(f"{SHOWN + 7} things")
    assert str(error).count("bad.") == SHOWN


def test_a_fault_of_many_rows_is_said_once():
    faults = [Fault("a", f"row {row}, column b", f"got {row}; allowed is 0.") for row in range(2, 40)]
    faults.insert(3, Fault("a", "row 5, column c", "empty."))
    assert str(InputError.listing(faults)) == (
        "39 things to put right in a:\n"
        "  - rows 2, 3, 4 and 35 more, column b: got 2; allowed is 0. (That is row 2.)\n"
        "  - row 5, column c: empty."
    )
    assert str(InputError.listing(faults[:3])).count("allowed is 0.") == 3


@pytest.mark.parametrize(("name", "meant"), [("democratc", "democratic"), ("Autocratic", "autocratic"), ("qqq", None)])
def test_nearest(name: str, meant: str | None):
    assert nearest(name, ("democratic", "autocratic")) == meant


def test_unknown_asks_only_when_something_is_near():
    assert "did you mean" not in unknown("style", "qqq", ["servant"])
    assert 'did you mean "servant"?' in unknown("style", "servan", ["servant"])


def test_lists_and_long_texts_stay_short():
    assert listed([]) == "none"
    assert listed(map(str, range(40))).endswith("and 10 more")
    assert len(shortened("x" * 1000)) == 60


def test_a_file_that_is_too_large_is_refused(tmp_path: Path):
    large = tmp_path / "large.toml"
    with large.open("wb") as file:
        file.truncate(10_000_001)
    with pytest.raises(InputError, match=r"large\.toml: larger than 10 MB"):
        read_bytes(large, "")


def test_a_file_that_the_system_refuses_is_explained(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(tmp_path / ("x" * 5000), "")


def test_a_name_that_no_file_can_have_is_no_file():
    assert not is_file(Path("x" * 5000))
    assert not is_file(Path("a\0b"))
