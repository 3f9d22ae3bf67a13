"""How each published pattern is measured: one module a group, one function a pattern, from a world to figures."""

from collections.abc import Mapping

from sim.analysis.patterns import (
    attitudes,
    leader_time,
    leaders,
    learning,
    market,
    needs,
    output,
    people,
    practices,
    situational,
    strain,
    teams,
    technology,
    time_course,
    turnover,
)
from sim.analysis.patterns.world import Figures, Measure, World

GROUPS: Mapping[str, tuple[Measure, ...]] = {
    "learning": (
        learning.directive_first, learning.time_to_productivity, learning.person_focused,
        learning.exponential_curves, learning.skill_loss,
    ),
    "leader time": (leader_time.leader_away,),
    "technology": (technology.ai_help,),
    "teams": (teams.shared_leadership, teams.safety),
    "attitudes": (
        attitudes.transformational, attitudes.laissez_faire, attitudes.support_and_structure,
        attitudes.participation, attitudes.democratic_against_autocratic,
        attitudes.transformational_and_motivation, attitudes.laissez_faire_and_trust,
        attitudes.support_structure_and_motivation, attitudes.empowering,
    ),
    "leaders": (leaders.scales_together,),
    "needs": (needs.needs_and_performance, needs.role_ambiguity, needs.self_evaluation),
    "people": (people.stable_morale, people.alike_in_teams, people.spread_of_output),
    "turnover": (
        turnover.morale_and_leaving, turnover.quits, turnover.quits_and_output, turnover.leaving_by_tenure,
        turnover.strain_and_leaving,
    ),
    "strain": (strain.exhaustion_and_output,),
    "output": (output.morale_and_output, output.better_boss, output.spread_of_firms, output.goals),
    "practices": (practices.practices_bundle,),
    "market": (market.content_customers, market.customers_and_sales),
    "situational": (situational.match_adds, situational.lowest_level, situational.leaders_know),
    "time": (time_course.honeymoon, time_course.shock, time_course.steady_state),
}  # fmt: skip
"""The groups of patterns, and the measuring functions of each. Cross-validation leaves out one group at a time."""

MEASURES: Mapping[str, Measure] = {measure.__name__: measure for group in GROUPS.values() for measure in group}
"""The measuring functions by name. Figures beside those that a pattern accepts are shown beside them: true states."""

__all__ = ["GROUPS", "MEASURES", "Figures", "Measure", "World"]
