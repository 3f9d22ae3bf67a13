"""Reads the record of `teamsim evidence`: the model compared with published findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.app.evidence.records import number_of

type Finding = dict[str, Any]
"""A pattern: `id`, `pattern`, `published`, `source`, `passed`, and `figures` with their expected ranges."""

TRUE = "true_"
"""Before the name of a figure: the same figure, measured on the true state and not with a questionnaire."""


def findings(data: Mapping[str, Any] | None) -> list[Finding]:
    """The patterns of a record that have at least one figure with an expected range."""
    listed = data.get("patterns") if data else None
    entries = listed if isinstance(listed, list) else []
    return [found for entry in entries if isinstance(entry, Mapping) and (found := _finding(entry))]


def in_words(found: Sequence[Finding]) -> str:
    """A sentence with the number and the names of the patterns that the model shows."""
    shown = [finding["id"] for finding in found if finding["passed"]]
    named = f": {', '.join(shown)}" if shown else ""
    return f"The model shows {len(shown)} of {len(found)} published patterns with all their figures{named}."


def _finding(entry: Mapping[str, Any]) -> Finding | None:
    name, pattern, figures = entry.get("id"), entry.get("pattern"), entry.get("figures")
    if not isinstance(name, str) or not isinstance(pattern, str) or not isinstance(figures, Mapping):
        return None
    known = [_figure(str(key), value, figures.get(f"{TRUE}{key}")) for key, value in figures.items()]
    banded = [figure for figure in known if figure]
    if not banded:
        return None
    texts = {key: str(entry.get(key) or "") for key in ("published", "source")}
    return {"id": name, "pattern": pattern, **texts, "passed": entry.get("passed") is True, "figures": banded}


def _figure(name: str, value: Any, true: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    median, band = number_of(value.get("median")), value.get("band")
    ends = [number_of(end) for end in band] if isinstance(band, list | tuple) and len(band) == 2 else []
    if median is None or len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return {
        "name": name.replace("_", " "),
        "median": median,
        "low": number_of(value.get("low")),
        "high": number_of(value.get("high")),
        "from": ends[0],
        "to": ends[1],
        "truth": number_of(true.get("median")) if isinstance(true, Mapping) else None,
        "passed": value.get("passed") is True,
    }
