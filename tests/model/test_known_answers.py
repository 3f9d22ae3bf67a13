"""Limiting cases whose answer is known: closed forms of single rules, and companies in which little can happen.

They ask for properties and not for numbers of the model, so that they hold whatever its parameters are fitted to.
"""

import math

import numpy as np
import pytest

from sim.model import state
from sim.model.build import Blueprint
from sim.model.engine import advance
from sim.model.metrics import METRIC_NAMES, METRICS
from sim.model.rules.attention import share_attention
from sim.model.rules.decisions import SETTLES, decide
from sim.model.rules.diagnosis import diagnose
from sim.model.rules.learning import learn, reach
from sim.model.rules.market import drift
from sim.model.rules.morale import mood_around
from sim.model.rules.turnover import NEWNESS_WEEKS, fill_chance, grow_older, quit_hazard, recruit, stay_or_leave
from sim.model.state import NOBODY
from sim.run.compare import compare
from tests.model.worlds import parameters, record, varied, week_by_week

P = parameters()

# --- Closed forms -----------------------------------------------------------------------------------------------------


def steadily(**values):
    """What a person learns under in every week alike: the arguments of the rules on learning."""
    employee = record(
        state.EMPLOYEE, status=state.EMPLOYED, learning_rate=1.0, ability=0.5, motivation=0.7, competence=0.3,
        mastered=0.3,
    )  # fmt: skip
    for name, value in values.items():
        employee[name] = value
    week = record(state.WEEK, practice=0.9, direction=0.5, feedback=0.5, ambiguity=0.2, success=0.5)
    team = record(state.TEAM, utilisation=1.0, psychological_safety=0.5, best=0.8)
    return employee, week, team, record(state.LEADER, competence=0.8), record(state.COMPANY, complexity=0.5)


@pytest.mark.parametrize("loss", [0.0, 0.004])
def test_learning_is_exponential_toward_what_can_be_reached(loss):
    """k_t = k* + (k_0 - k*) r^t, with r and k* as the rule's formula has them."""
    employee, week, team, leader, company = steadily()
    p = parameters(skill_loss=loss)
    goal = reach(employee, week, team, leader, company, p)
    assert goal > 0.35
    pace = p["learning_by_doing"] * 0.9 * 0.7 * (1 - 0.2) / (0.5 + 0.5)
    lost = loss * (1 - 0.9)
    r, limit = 1 - pace - lost, pace * goal / (pace + lost)
    course = []
    for _ in range(120):
        course.append(float(employee["competence"]))
        learn(employee, week, team, leader, company, p)
    assert course == pytest.approx([limit + (0.3 - limit) * r**t for t in range(120)], abs=1e-9)


def test_whoever_does_not_practise_forgets_by_a_fixed_share():
    employee, _, team, leader, company = steadily(competence=0.8)
    idle = record(state.WEEK)
    p = parameters(skill_loss=0.01)
    for _ in range(50):
        learn(employee, idle, team, leader, company, p)
    assert employee["competence"] == pytest.approx(0.8 * 0.99**50)


def test_newness_is_gone_by_a_factor_of_e_in_its_number_of_weeks():
    employee = record(state.EMPLOYEE, newness=1.0)
    for _ in range(int(NEWNESS_WEEKS)):
        grow_older(employee)
    assert employee["newness"] == pytest.approx(math.exp(-1))
    assert employee["tenure"] == NEWNESS_WEEKS


def led(prompt, *, busy=0.0, decisions=10.0, waiting=0.0, participation=0.0):
    """A team whose leader decides everything, or with the team, and its arguments for `decide`."""
    team = record(state.TEAM, employed=10, decisions=decisions, waiting=waiting, participation=participation)
    leader = record(state.LEADER, prompt=prompt, deciding=busy, competence=0.8, presence=1.0)
    return team, leader, record(state.COMPANY, complexity=0.5), record(state.TEAM_LUCK), P


@pytest.mark.parametrize("prompt", [0.3, 0.6, 0.9])
def test_the_leaders_queue_comes_to_the_length_that_flow_balance_gives(prompt):
    """In balance as many questions leave the queue as come: arrivals = decided + settled by themselves."""
    arguments = led(prompt)
    team = arguments[0]
    for _ in range(200):
        decide(*arguments)
    arriving, kept = 10.0, 1 - SETTLES
    length = kept * (1 - prompt) * arriving / (1 - kept * (1 - prompt))
    assert team["waiting"] == pytest.approx(length)
    decided = prompt * (arriving + length)
    settled = SETTLES * (1 - prompt) * (arriving + length)
    assert decided + settled == pytest.approx(arriving)


@pytest.mark.parametrize("prompt", [0.4, 0.8])
def test_the_wait_is_littles_law(prompt):
    """Wait = length of the queue / rate at which it is served, beside what an idle leader takes."""
    waited, idle = led(prompt), led(1.0)
    for _ in range(200):
        decide(*waited)
        decide(*idle)
    team = waited[0]
    served = prompt * (10.0 + team["waiting"])
    before = record(state.TEAM, waiting=team["waiting"])["waiting"]
    assert idle[0]["waiting"] == 0
    assert team["delay"] - idle[0]["delay"] == pytest.approx(before / served)


def test_a_busy_leader_is_a_single_server():
    """The wait of a single server's queue: proportional to busy / (1 - busy), and bounded where that has no end."""

    def wait(busy):
        arguments = led(1.0, busy=busy)
        decide(*arguments)
        return float(arguments[0]["delay"])

    free = wait(0.0)
    assert [wait(busy) - free for busy in (0.5, 0.8)] == pytest.approx([P["answer_wait"], 4 * P["answer_wait"]])
    assert wait(1.0) == wait(0.95)


def test_without_error_a_leader_sees_what_is_so():
    employee = record(state.EMPLOYEE, status=state.EMPLOYED, competence=0.37, commitment=0.81, regard=0.9, ability=0.5)
    leader = record(state.LEADER, diagnosis_skill=0.5, contact=0.3)
    luck = record(state.PERSON_LUCK, seen_competence=1.5, seen_commitment=-2.0)
    diagnose(employee, leader, record(state.COMPANY), luck, parameters(diagnosis_error=0.0))
    assert (employee["seen_competence"], employee["seen_commitment"]) == pytest.approx((0.37, 0.81))


def test_hazards_are_those_of_the_formula_at_ordinary_mood():
    ordinary = record(state.EMPLOYEE, morale=0.6, strain=0.3)
    company = record(state.COMPANY, labour_tightness=0.5, reputation=0.5)
    assert quit_hazard(ordinary, company, P) == pytest.approx(P["quit_base"])
    assert fill_chance(company, P) == pytest.approx(1 / P["vacancy_weeks"])
    worse = record(state.EMPLOYEE, morale=0.5, strain=0.3)
    assert quit_hazard(worse, company, P) == pytest.approx(P["quit_base"] * math.exp(0.1 * P["quit_morale"]))


def test_as_many_leave_and_come_as_the_hazards_say():
    """With many draws the share that leaves, and the time that a vacancy lasts, come to their expectations."""
    draws = (np.arange(2_000) + 0.5) / 2_000
    company, team = record(state.COMPANY, labour_tightness=0.5, reputation=0.5), record(state.TEAM)
    p = parameters(quit_base=0.05)
    for chance in draws:
        employee = record(state.EMPLOYEE, status=state.EMPLOYED, morale=0.6, strain=0.3)
        stay_or_leave(employee, team, company, chance, p)
    assert team["quits"] / 2_000 == pytest.approx(0.05, abs=1e-3)
    waits = []
    for number in range(200):
        position, weeks = record(state.EMPLOYEE, status=state.VACANT), 0
        rng = np.random.default_rng(number)
        while position["status"] == state.VACANT:
            recruit(position, team, record(state.APPLICANT), 0.5, company, rng.random(), P)
            weeks += 1
        waits.append(weeks)
    # The first week never fills one; then it is geometric.
    assert np.mean(waits) == pytest.approx(1 + P["vacancy_weeks"], rel=0.2)


def test_enough_hours_are_enough():
    """A leader who has the hours that are asked for leaves nothing undone, and one who has half of them does half."""
    leader = record(state.LEADER, hours=40)
    share_attention(leader, (20.0, 10.0))
    assert (leader["attention"], leader["prompt"], leader["spare"]) == (1, 1, 10)
    assert leader["load"] == pytest.approx(0.75)
    share_attention(leader, (80.0, 0.0))
    assert leader["attention"] == pytest.approx(0.5)
    assert leader["spare"] == 0


# --- Companies in which little can happen -----------------------------------------------------------------------------


def still(scenario, weeks, *, alike=False):
    """The world of a scenario run without any luck; where `alike`, everybody begins as the first person of the team."""
    blueprint = Blueprint(scenario)
    chance, timetable = blueprint.chance(1, 0), blueprint.timetable(["democratic"])
    world = blueprint.world(chance, timetable)
    if alike:
        world.employees[:] = world.employees[:, :1]
        world.mood[:] = world.mood[:, :1]
    rows = np.empty((1, weeks, len(METRICS)))
    for block in chance.blocks(weeks):
        calm = block._replace(
            luck=np.zeros_like(block.luck),
            chance=np.ones_like(block.chance),
            team_luck=np.zeros_like(block.team_luck),
            company_luck=np.zeros_like(block.company_luck),
        )
        advance(world, timetable, calm, blueprint, rows, np.empty((1, 0, len(scenario.teams), len(METRICS))))
    return world, dict(zip(METRIC_NAMES, rows[0].T, strict=True))


def test_without_luck_people_who_are_alike_stay_alike():
    world, metrics = still(varied("everyday", {"teams": [{"name": "A", "size": 6}]}), 20, alike=True)
    for name in state.EMPLOYEE.names or ():
        # Sums over people are made in turn, and a person on the edge of the network notices fewer others.
        values = world.employees[name][0].astype(float)
        assert values == pytest.approx(np.full(6, values[0]), abs=1e-9), name
    assert metrics["turnover"].max() == 0
    assert (metrics["headcount"] == 6).all()


def test_nobody_leaves_where_the_hazard_is_nothing():
    scenario = varied("everyday", {"parameters": {"quit_base": 0.0}})
    runs = compare(scenario, ["autocratic", "laissez-faire"], 3, 40)
    assert (runs["turnover"] == 0).all()
    assert (runs["vacancies"] == 0).all()
    assert (runs["headcount"] == sum(team.size for team in scenario.teams)).all()


def test_of_one_person_the_means_are_the_person():
    """A team of two, one of whom leaves in the first week and is not replaced soon: there is no smaller one."""
    scenario = varied(
        "everyday",
        {
            "teams": [{"name": "Two", "size": 2}],
            "events": [{"event": "key_person_leaves", "week": 1}],
            "parameters": {"quit_base": 0.0, "vacancy_weeks": 104.0},
        },
    )
    weeks = 0
    for moment in week_by_week(scenario, ["democratic"], 12):
        people = moment.world.employees[0]
        there = people[people["status"] == state.EMPLOYED]
        if len(there) > 1:
            break
        weeks += 1
        for name in ("morale", "competence", "commitment", "confidence", "motivation", "strain", "trust"):
            assert moment.metrics[name][0] == there[name][0], name
        assert moment.metrics["headcount"][0] == moment.metrics["vacancies"][0] == 1
        assert sum(moment.metrics[f"share_d{level}"][0] for level in (1, 2, 3, 4)) == 1
    assert weeks >= 3


def test_whoever_has_no_colleagues_notices_only_their_own_mood():
    nobody, gone = np.full(4, NOBODY), np.array([1, NOBODY, NOBODY, NOBODY])
    for colleagues in (nobody, gone):
        assert mood_around(colleagues, np.array([0.2, -1.0]), 0.7) == 0.7
    assert mood_around(np.array([0, 1, NOBODY, NOBODY]), np.array([0.2, 0.4]), 0.7) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("rate", "of", "name"),
    [("strain_rate", "employees", "strain"), ("climate_rate", "teams", "psychological_safety"),
     ("climate_rate", "teams", "shared_direction"), ("process_rate", "teams", "self_leading")],
)  # fmt: skip
def test_what_changes_at_no_pace_stays_as_it_was(rate, of, name):
    scenario = varied("everyday", {"parameters": {rate: 0.0, "climate_rate": 0.0, "quit_base": 0.0}})
    courses = [getattr(moment.world, of)[name].copy() for moment in week_by_week(scenario, ["autocratic"], 12)]
    assert all(np.array_equal(one, courses[0]) for one in courses)


def test_a_market_that_stands_still_is_caught_up_with():
    company = record(state.COMPANY, strategic_fit=0.3, turbulence=0.0, reputation=0.5)
    tally = record(state.TALLY, employed=10, sensing=5, deciding=5)
    before = [float(company["strategic_fit"])]
    for _ in range(300):
        drift(company, tally, record(state.COMPANY_LUCK), P)
        before.append(float(company["strategic_fit"]))
    assert before == sorted(before)
    assert before[-1] > 0.95
