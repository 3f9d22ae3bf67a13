"""Reads a file of claims, and checks that each situation, style, metric and week in it exists."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sim.analysis.claims.schema import AnyPart, Claim, ClaimsFile, Crossing, Difference, Regret
from sim.model.build import AS_IS
from sim.model.metrics import BY_NAME, METRIC_NAMES
from sim.run.measures import WEEKS_BEFORE, Measure, terms
from sim.scenario.explain import dotted
from sim.scenario.fields import Location
from sim.scenario.load import load_scenario, scenario_extending, scenario_names
from sim.scenario.problems import Fault, InputError, shown_path, unknown
from sim.scenario.schema import Scenario
from sim.scenario.styles import style_names
from sim.scenario.toml_files import checked, read_table
from sim.study.load import studies_folder


class Claims(NamedTuple):
    """A file of claims, checked: the claims, the scenario of every situation that they name, and the seed."""

    claims: tuple[Claim, ...]
    situations: Mapping[str, Scenario]
    seed: int

    def chosen(self, ids: tuple[str, ...]) -> "Claims":
        """Only these claims, in the order of the file; all of them if none is named.

        Raises:
            InputError: there is no such claim.
        """
        known = {claim.id.casefold(): claim for claim in self.claims}
        for name in ids:
            if name.casefold() not in known:
                raise InputError(unknown("claim", name, [claim.id for claim in self.claims]))
        wanted = {name.casefold() for name in ids} or set(known)
        return self._replace(claims=tuple(claim for key, claim in known.items() if key in wanted))


def shipped_claims() -> Path:
    """The file of the claims that come with the model."""
    return studies_folder() / "claims.toml"


def load_claims(path: Path | None = None) -> Claims:
    """Read a file of claims, the shipped one unless another is given.

    Raises:
        InputError: the file, a situation in it, or anything that a claim names is not in order.
    """
    path = path or shipped_claims()
    table = read_table(path, "Check the path, or leave it out for the claims that come with teamsim.")
    file = checked(table, ClaimsFile, shown_path(path))
    situations = {name: scenario_extending(inside, name, path) for name, inside in file.situations.items()}
    faults = []
    for place, number, part in file.parts():
        for key, text in _faults(part, situations):
            where = dotted(("claims", place, "parts", number, *key), table)
            faults.append(Fault(shown_path(path), where, text))
    if faults:
        raise InputError.listing(faults)
    return Claims(file.claims, situations, file.seed)


def _faults(part: AnyPart, situations: dict[str, Scenario]) -> Iterator[tuple[Location, str]]:
    """What is wrong with a part; scenarios that it names and nobody has read yet are added to `situations`."""
    known_situations = [*situations, *(name for name in scenario_names() if name not in situations)]
    weeks = []
    for name in dict.fromkeys(arm.situation for arm in part.arms):
        if name not in known_situations:
            yield (), unknown("situation", name, known_situations)
            continue
        situations[name] = situations[name] if name in situations else load_scenario(name)
        weeks.append((situations[name].run.weeks, name))
        known_styles = (*style_names(situations[name]), AS_IS)
        for style in dict.fromkeys(arm.style for arm in part.arms if arm.situation == name):
            if style not in known_styles:
                yield (), f"in {name}: {unknown('style', style, known_styles)}"
    if getattr(part, "unit", "") == "percent" and not (isinstance(part, Difference) and part.against):
        yield ("unit",), 'a percentage needs something to be a percentage of: only kind = "difference" with `against`.'
    for measure in part.measures:
        yield from _metric_faults(part, measure)
        for key, span in (("weeks", measure.weeks), ("since", measure.since)):
            if span is not None:
                yield from _span_faults(key, span, weeks)
        if measure.how == "recovery" and (measure.since is not None or measure.weeks[0] <= WEEKS_BEFORE):
            text = f"a recovery is measured against the {WEEKS_BEFORE} weeks before `weeks`. "
            yield ("measure",), text + f"Begin in week {WEEKS_BEFORE + 1} or later, and take out `since`."


def _metric_faults(part: AnyPart, measure: Measure) -> Iterator[tuple[Location, str]]:
    for metric in terms(measure.metric):
        if metric not in BY_NAME:
            yield ("metric",), unknown("metric", metric, METRIC_NAMES)
        elif isinstance(part, Crossing | Regret) and BY_NAME[metric].good == "neither":
            text = f'"{metric}" is neither good high nor good low, so that styles cannot be ranked by it. Take another.'
            yield ("metric",), text


def _span_faults(key: str, span: tuple[int, ...], weeks: list[tuple[int, str]]) -> Iterator[tuple[Location, str]]:
    first, last = span
    if first > last:
        yield (key,), f"got {first} to {last}. Give the earlier week first."
    if weeks and last > min(weeks)[0]:
        shortest, name = min(weeks)
        text = f"got {first} to {last}, which is past the end: {name} has {shortest} weeks (run.weeks). "
        yield (key,), text + "Choose earlier weeks, or a longer run."
