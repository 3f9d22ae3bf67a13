"""teamsim: leadership and team dynamics in small businesses, simulated."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.advice import advise
    from sim.analysis.why import explain
    from sim.model.team_model import TeamModel
    from sim.run.case import Case, simulate
    from sim.run.compare import compare
    from sim.scenario.load import load_scenario
    from sim.scenario.people_files import import_roster
    from sim.scenario.problems import InputError
    from sim.scenario.schema import Scenario
    from sim.study.load import load_study
    from sim.study.results import open_results
    from sim.view.report.make import report
    from sim.view.study.run import resume_experiment, run_experiment

_HOMES = {
    "Case": "sim.run.case",
    "InputError": "sim.scenario.problems",
    "Scenario": "sim.scenario.schema",
    "TeamModel": "sim.model.team_model",
    "advise": "sim.analysis.advice",
    "compare": "sim.run.compare",
    "explain": "sim.analysis.why",
    "import_roster": "sim.scenario.people_files",
    "load_scenario": "sim.scenario.load",
    "load_study": "sim.study.load",
    "open_results": "sim.study.results",
    "report": "sim.view.report.make",
    "resume_experiment": "sim.view.study.run",
    "run_experiment": "sim.view.study.run",
    "simulate": "sim.run.case",
}

__all__ = [
    "Case", "InputError", "Scenario", "TeamModel", "advise", "compare", "explain", "import_roster", "load_scenario",
    "load_study", "open_results", "report", "resume_experiment", "run_experiment", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import sim` and `teamsim --help` are quick."""
    if name == "__version__":
        from importlib.metadata import version

        return version("teamsim")
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    try:
        value = getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        from sim.scenario.extras import of_an_extra

        raise of_an_extra(error) or error from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
