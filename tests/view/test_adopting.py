"""A calibration is taken over whole: defaults, posterior and page, and nothing else changes."""

import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest
import tomli_w

from sim.analysis.plausible import posterior
from sim.scenario import parameters
from sim.scenario.parameters import BY_NAME, PARAMETERS
from sim.scenario.problems import InputError
from sim.view.adopting import ROOT, adopt, rounded, with_defaults

NAMES = ("quit_base", "honeymoon")


def finished(folder, values):
    """A folder as a calibration leaves it: one set is best, another is kept."""
    folder.mkdir()
    settings = {
        "search": {"seed": 1, "worlds": 1, "firms": 20, "generations": 1, "population": 5, "spread": 0.1},
        "keep": {"draws": 0, "spread": 0.1, "worse": 1.0, "sets": 10, "finalists": 2, "fresh_worlds": 1},
        "fit": {"parameters": list(NAMES)},
    }
    (folder / "calibration.toml").write_text(tomli_w.dumps(settings))
    sets = [
        {"misfit": misfit, "passed": 3, "parameters": dict(zip(NAMES, pair, strict=True)), "figures": {"C9.r": 1.0}}
        for misfit, pair in zip((1.5, 2.0), values, strict=True)
    ]
    (folder / "sets.json").write_text(json.dumps(sets))
    return folder


@pytest.fixture
def tree(tmp_path):
    """A source tree with what is written to."""
    root = tmp_path / "tree"
    for part in ("sim/scenario", "sim/analysis/data", "docs"):
        (root / part).mkdir(parents=True)
    shutil.copy(parameters.__file__, root / "sim/scenario/parameters.py")
    return root


def test_the_best_set_becomes_the_defaults_and_the_kept_ones_the_posterior(tree, tmp_path):
    folder = finished(tmp_path / "done", [(0.0033333, 0.25), (0.004, 0.2)])
    assert adopt(folder, tree) == 2
    code = "import runpy, sys; found = runpy.run_path(sys.argv[1])['PARAMETERS']; print([tuple(one) for one in found])"
    made = subprocess.run(
        [sys.executable, "-c", code, tree / "sim/scenario/parameters.py"], capture_output=True, text=True, check=True
    )
    wanted = [
        tuple(p._replace(default={"quit_base": 0.003333, "honeymoon": 0.25}.get(p.name, p.default))) for p in PARAMETERS
    ]
    assert made.stdout.strip() == str(wanted)
    table = pd.read_parquet(tree / "sim/analysis/data/posterior.parquet")
    assert table["quit_base"].tolist() == [0.003333, 0.004]
    assert "`honeymoon`" in (tree / "docs/calibration.md").read_text(encoding="utf-8")


def test_an_unfinished_calibration_is_not_taken_over(tree, tmp_path):
    with pytest.raises(InputError, match="holds no finished calibration"):
        adopt(tmp_path, tree)


def test_a_parameter_that_is_not_declared_is_an_error():
    with pytest.raises(InputError, match="declared 0 times"):
        with_defaults("", {"quit_base": 1.0})


def test_the_defaults_are_the_best_fitting_set_and_its_page_is_there():
    best = posterior()[0]
    assert {name: BY_NAME[name].default for name in best} == rounded(best)
    page = (ROOT / "docs/calibration.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in best)
    assert f"{len(posterior())} sets" in page


def test_the_posterior_lies_within_what_is_plausible():
    assert len(posterior()) >= 200
    for values in posterior():
        for name, value in values.items():
            assert BY_NAME[name].low * (1 - 1e-3) - 1e-9 <= value <= BY_NAME[name].high * (1 + 1e-3) + 1e-9
