"""The page Evidence: the claims and the published findings that the model supports or does not support."""

from functools import cache
from typing import Any

import solara
from solara.alias import rv

from sim.analysis.claims.load import load_claims
from sim.analysis.claims.record import claims_fingerprint, claims_record
from sim.analysis.claims.study import ClaimsStudy
from sim.analysis.cross_validation import predicted
from sim.analysis.evidence import evidence_fingerprint, load_patterns
from sim.app import form
from sim.app.component import component_vue
from sim.app.evidence import findings
from sim.app.evidence.records import Record, dots, in_words, load, records
from sim.app.language import spoken_by_visitor
from sim.app.plain_text import complain, page_body, say, say_paragraphs, wait
from sim.view.language import english, said

REPLICATIONS = 60
"""Runs of each arm when a student tries a claim."""

INTRODUCTION = english("""
Textbooks make many claims about leadership. This page says which of them the model supports. Each claim becomes an
experiment: the same people with the same luck live twice or more often, and only one thing differs, the subject of
the claim. The table shows the size of the difference with its 95% interval, and a verdict. Nothing is adjusted for a
single claim. If a claim fails, the table says so.

A supported claim follows from the assumptions of the model. This does not prove that it is true of people. The second
table compares the sizes in the model with sizes that were measured in real companies.
""")

NOT_YET = english("""
Nothing has been measured yet in this version. So no result on these pages has been checked against published
findings.
""")

STALE = english("""
The model or the claims have changed since this was measured. The numbers belong to an earlier version.
""")

HOW_TO_READ = english("""
The unit of effects is the standard deviation between runs: 0.2 is a small effect, 0.8 a large one. If a claim has
several comparisons, the table shows the weakest. In the pictures, effects to the right of the vertical line speak for
the claim, and effects to the left speak against it. For most claims this line is at 0. The dashed line is the
smallest effect of any importance. A few claims say that something is no worse, or brings no more. They allow a small
difference: their line is at this difference, and their rows say so. "Same verdict in" is the share of plausible
worlds with the same verdict. Each of these worlds has other values for the numbers that nobody knows exactly. If the
share is small, the verdict depends on such numbers.
""")

HOW_TO_READ_FINDINGS = english("""
Researchers have measured relations in real companies. Here the same relations are measured in many companies of the
model, and in the same way: people fill in a questionnaire, with typical errors. The model shows a pattern if all
figures of the pattern lie in the expected range, which comes from published figures. In brackets: the range of the
figure over several sets of companies (5th to 95th percentile). The figures r and rho are correlations: 0 means no
relation, 1 means that two things always go together. (J) marks a range that is a judgement: the direction is
published, but the size is not. "Fitted" means: the uncertain numbers of the model were chosen so that it shows this
pattern. The other patterns are predictions: the model did not know them.
""")

TRY = english("""
Run the experiment of a claim now, with less precision than in the table. Here the verdict is adjusted only for the
parts of this claim, not for the other claims.
""")


@component_vue("dots.vue")
def _Dots(groups: list[dict[str, Any]]) -> None:
    """Grids of dots, each with what it stands for."""


@component_vue("records.vue")
def _Records(title: str, what: str, rows: list[Record]) -> None:
    """A table of records with a picture of each interval; visitors can filter and save it."""


@component_vue("findings.vue")
def _FindingsTable(title: str, rows: list[findings.Finding]) -> None:
    """A table that compares each figure of each pattern with published ones; visitors can filter and save it."""


@solara.component
def Evidence() -> None:
    """Both tables, or a note that nothing was measured yet."""
    with page_body():
        say("h1", said("Evidence: what the model supports and what not"))
        _Overview()
        with rv.Html(tag="details", class_="ts-card"):
            rv.Html(tag="summary", children=[said("What was tried, and how to read it")])
            say_paragraphs(INTRODUCTION)
            say_paragraphs(HOW_TO_READ)
            say_paragraphs(HOW_TO_READ_FINDINGS)
        _Claims()
        _Findings()


@solara.component
def _Overview() -> None:
    """A dot for each published finding and each claim, what they come to, and more about each when asked for."""
    known, judged = findings.findings(load("evidence.json")), records(load("claims.json"))
    groups = [
        {
            "title": said("Published findings"),
            "words": findings.out_of_sample(predicted()),
            "dots": findings.dots(known),
        },
        {"title": said("Claims of the literature"), "words": in_words(judged) if judged else "", "dots": dots(judged)},
    ]
    if known or judged:
        _Dots(groups=[group for group in groups if group["dots"]])


shipped_claims = cache(load_claims)
"""The claims of this version, read once for all visitors."""


@cache
def rests_on() -> dict[str, str]:
    """The fingerprints that what was measured has where it belongs to this version of the model."""
    return {"claims": claims_fingerprint(shipped_claims()), "patterns": evidence_fingerprint(load_patterns())}


@solara.component
def _Claims() -> None:
    data = solara.use_memo(lambda: load("claims.json"), [])
    claims = shipped_claims()
    stale = bool(data) and data.get("fingerprint") != rests_on()["claims"]
    found = records(data)
    say("h2", said("Claims of the leadership literature"))
    if found:
        if stale:
            say_paragraphs(STALE, "ts-warning")
    else:
        say_paragraphs(NOT_YET, "ts-warning")
    unmeasured = {"claims": [{"id": claim.id, "claim": claim.text, "note": claim.note} for claim in claims.claims]}
    _Records(title=said("Claims of the leadership literature"), what=said("Claim"), rows=found or records(unmeasured))
    _Try([(claim.id, f"{claim.id}: {said(claim.text)}") for claim in claims.claims])


@solara.component
def _Findings() -> None:
    data = solara.use_memo(lambda: load("evidence.json"), [])
    stale = bool(data) and data.get("fingerprint") != rests_on()["patterns"]
    found = findings.findings(data)
    say("h2", said("Published findings"))
    if found:
        if stale:
            say_paragraphs(STALE, "ts-warning")
        say("p", findings.in_words(found))
        _FindingsTable(title=said("Published findings"), rows=[_told(one) for one in found])
    else:
        say_paragraphs(NOT_YET, "ts-warning")


def _told(one: findings.Finding) -> findings.Finding:
    """A finding as people read it; where it was published stays as it is."""
    figures = [{**figure, "name": said(figure["name"])} for figure in one["figures"]]
    texts = {key: said(one[key]) for key in ("pattern", "group", "published")}
    return {**one, **texts, "figures": figures}


@solara.component
def _Try(listed: list[tuple[str, str]]) -> None:
    """Runs one claim now."""
    chosen, choose = solara.use_state(listed[0][0])
    asked, ask = solara.use_state("")
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h3", said("Try a claim yourself"))
        say_paragraphs(TRY)

        def change(message: dict[str, Any]) -> None:
            if message["name"] == "run":
                ask(chosen)
            elif message["value"] in dict(listed):
                choose(message["value"])

        controls = [
            form.choice("claim", said("Claim"), chosen, listed, wide=True),
            form.button("run", said("Run it now")),
        ]
        form.Form(fields=controls, label=said("Try a claim"), event_change=change)
        if asked:
            Tried(asked).key(asked)


@solara.component
def Tried(name: str) -> None:
    """A claim that is run on the page, with what came of it."""
    run = solara.lab.use_task(lambda: judged(name), dependencies=[name, spoken_by_visitor()], raise_error=False)
    if run.error:
        complain(said("The model could not run. Try again."))
    elif run.value is None:
        wait(said("The model runs each arm {many} times ...", many=REPLICATIONS))
    else:
        say("p", f"{name}: {run.value[0]['said']}.", "ts-note", role="status", data_tried=name)
        _Records(title=said("{claim}, run now", claim=name), what=said("Claim"), rows=run.value)


def judged(name: str) -> list[Record]:
    """Run a claim, and judge it."""
    claims = shipped_claims().chosen((name,))
    study = ClaimsStudy.planned(claims, REPLICATIONS)
    study.run()
    return records(claims_record(study.results(), claims, REPLICATIONS))
