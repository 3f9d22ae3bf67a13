"""The page Evidence: what comes out of the model and what does not, as it was measured."""

import solara

from sim.app.evidence import records
from sim.app.evidence.records import Record
from sim.app.words import say, say_paragraphs, sheet, show_table
from sim.view.sentences import number

INTRODUCTION = """
Textbooks claim a lot about leadership. Here is what this model has to say to it. Each claim becomes an experiment: two
or more arms on the same people and the same luck, the size of the difference with its 95% interval, and a verdict.
Nothing was tuned for a single claim, and a claim that fails is listed as failing.

A claim that is supported comes out of the model's assumptions. That is no proof that it is true of people. Whether the
model's sizes look like those that were measured in real companies is the question of the second table.
"""

NOT_YET = """
Nothing has been measured yet in this version. Until then every result on these pages is what the model does, without
any check against what others have found.
"""

MARKS = {"good": "✓", "bad": "✗", "open": "?"}


@solara.component
def Evidence() -> None:
    """Both tables, or that there are none yet."""
    with sheet():
        say("h1", "Evidence: what is supported, and what is not")
        say_paragraphs(INTRODUCTION)
        _Table("Claims of the leadership literature", "claims.json", "Claim")
        _Table("Published findings", "evidence.json", "Finding")


@solara.component
def _Table(title: str, file: str, what: str) -> None:
    found = solara.use_memo(lambda: records.load(records.folder() / file), [file])
    say("h2", title)
    if not found:
        say_paragraphs(NOT_YET, "ts-warning")
        return
    say("p", records.in_words(found))
    header = ("", what, "Verdict", "Effect", "95% interval", "Holds in", "Remark")
    show_table(title, header, [_row(record) for record in found], prose=True)


def _row(record: Record) -> tuple[str, ...]:
    effect = "" if record.effect is None else f"{number(record.effect, 2, signed=True)} {record.unit}".strip()
    interval = "" if record.low is None or record.high is None else f"{record.low:.2f} to {record.high:.2f}"
    holds = "" if record.robustness is None else f"{record.robustness:.0%} of plausible parameter sets"
    remark = " ".join(part for part in (record.published, record.source, record.note) if part)
    verdict = f"{MARKS[record.tone]} {record.verdict or 'not measured'}"
    return (record.id, record.claim, verdict, effect, interval, holds, remark)
