"""What is measured every week, for the company: one entry per metric, with its unit, direction and meaning."""

from typing import Literal, NamedTuple

from sim.scenario.plugins import merged, plugins


class Metric(NamedTuple):
    """A weekly measurement of the company.

    `good` says which way a manager wants it; `whole_run` how a run is summed up in one number (its mean or its total);
    `headline` whether the comparison table shows it by default; `of_teams` whether a team has it as the company does.
    `low` and `high` are the least and the most that it can be in any company (None: no bound).
    `needs` says without what a week has no value (NaN); a mean over weeks leaves such weeks out.
    """

    name: str
    unit: str
    long_name: str
    good: Literal["higher", "lower", "neither"]
    meaning: str
    whole_run: Literal["mean", "total"] = "mean"
    headline: bool = False
    of_teams: bool = True
    low: float | None = 0.0
    high: float | None = None
    needs: Literal["people", "questions", "nothing"] = "nothing"

    @property
    def description(self) -> str:
        """What it means, and which weeks have no value."""
        return self.meaning + WITHOUT[self.needs]

    @property
    def sign(self) -> int:
        """1 where more of it is better, -1 where less is; what is neither counts as wanted."""
        return -1 if self.good == "lower" else 1


WITHOUT = {
    "people": "; no value in weeks in which nobody is employed",
    "questions": "; no value in weeks in which there is nothing to decide",
    "nothing": "",
}
"""Which weeks have no value."""


_OWN = (
    Metric(
        "morale",
        "0-1",
        "Morale",
        "higher",
        "mean job satisfaction and mood of the people employed",
        headline=True,
        needs="people",
        high=1.0,
    ),
    Metric(
        "output",
        "% of full capacity",
        "Output",
        "higher",
        "work finished, as a share of what all positions would finish with fully proficient, fully committed people",
        headline=True,
    ),
    Metric("commitment", "0-1", "Commitment", "higher", "mean of confidence and motivation", needs="people", high=1.0),
    Metric(
        "competence",
        "0-1",
        "Competence",
        "higher",
        "mean share of full proficiency in the role's tasks",
        needs="people",
        high=1.0,
    ),
    Metric("confidence", "0-1", "Confidence", "higher", "mean 'I can'", needs="people", high=1.0),
    Metric("motivation", "0-1", "Motivation", "higher", "mean 'I want to'", needs="people", high=1.0),
    Metric("strain", "0-1", "Strain", "lower", "mean exhaustion", needs="people", high=1.0),
    Metric("trust", "0-1", "Trust", "higher", "mean trust in the leader and the company", needs="people", high=1.0),
    Metric(
        "share_d1",
        "share",
        "Share in D1",
        "neither",
        "share of people at development level D1",
        needs="people",
        high=1.0,
    ),
    Metric(
        "share_d2", "share", "Share in D2", "lower", "share of people at development level D2", needs="people", high=1.0
    ),
    Metric(
        "share_d3",
        "share",
        "Share in D3",
        "neither",
        "share of people at development level D3",
        needs="people",
        high=1.0,
    ),
    Metric(
        "share_d4",
        "share",
        "Share in D4",
        "higher",
        "share of people at development level D4",
        needs="people",
        high=1.0,
    ),
    Metric(
        "turnover",
        "% of staff a year",
        "Turnover",
        "lower",
        "people who quit in the week, times 52, of those employed",
        headline=True,
        needs="people",
        high=5200.0,
    ),
    Metric("headcount", "people", "Headcount", "neither", "people employed"),
    Metric("vacancies", "people", "Vacancies", "lower", "open positions that nobody fills"),
    Metric(
        "burnout_share",
        "share",
        "Burnout",
        "lower",
        "share of people whose strain is above the burnout threshold",
        needs="people",
        high=1.0,
    ),
    Metric(
        "decision_delay",
        "days",
        "Decision delay",
        "lower",
        "working days from a question to its answer, mean over the week's questions",
        headline=True,
        needs="questions",
    ),
    Metric(
        "decision_quality",
        "0-1",
        "Decision quality",
        "higher",
        "how near the week's decisions come to the best that could be had",
        needs="questions",
        high=1.0,
    ),
    Metric(
        "ideas_adopted",
        "per 10 people a year",
        "Innovation",
        "higher",
        "ideas put into use, per ten people and year",
        headline=True,
        needs="people",
    ),
    Metric(
        "psychological_safety",
        "0-1",
        "Psychological safety",
        "higher",
        "mean over teams: is it safe to speak up and to fail here",
        needs="people",
        high=1.0,
    ),
    Metric(
        "shared_direction",
        "0-1",
        "Shared direction",
        "higher",
        "mean over teams: are goals and vision clear and shared",
        needs="people",
        high=1.0,
    ),
    Metric(
        "strategic_fit",
        "0-1",
        "Strategic fit",
        "higher",
        "how well the offer fits the market",
        of_teams=False,
        high=1.0,
    ),
    Metric(
        "customer_satisfaction",
        "0-1",
        "Customer satisfaction",
        "higher",
        "what customers think of quality, speed and treatment",
        headline=True,
        of_teams=False,
        high=1.0,
    ),
    Metric(
        "backlog", "weeks of work", "Backlog", "lower", "work waiting, in weeks of the whole company's full capacity"
    ),
    Metric(
        "leader_load",
        "share",
        "Leader load",
        "lower",
        "hours asked of the leaders, as a share of the hours they have",
        needs="people",
    ),
    Metric(
        "automation",
        "0-1",
        "Automation",
        "neither",
        "share of routine work that is automated",
        of_teams=False,
        high=1.0,
    ),
    Metric("revenue", "thousand a week", "Revenue", "higher", "work sold", of_teams=False),
    Metric("cost", "thousand a week", "Cost", "lower", "pay, overhead, hiring and practices", of_teams=False),
    Metric(
        "profit", "thousand a week", "Profit", "higher", "revenue less cost", headline=True, of_teams=False, low=None
    ),
    Metric(
        "ai_readiness",
        "0-1",
        "Readiness",
        "higher",
        "how ready people are for new technology",
        of_teams=False,
        high=1.0,
    ),
    Metric(
        "fear_for_jobs",
        "0-1",
        "Fear for jobs",
        "lower",
        "fear for jobs: of new technology, in a crisis, after a layoff",
        of_teams=False,
        high=1.0,
    ),
)

METRICS = tuple(
    merged(
        {metric.name: metric for metric in _OWN},
        "metric",
        (
            (plugin, {new.name: Metric(**new.model_dump(exclude={"made_by"})) for new in plugin.file.metrics})
            for plugin in plugins()
        ),
    ).values()
)
"""Every metric, those of plug-ins last."""

METRIC_NAMES = tuple(metric.name for metric in METRICS)
"""Names of the metrics, in the order in which the engine writes them."""

BY_NAME = {metric.name: metric for metric in METRICS}
"""The metric of each name."""
