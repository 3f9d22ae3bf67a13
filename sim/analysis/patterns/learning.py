"""Patterns of learning: who leads teams to learn, how long it takes, what the curve is like, and how skill is lost."""

import numpy as np

from sim.analysis.patterns.asking import Questionnaire, growth, stayed, team_means, team_output
from sim.analysis.patterns.samples import A_YEAR, ROLES, WEEKS_A_MONTH
from sim.analysis.patterns.world import Figures, Floats, World
from sim.analysis.survey import correlation
from sim.study.firms import Sample

NEVER = 60.0
"""Weeks, where something does not happen within the time that is looked at."""


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


def time_to_productivity(world: World) -> Figures:
    """Weeks until newcomers get done 95% of what those do who have been there for two years, by role."""
    return {role: weeks_to_productivity(world.sample(role)) for role in ROLES}


def weeks_to_productivity(sample: Sample) -> float:
    """Weeks until the mean newcomer gets done 95% of what the median does of those who were there for two years."""
    people = sample.people[0]
    employed = people["employed"] == 1
    old = np.where(employed & (people["tenure"] >= 104), people["output"], np.nan)
    ordinary = np.nanmedian(old, axis=1)
    new = employed & (people["tenure"] > 0) & (people["tenure"] <= NEVER) & ~from_the_start(people)
    tenure = people["tenure"][new].astype(np.int64)
    ratio = (people["output"] / ordinary[:, None])[new]
    count = np.bincount(tenure, minlength=int(NEVER) + 1)[1:]
    mean = np.bincount(tenure, ratio, int(NEVER) + 1)[1:] / np.maximum(count, 1)
    smooth = np.convolve(mean, np.ones(3) / 3, mode="same")[1:-1]
    reached = np.flatnonzero(smooth >= 0.95)
    return float(reached[0] + 2) if len(reached) else NEVER


def from_the_start(people: np.ndarray) -> np.ndarray:
    """Whether whoever is in a position was there before the first week: (weeks, positions)."""
    weeks = np.arange(1, len(people) + 1)[:, None]
    before: np.ndarray = people["tenure"] >= weeks
    return before


def person_focused(world: World) -> Figures:
    """Teams with much to learn: answers about person-focused leading against competence gained, and against output."""
    sample = world.sample("growing")
    there = stayed(sample)
    questionnaire = Questionnaire(world, sample, there, 13)
    score, truth = questionnaire.about_leader("person-focused"), questionnaire.truth("person-focused")
    some, (surveyed, true, gained) = team_means(sample, there, score, truth, growth(sample, there))
    output = team_output(sample)[some]
    learning, done = (world.one_surveyed(correlation(surveyed, what)) for what in (gained, output))
    return {
        "learning": learning,
        "output": done,
        "learning_above_output": learning - done,
        "true_learning": correlation(true, gained),
        "true_output": correlation(true, output),
    }


def exponential_curves(world: World) -> Figures:
    """Share of newcomers whose output in their first year follows an exponential more closely than a power function."""
    curves = np.concatenate([first_years(world.sample(role)) for role in ROLES])
    return {"exponential": exponential_share(curves)}


def first_years(sample: Sample) -> Floats:
    """Output in weeks 1 to 52 of everybody who came and stayed for a year: (people, weeks)."""
    people = sample.people[0]
    ends = (people["employed"] == 1) & (people["tenure"] == A_YEAR) & ~from_the_start(people)
    weeks, places = np.nonzero(ends)
    full = weeks >= A_YEAR
    curves = [
        people["output"][w - A_YEAR + 1 : w + 1, place] for w, place in zip(weeks[full], places[full], strict=True)
    ]
    return np.array(curves).reshape(-1, A_YEAR)


def exponential_share(curves: Floats) -> float:
    """Share of curves, (people, weeks), that a - b exp(-r t) fits with a smaller squared error than a - b t^-r."""
    if not len(curves):
        return 0.0
    weeks = np.arange(1, curves.shape[1] + 1)
    exponential = np.exp(-np.geomspace(0.005, 2.0, 60)[:, None] * weeks)
    power = weeks ** -np.geomspace(0.02, 5.0, 60)[:, None]
    return float((_error(curves, exponential) < _error(curves, power)).mean())


def _error(curves: Floats, shapes: Floats) -> Floats:
    """Squared error of each curve beside the best of the shapes, scaled and moved at will: (people,)."""
    y = curves - curves.mean(axis=1, keepdims=True)
    x = shapes - shapes.mean(axis=1, keepdims=True)
    explained = (y @ x.T) ** 2 / (x**2).sum(axis=1)
    error: Floats = (y**2).sum(axis=1) - explained.max(axis=1)
    return error


def skill_loss(world: World) -> Figures:
    """Months until half of what able people have learned since they were new is lost, where nothing teaches them."""
    sample, usual = world.sample("idle"), world.sample("population").people[0]
    newcomers = usual["competence"][(usual["employed"] == 1) & (usual["tenure"] == 0)]
    there = stayed(sample, sample.people.shape[1])
    course = sample.people["competence"][0][:, there].mean(axis=1)
    return {"months": months_to_half(course, float(newcomers.mean()))}


def months_to_half(course: Floats, new: float) -> float:
    """Months until a course, (weeks,), has come halfway from where it begins to `new`; its whole length if never."""
    half = np.flatnonzero(course <= 0.5 * (course[0] + new))
    return float((half[0] if len(half) else len(course)) / WEEKS_A_MONTH)
