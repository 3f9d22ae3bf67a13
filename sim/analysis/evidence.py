"""Compares the model with published patterns: which figures lie in their bands, over how many seeds.

The patterns are data (experiments/patterns.toml), one entry each, with a measuring function of `sim.analysis.patterns`.
To some of them the shipped parameters were fitted; what the model makes of the others is a prediction. How often it is
right about the ones and about the others are two figures.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from sim.analysis.fingerprint import fingerprint
from sim.analysis.patterns import GROUPS, MEASURES, Figures, Measure, World
from sim.analysis.patterns.asking import ANSWERED
from sim.run.profiles import OWN
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.fields import Section, Share
from sim.scenario.load import load_scenario
from sim.scenario.plugins import PATTERNS, merged, plugins
from sim.scenario.problems import Fault, InputError, shown_path, unknown
from sim.scenario.style_definition import StyleDefinition
from sim.scenario.toml_files import read_model, read_table
from sim.scenario.variants import with_parameters
from sim.study.firms import CONDITIONS, LEADERS

type Band = tuple[float, float]

PUBLISHED = "evidence.json"
"""In sim/analysis/data; `make docs` writes it."""

PATTERNS_FILE = "patterns.toml"
"""In the folder of a plug-in: the patterns that it adds."""

TRUE = "true_"
"""Before the name of a figure: measured on the true state and not by a survey."""

CONTRASTS = ("directive", "empowering", "goals", "no-goals")
"""Leadership styles that the measures set against each other."""

SPREAD = (5.0, 95.0)
"""Percentiles of the seeds that are shown beside the median."""


class Protocol(Section):
    """How firms are drawn, run and asked."""

    firms: Annotated[int, Field(ge=20, le=5000)]
    burn_in: Annotated[int, Field(ge=1, le=104)]
    weeks: Annotated[int, Field(ge=52, le=520)]
    seeds: Annotated[int, Field(ge=1, le=1000)]
    right_sign: Share
    reliability: Annotated[float, Field(gt=0, le=1)]
    halo: Annotated[float, Field(ge=0, le=2)]


class Pattern(Section):
    """A published pattern, how it is measured, and the bands that its figures have to lie in."""

    id: Annotated[str, Field(min_length=1, max_length=20)]
    group: str
    fitted: bool = False
    pattern: Annotated[str, Field(min_length=1, max_length=200)]
    published: str
    source: Annotated[str, Field(min_length=1)]
    status: Literal["V", "R", "J"]
    checked: str = ""
    measured: Annotated[str, Field(min_length=1)]
    measure: str
    accept: dict[str, Annotated[tuple[float, float], Field(strict=False)]] = Field(min_length=1)
    right_sign: Share | None = None


class Patterns(Section):
    """A file of patterns."""

    protocol: Protocol
    scales: dict[str, Annotated[tuple[str, ...], Field(strict=False, min_length=1)]]
    contrasts: dict[str, StyleDefinition]
    patterns: Annotated[tuple[Pattern, ...], Field(strict=False, min_length=1)]

    def chosen(self, ids: Sequence[str] = (), groups: Sequence[str] = ()) -> tuple[Pattern, ...]:
        """The patterns with these ids and those of these groups, in the order of the file; all if none is named.

        Raises:
            InputError: an id or a group that there is not.
        """
        for kind, named, known in (
            ("pattern", ids, [pattern.id for pattern in self.patterns]),
            ("group", groups, list(dict.fromkeys(pattern.group for pattern in self.patterns))),
        ):
            for name in named:
                if name not in known:
                    raise InputError(unknown(kind, name, known))
        if not ids and not groups:
            return self.patterns
        return tuple(pattern for pattern in self.patterns if pattern.id in ids or pattern.group in groups)

    def fitted(self) -> "Patterns":
        """The same with only those that parameters are fitted to.

        Raises:
            InputError: there is none.
        """
        found = tuple(pattern for pattern in self.patterns if pattern.fitted)
        if not found:
            raise InputError(
                "patterns: none of them says fitted = true. Say so of those that parameters are fitted to."
            )
        return self.model_copy(update={"patterns": found})


@dataclass(frozen=True)
class Figure:
    """One figure over the seeds: median, 5th and 95th percentile; `band` is None where it is only shown beside."""

    name: str
    median: float
    low: float
    high: float
    band: Band | None
    right_sign: float

    def passes(self, share: float) -> bool:
        """Whether the median lies in the band, and enough of the seeds have the band's sign."""
        if self.band is None:
            return True
        return self.band[0] <= self.median <= self.band[1] and self.right_sign >= share


@dataclass(frozen=True)
class Finding:
    """A pattern with its figures, over so many seeds."""

    pattern: Pattern
    figures: tuple[Figure, ...]
    seeds: int
    share: float

    @property
    def passed(self) -> bool:
        """Whether every figure that has a band passes."""
        return all(figure.passes(self.share) for figure in self.figures)

    @property
    def banded(self) -> list[Figure]:
        """The figures that the pattern is judged by."""
        return [figure for figure in self.figures if figure.band is not None]

    def true_state(self, figure: Figure) -> Figure | None:
        """The same figure, measured without a survey, where there is one."""
        return next((other for other in self.figures if other.name == TRUE + figure.name), None)


def patterns_path() -> Path:
    """The shipped patterns: inside an installed package, else at the top of the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "experiments"
    return (installed if installed.is_dir() else package.parent / "experiments") / "patterns.toml"


def load_patterns(path: Path | None = None) -> Patterns:
    """Read a file of patterns, by default the shipped one with the patterns of plug-ins.

    Raises:
        InputError: anything wrong with the file.
    """
    given, path = path, path or patterns_path()
    found = read_model(path, Patterns)
    if given is None:
        found = found.model_copy(update={"patterns": (*found.patterns, *_of_plugins())})
    faults = [Fault(shown_path(path), where, text) for where, text in _faults(found)]
    if faults:
        raise InputError.listing(faults)
    return found


class _More(Section):
    """The file of patterns of a plug-in."""

    patterns: Annotated[tuple[Pattern, ...], Field(strict=False, min_length=1)]


def _of_plugins() -> Iterator[Pattern]:
    """The patterns that plug-ins add; nothing has been fitted to them.

    Raises:
        InputError: anything wrong with a plug-in's file of patterns.
    """
    for plugin in plugins():
        path = plugin.folder / PATTERNS_FILE
        for place, pattern in enumerate(read_model(path, _More).patterns if path.is_file() else (), 1):
            if pattern.fitted:
                text = "the shipped parameters were not fitted to a pattern of a plug-in. Take it out."
                raise InputError(f"{shown_path(path)}: patterns[{place}] ({pattern.id}).fitted: {text}")
            yield pattern


@cache
def _measures() -> Mapping[str, Measure]:
    """The measuring functions by name, with those of the modules of plug-ins.

    Raises:
        InputError: a plug-in has patterns and no module with their measures, or none of such a name.
    """
    added = [
        (plugin, {each.measure: plugin.function(PATTERNS, each.measure, f"{PATTERNS_FILE}: {each.id}") for each in
                  read_model(plugin.folder / PATTERNS_FILE, _More).patterns if each.measure not in MEASURES})
        for plugin in plugins() if (plugin.folder / PATTERNS_FILE).is_file()
    ]  # fmt: skip
    return merged(MEASURES, "measure", added)


def load_values(path: Path) -> dict[str, float]:
    """Values of parameters from a TOML file with a table [parameters], such as a scenario.

    Raises:
        InputError: anything wrong with the file, an unknown parameter, a value out of its bounds.
    """
    values = read_table(path).get("parameters")
    if not isinstance(values, dict) or not values:
        raise InputError(f"{shown_path(path)}: has no table [parameters]. Add it, with one line NAME = VALUE each.")
    return dict(with_parameters(load_scenario("everyday"), values).parameters)


def worlds(patterns: Patterns, ids: Sequence[str], seeds: int, first: int = 1,
           parameters: Mapping[str, float] | None = None) -> Iterator[dict[str, Figures]]:  # fmt: skip
    """Per seed the figures of each pattern, one seed after the other, so that what has been computed can be kept."""
    chosen = patterns.chosen(ids)
    for seed in range(first, first + seeds):
        yield figures_of(patterns, chosen, seed, parameters)


def figures_of(patterns: Patterns, chosen: Sequence[Pattern], seed: int, parameters: Mapping[str, float] | None = None,
               firms: int | None = None, workers: int | None = None) -> dict[str, Figures]:  # fmt: skip
    """The figures of some patterns in one world; `firms` takes another number of them than the protocol.

    Raises:
        InputError: a pattern accepts a figure that its measure does not give.
    """
    protocol = patterns.protocol.model_dump() | ({"firms": firms} if firms else {})
    world = World(protocol, patterns.scales, patterns.contrasts, seed, parameters, workers)
    found = {}
    for pattern in chosen:
        found[pattern.id] = _measures()[pattern.measure](world)
        for name in pattern.accept:
            if name not in found[pattern.id]:
                raise InputError(f"patterns ({pattern.id}).accept: {unknown('figure', name, found[pattern.id])}")
    return found


def findings(patterns: Patterns, found: Sequence[Mapping[str, Figures]]) -> list[Finding]:
    """What the seeds come to.

    Args:
        patterns: where the bands are.
        found: the figures of each seed, as from `worlds`.
    """
    result = []
    for pattern in patterns.patterns:
        if not found or pattern.id not in found[0]:
            continue
        values = {name: np.array([one[pattern.id][name] for one in found]) for name in found[0][pattern.id]}
        figures = tuple(_figure(name, value, pattern.accept.get(name)) for name, value in values.items())
        share = patterns.protocol.right_sign if pattern.right_sign is None else pattern.right_sign
        result.append(Finding(pattern, figures, len(found), share))
    return result


def evidence_fingerprint(patterns: Patterns) -> str:
    """What the findings rest on: the model, and the patterns."""
    return fingerprint([patterns.model_dump_json(), str(CONDITIONS), str(LEADERS), str(OWN)])


def pass_rate(found: Sequence[Finding], fitted: bool) -> float | None:
    """Share of patterns that pass, of those that parameters were fitted to or of the others; None if there is none."""
    passed = [finding.passed for finding in found if finding.pattern.fitted == fitted]
    return sum(passed) / len(passed) if passed else None


def evidence_json(found: Sequence[Finding], out_of_sample: float | None = None) -> dict[str, Any]:
    """What `teamsim evidence --json` prints.

    Three shares of patterns that pass: `in_sample`, of those that parameters were fitted to; `kept_aside`, of the
    others; `out_of_sample`, of all, each judged by parameters that have not seen its group.

    Args:
        found: the patterns.
        out_of_sample: the share of them that pass with their group left out of the fit; None where that is not known,
            as with parameters of one's own.
    """
    return {
        "patterns": [
            {
                "id": finding.pattern.id,
                "group": finding.pattern.group,
                "figures": [_judged(figure, finding) for figure in finding.banded],
                "passed": finding.passed,
            }
            for finding in found
        ],
        "in_sample": pass_rate(found, fitted=True),
        "kept_aside": pass_rate(found, fitted=False),
        "out_of_sample": out_of_sample,
    }


def evidence_record(found: Sequence[Finding], patterns: Patterns, out_of_sample: float | None = None) -> dict[str, Any]:
    """The same with everything that the app shows: what was published, how it is measured, what a survey adds."""
    printed = evidence_json(found, out_of_sample)
    return {
        "fingerprint": evidence_fingerprint(patterns),
        "seeds": found[0].seeds if found else 0,
        **printed,
        "patterns": [record(finding) for finding in found],
    }


def published() -> dict[str, Any] | None:
    """The copy in the package, as `evidence_record` makes it; None where there is none yet."""
    file = resources.files("sim.analysis") / "data" / PUBLISHED
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def record(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    pattern = finding.pattern
    beside = [figure for figure in finding.figures if figure.band is None and not figure.name.startswith(TRUE)]
    return {
        **pattern.model_dump(include={"id", "group", "fitted", "pattern", "published", "source", "status", "checked"}),
        "measured": pattern.measured,
        "figures": [
            _judged(figure, finding)
            | {"right_sign": figure.right_sign, "true": true.median if (true := finding.true_state(figure)) else None}
            for figure in finding.banded
        ],
        "beside": [{"name": figure.name, "value": figure.median} for figure in beside],
        "passed": finding.passed,
    }


def _judged(figure: Figure, finding: Finding) -> dict[str, Any]:
    return {
        "name": figure.name,
        "value": figure.median,
        "low": figure.low,
        "high": figure.high,
        "band": None if figure.band is None else list(figure.band),
        "passed": figure.passes(finding.share),
    }


def _figure(name: str, values: Any, band: Band | None) -> Figure:
    sign = 1.0
    if band is not None and (band[0] >= 0 or band[1] <= 0):
        right = values >= 0 if band[0] >= 0 else values <= 0
        sign = float(right.mean())
    low, high = np.percentile(values, SPREAD)
    return Figure(name, float(np.median(values)), float(low), float(high), band, sign)


def _faults(found: Patterns) -> Iterator[tuple[str, str]]:
    """What does not fit together in a file of patterns."""
    for scale, items in found.scales.items():
        for item in items:
            if item.removeprefix("!") not in BEHAVIOURS:
                yield f"scales.{scale}", unknown("behaviour", item, BEHAVIOURS)
    for name in _needed():
        if name not in found.scales:
            yield "scales", f'no scale "{name}", which the measures use. Add it.'
    for name in CONTRASTS:
        if name not in found.contrasts:
            yield "contrasts", f'no leadership style "{name}", which the measures use. Add it.'
    seen = set()
    for place, pattern in enumerate(found.patterns, 1):
        where = f"patterns[{place}] ({pattern.id})"
        if pattern.id in seen:
            yield f"{where}.id", "is the id of an earlier pattern. Give each its own."
        seen.add(pattern.id)
        if pattern.group not in GROUPS:
            yield f"{where}.group", unknown("group", pattern.group, GROUPS)
        if pattern.measure not in _measures():
            yield f"{where}.measure", unknown("measure", pattern.measure, _measures())
        for name, (low, high) in pattern.accept.items():
            if low >= high:
                yield f"{where}.accept.{name}", f"got {low:g} to {high:g}; the first has to be less than the second."


@cache
def _needed() -> tuple[str, ...]:
    return (*ANSWERED, "person-focused", "empowering", "servant")
