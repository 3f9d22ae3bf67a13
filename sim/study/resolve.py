"""Finds and checks what a study names: its scenarios, their styles, the paths that it varies, and its points."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.run.compare import choose_styles
from sim.run.record import Record
from sim.scenario.fields import Location
from sim.scenario.load import left_out, load_scenario, scenario_names
from sim.scenario.parameters import PARAMETERS
from sim.scenario.paths import locate_beside, takes_whole_numbers, value_at
from sim.scenario.problems import Fault, InputError, as_written, shortened
from sim.scenario.schema import Scenario
from sim.scenario.variants import at_places, with_changes
from sim.study.constraints import constraints_of
from sim.study.design import AS_IS, Factor, Points, Row, factor_of, make_points
from sim.study.effects import styles_unused, without_effect
from sim.study.spec import Study, Table, TwoLevel, Varied, name_faults
from sim.study.tables import read_points

EVERY_PARAMETER = "parameters.*"
"""A path that stands for all parameters of the model, each varied for itself."""

ALL_SHIPPED = "all"

CHECKED_ROWS = 10_000
"""Rows of a table of points that are checked before the start; what is wrong in later ones shows in the results."""


class Situation:
    """One scenario of a study: itself, the styles compared in it, and where the things varied stand in it."""

    def __init__(self, scenario: Scenario, styles: tuple[str, ...], places: tuple[tuple[Location, ...], ...]) -> None:
        self.scenario = scenario
        self.styles = styles
        self.places = places
        self.table = scenario.model_dump()
        self.only_parameters = all(place[0] == "parameters" for places in self.places for place in places)

    def values(self, row: Row) -> dict[Location, Any]:
        """The values of one point by the place that they take."""
        return {
            place: value
            for places, value in zip(self.places, row, strict=True)
            for place in places
            if value is not AS_IS
        }

    def shown(self, factors: Sequence[Factor], row: Row) -> Row:
        """The values of one point as cells of the results, its own where the design leaves it as it is."""
        return tuple(
            factor.shown(value_at(self.table, places[0]) if value is AS_IS else value)
            for factor, places, value in zip(factors, self.places, row, strict=True)
        )

    def at(self, values: Mapping[Location, Any]) -> Scenario:
        """The scenario with other values in some places.

        Raises:
            InputError: values that are not allowed, or do not go with one another.
        """
        return at_places(self.scenario, values) if values else self.scenario


@dataclass(frozen=True)
class ResolvedStudy:
    """A study with everything that it names: scenarios, styles and the points of its design."""

    study: Study
    situations: tuple[Situation, ...]
    points: Points
    source: str
    notes: tuple[str, ...] = ()
    """What whoever wrote the study may not have meant, in words."""

    @cached_property
    def runs(self) -> int:
        """How many runs there are in all."""
        styles = sum(len(situation.styles) for situation in self.situations)
        return styles * len(self.points.rows) * self.study.replications


def resolve(
    study: Study,
    *,
    folder: Path = Path(),
    source: str = "study",
    rows: Sequence[Row] | None = None,
    unit: NDArray[np.float64] | None = None,
) -> ResolvedStudy:
    """Find everything that a study names, and check that it goes together.

    Args:
        study: any.
        folder: where its paths start from.
        source: stands for the file in errors.
        rows: of the design's points, where they have been made before; they are taken as they are.
        unit: where these are on ranges from 0 to 1.

    Raises:
        InputError: as `load_study`.
    """
    scenarios, notes = _scenarios(study, folder, source)
    styles = [_said(source, "styles", partial(choose_styles, s, study.styles)) for s in scenarios]
    if any(styles_unused(study.changes, own) for own in styles):
        text = 'but every run is led in a style of `styles`; add "as-is" to them for it to count.'
        notes.append(f"[changes] sets the style of leaders, {text}")
    varied, own_rows = tuple(_expanded(study.varied)), None
    if isinstance(study.design, Table):
        file = folder / study.design.file
        header, own_rows = _said(source, "design.file", partial(read_points, file))
        varied = tuple(Varied(path=path, values=(True,)) for path in header)
    if wrong := name_faults([one.column for one in varied], study.record):
        raise InputError.listing([Fault(source, _where(study, varied[place]), text) for place, text in wrong])
    places = [_places(scenario, varied, study, source) for scenario in scenarios]
    situations = tuple(Situation(*parts) for parts in zip(scenarios, styles, places, strict=True))
    factors = [_factor(study, one, situations[0], place, source) for place, one in enumerate(varied)]
    if rows is None:
        rows = own_rows
    if rows is None:
        allowed = _said(source, "design.constraints", partial(constraints_of, study.design, factors, situations))
        points = _said(source, "design", partial(make_points, study.design, factors, study.seed, allowed))
    else:
        points = Points(tuple(factors), tuple(tuple(row) for row in rows), unit)
    resolved = ResolvedStudy(study, situations, points, source, tuple(notes))
    _check_values(resolved, varied)
    if rows is None or own_rows is not None:  # otherwise it has been checked when it was begun
        _check_effects(resolved, varied)
    return resolved


def _factor(study: Study, varied: Varied, situation: Situation, place: int, source: str) -> Factor:
    if isinstance(study.design, Table):
        return Factor(varied.path, (varied.path,))
    where = _where(study, varied)
    whole = takes_whole_numbers(situation.table, situation.places[place][0], Scenario)
    paths = (varied.path, *varied.also)
    factor: Factor = _said(source, where, partial(factor_of, varied, paths, whole, varied.bounds))
    if factor.values is None and isinstance(study.design, TwoLevel):
        factor = replace(factor, values=(factor.at(0.0), factor.at(1.0)))
    one_by_one = study.design is not None and study.design.kind in ("factorial", "one_at_a_time")
    if one_by_one and factor.values is None:
        text = "a range; this design takes values one by one. Add steps = 5, or list values."
        raise InputError(f"{source}: {where}: {text}")
    return factor


def _scenarios(study: Study, folder: Path, source: str) -> tuple[list[Scenario], list[str]]:
    names = [name for given in study.scenarios for name in (scenario_names() if given == ALL_SHIPPED else (given,))]
    found: list[Scenario] = []
    notes = []
    for place, name in enumerate(names):
        where = f"scenarios[{place + 1}]" if names == list(study.scenarios) else "scenarios"
        looks_like_path = name.endswith(".toml") or "/" in name or os.sep in name
        file = folder / name if looks_like_path else name
        scenario = _said(source, where, partial(load_scenario, file))
        if scenario.name in [other.name for other in found]:
            raise InputError(f'{source}: {where}: there is another scenario called "{scenario.name}". Rename one file.')
        if study.changes:
            before = scenario.model_dump()
            scenario = with_changes(scenario, study.changes, source=f"{source}: changes, in {scenario.name}")
            if gone := left_out(before, study.changes):
                notes.append(f"[changes] leaves out of the scenario {scenario.name}: {'; '.join(gone)}.")
        if study.weeks is not None:
            longer = {"run": {"weeks": study.weeks}}
            scenario = with_changes(scenario, longer, source=f"{source}: weeks, in {scenario.name}")
        found.append(scenario)
    return found, notes


def _said[T](source: str, where: str, work: Callable[[], T]) -> T:
    """What a piece of work gives, with the place in the study before whatever it complains of."""
    try:
        return work()
    except InputError as error:
        raise InputError(f"{source}: {where}: {error}") from None


def _expanded(varied: Sequence[Varied]) -> Iterator[Varied]:
    """The things varied, one by one, also where one path stands for all parameters."""
    for one in varied:
        if one.path == EVERY_PARAMETER:
            for parameter in PARAMETERS:
                yield one.model_copy(update={"path": f"parameters.{parameter.name}", "name": None})
        else:
            yield one


def _where(study: Study, varied: Varied) -> str:
    """How the study calls one of the things varied."""
    return f"design.{'file: column' if isinstance(study.design, Table) else 'vary:'} {shortened(varied.path)}"


def _places(
    scenario: Scenario, varied: Sequence[Varied], study: Study, source: str
) -> tuple[tuple[Location, ...], ...]:
    """Where the paths of every thing varied lead in a scenario."""
    table = scenario.model_dump()
    places: list[tuple[Location, ...]] = []
    taken: dict[str, Location] = {}
    faults = []
    for one in varied:
        here = []
        for path in (one.path, *one.also):
            try:
                here.append(locate_beside(table, path, taken))
            except InputError as error:
                faults.append(Fault(source, _where(study, one), f"in the scenario {scenario.name}, {error}"))
        places.append(tuple(here))
    if faults:
        raise InputError.listing(faults)
    return tuple(places)


def _check_values(resolved: ResolvedStudy, varied: Sequence[Varied]) -> None:
    """Every value is allowed where it goes, all else as it is; rows of a table are checked as they stand."""
    source, study = resolved.source, resolved.study
    faults: list[Fault] = []
    for situation in resolved.situations:
        for where, values in _trials(resolved, situation, varied):
            try:
                scenario = situation.at(values)
                if not values or scenario.run.weeks != situation.scenario.run.weeks:
                    check_windows(study.record, scenario)
            except InputError as error:
                faults.append(Fault(source, where, f"in the scenario {situation.scenario.name}, {error}"))
        if faults:
            raise InputError.listing(faults)


def _check_effects(resolved: ResolvedStudy, varied: Sequence[Varied]) -> None:
    """Everything that is varied can make some difference."""
    wrong = [
        Fault(resolved.source, _where(resolved.study, varied[place]), text) for place, text in without_effect(resolved)
    ]
    if wrong:
        raise InputError.listing(wrong)


def impossible_points(resolved: ResolvedStudy, most: int = CHECKED_ROWS) -> list[tuple[str, int, str]]:
    """Points whose values do not go with one another: scenario, point and why; of the first `most` points.

    Each value is allowed by itself, or the study would not have been loaded; runs of such a point fail one by one.
    """
    found = []
    for situation in resolved.situations:
        if situation.only_parameters:
            continue
        for point, row in enumerate(resolved.points.rows[:most]):
            try:
                check_windows(resolved.study.record, situation.at(situation.values(row)))
            except InputError as error:
                found.append((situation.scenario.name, point, str(error)))
    return found


def check_windows(record: Record, scenario: Scenario) -> None:
    """Raise InputError if the study sums up weeks that a run of the scenario does not have."""
    for name, (_, last) in record.windows.items():
        if last > scenario.run.weeks:
            text = f"record.windows.{name} ends in week {last}, but a run has {scenario.run.weeks} weeks (run.weeks). "
            raise InputError(text + "Choose an earlier week, or longer runs.")


def _trials(
    resolved: ResolvedStudy, situation: Situation, varied: Sequence[Varied]
) -> Iterator[tuple[str, dict[Location, Any]]]:
    """Sets of values that have to be allowed, each with the place in the study where it stands."""
    points, study = resolved.points, resolved.study
    yield "record.windows", {}
    if isinstance(study.design, Table):
        for number, row in enumerate(points.rows[:CHECKED_ROWS], 1):
            yield f"design.file: point {number}", situation.values(row)
        return
    for place, factor in enumerate(points.factors):
        for value in factor.values if factor.values is not None else (factor.at(0.0), factor.at(1.0)):
            where = f"{_where(study, varied[place])}: {as_written(value)}"
            yield where, dict.fromkeys(situation.places[place], value)
