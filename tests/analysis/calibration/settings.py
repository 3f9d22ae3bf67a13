"""A small calibration to test with."""

from sim.analysis.calibration.file import Calibration
from sim.analysis.evidence import Patterns, load_patterns

NAMES = ("quit_base", "contrast", "skill_loss")


def quick(**design):
    """So little that it can really be run."""
    return Calibration.model_validate(
        {
            "design": {"seed": 1, "sets": 24, "firms": 20, "parameters": list(NAMES)} | design,
            "waves": {"waves": 1, "sets": 20},
            "posterior": {"sets": 20, "chains": 2, "warm_up": 50, "draws": 50},
            "judges": {"sets": 5},
            "best": {"candidates": 2, "worlds": 2},
            "check": {"truths": 2, "draws": 20},
        }
    )


def two_patterns() -> Patterns:
    """How many people leave, and who does; each in a group of its own."""
    patterns = load_patterns()
    one, other = patterns.chosen(["C9", "C8"])
    mine = (one.model_copy(update={"fitted": True}), other.model_copy(update={"group": "people", "fitted": True}))
    return patterns.model_copy(update={"patterns": mine})
