"""Which measurement in real firms would tell most about a parameter or a conclusion: expected information.

The model is run with each of the sets of parameters that the published patterns leave possible. A measurement that
differs between these sets, and goes with a parameter or a conclusion, tells of it. Everything is taken to be as good
as jointly normal: then a measurement y leaves the share 1 - r^2 of the variance of a thing t, whatever is measured,
with r their correlation over the sets, and what is expected to be learned is -log2(1 - r^2) / 2 bits (Lindley 1956).
What bends is not seen, so that shares are rather too small.

A measurement is the mean of some firms such as this one, each off by its luck and by how reliable the scale is. What is
measured and what is concluded are taken from different replications, and every set has luck of its own: with the same
luck for all sets, what a parameter does in that very luck would look like what it does. What luck is left in either is
taken out of both.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.analysis.plausible import posterior
from sim.analysis.summary import CONFIDENCE, HEADLINE, Floats
from sim.model.metrics import METRIC_NAMES
from sim.run.case import Case, simulate
from sim.run.compare import choose_styles
from sim.run.record import Record
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.weeks import QUARTER

MOST_STEPS = 4
"""Measurements that are put together at most."""

FEWEST_SETS = 50


class Field(NamedTuple):
    """How it is measured: mean of `firms` firms, with a scale whose scores are `reliability` true differences."""

    firms: int = 20
    reliability: float = 0.8


USUAL = Field()
"""Measured in twenty firms, with a scale such as good ones are."""


class Draws(NamedTuple):
    """Numbers over the sets: (sets, things), and the variance of what luck adds to each of them: (things,)."""

    numbers: Floats
    luck: Floats


class Narrowed(NamedTuple):
    """Shares of the variance of things that measurements are expected to take away: (things, measurements) each.

    `low`, `high`: 95%, for the number of sets; `clear`: whether it is more than the luckiest of as many pairs of things
    that have nothing to do with one another would show (in 95 of 100 cases).
    """

    share: Floats
    low: Floats
    high: Floats
    clear: NDArray[np.bool_]


class Map(NamedTuple):
    """What measuring would tell.

    `conclusions`: metric, mean and sd of the difference between the two styles over the sets, share of them with the
    sign of the mean. `narrowing`: a row for each thing (a conclusion's metric, or a parameter) and measurement: kind,
    thing, measured, of (a style, or the difference between both), weeks, share, low, high, bits, clear. `together`: the
    measurements that tell most of all conclusions, one after the other: measured, of, weeks, share (mean over the
    conclusions, of all measurements so far).
    """

    conclusions: pd.DataFrame
    narrowing: pd.DataFrame
    together: pd.DataFrame


def identifiability(
    scenario: Scenario,
    style: str,
    baseline: str,
    field: Field = USUAL,
    *,
    weeks: Sequence[int] = (13, 52),
    sets: int = 500,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Map:
    """What measuring firms such as this one would tell of the parameters and of what one style does.

    Args:
        scenario: what the firms are like; what it sets itself is taken to be known.
        style: whose effects the conclusions are about.
        baseline: what it is compared with.
        field: how it is measured.
        weeks: ends of the quarters of a year in which it is measured.
        sets: of parameters, of those that the calibration has kept.
        replications: of each set and style; half of them are measured, half concluded from.
        seed: of all luck.
        progress: called with (sets done, sets in all).

    Raises:
        InputError: no such style, or twice the same; weeks that a run does not have; too few sets or replications.
    """
    kept = posterior()
    if not FEWEST_SETS <= sets <= len(kept):
        raise InputError(f"sets: got {sets}; allowed is {FEWEST_SETS} to {len(kept)}, as many as calibration has kept.")
    if replications < 4 or replications % 2:
        raise InputError(f"replications: got {replications}; allowed is an even number from 4 on: half are measured.")
    for week in weeks:
        if not QUARTER <= week <= scenario.run.weeks:
            text = f"got {week}; a quarter ends in a week from {QUARTER} to {scenario.run.weeks}, the length of a run."
            raise InputError(f"week: {text}")
    styles = choose_styles(scenario, [baseline, style])
    spans = {f"to_{week}": (week - QUARTER + 1, week) for week in dict.fromkeys(weeks)}
    record = Record(windows=spans)
    places = np.linspace(0, len(kept) - 1, sets).round().astype(int)  # evenly from all chains
    known = [{n: v for n, v in kept[place].items() if n not in scenario.parameters} for place in places]
    cases = (
        Case(scenario, styles, one, range(number * replications, (number + 1) * replications), seed)
        for number, one in enumerate(known)
    )
    outcomes = []
    for number, outcome in enumerate(simulate(cases, record), 1):
        outcomes.append(outcome.values)
        if progress:
            progress(number, sets)
    runs = np.stack(outcomes)  # (sets, replications, styles, columns)
    return _map(runs, record, styles, spans, known, field)


def _map(
    runs: Floats,
    record: Record,
    styles: Sequence[str],
    spans: dict[str, tuple[int, int]],
    known: Sequence[dict[str, float]],
    field: Field,
) -> Map:
    half = runs.shape[1] // 2
    columns = [f"{metric}_{span}" for span in spans for metric in METRIC_NAMES]
    places = [record.columns.index(column) for column in columns]
    seen = runs[:, :half][..., places]
    difference = f"{styles[1]} less {styles[0]}"
    arms = [(styles[0], seen[:, :, 0]), (styles[1], seen[:, :, 1]), (difference, seen[:, :, 1] - seen[:, :, 0])]
    labels = [
        {"measured": metric, "of": of, "weeks": f"{first} to {last}"}
        for of, _ in arms for first, last in spans.values() for metric in METRIC_NAMES
    ]  # fmt: skip
    measured = [means_of(values) for _, values in arms]
    spread = [_between_firms(values) for _, values in arms[:2]]
    in_field = [(1 if number < 2 else 2) * one for number, one in enumerate((*spread, (spread[0] + spread[1]) / 2))]
    noise = np.concatenate(in_field) / field.firms / field.reliability
    measures = Draws(*(np.concatenate(parts, axis=-1) for parts in zip(*measured, strict=True)))
    told = runs[:, half:, 1] - runs[:, half:, 0]
    concluded = means_of(told[..., [record.columns.index(metric) for metric in HEADLINE]])
    names = list(known[0])
    parameters = Draws(np.array([[one[name] for name in names] for one in known]), np.zeros(len(names)))
    tables = []
    for kind, things, draws in (("conclusion", list(HEADLINE), concluded), ("parameter", names, parameters)):
        found = narrowed(draws, measures, noise)
        pairs = [(thing, label) for thing in things for label in labels]
        table = pd.DataFrame([{"kind": kind, "thing": thing, **label} for thing, label in pairs])
        with np.errstate(divide="ignore"):
            bits = -0.5 * np.log2(1 - np.minimum(found.share, 1 - 1e-9))
        parts = (("share", found.share), ("low", found.low), ("high", found.high), ("bits", bits))
        tables.append(table.assign(**{name: part.ravel() for name, part in parts}, clear=found.clear.ravel()))
    middle = concluded.numbers.mean(axis=0)
    conclusions = pd.DataFrame(
        {
            "metric": HEADLINE, "mean": middle, "sd": np.sqrt(_true(concluded)),
            "same_sign": (np.sign(concluded.numbers) == np.sign(middle)).mean(axis=0),
        }
    )  # fmt: skip
    together = [{**labels[place], "share": share} for place, share in best_together(concluded, measures, noise)]
    return Map(conclusions, pd.concat(tables, ignore_index=True), pd.DataFrame(together))


def means_of(runs: Floats) -> Draws:
    """Mean over the replications of each set, (sets, replications, things), and the variance that luck adds to it."""
    known = ~np.isnan(runs)
    count = known.sum(axis=1)
    means = np.where(known, runs, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, runs - means[:, None], 0.0) ** 2
    within = squares.sum(axis=(0, 1)) / np.maximum((count - 1).clip(0).sum(axis=0), 1)
    return Draws(means, within * (1 / np.maximum(count, 1)).mean(axis=0))


def _between_firms(runs: Floats) -> Floats:
    """Variance between replications, which stand for firms, within a set; the mean over the sets."""
    found: Floats = np.nanmean(np.nanvar(runs, axis=1, ddof=1), axis=0)
    return found


def _true(draws: Draws) -> Floats:
    """Variance over the sets without what luck adds; nothing where all of it may be luck."""
    found: Floats = np.maximum(draws.numbers.var(axis=0, ddof=1) - draws.luck, 0.0)
    return found


def narrowed(things: Draws, measures: Draws, noise: Floats) -> Narrowed:
    """What each measurement is expected to tell of each thing.

    Args:
        things: (sets, things) what is to be known.
        measures: (sets, measurements) what a measurement without error would give.
        noise: (measurements,) variance of its error in the field.
    """
    sets = len(things.numbers)
    (t, of_t), (m, of_m) = ((_centred(one), one.numbers.var(axis=0, ddof=1)) for one in (things, measures))
    both = t.T @ m / (sets - 1)
    size = np.sqrt(np.outer(of_t, of_m))
    r = np.clip(np.divide(both, size, out=np.zeros_like(both), where=size > 0), -1 + 1e-12, 1 - 1e-12)
    # Of the variance over the sets, luck of the runs is taken out, and what is off in the field is put in; of what is
    # left, no less is taken to be there than could be told from nothing, or shares would be too large.
    in_field = np.maximum(of_m - measures.luck, 2 * np.sqrt(2 / sets) * np.where(measures.luck > 0, of_m, 0.0)) + noise
    true = _true(things)
    scale = np.outer(
        np.divide(of_t, true, out=np.zeros_like(true), where=true > 0.2 * of_t),
        np.divide(of_m, in_field, out=np.zeros_like(in_field), where=in_field > 0),
    )
    by_chance = (1 - r**2) / (sets - 2)
    share = np.clip(np.maximum(r**2 - by_chance, 0.0) * scale, 0.0, 1.0)
    # As if what is off in the field had been drawn, too, for each set: rather too wide (Fisher 1921).
    half, middle = ndtri((1 + CONFIDENCE) / 2) / np.sqrt(sets - 3), np.minimum(np.abs(r) * np.sqrt(scale), 1 - 1e-9)
    low, high = (np.tanh(np.maximum(np.arctanh(middle) + sign * half, 0.0)) ** 2 for sign in (-1, 1))
    bar = np.tanh(ndtri(1 - (1 - CONFIDENCE) / 2 / r.size) / np.sqrt(sets - 3))
    return Narrowed(share, low, high, (np.abs(r) > bar) & (share > 0))


def best_together(things: Draws, measures: Draws, noise: Floats) -> list[tuple[int, float]]:
    """The measurements that together tell most of all things, one after the other, with the mean share by then.

    It ends where a further one adds no more than the luckiest of as many that tell nothing would.
    """
    sets, count = measures.numbers.shape
    t, m = _centred(things), _centred(measures)
    both, own = m.T @ t / (sets - 1), m.T @ m / (sets - 1)
    own[np.diag_indices(count)] += noise - np.minimum(measures.luck, np.diag(own))
    true = np.where(_true(things) > 0, _true(things), np.inf)
    bar = float(ndtri(1 - (1 - CONFIDENCE) / 2 / count)) ** 2 / sets
    chosen: list[tuple[int, float]] = []
    while len(chosen) < MOST_STEPS:
        before = [place for place, _ in chosen]
        shares = np.full(count, -np.inf)
        for place in range(count):
            some = [*before, place]
            if place in before or own[place, place] <= 0:
                continue
            told = np.linalg.solve(own[np.ix_(some, some)] + 1e-12 * np.eye(len(some)) * own[place, place], both[some])
            shares[place] = np.minimum((both[some] * told).sum(axis=0) / true, 1.0).mean()
        best = int(shares.argmax())
        if shares[best] - (chosen[-1][1] if chosen else 0.0) <= bar:
            break
        chosen.append((best, float(shares[best])))
    return chosen


def _centred(draws: Draws) -> Floats:
    found: Floats = draws.numbers - draws.numbers.mean(axis=0)
    return found
