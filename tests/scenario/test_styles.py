"""Styles: how definitions become policies, and what is said about those that make no sense."""

import pytest

from sim.scenario import COMPARED, InputError, Policy, Stage, StyleDefinition, load_scenario, resolve, style_names
from sim.scenario.behaviours import BEHAVIOURS, OBSERVABLES
from sim.scenario.styles import DEEPEST, builtin_styles


def own(**tables) -> dict[str, StyleDefinition]:
    return {name: StyleDefinition.model_validate(table) for name, table in tables.items()}


def row(name: str) -> tuple[float, ...]:
    return resolve(name, {}).stages[0].levels[0]


@pytest.mark.parametrize("name", builtin_styles())
def test_every_built_in_style_has_four_rows_of_thirteen_shares(name):
    policy = resolve(name, {})
    assert policy.name == name
    for stage in policy.stages:
        assert len(stage.levels) == 4
        assert all(len(level) == len(BEHAVIOURS) for level in stage.levels)
        assert all(0 <= share <= 1 for level in stage.levels for share in level)


def test_the_compared_styles_exist():
    assert set(COMPARED) <= set(builtin_styles())


@pytest.mark.parametrize("name", builtin_styles())
def test_a_custom_style_with_the_same_definition_is_the_same_policy(name):
    same = resolve("mine", {"mine": builtin_styles()[name]})
    assert same == resolve(name, {})
    assert same.stages == resolve(name, {}).stages
    assert same.name == "mine"


def test_a_custom_style_with_the_same_numbers_is_the_same_policy():
    numbers = dict(zip(BEHAVIOURS, row("servant"), strict=True))
    assert resolve("mine", own(mine={"behaviour": numbers})) == resolve("servant", {})
    assert resolve("mine", own(mine={"blend": {"servant": 0.7}})) == resolve("servant", {})
    assert resolve("mine", own(mine={"based_on": "servant", "behaviour": {"data": numbers["data"]}})) == resolve(
        "servant", {}
    )
    assert resolve("mine", own(mine={"schedule": [{"style": "servant"}]})) == resolve("servant", {})
    assert resolve("mine", own(mine={"by_level": dict.fromkeys(("d1", "d2", "d3", "d4"), "servant")})) == resolve(
        "servant", {}
    )


def test_policies_with_other_behaviour_differ():
    assert resolve("servant", {}) != resolve("agile", {})


@pytest.mark.parametrize("behaviour", sorted(set(BEHAVIOURS) - {"direction", "support", "participation", "delegation"}))
def test_s1_to_s4_have_no_more_of_what_does_not_tell_them_apart_than_other_styles(behaviour):
    """Otherwise leading by level would be ahead without any match of style and level."""
    place = BEHAVIOURS.index(behaviour)
    others = [row(name)[place] for name in COMPARED if builtin_styles()[name].behaviour is not None]
    four = [row(name)[place] for name in ("S1", "S2", "S3", "S4")]
    assert sum(four) / 4 == pytest.approx(sum(others) / len(others), abs=0.005)
    if behaviour not in ("challenge", "development", "recognition", "feedback"):
        assert len(set(four)) == 1


def test_situational_leads_each_level_in_its_own_way():
    assert resolve("situational", {}).stages[0].levels == (row("S1"), row("S2"), row("S3"), row("S4"))


def test_based_on_changes_what_it_names_and_nothing_else():
    policy = resolve("mine", own(mine={"based_on": "situational", "behaviour": {"feedback": 1}}))
    feedback = BEHAVIOURS.index("feedback")
    for level, usual in zip(policy.stages[0].levels, resolve("situational", {}).stages[0].levels, strict=True):
        assert level[feedback] == 1
        assert level[:feedback] == usual[:feedback]
        assert level[feedback + 1 :] == usual[feedback + 1 :]


def test_based_on_a_schedule_changes_every_stage():
    styles = own(
        steps={"schedule": [{"style": "S1"}, {"style": "S4", "from_week": 9}]},
        mine={"based_on": "steps", "behaviour": {"data": 1}},
    )
    stages = resolve("mine", styles).stages
    assert [stage.from_week for stage in stages] == [1, 9]
    assert all(level[BEHAVIOURS.index("data")] == 1 for stage in stages for level in stage.levels)


def test_a_blend_is_the_weighted_mean_whatever_the_scale_of_the_weights():
    blend = resolve("mine", own(mine={"blend": {"S1": 3, "S4": 1}})).stages[0].levels[0]
    assert blend == pytest.approx(
        [0.75 * first + 0.25 * fourth for first, fourth in zip(row("S1"), row("S4"), strict=True)]
    )
    assert resolve("mine", own(mine={"blend": {"S4": 1, "S1": 3}})).stages[0].levels[0] == blend


def test_a_blend_of_situational_styles_mixes_level_by_level():
    levels = resolve("mine", own(mine={"blend": {"situational": 1, "S4": 1}})).stages[0].levels
    for level, style in zip(levels, ("S1", "S2", "S3", "S4"), strict=True):
        assert level == pytest.approx([(one + two) / 2 for one, two in zip(row(style), row("S4"), strict=True)])


def test_a_weight_of_nothing_is_allowed_beside_others():
    assert resolve("mine", own(mine={"blend": {"S1": 0, "S4": 2}})) == resolve("S4", {})


def test_levels_of_a_situational_style_come_from_their_own_level():
    table = {"by_level": {"d1": "situational", "d2": "S4", "d3": "situational", "d4": "S1"}}
    assert resolve("mine", own(mine=table)).stages[0].levels == (row("S1"), row("S4"), row("S3"), row("S1"))


def test_a_schedule_becomes_stages():
    table = {
        "schedule": [
            {"style": "autocratic"},
            {"style": "democratic", "from_week": 27, "until_week": 60, "when": "competence >= 0.7"},
            {"style": "servant", "when": "strain<.5"},
        ]
    }
    first, second, third = resolve("mine", own(mine=table)).stages
    assert first == Stage(1, None, None, None, None, (row("autocratic"),) * 4)
    assert second == Stage(27, 60, "competence", 0.7, None, (row("democratic"),) * 4)
    assert third == Stage(1, None, "strain", None, 0.5, (row("servant"),) * 4)


@pytest.mark.parametrize("observed", OBSERVABLES)
@pytest.mark.parametrize(("sign", "at_least", "below"), [(">=", 0.25, None), ("<", None, 0.25), (" >=\t", 0.25, None)])
def test_conditions_are_read(observed, sign, at_least, below):
    table = {"schedule": [{"style": "S1"}, {"style": "S2", "when": f"{observed}{sign}0.25"}]}
    stage = resolve("mine", own(mine=table)).stages[1]
    assert (stage.observed, stage.at_least, stage.below) == (observed, at_least, below)


def test_names_are_the_built_in_ones_then_the_scenarios_own():
    names = style_names(load_scenario("client-roster"))
    assert names == (*builtin_styles(), "agreed", "step-by-step")


def test_an_unknown_style_is_answered_with_the_nearest_one():
    with pytest.raises(InputError, match='unknown style "democratc"; did you mean "democratic"'):
        resolve("democratc", {})
    with pytest.raises(InputError, match=r"Known: autocratic, .*, mixed, mine"):
        resolve("qqq", own(mine={"blend": {"S1": 1}}))
    with pytest.raises(InputError, match=r"^styles\.mine\.blend\.S9: unknown style"):
        resolve("mine", own(mine={"blend": {"S9": 1}}))


def test_names_are_case_sensitive():
    with pytest.raises(InputError, match='unknown style "s1"; did you mean "S1"'):
        resolve("s1", {})


def test_a_policy_is_hashable_and_ignores_its_name():
    assert len({resolve("S1", {}), Policy("other", resolve("S1", {}).stages)}) == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("[styles.a]", "styles.a: got none of them; a style has exactly one of behaviour, by_level, blend, schedule."),
        (
            "[styles.a]\nblend = { S1 = 1 }\nby_level = {}",
            "styles.a: got by_level and blend; a style has exactly one of",
        ),
        ("[styles.a]\nblend = {}", "styles.a.blend: mixes to nothing: no weight is above 0"),
        ("[styles.a]\nblend = { S1 = 0, S2 = 0.0 }", "styles.a.blend: mixes to nothing"),
        ("[styles.a]\nblend = { S1 = -1 }", "styles.a.blend.S1: got -1; allowed is a number"),
        ("[styles.a]\nblend = { S1 = nan }", "styles.a.blend.S1: got nan"),
        ("[styles.a]\nblend = { S9 = 1 }", 'styles.a.blend.S9: unknown style "S9". Known: autocratic'),
        (
            "[styles.a]\nblend = { a = 1 }",
            "styles.a.blend.a: the style leads back to itself: a -> a. Break the circle.",
        ),
        (
            "[styles.a]\nbehaviour = { direction = 2 }",
            "styles.a.behaviour.direction: got 2; allowed is a number from 0 to 1",
        ),
        ("[styles.a]\nbehaviour = { direction = 1 }", "styles.a.behaviour: support, participation, "),
        (
            "[styles.a]\nbased_on = 'S1'\nbehaviour = { directon = 1 }",
            'unknown behaviour "directon"; did you mean "direction"?',
        ),
        ("[styles.a]\nbased_on = 'S1'\nbehaviour = {}", "styles.a.behaviour: empty. Name the behaviours that differ"),
        ("[styles.a]\nbased_on = 'S1'", "styles.a.based_on: needs a table `behaviour`"),
        ("[styles.a]\nbased_on = 'S9'\nbehaviour = { data = 1 }", 'styles.a.based_on: unknown style "S9"'),
        ("[styles.a]\nby_level = { d1 = 'S1', d5 = 'S2' }", 'styles.a.by_level.d5: unknown development level "d5"'),
        ("[styles.a]\nby_level = { d1 = 'S1' }", "styles.a.by_level: d2, d3, d4 missing. Name a style for each of"),
        (
            "[styles.a]\nby_level = { d1 = 'S1', d2 = 'S2', d3 = 'S3', d4 = 'S44' }",
            'styles.a.by_level.d4: unknown style "S44"',
        ),
        ("[styles.a]\nschedule = []", "styles.a.schedule: empty. Give it at least one entry"),
        (
            "[styles.a]\nschedule = [{ style = 'S1', from_week = 3 }]",
            "styles.a.schedule[1]: the first entry has to apply always",
        ),
        ("[styles.a]\nschedule = [{ style = 'S1', when = 'strain < 0.5' }]", "the first entry has to apply always"),
        ("[styles.a]\nschedule = [{ style = 'S9' }]", 'styles.a.schedule[1].style: unknown style "S9"'),
        (
            "[styles.a]\nschedule = [{ style = 'S1' }, { style = 'S2', from_week = 9, until_week = 8 }]",
            "styles.a.schedule[2].until_week: got 8, before from_week = 9",
        ),
        (
            "[styles.a]\nschedule = [{ style = 'S1' }, { style = 'S2', when = 'strain > 0.5' }]",
            'styles.a.schedule[2].when: cannot read "strain > 0.5"; allowed is VARIABLE >= NUMBER or VARIABLE < NUMBER',
        ),
        (
            "[styles.a]\nschedule = [{ style = 'S1' }, { style = 'S2', when = 'strian < 0.5' }]",
            'styles.a.schedule[2].when: unknown variable "strian"; did you mean "strain"?',
        ),
        (
            "[styles.a]\nschedule = [{ style = 'S1' }, { style = 'S2', when = 'strain < 70' }]",
            '"strain" runs from 0 to 1, and 70 is outside. Write 70 % as 0.7.',
        ),
        ("[styles.a]\nschedul = []", "styles.a.schedul: unknown key; did you mean `schedule`?"),
        ("[styles.a]\nbase_on = 'S1'\nblend = { S1 = 1 }", "styles.a.base_on: unknown key; did you mean `based_on`?"),
        ("[styles.servant]\nblend = { S1 = 1 }", 'styles.servant: "servant" is the name of a built-in style'),
        ("[styles.as-is]\nblend = { S1 = 1 }", 'styles.as-is: "as-is" is what results call every leader'),
        ("[styles.'a b']\nblend = { S1 = 1 }", 'styles.a b: "a b" cannot be a name: use letters, digits, _ and - only'),
        ("[styles.'']\nblend = { S1 = 1 }", '"" cannot be a name'),
        (
            "[styles.a]\nblend = { b = 1 }\n[styles.b]\nschedule = [{ style = 'S1' }, { style = 'S2', from_week = 9 }]",
            'styles.a.blend.b: "b" is a schedule, which can be neither mixed nor used by level or in another schedule',
        ),
        (
            "[styles.a]\nblend = { b = 1 }\n[styles.b]\nbased_on = 'a'\nbehaviour = { data = 1 }",
            "a -> b -> a. Break the circle",
        ),
    ],
)
def test_a_style_that_makes_no_sense_is_explained(message, body, says):
    assert says in message(body + "\n")


def test_a_fault_far_down_is_told_once(message):
    text = message("[styles.a]\nblend = { b = 1 }\n[styles.b]\nblend = { S9 = 1 }\n[styles.c]\nblend = { b = 1 }\n")
    assert text.startswith('mine.toml: styles.b.blend.S9: unknown style "S9"')


def test_a_schedule_in_a_schedule_is_refused(message):
    steps = "[styles.b]\nschedule = [{ style = 'S1' }, { style = 'S2', from_week = 9 }]\n"
    text = message(steps + "[styles.a]\nschedule = [{ style = 'S1' }, { style = 'b', from_week = 3 }]\n")
    assert 'styles.a.schedule[2].style: "b" is a schedule' in text


def test_endless_steps_are_refused():
    styles = {f"s{step}": {"blend": {f"s{step + 1}": 1}} for step in range(5000)}
    with pytest.raises(InputError, match=f"more than {DEEPEST} styles are built on one another"):
        resolve("s0", own(**styles, s5000={"blend": {"S1": 1}}))


def test_many_paths_to_the_same_style_take_no_time():
    styles = {f"{side}{step}": {"blend": {f"a{step + 1}": 1, f"b{step + 1}": 1}} for step in range(40) for side in "ab"}
    policy = resolve("a0", own(**styles, a40={"blend": {"S1": 1}}, b40={"blend": {"S1": 1}}))
    assert policy.stages[0].levels[0] == pytest.approx(row("S1"))
