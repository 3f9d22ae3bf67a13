"""What is measured every week, for the company: one entry per metric, with its unit, direction and meaning."""

from typing import Literal, NamedTuple


class Metric(NamedTuple):
    """A weekly measurement of the company.

    `good` says which way a manager wants it; `whole_run` how a run is summed up in one number (its mean or its total);
    `headline` whether the comparison table shows it by default; `of_teams` whether a team has it as the company does.
    """

    name: str
    unit: str
    long_name: str
    good: Literal["higher", "lower", "neither"]
    meaning: str
    whole_run: Literal["mean", "total"] = "mean"
    headline: bool = False
    of_teams: bool = True


METRICS = (
    Metric("morale", "0-1", "Morale", "higher", "mean job satisfaction and mood of the people employed", headline=True),
    Metric(
        "output",
        "% of full capacity",
        "Output",
        "higher",
        "work finished, as a share of what all positions would finish with fully proficient, fully committed people",
        headline=True,
    ),
    Metric("commitment", "0-1", "Commitment", "higher", "mean of confidence and motivation"),
    Metric("competence", "0-1", "Competence", "higher", "mean share of full proficiency in the role's tasks"),
    Metric("confidence", "0-1", "Confidence", "higher", "mean 'I can'"),
    Metric("motivation", "0-1", "Motivation", "higher", "mean 'I want to'"),
    Metric("strain", "0-1", "Strain", "lower", "mean exhaustion"),
    Metric("trust", "0-1", "Trust", "higher", "mean trust in the leader and the company"),
    Metric("share_d1", "share", "Share in D1", "neither", "share of people at development level D1"),
    Metric("share_d2", "share", "Share in D2", "lower", "share of people at development level D2"),
    Metric("share_d3", "share", "Share in D3", "neither", "share of people at development level D3"),
    Metric("share_d4", "share", "Share in D4", "higher", "share of people at development level D4"),
    Metric(
        "turnover",
        "% of staff a year",
        "Turnover",
        "lower",
        "people who quit in the week, times 52, of those employed",
        headline=True,
    ),
    Metric("headcount", "people", "Headcount", "neither", "people employed"),
    Metric("vacancies", "people", "Vacancies", "lower", "open positions that nobody fills"),
    Metric("burnout_share", "share", "Burnout", "lower", "share of people whose strain is above the burnout threshold"),
    Metric(
        "decision_delay",
        "days",
        "Decision delay",
        "lower",
        "working days from a question to its answer, mean over the week's questions",
        headline=True,
    ),
    Metric(
        "decision_quality",
        "0-1",
        "Decision quality",
        "higher",
        "how near the week's decisions come to the best that could be had",
    ),
    Metric(
        "ideas_adopted",
        "per 10 people a year",
        "Innovation",
        "higher",
        "ideas put into use, per ten people and year",
        headline=True,
    ),
    Metric(
        "psychological_safety",
        "0-1",
        "Psychological safety",
        "higher",
        "mean over teams: is it safe to speak up and to fail here",
    ),
    Metric(
        "shared_direction",
        "0-1",
        "Shared direction",
        "higher",
        "mean over teams: are goals and vision clear and shared",
    ),
    Metric("strategic_fit", "0-1", "Strategic fit", "higher", "how well the offer fits the market", of_teams=False),
    Metric(
        "customer_satisfaction",
        "0-1",
        "Customer satisfaction",
        "higher",
        "what customers think of quality, speed and treatment",
        headline=True,
        of_teams=False,
    ),
    Metric(
        "backlog", "weeks of work", "Backlog", "lower", "work waiting, in weeks of the whole company's full capacity"
    ),
    Metric(
        "leader_load", "share", "Leader load", "lower", "hours asked of the leaders, as a share of the hours they have"
    ),
    Metric("automation", "0-1", "Automation", "neither", "share of routine work that is automated", of_teams=False),
    Metric("revenue", "thousand a week", "Revenue", "higher", "work sold", of_teams=False),
    Metric("cost", "thousand a week", "Cost", "lower", "pay, overhead, hiring and practices", of_teams=False),
    Metric("profit", "thousand a week", "Profit", "higher", "revenue less cost", headline=True, of_teams=False),
    Metric("ai_readiness", "0-1", "Readiness", "higher", "how ready people are for new technology", of_teams=False),
    Metric(
        "fear_for_jobs", "0-1", "Fear for jobs", "lower", "fear for jobs that new technology brings", of_teams=False
    ),
)

METRIC_NAMES = tuple(metric.name for metric in METRICS)
"""Names of the metrics, in the order in which the engine writes them."""

BY_NAME = {metric.name: metric for metric in METRICS}
"""The metric of each name."""
