"""Writes the ODD protocol of the model (Grimm et al. 2020): `python -m sim.view.odd docs/odd.md` writes the page.

The prose stands in templates/odd.md.template. Every table is made from the code, so that it cannot fall behind.
"""

import inspect
import itertools
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from sim.model import diagram, mechanisms
from sim.model.build import TEAMS_BEGIN, WEEKS_BEFORE
from sim.model.fields import RECORDS, Field
from sim.model.metrics import METRICS
from sim.model.plugged import WEEK
from sim.model.rules.work import HOURS
from sim.model.week import with_vacant
from sim.scenario import checks, parameters, sections
from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS, CHANNEL_TABLE
from sim.scenario.editors import json_schema
from sim.scenario.fields import Section
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles, resolve
from sim.view import inputs, source, theme
from sim.view.markdown import table, text
from sim.view.source import Rule, RuleFile

TEMPLATE = Path(__file__).parent / "templates" / "odd.md.template"

PICTURE = "images/mechanisms.svg"
"""The causal diagram, beside the page."""

ENTITIES = ("EMPLOYEE", "WEEK", "LEADER", "TEAM", "COMPANY", "PRACTICE")
"""Records with a table of their own; the others, which serve these, are listed together."""

SAID_ELSEWHERE: Mapping[str, tuple[type[Section], ...]] = {
    "EMPLOYEE": (sections.Person,),
    "LEADER": (sections.Leader,),
    "COMPANY": (sections.Company, sections.Market, sections.Money),
}
"""Where a field without a meaning of its own is described: it comes from a scenario, which explains its keys."""


def page() -> str:
    """The whole page."""
    weeks = json_schema()["$defs"]["Run"]["properties"]["weeks"]
    made = {record.lower(): _state(record) for record in ENTITIES} | {
        "behaviour_count": str(len(BEHAVIOURS)),
        "behaviours": table(
            ("Behaviour", "Meaning", "In the literature"),
            [(b.name, b.meaning, b.literature) for b in BEHAVIOUR_TABLE],
            code=1,
        ),
        "styles": _styles(),
        "channels": table(("Channel", "What it does"), CHANNEL_TABLE, code=1),
        "practices": _practices(),
        "other_records": _other_records(),
        "schedule": _schedule(),
        "mechanisms": _mechanisms(),
        "in_passing": _in_passing(),
        "metrics": _metrics(),
        "inputs": inputs.sections(),
        "events": inputs.events(),
        "scenarios": _scenarios(),
        "weeks_before": WEEKS_BEFORE,
        "usual_mix": ", ".join(
            f"{100 * share:.0f}% D{level}" for level, share in enumerate(sections.USUAL_MIX.shares, 1)
        ),
        "teams_begin": ", ".join(f"{name.replace('_', ' ')} {value:.2f}" for name, value in TEAMS_BEGIN.items()),
        "hours": f"{HOURS:g}",
        "usual_weeks": str(weeks["default"]),
        "most_weeks": f"{weeks['maximum']:,}",
        "fewest_people": str(checks.SMALLEST),
        "most_people": str(checks.MAX_PEOPLE),
        "largest_team": str(sections.LARGEST_TEAM),
        "submodels": "\n\n".join(_submodel(file) for file in source.rule_files()),
        "parameters": _parameters(),
        "sources": how_well_founded(),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(made)


def how_well_founded() -> str:
    """How many parameters rest on what."""
    assumed = [p for p in parameters.PARAMETERS if p.source.startswith("assumed")]
    half = [p for p in parameters.PARAMETERS if p not in assumed and "assumed" in p.source]
    rest = len(parameters.PARAMETERS) - len(assumed) - len(half)
    return (
        f"Of the {len(parameters.PARAMETERS)} parameters {len(assumed)} are assumed outright, {len(half)} take their "
        f"direction or form from the literature and their size from judgement, and {rest} are set with a published "
        "figure in view."
    )


def _state(record: str) -> str:
    rows = [
        (shown(fields), fields[0].unit or "code", fields[0].meaning or _said_elsewhere(record, fields[0].name))
        for fields in together(RECORDS[record].fields)
    ]
    return table(("State variable", "Unit", "Meaning"), rows)


def _said_elsewhere(record: str, field: str) -> str:
    for section in SAID_ELSEWHERE.get(record, ()):
        described = section.model_fields.get(field.removeprefix("base_"))
        if described is not None:
            return str(described.description).partition("; left out")[0]
    return ""


def together(fields: Iterable[Field]) -> list[list[Field]]:
    """Fields one by one, those of a group as one."""
    return [list(group) for _, group in itertools.groupby(fields, key=lambda field: field.group or field.name)]


def shown(fields: Sequence[Field]) -> str:
    """A field by name, or a group as it is called."""
    return f"{fields[0].group} ({len(fields)})" if fields[0].group else f"`{fields[0].name}`"


def _other_records() -> str:
    rows = [
        (f"`{name}`", record.says, ", ".join(map(shown, together(record.fields))))
        for name, record in RECORDS.items()
        if name not in ENTITIES
    ]
    return table(("Record", "What it is", "Its fields"), rows)


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
    return "\n\n".join([table(("Style", "In words"), rows), table(("Behaviour", *constant), values)])


def _practices() -> str:
    rows = [
        (
            f"`{p.name}`", p.group, p.description, f"{p.hours_leader:g}", f"{p.hours_people:g}", f"{p.money:g}",
            ", ".join(f"{name} {share:+g}" for name, share in p.acts.items()),
        )
        for p in practices().values()
    ]  # fmt: skip
    columns = ("Practice", "Group", "In words", "Leader, h", "People, h", "Money, thousand", "Acts on")
    return table(columns, rows)


def _schedule() -> str:
    """The steps of a week as a nested list: a line for each step, and under it one for each of its rules."""
    lines = []
    for part, depth in ((WEEK.opening, 0), (WEEK.each_team, 1), (WEEK.closing, 0)):
        lines += ["- For each team:"] * depth
        for step in with_vacant(part):
            indent = "  " * depth
            lines.append(f"{indent}- **{step.name}** ({step.who.value}): {text(step.says)}")
            lines += [f"{indent}  - {_step(rule)}" for rule in step.rules]
    return "\n".join(lines)


def _step(rule: Any) -> str:
    file = rule.py_func.__module__.rpartition(".")[2]
    return f"`{rule.__name__}` ({file}): {_in_short(inspect.getdoc(rule.py_func) or '')}"


def _mechanisms() -> str:
    acts = diagram.sources()
    rows = [
        (
            m.label,
            m.says,
            ", ".join(f"`{name}`" for record, names in m.fields.items() for name in _shortened(record, names)),
            ", ".join(_source(name) for name in (diagram.LEADING, *mechanisms.NAMES) if name in acts[m.name]),
        )
        for m in mechanisms.MECHANISMS
    ]
    return table(("Mechanism", "What it carries", "State", "Depends on"), rows)


def _shortened(record: str, names: Sequence[str]) -> list[str]:
    """Fields by name, those of a group as one."""
    grouped = {field.name: field.group for field in RECORDS[record].fields if field.group}
    return list(dict.fromkeys("practised_..." if name in grouped and record == "COMPANY" else name for name in names))


def _source(name: str) -> str:
    return "how leaders behave" if name == diagram.LEADING else mechanisms.BY_NAME[name].label.lower()


def _in_passing() -> str:
    rows = [
        (reason, ", ".join(dict.fromkeys(f"`{name}`" for names in of.values() for name in names)))
        for reason, of in mechanisms.IN_PASSING.items()
    ]
    return table(("What no mechanism carries", "State"), rows)


def _metrics() -> str:
    rows = [(f"`{m.name}`", m.unit, m.description, m.good, m.whole_run) for m in METRICS]
    return table(("Metric", "Unit", "Meaning", "Wanted", "A run counts as its"), rows)


def _scenarios() -> str:
    loaded = [load_scenario(name) for name in scenario_names()]
    rows = [
        (f"`{s.name}`", s.title, s.question, str(sum(team.size for team in s.teams)), str(s.run.weeks)) for s in loaded
    ]
    return table(("Scenario", "Situation", "Question", "People", "Weeks"), rows)


def _submodel(file: RuleFile) -> str:
    title, _, rest = file.says.partition("\n")
    parts = [f"### {text(title.removesuffix('.'))}", f"In `sim/model/rules/{file.name}.py`. {text(rest)}".strip()]
    return "\n\n".join([*parts, *map(_rule, file.rules)])


def _rule(rule: Rule) -> str:
    """A rule in words, then its formula, line by line as in its docstring, and the values of its parameters."""
    words, _, formula = rule.says.partition("\n\n")
    if "\n" in words and not formula:
        words, formula = "", words
    parts = [f"**`{rule.name}({', '.join(rule.takes)})`** {text(words)}".strip()]
    parts += [f"```text\n{formula}\n```"] if formula else []
    used = [f"`{p.name}` = {p.default:g}" for p in parameters.PARAMETERS if p.name in rule.parameters]
    parts += [f"Parameters: {', '.join(used)}."] if used else []
    return "\n\n".join(parts)


def _parameters() -> str:
    parts = []
    for group in parameters.GROUPS:
        rows = [
            (f"`{p.name}`", p.symbol, f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.unit, p.meaning, p.source)
            for p in group.parameters
        ]
        columns = ("Parameter", "Symbol", "Default", "Plausible", "Unit", "Meaning", "Source")
        heading = f"{group.title}: {group.note}" if group.note else group.title
        parts.append(f"**{heading}**\n\n" + table(columns, rows))
    return "\n\n".join(parts)


def _in_short(says: str) -> str:
    """The first sentence of a docstring, up to its formula."""
    first = re.split(r"(?<!al)\. ", " ".join(says.partition("\n\n")[0].split()))[0]
    before, _, after = first.partition(": ")
    return text((before if "=" in after else first).removesuffix(".") + ".")


def write(path: Path) -> None:
    """Write the page, and beside it the picture that it shows."""
    from sim.view.charts import save_chart
    from sim.view.why_charts import causal_diagram

    path.write_text(page(), encoding="utf-8", newline="\n")
    picture = path.parent / PICTURE
    picture.parent.mkdir(exist_ok=True)
    save_chart(causal_diagram("output").properties(title="").configure(**theme.config()), picture)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
