"""Finds studies, claims and calibrations to run, by name or file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sim.analysis.calibration.file import load_calibration
from sim.analysis.calibration.plan import CalibrationPlan
from sim.analysis.claims import study as claims
from sim.analysis.claims.load import load_claims
from sim.analysis.claims.plan import ClaimsPlan
from sim.analysis.evidence import load_patterns
from sim.analysis.plausible import plausible_worlds
from sim.analysis.study.registry import check_analyses
from sim.scenario.problems import listed
from sim.scenario.toml_files import checked, read_table
from sim.study.load import load_study, named_file, study_from, study_names
from sim.study.plan import Plan, plan_study
from sim.study.resolve import ResolvedStudy
from sim.study.spec import Study

type Something = str | Path | Mapping[str, Any] | ResolvedStudy | Plan
"""The name of something shipped, the path of a TOML file, a dict with the keys of a study, a loaded study, a plan."""


class Other(NamedTuple):
    """A study with a file of another kind: name, title and question, the tables it is known by, how it is planned."""

    name: str
    title: str
    question: str
    tables: tuple[str, ...]
    plan: Callable[[Path | None], Plan]


def _claims_plan(path: Path | None) -> ClaimsPlan:
    worlds = plausible_worlds(claims.DRAWS, claims.WORLDS_SEED)
    return claims.ClaimsStudy.planned(load_claims(path), worlds=worlds).plan


def _calibration_plan(path: Path | None) -> CalibrationPlan:
    return CalibrationPlan.begin(load_calibration(path), load_patterns())


OTHERS = (
    Other(
        "claims", "The claims that the model has to stand up to",
        "What is said of leadership: does it come out, how large is it, and does it stand in other plausible worlds?",
        ("claims",), _claims_plan,
    ),
    Other(
        "calibration", "The uncertain parameters, fitted to published patterns",
        "With which values does the model show what was measured in real companies, and which are pinned down by it?",
        ("design", "posterior"), _calibration_plan,
    ),
)  # fmt: skip
"""Studies whose files say something else than those of the usual ones."""


def plan_of(something: Something) -> Plan:
    """Plan whatever can be run.

    Raises:
        InputError: anything wrong with it.
    """
    if isinstance(something, str | Path) and (other := other_in(something)) is not None:
        return other.plan(named_file(something))
    if isinstance(something, str | Path | Mapping | ResolvedStudy):
        return plan_study(resolved_study(something))
    return something


def resolved_study(study: str | Path | Mapping[str, Any] | ResolvedStudy) -> ResolvedStudy:
    """Load a study in whatever form it is given, and check that the analyses it asks for exist.

    Raises:
        InputError: anything wrong with it.
    """
    if isinstance(study, Mapping):
        resolved = study_from(study)
    elif isinstance(study, ResolvedStudy):
        resolved = study
    else:
        resolved = load_study(study)
    check_analyses(resolved)
    return resolved


def with_precision(resolved: ResolvedStudy, half_widths: Mapping[str, float]) -> ResolvedStudy:
    """The study, run until the intervals of these columns' means are as narrow as this, and not as its file says.

    Raises:
        InputError: something that is not a column of its results; a width that is not above 0.
    """
    table = resolved.study.model_dump(exclude_none=True) | {"precision": dict(half_widths)}
    return replace(resolved, study=checked(table, Study, f"{resolved.source}, --precision"))


def other_in(name_or_path: str | Path) -> Other | None:
    """What is meant if it is no study: by its name, or by the tables in its file.

    Raises:
        InputError: the file cannot be read.
    """
    file = named_file(name_or_path)
    if file is None:
        return next((other for other in OTHERS if other.name == name_or_path), None)
    table = read_table(file, f"Check the path, or use a shipped study: {listed(study_names())}.")
    return next((other for other in OTHERS if all(name in table for name in other.tables)), None)
