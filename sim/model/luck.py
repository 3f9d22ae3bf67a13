# mypy: allow-untyped-defs
"""The chance of a replication, by purpose: who is there and how teams differ, and what every week brings."""

from sim.model.draw import fill_uniform, make_normal
from sim.model.network import introduce
from sim.model.rules.compiled import rule

(
    PEOPLE, TEAMS, NETWORK, PERSON_WEEKS, CHANCES, APPLICANT_MONTHS, TEAM_WEEKS, COMPANY_WEEKS, UNRATED,
) = range(0, 144, 16)  # fmt: skip
"""What chance is for: records of up to 64 numbers. Another purpose at the end changes no number of these."""


@rule
def draw_normal(numbers, words, tails, beyond, places, moment, purpose, key):
    """Standard normal numbers; arguments as of `draw.fill_uniform` and `make_normal`."""
    fill_uniform(numbers, words, places, moment, purpose, key)
    make_normal(numbers.reshape(numbers.size), tails, beyond)


@rule
def draw_beginning(people, teams, colleagues, free, words, tails, beyond, firsts, of_positions, of_teams, key):
    """Draw what is there before the first week.

    people: (positions, fields), uniform; teams: (teams, fields), standard normal; colleagues: (positions, COLLEAGUES).
    free, words, tails, beyond: scratch, as `network` and `draw` ask for.
    """
    fill_uniform(people, words, of_positions, 0, PEOPLE, key)
    draw_normal(teams, words, tails, beyond, of_teams, 0, TEAMS, key)
    introduce(colleagues, firsts, free, NETWORK, key)


@rule
def draw_weeks(
    luck, chance, team_luck, company_luck, applicants, words, tails, beyond, of_positions, of_teams, of_company,
    first_week, first_month, key,
):  # fmt: skip
    """Draw the chance of some weeks on end.

    luck: (weeks x positions, fields), team_luck: (weeks x teams, fields), company_luck: (weeks, fields), standard
    normal; chance: (weeks x positions, 1), applicants: (months x positions, fields), uniform.
    words, tails, beyond: scratch, as `draw` asks for.
    """
    draw_normal(luck, words, tails, beyond, of_positions, first_week, PERSON_WEEKS, key)
    fill_uniform(chance, words, of_positions, first_week, CHANCES, key)
    draw_normal(team_luck, words, tails, beyond, of_teams, first_week, TEAM_WEEKS, key)
    draw_normal(company_luck, words, tails, beyond, of_company, first_week, COMPANY_WEEKS, key)
    fill_uniform(applicants, words, of_positions, first_month, APPLICANT_MONTHS, key)
