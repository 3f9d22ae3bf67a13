"""Starting from a shipped scenario, and checking files."""

from pathlib import Path

import pytest

from sim.scenario import InputError, Scenario, check, load_scenario, new_scenario, scenario_names


@pytest.mark.parametrize("name", scenario_names())
def test_a_copy_of_each_loads_as_the_same_scenario(tmp_path: Path, name: str):
    written = new_scenario(tmp_path / "mine.toml", name)
    assert written[0] == tmp_path / "mine.toml"
    copy, source = load_scenario(written[0]), load_scenario(name)
    assert copy.model_copy(update={"name": name}) == source
    text = written[0].read_text(encoding="utf-8")
    assert text.startswith(f'# Started from the shipped scenario "{name}".\n')
    assert "#:schema" not in text
    assert text.count("#") > 5


def test_a_roster_comes_along(tmp_path: Path):
    assert [path.name for path in new_scenario(tmp_path / "mine.toml", "client-roster")] == [
        "mine.toml",
        "client-roster.csv",
    ]


@pytest.mark.parametrize("existing", ["mine.toml", "client-roster.csv"])
def test_nothing_is_overwritten_unless_forced(tmp_path: Path, existing: str):
    (tmp_path / existing).write_text("precious")
    with pytest.raises(InputError, match=rf"{existing}: exists already; nothing was written"):
        new_scenario(tmp_path / "mine.toml", "client-roster")
    assert [path.name for path in tmp_path.iterdir()] == [existing]
    assert (tmp_path / existing).read_text() == "precious"
    assert len(new_scenario(tmp_path / "mine.toml", "client-roster", force=True)) == 2


def test_the_name_has_to_end_in_toml(tmp_path: Path):
    with pytest.raises(InputError, match=r'a scenario is a TOML file. Call it "mine.toml"'):
        new_scenario(tmp_path / "mine")


def test_an_unknown_source(tmp_path: Path):
    with pytest.raises(InputError, match='did you mean "growth"'):
        new_scenario(tmp_path / "mine.toml", "grwth")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(InputError, match=r"mine\.toml: cannot be written \(No such file or directory\)"):
        new_scenario(tmp_path / "no" / "mine.toml")


def test_check_gives_the_scenario_or_what_is_wrong(write):
    good, bad = write(name="good.toml"), write("[run]\nweeks = 0\n", name="bad.toml")
    results = check([good, bad, "everyday", "nowhere.toml"])
    assert [str(path) for path, _ in results] == ["good.toml", "bad.toml", "everyday", "nowhere.toml"]
    assert [type(result) for _, result in results] == [Scenario, InputError, Scenario, InputError]
    assert "run.weeks" in str(results[1][1])
