"""A calibration is taken over whole: defaults, posterior and page, and nothing else changes."""

import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from sim.analysis.cross_validation import BEST, model_of
from sim.analysis.evidence import load_patterns
from sim.analysis.plausible import posterior
from sim.scenario import parameters
from sim.scenario.parameters import BY_NAME, PARAMETERS
from sim.scenario.problems import InputError
from sim.view.adopting import ROOT, adopt, rounded, with_defaults
from tests.analysis.calibration.settings import NAMES


@pytest.fixture(scope="module")
def finished(calibrated, tmp_path_factory):
    """A folder as a calibration to the shipped patterns leaves it."""
    folder = shutil.copytree(calibrated.path, tmp_path_factory.mktemp("done") / "results")
    with (folder / "calibration.json").open("r+", encoding="utf-8") as file:
        found = json.load(file) | {"model": model_of(load_patterns())}
        file.seek(0)
        json.dump(found, file)
        file.truncate()
    return folder


@pytest.fixture
def tree(tmp_path):
    """A source tree with what is written to."""
    root = tmp_path / "tree"
    for part in ("sim/scenario", "sim/analysis/data", "docs"):
        (root / part).mkdir(parents=True)
    shutil.copy(parameters.__file__, root / "sim/scenario/parameters.py")
    return root


def test_the_best_set_becomes_the_defaults_and_the_kept_ones_the_posterior(tree, finished):
    assert adopt(finished, tree) == 20
    best = rounded(json.loads((finished / "best.json").read_text(encoding="utf-8"))[""][0])
    code = "import runpy, sys; found = runpy.run_path(sys.argv[1])['PARAMETERS']; print([tuple(one) for one in found])"
    made = subprocess.run(
        [sys.executable, "-c", code, tree / "sim/scenario/parameters.py"], capture_output=True, text=True, check=True
    )
    values = {name: float(f"{value:g}") for name, value in best.items()}
    wanted = [tuple(p._replace(default=values.get(p.name, p.default))) for p in PARAMETERS]
    assert made.stdout.strip() == str(wanted)
    table = pd.read_parquet(tree / "sim/analysis/data/posterior.parquet")
    assert list(table.columns) == ["misfit", "passed", *NAMES]
    assert len(table) == 20
    kept = json.loads((tree / "sim/analysis/data/best.json").read_text(encoding="utf-8"))
    assert kept["sets"][""] == [best]
    assert set(kept["sets"]) == {"", "turnover", "people"}
    page = (tree / "docs/calibration.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in NAMES)


def test_an_unfinished_calibration_is_not_taken_over(tree, tmp_path):
    with pytest.raises(InputError, match="holds no finished calibration"):
        adopt(tmp_path, tree)


def test_one_of_another_model_is_not_taken_over(tree, finished, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(finished, other)
    text = (other / "calibration.json").read_text(encoding="utf-8")
    (other / "calibration.json").write_text(text.replace(model_of(load_patterns()), "0123"), encoding="utf-8")
    before = (tree / "sim/scenario/parameters.py").read_bytes()
    with pytest.raises(InputError, match="is of another version of the model"):
        adopt(other, tree)
    assert (tree / "sim/scenario/parameters.py").read_bytes() == before


@pytest.mark.parametrize("name", ["calibration.json", "best.json", "posterior.parquet"])
@pytest.mark.parametrize("content", ["", "{}", '{"mod', "[]"])
def test_a_damaged_file_is_one_clear_error_and_nothing_is_taken_over(tree, finished, tmp_path, name, content):
    other = tmp_path / "other"
    shutil.copytree(finished, other)
    (other / name).write_text(content, encoding="utf-8")
    before = (tree / "sim/scenario/parameters.py").read_bytes()
    with pytest.raises(InputError, match=rf"{name}: damaged .*Run: teamsim resume"):
        adopt(other, tree)
    assert (tree / "sim/scenario/parameters.py").read_bytes() == before


def test_a_parameter_that_is_not_declared_is_an_error():
    with pytest.raises(InputError, match="declared 0 times"):
        with_defaults("", {"quit_base": 1.0})


def test_the_defaults_are_the_best_set_and_its_page_is_there():
    (best,) = json.loads((ROOT / "sim/analysis/data" / BEST).read_text(encoding="utf-8"))["sets"][""]
    assert {name: BY_NAME[name].default for name in best} == rounded(best)
    page = (ROOT / "docs/calibration.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in best)
    assert f"{len(posterior())} sets" in page


def test_the_posterior_lies_within_what_is_plausible():
    assert len(posterior()) >= 500
    for values in posterior():
        for name, value in values.items():
            assert BY_NAME[name].low * (1 - 1e-3) - 1e-9 <= value <= BY_NAME[name].high * (1 + 1e-3) + 1e-9
