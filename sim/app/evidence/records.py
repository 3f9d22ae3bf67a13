"""The records behind the page Evidence: what was measured about each claim.

A record is a table with these keys, of which all but `id` and `claim` may be missing:

    id          "C01"
    claim       the sentence that is tested
    verdict     supported, not supported, opposite, or the like
    effect      the measured effect; low, high: its 95% interval; unit: what they are in
    smallest    the smallest effect worth naming
    robustness  share of the plausible parameter sets in which the verdict stands, 0-1
    note        a remark; reason: why it fails
    parts       tables with `text` and `verdict`, for a claim of several parts; also `kind`, `unit`, `smallest` and
                `comparisons`, from which it is said what the claim is held against
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

type Record = dict[str, Any]
"""A record that is complete: what is not known is None, or empty."""

NUMBERS = ("effect", "low", "high", "smallest", "robustness")
AGAINST = ("not ", "opposite", "outside", "fail", "against", "unsupported", "miss")
PLAIN = {
    "regret": "In other words: its worst situation is less bad than the worst one of any other style. Regret is how "
    "far a style falls behind the best one in a situation; of every style the largest counts."
}
"""By the kind of a claim's parts: what its words mean."""

NEITHER = ("not supported", "open", "unclear", "mixed", "partly", "not measured")


def load(name: str) -> dict[str, Any] | None:
    """A file of sim/analysis/data; None where there is none, or nothing in it can be read."""
    try:
        data = json.loads((resources.files("sim.analysis") / "data" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def records(data: Mapping[str, Any] | None) -> list[Record]:
    """The records in a file's data; whatever is no record is left out."""
    listed = data.get("claims") if data else None
    entries = listed if isinstance(listed, list) else []
    return [record for entry in entries if isinstance(entry, Mapping) and (record := _record(entry))]


def in_words(found: Sequence[Record]) -> str:
    """How many there are of each verdict, in a sentence."""
    counts = Counter(record["verdict"] or "not measured yet" for record in found)
    return f"Of {len(found)}: " + ", ".join(f"{many} {verdict}" for verdict, many in counts.most_common()) + "."


def tone(verdict: str) -> str:
    """Whether a verdict is good, bad or open, for the mark beside it."""
    said = verdict.lower()
    if not said or any(said.startswith(word) for word in NEITHER):
        return "open"
    return "bad" if any(word in said for word in AGAINST) else "good"


def _record(entry: Mapping[str, Any]) -> Record | None:
    name, claim = entry.get("id"), entry.get("claim")
    if not isinstance(name, str) or not isinstance(claim, str):
        return None
    verdict = _text(entry.get("verdict"))
    labels = {"note": "", "reason": "Why: "}
    parts = _tables(entry.get("parts"))
    return {
        "id": name,
        "claim": claim,
        "verdict": verdict,
        "tone": tone(verdict),
        "unit": _text(entry.get("unit")),
        **{key: number_of(entry.get(key)) for key in NUMBERS},
        "bar": bar(number_of(entry.get("smallest"))),
        "plain": list(dict.fromkeys(plain for part in parts if (plain := PLAIN.get(_text(part.get("kind")))))),
        "held": _held(entry, parts),
        "more": [label + _text(entry.get(key)) for key, label in labels.items() if entry.get(key)],
        "parts": [
            {
                "text": _text(part.get("text")),
                "verdict": _text(part.get("verdict")),
                "tone": tone(_text(part.get("verdict"))),
            }
            for part in parts
        ],
    }


def bar(smallest: float | None) -> float:
    """What an effect is held against: 0, or below it how much less still agrees with a claim of 'no worse than'."""
    return min(smallest or 0.0, 0.0)


def _held(entry: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> str:
    """In words what an effect is held against, where that is not 0."""
    effect, line = number_of(entry.get("effect")), bar(number_of(entry.get("smallest")))
    if effect is None or not line:
        return ""
    part, percent = next(
        (
            (part, number_of(one.get("effect")))
            for part in parts
            if (number_of(part.get("smallest")) or 0) < 0
            for one in _tables(part.get("comparisons"))
            if number_of(one.get("standardised")) == effect
        ),
        ({}, None),
    )
    decides = f"What decides is: {_text(part.get('text'))}. " if part.get("text") else ""
    own = number_of(part.get("smallest"))
    known = part.get("unit") == "percent" and own is not None and percent is not None
    told = f" ({_signed(own, 0)}%; measured: {_signed(percent, 1)}%)" if known else ""
    return f"{decides}This still holds at {_signed(line, 2)}{told}: the effect is held against that, and not against 0."


def _signed(value: float | None, places: int) -> str:
    return f"{value or 0.0:.{places}f}".replace("-", "−")


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def number_of(value: Any) -> float | None:
    """A number from a file; None for anything that cannot be reckoned with."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if known else None
