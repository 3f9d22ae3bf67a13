"""A scenario becomes records: people, positions, leaders, events and styles as the rules want them."""

import math

import numpy as np
import pytest

from sim.model import state
from sim.model.build import AS_IS, Blueprint
from sim.model.input_records import LAST_WEEK, parameter_record
from sim.model.world import SHARED_BY_ARMS
from sim.scenario.behaviours import BEHAVIOURS, OBSERVABLES
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.parameters import PARAMETERS
from sim.scenario.problems import InputError
from sim.scenario.styles import builtin_styles, resolve
from sim.scenario.variants import with_roster
from tests.model.worlds import varied

LEADER_FIELDS = ("hours", "competence", "diagnosis_skill", "fidelity")


def built(scenario, styles=("democratic",), replication=0):
    """Blueprint, timetable and the world before the first week."""
    blueprint = Blueprint(scenario)
    timetable = blueprint.timetable(list(styles))
    return blueprint, timetable, blueprint.world(blueprint.chance(1, replication), timetable)


def first_day(scenario, replication=0):
    """The employees of the first day."""
    return built(scenario, replication=replication)[2].employees[0]


def teams(*sizes, **more):
    return {"teams": [{"name": f"T{number}", "size": size, **more} for number, size in enumerate(sizes)]}


# --- People -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "mix", "people"),
    [
        (12, (0.25, 0.25, 0.25, 0.25), (3, 3, 3, 3)),
        (10, (0.2, 0.25, 0.3, 0.25), (2, 3, 3, 2)),  # of equal remainders the earlier counts first
        (3, (0.25, 0.25, 0.25, 0.25), (1, 1, 1, 0)),
        (5, (0.0, 0.0, 0.0, 1.0), (0, 0, 0, 5)),
        (2, (0.1, 0.2, 0.3, 0.4), (0, 0, 1, 1)),
        (7, (1 / 3, 1 / 3, 1 / 3, 0.0), (3, 2, 2, 0)),
    ],
)
def test_a_mix_is_in_whole_people(size, mix, people):
    given = dict(zip(("d1", "d2", "d3", "d4"), mix, strict=True))
    employees = first_day(varied("everyday", {**teams(size), "employees": {"mix": given}}))
    assert np.bincount(employees["level"], minlength=4).tolist() == list(people)


@pytest.mark.parametrize("scheme", ["slii", "readiness"])
def test_people_of_a_mix_are_at_their_level_whatever_their_luck(scheme):
    """Drawn people are at the level asked for.

    In the readiness scheme beginners who want to are R2, and those who do not are R1.
    """
    expected = [0, 1, 2, 3] if scheme == "slii" else [1, 0, 2, 3]
    for asked, level in enumerate(expected):
        scenario = varied(
            "everyday", {"employees": {"mix": {f"d{asked + 1}": 1.0}}, "run": {"development_scheme": scheme}}
        )
        levels = [first_day(scenario, replication)["level"] for replication in range(40)]
        assert np.concatenate(levels).tolist() == [level] * 480


def test_a_team_has_its_own_mix_diversity_and_leader():
    own = {
        "name": "Own",
        "size": 5,
        "mix": {"d4": 1.0},
        "skill_diversity": 0.0,
        "leader": {"style": "agile", "hours": 10},
    }
    scenario = varied("everyday", {"teams": [{"name": "Usual", "size": 6}, own], "employees": {"mix": {"d1": 1.0}}})
    blueprint, _, world = built(scenario)
    employees = world.employees[0]
    assert employees["level"].tolist() == [0] * 6 + [3] * 5
    assert employees["team"].tolist() == [0] * 6 + [1] * 5
    assert blueprint.diversity.tolist() == [0.6, 0.0]
    assert set(employees["skill"][6:]) == {0.5}
    assert len(set(employees["skill"][:6])) == 6
    assert world.leaders[0]["hours"].tolist() == [26.0, 10.0]


def test_leaders_without_a_table_of_their_own_are_led_as_the_scenario_says():
    _, _, world = built(varied("everyday", {**teams(4, 5), "leader": {"hours": 11.0, "fidelity": 0.5}}))
    assert world.leaders[0]["hours"].tolist() == [11.0, 11.0]
    assert world.leaders[0]["fidelity"].tolist() == [0.5, 0.5]
    assert ((world.leaders[0]["attention"] > 0) & (world.leaders[0]["attention"] <= 1)).all()


ANNA = {"name": "Anna", "team": "T1", "competence": 0.9, "commitment": 0.7, "tenure": 100}
BEN = {
    "name": "Ben", "competence": 0.3, "commitment": 0.5, "tenure": 2, "confidence": 0.2, "motivation": 0.9,
    "learning_rate": 1.5, "need_for_autonomy": 0.1, "creativity": 0.2, "skill": 0.3, "affect": 0.4,
}  # fmt: skip
CLEO = {"name": "Cleo", "team": "T1", "competence": 0.65, "commitment": 0.4, "tenure": 30}
DAN = {"name": "Dan", "team": "T0", "competence": 0.55, "commitment": 0.9, "tenure": 0}
LISTED = {"employees": {"people": [ANNA, BEN, CLEO, DAN]}, **teams(2, 2)}


def test_listed_people_are_who_the_list_says():
    """In their teams (the first one where none is named), in the order of the list."""
    employees = first_day(varied("everyday", LISTED))
    assert employees["competence"].tolist() == [0.3, 0.55, 0.9, 0.65]  # Ben, Dan | Anna, Cleo
    assert employees["tenure"].tolist() == [2, 0, 100, 30]
    assert employees["team"].tolist() == [0, 0, 1, 1]
    ben = employees[0]
    for name in ("confidence", "motivation", "learning_rate", "need_for_autonomy", "creativity", "skill", "affect"):
        assert ben[name] == BEN[name], name
    assert employees["commitment"].tolist() == pytest.approx([0.55, 0.9, 0.7, 0.4])  # of Ben (0.2 + 0.9) / 2
    assert employees["confidence"][1:].tolist() == [0.9, 0.7, 0.4]
    assert employees["level"].tolist() == [1, 0, 3, 1]


def test_what_the_list_leaves_out_is_drawn_and_is_the_same_for_every_style():
    anna = [
        built(varied("everyday", LISTED), ("agile", "S1"), replication)[2].employees[:, 2] for replication in (0, 1)
    ]
    assert anna[0]["affect"][0] == anna[0]["affect"][1]
    assert anna[0]["affect"][0] != anna[1]["affect"][0]
    assert anna[0]["competence"][0] == anna[1]["competence"][0] == 0.9


def test_a_roster_fills_the_teams(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,role,competence,commitment,tenure\nA,x,0.2,0.8,3\nB,x,0.9,0.9,90\nC,y,0.7,0.3,40\n")
    employees = first_day(with_roster(load_scenario("everyday"), path))
    assert employees["competence"].tolist() == [0.2, 0.9, 0.7]
    assert employees["level"].tolist() == [0, 3, 2]


def test_leaders_begin_with_a_true_picture_and_with_an_ordinary_one_on_the_first_day():
    seen = first_day(load_scenario("everyday"))
    assert 0 < np.abs(seen["seen_competence"] - seen["competence"]).mean() < 0.15
    blueprint, timetable, _ = built(load_scenario("everyday"))
    employees = blueprint.world(blueprint.chance(1, 0), timetable._replace(past=None)).employees[0]
    assert np.array_equal(employees["seen_competence"], employees["competence"])
    assert np.array_equal(employees["seen_level"], employees["level"])


# --- Positions over time ----------------------------------------------------------------------------------------------


def test_positions_that_growth_opens_are_closed_at_first():
    growth = [{"event": "growth", "week": 5, "people": 3, "team": "T1"}, {"event": "growth", "week": 9, "people": 2}]
    scenario = varied("everyday", {**teams(4, 5, 2), "events": growth, "employees": {"mix": {"d4": 1.0}}})
    blueprint, _, world = built(scenario)
    assert blueprint.team_sizes == (6, 8, 2)
    status = world.employees[0]["status"]
    assert [np.count_nonzero(status[first:last] == state.EMPLOYED) for first, last in ((0, 6), (6, 14), (14, 16))] == [
        4, 5, 2
    ]  # fmt: skip
    assert np.count_nonzero(status == state.CLOSED) == 5
    assert world.teams[0]["first"].tolist() == [0, 6, 14]
    assert world.teams[0]["last"].tolist() == [6, 14, 16]
    assert (world.mood[0] < 0).tolist() == (status != state.EMPLOYED).tolist()


def test_a_team_that_opens_later_has_nobody_at_first():
    scenario = varied(
        "everyday",
        {
            "employees": {"mix": {"d4": 1.0}},
            **teams(4, 0),
            "events": [{"event": "growth", "week": 2, "people": 3, "team": "T1"}],
        },
    )
    assert first_day(scenario)["status"].tolist() == [state.EMPLOYED] * 4 + [state.CLOSED] * 3


# --- Company, market, money, parameters -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", scenario_names())
def test_the_company_is_as_the_scenario_says(name):
    scenario = load_scenario(name)
    company = built(scenario)[2].company[0, 0]
    assert company["strategic_fit"] == scenario.company.strategic_fit
    assert company["cash"] == scenario.money.cash
    assert company["price"] == scenario.money.price
    assert company["base_urgency"] == company["urgency"] == scenario.market.urgency
    assert company["base_demand"] == scenario.market.demand
    assert company["base_decisions"] == scenario.market.decisions
    assert company["turbulence"] == scenario.market.turbulence
    assert company["demand_level"] == 1.0
    assert company["scheme"] == state.SLII


def test_the_readiness_scheme():
    assert built(varied("everyday", {"run": {"development_scheme": "readiness"}}))[2].company[0, 0]["scheme"] == (
        state.READINESS
    )


def test_parameters_are_the_defaults_or_the_values_given():
    record = parameter_record({"quit_base": 0.002})[0]
    for parameter in PARAMETERS:
        assert record[parameter.name] == (0.002 if parameter.name == "quit_base" else parameter.default)
    blueprint = Blueprint(varied("everyday", {"parameters": {"idea_rate": 0.03}}))
    assert blueprint.parameters["idea_rate"][0] == 0.03


def test_teams_differ_by_chance_and_not_at_all_without_a_spread():
    none = dict.fromkeys(("circumstances_spread", "conditions_spread"), 0.0)
    usual = [built(load_scenario("several-teams"), replication=r)[2].teams[0] for r in (0, 1)]
    alike = built(varied("several-teams", {"parameters": none}))[2].teams[0]
    for name in ("circumstances", "conditions"):
        assert len({*usual[0][name], *usual[1][name]}) == 6
        assert set(alike[name]) == {0.0}


def test_arms_do_not_share_memory():
    world = built(load_scenario("everyday"), ("autocratic", "servant"))[2]
    for name, array in world._asdict().items():
        if name not in SHARED_BY_ARMS:
            assert not np.shares_memory(array[0], array[1]), name
    assert np.shares_memory(world.tallies, world.sums)
    world.tallies[1, 0]["morale"] = 5.0
    assert 5.0 in world.sums[1, 0]


def test_worlds_of_one_blueprint_do_not_share_memory():
    blueprint = Blueprint(load_scenario("everyday"))
    chance, timetable = blueprint.chance(1, 0), blueprint.timetable(["servant"])
    one, other = (blueprint.world(chance, timetable) for _ in range(2))
    for name in one._fields:
        if name not in ("colleagues", "diversity"):
            assert not np.shares_memory(getattr(one, name), getattr(other, name)), name


# --- Events -----------------------------------------------------------------------------------------------------------

EVENTS = [
    {"event": "style_changed", "week": 50, "style": "servant", "team": "T1"},
    {"event": "crisis", "week": 7, "weeks": 3, "urgency": 0.8, "decisions": 1.5, "demand": 0.5},
    {"event": "demand", "week": 3, "factor": 1.3},
    {"event": "demand", "week": 4, "weeks": 2, "factor": 0.7},
    {"event": "market_shock", "week": 9, "size": 0.4},
    {"event": "growth", "week": 10, "people": 2},
    {"event": "layoff", "week": 20, "people": 3, "team": "T1"},
    {"event": "new_technology", "week": 21, "size": 0.2},
    {"event": "key_person_leaves", "week": 22, "team": "T0"},
    {"event": "leader_away", "week": 25, "weeks": 2, "team": "T1"},
    {
        "event": "leader_replaced",
        "week": 30,
        "team": "T0",
        "leader": {"style": "agile", "hours": 9.0, "competence": 0.4},
    },
]


@pytest.fixture
def eventful():
    return varied("everyday", {**teams(6, 8), "events": EVENTS})


def of_kind(timetable, kind, arm=0):
    return [event for event in timetable.events[arm] if event["kind"] == kind and event["week"] > 0]


def test_events_are_encoded_in_the_order_of_their_weeks(eventful):
    _, timetable, _ = built(eventful)
    assert timetable.events[0]["week"].tolist() == [3, 4, 7, 9, 10, 20, 21, 22, 25, 30]  # without the change of style
    (crisis,) = of_kind(timetable, state.CRISIS)
    assert (crisis["week"], crisis["until"]) == (7, 9)
    assert (crisis["urgency"], crisis["decisions"], crisis["demand"]) == (0.8, 1.5, 0.5)
    lasting, passing = of_kind(timetable, state.DEMAND)
    assert (lasting["until"], lasting["demand"]) == (LAST_WEEK, 1.3)
    assert (passing["week"], passing["until"], passing["demand"]) == (4, 5, 0.7)
    assert of_kind(timetable, state.MARKET_SHOCK)[0]["size"] == 0.4
    assert of_kind(timetable, state.NEW_TECHNOLOGY)[0]["size"] == 0.2
    (growth,) = of_kind(timetable, state.GROWTH)
    assert (growth["team"], growth["count"], growth["until"]) == (0, 2, 10)  # without a team: the first
    (layoff,) = of_kind(timetable, state.LAYOFF)
    assert (layoff["team"], layoff["count"]) == (1, 3)
    (leaves,) = of_kind(timetable, state.KEY_PERSON_LEAVES)
    assert (leaves["team"], leaves["person"]) == (0, state.NOBODY)
    (away,) = of_kind(timetable, state.LEADER_AWAY)
    assert (away["team"], away["week"], away["until"]) == (1, 25, 26)
    (replaced,) = of_kind(timetable, state.LEADER_REPLACED)
    assert (replaced["team"], replaced["hours"], replaced["competence"]) == (0, 9.0, 0.4)
    assert (replaced["diagnosis_skill"], replaced["fidelity"]) == (0.6, 0.85)
    assert replaced["policy"] == state.NOBODY  # every leader has the style of the arm, new ones too


def test_a_layoff_in_the_whole_company_is_shared_out_by_the_sizes_of_the_time():
    events = [
        {"event": "growth", "week": 5, "people": 6, "team": "T0"},
        {"event": "layoff", "week": 9, "people": 4},
        {"event": "layoff", "week": 12, "people": 3},
    ]
    _, timetable, _ = built(varied("everyday", {**teams(6, 4, 2), "events": events[:1] + events[1:]}))
    shares = [(event["week"], event["team"], event["count"]) for event in of_kind(timetable, state.LAYOFF)]
    # 18 people as 12, 4, 2 lose 3, 1, 0; then 14 as 9, 3, 2 lose 2, 1, 0
    assert shares == [(9, 0, 3), (9, 1, 1), (12, 0, 2), (12, 1, 1)]


def test_a_person_who_leaves_is_found_by_name():
    events = [{"event": "key_person_leaves", "week": 5, "person": name} for name in ("Cleo", "Ben")]
    _, timetable, world = built(varied("everyday", {**LISTED, "events": events}))
    places = [event["person"] for event in of_kind(timetable, state.KEY_PERSON_LEAVES)]
    assert world.employees[0]["competence"][places].tolist() == [0.65, 0.3]


def test_practices_begin_and_end_without_an_event_of_the_company(eventful):
    both = [
        {"event": "practice_started", "week": 3, "practice": "recognition"},
        {"event": "practice_stopped", "week": 9, "practice": "recognition"},
    ]
    _, timetable, _ = built(varied("everyday", {**teams(6, 8), "events": [*EVENTS, *both]}))
    assert timetable.events.tolist() == built(eventful)[1].events.tolist()


def test_no_events():
    assert built(load_scenario("everyday"))[1].events.shape == (1, 0)


# --- Styles -----------------------------------------------------------------------------------------------------------


def rows_of(timetable, policy, stage=0):
    """The four rows of a stage of a policy, as plain numbers."""
    return np.array(timetable.tables[timetable.policies[policy]["first"] + stage].tolist())


@pytest.mark.parametrize("style", builtin_styles())
def test_a_style_is_one_policy_for_all_leaders(style):
    _, timetable, world = built(load_scenario("several-teams"), (style,))
    assert timetable.leads.tolist() == [[0, 0, 0]]
    assert world.leaders[0]["policy"].tolist() == [0, 0, 0]
    expected = resolve(style, {}).stages
    assert np.array_equal(rows_of(timetable, 0), expected[0].levels)
    assert timetable.tables.dtype.names == BEHAVIOURS


def test_some_arms_side_by_side_point_to_their_own_policies():
    scenario = load_scenario("client-roster")
    arms = ("autocratic", "step-by-step", "agreed")
    _, timetable, _ = built(scenario, arms)
    for arm, style in enumerate(arms):
        policy = timetable.leads[arm, 0]
        stages = resolve(style, scenario.styles).stages
        assert timetable.policies[policy]["last"] - timetable.policies[policy]["first"] == len(stages)
        for number, stage in enumerate(stages):
            assert np.array_equal(rows_of(timetable, policy, number), stage.levels)


def test_schedules_and_conditions():
    schedule = [
        {"style": "autocratic"},
        {"style": "servant", "from_week": 10, "until_week": 20, "when": "backlog >= 0.25"},
        {"style": "agile", "when": "morale < 0.5"},
    ]
    _, timetable, _ = built(varied("everyday", {"styles": {"turning": {"schedule": schedule}}}), ("turning",))
    first, second, third = timetable.stages
    assert (first["from_week"], first["until_week"], first["observed"]) == (1, LAST_WEEK, state.NOTHING_OBSERVED)
    assert (second["from_week"], second["until_week"]) == (10, 20)
    assert OBSERVABLES[second["observed"]] == "backlog"
    assert (second["at_least"], second["below"]) == (0.25, math.inf)
    assert OBSERVABLES[third["observed"]] == "morale"
    assert (third["at_least"], third["below"]) == (-math.inf, 0.5)


def test_as_is_every_leader_keeps_the_style_that_the_scenario_gives():
    scenario = varied("everyday", {
        "teams": [{"name": "T0", "size": 6}, {"name": "T1", "size": 8, "leader": {"style": "visionary"}}],
        "leader": {"style": "servant"}, "events": EVENTS,
    })  # fmt: skip
    _, timetable, world = built(scenario, ("autocratic", AS_IS, "democratic"))
    assert world.leaders["policy"][1].tolist() == timetable.leads[1].tolist()
    for team, style in enumerate(("servant", "visionary")):
        assert np.array_equal(rows_of(timetable, timetable.leads[1, team]), resolve(style, {}).stages[0].levels)
    (changed,) = of_kind(timetable, state.STYLE_CHANGED, arm=1)
    (replaced,) = of_kind(timetable, state.LEADER_REPLACED, arm=1)
    assert (changed["week"], changed["team"]) == (50, 1)
    assert np.array_equal(rows_of(timetable, changed["policy"]), resolve("servant", {}).stages[0].levels)
    assert np.array_equal(rows_of(timetable, replaced["policy"]), resolve("agile", {}).stages[0].levels)
    for arm in (0, 2):
        assert not of_kind(timetable, state.STYLE_CHANGED, arm)
        assert of_kind(timetable, state.LEADER_REPLACED, arm)[0]["policy"] == state.NOBODY


def test_an_arm_with_fewer_events_has_none_in_their_place(eventful):
    _, timetable, _ = built(eventful, ("servant", AS_IS))
    assert timetable.events.shape == (2, 11)
    assert np.count_nonzero(timetable.events[0]["week"] == 0) == 1  # weeks count from 1


def test_an_unknown_style():
    with pytest.raises(InputError, match='did you mean "servant"'):
        Blueprint(load_scenario("everyday")).timetable(["servent"])


def test_the_leader_fields_are_those_of_the_scenario():
    leader = load_scenario("several-teams").teams[0].leader
    assert leader is not None
    record = built(load_scenario("several-teams"))[2].leaders[0, 0]
    assert [record[name] for name in LEADER_FIELDS] == [getattr(leader, name) for name in LEADER_FIELDS]
