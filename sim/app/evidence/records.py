"""Reads the records of the page Evidence: what was measured about each claim.

A record is a table with these keys. All but `id` and `claim` may be missing:

    id          "C01"
    claim       the sentence that is tested
    verdict     supported, not supported, opposite, or the like
    effect      the measured effect; low, high: its 95% interval; unit: what they are in
    smallest    the smallest important effect
    robustness  share of plausible worlds with the same verdict, 0-1; undecided: whether that is too few
    note        a remark; reason: why it fails
    parts       tables with `text` and `verdict`, for a claim of several parts; also `kind`, `unit`, `smallest` and
                `comparisons`, which say what the claim is compared with
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from sim.view.language import english, said, spoken

NOT_MEASURED = english("not measured yet")

type Record = dict[str, Any]
"""A complete record. Unknown values are None or empty."""

NUMBERS = ("effect", "low", "high", "smallest", "robustness")
AGAINST = ("not ", "opposite", "outside", "fail", "against", "unsupported", "miss")
PLAIN = {
    "regret": english(
        "In other words: its worst situation is less bad than the worst situation of any other style. The regret "
        "of a style in a situation is its distance from the best style there. For each style, the largest regret "
        "counts."
    )
}
"""An explanation of difficult words, by the kind of a claim's parts."""

NEITHER = ("not supported", "open", "unclear", "mixed", "partly", "not measured")


def load(name: str) -> dict[str, Any] | None:
    """A file of sim/analysis/data; None if it is missing or cannot be read."""
    try:
        data = json.loads((resources.files("sim.analysis") / "data" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def records(data: Mapping[str, Any] | None) -> list[Record]:
    """The valid records in the data of a file."""
    listed = data.get("claims") if data else None
    entries = listed if isinstance(listed, list) else []
    return [record for entry in entries if isinstance(entry, Mapping) and (record := _record(entry))]


def in_words(found: Sequence[Record]) -> str:
    """A sentence with the number of claims for each verdict."""
    counts = Counter(record["said"] for record in found)
    verdicts = ", ".join(f"{many} {verdict}" for verdict, many in counts.most_common())
    return said("Of {all}: {verdicts}.", all=len(found), verdicts=verdicts)


def dots(found: Sequence[Record]) -> list[dict[str, str]]:
    """A dot for each claim: its verdict, and what it says."""
    return [
        {"id": one["id"], "tone": one["tone"], "said": one["said"], "text": " ".join([one["claim"], *one["more"][:1]])}
        for one in found
    ]


def tone(verdict: str) -> str:
    """Whether a verdict is good, bad or open; this decides the mark beside it."""
    text = verdict.lower()
    if not text or any(text.startswith(word) for word in NEITHER):
        return "open"
    return "bad" if any(word in text for word in AGAINST) else "good"


def _record(entry: Mapping[str, Any]) -> Record | None:
    name, claim = entry.get("id"), entry.get("claim")
    if not isinstance(name, str) or not isinstance(claim, str):
        return None
    verdict = _text(entry.get("verdict"))
    labels = {"note": "{text}", "reason": said("Why: {text}")}
    parts = _tables(entry.get("parts"))
    return {
        "id": name,
        "claim": said(claim),
        "verdict": verdict,
        "said": said(verdict or NOT_MEASURED),
        "tone": tone(verdict),
        "undecided": entry.get("undecided") is True,
        "unit": _text(entry.get("unit")),
        **{key: number_of(entry.get(key)) for key in NUMBERS},
        "bar": bar(number_of(entry.get("smallest"))),
        "plain": list(dict.fromkeys(said(plain) for part in parts if (plain := PLAIN.get(_text(part.get("kind")))))),
        "held": _held(entry, parts),
        "more": [
            label.replace("{text}", said(_text(entry.get(key)))) for key, label in labels.items() if entry.get(key)
        ],
        "parts": [
            {
                "text": said(_text(part.get("text"))),
                "verdict": said(_text(part.get("verdict"))),
                "tone": tone(_text(part.get("verdict"))),
            }
            for part in parts
        ],
    }


def bar(smallest: float | None) -> float:
    """The line that an effect is compared with: 0, or below 0 for claims that something is no worse."""
    return min(smallest or 0.0, 0.0)


def _held(entry: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> str:
    """A sentence about the line that an effect is compared with, if that is not 0."""
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
    decides = said("This comparison decides: {part}.", part=said(_text(part.get("text")))) + " "
    decides = decides if part.get("text") else ""
    own = number_of(part.get("smallest"))
    known = part.get("unit") == "percent" and own is not None and percent is not None
    text = english("({limit}%; measured: {percent}%)")
    percents = " " + said(text, limit=_signed(own, 0), percent=_signed(percent, 1)) if known else ""
    at = _signed(line, 2) + percents
    return decides + said("This still holds at {value}. So the line is there and not at 0.", value=at)


def _signed(value: float | None, places: int) -> str:
    return spoken().digits(f"{value or 0.0:.{places}f}".replace("-", "−"))


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def number_of(value: Any) -> float | None:
    """A number from a file; None for anything else."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if known else None
