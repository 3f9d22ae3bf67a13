"""The setting that a visitor asks about (scenario, changes, styles, runs, seed), and the limits of the app."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sim.analysis.paired import default_baseline
from sim.app.browser_input import EXACT
from sim.model.build import AS_IS
from sim.model.engine import MAX_WEEKS
from sim.model.metrics import BY_NAME
from sim.run.compare import choose_styles
from sim.run.size import person_weeks
from sim.scenario.load import scenario_from_text, scenario_names, shipped_scenario
from sim.scenario.paths import PRACTICES
from sim.scenario.problems import InputError, unknown
from sim.scenario.schema import Scenario
from sim.scenario.styles import style_names
from sim.scenario.variants import with_values
from sim.view.language import english, said

FIRST = "everyday"
"""The first scenario of the page."""

FIRST_STYLES = ("autocratic", "democratic", "laissez-faire", "situational")
"""The first styles of the page: few, so that their lines are easy to tell apart."""

FIRST_METRIC = "turnover"
"""The third metric that is drawn, beside morale and output."""

LOOK_AT = {
    "ai-prepared": "fear_for_jobs", "ai-unprepared": "fear_for_jobs", "crisis": "decision_delay",
    "culture-programme": "commitment", "disruption": "strategic_fit", "growth": "decision_delay",
    "key-person": "competence", "novices": "competence", "overload": "strain", "routine": "cost",
    "turnaround": "strategic_fit", "values-led": "trust",
}  # fmt: skip
"""The third metric of the questions that are about more than morale and output."""

LOOK_IN = {
    "ai-prepared": (14, MAX_WEEKS), "ai-unprepared": (14, MAX_WEEKS), "crisis": (27, 34), "disruption": (27, MAX_WEEKS),
    "growth": (88, MAX_WEEKS), "key-person": (27, MAX_WEEKS), "novices": (1, 26), "startup": (1, 26),
    "turnaround": (9, MAX_WEEKS),
}  # fmt: skip
"""First and last week of what a question asks about, where that is not the whole run."""

REPLICATIONS = (25, 50, 100, 200, 400)
"""The numbers of replications that a visitor can choose."""

MOST_STYLES = 9
"""The largest number of styles at a time: nobody can follow more lines."""

MOST_PERSON_WEEKS = 3_000_000
"""The most people x weeks x replications x styles of one request: about half a second of one core."""

MOST_SEED = EXACT
"""The largest seed."""

FEWEST_REPLICATIONS = 10
"""A question that allows fewer replications is too large for the app."""

LARGEST_UPLOAD = 200_000
"""The most bytes of a scenario file; typical files have a few thousand."""

TOO_LARGE = english("{file}: larger than {most} kB. Check whether it is the right file.")

type Changes = Mapping[str, float]


@dataclass(frozen=True)
class Setting:
    """What a visitor asks about. `changes` have the names of `sim.scenario.paths`, and so have the `pinned` ones.

    `own` is the text of a scenario file that the visitor brought, which then takes the place of a shipped scenario.
    `baseline`, `weeks` and `seed` are those of the scenario where they are None.
    """

    scenario: str = FIRST
    own: str = ""
    changes: Changes = field(default_factory=dict)
    pinned: Changes = field(default_factory=dict)
    styles: tuple[str, ...] = FIRST_STYLES
    baseline: str | None = None
    metric: str = FIRST_METRIC
    replications: int = 100
    weeks: int | None = None
    seed: int | None = None

    @property
    def starting(self) -> Scenario:
        """The scenario without any changes.

        Raises:
            InputError: there is no such scenario, or something is wrong with the visitor's own.
        """
        return _own(self.own, self.scenario) if self.own else _shipped(self.scenario)

    @property
    def before(self) -> "Setting":
        """The same question about the pinned situation."""
        return replace(self, changes=self.pinned)


@dataclass(frozen=True)
class Job:
    """A question that is ready to run: everything is checked and complete."""

    scenario: Scenario
    styles: tuple[str, ...]
    baseline: str
    metric: str
    replications: int
    weeks: int
    seed: int
    changes: Changes = field(default_factory=dict, compare=False)

    @property
    def focus(self) -> tuple[int, int] | None:
        """First and last week that the question is about; None for the whole run."""
        first, last = LOOK_IN.get(shipped_as(self.scenario), (1, self.weeks))
        last = min(last, self.weeks)
        return (first, last) if first <= last and (first, last) != (1, self.weeks) else None

    @property
    def whole(self) -> Scenario:
        """The scenario with the weeks and the seed that are run."""
        run = self.scenario.run.model_copy(update={"weeks": self.weeks, "seed": self.seed})
        return self.scenario.model_copy(update={"run": run})

    @property
    def key(self) -> tuple[object, ...]:
        """Everything that the results depend on."""
        return (self.scenario.model_dump_json(), self.styles, self.replications, self.weeks, self.seed)


def prepared(setting: Setting) -> Job:
    """The question as it will be run; fewer replications where more would be too much.

    Raises:
        InputError: a change that is not allowed, a style or metric that there is not, or a question that is too large.
    """
    start = setting.starting
    scenario = with_values(start, setting.changes) if setting.changes else start
    styles = choose_styles(scenario, list(setting.styles))
    if len(styles) > MOST_STYLES:
        raise InputError(
            said("styles: got {many}; allowed are {most} at a time. Remove some.", many=len(styles), most=MOST_STYLES)
        )
    if setting.metric not in BY_NAME:
        raise InputError(unknown("metric", setting.metric, BY_NAME))
    baseline = setting.baseline or default_baseline(styles, scenario.leader.style)
    if baseline not in styles:
        baseline = default_baseline(styles, scenario.leader.style)
    weeks = scenario.run.weeks if setting.weeks is None else setting.weeks
    last = max((event.week for event in scenario.events), default=1)
    if not last <= weeks <= MAX_WEEKS:
        raise InputError(
            said(
                "weeks: got {weeks}; allowed is {last} to {most}, so that the run includes all events.",
                weeks=str(weeks), last=str(last), most=str(MAX_WEEKS),
            )
        )  # fmt: skip
    seed = scenario.run.seed if setting.seed is None else setting.seed
    if not 0 <= seed <= MOST_SEED:
        raise InputError(
            said("seed: got {seed}; allowed is a whole number from 0 to {most}.", seed=str(seed), most=MOST_SEED)
        )
    if not 1 <= setting.replications <= max(REPLICATIONS):
        raise InputError(
            said(
                "replications: got {many}; allowed is 1 to {most}.",
                many=str(setting.replications), most=str(max(REPLICATIONS)),
            )
        )  # fmt: skip
    most = MOST_PERSON_WEEKS // person_weeks(scenario, weeks, len(styles))
    if most < FEWEST_REPLICATIONS:
        raise InputError(
            said("this is too much for the app. Take fewer people, weeks or styles, or use the command line.")
        )
    many = min(setting.replications, most)
    return Job(scenario, styles, baseline, setting.metric, many, weeks, seed, setting.changes)


def prepared_both(setting: Setting) -> tuple[Job, Job]:
    """The question and the same question about the pinned situation, with the same replications and weeks.

    Raises:
        InputError: see `prepared`.
    """
    job, before = prepared(setting), prepared(setting.before)
    before = replace(before, replications=min(job.replications, before.replications), weeks=job.weeks)
    return replace(job, replications=before.replications), before


def fitted(setting: Setting, scenario: Scenario) -> Setting:
    """The setting for another scenario, without changes and without styles that the scenario does not know."""
    known = (*style_names(scenario), AS_IS)
    styles = tuple(style for style in setting.styles if style in known) or FIRST_STYLES
    baseline = setting.baseline if setting.baseline in styles else None
    return replace(setting, changes={}, pinned={}, styles=styles, baseline=baseline, weeks=None, seed=None)


def for_question(setting: Setting, scenario: Scenario) -> Setting:
    """The setting with everything that the question of a shipped scenario needs.

    If leaders differ, styles are compared with the company as it is. If there are practices, the same situation without
    them is pinned. The third metric is the one that the question is about.
    """
    styles = tuple(style for style in setting.styles if style != AS_IS) or FIRST_STYLES
    differ = len({(team.leader or scenario.leader).style for team in scenario.teams}) > 1
    if differ:
        styles = (*styles[: MOST_STYLES - 1], AS_IS)
    baseline = AS_IS if differ else setting.baseline if setting.baseline in styles else None
    without = {f"{PRACTICES}.{one.practice}": 0.0 for one in scenario.practices}
    metric = LOOK_AT.get(shipped_as(scenario), FIRST_METRIC)
    return replace(setting, styles=styles, baseline=baseline, pinned=without, metric=metric)


def shipped_as(scenario: Scenario) -> str:
    """The name of the shipped scenario that asks the same and in which the same happens, or else the scenario's own.

    With a style of one's own in it, a scenario has another name, and the question stays.
    """
    names = scenario_names()
    if scenario.name not in names:
        for name in names:
            known = _shipped(name)
            if (known.question, known.events) == (scenario.question, scenario.events):
                return name
    return scenario.name


def own_scenario(text: str, name: str) -> Scenario:
    """A scenario that a visitor brought, as text.

    Raises:
        InputError: too large, no TOML, or no scenario; it leads to a file of this machine.
    """
    if len(text.encode()) > LARGEST_UPLOAD:
        raise InputError(said(TOO_LARGE, file=name, most=LARGEST_UPLOAD // 1000))
    return scenario_from_text(text, name)


def _shipped(name: str) -> Scenario:
    if name not in scenario_names():
        raise InputError(unknown("scenario", name, scenario_names()))
    return shipped_scenario(name)


@lru_cache(maxsize=64)
def _own(text: str, name: str) -> Scenario:
    return own_scenario(text, name)
