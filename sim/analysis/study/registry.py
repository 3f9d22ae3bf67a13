"""The analyses that a study can ask for by name, and which studies each of them suits."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from sim.scenario.problems import Fault, InputError, unknown
from sim.study.resolve import ResolvedStudy
from sim.study.spec import Adaptive, Factorial, LatinHypercube, Morris, OneAtATime, Sobol, Study, TwoLevel

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.results import ExperimentResults

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
    named = [("analysis.baseline", study.analysis.baseline), ("analysis.wins", study.analysis.wins)]
    if isinstance(study.design, Adaptive):
        named += [("design.between", style) for style in study.design.between or ()]
        if find_spec("sklearn") is None:
            text = 'needs scikit-learn. Install it with: pip install "teamsim[research]"'
            faults.append(Fault(resolved.source, "design.kind", f'"adaptive" {text}'))
    for where, style in named:
        for situation in resolved.situations:
            if style is not None and style not in situation.styles:
                text = f"in the scenario {situation.scenario.name}: {unknown('style', style, situation.styles)}"
                faults.append(Fault(resolved.source, where, text))
    if faults:
        raise InputError.listing(faults)


def _lazily(module: str, name: str, table: str | None = None) -> Callable[["ExperimentResults"], Tables]:
    """A function of a module that is imported when it is used; what gives one table has its name here."""

    def tables(results: "ExperimentResults") -> Tables:
        found = getattr(import_module(f"sim.analysis.study.{module}"), name)(results)
        return {table: found} if table is not None else found

    return tables


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


def _without_spread(study: Study) -> str | None:
    return "needs a spread between replications. Run two or more." if study.replications < 2 else None


def _not_for_a_stand_in(study: Study) -> str | None:
    if not isinstance(study.design, LatinHypercube | Sobol | Adaptive):
        return 'needs a design of kind "latin_hypercube", "sobol" or "adaptive".'
    choices = [one.column for one in study.varied if one.bounds is None]
    return f"needs ranges, and {choices[0]} has single values. Give low and high." if choices else None


def _without_waiting(study: Study) -> str | None:
    if study.record.until:
        return None
    return 'needs something to wait for. Add it to [record.until], such as low_morale = "morale < 0.5".'


def _of_no_sample(study: Study) -> str | None:
    """Shares of the situations say something only where these are no choice of a criterion's."""
    if isinstance(study.design, Adaptive):
        return 'sums up situations, and those of an adaptive design lie where most is to learn. Take "prim_emulated".'
    return _one_style(study)


def _not_for_boxes(study: Study) -> str | None:
    return _not_for_a_stand_in(study) or _one_style(study)


def _without_points(study: Study) -> str | None:
    if isinstance(study.design, Adaptive):
        return _of_no_sample(study)
    return "needs a design." if study.design is None else _one_style(study)


ANALYSES: dict[str, Analysis] = {
    analysis.name: analysis
    for analysis in (
        Analysis("courses", "time courses with 95% bands", _lazily("courses", "courses", "courses"), _without_weeks),
        Analysis(
            "differences",
            "paired differences to a baseline, effect sizes, adjusted p values",
            _lazily("compared", "differences", "differences"),
            _one_style,
        ),
        Analysis(
            "interactions",
            "how these differences change with what is varied, and between scenarios",
            _lazily("compared", "interactions", "interactions"),
            _without_levels,
        ),
        Analysis(
            "ranks",
            "ranks and regret of the styles with their uncertainty",
            _lazily("ranks", "ranks", "ranks"),
            _one_style,
        ),
        Analysis(
            "regret",
            "the largest regret of each style over all situations",
            _lazily("ranks", "worst_regrets", "regret"),
            _of_no_sample,
        ),
        Analysis(
            "pareto",
            "which styles are not beaten in two metrics at once",
            _lazily("ranks", "pareto", "pareto"),
            _without_two_metrics,
        ),
        Analysis(
            "map",
            "a heat map of means over the design, and the best style in each place",
            _lazily("ranks", "ranks", "map"),
            _not_on_a_plane,
        ),
        Analysis(
            "tornado",
            "what each thing varied one at a time changes",
            _lazily("compared", "changes", "tornado"),
            _needs(OneAtATime, 'a design of kind "one_at_a_time"'),
        ),
        Analysis(
            "sobol",
            "Sobol indices, first and total, with intervals",
            _lazily("sensitivity", "sobol"),
            _needs(Sobol, 'a design of kind "sobol"'),
        ),
        Analysis(
            "morris",
            "Morris's screening, with intervals",
            _lazily("sensitivity", "morris"),
            _needs(Morris, 'a design of kind "morris"'),
        ),
        Analysis(
            "why",
            "through which mechanisms each style differs from the baseline, in each scenario as it is; runs anew",
            _lazily("why", "why", "why"),
            _one_style,
        ),
        Analysis(
            "emulator",
            "a stand-in for the model that answers at once, and how far to trust it",
            _lazily("emulator", "emulator"),
            _not_for_a_stand_in,
        ),
        Analysis(
            "adaptive",
            "what an adaptive design knows after each round",
            _lazily("adaptive", "adaptive", "adaptive"),
            _needs(Adaptive, 'a design of kind "adaptive"'),
        ),
        Analysis(
            "effects",
            "what each thing varied does at two levels, alone and in pairs",
            _lazily("effects", "effects", "effects"),
            _needs(TwoLevel, 'a design of kind "two_level"'),
        ),
        Analysis(
            "distribution",
            "quantiles, skewness and shares of runs below a bar",
            _lazily("distribution", "distribution", "distribution"),
        ),
        Analysis(
            "robust",
            "robust choice: regret, worst case, Starr's domain",
            _lazily("robust", "robust", "robust"),
            _of_no_sample,
        ),
        Analysis("survival", "time until something is so", _lazily("survival", "survival"), _without_waiting),
        Analysis("prim", "where each style wins: scenario discovery", _lazily("discovery", "prim"), _without_points),
        Analysis(
            "prim_emulated",
            "the same by a stand-in for the model, at a thousand places",
            _lazily("discovery_emulated", "prim_emulated"),
            _not_for_boxes,
        ),
        Analysis(
            "replications",
            "how many replications are enough",
            _lazily("enough", "replications", "replications"),
            _without_spread,
        ),
    )
}
"""The analyses there are, by the name that a study's `analyses` gives."""
