"""What a page says of its runs is what the app says, and its controls do what they do there."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.app.compare.answer import Answerer
from sim.app.compare.controls import by_name, groups
from sim.app.compare.setting import Setting, prepared_both
from sim.app.tab.make import Wanted, worker_of
from sim.model.input_records import levels_of
from sim.model.metrics import METRIC_NAMES
from sim.run.case import Case, run_case
from sim.run.record import Record
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError
from sim.scenario.schema import Mix
from sim.scenario.variants import with_values
from tests.run.tab.programs import in_node

ANSWERS = """
const { questions, out } = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
(async () => {
  const found = [];
  for (const question of questions) found.push((await answer(question)).answer);
  require('fs').writeFileSync(out, JSON.stringify(found));
  process.exit();
})();
"""

WEEKS = """
const { changes, style, weeks, out } = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
start(2e6);
const found = changes.map((change) => {
  const prepared = prepare(Ready(companyWith(change), [COMPANY.styles.indexOf(style)]), weeks);
  replication(prepared, 5, 3);
  const at = prepared.measures.company;
  return Array.from(M.subarray(at, at + weeks * WIDTH.MEASURES), (one) => Number.isNaN(one) ? null : one);
});
require('fs').writeFileSync(out, JSON.stringify(found));
process.exit();
"""

LEVELS = """
const { mixes, out } = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
require('fs').writeFileSync(out, JSON.stringify(mixes.map(([mix, size]) => levelsOf(mix, size))));
process.exit();
"""

SETTINGS = {
    "everyday": (
        Setting(replications=25),
        Setting(changes={"market.urgency": 0.8, "practices.recognition": 0.5, "teams.Team.size": 8}, replications=10),
        Setting(pinned={"leader.hours": 20.0}, metric="decision_delay", styles=("agile", "S1", "autocratic"), weeks=60),
        Setting(replications=1, changes={"quit_base": 0.00001}),
        Setting(styles=("servant",), replications=10, weeks=130),
    ),
    "crisis": (
        Setting(metric="decision_delay", changes={"leader.hours": 45.0}, replications=25, baseline="democratic"),
        Setting(replications=10, weeks=30),
    ),
    "novices": (Setting(metric="competence", replications=10, weeks=20), Setting(metric="trust", replications=25)),
}
"""By scenario; all but the first ask about some of their weeks only."""


def text_of(scenario) -> str:
    return worker_of(Wanted(scenario))


def given_by(text: str, given: dict[str, Any], folder) -> Any:
    out = folder / "out.json"
    in_node(text, {**given, "out": str(out)}, folder)
    return json.loads(out.read_text(encoding="utf-8"))


def differences(ours, theirs, at="") -> list[str]:
    if isinstance(ours, dict):
        return [
            one for key in ours.keys() | theirs.keys() for one in differences(ours[key], theirs[key], f"{at}/{key}")
        ]
    if isinstance(ours, list | tuple):
        assert len(ours) == len(theirs), at
        return [one for k, both in enumerate(zip(ours, theirs, strict=True)) for one in differences(*both, f"{at}/{k}")]
    if isinstance(ours, float) and isinstance(theirs, float | int):
        axis = "/one/" in at or "/two/" in at  # half of an ellipse is as good as the other
        alike = math.isclose(abs(ours), abs(theirs), abs_tol=2e-5) if axis else math.isclose(ours, theirs, rel_tol=1e-9)
        return [] if alike else [f"{at}: {ours} {theirs}"]
    return [] if ours == theirs else [f"{at}: {ours!r} {theirs!r}"]


def question_of(setting: Setting, ask: int) -> dict[str, Any]:
    job, _ = prepared_both(setting)
    asked = ("styles", "metric", "replications", "weeks", "seed", "baseline")
    return {
        "ask": ask, "job": {name: getattr(job, name) for name in asked}, "changes": dict(setting.changes),
        "pinned": dict(setting.pinned),
    }  # fmt: skip


@pytest.mark.parametrize("scenario", ["everyday", "crisis", pytest.param("novices", marks=pytest.mark.thorough)])
def test_answers_are_those_of_the_app(scenario, tmp_path):
    asked = [replace(one, scenario=scenario) for one in SETTINGS[scenario]]
    questions = [question_of(one, ask) for ask, one in enumerate(asked, 1)]
    found = given_by(text_of(load_scenario(scenario)) + ANSWERS, {"questions": questions}, tmp_path)
    for setting, theirs in zip(asked, found, strict=True):
        ours = Answerer().answer(*prepared_both(setting), lambda: False)
        assert ours is not None
        same = {
            "courses": list(ours.courses), "tradeOff": ours.trade_off, "verdict": ours.verdict,
            "strips": list(ours.strips), "between": ours.between_styles, "through": ours.through_change,
            "table": ours.table, "focus": ours.job.focus, "about": ours.about,
        }  # fmt: skip
        assert not differences(same, theirs)


@pytest.mark.parametrize(
    "name",
    ["several-teams", *(pytest.param(name, marks=pytest.mark.thorough) for name in ("growth", "culture-programme"))],
)
def test_controls_do_what_they_do_in_the_app(name, tmp_path):
    scenario, chance = load_scenario(name), np.random.default_rng(1)
    controls = {key: one for key, one in by_name(groups(scenario)).items() if one.kind == "slider"}
    changes: list[dict[str, float]] = [{}]
    for _ in range(6):
        some = chance.choice(sorted(controls), 12, replace=False)
        changes.append({key: _value(controls[key], chance.random()) for key in some})
    allowed = [one for one in changes if _allowed(scenario, one)]
    weeks = 30 if not scenario.events else max(event.week for event in scenario.events) + 5
    asked = {"changes": allowed, "style": "situational", "weeks": weeks}
    found = given_by(text_of(scenario) + WEEKS, asked, tmp_path)
    assert len(allowed) > 3
    for change, theirs in zip(allowed, found, strict=True):
        case = Case(with_values(scenario, change), ("situational",), {}, range(3, 4), 5, weeks)
        outcome = run_case(case, Record(metrics=METRIC_NAMES, weekly=True), workers=1)
        assert outcome is not None
        assert outcome.weekly is not None
        numbers = np.array(theirs, float).reshape(weeks, -1)
        np.testing.assert_allclose(numbers, outcome.weekly[0, 0], rtol=1e-8, atol=1e-9)


def _value(control, share: float) -> float:
    steps = round((control.high - control.low) / control.step)
    return float(round(control.low + control.step * int(share * steps), 10))


def _allowed(scenario, change) -> bool:
    try:
        with_values(scenario, change)
    except InputError:
        return False
    return True


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any), st.integers(1, 25)),
        min_size=300, max_size=300,
    )
)  # fmt: skip
def test_levels_of_a_mix_are_those_of_the_model(tmp_path, mixes):
    shares = [([part / sum(parts) for part in parts], size) for parts, size in mixes]
    found = given_by(text_of(load_scenario("everyday")) + LEVELS, {"mixes": shares}, tmp_path)
    for (mix, size), levels in zip(shares, found, strict=True):
        assert levels == levels_of(Mix(**dict(zip(("d1", "d2", "d3", "d4"), mix, strict=True))), size)
