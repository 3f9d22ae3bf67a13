"""The page about studies: every study on it is in order, and its Python runs."""

import re
import tomllib
from pathlib import Path

import pytest

from sim.analysis.trial.spec import Trial
from sim.scenario.toml_files import checked
from sim.study.load import study_from, study_names
from sim.view.study.catalog import OTHERS

PAGE = (Path(__file__).parents[2] / "docs/studies.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", blocks("toml"))
def test_a_study_on_the_page_is_in_order(text):
    assert study_from(tomllib.loads(text)).runs > 0


@pytest.mark.parametrize("text", blocks("toml trial"))
def test_a_trial_on_the_page_is_in_order(text):
    assert checked(tomllib.loads(text), Trial, "page").firms


@pytest.mark.parametrize("code", [code for code in blocks("python") if "ema_workbench" not in code])
def test_the_python_on_the_page_runs(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102  # it is our own page


def test_shipped_studies_that_are_named_exist():
    assert set(re.findall(r"teamsim run ([a-z-]+)(?![\w/.-])", PAGE)) <= {
        *study_names(),
        *(other.name for other in OTHERS),
    }
