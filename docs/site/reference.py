"""The pages of the documentation site that are made from the code: the reference, as Markdown by path."""

import json
from collections.abc import Iterator
from typing import Any

import typer.main

import sim
from sim import cli
from sim.model.metrics import METRICS
from sim.scenario import parameters
from sim.scenario.behaviours import BEHAVIOUR_TABLE, CHANNEL_TABLE
from sim.scenario.editors import json_schema
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles
from sim.view.markdown import table


def pages() -> dict[str, str]:
    """Every page of the reference."""
    made = {
        "commands": _commands(),
        "python": _python(),
        "metrics": _metrics(),
        "parameters": _parameters(),
        "choices": _choices(),
        "schema": _schema(),
    }
    return {f"reference/{name}.md": text for name, text in made.items()}


def _metrics() -> str:
    rows = [(f"`{m.name}`", m.long_name, m.unit, m.good, m.description) for m in METRICS]
    heading = "# Metrics\n\nWhat is measured every week of the company, and of each team where that makes sense.\n\n"
    return heading + table(("Metric", "Called", "Unit", "Wanted", "Meaning"), rows) + "\n"


def _parameters() -> str:
    parts = ["# Parameters", "Every number of the model's mechanisms, with the range that is plausible and its source."]
    for group in parameters.GROUPS:
        rows = [
            (f"`{p.name}`", f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.unit, p.meaning, p.source)
            for p in group.parameters
        ]
        columns = ("Parameter", "Default", "Plausible", "Unit", "Meaning", "Source")
        parts += [f"## {group.title}", group.why, table(columns, rows)]
    return "\n\n".join(parts) + "\n"


def _choices() -> str:
    styles = [(f"`{name}`", style.description) for name, style in builtin_styles().items()]
    kept_up = [(f"`{name}`", practice.group, practice.description) for name, practice in practices().items()]
    behaviours = [(f"`{b.name}`", b.meaning, b.literature) for b in BEHAVIOUR_TABLE]
    channels = [(f"`{channel.name}`", channel.meaning) for channel in CHANNEL_TABLE]
    return "\n\n".join(
        [
            "# Styles and practices",
            "## Leadership styles",
            table(("Style", "What it is"), styles),
            "## Behaviours",
            "A style is how much of each of these a leader shows, and to whom.",
            table(("Behaviour", "Meaning", "In the literature"), behaviours),
            "## Practices",
            table(("Practice", "Group", "What it is"), kept_up),
            "## Channels",
            "What practices act through, beside the behaviours.",
            table(("Channel", "What it does"), channels),
        ]
    ) + "\n"  # fmt: skip


def _schema() -> str:
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False)
    words = "The JSON Schema of a scenario file, by which editors complete and check as you type."
    return f"# Schema of a scenario\n\n{words}\n\n```json\n{text}\n```\n"


def _commands() -> str:
    group: Any = typer.main.get_command(cli.app)
    parts = ["# Command line", "`teamsim COMMAND --help` says the same."]
    for name, command in group.commands.items():
        for words, one in _leaves(name, command):
            rows = [_parameter(each) for each in one.params if each.name != "help"]
            usage = " ".join([f"teamsim {words}", *(each.metavar or (each.name or "").upper()
                              for each in one.params if each.param_type_name == "argument")])  # fmt: skip
            parts += [f"## teamsim {words}", (one.help or "").strip(), f"```text\n{usage}\n```"]
            parts += [table(("Option", "Default", "What it does"), rows)] if rows else []
    return "\n\n".join(parts) + "\n"


def _leaves(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command, or those below it."""
    if hasattr(command, "commands"):
        for name, below in command.commands.items():
            yield from _leaves(f"{words} {name}", below)
    else:
        yield words, command


def _parameter(parameter: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
    default = parameter.default
    shown = "" if default is None or default is False or callable(default) or default in ((), []) else f"`{default}`"
    return names, shown, getattr(parameter, "help", "") or ""


def _python() -> str:
    parts = ["# Python", "What `import sim` offers. Everything takes plain values and returns tables or datasets."]
    parts += [
        f"::: {home}.{name}" for name, home in sorted(sim._HOMES.items()) if name not in ("import_roster", "advise")
    ]
    return (
        "\n\n".join(
            [*parts, "::: sim.analysis.advice.advisor.advise", "::: sim.scenario.people_files.importing.import_roster"]
        )
        + "\n"
    )
