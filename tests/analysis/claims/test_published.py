"""The page and the data about the claims that come with the project are those of this model."""

from pathlib import Path

from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_fingerprint, published

PAGE = Path(__file__).parents[3] / "docs" / "claims.md"


def test_the_published_claims_are_current():
    current = claims_fingerprint(load_claims())
    record = published()
    assert record is not None
    assert record["fingerprint"] == current, (
        "the model, its numbers or experiments/claims.toml have changed since the claims were judged: run `make docs`"
    )
    assert f"Made from {current}." in PAGE.read_text(encoding="utf-8")


def test_every_verdict_that_changed_says_why():
    record = published()
    assert record is not None
    now = {claim["id"]: claim["verdict"] for claim in record["claims"]}
    page = PAGE.read_text(encoding="utf-8")
    for claim in load_claims().claims:
        changed = claim.before is not None and claim.before != now[claim.id]
        assert bool(claim.changed) == changed, f"{claim.id}: {claim.before} before, {now[claim.id]} now"
        assert (f"{claim.before} before, {now[claim.id]} now" in page) or not changed
