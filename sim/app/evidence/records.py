"""The records behind the page Evidence: what was measured about each claim and each published finding.

A file holds a list of tables in JSON, or a table with that list under one of LISTS. Of a record these keys are read, of
which all but `id` and `claim` may be missing:

    id          "C01"
    claim       the sentence that is tested (`finding` where it is a published one)
    verdict     supported, not supported, opposite, or the like
    effect      the measured effect; low, high: its 95% interval; unit: what they are in
    robustness  share of the plausible parameter sets in which it holds, 0-1
    note        a remark; published: the figure in the literature; source: where
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

LISTS = ("claims", "evidence", "records", "rows", "findings")
"""Under which key a file may hold its list."""


class Record(NamedTuple):
    """A claim or a finding, and what came of it; what is not known is None or empty."""

    id: str
    claim: str
    verdict: str
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    robustness: float | None = None
    note: str = ""
    source: str = ""
    published: str = ""

    @property
    def tone(self) -> str:
        """Good, bad or open: for a mark beside the word."""
        said = self.verdict.lower()
        if not said or any(word in said for word in ("not measured", "open", "unclear", "mixed", "partly", "partial")):
            return "open"
        against = ("not ", "opposite", "outside", "fail", "against", "unsupported", "miss")
        return "bad" if any(word in said for word in against) else "good"


def read(text: str) -> list[Record]:
    """The records of a file; whatever is no record is left out.

    Raises:
        ValueError: not JSON, or no list of tables in it.
    """
    data = json.loads(text)
    if isinstance(data, Mapping):
        data = next((data[key] for key in LISTS if isinstance(data.get(key), list)), None)
    if not isinstance(data, list):
        raise ValueError("no list of records")  # noqa: TRY004, what the text of a file lacks is a matter of its value
    return [record for entry in data if isinstance(entry, Mapping) for record in _record(entry)]


def load(path: Path) -> list[Record]:
    """The records of a file; none if there is no such file yet, or nothing in it can be read."""
    try:
        return read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []


def in_words(records: Sequence[Record]) -> str:
    """How many there are of each verdict, in a sentence."""
    if not records:
        return "Nothing has been measured yet."
    counts = Counter(record.verdict or "not measured" for record in records)
    return f"Of {len(records)}: " + ", ".join(f"{many} {verdict}" for verdict, many in counts.most_common()) + "."


def _record(entry: Mapping[str, Any]) -> Iterator[Record]:
    name = entry.get("id")
    claim = entry.get("claim") or entry.get("finding") or entry.get("title")
    if isinstance(name, str | int) and isinstance(claim, str):
        yield Record(
            id=str(name),
            claim=claim,
            verdict=_text(entry.get("verdict")),
            effect=_number(entry.get("effect")),
            low=_number(entry.get("low")),
            high=_number(entry.get("high")),
            unit=_text(entry.get("unit")),
            robustness=_number(entry.get("robustness")),
            note=_text(entry.get("note")),
            source=_text(entry.get("source")),
            published=_text(entry.get("published")),
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _number(value: Any) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if known else None


def folder() -> Path:
    """Where the measured records lie in the package."""
    return Path(str(resources.files("sim"))) / "analysis"
