"""`sim.compare`: compares leadership styles on one scenario, in paired replications.

It is one pure call: it reads no global, writes no file, prints nothing.
"""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model.build import AS_IS
from sim.model.engine import MAX_WEEKS
from sim.model.input_records import parameter_record
from sim.model.metrics import METRICS
from sim.model.state import PARAMETER
from sim.run.case import Case, Progress, run_case
from sim.run.outcome import Outcome
from sim.run.profiles import Profiles
from sim.run.record import Record, WithTeams
from sim.scenario import events as happenings
from sim.scenario.load import load_scenario
from sim.scenario.plugins import versions_of_plugins
from sim.scenario.problems import InputError, listed, unknown
from sim.scenario.pseudonyms import pseudonymised
from sim.scenario.schema import Scenario
from sim.scenario.styles import COMPARED, style_names
from sim.scenario.variants import with_parameters

if TYPE_CHECKING:
    import xarray


def compare(
    scenario: Scenario | str,
    styles: Sequence[str] | None = None,
    replications: int = 200,
    weeks: int | None = None,
    seed: int = 1,
    parameters: Mapping[str, float] | None = None,
    *,
    teams: bool = False,
    profiles: Profiles | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> "xarray.Dataset":
    """Compare leadership styles on a scenario, on paired replications.

    Replication r meets the same people, shocks and luck under every style, so that differences between styles at the
    same replication are paired.

    Args:
        scenario: a Scenario, or the name or path of one.
        styles: names of built-in styles or of the scenario's own, or "as-is" (every leader keeps the scenario's style);
            by default the nine usual ones, the scenario's own, and "as-is" where leaders differ or change.
        replications: number of runs of each style, >= 1.
        weeks: length of a run, 1 to 1,040; by default the scenario's.
        seed: of all chance, >= 0.
        parameters: values that replace those of the model and the scenario, by name.
        teams: also give each team's metrics, as variables `team_NAME` with a dimension `team`.
        profiles: a draw of what the names of styles stand for; by default each has the profile that is written.
        workers: threads; by default one for each core. The result does not depend on it.
        progress: called now and then with (replications done, replications in all).

    Returns:
        A dataset with dimensions style, replication, week (from 1), a variable for each metric, with `units` and
        `long_name`, and the provenance in `attrs`.

    Raises:
        InputError: something is wrong with what was given.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario)
    names = choose_styles(scenario, styles)
    weeks = scenario.run.weeks if weeks is None else weeks
    check_numbers(scenario, replications, weeks, seed)
    if parameters:
        scenario = with_parameters(scenario, parameters)
    case = Case(scenario, names, replications=range(replications), seed=seed, weeks=weeks, profiles=profiles)
    outcome = run_case(case, (WithTeams if teams else Record)(weekly=True), workers=workers, progress=progress)
    assert outcome is not None  # noqa: S101  # nobody stops it
    return dataset(case, outcome)


def choose_styles(scenario: Scenario, styles: Sequence[str] | None) -> tuple[str, ...]:
    """The styles to compare, checked: those asked for, or the usual ones, the scenario's own, and perhaps "as-is".

    Raises:
        InputError: no style, one that there is not, or the same one twice.
    """
    known = (*style_names(scenario), AS_IS)
    if styles is None:
        leaders = {team.leader.style if team.leader else scenario.leader.style for team in scenario.teams}
        changes = any(
            isinstance(event, happenings.StyleChanged | happenings.LeaderReplaced) for event in scenario.events
        )
        return (*COMPARED, *scenario.styles, *((AS_IS,) if len(leaders) > 1 or changes else ()))
    if isinstance(styles, str):
        styles = [styles]
    if not styles:
        raise InputError("styles: got none; name at least one, or leave it out for the usual ones.")
    for name in styles:
        if name not in known:
            raise InputError(f"styles: {unknown('style', name, known)}")
    twice = sorted({name for name in styles if list(styles).count(name) > 1})
    if twice:
        raise InputError(f"styles: {listed(twice)} given twice; name each style once.")
    return tuple(styles)


def check_numbers(scenario: Scenario, replications: int, weeks: int, seed: int) -> None:
    """Raise InputError unless so many replications and weeks of a scenario can be run from this seed."""
    numbers: tuple[tuple[str, object, int, int], ...] = (
        ("replications", replications, 1, 10_000_000),
        ("weeks", weeks, 1, MAX_WEEKS),
        ("seed", seed, 0, 10**18),
    )
    for name, value, low, high in numbers:
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
            raise InputError(f"{name}: got {value!r}; allowed is a whole number from {low:,} to {high:,}.")
    late = [event for event in scenario.events if event.week > weeks]
    if late:
        last = max(event.week for event in late)
        raise InputError(
            f"weeks: got {weeks}, but the scenario {scenario.name} has an event in week {last}; "
            f"allowed is {last} or more. Run longer, or take out the event."
        )


def dataset(case: Case, outcome: Outcome) -> "xarray.Dataset":
    """What `compare` gives, from a case of which every week was recorded."""
    import xarray

    scenario, replications = case.scenario, len(case.replications)
    assert outcome.weekly is not None  # noqa: S101  # every week is recorded
    dims = ("style", "replication", "week")
    variables: dict[str, Any] = {}
    for m, metric in enumerate(METRICS):
        attrs = {"units": metric.unit, "long_name": metric.long_name, "description": metric.description}
        variables[metric.name] = (dims, outcome.weekly[..., m].swapaxes(0, 1), attrs)
        if outcome.teams is not None and metric.of_teams:
            variables[f"team_{metric.name}"] = ((*dims, "team"), outcome.teams[..., m].swapaxes(0, 1), attrs)
    coordinates: dict[str, Any] = {
        "style": list(case.styles), "replication": np.arange(replications), "week": np.arange(1, case.length + 1),
    }  # fmt: skip
    if outcome.teams is not None:
        coordinates["team"] = [team.name for team in scenario.teams]
    parameters = parameter_record(scenario.parameters)[0]
    values = {name: float(parameters[name]) for name in PARAMETER.names or ()}
    return xarray.Dataset(
        variables,
        coordinates,
        attrs={
            "scenario": scenario.name,
            "title": scenario.title,
            "weeks": case.length,
            "replications": replications,
            "seed": case.seed,
            "development_scheme": scenario.run.development_scheme,
            "teamsim_version": _version_of("teamsim"),
            "versions": json.dumps(_versions()),
            "scenario_json": pseudonymised(scenario).model_dump_json(),  # results are handed on, names are not
            "parameters_json": json.dumps(values),
            **({"profiles": json.dumps(asdict(case.profiles))} if case.profiles else {}),
        },
    )


_version_of = cache(metadata.version)  # it reads files, each time


def _versions() -> dict[str, str]:
    packages = {name: _version_of(name) for name in ("numpy", "numba", "mesa", "xarray")}
    return {"python": platform.python_version(), **packages, **versions_of_plugins()}
