"""Cross-validation by group: judged by sets that did not see the group; sets of another model are refused."""

import json

import pytest
from typer.testing import CliRunner

from sim import cli
from sim.analysis import cross_validation
from sim.analysis.calibration.stages import fitted_to, groups_of
from sim.analysis.cross_validation import UNFITTED, judged, model_of, rates, unfitted_sets, worlds
from sim.analysis.evidence import load_patterns, patterns_path
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError

BASE = {"quit_base": BY_NAME["quit_base"].default}
NOBODY_QUITS = {"quit_base": 0.0}


@pytest.fixture
def quick(tmp_path):
    """The shipped patterns with few firms, as a file."""
    file = tmp_path / "quick.toml"
    file.write_text(patterns_path().read_text(encoding="utf-8").replace("firms = 300", "firms = 20"), encoding="utf-8")
    return file


@pytest.fixture
def shipped(tmp_path, monkeypatch, quick):
    """Sets as a calibration leaves them: without the group, nobody quits."""
    groups = {pattern.group for pattern in load_patterns().patterns}
    sets = {"": [BASE]} | {group: [NOBODY_QUITS] for group in groups}
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / cross_validation.BEST
    file.write_text(json.dumps({"model": model_of(load_patterns(quick)), "sets": sets}), encoding="utf-8")
    monkeypatch.setattr(cross_validation, "shipped", lambda name: tmp_path / "data" / name)
    return file


def run(*arguments, status=0):
    result = CliRunner().invoke(cli.app, ["evidence", "--cross-validate", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result


def test_each_pattern_is_judged_by_sets_that_did_not_see_its_group(quick):
    patterns = load_patterns(quick)
    found = judged(patterns, list(worlds(patterns, {"": [BASE], "turnover": [NOBODY_QUITS]}, ["turnover"], 1)))
    quits = next(one for one in found if one.seen.pattern.id == "C9")
    assert quits.unseen.banded[0].median == 0
    assert quits.seen.banded[0].median > 0.5
    assert not quits.unseen.passed
    in_sample, out_of_sample, unfitted = rates(found)
    fitted = [one for one in found if one.seen.pattern.fitted]
    assert in_sample == sum(one.seen.passed for one in fitted) / len(fitted)
    assert out_of_sample == sum(one.unseen.passed for one in found) / len(found)
    assert unfitted == sum(one.unfitted.passed for one in found) / len(found)
    assert all(one.unfitted.banded not in (one.seen.banded, one.unseen.banded) for one in found)


def test_every_world_is_judged_by_another_set(quick):
    patterns = load_patterns(quick)
    sets = {"": [BASE], "turnover": [NOBODY_QUITS, BASE]}
    one, other, again = worlds(patterns, sets, ["turnover"], 3)
    assert one["C9"][1]["percent_a_month"] == again["C9"][1]["percent_a_month"] == 0
    assert other["C9"][0] == other["C9"][1]


def test_unfitted_sets_lie_all_over_the_plausible_ranges():
    sets = unfitted_sets()
    assert len(sets) == UNFITTED
    for name, about in BY_NAME.items():
        if about.low < about.high:
            values = sorted(one[name] for one in sets)
            middle = (about.low + about.high) / 2
            assert about.low <= values[0] < middle < values[-1] <= about.high


def test_what_is_kept_aside_is_judged_by_the_set_that_is_fitted_to_all_others(quick):
    patterns = load_patterns(quick)
    aside = [one.model_copy(update={"fitted": False}) if one.group == "turnover" else one for one in patterns.patterns]
    found = judged(
        patterns := patterns.model_copy(update={"patterns": tuple(aside)}),
        list(worlds(patterns, {"": [BASE]}, ["turnover"], 1)),
    )
    assert all(one.seen.banded == one.unseen.banded for one in found)
    assert "turnover" not in groups_of(patterns)
    assert sum(fitted_to(patterns, "")) == sum(len(one.accept) for one in aside if one.fitted)


def test_table_json_and_record(shipped, quick, tmp_path):
    shown = run("--group", "turnover", "--seeds", 1, "--patterns", quick, "--record", tmp_path / "kept.json")
    assert "Out of sample, each with its group left out of the fit" in shown.stdout
    kept = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert {entry["group"] for entry in kept["patterns"]} == {"turnover"}
    data = json.loads(run("--group", "turnover", "--seeds", 1, "--patterns", quick, "--json").stdout)
    assert data == kept
    assert set(data) == {"fingerprint", "seeds", "in_sample", "out_of_sample", "unfitted", "patterns"}
    assert "By sets from all over the plausible ranges" in " ".join(shown.stdout.split())


def test_sets_of_another_model_are_refused(shipped, quick):
    shipped.write_text(json.dumps({"model": "0123", "sets": {}}), encoding="utf-8")
    errors = run("--patterns", quick, status=2).stderr
    assert errors.startswith("Error: best.json: the calibration is of another version of the model or of the patterns")
    shipped.unlink()
    assert "no calibration has left its sets yet" in run("--patterns", quick, status=2).stderr


def test_defaults_do_not_matter_to_what_a_calibration_rests_on_and_bands_do(monkeypatch):
    patterns = load_patterns()
    before = model_of(patterns)
    first, *others = patterns.patterns
    name, (low, high) = next(iter(first.accept.items()))
    other = first.model_copy(update={"accept": first.accept | {name: (low, high + 0.1)}})
    assert model_of(patterns.model_copy(update={"patterns": (other, *others)})) != before
    changed = tuple(p._replace(default=p.low) for p in BY_NAME.values())
    monkeypatch.setattr("sim.analysis.fingerprint.PARAMETERS", changed)
    assert model_of(patterns) == before
    monkeypatch.setattr("sim.analysis.fingerprint.PARAMETERS", tuple(p._replace(low=p.low - 1) for p in changed))
    assert model_of(patterns) != before


def test_a_group_without_a_set_is_refused(quick):
    with pytest.raises(InputError, match='unknown group "turnover"'):
        next(worlds(load_patterns(quick), {"": [BASE], "people": [BASE]}, ["turnover"], 1))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--group", "turnver"], 'unknown group "turnver"; did you mean "turnover"'),
        (["C9"], "--cross-validate: goes with --group"),
        (["--html", "page.html"], "and not with --html"),
        (["--record", "record.txt"], "record.txt"),
    ],
)
def test_bad_input_is_one_clear_error(shipped, arguments, says):
    result = run(*arguments, status=2)
    assert result.stderr.startswith("Error: ")
    assert says in result.stderr
