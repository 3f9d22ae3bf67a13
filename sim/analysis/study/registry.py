"""The analyses that a study can ask for by name, and which studies each of them suits."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sim.experiment.resolving import ResolvedStudy
from sim.experiment.study import Factorial, Morris, OneAtATime, Sobol, Study
from sim.scenario.problems import Fault, InputError, unknown

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.opening import ExperimentResults

type Tables = Mapping[str, "pd.DataFrame"]


class Analysis(NamedTuple):
    """Something that a study can have computed from its results.

    `tables` gives tables by name, each of which becomes tables/NAME.csv; it may raise InputError where the results do
    not allow it. `unsuited` says in words what a study lacks for it, or None.
    """

    name: str
    meaning: str
    tables: Callable[["ExperimentResults"], Tables]
    unsuited: Callable[[Study], str | None] = lambda _: None


def check_analyses(resolved: ResolvedStudy) -> None:
    """See that a study's analyses exist and suit it, before anything is run.

    Raises:
        InputError: one that there is not, or that does not suit the study; a style that is not compared.
    """
    study, faults = resolved.study, []
    for place, name in enumerate(study.analyses, 1):
        where = f"analyses[{place}]"
        if name not in ANALYSES:
            faults.append(Fault(resolved.source, where, unknown("analysis", name, ANALYSES)))
        elif text := ANALYSES[name].unsuited(study):
            faults.append(Fault(resolved.source, where, f'"{name}" {text}'))
    for key, style in (("baseline", study.analysis.baseline), ("wins", study.analysis.wins)):
        for situation in resolved.situations:
            if style is not None and style not in situation.styles:
                text = f"in the scenario {situation.scenario.name}: {unknown('style', style, situation.styles)}"
                faults.append(Fault(resolved.source, f"analysis.{key}", text))
    if faults:
        raise InputError.listing(faults)


def _differences(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.compared import differences

    return {"differences": differences(results)}


def _interactions(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.compared import interactions

    return {"interactions": interactions(results)}


def _changes(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.compared import changes

    return {"tornado": changes(results)}


def _ranks(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.ranks import ranks

    return {"ranks": ranks(results)}


def _regret(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.ranks import worst_regrets

    return {"regret": worst_regrets(results)}


def _pareto(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.ranks import pareto

    return {"pareto": pareto(results)}


def _courses(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.courses import courses

    return {"courses": courses(results)}


def _map(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.ranks import ranks

    return {"map": ranks(results)}


def _sobol(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.sensitivity import sobol

    return sobol(results)


def _morris(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.sensitivity import morris

    return {"morris": morris(results)}


def _prim(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.discovery import prim

    return prim(results)


def _replications(results: "ExperimentResults") -> Tables:
    from sim.analysis.study.enough import replications

    return {"replications": replications(results)}


def _one_style(study: Study) -> str | None:
    return "compares styles, and there is only one. Add another." if study.styles and len(study.styles) < 2 else None


def _needs(kind: type, words: str) -> Callable[[Study], str | None]:
    return lambda study: None if isinstance(study.design, kind) else f"needs {words}."


def _without_levels(study: Study) -> str | None:
    if isinstance(study.design, Factorial | OneAtATime) or len(study.scenarios) > 1 or study.scenarios == ("all",):
        return _one_style(study)
    return 'needs a design of kind "factorial" or "one_at_a_time", or several scenarios.'


def _without_weeks(study: Study) -> str | None:
    return None if study.record.weekly else "needs every week. Add weekly = true to [record]."


def _without_two_metrics(study: Study) -> str | None:
    few = len(study.looked_at) < 2
    return "sets one metric against another. Give two in analysis.metrics." if few else _one_style(study)


def _not_on_a_plane(study: Study) -> str | None:
    return None if isinstance(study.design, Factorial) else 'needs a design of kind "factorial".'


def _without_points(study: Study) -> str | None:
    return "needs a design." if study.design is None else _one_style(study)


ANALYSES: dict[str, Analysis] = {
    analysis.name: analysis
    for analysis in (
        Analysis("courses", "time courses with 95% bands", _courses, _without_weeks),
        Analysis("differences", "paired differences to a baseline, effect sizes, adjusted p values", _differences,
                 _one_style),
        Analysis("interactions", "how these differences change with what is varied, and between scenarios",
                 _interactions, _without_levels),
        Analysis("ranks", "ranks and regret of the styles with their uncertainty", _ranks, _one_style),
        Analysis("regret", "the largest regret of each style over all situations", _regret, _one_style),
        Analysis("pareto", "which styles are not beaten in two metrics at once", _pareto, _without_two_metrics),
        Analysis("map", "a heat map of means over the design, and the best style in each place", _map, _not_on_a_plane),
        Analysis("tornado", "what each thing varied one at a time changes", _changes,
                 _needs(OneAtATime, 'a design of kind "one_at_a_time"')),
        Analysis("sobol", "Sobol indices, first and total, with intervals", _sobol,
                 _needs(Sobol, 'a design of kind "sobol"')),
        Analysis("morris", "Morris's screening, with intervals", _morris, _needs(Morris, 'a design of kind "morris"')),
        Analysis("prim", "where each style wins: scenario discovery", _prim, _without_points),
        Analysis("replications", "how many replications are enough", _replications),
    )
}  # fmt: skip
"""The analyses there are, by the name that a study's `analyses` gives."""
