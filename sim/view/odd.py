"""The model described by the ODD protocol (Grimm et al. 2020): `python -m sim.view.odd docs/odd.md` writes the page.

The prose stands in templates/odd.md.template. Every table is made from the code, so that it cannot fall behind.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from sim.model import state
from sim.model.metrics import METRICS
from sim.scenario import parameters, sections
from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS
from sim.scenario.editors import json_schema
from sim.scenario.fields import Section
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.styles import builtin_styles, resolve
from sim.view import source
from sim.view.source import Rule, RuleFile, Step

TEMPLATE = Path(__file__).parent / "templates" / "odd.md.template"

LOOPS = {"teams": "For each team:", "members": "For each person of the team:"}
"""What a loop of the schedule is about; others, such as that over weeks, are not worth a line."""

SAID_ELSEWHERE: Mapping[str, tuple[type[Section], ...]] = {
    "EMPLOYEE": (sections.Person,),
    "LEADER": (sections.Leader,),
    "COMPANY": (sections.Company, sections.Market, sections.Money),
}
"""Where a field is described if not beside it: it comes from a scenario, whose keys are explained to its writer."""

INPUTS = ("Company", "Money", "Team", "Employees", "Mix", "Person", "Leader", "Market", "Run")
"""The sections of a scenario that are tables of values, in the order in which people meet them."""

BOUNDLESS = 10**9
"""Bounds from here on only keep nonsense out."""

NOT_SUBMODELS = ("schedule",)
"""Files of rules that are described elsewhere: the schedule is the list of the others."""


def page() -> str:
    """The whole page."""
    made = {
        "employee": _state("EMPLOYEE"),
        "week": _state("WEEK"),
        "leader": _state("LEADER"),
        "team": _state("TEAM"),
        "company": _state("COMPANY"),
        "behaviours": _table(("Behaviour", "Meaning", "In the literature"), BEHAVIOUR_TABLE, code=1),
        "styles": _styles(),
        "schedule": "\n".join(_steps(source.week())),
        "metrics": _metrics(),
        "inputs": _inputs(),
        "events": _events(),
        "scenarios": _scenarios(),
        "submodels": "\n\n".join(_submodel(file) for file in source.rule_files() if file.name not in NOT_SUBMODELS),
        "parameters": _parameters(),
        "sources": _how_well_founded(),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(made)


def _state(record: str) -> str:
    rows = []
    for line in source.record_lines(state, record):
        for names in [line.fields] if line.comment or len(line.fields) > 1 else [(name,) for name in line.fields]:
            if names == ("*BEHAVIOURS",):
                shown = f"the {len(BEHAVIOURS)} behaviours"
            else:
                shown = ", ".join(f"`{name}`" for name in names)
            rows.append((shown, line.comment or _said_elsewhere(record, names[0])))
    return _table(("State variable", "Meaning and unit"), rows)


def _said_elsewhere(record: str, field: str) -> str:
    for section in SAID_ELSEWHERE.get(record, ()):
        described = section.model_fields.get(field.removeprefix("base_"))
        if described is not None:
            return str(described.description).partition("; left out")[0]
    return next((f"{b.meaning}, on average" for b in BEHAVIOUR_TABLE if b.name == field), "")


def _styles() -> str:
    rows, constant = [], []
    for name, definition in builtin_styles().items():
        made_of = ""
        if definition.behaviour is not None:
            constant.append(name)
        elif definition.by_level is not None:
            made_of = ", ".join(f"{level.upper()}: {style}" for level, style in definition.by_level.items())
        elif definition.blend is not None:
            made_of = " + ".join(f"{weight:g} {style}" for style, weight in definition.blend.items())
        rows.append((f"`{name}`", f"{definition.description}{f' Made of {made_of}.' if made_of else ''}"))
    columns = [resolve(name, {}).stages[0].levels[0] for name in constant]
    values = [
        (f"`{behaviour}`", *(f"{column[place]:.2f}" for column in columns))
        for place, behaviour in enumerate(BEHAVIOURS)
    ]
    return "\n\n".join([_table(("Style", "In words"), rows), _table(("Behaviour", *constant), values)])


def _steps(steps: Iterable[Step], depth: int = 0) -> Iterator[str]:
    """A nested list; loops that are not worth a line are left out, and their steps are not."""
    for step in steps:
        deeper = depth
        if step.says or step.name in LOOPS:
            file = f" ({step.file})" if step.file else ""
            text = LOOPS[step.name] if step.name in LOOPS else f"`{step.name}`{file}: {_in_short(step.says)}"
            yield f"{'  ' * depth}- {text}"
            deeper += 1
        yield from _steps(step.steps, deeper)


def _metrics() -> str:
    rows = [(f"`{m.name}`", m.unit, m.meaning, m.good, m.whole_run) for m in METRICS]
    return _table(("Metric", "Unit", "Meaning", "Wanted", "A run counts as its"), rows)


def _inputs() -> str:
    parts = []
    for name in INPUTS:
        section = _definitions()[name]
        parts.append(f"**{name}.** {_text(section['description'])}\n\n" + _keys(section))
    return "\n\n".join(parts)


def _keys(section: Mapping[str, Any]) -> str:
    required = section.get("required", ())
    rows = []
    for key, node in section["properties"].items():
        value = next((option for option in node.get("anyOf", ()) if option.get("type") != "null"), node)
        value = {**value, **{fact: node[fact] for fact in ("description", "default") if fact in node}}
        default = "required" if key in required else _value(value.get("default"))
        rows.append((f"`{key}`", default, _allowed(value), value.get("description", "")))
    return _table(("Key", "Default", "Allowed, unit", "Meaning"), rows)


def _allowed(node: Mapping[str, Any]) -> str:
    if "enum" in node:
        return ", ".join(f'"{choice}"' for choice in node["enum"])
    if "$ref" in node:
        return f"a table as {node['$ref'].rpartition('/')[2]} below"
    if node.get("type") == "array":
        return "a list of tables"
    low, high = node.get("minimum"), node.get("maximum", BOUNDLESS)
    bounds = "" if low is None else f"{low:,} or more" if high >= BOUNDLESS else f"{low:,} to {high:,}"
    text = "text" if node.get("type") == "string" else ""
    return ", ".join(part for part in (bounds or text, node.get("unit", "").removesuffix(", 0-1")) if part)


def _value(value: Any) -> str:
    return "" if value is None or value in ("", []) else f"{value:,g}" if isinstance(value, float) else str(value)


def _events() -> str:
    rows = []
    kinds = json_schema()["properties"]["events"]["items"]["discriminator"]["mapping"]
    for kind, reference in kinds.items():
        section = _definitions()[reference.rpartition("/")[2]]
        own = [key for key in section["properties"] if key not in ("event", "week", "note")]
        rows.append((f"`{kind}`", ", ".join(f"`{key}`" for key in own), section["description"]))
    return _table(("Event", "Says, beside its week", "What happens"), rows)


def _scenarios() -> str:
    loaded = [load_scenario(name) for name in scenario_names()]
    rows = [
        (f"`{s.name}`", s.title, s.question, str(sum(team.size for team in s.teams)), str(s.run.weeks)) for s in loaded
    ]
    return _table(("Scenario", "Situation", "Question", "People", "Weeks"), rows)


def _submodel(file: RuleFile) -> str:
    title, _, rest = file.says.partition("\n")
    parts = [f"### {_text(title.removesuffix('.'))}", f"In `sim/model/rules/{file.name}.py`. {_text(rest)}".strip()]
    return "\n\n".join([*parts, *map(_rule, file.rules)])


def _rule(rule: Rule) -> str:
    """A rule in words, then its formula, line by line as in its docstring, and the values of its parameters."""
    words, _, formula = rule.says.partition("\n\n")
    if "\n" in words and not formula:
        words, formula = "", words
    parts = [f"**`{rule.name}({', '.join(rule.takes)})`** {_text(words)}".strip()]
    parts += [f"```text\n{formula}\n```"] if formula else []
    used = [f"`{p.name}` = {p.default:g}" for p in parameters.PARAMETERS if p.name in rule.parameters]
    parts += [f"Parameters: {', '.join(used)}."] if used else []
    return "\n\n".join(parts)


def _parameters() -> str:
    parts = []
    for heading, names in source.headed(parameters, "PARAMETERS"):
        rows = [
            (f"`{name}`", f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.unit, p.meaning, p.source)
            for name in names
            for p in [parameters.BY_NAME[name]]
        ]
        columns = ("Parameter", "Default", "Plausible", "Unit", "Meaning", "Source")
        parts.append(f"**{heading}**\n\n" + _table(columns, rows))
    return "\n\n".join(parts)


def _how_well_founded() -> str:
    """How many parameters rest on what."""
    assumed = [p for p in parameters.PARAMETERS if p.source.startswith("assumed")]
    half = [p for p in parameters.PARAMETERS if p not in assumed and "assumed" in p.source]
    rest = len(parameters.PARAMETERS) - len(assumed) - len(half)
    return (
        f"Of the {len(parameters.PARAMETERS)} parameters {len(assumed)} are assumed outright, {len(half)} take their "
        f"direction or form from the literature and their size from judgement, and {rest} are set with a published "
        "figure in view."
    )


@cache
def _definitions() -> Mapping[str, Any]:
    definitions: Mapping[str, Any] = json_schema()["$defs"]
    return definitions


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], code: int = 0) -> str:
    """A table in Markdown; the first `code` columns are names from the code."""
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    for row in rows:
        cells = [f"`{cell}`" if place < code else _text(cell) for place, cell in enumerate(row)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _in_short(says: str) -> str:
    """The first sentence of a docstring, up to its formula."""
    first = re.split(r"(?<!al)\. ", " ".join(says.partition("\n\n")[0].split()))[0]
    before, _, after = first.partition(": ")
    return _text((before if "=" in after else first).removesuffix(".") + ".")


def _text(text: str) -> str:
    """Text in which Markdown sees no marks of its own, names in backquotes apart."""
    pieces = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(piece if piece.startswith("`") else re.sub(r"([\\*<>\[\]|])", r"\\\1", piece) for piece in pieces)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8", newline="\n")
