"""The page about studies: every study on it is in order, and its Python runs."""

import re
import tomllib

import pytest

from sim.analysis.trial.spec import Trial
from sim.scenario.toml_files import checked
from sim.study.load import study_from, study_names
from sim.view.study.catalog import OTHERS
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs/studies.md"


def texts(language, note=""):
    return [block.text for block in blocks(PAGE, language) if block.note == note]


@pytest.mark.parametrize("text", texts("toml"))
def test_a_study_on_the_page_is_in_order(text):
    assert study_from(tomllib.loads(text)).runs > 0


@pytest.mark.parametrize("text", texts("toml", "trial"))
def test_a_trial_on_the_page_is_in_order(text):
    assert checked(tomllib.loads(text), Trial, "page").firms


@pytest.mark.parametrize("code", [code for code in texts("python") if "ema_workbench" not in code])
def test_the_python_on_the_page_runs(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102  # it is our own page


def test_shipped_studies_that_are_named_exist():
    assert set(re.findall(r"teamsim run ([a-z-]+)(?![\w/.-])", PAGE.read_text(encoding="utf-8"))) <= {
        *study_names(),
        *(other.name for other in OTHERS),
    }
