"""What one touches to add a thing, as edits of files, as docs/contributing.md says; test_contributing.py tries it."""

from typing import NamedTuple


class Edit(NamedTuple):
    """A change of a file: where the anchor, a regular expression, matches, the text comes after it.

    A file without an anchor is new, and consists of the text.
    """

    file: str
    anchor: str
    text: str


COVERING = "tests/model/test_two_drivers.py"
"""Where each scenario and each style is compared in both drivers."""

PAGE = '''"""The page Words: what the model calls things."""

import solara

from sim.app.plain_text import say


@solara.component
def Words() -> None:
    """The whole page."""
    say("h1", "Words")
'''

COMMAND = '''"""The command that says good day."""

import typer


def greet() -> None:
    """Say good day."""
    typer.echo("Good day.")
'''

ANALYSIS = '''"""How many rows there are of each style."""

import pandas as pd

from sim.study.results import ExperimentResults


def counted(results: ExperimentResults) -> pd.DataFrame:
    """One row per style: style, count."""
    return results.frame["style"].value_counts().reset_index()
'''

SCENARIO = """extends = "everyday"
title = "A quiet firm"
question = "What pays off where four people know each other well?"
description = "Four people."
practices = [{ practice = "long-walks" }]

[[teams]]
name = "Workshop"
size = 4
"""

PRACTICE = """
[long-walks]
group = "culture"
title = "Long walks"
description = "People talk while they walk."
hours_people = 0.5
acts = { support = 0.1, voice = 0.1 }
"""

RULE = '''"""Laughter: who feels well laughs, and who laughs feels like laughing."""

from sim.model.rules.common import toward
from sim.model.rules.compiled import rule


@rule
def laugh(employee, p):
    """Laughter follows morale.

    l += ρ_l (m - l); m: morale.
    """
    employee.laughter = toward(employee.laughter, employee.morale, p.laughter_rate)
'''

ADDITIONS: dict[str, list[Edit]] = {
    "a metric": [
        Edit(
            "sim/model/metrics.py",
            r'^    Metric\("headcount".*\n',
            '    Metric("share_able", "share", "Able", "higher", "share of people at level D3 or D4"),\n',
        ),
        Edit(
            "sim/model/rules/tally.py",
            r"^    measures\.headcount = .*\n",
            "    measures.share_able = (tally.d3 + tally.d4) / n\n",
        ),
    ],
    "a parameter": [
        Edit(
            "sim/scenario/parameters.py",
            r'^        Parameter\("morale_of_trust".*\n',
            '        Parameter("morale_of_skill", "m_l", 0.05, 0.0, 0.2, "weight", "How much skill weighs in morale",\n'
            '                  "competence beyond one half, in morale", "assumed"),\n',
        ),
        Edit(
            "sim/model/rules/morale.py",
            r"^        \+ team\.conditions\n",
            "        + p.morale_of_skill * (employee.competence - 0.5)\n",
        ),
    ],
    "a behaviour": [
        Edit(
            "sim/scenario/behaviours.py",
            r'^    Behaviour\("data".*\n',
            '    Behaviour("humour", "Humour", "laughs with people", "affiliative humour"),\n',
        ),
        Edit("sim/scenario/styles.toml", r"data = [\d.]+", ", humour = 0.40"),
        Edit(
            "sim/model/rules/attention.py",
            r"^    week\.data = behaviour\.data\n",
            "    week.humour = behaviour.humour\n",
        ),
        Edit(
            "sim/model/rules/attention.py",
            r"^    week\.data \*= leader\.conduct\n",
            "    week.humour *= leader.conduct\n",
        ),
        Edit("sim/model/rules/morale.py", r"^        \+ team\.conditions\n", "        + 0.03 * week.humour\n"),
    ],
    "a rule": [
        Edit("sim/model/rules/laughter.py", "", RULE),
        Edit("sim/model/week.py", r"^    learning,\n", "    laughter,\n"),
        Edit(
            "sim/model/week.py",
            r'^        Step\(PERSON, "give_trust".*\n',
            '        Step(PERSON, "laugh", "Laugh with others.", (laughter.laugh,)),\n',
        ),
        Edit(
            "sim/model/state.py", r'^    Field\("trust", .*\n', '    Field("laughter", "how much the person laughs"),\n'
        ),
        Edit(
            "sim/scenario/parameters.py",
            r'^        Parameter\("morale_of_trust".*\n',
            '        Parameter("laughter_rate", "ρ_l", 0.3, 0.1, 0.5, "per week", "How fast laughter changes",\n'
            '                  "pace at which laughter follows morale", "assumed"),\n',
        ),
    ],
    "a style": [
        Edit(
            "sim/scenario/styles.toml",
            r"\Z",
            '\n[joint]\ndescription = "Half and half."\nblend = { democratic = 0.5, agile = 0.5 }\n',
        ),
        Edit(COVERING, r'^    "experts": \["S4"', ', "joint"'),
    ],
    "a scenario": [
        Edit("scenarios/quiet-firm.toml", "", SCENARIO),
        Edit(COVERING, r"^COVERING = \{\n", '    "quiet-firm": ["S1", "situational", "mixed", STEPS, AS_IS],\n'),
    ],
    "a practice": [Edit("sim/scenario/practices.toml", r"\Z", PRACTICE)],
    "a page": [
        Edit("sim/app/words.py", "", PAGE),
        Edit("sim/app/pages.py", r"^from sim\.app\.team import OneTeam\n", "from sim.app.words import Words\n"),
        Edit(
            "sim/app/pages.py",
            r'^    PageEntry\("evidence".*\n',
            '    PageEntry("words", "Words", "What is what", Words),\n',
        ),
        Edit("tests/browser/inventory.py", r"^INVENTORY = \{", '"/words": {}, '),
    ],
    "a command": [
        Edit("sim/cli/greet.py", "", COMMAND),
        Edit("sim/cli/__init__.py", r"^from sim\.cli\.files import .*\n", "from sim.cli.greet import greet\n"),
        Edit("sim/cli/__init__.py", r"^COMMANDS = \(\n", "    greet,\n"),
    ],
    "an analysis": [
        Edit("sim/analysis/study/counts.py", "", ANALYSIS),
        Edit(
            "sim/analysis/study/registry.py",
            r"^ANALYSES: .* = \{\n.*\n    for analysis in \(\n",
            '        Analysis("counts", "how many rows", _lazily("counts", "counted", "counts")),\n',
        ),
    ],
}
