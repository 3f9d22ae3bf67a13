"""What a client wants, read from text: a goal of weighted metrics, and bounds that metrics have to keep."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.model.metrics import BY_NAME, METRICS
from sim.scenario.problems import InputError, listed, shortened, unknown

USUAL_GOAL = "output=0.5,morale=0.5"

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_WEIGHT = re.compile(rf"\s*([\w -]+?)\s*=\s*({_NUMBER})\s*(%?)\s*", re.ASCII)
_CONSTRAINT = re.compile(rf"\s*([\w -]+?)\s*(<=|>=|<|>)\s*({_NUMBER})\s*(%?)\s*", re.ASCII)


class Goal(NamedTuple):
    """Weights of metrics, adding up to 1; a metric that a manager wants low counts when it falls."""

    weights: Mapping[str, float]

    def __str__(self) -> str:
        return ", ".join(f"{name} {100 * weight:.3g}%" for name, weight in self.weights.items())


class Constraint(NamedTuple):
    """A bound on a metric of the whole run, in the metric's unit; `note` says how the number was read, if need be."""

    metric: str
    sign: str
    bound: float
    note: str = ""

    def missed_by(self, value: float) -> float:
        """How far a value is on the wrong side, in the metric's unit; 0 or less where the bound is kept."""
        return value - self.bound if self.sign.startswith("<") else self.bound - value

    def __str__(self) -> str:
        return f"{self.metric} {self.sign} {self.bound:g}"


def read_goal(text: str) -> Goal:
    """A goal such as "output=0.6,morale=0.4"; only the proportions of the weights matter.

    Raises:
        InputError: not in this form; an unknown metric, or one that is neither good nor bad; the same one twice; a
            weight below 0, or none above it.
    """
    weights: dict[str, float] = {}
    for part in text.split(","):
        found = _WEIGHT.fullmatch(part)
        if found is None:
            raise InputError(
                f'goal: cannot read "{shortened(part.strip())}". Write METRIC=WEIGHT, with a point for decimals and '
                f"commas between, such as {USUAL_GOAL}."
            )
        name, weight = _metric("goal", found[1]), float(found[2])
        if BY_NAME[name].good == "neither":
            known = [metric.name for metric in METRICS if metric.good != "neither"]
            raise InputError(
                f"goal: {name} is neither good nor bad in itself, so it cannot be a goal. Choose from: {listed(known)}."
            )
        if name in weights:
            raise InputError(f"goal: {name} is there twice. Name each metric once.")
        if not (math.isfinite(weight) and weight >= 0):
            low = " A lower value counts as better for it already." if BY_NAME[name].good == "lower" else ""
            raise InputError(f"goal: {name} has the weight {found[2]}; allowed is 0 or more.{low}")
        weights[name] = weight
    total = math.fsum(weights.values())
    if not (total > 0 and math.isfinite(total)):
        raise InputError("goal: no weight is above 0, so there is nothing to aim at. Give at least one metric weight.")
    return Goal({name: weight / total for name, weight in weights.items() if weight > 0})


def read_constraints(texts: Sequence[str]) -> tuple[Constraint, ...]:
    """Constraints such as "turnover<25%".

    A number is in the metric's own unit. With a percent sign it is a share of 100: "25%" is 25 for a metric in percent
    and 0.25 for one that runs from 0 to 1. Without one, a number between 0 and 1 for a metric in percent is taken as a
    share (0.25 as 25%), and a number from 2 to 100 for a metric from 0 to 1 as percent; the note says so.

    Raises:
        InputError: not in this form; an unknown metric; a number that could be either, or that no value of the metric
            reaches; two constraints that contradict each other.
    """
    constraints = tuple(_constraint(text) for text in texts)
    for name in dict.fromkeys(constraint.metric for constraint in constraints):
        here = [constraint for constraint in constraints if constraint.metric == name]
        below = min((one.bound for one in here if one.sign.startswith("<")), default=math.inf)
        above = max((one.bound for one in here if one.sign.startswith(">")), default=-math.inf)
        if above >= below:
            text = " and ".join(str(one) for one in here)
            raise InputError(f"constraint: {text} cannot both hold. Take one out.")
    return constraints


def _constraint(text: str) -> Constraint:
    found = _CONSTRAINT.fullmatch(text)
    if found is None:
        raise InputError(
            f'constraint: cannot read "{shortened(text)}". Write METRIC<NUMBER or METRIC>NUMBER, with a point for '
            'decimals and in quotes, such as "turnover<25%".'
        )
    name, sign, number = _metric("constraint", found[1]), found[2], float(found[3])
    bound, note = _in_unit(name, number, percent=found[4] == "%", written=found[3])
    constraint = Constraint(name, sign, bound, note)
    low, high = _reach(name)
    best = low if sign.startswith("<") else high
    if not math.isfinite(bound) or constraint.missed_by(best) > 0 or (bound == best and "=" not in sign):
        limits = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
        raise InputError(f"constraint: {constraint} cannot be met; {name} is {limits} ({BY_NAME[name].unit}).")
    return constraint


def _in_unit(name: str, number: float, percent: bool, written: str) -> tuple[float, str]:
    unit = BY_NAME[name].unit
    if _is_percent(name):
        if percent or not 0 < abs(number) <= 1:
            return number, ""
        if abs(number) == 1:
            raise InputError(f'constraint: {name} {written}: is that 1% or 100%? Write "1%" or "100%" ({unit}).')
        return 100 * number, f"{written} was read as {100 * number:g}%, because {name} is measured in {unit}"
    if _is_share(name):
        if percent:
            return number / 100, ""
        if 2 <= number <= 100:
            return number / 100, f"{written} was read as {number / 100:g}, because {name} runs from 0 to 1"
    elif percent:
        raise InputError(f"constraint: {name} is not measured in percent but in {unit}. Leave out the percent sign.")
    return number, ""


def _reach(name: str) -> tuple[float, float]:
    """The lowest and the highest value that a metric could possibly have, as its unit says."""
    unit = BY_NAME[name].unit
    return (-math.inf if unit.startswith("thousand") else 0.0), (1.0 if unit == "0-1" else math.inf)


def _is_percent(name: str) -> bool:
    return BY_NAME[name].unit.startswith("%")


def _is_share(name: str) -> bool:
    return BY_NAME[name].unit in ("0-1", "share")


def _metric(what: str, given: str) -> str:
    name = re.sub(r"[\s-]+", "_", given.strip().lower())
    if name in BY_NAME:
        return name
    by_long_name = {re.sub(r"[\s-]+", "_", metric.long_name.lower()): metric.name for metric in METRICS}
    if name in by_long_name:
        return by_long_name[name]
    raise InputError(f"{what}: {unknown('metric', given, BY_NAME)}")
