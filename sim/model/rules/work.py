"""Mechanism 4, work: hours, effort, proficiency and process make capacity; capacity and demand make output."""

from sim.model.rules.common import UNIFORM_SD, unit
from sim.model.rules.compiled import rule
from sim.model.rules.technology import freed, helped

HOURS = 40.0  # a working week
LEAST = 0.25  # share of the week that the work itself always gets; a bound
YIELD = 0.64  # finished work of a proficient, committed person in an ordinary week, of the ideal; the unit of output
ORDINARY_MORALE = 0.6  # the mood from which effort is counted; a unit
MOST_HELP = 8.0  # h a week, at most, that anybody gives to newcomers; a bound
DEMAND_LUCK = 0.05  # sd: how much demand varies from week to week; assumed
MOST_PRESSURE = 3.0  # a bound


@rule
def be_guided(employee, week, team, leader, company, p):
    """Guidance: how well the person is shown what to do; and role ambiguity, what is left unclear.

    guidance = 1 - (1 - direction)(1 - feedback / 2)(1 - shared direction / 2)(1 - g_k colleagues), colleagues = (the
    team's mean competence)^4: experts can be asked (substitutes for leadership; Kerr & Jermier 1978);
    task, what one does not know how to do = unit((1 - competence)(0.5 + complexity + novelty))(1 - guidance);
    roles, who does what = complexity (1 - direction)(1 - shared direction)(1 - self-leading)(1 - g_k colleagues):
    plans, a superior or the team itself coordinate, each where the others do not, and the more so the more
    interdependent the work is, which complexity stands for (three modes of coordination; Van de Ven, Delbecq & Koenig
    1976); experts know their parts. So direction keeps a use for the able, where nothing else coordinates;
    ambiguity = [1 - (1 - task)(1 - roles)] x (1 - a_q presence x attention): what one has not been told one can ask a
    leader who is there and has time (direction: Skogstad et al. 2007).
    """
    alone = 1.0 - p.colleagues_guide * team.competence**4
    unguided = (1.0 - week.direction) * (1.0 - 0.5 * week.feedback) * (1.0 - 0.5 * team.shared_direction)
    week.guidance = 1.0 - unguided * alone
    unknown = unit((1.0 - employee.competence) * (0.5 + company.complexity + company.novelty))
    clear_task = 1.0 - unknown * (1.0 - week.guidance)
    apart = (1.0 - week.direction) * (1.0 - team.shared_direction) * (1.0 - team.self_leading) * alone
    clear_roles = 1.0 - company.complexity * apart
    unasked = 1.0 - p.asking_guides * leader.presence * leader.attention
    week.ambiguity = (1.0 - clear_task * clear_roles) * unasked


@rule
def work(employee, week, team, leader, company, luck, p):
    """What the person could finish this week, in person-weeks of full capacity.

    hours net of meetings, decisions, coaching received, help for newcomers, replanning, looking after data, practices:
    hours = 40 - meetings - decisions - h_g (0.5 development + 0.3 support + 0.2 feedback + data)
    - help for newcomers x unit(2 competence - 0.5) - h_p iteration - practices, not below 10;
    effort = [e_0 + (1 - e_0) commitment + 2 e_d direction (1 - complexity)(1 - commitment)
    + e_c challenge commitment guidance] x (1 + e_m (morale - 0.6))(1 - e_x strain^2), the mood's part not below 0;
    where the complexity of the work lies halfway, e_d is the share; simple work can be watched (behaviour control;
    Ouchi 1979); proficiency = competence + g_d direction (leader competence - competence), the difference not
    below 0: told how, the novice does better than alone; and what tools add (rules.technology);
    capacity = hours / 40 x effort x proficiency x (1 - a_y ambiguity) x (p_0 + (1 - p_0) process) x freed by automation
    x (1 + g_o service) x (1 - held up)(1 - φ_w unsaid (1 - self-leading)) x knack x luck / 0.64, process from its floor
    p_0 up, 0.64 the ordinary yield; unsaid: instructions and control that people have to wait for (span of control;
    Meier & Bohte 2000), without which only teams go on that are used to leading themselves (Lewin, Lippitt & White
    1939);
    knack = 1 + 2 σ_a complexity (ability - 0.5) / (standard deviation of ability), not below 0.1: people of the same
    competence differ in what they get done, the more so the more complex the work (Hunter, Schmidt & Judiesch 1990);
    luck = max(1 + σ_y z, 0.2), z = the person's draw of the week.
    """
    coached = p.coaching_hours * (0.5 * week.development + 0.3 * week.support + 0.2 * week.feedback + week.data)
    helping = team.helping_hours * unit(2.0 * employee.competence - 0.5)
    planning = p.replanning_hours * week.iteration
    hours = max(
        HOURS - team.meeting_hours - team.deciding_hours - coached - helping - planning - company.practice_time,
        LEAST * HOURS,
    )
    week.practice = hours / HOURS
    effort = (
        p.effort_floor
        + (1.0 - p.effort_floor) * employee.commitment
        + 2.0 * p.compliance * week.direction * (1.0 - company.complexity) * (1.0 - employee.commitment)
        + p.goals_spur * week.challenge * employee.commitment * week.guidance
    )
    effort *= max(1.0 + p.mood_moves * (employee.morale - ORDINARY_MORALE), 0.0)
    week.effort = effort * (1.0 - p.strain_slows * employee.strain**2)
    told = employee.competence + p.guided_work * week.direction * max(leader.competence - employee.competence, 0.0)
    knack = 1.0 + 2.0 * p.ability_spread * company.complexity * (employee.ability - 0.5) / UNIFORM_SD
    week.knack = max(knack, 0.1)
    week.proficiency = helped(told, week.knack, team, company, p)
    process = p.process_floor + (1.0 - p.process_floor) * team.process
    week.capacity = (
        week.practice
        * week.effort
        * week.proficiency
        * (1.0 - p.ambiguity_costs * week.ambiguity)
        * process
        * freed(company, p)
        * (1.0 + p.service_clears * week.service)
        * (1.0 - team.blocked)
        * (1.0 - p.waits_for_word * week.unsaid * (1.0 - team.self_leading))
        * week.knack
        * max(1.0 + p.output_luck * luck.work, 0.2)
        / YIELD
    )


@rule
def help_newcomers(team, p):
    """Hours that each experienced colleague gives to newcomers this week; newness fades with tenure.

    helping hours = min(h_h newcomers / experienced, 8), experienced = max(employed - newcomers, 1).
    """
    experienced = max(team.employed - team.newcomers, 1.0)
    team.helping_hours = min(p.onboarding_help * team.newcomers / experienced, MOST_HELP)


@rule
def lend_a_hand(team, leader, p):
    """What the leader gets done of the team's work in the hours that leading leaves, as owners of small firms do.

    capacity += φ_l spare / 40 x leader competence x (p_0 + (1 - p_0) process) / 0.64, the ordinary yield.
    """
    process = p.process_floor + (1.0 - p.process_floor) * team.process
    team.capacity += p.leader_works * leader.spare / HOURS * leader.competence * process / YIELD


@rule
def meet_demand(team, company, company_luck, p):
    """Finish what there is capacity for: output = min(capacity, demand + backlog); some of what waits goes elsewhere.

    Demand comes in proportion to positions: demand = demand per position x level x positions x luck, person-weeks of
    full capacity. Pressure, as people feel it, is the week's demand and a quarter of the backlog, over capacity, at
    most 3.
    backlog = (demand + backlog - output)(1 - b_l), b_l the share of what waits that goes elsewhere.
    """
    asked = company.demand * company.demand_level * team.positions * max(1.0 + DEMAND_LUCK * company_luck.demand, 0.0)
    waiting = asked + team.backlog
    team.output = min(team.capacity, waiting)
    capacity = max(team.capacity, 0.001)
    team.utilisation = team.output / capacity
    team.pressure = min((asked + 0.25 * team.backlog) / capacity, MOST_PRESSURE)
    team.backlog = (waiting - team.output) * (1.0 - p.backlog_lost)


@rule
def perform(employee, week, team, company, luck, p):
    """The person's share of the output, and success: how it went against what the task asks, as the person sees it.

    success = unit(0.5 + g_s (proficiency x knack (1 - 0.8 ambiguity)(1 + σ_y z) - asked) + σ_g own view), z = the
    person's draw of the week, the one that moves the output,
    asked = 0.525 + 0.1 complexity + 0.1 challenge: competence is relative to the role's tasks, and complex ones are
    a little less sure to go well;
    own view = (self-view - 0.5) / its standard deviation: people judge themselves too well or too badly for good, and
    what they think they can do goes with what they do by .29 (Mabe & West 1982). Expected: needs met and performance
    go together less closely.
    """
    employee.output = week.capacity * team.utilisation
    asked = 0.525 + 0.10 * company.complexity + 0.10 * week.challenge
    mastered = week.proficiency * week.knack * (1.0 - 0.8 * week.ambiguity) * (1.0 + p.output_luck * luck.work)
    own_view = (employee.self_view - 0.5) / UNIFORM_SD
    week.success = unit(0.5 + p.success_slope * (mastered - asked) + p.self_view_spread * own_view)
