"""A small calibration to test with."""

from sim.analysis.calibration.file import Calibration
from sim.analysis.evidence import Patterns, load_patterns

NAMES = ("quit_base", "honeymoon", "skill_loss")


def settings(**changes):
    """How to calibrate, quickly."""
    search_for = {"seed": 1, "worlds": 1, "firms": 20, "generations": 12, "population": 8, "spread": 0.2}
    keep = {"draws": 20, "spread": 0.05, "worse": 0.5, "sets": 10, "finalists": 3, "fresh_worlds": 1}
    return Calibration.model_validate(
        {"search": search_for | changes, "keep": keep, "fit": {"parameters": list(NAMES)}}
    )


def quick():
    """So little that it can really be run: two generations, one draw, two finalists in two other worlds."""
    file = settings(generations=2, population=5, worlds=2)
    return file.model_copy(
        update={"keep": file.keep.model_copy(update={"draws": 1, "finalists": 2, "fresh_worlds": 2})}
    )


def one_pattern() -> Patterns:
    """How many people leave, and nothing else."""
    patterns = load_patterns()
    return patterns.model_copy(update={"patterns": patterns.chosen(["C9"])})
