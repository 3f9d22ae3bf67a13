"""The test of situational leading as a table for a terminal, as plain data, and as a page of the docs."""

import math
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sim.analysis.evidence import published
from sim.analysis.fingerprint import fingerprint
from sim.analysis.situational import (
    ADAPTING,
    AGAINST,
    CONTEXTS,
    DIAGNOSIS,
    LEAD,
    METRICS,
    OTHERS,
    PARTS,
    SEED,
    STEPS,
    Step,
    TrialResults,
    own_styles,
)  # fmt: skip
from sim.model.metrics import BY_NAME
from sim.results import check_writable, written_whole
from sim.scenario.load import load_scenario
from sim.view.doubt import NAMES
from sim.view.sentences import counted, joined

TEMPLATE = Path(__file__).parent / "templates" / "situational.md.template"

SCALES = {"output": (1.0, "points of output (100 is full capacity)"), "morale": (100.0, "points of morale (0 to 100)")}
"""What a metric is multiplied by to be read, and its unit then."""

BEGINNERS = "novices"
"""The context of people at the lowest level."""

SURE = 0.95
"""Share of worlds from which a sign counts as one that holds."""

MADE_OF = (LEAD, ADAPTING, *PARTS)
"""What the first tables show, beside which those about diagnosis stand."""

SHOWN = (*MADE_OF, *DIAGNOSIS)

GROUP = "situational"
"""Of the patterns in the bank that are about it."""


def trial_tables(trial: TrialResults) -> list[RenderableType]:
    """What `teamsim situational` prints: the lead and its parts over all contexts, for output and morale."""
    parts: list[RenderableType] = []
    for metric in METRICS:
        table = Table(title=f"{BY_NAME[metric].long_name}, {SCALES[metric][1]}", title_justify="left", box=None,
                      title_style="bold", pad_edge=False, padding=(0, 2, 0, 0))  # fmt: skip
        table.add_column("", overflow="fold")
        for context in contexts_of(trial):
            table.add_column(context, justify="right")
        for step in SHOWN:
            cells = [cell(row, metric) for row in rows(trial.table, metric, step)]
            table.add_row(Text(step.name, style="bold" if step is LEAD else ""), *cells)
        parts += [table, ""]
    return [*parts, Text(how_to_read(trial), style="dim")]


def trial_record(trial: TrialResults) -> dict[str, Any]:
    """The same as plain data. Unknown numbers are None."""
    steps = [{name: _known(value) for name, value in row.items()} for row in trial.table.to_dict("records")]
    first = [dict(row) for row in trial.first.to_dict("records")]
    return {"worlds": trial.worlds, "replications": trial.replications, "steps": steps, "first": first}


def save_markdown(trial: TrialResults, path: Path) -> None:
    """The page.

    Raises:
        InputError: a place that cannot be written to.
    """
    page = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        summary=_summary(trial),
        how=how_to_read(trial),
        output=_markdown_table(trial, "output", MADE_OF),
        morale=_markdown_table(trial, "morale", MADE_OF),
        steps="\n".join(f"- **{step.name}**: {step.meaning}." for step in MADE_OF),
        diagnosis_output=_markdown_table(trial, "output", DIAGNOSIS),
        diagnosis_morale=_markdown_table(trial, "morale", DIAGNOSIS),
        diagnosis="\n".join(f"- **{step.name}**: {step.meaning}." for step in DIAGNOSIS),
        contexts=_contexts(trial),
        against=_against(trial),
        doubt=_doubt(trial),
        patterns=patterns_table(),
        worlds=trial.worlds,
        replications=trial.replications,
        seed=SEED,
        fingerprint=trial_fingerprint(),
    )
    with written_whole(check_writable(path, (".md",))) as unfinished:
        unfinished.write_text(page, encoding="utf-8", newline="\n")


def trial_fingerprint() -> str:
    """What the page rests on: the model, the contexts, and the leadership styles."""
    texts = [
        load_scenario(name).model_dump_json(exclude={"name", "title", "question", "description"}) for name in CONTEXTS
    ]
    return fingerprint([*texts, *(style.model_dump_json() for style in own_styles().values()), str(SEED)])


def contexts_of(trial: TrialResults) -> list[str]:
    """The contexts, in order."""
    return list(dict.fromkeys(map(str, trial.table["context"])))


def rows(table: pd.DataFrame, metric: str, step: Step) -> list[dict[str, Any]]:
    """A row for each context."""
    chosen = table[(table["metric"] == metric) & (table["step"] == step.name)]
    return [{str(name): value for name, value in row.items()} for row in chosen.to_dict("records")]


def cell(row: Mapping[str, Any], metric: str) -> str:
    """'+1.2 (98%)': the mean over worlds, and the share of them that agree with its sign."""
    value = row["mean"] * SCALES[metric][0]
    agree = row["above"] if value > 0 else 1 - row["above"]
    return f"{value:+.1f} ({agree:.0%})"


def how_to_read(trial: TrialResults) -> str:
    """The words under the tables."""
    return (
        f"Mean over {counted(trial.worlds, 'plausible world')} with {counted(trial.replications, 'replication')} in"
        " each (other luck, other model numbers, other leaders of the same styles); in brackets the share of worlds in"
        " which it has this sign. Few replications leave luck in each world's figure, so that signs look less sure than"
        " they are for the mean of many firms."
    )


def _markdown_table(trial: TrialResults, metric: str, steps: tuple[Step, ...]) -> str:
    names = contexts_of(trial)
    lines = [f"| | {' | '.join(names)} |", "| --- |" + " ---: |" * len(names)]
    for step in steps:
        cells = []
        for row in rows(trial.table, metric, step):
            text = cell(row, metric)
            cells.append(f"**{text}**" if max(row["above"], 1 - row["above"]) >= SURE else text)
        lines.append(f"| {step.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _over_contexts(trial: TrialResults, metric: str, step: Step) -> float:
    found = rows(trial.table, metric, step)
    return SCALES[metric][0] * sum(float(row["mean"]) for row in found) / len(found)


def _summary(trial: TrialResults) -> str:
    """What the page says first, from the numbers: what adapting brings, and only then what the lead is made of."""
    paragraphs = [_adapting(trial)]
    for metric in METRICS:
        unit = SCALES[metric][1].split(" (")[0]
        lead, best, none = (_over_contexts(trial, metric, step) for step in (LEAD, *DIAGNOSIS[:2]))
        parts = [f"{step.name} {_over_contexts(trial, metric, step):+.1f}" for step in PARTS]
        paragraphs.append(
            f"Situational leading differs by {lead:+.1f} {unit} from the mean of seven other styles. This is made of"
            f" {joined(parts)}. Matching helps {metric} in at least {SURE:.0%} of worlds in {_held(trial, metric, 1)},"
            f" and hurts it in {_held(trial, metric, -1)}. Perfect diagnosis would add {best:+.1f}; without any"
            f" diagnosis it would have {none:.1f} less."
        )
    return "\n\n".join([*paragraphs, _by_context(trial)])


def _adapting(trial: TrialResults) -> str:
    """What a leader gets who finds levels out and adapts, against one who leads everybody as the four on average."""
    many = counted(len(contexts_of(trial)), "context")
    output, morale = (_over_contexts(trial, metric, ADAPTING) for metric in METRICS)
    worst = {metric: min(rows(trial.table, metric, ADAPTING), key=lambda row: float(row["mean"])) for metric in METRICS}
    least = " and ".join(
        f"{metric} in {row['context']} ({row['mean'] * SCALES[metric][0]:+.1f})" for metric, row in worst.items()
    )
    matching, varying = (
        " and ".join(f"{_over_contexts(trial, metric, step):+.1f}" for metric in METRICS) for step in PARTS[:2]
    )
    return (
        f"**A leader who finds out levels and adapts gets {output:+.1f} points of output and {morale:+.1f} points of"
        " morale by it**, against one who leads everybody as the four ways of situational leading on average, over"
        f" {many}. It brings least to {least}. Matching each person's level brings"
        f" {matching}; treating people differently for no good reason, which comes with it, {varying}."
    )


def _by_context(trial: TrialResults) -> str:
    """Where matching brings most and least output, held against what is published of beginners."""
    found = sorted(rows(trial.table, "output", PARTS[0]), key=lambda row: float(row["mean"]))
    least, most = found[0], found[-1]
    beginners = next((row for row in found if row["context"] == BEGINNERS), None)
    text = (
        f"Matching brings least output in {least['context']} ({least['mean']:+.1f}) and most in {most['context']}"
        f" ({most['mean']:+.1f})."
    )
    if beginners is None:
        return text
    against = " That is against the finding that it works with beginners if anywhere (Vecchio 1987)."
    return text + (against if beginners is least else "")


def _held(trial: TrialResults, metric: str, sign: int) -> str:
    """The contexts in which matching has a sign in nearly all worlds."""
    found = rows(trial.table, metric, PARTS[0])
    held = [str(row["context"]) for row in found if (row["above"] if sign > 0 else 1 - row["above"]) >= SURE]
    return "none" if not held else "all of them" if len(held) == len(found) else joined(held)


def _contexts(trial: TrialResults) -> str:
    lines = [
        "| Context | " + " | ".join(f"most {metric}" for metric in METRICS) + " |",
        "| --- |" + " ---: |" * len(METRICS),
    ]
    for context in contexts_of(trial):
        found = trial.first[trial.first["context"] == context].set_index("metric")["share"]
        lines.append(f"| {context} | " + " | ".join(f"{found[metric]:.0%}" for metric in METRICS) + " |")
    return "\n".join(lines)


def _against(trial: TrialResults) -> str:
    names = contexts_of(trial)
    lines = [f"| output, less | {' | '.join(names)} |", "| --- |" + " ---: |" * len(names)]
    for step, name in zip(AGAINST, OTHERS, strict=True):
        cells = [cell(row, "output") for row in rows(trial.table, "output", step)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _doubt(trial: TrialResults) -> str:
    """Shares of the variance of one firm's lead and of the worth of matching, the mean over contexts."""
    lines = ["| | " + " | ".join(NAMES.values()) + " |", "| --- |" + " ---: |" * len(NAMES)]
    for metric in METRICS:
        for step in (LEAD, PARTS[0]):
            found = pd.DataFrame(rows(trial.table, metric, step))[list(NAMES)].mean()
            cells = ["" if math.isnan(found[name]) else f"{found[name]:.0%}" for name in NAMES]
            lines.append(f"| {step.name}, {metric} | {' | '.join(cells)} |")
    return "\n".join(lines)


def patterns_table() -> str:
    """What the evidence says of the patterns of this group, from the stored record."""
    record = published() or {"patterns": []}
    lines = ["| | Pattern | Published | Figure | Model | Accepted | |", "| --- | --- | --- | --- | ---: | ---: | --- |"]
    for pattern in record["patterns"]:
        if pattern["group"] == GROUP:
            for place, figure in enumerate(pattern["figures"]):
                head = ("", "", "") if place else (
                    pattern["id"], pattern["pattern"], f"{pattern['published']} ({pattern['source']})"
                )  # fmt: skip
                low, high = figure["band"]
                verdict = "pass" if figure["passed"] else "**miss**"
                cells = (figure["name"].replace("_", " "), f"{figure['value']:.2f}", f"{low:g} to {high:g}", verdict)
                lines.append(f"| {' | '.join((*head, *cells))} |")
    return (
        "\n".join(lines)
        if len(lines) > 2
        else "Not measured yet: `teamsim evidence --group situational` measures them."
    )


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


__all__ = [
    "STEPS",
    "how_to_read",
    "patterns_table",
    "save_markdown",
    "trial_fingerprint",
    "trial_record",
    "trial_tables",
]
