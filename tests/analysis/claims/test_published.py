"""The page and the data about the claims that come with the project are those of this model."""

from pathlib import Path

import pytest

from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_fingerprint, published

PAGE = Path(__file__).parents[3] / "docs" / "claims.md"


def test_the_published_claims_are_current():
    if not PAGE.exists():
        pytest.skip("docs/claims.md has not been made yet; `make docs` makes it")
    current = claims_fingerprint(load_claims())
    record = published()
    assert record is not None
    assert record["fingerprint"] == current, (
        "the model, its numbers or experiments/claims.toml have changed since the claims were judged: run `make docs`"
    )
    assert f"Made from {current}." in PAGE.read_text(encoding="utf-8")
