"""Small studies to test with."""

from pathlib import Path
from typing import Any

from sim.experiment.loading import study_from
from sim.experiment.resolving import ResolvedStudy

SMALL: dict[str, Any] = {
    "name": "small",
    "title": "A small study",
    "scenarios": ["everyday"],
    "styles": ["autocratic", "democratic"],
    "replications": 3,
    "weeks": 6,
}


def vary(path: str, *values: Any, **more: Any) -> dict[str, Any]:
    """An entry of [[design.vary]]."""
    return {"path": path, **({"values": list(values)} if values else {}), **more}


def small(folder: Path = Path(), **keys: Any) -> ResolvedStudy:
    """The small study, with other keys; `vary` makes a factorial design."""
    if "vary" in keys:
        keys["design"] = {"kind": "factorial", "vary": keys.pop("vary")}
    return study_from({**SMALL, **keys}, folder=folder)
