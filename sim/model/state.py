"""The state of a company as records: what an employee, a leader, a team, the company and a week's luck consist of.

Every field is a float64 on [0, 1] unless its comment says otherwise. A field of kind `int64` is a code or an index.
"""

import numpy as np

from sim.model.metrics import METRIC_NAMES
from sim.scenario.behaviours import BEHAVIOURS, CHANNELS
from sim.scenario.parameters import PARAMETERS

# Status of a position
CLOSED = 0  # does not exist (yet, or any more)
VACANT = 1
EMPLOYED = 2

# Schemes of development levels
SLII = 0
READINESS = 1

# Kinds of events
CRISIS = 0
DEMAND = 1
MARKET_SHOCK = 2
GROWTH = 3
LAYOFF = 4
NEW_TECHNOLOGY = 5
KEY_PERSON_LEAVES = 6
LEADER_REPLACED = 7
STYLE_CHANGED = 8
LEADER_AWAY = 9

NOT_GIVEN = -1  # a level that the scenario leaves to the competence given
NOBODY = -1  # no person, no colleague
ANY_TEAM = -1  # an event that concerns all teams
NOTHING_OBSERVED = -1  # a stage of a policy without a condition on what is observed

COLLEAGUES = 4
"""Most people whose mood one notices: two neighbours and one further away in the team, and one in another team."""

APPLICANT_WEEKS = 4
"""A vacant position has one applicant at a time, another every four weeks."""


def _record(*names: str, codes: tuple[str, ...] = ()) -> np.dtype[np.void]:
    return np.dtype([(name, np.int64) for name in codes] + [(name, np.float64) for name in names])


def width(record: np.dtype[np.void]) -> int:
    """Number of fields of a record."""
    return len(record.names or ())


EMPLOYEE = _record(
    "competence",  # share of full proficiency
    "confidence",  # "I can"
    "motivation",  # "I want to"
    "commitment",  # mean of the two
    "morale",  # how it feels to work here: job satisfaction and mood
    "strain",  # exhaustion
    "trust",  # in the leader and the company
    "tenure",  # weeks in the position; of a vacant position, weeks vacant
    "newness",  # 1 on the first day, a third after half a year
    "expectation",  # what a newcomer hopes for beyond what is, in morale
    "learning_rate",  # how fast the person learns; 1 = average
    "need_for_autonomy",
    "creativity",
    "skill",  # where on the range of skills: the spread in a team is its diversity
    "affect",  # baseline mood
    "ability",  # how far the person gets, and how much the person gets done at the same competence
    "resilience",  # how well the person bears demands
    "seen_competence",  # the leader's impression of competence
    "seen_commitment",  # and of commitment
    "output",  # person-weeks of full capacity finished this week
    codes=("status", "team", "level", "seen_level"),  # open and filled?; where; levels: 0 = D1 .. 3 = D4
)
"""A position and whoever fills it."""

WEEK = _record(
    *BEHAVIOURS,  # the leader's behaviour as it reaches the person
    "unsaid",  # direction that is reserved to the leader, who found no time for it
    "practice",  # share of the week spent on the work itself
    "guidance",  # how well the person knows what to do
    "ambiguity",  # role ambiguity
    "oversupervision",  # autonomy wanted and withheld
    "underguidance",  # autonomy given beyond what one can use
    "autonomy_met",  # autonomy as wanted, neither too little nor too much
    "needs_met",  # autonomy, competence, relatedness, meaning and fairness together
    "proficiency",  # competence and guidance at work
    "effort",  # of what the person could give
    "knack",  # output against that of people of the same competence, 1 = the same
    "capacity",  # person-weeks of full capacity that could be finished
    "success",  # how it went, relative to what the task asks
    "ideas",  # expected number
)
"""What one week brings to one employee."""

BEHAVIOUR = _record(*BEHAVIOURS)
"""A row of a style: behaviour toward a person taken to be at one development level."""

LEADER = _record(
    "hours",  # h/week for leading
    "competence",
    "diagnosis_skill",
    "fidelity",
    "attention",  # share of what was intended that there was time for
    "load",  # hours asked over hours there
    "prompt",  # share of the decisions waiting that there was time for
    "contact",  # last week's delivered support and feedback
    "data_use",  # last week's use of data
    "conduct",  # fidelity, with what example adds
    "presence",  # how easily the leader can be asked
    "deciding",  # share of the hours that decisions ask for
    "spare",  # h/week that leading leaves
    "away",  # weeks until the leader is back, this one included; 0 = here
    codes=("policy", "stage"),  # the style followed, and where in its schedule
)
"""A team's leader."""

TEAM = _record(
    "psychological_safety",  # is it safe to speak up and to fail here
    "shared_direction",  # are goals and vision clear and shared
    "process",  # quality of the way in which work is done
    "pace",  # how quickly questions can be settled here; 1 = ordinary
    "conditions",  # what morale owes to pay, place and hours: sd on 0-1
    "circumstances",  # what the team's process owes to place, product and history: sd on 0-1
    "ideas",  # in progress, number
    "backlog",  # work waiting, person-weeks of full capacity
    "waiting",  # decisions that wait for the leader, number
    "positions",  # filled or vacant, number
    "employed",  # people, number
    "newcomers",  # number, fading with tenure
    "diversity",  # spread of skills
    "best",  # highest competence
    "competence",  # mean over the people employed
    "confidence",  # mean
    "commitment",  # mean
    "morale",  # mean
    "strain",  # mean
    "incompetence_squared",  # mean of (1 - competence)^2
    "participation",
    "delegation",
    "inspiration",
    "direction",
    "support",
    "tolerance",
    "feedback",
    "iteration",
    "data",
    "challenge",
    "meeting_hours",  # h/person this week
    "deciding_hours",  # h/person this week
    "helping_hours",  # h/person this week, for newcomers
    "decisions",  # that come up, number this week
    "delay",  # from a question to its answer, weeks
    "quality",  # of the week's decisions
    "blocked",  # share of the work held up by waiting for decisions
    "capacity",  # person-weeks of full capacity
    "pressure",  # work asked over capacity, 0-3
    "utilisation",  # output over capacity
    "output",  # work finished, person-weeks of full capacity
    "heard",  # ideas of the week, number
    "adopted",  # ideas put into use, number this week
    "quits",  # number this week
    "hires",  # number this week
    codes=("first", "last"),  # its positions are first .. last - 1
)
"""A team."""

COMPANY = _record(
    "customer_satisfaction",
    "reputation",
    "strategic_fit",
    "automation",
    "ai_readiness",
    "demand_level",  # 1 = as the scenario's market says
    "cash",  # in the bank, thousand
    "urgency",  # of decisions, this week
    "decision_rate",  # decisions that come up, per position, this week
    "demand",  # as the timeline leaves it, share of full capacity, this week
    "revenue",  # thousand this week
    "cost",  # thousand this week
    "profit",  # thousand this week
    "base_urgency",
    "base_decisions",
    "base_demand",
    "complexity",
    "novelty",
    "turbulence",
    "labour_tightness",
    "productivity",  # output of a person-week against an ordinary company's, 1 = the same
    "conditions",  # pay, place and hours; 0.5 = ordinary
    "price",
    "pay",
    "overhead",
    "hiring_cost",
    "standing",  # with customers and applicants, earned by conduct
    "tools",  # of artificial intelligence in use, number at full strength
    "unfamiliarity",  # technology that has to be learned still
    "fear",  # for jobs, of new technology
    "practising",  # 1 where there are practices at all
    "practice_hours",  # leader hours that practices take, h/head/week
    "practice_time",  # people's hours that practices take, h/person/week
    "practice_money",  # thousand/person/week
    *(f"practised_{name}" for name in (*BEHAVIOURS, *CHANNELS)),  # what practices add, this week
    codes=("scheme",),  # how development levels are read: slii or readiness
)
"""The company, its market, its money and its practices."""

PRACTICE = _record(
    "intensity",  # how much is put into it
    "adopted",  # how far it has taken hold
    "hours_leader",  # h/head/week at full intensity
    "hours_people",  # h/person/week
    "money",  # thousand/person/week
    "pace",  # how fast it takes hold, times the usual
    *BEHAVIOURS,  # share made up of what is lacking, at full intensity; -1 to 1
    *CHANNELS,  # likewise
    codes=("from_week", "until_week"),  # both included
)
"""A practice that the company keeps up from one week until another."""

TALLY = _record(
    "positions", "employed", "morale", "commitment", "competence", "confidence", "motivation", "strain", "trust",
    "d1", "d2", "d3", "d4", "burnt_out", "output", "quits", "hires", "decisions", "delay", "quality", "adopted",
    "safety", "direction", "backlog", "load", "leaders", "sensing", "deciding", "process", "on_the_spot",
)  # fmt: skip
"""Sums over people and teams, from which metrics are made."""

PERSON_LUCK = _record("seen_competence", "seen_commitment", "work", "mood")
"""A position's weekly luck: standard normal."""

TEAM_LUCK = _record("arrivals", "judgement", "innovation")
"""A team's weekly luck: standard normal."""

COMPANY_LUCK = _record("market", "demand")
"""The company's weekly luck: standard normal."""

APPLICANT = _record(
    "competence", "confidence", "motivation", "learning_rate", "need_for_autonomy", "creativity", "skill", "affect",
    "tenure", "ability", "resilience",
)  # fmt: skip
"""Who applies for a position: uniform draws on [0, 1), turned into traits by `rules.turnover.hire`."""

TEAM_START = _record("circumstances", "conditions", "pace")
"""How a team differs from others in process, morale and pace, for reasons nobody there chose: standard normal."""

START = _record(
    "competence", "confidence", "motivation", "tenure", "learning_rate", "need_for_autonomy", "creativity", "skill",
    "affect",
    codes=("status", "team", "level"),
)  # fmt: skip
"""How a position begins: what the scenario says of the person; NaN (level: NOT_GIVEN) is drawn."""

STAGE = _record("at_least", "below", codes=("from_week", "until_week", "observed"))
"""When a stage of a policy applies. Its behaviour is a row of a table of BEHAVIOUR, one column a development level."""

POLICY = _record(codes=("first", "last"))
"""A style as the engine knows it: its stages are first .. last - 1 of all stages."""

EVENT = _record(
    "size", "urgency", "decisions", "demand", "hours", "competence", "diagnosis_skill", "fidelity",
    codes=("kind", "week", "until", "team", "person", "count", "policy"),
)  # fmt: skip
"""An event of the timeline; which fields count depends on its kind."""

MEASURES = _record(*METRIC_NAMES)
"""What is measured every week of the company, and of a team; `sim.model.metrics` says what it means."""

PERSON = _record(
    "employed",  # 1 or 0, at the end of the week
    "tenure",  # weeks, at the end of the week
    "competence",
    "commitment",
    "morale",
    "strain",
    "trust",
    "output",  # person-weeks of full capacity, this week
    "ambiguity",  # this week
    "level",  # 0 = D1 .. 3 = D4
    "delivered",  # share of the intended behaviour that costs time and reached the person
    "motivation",
    "competence_met",  # needs met, this week: of competence
    "autonomy_met",  # of autonomy
    "relatedness_met",  # of relatedness
    "ideas",  # that come to mind, expected number this week
    "safety",  # psychological safety of the team
)
"""What can be recorded of each position every week."""

PARAMETER = _record(*(parameter.name for parameter in PARAMETERS))
"""All parameters."""
