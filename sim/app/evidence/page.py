"""The page Evidence: what comes out of the model and what does not, as it was measured."""

from typing import Any

import solara

from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_fingerprint, claims_record
from sim.analysis.claims.study import Study
from sim.analysis.evidence import evidence_fingerprint, load_patterns
from sim.app import fields
from sim.app.evidence import findings
from sim.app.evidence.records import Record, in_words, load, records
from sim.app.plain_text import complain, say, say_paragraphs, sheet, wait

REPLICATIONS = 60
"""Runs of each arm when a student has a claim tried."""

INTRODUCTION = """
Textbooks claim a lot about leadership. Here is what this model has to say to it. Each claim becomes an experiment: the
same people with the same luck live twice or more, and only what the claim is about differs. The size of the difference
is given with its 95% interval, and a verdict. Nothing is tuned for a single claim, and a claim that fails is listed as
failing.

A claim that is supported comes out of the model's assumptions. That is no proof that it is true of people. Whether the
model's sizes look like those that were measured in real companies is the question of the second table.
"""

NOT_YET = """
Nothing has been measured yet in this version. Until then every result on these pages is what the model does, without
any check against what others have found.
"""

STALE = """
The model or the claims have changed since this was measured. Take the numbers as those of an earlier version.
"""

HOW_TO_READ = """
Effects are counted in standard deviations between runs (0.2 is a small effect, 0.8 a large one); of a claim with
several comparisons the weakest is shown. In the pictures, what lies to the right of the line in the middle speaks for
the claim, and what lies to the left against it. The line is at 0 for most claims, and the dashed stroke is the
smallest effect worth naming. A few claims say that something is no worse, or brings no more: they allow for a small
difference, the line is at that difference, and their rows say so. "Stands in" is the share of plausible worlds in
which the verdict is the same, each with other values for what nobody knows exactly: a claim that stands in few of
them hangs on such numbers.
"""

HOW_TO_READ_FINDINGS = """
Researchers have measured what goes with what in real companies. The same was measured in many made-up companies of
this model, in the same way: people fill in a questionnaire, with the errors that people make. A pattern is shown by
the model if every one of its figures lies in the range that the published ones allow. In brackets: how far the figure
moves from one set of companies to the next (5th to 95th percentile). The figures r and rho are correlations: 0 if two
things have nothing to do with each other, 1 if they always go together. (J) marks a range set by judgement, where the
direction is published and the size is not.
"""

TRY = """
Run a claim's experiment now, with less precision than in the table. Without the other claims beside it the verdict is
adjusted for its own parts alone.
"""


@solara.component_vue("records.vue", vuetify=False)
def _Records(title: str, what: str, rows: list[Record]) -> None:
    """Records as a table, with a picture of each interval, to be filtered and saved."""


@solara.component_vue("findings.vue", vuetify=False)
def _FindingsTable(title: str, rows: list[findings.Finding]) -> None:
    """Every figure of every pattern against what was published, to be filtered and saved."""


@solara.component
def Evidence() -> None:
    """Both tables, or that nothing was measured yet."""
    with sheet():
        say("h1", "Evidence: what is supported, and what is not")
        say_paragraphs(INTRODUCTION)
        _Claims()
        _Findings()


@solara.component
def _Claims() -> None:
    data = solara.use_memo(lambda: load("claims.json"), [])
    claims = solara.use_memo(load_claims, [])
    stale = solara.use_memo(lambda: bool(data) and data.get("fingerprint") != claims_fingerprint(claims), [])
    found = records(data)
    say("h2", "Claims of the leadership literature")
    if found:
        if stale:
            say_paragraphs(STALE, "ts-warning")
        say("p", in_words(found))
        say_paragraphs(HOW_TO_READ)
    else:
        say_paragraphs(NOT_YET, "ts-warning")
    unmeasured = {"claims": [{"id": claim.id, "claim": claim.text, "note": claim.note} for claim in claims.claims]}
    _Records(title="Claims of the leadership literature", what="Claim", rows=found or records(unmeasured))
    _Try([(claim.id, f"{claim.id}: {claim.text}") for claim in claims.claims])


@solara.component
def _Findings() -> None:
    data = solara.use_memo(lambda: load("evidence.json"), [])
    stale = solara.use_memo(lambda: bool(data) and data.get("fingerprint") != evidence_fingerprint(load_patterns()), [])
    found = findings.findings(data)
    say("h2", "Published findings")
    if found:
        if stale:
            say_paragraphs(STALE, "ts-warning")
        say("p", findings.in_words(found))
        say_paragraphs(HOW_TO_READ_FINDINGS)
        _FindingsTable(title="Published findings", rows=found)
    else:
        say_paragraphs(NOT_YET, "ts-warning")


@solara.component
def _Try(listed: list[tuple[str, str]]) -> None:
    """One claim, run now."""
    chosen, choose = solara.use_state(listed[0][0])
    asked, ask = solara.use_state("")
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h3", "Try a claim yourself")
        say_paragraphs(TRY)

        def change(moved: dict[str, Any]) -> None:
            if moved["name"] == "run":
                ask(chosen)
            elif moved["value"] in dict(listed):
                choose(moved["value"])

        controls = [fields.choice("claim", "Claim", chosen, listed, wide=True), fields.button("run", "Run it now")]
        fields.Fields(fields=controls, label="Try a claim", event_change=change)
        if asked:
            Tried(asked).key(asked)


@solara.component
def Tried(name: str) -> None:
    """A claim that is run on the page, with what came of it."""
    run = solara.lab.use_task(lambda: judged(name), dependencies=[name], raise_error=False)
    if run.error:
        complain("The runs could not be made. Try again.")
    elif run.value is None:
        wait(f"Every arm is run {REPLICATIONS} times ...")
    else:
        say("p", f"{name}: {run.value[0]['verdict']}.", "ts-note", role="status", data_tried=name)
        _Records(title=f"{name}, run now", what="Claim", rows=run.value)


def judged(name: str) -> list[Record]:
    """Run a claim, and judge it."""
    claims = load_claims().chosen((name,))
    study = Study(claims, REPLICATIONS, ())
    study.run()
    return records(claims_record(study.results(), claims, REPLICATIONS))
