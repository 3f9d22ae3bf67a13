"""How each published pattern is measured in the model: one function a pattern, from a world of firms to figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.summary import mean_interval
from sim.analysis.survey import Survey, correlation, delivered, score
from sim.scenario.behaviours import BEHAVIOURS
from sim.study.firms import Firm, Sample, draw_firms, draw_leaders, run_firms, teams_of, vary, vector_of

type Floats = NDArray[np.float64]
type Figures = dict[str, float]

HALF_A_YEAR, A_YEAR, WEEKS_A_MONTH = 26, 52, 52 / 12

NEVER = 60.0
"""Weeks, where something does not happen within the time that is looked at."""


@dataclass
class World:
    """One seed of everything that the patterns look at; each sample is run when it is first asked for.

    Args:
        protocol: firms, burn_in, weeks, reliability, halo.
        scales: items of the survey's scales, by name.
        contrasts: definitions of the ways of leading that are set against each other, by name.
        seed: of this world.
        parameters: values that replace the model's own.
        workers: threads; by default one for each core. No figure depends on it.
    """

    protocol: Mapping[str, Any]
    scales: Mapping[str, Any]
    contrasts: Mapping[str, Any]
    seed: int
    parameters: Mapping[str, float] | None = None
    workers: int | None = None
    samples: dict[str, Sample] = field(default_factory=dict)

    @property
    def burn_in(self) -> int:
        """Weeks before anything is measured."""
        return int(self.protocol["burn_in"])

    @property
    def weeks(self) -> int:
        """All weeks of a run."""
        return self.burn_in + int(self.protocol["weeks"])

    def sample(self, name: str) -> Sample:
        """A sample by name, run once."""
        if name not in self.samples:
            self.samples[name] = _SAMPLES[name](self)
        return self.samples[name]

    def survey(self, people: int, purpose: int) -> Survey:
        """A round of questionnaires; purpose keeps the rounds apart."""
        rng = np.random.default_rng([self.seed, 0x73757276, purpose])
        return Survey(rng, people, self.protocol["reliability"], self.protocol["halo"])

    def rng(self, purpose: int) -> np.random.Generator:
        """A stream of its own."""
        return np.random.default_rng([self.seed, 0x6C656164, purpose])

    def both_surveyed(self, r: float) -> float:
        """A correlation of two scales of the survey, corrected for unreliability."""
        return r / float(self.protocol["reliability"])

    def one_surveyed(self, r: float) -> float:
        """A correlation of a scale of the survey and something observed, corrected for unreliability."""
        return r / float(np.sqrt(self.protocol["reliability"]))


# --- Samples ----------------------------------------------------------------------------------------------------------

_FIRMS: dict[tuple[Any, ...], list[Firm]] = {}


def _firms(count: int, seed: int, **how: Any) -> list[Firm]:
    """Firms, drawn once: calibration asks for the same ones again and again."""
    key = (count, seed, repr(sorted(how.items())))
    found = _FIRMS.get(key)
    if found is None:
        if len(_FIRMS) > 200:
            _FIRMS.clear()
        found = _FIRMS[key] = draw_firms(count, seed, **how)
    return found


def _run(world: World, firms: list[Firm], behaviour: Floats, weeks: int) -> Sample:
    return run_firms(firms, behaviour, weeks, world.seed, world.parameters, world.workers)


def _population(world: World) -> Sample:
    """All kinds of firms with all kinds of leaders."""
    firms = _firms(world.protocol["firms"], world.seed)
    return _run(world, firms, draw_leaders(teams_of(firms), world.rng(1))[None], world.weeks)


def _participation(world: World) -> Sample:
    """Leaders who differ in participation alone."""
    firms = _firms(world.protocol["firms"], world.seed)
    teams = teams_of(firms)
    leaders = np.tile(draw_leaders(2000, np.random.default_rng(1)).mean(axis=0), (teams, 1))
    leaders[:, BEHAVIOURS.index("participation")] = world.rng(2).uniform(0.0, 0.95, teams)
    return _run(world, firms, leaders[None], world.weeks)


def _paired(world: World) -> Sample:
    """The same firms under democratic and under autocratic leaders, each with a spread of their own."""
    firms = _firms(world.protocol["firms"], world.seed)
    teams = teams_of(firms)
    arms = [np.tile(vector_of(style), (teams, 1)) for style in ("democratic", "autocratic")]
    return _run(world, firms, np.stack([vary(arm, world.rng(3)) for arm in arms]), world.weeks)


def _novices(world: World) -> Sample:
    """Teams of beginners under directive and under empowering leaders."""
    changes = {"employees": {"mix": {"d1": 1.0}}}
    firms = _firms(world.protocol["firms"] // 5, world.seed, size=(5, 9), changes=changes)
    from sim.scenario.style_definition import StyleDefinition

    own = {name: StyleDefinition.model_validate(value) for name, value in world.contrasts.items()}
    arms = [np.tile(vector_of(name, own), (teams_of(firms), 1)) for name in ("directive", "empowering")]
    return _run(world, firms, np.stack(arms), A_YEAR)


ROLES = {"professional": 0.70, "service": 0.45, "clerical": 0.20}
"""Complexity of the work. Assumed."""


def _roles(role: str) -> Callable[[World], Sample]:
    def run(world: World) -> Sample:
        """Firms that take on people in the first week, in work of one complexity."""
        changes = {
            "market": {"complexity": ROLES[role]},
            "events": [{"event": "growth", "week": 1, "people": 3, "team": "Team 1"}],
        }
        firms = _firms(world.protocol["firms"] // 4, world.seed, size=(10, 24), changes=changes)
        return _run(world, firms, draw_leaders(teams_of(firms), world.rng(4))[None], 104)

    return run


_SAMPLES: Mapping[str, Callable[[World], Sample]] = {
    "population": _population,
    "participation": _participation,
    "paired": _paired,
    "novices": _novices,
    **{role: _roles(role) for role in ROLES},
}

# --- What the patterns share ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """Who was there for the last half-year, what they say of their leader, and how they and their teams did."""

    scales: Mapping[str, Floats]  # (people,) answers
    truth: Mapping[str, Floats]  # (people,) what reached them
    morale_said: Floats
    morale: Floats
    output: Floats  # own, mean of the half-year
    ambiguity: Floats
    team: NDArray[np.int64]
    team_output: Floats  # (teams,), per position; NaN for teams without anybody


def _answers(world: World, sample: Sample) -> Answers:
    people = sample.people[0]
    span = people[-HALF_A_YEAR:]
    there = np.flatnonzero((people["employed"][-1] == 1) & (people["tenure"][-1] >= HALF_A_YEAR))
    reached = delivered(sample, there, -1)
    truth = {name: score(items, reached) for name, items in world.scales.items()}
    survey = world.survey(len(there), 1)
    teams = np.bincount(sample.team, minlength=len(sample.fidelity))
    output = np.bincount(sample.team, span["output"].mean(axis=0), len(sample.fidelity)) / teams
    return Answers(
        scales={name: survey.ask(value, _is_wanted(world.scales[name])) for name, value in truth.items()},
        truth=truth,
        morale_said=survey.ask(people["morale"][-1, there]),
        morale=people["morale"][-1, there],
        output=span["output"][:, there].mean(axis=0),
        ambiguity=span["ambiguity"][:, there].mean(axis=0),
        team=sample.team[there],
        team_output=output,
    )


def _is_wanted(items: Sequence[str]) -> bool:
    """A scale that asks for the absence of things asks for something unwanted."""
    return not all(item.startswith("!") for item in items)


def _with_team_output(a: Answers, scale: str) -> tuple[float, float]:
    """Correlation of the team's mean answer, and of the truth, with what the team gets done."""
    count = np.bincount(a.team, minlength=len(a.team_output))
    some = count > 0

    def mean(values: Floats) -> Floats:
        return np.bincount(a.team, values, len(a.team_output))[some] / count[some]

    output = a.team_output[some]
    return correlation(mean(a.scales[scale]), output), correlation(mean(a.truth[scale]), output)


# --- Measures ---------------------------------------------------------------------------------------------------------


def transformational(world: World) -> Figures:
    """A survey's score of the leader against survey morale, and against what teams get done."""
    a = _answers(world, world.sample("population"))
    morale = world.both_surveyed(correlation(a.scales["transformational"], a.morale_said))
    said, true = _with_team_output(a, "transformational")
    output = world.one_surveyed(said)
    return {
        "morale": morale,
        "output": output,
        "morale_above_output": morale - output,
        "true_morale": correlation(a.truth["transformational"], a.morale),
        "true_output": true,
    }


def laissez_faire(world: World) -> Figures:
    """The score of keeping out against survey morale, and the share of it that role ambiguity carries."""
    a = _answers(world, world.sample("population"))
    morale = world.both_surveyed(correlation(a.scales["laissez-faire"], a.morale_said))
    absent, ambiguity = a.truth["laissez-faire"], a.ambiguity
    design = np.column_stack([np.ones(len(absent)), absent, ambiguity])
    total = float(np.polyfit(absent, a.morale, 1)[0])
    direct = float(np.linalg.lstsq(design, a.morale, rcond=None)[0][1])
    carried = 1.0 - direct / total if total else 0.0
    return {"morale": morale, "carried_by_ambiguity": carried, "true_morale": correlation(absent, a.morale)}


def support_and_structure(world: World) -> Figures:
    """Consideration less initiating structure: with survey morale, and with what teams get done."""
    a = _answers(world, world.sample("population"))
    morale, output, true_morale, true_output = {}, {}, {}, {}
    for scale in ("consideration", "structure"):
        morale[scale] = world.both_surveyed(correlation(a.scales[scale], a.morale_said))
        said, true_output[scale] = _with_team_output(a, scale)
        output[scale] = world.one_surveyed(said)
        true_morale[scale] = correlation(a.truth[scale], a.morale)
    return {
        "morale_gap": morale["consideration"] - morale["structure"],
        "output_gap": output["consideration"] - output["structure"],
        "true_morale_gap": true_morale["consideration"] - true_morale["structure"],
        "true_output_gap": true_output["consideration"] - true_output["structure"],
    }


def participation(world: World) -> Figures:
    """Answers about participation against survey morale and team output, where leaders differ in nothing else."""
    a = _answers(world, world.sample("participation"))
    said, true = _with_team_output(a, "participation")
    return {
        "morale": correlation(a.scales["participation"], a.morale_said),
        "output": said,
        "true_morale": correlation(a.truth["participation"], a.morale),
        "true_output": true,
    }


def democratic_against_autocratic(world: World) -> Figures:
    """Standardised differences over firms, democratic less autocratic."""
    sample = world.sample("paired")

    def d(metric: str) -> float:
        firms = mean_interval(sample.metric(metric)[:, :, world.burn_in :]).mean  # over the weeks with a value
        spread = np.sqrt(firms.var(axis=1, ddof=1).mean())
        return float((firms[0] - firms[1]).mean() / spread)

    return {"output": d("output"), "morale": d("morale")}


def directive_first(world: World) -> Figures:
    """Beginners: the early lead of directive leading, how much faster empowered teams rise, when they overtake."""
    output = world.sample("novices").metric("output").mean(axis=1)
    weeks = np.arange(1, output.shape[1] + 1)
    slopes = np.polyfit(weeks, output.T, 1)[0]
    window = np.ones(4) / 4
    ahead = np.convolve(output[1] - output[0], window, mode="valid")
    first = np.flatnonzero(ahead > 0)
    return {
        "early_lead": float(output[0, :8].mean() / output[1, :8].mean() - 1.0),
        "slope_gap": float(slopes[1] - slopes[0]),
        "crossing_week": float(first[0] + 1) if len(first) else NEVER,
    }


def morale_and_output(world: World) -> Figures:
    """Individual means over half a year: what people say of their morale against their own output."""
    sample = world.sample("population")
    a = _answers(world, sample)
    there = np.flatnonzero((sample.people[0]["employed"][-1] == 1) & (sample.people[0]["tenure"][-1] >= HALF_A_YEAR))
    morale = sample.people[0]["morale"][-HALF_A_YEAR:, there].mean(axis=0)
    said = world.survey(len(there), 2).ask(morale)
    return {"rho": world.one_surveyed(correlation(said, a.output)), "true_rho": correlation(morale, a.output)}


def morale_and_leaving(world: World) -> Figures:
    """What people say of their morale against whether they quit within the year."""
    people = world.sample("population").people[0]
    start = world.burn_in - 1
    there = np.flatnonzero(people["employed"][start] == 1)
    gone = _leaves(people[start:, there]).any(axis=0).astype(np.float64)
    morale = people["morale"][start, there]
    said = world.survey(len(there), 3).ask(morale)
    return {"r": correlation(said, gone), "true_r": correlation(morale, gone), "leave_in_a_year": float(gone.mean())}


def quits(world: World) -> Figures:
    """Quits a month in per cent of the people employed."""
    sample = world.sample("population")
    turnover = sample.metric("turnover")[0, :, world.burn_in :]
    headcount = sample.metric("headcount")[0, :, world.burn_in :]
    yearly = float((turnover * headcount).sum() / headcount.sum())
    return {"percent_a_month": yearly / 12.0}


def time_to_productivity(world: World) -> Figures:
    """Weeks until newcomers get done 95% of what those do who have been there for two years, by role."""
    return {role: _weeks_to_productivity(world.sample(role)) for role in ROLES}


def _weeks_to_productivity(sample: Sample) -> float:
    people = sample.people[0]
    employed = people["employed"] == 1
    old = np.where(employed & (people["tenure"] >= 104), people["output"], np.nan)
    ordinary = np.nanmedian(old, axis=1)
    new = employed & (people["tenure"] > 0) & (people["tenure"] <= NEVER) & ~_from_the_start(people)
    tenure = people["tenure"][new].astype(np.int64)
    ratio = (people["output"] / ordinary[:, None])[new]
    count = np.bincount(tenure, minlength=int(NEVER) + 1)[1:]
    mean = np.bincount(tenure, ratio, int(NEVER) + 1)[1:] / np.maximum(count, 1)
    smooth = np.convolve(mean, np.ones(3) / 3, mode="same")[1:-1]
    reached = np.flatnonzero(smooth >= 0.95)
    return float(reached[0] + 2) if len(reached) else NEVER


def honeymoon(world: World) -> Figures:
    """Newcomers' morale by month since hire: when it is highest, and how far it falls until the twelfth month."""
    people = world.sample("service").people[0]
    employed = people["employed"] == 1
    new = employed & (people["tenure"] <= A_YEAR) & ~_from_the_start(people)
    month = np.minimum(people["tenure"][new] / WEEKS_A_MONTH, 11.99).astype(np.int64)
    course = np.bincount(month, people["morale"][new], 12) / np.maximum(np.bincount(month, minlength=12), 1)
    spread = people["morale"][employed & (people["tenure"] > A_YEAR)].std()
    peak = int(np.argmax(course))
    return {"peak_month": float(peak), "fall": float((course[peak] - course[-1]) / spread)}


def quits_and_output(world: World) -> Figures:
    """Across firms: quits over the year against what is got done."""
    sample = world.sample("population")
    turnover = mean_interval(sample.metric("turnover")[0, :, world.burn_in :]).mean  # over the weeks with a value
    output = sample.metric("output")[0, :, world.burn_in :].mean(axis=-1)
    return {"rho": correlation(turnover, output)}


def _leaves(people: NDArray[np.void]) -> NDArray[np.bool_]:
    """Whether each person leaves from one week to the next: (weeks - 1, positions), until the first has left."""
    employed = people["employed"] == 1
    left = employed[:-1] & ~employed[1:]
    first = np.cumsum(np.vstack([np.zeros((1, left.shape[1]), np.int64), left[:-1].astype(np.int64)]), axis=0) == 0
    leaves: NDArray[np.bool_] = left & first
    return leaves


def _from_the_start(people: NDArray[np.void]) -> NDArray[np.bool_]:
    """Whether whoever is in a position was there before the first week: (weeks, positions)."""
    weeks = np.arange(1, len(people) + 1)[:, None]
    before: NDArray[np.bool_] = people["tenure"] >= weeks
    return before


MEASURES: Mapping[str, Callable[[World], Figures]] = {
    measure.__name__: measure
    for measure in (
        transformational, laissez_faire, support_and_structure, participation, democratic_against_autocratic,
        directive_first, morale_and_output, morale_and_leaving, quits, time_to_productivity, honeymoon,
        quits_and_output,
    )
}  # fmt: skip
"""The measuring functions by name. Figures beside those that a pattern accepts are shown beside them: true states."""
