"""A week: what happens in it, in which order and who does it. Both drivers and the ODD page follow this list.

A step is an act of a Mesa agent and a compiled function at once. Its rules are called one after the other, and each
gets what its arguments are called: `employee`, `week`, `team`, `leader`, `company` and so on (`compile_steps.MEANS`).
To add a rule, write it in `rules` and name it here.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from sim.model.rules import (
    attention,
    climate,
    customers,
    decisions,
    diagnosis,
    events,
    innovation,
    leading,
    learning,
    market,
    money,
    morale,
    motivation,
    policy,
    practices,
    strain,
    tally,
    team,
    technology,
    trust,
    turnover,
    work,
)


class Who(Enum):
    """Whose act a step is."""

    COMPANY = "the company"
    TEAM = "the team"
    LEADER = "the leader"
    LEADER_TO_EACH = "the leader, toward each person of the team"
    PERSON = "each person of the team"
    VACANCY = "each vacant position of the team"


class Step(NamedTuple):
    """Something that happens every week.

    `name` is that of the agent's method; `vacant` what happens instead to positions that nobody fills.
    """

    who: Who
    name: str
    says: str
    rules: tuple[Any, ...]
    vacant: "Step | None" = None


class Week(NamedTuple):
    """What the company begins with, what then each team does in turn, and what the company ends with."""

    opening: tuple[Step, ...]
    each_team: tuple[Step, ...]
    closing: tuple[Step, ...]


COMPANY, TEAM, LEADER, LEADER_TO_EACH, PERSON, VACANCY = Who

WEEK = Week(
    opening=(
        Step(COMPANY, "clear_sums", "Start the week's sums at nothing.", (tally.clear_sums,)),
        Step(COMPANY, "let_events_happen", "Let the week's events happen.", (events.happen,)),
        Step(COMPANY, "take_up", "Let practices take hold, and technology come in.",
             (practices.practise, technology.adopt_technology)),
    ),
    each_team=(
        Step(TEAM, "begin_week", "Start the week's counts at nothing, and see who is there.",
             (leading.clear_week, team.count)),
        Step(LEADER, "choose_stage", "Choose the stage of the style that fits the week, and set an example.",
             (policy.choose_stage, attention.take_example)),
        Step(LEADER_TO_EACH, "diagnose", "See how able and committed somebody is, with error.", (diagnosis.diagnose,)),
        Step(LEADER_TO_EACH, "intend", "Set down in `employee.week` the behaviour meant for somebody.",
             (attention.intend,)),
        Step(LEADER, "find_time", "See what decisions come up, and share out the hours there are.",
             (decisions.arrive, leading.share_out_hours)),
        Step(LEADER_TO_EACH, "deliver", "Behave toward somebody as far as time, habits and the relation allow.",
             (attention.deliver, trust.relate)),
        Step(LEADER, "decide", "Take the week's decisions: alone, together, or left to whoever is closest.",
             (team.average_behaviour, attention.remember_contact, decisions.decide)),
        Step(TEAM, "help_newcomers", "Give newcomers the hours that they need.", (work.help_newcomers,)),
        Step(PERSON, "work", "Take the guidance there is, and work.", (work.be_guided, work.work)),
        Step(TEAM, "meet_demand", "Put everybody's capacity together, and finish what customers want.",
             (technology.see_the_best, leading.add_capacity, work.lend_a_hand, work.meet_demand)),
        Step(PERSON, "perform", "Get a share of the output done, and see how well it went.", (work.perform,)),
        Step(PERSON, "learn", "Learn by doing, from the leader, and from failure; forget what is out of date.",
             (learning.learn,)),
        Step(PERSON, "feel_needs", "Feel which needs are met: autonomy, competence, relatedness, meaning, fairness.",
             (motivation.weigh_autonomy, motivation.feel_needs)),
        Step(PERSON, "be_motivated", "Want to (motivation), and feel able to (confidence).",
             (motivation.be_motivated, motivation.gain_confidence)),
        Step(PERSON, "develop", "Come to another commitment and development level.", (diagnosis.develop,)),
        Step(PERSON, "tire", "Tire of demands, or recover.", (strain.tire,)),
        Step(PERSON, "give_trust", "Trust the leader and the company more or less.", (trust.give_trust,)),
        Step(PERSON, "feel", "Feel about the work (morale), and notice how colleagues felt last week.",
             (morale.feel,)),
        Step(PERSON, "have_ideas", "Have ideas.", (innovation.have_ideas,)),
        Step(TEAM, "change", "Change together: climate, ideas put into use, process.",
             (innovation.hear_ideas, climate.share_climate, climate.lead_itself, innovation.innovate)),
        Step(TEAM, "tally_people", "Count up the people, before anybody leaves or comes.", (tally.add_people,)),
        Step(PERSON, "stay_or_leave", "Stay, a week older, or leave for good.", (turnover.stay_or_leave,),
             vacant=Step(VACANCY, "recruit", "Look for somebody for a position that was vacant before this week's "
                         "leaving.", (turnover.recruit,))),
        Step(TEAM, "tally_team", "Count up what the team did.", (tally.add_team,)),
    ),
    closing=(
        Step(COMPANY, "add_teams", "Add the teams up.", (tally.add_teams,)),
        Step(COMPANY, "remember_mood", "Keep everybody's morale for colleagues to notice.", (morale.remember_mood,)),
        Step(COMPANY, "close_week", "Move with the market, be judged by customers, close the books.",
             (market.drift, customers.serve_customers, money.keep_books)),
    ),
)  # fmt: skip


def with_vacant(steps: Iterable[Step]) -> Iterator[Step]:
    """Steps, and after each the one that it has for vacant positions."""
    for step in steps:
        yield step
        if step.vacant:
            yield step.vacant


STEPS = {step.name: step for part in WEEK for step in with_vacant(part)}
"""Every step by name, in order."""
