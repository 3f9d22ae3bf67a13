"""The page Styles without its page: profiles, styles of one's own, and the match of S and D."""

import math
import tomllib

import pytest

from sim.app.styles.comparison import Made, compared, verdict
from sim.app.styles.match import LEVELS, MEASURES, STYLES, Cell, in_words, match
from sim.app.styles.own_style import blended, departing, name_fault, snippet, with_style
from sim.app.styles.profiles import first_row, profile
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.load import load_scenario, scenario_from, to_toml
from sim.scenario.problems import InputError
from sim.scenario.styles import builtin_styles, resolve


@pytest.fixture(scope="module")
def everyday():
    return load_scenario("everyday")


@pytest.mark.parametrize("name", builtin_styles())
def test_a_profile_shows_the_numbers_that_the_model_follows(name):
    shown = profile(name, {})
    for stage, followed in zip(shown.stages, resolve(name, {}).stages, strict=True):
        assert stage.behaviour == followed.levels
    assert shown.description


def test_only_styles_that_treat_all_alike_all_the_time_are_fixed():
    assert profile("democratic", {}).fixed
    assert not profile("situational", {}).fixed
    assert profile("situational", {}).stages[0].rows == ("S1", "S2", "S3", "S4")


def test_a_style_departs_in_what_was_moved_and_nothing_else(everyday):
    start = first_row("servant", {})
    table = departing("servant", start, {**start, "direction": 0.6}, 'firm, and "kind"')
    own = with_style(everyday, "firm-servant", table)
    row = dict(zip(BEHAVIOURS, resolve("firm-servant", own.styles).stages[0].levels[0], strict=True))
    assert row == {**start, "direction": 0.6}


def test_a_departure_from_a_style_by_level_leaves_its_other_differences(everyday):
    start = first_row("situational", {})
    own = with_style(everyday, "kinder", departing("situational", start, {**start, "recognition": 0.9}))
    shown = profile("kinder", own.styles).stages[0]
    assert not shown.same_for_all
    assert {row[BEHAVIOURS.index("recognition")] for row in shown.behaviour} == {0.9}


def test_nothing_moved_is_no_style():
    start = first_row("agile", {})
    with pytest.raises(InputError, match="no slider was moved"):
        departing("agile", start, start)


def test_a_blend_is_the_weighted_mean(everyday):
    own = with_style(everyday, "half", blended({"autocratic": 50, "democratic": 50, "agile": 0}))
    row = resolve("half", own.styles).stages[0].levels[0]
    both = [first_row(name, {}) for name in ("autocratic", "democratic")]
    assert row == pytest.approx([(both[0][name] + both[1][name]) / 2 for name in BEHAVIOURS])
    with pytest.raises(InputError, match="no weight"):
        blended({"agile": 0})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "no name"),
        ("a b", "letters, digits"),
        ("[styles]\nx = 1", "letters, digits"),
        ("democratic", "built-in"),
        ("as-is", "Choose another"),
        ("x" * 31, "Shorten"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_a_reason(everyday, name, expected):
    with pytest.raises(InputError, match=expected):
        with_style(everyday, name, blended({"agile": 1}))


def test_a_name_is_not_given_twice(everyday):
    once = with_style(everyday, "mine", blended({"agile": 1}))
    with pytest.raises(InputError, match="already"):
        with_style(once, "mine", blended({"servant": 1}))


def test_what_is_downloaded_is_the_style(everyday):
    table = blended({"agile": 1, "S1": 2}, 'a "mixture"\nof two')
    own = with_style(everyday, "mine", table)
    read = tomllib.loads(snippet("mine", table))
    assert scenario_from({**everyday.model_dump(), **read}).styles == own.styles
    assert tomllib.loads(to_toml(own))["styles"] == read["styles"]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_level_meets_every_style_and_something_is_best(measure):
    cells = match(measure, replications=10)
    assert [(cell.level, cell.style) for cell in cells] == [(level, style) for level in LEVELS for style in STYLES]
    for place, level in enumerate(LEVELS):
        row = cells[4 * place : 4 * place + 4]
        assert max(row, key=lambda cell: cell.mean).best
        assert all(cell.low <= cell.mean <= cell.high for cell in row)
        assert in_words(cells)[place].startswith(level)


def test_the_match_is_said_as_it_came_out():
    def row(best):
        return [Cell("D1", style, 0.5, 0.4, 0.6, style in best) for style in STYLES]

    rest = [Cell(level, style, 0.5, 0.4, 0.6, True) for level in LEVELS[1:] for style in STYLES]
    assert in_words(row({"S1"}) + rest)[0] == "D1 (beginners): S1 (directing), as the theory says, is best."
    both = "D1 (beginners): S1 (directing), as the theory says, and S2 (coaching) are about equally good."
    assert in_words(row({"S1", "S2"}) + rest)[0] == both
    other = "D1 (beginners): S3 (supporting) is better than S1 (directing), the choice of the theory."
    assert in_words(row({"S3"}) + rest)[0] == other


def test_a_style_of_the_same_name_is_made_anew_only_where_that_is_meant(everyday):
    once = with_style(everyday, "mine", blended({"agile": 1}))
    anew = with_style(once, "mine", blended({"servant": 1}), again=True)
    assert anew.styles["mine"].blend == {"servant": 1}
    assert not name_fault(once, "mine", again=True)
    assert "already" in name_fault(once, "mine")


def difference(**known):
    plain = {"clear": False, "p_adjusted": 0.5, "effect_size": 0.1, "effect_size_low": -0.3, "effect_size_high": 0.5}
    return {**plain, **known}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (difference(clear=True, p_adjusted=0.001, effect_size=0.5), "yes"),
        (difference(clear=True, p_adjusted=0.001, effect_size=math.nan), "yes"),
        (difference(p_adjusted=0.001, effect_size=-0.1, effect_size_low=-0.21), "too small to matter"),
        (difference(effect_size_low=-0.1, effect_size_high=0.15), "too small to matter"),
        (difference(), "not sure"),
        (difference(effect_size=0.4, p_adjusted=0.06), "not sure"),
    ],
)
def test_a_difference_matters_or_is_too_small_or_is_not_sure(row, expected):
    assert verdict(row) == expected


def test_a_difference_that_excludes_zero_is_never_said_to_be_none(everyday):
    table = departing("democratic", first_row("democratic", {}), {**first_row("democratic", {}), "support": 0.95})
    found = compared(Made(with_style(everyday, "mine", table), "mine", "democratic", table))
    assert {row[-1] for row in found.rows} <= {"yes", "too small to matter", "not sure"}
    delay = next(row for row in found.rows if row[0].startswith("Decision delay"))
    assert delay[-1] == "too small to matter"
