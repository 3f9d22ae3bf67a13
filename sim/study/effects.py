"""Checks whether what a study varies can change anything, by comparing the inputs of its runs without running them."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.model.build import AS_IS as AS_IT_IS
from sim.model.build import Blueprint
from sim.scenario.as_run import as_run
from sim.scenario.fields import Location
from sim.scenario.problems import InputError
from sim.study.design import AS_IS, Row
from sim.study.spec import Table

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.study.resolve import ResolvedStudy, Situation

POINTS = 20
"""Points of a design beside which a value is tried, since some things only matter together with others."""

VALUES = 5
"""Values of each thing varied that are tried."""


def without_effect(resolved: "ResolvedStudy") -> Iterator[tuple[int, str]]:
    """The things varied, by their places, whose values leave all runs of the study as they are, and why, in words."""
    for place, factor in enumerate(resolved.points.factors):
        paths = {where[0] for situation in resolved.situations for where in situation.places[place]}
        values = _values(resolved, place)
        if "parameters" in paths or len(values) < 2:
            continue
        if not any(_acts(situation, place, values, resolved) for situation in resolved.situations):
            if all(_is_style(where) for situation in resolved.situations for where in situation.places[place]):
                text = f'every run is led in a style that `styles` names. Add "{AS_IT_IS}" to them'
            else:
                text = "something else in the scenario takes its place, or does not use it. Vary that"
            yield place, f"no value of {factor.column} makes any difference: {text}, or take this out."


def styles_unused(changes: Mapping[str, Any], styles: tuple[str, ...]) -> bool:
    """Whether a study changes the style of leaders, while all its runs are led in styles that it names."""
    leaders = [changes.get("leader"), *(team.get("leader") for team in changes.get("teams", ()))]
    return AS_IT_IS not in styles and any(isinstance(one, dict) and "style" in one for one in leaders)


def _values(resolved: "ResolvedStudy", place: int) -> list[Any]:
    factor = resolved.points.factors[place]
    ranged = factor.values is None and not isinstance(resolved.study.design, Table)  # a table has its own values
    if ranged and any(row[place] is not AS_IS for row in resolved.points.rows[:1]):
        found = [factor.at(0.0), factor.at(0.5), factor.at(1.0)]
    else:
        found = list(factor.values or (row[place] for row in resolved.points.rows))
    distinct: list[Any] = []
    for value in found:
        if value not in distinct:
            distinct.append(value)
        if len(distinct) == VALUES:
            break
    return distinct


def _acts(situation: "Situation", place: int, values: list[Any], resolved: "ResolvedStudy") -> bool:
    """Whether two of the values differ in what a run goes by, or it cannot be told."""
    step = max(1, len(resolved.points.rows) // POINTS)
    rows: Sequence[Row] = resolved.points.rows[::step][:POINTS]
    tried = False
    for row in rows:
        seen = set()
        for value in values:
            try:
                scenario = situation.at(situation.values((*row[:place], value, *row[place + 1 :])))
            except InputError:  # values that do not go with one another
                continue
            seen.add(_what_runs_go_by(scenario, situation.styles))
        if len(seen) > 1:
            return True
        tried = tried or len(seen) == 1
    return not tried


def _what_runs_go_by(scenario: "Scenario", styles: tuple[str, ...]) -> bytes:
    """All that a run depends on beside chance, as bytes."""
    blueprint = Blueprint(as_run(scenario))
    timetable = blueprint.timetable(styles)
    parts = {name: value for name, value in vars(blueprint).items() if name != "scenario"}
    return pickle.dumps((scenario.run.weeks, parts, timetable))


def _is_style(place: Location) -> bool:
    return place[-1] == "style" and place[0] in ("leader", "teams")
