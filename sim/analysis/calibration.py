"""Calibration: parameters under which the model shows the published patterns, and how far they are pinned down.

The search is CMA-ES (Hansen 2016) by the library cmaes: made for a few dozen continuous parameters and a noisy misfit,
ask-and-tell, and with a state that can be put away, so that an interrupted search goes on as if nothing had happened.
What is kept around the best set is no sample of a Bayesian posterior: it is a set of worlds that fit about as well.
"""

import json
import pickle
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from sim.analysis.evidence import Patterns, figures_of
from sim.model.rules.compiled import FINGERPRINT
from sim.results import written_whole
from sim.scenario.fields import Section
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import Fault, InputError, read_bytes, shown_path, unknown

type Floats = NDArray[np.float64]
type Judge = Callable[[Mapping[str, float]], "Judgement"]

FAR = 4.0
"""Half-widths of a band beyond which a miss counts no more, so that one hopeless figure does not rule the search."""

CENTRE = 0.05
"""What lying at the edge of a band, and not in its middle, counts."""

PULL = 5.0
"""What leaving the middle of all plausible ranges for their edges counts: figures say little about many parameters."""

MISS = 0.3
"""What being outside a band counts in itself."""

NARROW = 0.5
"""Half-width that a band counts with at most: some bands are only open to one side."""


class Search(Section):
    """How the best set is looked for."""

    seed: Annotated[int, Field(ge=0)]
    worlds: Annotated[int, Field(ge=1, le=100)]
    firms: Annotated[int, Field(ge=20, le=5000)]
    generations: Annotated[int, Field(ge=1, le=10_000)]
    population: Annotated[int, Field(ge=5, le=1000)]
    spread: Annotated[float, Field(gt=0, le=1)]


class Keep(Section):
    """Which sets around the best are kept."""

    draws: Annotated[int, Field(ge=0, le=1_000_000)]
    spread: Annotated[float, Field(gt=0, le=1)]
    worse: Annotated[float, Field(gt=0)]
    sets: Annotated[int, Field(ge=1, le=100_000)]
    finalists: Annotated[int, Field(ge=1, le=1000)]
    fresh_worlds: Annotated[int, Field(ge=1, le=100)]


class Fit(Section):
    """What is fitted."""

    parameters: Annotated[tuple[str, ...], Field(strict=False, min_length=2)]


class Calibration(Section):
    """A file that says how to calibrate."""

    search: Search
    keep: Keep
    fit: Fit


@dataclass(frozen=True)
class Judgement:
    """How a set of parameters does: its misfit, the patterns that it shows, and the figures (medians over worlds)."""

    misfit: float
    passed: int
    figures: Mapping[str, float]


def load_calibration(path: Path) -> Calibration:
    """Read a file that says how to calibrate.

    Raises:
        InputError: anything wrong with the file.
    """
    try:
        table = tomllib.loads(read_bytes(path, "Check the path.").decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{shown_path(path)}: not valid TOML ({error}). Correct it there.") from None
    try:
        found = Calibration.model_validate(table)
    except ValidationError as error:
        faults = [
            Fault(shown_path(path), ".".join(map(str, e["loc"])), e["msg"]) for e in error.errors(include_url=False)
        ]
        raise InputError.listing(faults) from None
    for name in found.fit.parameters:
        if name not in BY_NAME:
            raise InputError(f"{shown_path(path)}: fit.parameters: {unknown('parameter', name, BY_NAME)}")
    return found


def judge(patterns: Patterns, worlds: int, firms: int, first: int = 1) -> Judge:
    """A function that judges sets of parameters, always in the same worlds: seeds from `first` on."""

    def judged(parameters: Mapping[str, float]) -> Judgement:
        found = [
            figures_of(patterns, patterns.patterns, seed, parameters, firms) for seed in range(first, first + worlds)
        ]
        total, passed, figures = 0.0, 0, {}
        for pattern in patterns.patterns:
            misses = []
            for name, (low, high) in pattern.accept.items():
                value = float(np.median([one[pattern.id][name] for one in found]))
                figures[f"{pattern.id}.{name}"] = value
                misses.append(_miss(value, low, high))
            total += float(np.mean(misses)) + 0.5 * max(misses)
            passed += max(misses) <= CENTRE
        return Judgement(total + _pull(parameters), passed, figures)

    return judged


def _pull(parameters: Mapping[str, float]) -> float:
    """Misfit of parameters that leave the middle of their plausible ranges: a ridge, or a normal prior."""
    scale = _Scale(tuple(parameters))
    return PULL * float(np.mean((2.0 * scale.unit(parameters) - 1.0) ** 2))


def _miss(value: float, low: float, high: float) -> float:
    """Misfit of one figure: a little off the middle of its band, much outside it."""
    half = (high - low) / 2
    outside = max(low - value, value - high, 0.0) / min(half, NARROW if half < FAR else half)
    inside = CENTRE * min(abs(value - (low + high) / 2) / half, 1.0) ** 2
    return inside + (MISS + min(outside, FAR) ** 1.5 if outside > 0 else 0.0)


def prepare(folder: Path, file: Calibration, patterns: Patterns) -> None:
    """Make the folder ready, or see that what is in it belongs to this calibration.

    Raises:
        InputError: the folder holds another calibration, or something else, or cannot be written to.
    """
    wanted = json.dumps(
        {"calibration": file.model_dump(), "patterns": patterns.model_dump()}, sort_keys=True, default=str
    )
    wanted = json.dumps({"of": json.loads(wanted), "model": FINGERPRINT}, indent=1)
    known = folder / "calibration.json"
    try:
        if known.exists():
            if known.read_text(encoding="utf-8") != wanted:
                text = "holds a calibration with other settings, patterns or rules of the model. Choose another folder."
                raise InputError(f"{shown_path(folder)}: {text}")
            return
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{shown_path(folder)}: is not empty and holds no calibration. Choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        known.write_text(wanted, encoding="utf-8")
    except OSError as error:
        text = f"cannot be written to ({error.strerror}). Choose another folder."
        raise InputError(f"{shown_path(folder)}: {text}") from None


def save_sets(sets: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Save sets of parameters as Parquet: misfit, passed, and a column a parameter; one row a set, the best first."""
    import pandas as pd

    rows = [{"misfit": one["misfit"], "passed": one["passed"], **one["parameters"]} for one in sets]
    with written_whole(path) as unfinished:
        pd.DataFrame(rows).to_parquet(unfinished, index=False, compression="zstd")


def search(file: Calibration, patterns: Patterns, folder: Path,
           judged: Judge | None = None) -> Iterator[tuple[int, float]]:  # fmt: skip
    """Look for the best set, a generation at a time; yields the generation and the best misfit so far.

    Every judgement is written to trials.jsonl in the folder, and the state of the search to search.pickle after every
    generation; called again for the same folder, it goes on from there, to the same end as if uninterrupted.
    """
    from cmaes import CMA

    judged = judged or judge(patterns, file.search.worlds, file.search.firms)
    scale = _Scale(file.fit.parameters)
    state = folder / "search.pickle"
    if state.exists():
        optimizer, done, best = pickle.loads(state.read_bytes())  # noqa: S301  # our own file, in the user's folder
        _keep_lines(folder / "trials.jsonl", done * (file.search.population + 1))
    else:
        start = scale.unit({name: BY_NAME[name].default for name in file.fit.parameters})
        optimizer = CMA(
            mean=start, sigma=file.search.spread, bounds=np.tile([0.0, 1.0], (len(start), 1)),
            seed=file.search.seed, population_size=file.search.population,
        )  # fmt: skip
        done, best = 0, float("inf")
    for generation in range(done, file.search.generations):
        optimizer.reseed_rng(file.search.seed * 100_003 + generation)  # its state forgets where chance stood
        told = []
        with (folder / "trials.jsonl").open("a", encoding="utf-8") as trials:
            # The middle of the generation is judged, too: it is free of the luck of single points.
            for k in range(file.search.population + 1):
                point = optimizer.ask() if k else optimizer.mean.copy()
                judgement = judged(scale.values(point))
                best = min(best, judgement.misfit)
                if k:
                    told.append((point, judgement.misfit))
                trials.write(_line(scale.values(point), judgement))
        optimizer.tell(told)
        put_away = pickle.dumps((optimizer, generation + 1, best))
        optimizer, _, _ = pickle.loads(put_away)  # noqa: S301  # rounds as reading it back would
        with written_whole(state) as unfinished:
            unfinished.write_bytes(put_away)
        yield generation + 1, best


def draw_around(file: Calibration, patterns: Patterns, folder: Path,
                judged: Judge | None = None) -> Iterator[int]:  # fmt: skip
    """Judge sets drawn around the best of the search; yields how many are done. Resumes like `search`."""
    judged = judged or judge(patterns, file.search.worlds, file.search.firms)
    scale = _Scale(file.fit.parameters)
    trials = read_trials(folder / "trials.jsonl")
    centre = scale.unit(min(trials, key=lambda trial: trial["misfit"])["parameters"])
    drawn = folder / "drawn.jsonl"
    done = len(read_trials(drawn)) if drawn.exists() else 0
    for k in range(done, file.keep.draws):
        rng = np.random.default_rng([file.search.seed, 0x6B656570, k])
        point = np.clip(centre + file.keep.spread * rng.standard_normal(len(centre)), 0.0, 1.0)
        judgement = judged(scale.values(point))
        with drawn.open("a", encoding="utf-8") as lines:
            lines.write(_line(scale.values(point), judgement))
        yield k + 1


def judge_again(file: Calibration, patterns: Patterns, folder: Path,
                judged: Judge | None = None) -> Iterator[int]:  # fmt: skip
    """Judge the best sets again, in worlds that they were not chosen by; yields how many are done.

    Resumes like `search`. The best of many in a few worlds owes some of its rank to luck.
    """
    judged = judged or judge(patterns, file.keep.fresh_worlds, file.search.firms, file.search.worlds + 1)
    finals = folder / "finals.jsonl"
    done = len(read_trials(finals)) if finals.exists() else 0
    for k, one in enumerate(_by_misfit(file, folder)[: file.keep.finalists]):
        if k >= done:
            with finals.open("a", encoding="utf-8") as lines:
                lines.write(_line(one["parameters"], judged(one["parameters"])))
            yield k + 1


def kept(file: Calibration, folder: Path) -> list[dict[str, Any]]:
    """The sets that are kept: parameters, misfit, patterns passed, figures.

    First the one that did best when judged again, then the others, the best first.
    """
    trials = _by_misfit(file, folder)
    finals = folder / "finals.jsonl"
    if finals.exists():
        again = [float(trial["misfit"]) for trial in read_trials(finals)]
        trials.insert(0, trials.pop(int(np.argmin(again))))
    return trials


def _by_misfit(file: Calibration, folder: Path) -> list[dict[str, Any]]:
    """The sets that fit about as well as the best one, which comes first."""
    trials = read_trials(folder / "trials.jsonl")
    drawn = folder / "drawn.jsonl"
    trials += read_trials(drawn) if drawn.exists() else []
    trials.sort(key=lambda trial: float(trial["misfit"]))
    limit = trials[0]["misfit"] + file.keep.worse
    return [trial for trial in trials if trial["misfit"] <= limit][: file.keep.sets]


def pinned_down(sets: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float, float]]:
    """Per parameter 5th percentile, median and 95th percentile over the sets kept, in the parameter's unit."""
    return {
        name: tuple(np.percentile([one["parameters"][name] for one in sets], [5, 50, 95]))
        for name in sets[0]["parameters"]
    }


def read_trials(path: Path) -> list[dict[str, Any]]:
    """The judgements in a file; a last line that was cut off is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return found


class _Scale:
    """Parameters as points of a unit cube, each within its plausible range."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._low = np.array([BY_NAME[name].low for name in names])
        self._high = np.array([BY_NAME[name].high for name in names])

    def unit(self, values: Mapping[str, float]) -> Floats:
        point = (np.array([values[name] for name in self.names]) - self._low) / (self._high - self._low)
        inside: Floats = np.clip(point, 0.0, 1.0)
        return inside

    def values(self, point: Floats) -> dict[str, float]:
        return dict(zip(self.names, map(float, self._low + point * (self._high - self._low)), strict=True))


def _line(parameters: Mapping[str, float], judgement: Judgement) -> str:
    made = {"misfit": judgement.misfit, "passed": judgement.passed, "parameters": dict(parameters)}
    return json.dumps(made | {"figures": dict(judgement.figures)}) + "\n"


def _keep_lines(path: Path, count: int) -> None:
    """Drop what a generation that was cut short has written: it is done again, with the same numbers."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[:count]
    with written_whole(path) as unfinished:
        unfinished.write_text("".join(lines), encoding="utf-8")
