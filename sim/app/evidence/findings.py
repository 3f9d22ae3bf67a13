"""Reads the record of `teamsim evidence`: the model compared with published findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.analysis.cross_validation import Predicted
from sim.app.evidence.records import number_of
from sim.view.language import english, said

NOT_FITTED = english(
    "Of {all} {all:published pattern|published patterns} that it was not fitted to, the model shows {many} with "
    "all figures{named}."
)
FITTED = english(
    "Of {all} {all:published pattern|published patterns} that its numbers were fitted to, the model shows {many} "
    "with all figures{named}."
)

SHOWN = {True: english("shown"), False: english("not shown")}
IS_FITTED = {True: english("fitted"), False: english("not fitted")}

type Finding = dict[str, Any]
"""A pattern: `id`, `group`, `fitted`, `pattern`, `published`, `source`, `passed`, and `figures` with their ranges."""


def findings(data: Mapping[str, Any] | None) -> list[Finding]:
    """The patterns of a record that have at least one figure with an expected range."""
    listed = data.get("patterns") if data else None
    entries = listed if isinstance(listed, list) else []
    return [found for entry in entries if isinstance(entry, Mapping) and (found := _finding(entry))]


def in_words(found: Sequence[Finding], left_out: Predicted | None = None) -> str:
    """Sentences that count the patterns: as they are predicted, those kept aside, and those fitted to."""
    sentences = [out_of_sample(left_out)] if left_out else []
    for fitted, pattern in ((False, NOT_FITTED), (True, FITTED)):
        kind = [finding for finding in found if finding["fitted"] == fitted]
        shown = [finding["id"] for finding in kind if finding["passed"]]
        if kind:
            named = f": {', '.join(shown)}" if shown else ""
            sentences.append(said(pattern, all=len(kind), many=len(shown), named=named))
    return " ".join(sentences)


def out_of_sample(left_out: Predicted | None) -> str:
    """How many patterns the model shows without being fitted to them; nothing where that is not known."""
    if not left_out:
        return ""
    text = english(
        "Of {all} published patterns, the model shows {many} when its numbers are fitted to other groups only."
    )
    return said(text, all=left_out.of, many=left_out.passed)


def dots(found: Sequence[Finding]) -> list[dict[str, str]]:
    """A dot for each pattern: whether the model shows it, and what it says."""
    return [
        {
            "id": one["id"],
            "tone": "good" if one["passed"] else "bad",
            "said": f"{said(SHOWN[one['passed']])}, {said(IS_FITTED[one['fitted']])}",
            "text": said(
                "{pattern} Published: {figures} ({source})",
                pattern=said(one["pattern"]),
                figures=said(one["published"]),
                source=one["source"],
            ),
        }
        for one in found
    ]


def _finding(entry: Mapping[str, Any]) -> Finding | None:
    name, pattern, figures = entry.get("id"), entry.get("pattern"), entry.get("figures")
    if not isinstance(name, str) or not isinstance(pattern, str) or not isinstance(figures, list):
        return None
    banded = [figure for value in figures if (figure := _figure(value))]
    if not banded:
        return None
    texts = {key: str(entry.get(key) or "") for key in ("group", "published", "source")}
    judged = {key: entry.get(key) is True for key in ("fitted", "passed")}
    return {"id": name, "pattern": pattern, **texts, **judged, "figures": banded}


def _figure(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    median, band = number_of(value.get("value")), value.get("band")
    ends = [number_of(end) for end in band] if isinstance(band, list | tuple) and len(band) == 2 else []
    if median is None or len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return {
        "name": str(value.get("name") or "").replace("_", " "),
        "median": median,
        "low": number_of(value.get("low")),
        "high": number_of(value.get("high")),
        "from": ends[0],
        "to": ends[1],
        "truth": number_of(value.get("true")),
        "passed": value.get("passed") is True,
    }
