"""Writes the claims and their results as plain data, and reads the copy that comes with the package."""

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from sim.analysis.claims.load import Claims
from sim.analysis.claims.verdict import ClaimResult, PartResult, Reading, Verdict
from sim.analysis.doubt import shares_record
from sim.analysis.fingerprint import fingerprint
from sim.analysis.summary import finite_or_none

PUBLISHED = "claims.json"
"""In sim/analysis/data; `make docs` writes it."""

TEXTS = {"name", "title", "question", "description"}
"""What a scenario says to its reader."""


def claims_record(results: Sequence[ClaimResult], claims: Claims, replications: int) -> dict[str, Any]:
    """Everything: what `teamsim claims --json` prints, and what the app shows. Unknown numbers are None.

    Effects are as in `Reading`: above 0 they speak for the claim.
    """
    return {
        "fingerprint": claims_fingerprint(claims),
        "seed": claims.seed,
        "replications": replications,
        "draws": max((result.draws for result in results), default=0),
        "claims": [_claim(result) for result in results],
    }


def claims_fingerprint(claims: Claims) -> str:
    """What the verdicts rest on: the model, the claims, and the scenarios that they name."""
    used = {arm.situation for claim in claims.claims for part in claim.parts for arm in part.arms}
    texts = [claim.model_dump_json() for claim in claims.claims]
    texts += [claims.situations[name].model_dump_json(exclude=TEXTS) for name in sorted(used)]
    return fingerprint([*texts, str(claims.seed)])


def published() -> dict[str, Any] | None:
    """The copy in the package, as `claims_record` makes it; None where there is none yet."""
    file = resources.files("sim.analysis") / "data" / PUBLISHED
    if not file.is_file():
        return None
    record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return record


def _claim(result: ClaimResult) -> dict[str, Any]:
    weakest = result.weakest.weakest
    return {
        "id": result.claim.id,
        "claim": result.claim.text,
        "verdict": str(result.verdict),
        "effect": finite_or_none(weakest.standardised),
        "low": finite_or_none(weakest.standardised_low),
        "high": finite_or_none(weakest.standardised_high),
        "smallest": finite_or_none(weakest.standardised_smallest),
        "robustness": result.robustness,
        "holds": result.holds,
        "undecided": result.undecided,
        "keeps_sign": result.keeps_sign,
        "doubt": shares_record(result.doubt) if result.doubt is not None else None,
        "note": result.claim.note,
        "reason": reason(result),
        "parts": [_part(part) for part in result.parts],
    }


def reason(result: ClaimResult) -> str:
    """Why the claim fails; nothing where it does not."""
    return "" if result.verdict is Verdict.SUPPORTED else result.claim.reason


def _part(result: PartResult) -> dict[str, Any]:
    part = result.part
    return {
        "text": part.text,
        "kind": part.kind,
        "metrics": list(dict.fromkeys(measure.metric for measure in part.measures)),
        "weeks": list(part.weeks),
        "unit": getattr(part, "unit", "sd"),
        "smallest": part.smallest,
        "verdict": str(result.verdict),
        "p_adjusted": result.p_adjusted,
        "comparisons": [_comparison(reading) for reading in result.readings],
    }


def _comparison(reading: Reading) -> dict[str, Any]:
    return {
        "arms": reading.label,
        "effect": finite_or_none(reading.effect),
        "low": finite_or_none(reading.low),
        "high": finite_or_none(reading.high),
        "standardised": finite_or_none(reading.standardised),
        "difference": finite_or_none(reading.difference),
        "enough": reading.enough,
    }
