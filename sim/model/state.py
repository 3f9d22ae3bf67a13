"""The state of a company as records: what an employee, a leader, a team, the company and a week's luck consist of.

A field is a float64, on [0, 1] unless its unit says otherwise; one without a unit is an int64, a code or an index.
"""

import numpy as np

from sim.model.fields import Field, codes, many, numbers, record
from sim.model.metrics import METRICS
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


def width(record: np.dtype[np.void]) -> int:
    """Number of fields of a record."""
    return len(record.names or ())


PRACTISED = tuple(f"practised_{name}" for name in (*BEHAVIOURS, *CHANNELS))

EMPLOYEE = record(
    "EMPLOYEE",
    "A position and whoever fills it.",
    Field("competence", "share of full proficiency"),
    Field("mastered", "the most competence that the person ever had, less what is out of date"),
    Field("confidence", '"I can"'),
    Field("motivation", '"I want to"'),
    Field("commitment", "mean of confidence and motivation"),
    Field("morale", "how it feels to work here: job satisfaction and mood"),
    Field("strain", "exhaustion"),
    Field("trust", "trust in the leader and the company"),
    Field("tenure", "time in the position; of a vacant position, time vacant", "weeks"),
    Field("newness", "1 on the first day, a third after half a year"),
    Field("accustomed", "what the person is used to: what work has been worth, in morale"),
    Field("private", "what life outside adds to morale", "sd on 0-1"),
    Field("learning_rate", "how fast the person learns", "1 = average"),
    Field("need_for_autonomy"),
    Field("creativity"),
    Field("skill", "where on the range of skills: the spread in a team is its diversity"),
    Field("affect", "baseline mood"),
    Field("ability", "how far the person gets, and how much the person gets done at the same competence"),
    Field("resilience", "how well the person bears demands"),
    Field("regard", "what a leader makes of the person beyond what is so, as a quantile"),
    Field("propensity", "how readily the person trusts anybody"),
    Field("self_view", "how well the person thinks of what they do, beyond what is so, as a quantile"),
    Field("rapport", "how good the relation with the leader is, against that of others"),
    Field("seen_competence", "the leader's impression of competence"),
    Field("seen_commitment", "the leader's impression of commitment"),
    Field("output", "work finished this week", "person-weeks of full capacity"),
    Field("status", "whether the position is closed, vacant or filled", ""),
    Field("team", "where the position is", ""),
    Field("level", "development level: 0 = D1 .. 3 = D4", ""),
    Field("seen_level", "development level as the leader sees it", ""),
)

WEEK = record(
    "WEEK",
    "What one week brings to one employee.",
    *many(BEHAVIOURS, "the behaviours", "the leader's behaviour as it reaches the person"),
    Field("unsaid", "direction that is reserved to the leader, who found no time for it"),
    Field("practice", "share of the week spent on the work itself"),
    Field("guidance", "how well the person knows what to do"),
    Field("ambiguity", "role ambiguity"),
    Field("oversupervision", "autonomy wanted and withheld"),
    Field("underguidance", "autonomy given beyond what one can use"),
    Field("autonomy_met", "autonomy as wanted, neither too little nor too much"),
    Field("needs_met", "autonomy, competence, relatedness, meaning and fairness together"),
    Field("proficiency", "competence and guidance at work"),
    Field("effort", "share of what the person could give"),
    Field("knack", "output against that of people of the same competence", "1 = the same"),
    Field("capacity", "what could be finished", "person-weeks of full capacity"),
    Field("success", "how it went, relative to what the task asks"),
    Field("ideas", "ideas of the week", "expected number"),
)

BEHAVIOUR = record(
    "BEHAVIOUR",
    "A row of a style: behaviour toward a person taken to be at one development level.",
    *many(BEHAVIOURS, "the behaviours", "behaviour as the style means it"),
)

LEADER = record(
    "LEADER",
    "A team's leader.",
    Field("hours", unit="h/week"),
    Field("competence"),
    Field("diagnosis_skill"),
    Field("fidelity"),
    Field("attention", "share of what was intended that there was time for"),
    Field("load", "hours asked over hours there", "share"),
    Field("prompt", "share of the decisions waiting that there was time for"),
    Field("contact", "last week's delivered support and feedback"),
    Field("data_use", "last week's use of data"),
    Field("turned", "added to `regard`, modulo 1: leaders after the first see people in another way"),
    Field("conduct", "fidelity, with what example adds"),
    Field("presence", "how easily the leader can be asked"),
    Field("deciding", "share of the hours that decisions ask for"),
    Field("spare", "hours that leading leaves", "h/week"),
    Field("away", "time until the leader is back, this week included; 0 = here", "weeks"),
    Field("policy", "the style followed", ""),
    Field("stage", "where in the style's schedule", ""),
)

TEAM = record(
    "TEAM",
    "A team.",
    Field("psychological_safety", "is it safe to speak up and to fail here"),
    Field("shared_direction", "are goals and vision clear and shared"),
    Field("self_leading", "is the team used to deciding and going on by itself"),
    Field("process", "quality of the way in which work is done"),
    Field("conditions", "what morale owes to pay, place and hours", "sd on 0-1"),
    Field("circumstances", "what the team's process owes to place, product and history", "sd on 0-1"),
    Field("ideas", "ideas in progress", "number"),
    Field("backlog", "work waiting", "person-weeks of full capacity"),
    Field("waiting", "decisions that wait for the leader", "number"),
    Field("positions", "filled or vacant", "number"),
    Field("employed", "people", "number"),
    Field("newcomers", "newcomers, fading with tenure", "number"),
    Field("diversity", "spread of skills"),
    Field("best", "competence x knack of whoever does the work best"),
    Field("competence", "mean over the people employed"),
    Field("confidence", "mean over the people employed"),
    Field("commitment", "mean over the people employed"),
    Field("morale", "mean over the people employed"),
    Field("strain", "mean over the people employed"),
    Field("incompetence_squared", "mean of (1 - competence)^2"),
    *many(BEHAVIOURS, "the behaviours", "mean over the people employed, as it reaches them"),
    Field("meeting_hours", "hours in meetings this week", "h/person"),
    Field("deciding_hours", "hours that decisions left to people take this week", "h/person"),
    Field("helping_hours", "hours that newcomers need this week", "h/person"),
    Field("decisions", "decisions that come up this week", "number"),
    Field("deciding", "share of the week's decisions that the team takes part in"),
    Field("delay", "from a question to its answer", "weeks"),
    Field("quality", "quality of the week's decisions"),
    Field("blocked", "share of the work held up by waiting for decisions"),
    Field("capacity", "what could be finished", "person-weeks of full capacity"),
    Field("pressure", "work asked over capacity", "0-3"),
    Field("utilisation", "output over capacity"),
    Field("output", "work finished", "person-weeks of full capacity"),
    Field("heard", "ideas of the week", "number"),
    Field("adopted", "ideas put into use this week", "number"),
    Field("quits", "people who left this week", "number"),
    Field("hires", "people who came this week", "number"),
    Field("first", "its first position", ""),
    Field("last", "the position after its last", ""),
)

COMPANY = record(
    "COMPANY",
    "The company, its market, its money and its practices.",
    Field("customer_satisfaction"),
    Field("reputation"),
    Field("strategic_fit"),
    Field("automation"),
    Field("ai_readiness"),
    Field("demand_level", "what customers want", "1 = as the scenario's market says"),
    Field("cash", "in the bank", "thousand"),
    Field("urgency", "urgency of decisions, this week"),
    Field("decision_rate", "decisions that come up this week", "number/position"),
    Field("demand", "this week, as the timeline leaves it", "share of full capacity"),
    Field("revenue", "this week", "thousand"),
    Field("cost", "this week", "thousand"),
    Field("profit", "this week", "thousand"),
    Field("base_urgency"),
    Field("base_decisions", unit="number/position"),
    Field("base_demand", unit="share of full capacity"),
    Field("complexity"),
    Field("novelty"),
    Field("turbulence"),
    Field("labour_tightness"),
    Field("productivity", "output of a person-week against an ordinary company's", "1 = the same"),
    Field("conditions", "pay, place and hours", "0.5 = ordinary"),
    Field("offer", "what is sold, by itself: product, price and place", "0.5 = ordinary"),
    Field("price", unit="thousand/person-week"),
    Field("pay", unit="thousand/person/week"),
    Field("overhead", unit="thousand/position/week"),
    Field("hiring_cost", unit="thousand/hire"),
    Field("standing", "standing with customers and applicants, earned by conduct"),
    Field("unfamiliarity", "technology that has to be learned still"),
    Field("fear", "fear for jobs: of new technology, in a crisis, after a layoff"),
    Field("appeal", "satisfaction and fit together that the scenario's demand goes with", "0-2"),
    Field("practising", "whether there are practices at all", "0 or 1"),
    Field("practice_hours", "leader hours that practices take", "h/head/week"),
    Field("practice_time", "people's hours that practices take", "h/person/week"),
    Field("practice_money", "what practices cost", "thousand/person/week"),
    *many(PRACTISED, "`practised_` and a behaviour or a channel", "what practices add this week", "-1 to 1"),
    Field("scheme", "how development levels are read: slii or readiness", ""),
)

PRACTICE = record(
    "PRACTICE",
    "A practice that the company keeps up from one week until another.",
    Field("intensity", "how much is put into it"),
    Field("adopted", "how far it has taken hold"),
    Field("hours_leader", "leader hours at full intensity", "h/head/week"),
    Field("hours_people", "people's hours at full intensity", "h/person/week"),
    Field("money", "cost at full intensity", "thousand/person/week"),
    Field("pace", "how fast it takes hold", "1 = as usual"),
    *many(BEHAVIOURS, "the behaviours", "share made up of what is lacking, at full intensity", "-1 to 1"),
    *many(CHANNELS, "the channels", "share made up of what is lacking, at full intensity", "-1 to 1"),
    Field("from_week", "first week", ""),
    Field("until_week", "last week", ""),
)

TALLY = record(
    "TALLY",
    "Sums over people and teams, from which metrics are made.",
    *numbers(
        "positions employed morale commitment competence confidence motivation strain trust d1 d2 d3 d4 burnt_out "
        "output quits hires decisions delay quality adopted safety direction backlog load leaders sensing deciding "
        "process on_the_spot",
        "sum",
    ),
)

PERSON_LUCK = record(
    "PERSON_LUCK",
    "A position's weekly luck: standard normal.",
    *numbers("seen_competence seen_commitment work mood", "sd"),
)

TEAM_LUCK = record(
    "TEAM_LUCK", "A team's weekly luck: standard normal.", *numbers("arrivals judgement innovation", "sd")
)

COMPANY_LUCK = record("COMPANY_LUCK", "The company's weekly luck: standard normal.", *numbers("market demand", "sd"))

APPLICANT = record(
    "APPLICANT",
    "Who applies for a position: uniform draws on [0, 1), turned into traits by `rules.turnover.hire`.",
    *numbers(
        "competence confidence motivation learning_rate need_for_autonomy creativity skill affect tenure ability "
        "resilience regard rapport propensity private self_view"
    ),
)

TEAM_START = record(
    "TEAM_START",
    "How a team differs from others in process and morale, for reasons nobody there chose: standard normal.",
    *numbers("circumstances conditions", "sd"),
)

START = record(
    "START",
    "How a position begins: what the scenario says of the person; NaN (level: NOT_GIVEN) is drawn. Held: it says so "
    "of the first day, and not only where the weeks before it begin.",
    *numbers("competence confidence motivation tenure learning_rate need_for_autonomy creativity skill affect"),
    *codes("status team level held"),
)

STAGE = record(
    "STAGE",
    "When a stage of a policy applies. Its behaviour is a row of a table of BEHAVIOUR, one column a development level.",
    *numbers("at_least below"),
    *codes("from_week until_week observed"),
)

POLICY = record(
    "POLICY", "A style as the engine knows it: its stages are first .. last - 1 of all stages.", *codes("first last")
)

EVENT = record(
    "EVENT",
    "An event of the timeline; which fields count depends on its kind.",
    *numbers("size urgency decisions demand hours competence diagnosis_skill fidelity"),
    *codes("kind week until team person count policy"),
)

MEASURES = record(
    "MEASURES",
    "What is measured every week of the company, and of a team.",
    *(Field(metric.name, metric.meaning, metric.unit, "the metrics") for metric in METRICS),
)

PERSON = record(
    "PERSON",
    "What can be recorded of each position every week.",
    Field("employed", "at the end of the week", "0 or 1"),
    Field("tenure", "at the end of the week", "weeks"),
    *numbers("competence commitment morale strain trust"),
    Field("output", "this week", "person-weeks of full capacity"),
    Field("ambiguity", "this week"),
    Field("level", "0 = D1 .. 3 = D4", "level"),
    Field("delivered", "share of the intended behaviour that costs time and reached the person"),
    Field("motivation"),
    Field("competence_met", "how far the need for competence is met, this week"),
    Field("autonomy_met", "how far the need for autonomy is met, this week"),
    Field("relatedness_met", "how far the need for relatedness is met, this week"),
    Field("ideas", "that come to mind this week", "expected number"),
    Field("safety", "psychological safety of the team"),
    Field("closeness", "what the person gets of the leader against the average", "1 = the same"),
)

PARAMETER = record(
    "PARAMETER",
    "All parameters.",
    *(Field(parameter.name, parameter.meaning, parameter.unit, "the parameters") for parameter in PARAMETERS),
)
