"""Cross-validation by group: judges each pattern by parameters that were fitted to all other groups of patterns.

A group is predicted as Bayesians do (Gelman et al. 2013, ch. 6): by sets drawn from the posterior that has not seen it,
each world by another of them, so that what the other groups leave open is in the prediction. The calibration draws
them, and they are shipped; the patterns are judged in worlds and by as many firms as `teamsim evidence` takes, none of
which the calibration has seen. All posteriors are drawn on one emulator, whose runs were placed by all groups.

Beside them stand sets from all over the plausible ranges, fitted to nothing: what the others show more than these, the
fit has added; the rest are mechanisms and ranges.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from sim.analysis.evidence import Finding, Patterns, evidence_fingerprint, figures_of, findings, published
from sim.analysis.fingerprint import fingerprint
from sim.analysis.patterns import Figures
from sim.scenario.parameters import BY_NAME
from sim.scenario.problems import InputError, unknown

BEST, RECORD = "best.json", "cross_validation.json"
"""In sim/analysis/data: the sets that calibration found, written by `make calibration`; what came of it."""

NONE = ""
"""In the place of a group: none is left out."""

AGAIN = "Run: make calibration"

IN_SAMPLE, OUT_OF_SAMPLE = 0.85, 0.7
"""Shares of patterns that shall pass; set before the model was fitted."""

UNFITTED = 20
"""Sets that are fitted to nothing, at most; each world takes another."""


@dataclass(frozen=True)
class Judged:
    """A pattern judged by a set that is fitted to all patterns, by sets that have not seen its group, by unfitted ones.

    `unseen`: by sets that were fitted to all other groups; `unfitted`: by sets that were fitted to nothing.
    """

    seen: Finding
    unseen: Finding
    unfitted: Finding


def model_of(patterns: Patterns, plugged: bool = True) -> str:
    """What a calibration rests on: the model and its plausible ranges, defaults aside, and what it is fitted to.

    Args:
        patterns: what it is fitted to.
        plugged: whether the rules of plug-ins count, with which nothing shipped was fitted.
    """
    fitted = [
        [pattern.id, pattern.group, pattern.measure, pattern.accept, pattern.fitted]
        for pattern in patterns.patterns
        if pattern.fitted
    ]
    return fingerprint([json.dumps(fitted)], defaults=False, plugged=plugged)


def shipped(name: str) -> Traversable:
    """A file of the package's data."""
    return resources.files("sim.analysis") / "data" / name


def judging_sets(patterns: Patterns) -> dict[str, list[dict[str, float]]]:
    """The shipped sets by the group left out; where none is, the one that the model's defaults are.

    Raises:
        InputError: there are none; they were found with another version of the model, or of the patterns.
    """
    file = shipped(BEST)
    if not file.is_file():
        raise InputError(f"{BEST}: no calibration has left its sets yet. {AGAIN}")
    stored = json.loads(file.read_text(encoding="utf-8"))
    if stored["model"] != model_of(patterns):
        raise InputError(f"{BEST}: the calibration is of another version of the model or of the patterns. {AGAIN}")
    sets: dict[str, list[dict[str, float]]] = stored["sets"]
    return sets


def unfitted_sets() -> list[dict[str, float]]:
    """Sets from all over the plausible ranges: the first of the design that a calibration begins with."""
    from sim.analysis.calibration.file import load_calibration
    from sim.analysis.calibration.space import Space
    from sim.analysis.calibration.stages import design

    space = Space()
    return [dict(zip(space.names, trial.values, strict=True)) for trial in design(load_calibration(), space)[:UNFITTED]]


def worlds(
    patterns: Patterns, sets: Mapping[str, Sequence[Mapping[str, float]]], groups: Sequence[str], seeds: int
) -> Iterator[dict[str, tuple[Figures, Figures, Figures]]]:
    """Per seed the figures of each pattern, by a set that saw it, by one that did not, and by one that saw nothing.

    Sets take turns: another each seed.

    Args:
        patterns: all of them.
        sets: parameters by the group left out, as from `judging_sets`.
        groups: those that are judged; all if none is named.
        seeds: how many worlds.

    Raises:
        InputError: a group that there is not, or that no set was found for.
    """
    chosen = patterns.chosen((), groups)
    # What is kept aside is judged by the set that is fitted to all the others: it has not seen it either.
    fitted = {pattern.group for pattern in patterns.patterns if pattern.fitted}
    without = {pattern.group: pattern.group if pattern.group in fitted else NONE for pattern in chosen}
    for group in (NONE, *without.values()):
        if group not in sets:
            raise InputError(f"{unknown('group', group, [name for name in sets if name])} {AGAIN}")
        for name in {name for one in sets[group] for name in one}:
            if name not in BY_NAME:
                raise InputError(f"{BEST}: {unknown('parameter', name, BY_NAME)} {AGAIN}")
    nothing = unfitted_sets()
    for seed in range(1, seeds + 1):
        by = {group: some[(seed - 1) % len(some)] for group, some in sets.items()}
        seen = figures_of(patterns, chosen, seed, by[NONE])
        unseen: dict[str, Figures] = {}
        for group, left_out in without.items():
            unseen |= figures_of(patterns, [one for one in chosen if one.group == group], seed, by[left_out])
        unfitted = figures_of(patterns, chosen, seed, nothing[(seed - 1) % len(nothing)])
        yield {name: (seen[name], unseen[name], unfitted[name]) for name in seen}


def judged(patterns: Patterns, found: Sequence[Mapping[str, tuple[Figures, Figures, Figures]]]) -> list[Judged]:
    """What the seeds come to, pattern by pattern."""
    ways = [findings(patterns, [{name: each[k] for name, each in one.items()} for one in found]) for k in range(3)]
    return [Judged(*way) for way in zip(*ways, strict=True)]


class Rates(NamedTuple):
    """Shares of patterns that pass: of those that parameters were fitted to, and of all, unseen and unfitted."""

    in_sample: float | None
    out_of_sample: float
    unfitted: float


def rates(found: Sequence[Judged]) -> Rates:
    """How many pass, each way of judging them."""
    seen = [one.seen.passed for one in found if one.seen.pattern.fitted]
    ways = [[getattr(one, way).passed for one in found] for way in ("unseen", "unfitted")]
    return Rates(sum(seen) / len(seen) if seen else None, *(sum(way) / len(way) for way in ways))


def cross_validation_record(found: Sequence[Judged], patterns: Patterns) -> dict[str, Any]:
    """What `teamsim evidence --cross-validate` prints as JSON and keeps."""
    return {
        "fingerprint": evidence_fingerprint(patterns),
        "seeds": found[0].seen.seeds,
        **rates(found)._asdict(),
        "patterns": [
            {
                "id": one.seen.pattern.id,
                "group": one.seen.pattern.group,
                "pattern": one.seen.pattern.pattern,
                "fitted": one.seen.pattern.fitted,
                "in_sample": one.seen.passed,
                "out_of_sample": one.unseen.passed,
                "unfitted": one.unfitted.passed,
                "figures": [
                    {
                        "name": seen.name,
                        "band": list(seen.band or ()),
                        "in_sample": seen.median,
                        "out_of_sample": unseen.median,
                        "unfitted": unfitted.median,
                        "passed": [figure.passes(one.seen.share) for figure in (seen, unseen, unfitted)],
                    }
                    for seen, unseen, unfitted in zip(
                        one.seen.banded, one.unseen.banded, one.unfitted.banded, strict=True
                    )
                ],
            }
            for one in found
        ],
    }


class Predicted(NamedTuple):
    """How many patterns pass, and of how many."""

    passed: int
    of: int

    @property
    def rate(self) -> float:
        """As a share."""
        return self.passed / self.of


def predicted(
    about: str | None = None, ids: Collection[str] | None = None, way: str = "out_of_sample"
) -> Predicted | None:
    """What the copy in the package says.

    Args:
        about: fingerprint of the patterns and the model that it has to be of; any if None.
        ids: of the patterns that are counted; all if None.
        way: `out_of_sample`, by parameters that were fitted to other groups only, or `unfitted`, to nothing.

    Returns:
        None where there is no copy, where it is about something else, or where it lacks one of the patterns.
    """
    kept = stored_cross_validation()
    if kept is None or about not in (None, kept["fingerprint"]):
        return None
    passed = {pattern["id"]: bool(pattern[way]) for pattern in kept["patterns"]}
    asked = list(passed) if ids is None else list(ids)
    if not asked or not passed.keys() >= set(asked):
        return None
    return Predicted(sum(passed[name] for name in asked), len(asked))


def shown() -> Predicted | None:
    """How many of the patterns that the shipped parameters are fitted to these show; None where no record says."""
    record = published()
    passed = [bool(pattern["passed"]) for pattern in record["patterns"] if pattern["fitted"]] if record else []
    return Predicted(sum(passed), len(passed)) if passed else None


def stored_cross_validation() -> dict[str, Any] | None:
    """The copy in the package; None where there is none yet."""
    file = shipped(RECORD)
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
