"""Lists and explains what users can choose (scenarios, styles, practices and so on), as text and as data."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from pydantic import BaseModel
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.model.metrics import BY_NAME, METRICS, Metric
from sim.scenario.behaviours import BEHAVIOUR_TABLE, CHANNEL_TABLE
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.parameters import PARAMETERS, Parameter
from sim.scenario.plugins import Plugin, plugins, users_folder
from sim.scenario.practices import GROUPS
from sim.scenario.practices import practices as known_practices
from sim.scenario.problems import InputError, listed, unknown
from sim.scenario.schema import Scenario, StyleDefinition
from sim.scenario.styles import builtin_styles, resolve
from sim.scenario.toml_files import read_table

WANTED = {"higher": "higher is better", "lower": "lower is better", "neither": "neither high nor low is better as such"}


class Page(NamedTuple):
    """Something explained: `record` as plain data for JSON, `parts` to print one below the other."""

    record: Any
    parts: list[RenderableType]


def scenarios() -> Page:
    """Every shipped scenario with the question that it puts."""
    loaded = [load_scenario(name) for name in scenario_names()]
    record = [
        {"name": s.name, "title": s.title, "question": s.question, "people": _people(s), "weeks": s.run.weeks}
        for s in loaded
    ]
    entries = [(s.name, f"{s.title}: {_people(s)} people, {s.run.weeks} weeks", s.question) for s in loaded]
    return Page(
        record, [*_glossary(entries), _hint("teamsim scenarios NAME explains one; teamsim compare NAME runs it.")]
    )


def scenario(name: str) -> Page:
    """One scenario, shipped or from a file, with every value, unit and meaning.

    Raises:
        InputError: no such scenario, or something wrong with the file.
    """
    found = load_scenario(name)
    parts: list[RenderableType] = [_title(found.name, found.title), found.question]
    parts += [_indented(found.description)] if found.description else []
    for section in ("company", "money", "leader", "market", "run"):
        parts += ["", Text(section.capitalize(), style="bold"), _fields(getattr(found, section))]
    if found.practices:
        parts += ["", Text("Practices", style="bold"), _table([_facts(entry) for entry in found.practices])]
    parts += ["", Text("Teams", style="bold"), _table([_facts(team) for team in found.teams])]
    parts += ["", Text("Employees", style="bold"), _employees(found)]
    if found.styles:
        own = [(style, "", definition.description) for style, definition in found.styles.items()]
        parts += ["", Text("Own styles", style="bold"), *_glossary(own)]
    if found.events:
        events = sorted(found.events, key=lambda event: event.week)
        parts += ["", Text("Events", style="bold"), _table([(f"week {e.week}", *_facts(e)) for e in events])]
    if found.parameters:
        changed = [(key, f"{value:g}") for key, value in found.parameters.items()]
        parts += ["", Text("Parameters that differ from the model's own", style="bold"), _table(changed)]
    return Page(found.model_dump(mode="json"), parts)


def styles(own: Mapping[str, StyleDefinition] | None = None) -> Page:
    """The built-in styles, and a scenario's own ones."""
    known = {**builtin_styles(), **(own or {})}
    record = [{"name": name, "description": definition.description} for name, definition in known.items()]
    entries = [(name, "", definition.description) for name, definition in known.items()]
    return Page(
        record, [*_glossary(entries), _hint("teamsim styles NAME shows the behaviour that a style is made of.")]
    )


def style(name: str, own: Mapping[str, StyleDefinition] | None = None) -> Page:
    """One style: how much of each behaviour people at each development level get.

    Raises:
        InputError: no such style.
    """
    known = {**builtin_styles(), **(own or {})}
    if name not in known:
        raise InputError(unknown("style", name, known))
    policy = resolve(name, own or {})
    parts: list[RenderableType] = [_title(name, known[name].description)]
    stages = []
    for stage in policy.stages:
        alike = len(set(stage.levels)) == 1
        table = Table(box=None, pad_edge=False)
        table.add_column("behaviour", no_wrap=True)
        for level in ("everybody",) if alike else ("D1", "D2", "D3", "D4"):
            table.add_column(level, justify="right", no_wrap=True)
        table.add_column("meaning")
        shown = stage.levels[:1] if alike else stage.levels
        for behaviour, *values in zip(BEHAVIOUR_TABLE, *shown, strict=True):
            meaning = f"{behaviour.meaning} ({behaviour.literature})"
            table.add_row(behaviour.name, *(f"{value:.2f}" for value in values), meaning)
        parts += ["", *([Text(_when(stage), style="bold")] if len(policy.stages) > 1 else []), table]
        stages.append({"when": _when(stage), **_levels(stage.levels)})
    record = {"name": name, "description": known[name].description, "stages": stages}
    return Page(record, [*parts, _hint("Each from 0 (never) to 1 (as much as anybody does).")])


def parameters() -> Page:
    """Every number of the model's mechanisms."""
    entries = [(p.name, f"{p.default:g}, plausible {p.low:g} to {p.high:g} ({p.unit})", p.meaning) for p in PARAMETERS]
    hint = "teamsim parameters NAME says where one comes from; teamsim compare --set NAME=VALUE changes it."
    return Page([parameter._asdict() for parameter in PARAMETERS], [*_glossary(entries), _hint(hint)])


def parameter(name: str) -> Page:
    """One parameter with its source.

    Raises:
        InputError: no such parameter.
    """
    by_name: dict[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}
    if name not in by_name:
        raise InputError(unknown("parameter", name, by_name))
    found = by_name[name]
    facts = [
        ("group", found.group), ("symbol", found.symbol), ("default", f"{found.default:g}"), ("unit", found.unit),
        ("plausible", f"{found.low:g} to {found.high:g}"), ("possible", f"{found.floor:g} to {found.ceiling:g}"),
        ("source", found.source),
    ]  # fmt: skip
    return Page(found._asdict(), [_title(name, found.meaning), _table(facts)])


def practices() -> Page:
    """Everything that a company can take up beside the way its leaders lead."""
    parts: list[RenderableType] = []
    for group in GROUPS:
        entries = [(p.name, p.title, p.description) for p in known_practices().values() if p.group == group]
        parts += ["" if parts else Text(), Text(group.capitalize(), style="underline"), *_glossary(entries)]
    hint = "teamsim practices NAME shows what one costs and acts through; [[practices]] in a scenario takes it up."
    return Page([practice.model_dump() for practice in known_practices().values()], [*parts[1:], _hint(hint)])


def practice(name: str) -> Page:
    """One practice: what it costs at full intensity, and what it acts through.

    Raises:
        InputError: no such practice.
    """
    if name not in known_practices():
        raise InputError(unknown("practice", name, known_practices()))
    found = known_practices()[name]
    meaning = {behaviour.name: behaviour.meaning for behaviour in BEHAVIOUR_TABLE}
    meaning |= {channel.name: channel.meaning for channel in CHANNEL_TABLE}
    costs = [
        ("leaders' time", f"{found.hours_leader:g}", "hours a week, per head"),
        ("people's time", f"{found.hours_people:g}", "hours a week, each"),
        ("money", f"{found.money:g}", "thousand a week, per head"),
    ]
    acts = [(channel, f"{share:+g}", meaning[channel]) for channel, share in found.acts.items()]
    parts: list[RenderableType] = [_title(name, found.description), "", Text("Costs", style="bold"), _table(costs)]
    parts += ["", Text("Acts through", style="bold"), _table(acts)]
    hint = "At full intensity: + the share made up of what is lacking, - the share taken of what is there. Assumed."
    return Page(found.model_dump(), [*parts, _hint(hint)])


def metrics() -> Page:
    """Everything that is measured every week."""
    entries = [(metric.name, _measure(metric), f"{metric.long_name}: {metric.description}") for metric in METRICS]
    return Page([metric._asdict() for metric in METRICS], _glossary(entries))


def metric(name: str) -> Page:
    """One metric.

    Raises:
        InputError: no such metric.
    """
    if name not in BY_NAME:
        raise InputError(unknown("metric", name, BY_NAME))
    found = BY_NAME[name]
    facts = [
        ("unit", found.unit),
        ("can be", _bounds(found)),
        ("wanted", WANTED[found.good]),
        ("a run counts as", f"the {found.whole_run} of its weeks"),
        ("in the comparison", "yes" if found.headline else "no; it is in --csv and --parquet"),
    ]
    return Page(found._asdict(), [_title(f"{name} ({found.long_name})", found.description), _table(facts)])


def plugin_list() -> Page:
    """The plug-ins that are there, with what each of them brings, all of it looked at.

    Raises:
        InputError: something is wrong with one of them.
    """
    _check_plugins()
    record, entries = [], []
    for plugin in plugins():
        folder, brings = str(plugin.folder), brought(plugin)
        words = ". ".join([plugin.file.title, *(f"{kind}: {listed(names)}" for kind, names in brings.items())])
        record.append({"name": plugin.name, "title": plugin.file.title, "folder": folder, "brings": brings})
        entries.append((plugin.name, folder, words))
    own = users_folder()
    hint = f"Yours lie in {own}; docs/plugins.md says how to write one." if own else "docs/plugins.md explains."
    return Page(record, [*(_glossary(entries) if entries else [Text("There are none.")]), _hint(hint)])


def _check_plugins() -> None:
    if not plugins():
        return
    import_module("sim.model.weeks")  # which tries their rules
    from sim.analysis.evidence import load_patterns

    builtin_styles()
    known_practices()
    for name in scenario_names():
        load_scenario(name)
    load_patterns()
    for name in builtin_styles():
        resolve(name, {})


def brought(plugin: Plugin) -> dict[str, list[str]]:
    """The names of what a plug-in brings, by kind."""
    tables = {
        kind: read_table(path) for kind in ("styles", "practices", "patterns")
        if (path := plugin.folder / f"{kind}.toml").is_file()
    }  # fmt: skip
    kinds = {
        "styles": list(tables.get("styles", ())),
        "practices": list(tables.get("practices", ())),
        "scenarios": sorted(path.stem for path in (plugin.folder / "scenarios").glob("*.toml")),
        "patterns": [pattern["id"] for pattern in tables.get("patterns", {}).get("patterns", ())],
        "rules": [entry.rule for entry in plugin.file.rules],
    }
    for kind in ("steps", "metrics", "parameters", "channels"):
        kinds[kind] = [entry.name for entry in getattr(plugin.file, kind)]
    return {kind: names for kind, names in kinds.items() if names}


def _bounds(found: Metric) -> str:
    low, high = (None if bound is None else f"{bound:,g}" for bound in (found.low, found.high))
    if low is None or high is None:
        return "anything" if low == high else (f"{low} or more" if high is None else f"{high} or less")
    return f"{low} to {high}"


def _people(found: Scenario) -> int:
    return sum(team.size for team in found.teams)


def _measure(metric: Metric) -> str:
    return metric.unit if metric.good == "neither" else f"{metric.unit}, {WANTED[metric.good]}"


def _when(stage: Any) -> str:
    """The conditions of a stage of a policy in words."""
    text = f"from week {stage.from_week}" + (f" to week {stage.until_week}" if stage.until_week is not None else "")
    if stage.observed is None:
        return text
    bound = f"at least {stage.at_least:g}" if stage.at_least is not None else f"below {stage.below:g}"
    return f"{text}, when {stage.observed} is {bound}"


def _levels(levels: Iterable[tuple[float, ...]]) -> dict[str, dict[str, float]]:
    names = [behaviour.name for behaviour in BEHAVIOUR_TABLE]
    return {f"d{place}": dict(zip(names, row, strict=True)) for place, row in enumerate(levels, 1)}


def _fields(section: BaseModel) -> RenderableType:
    """Key, value, unit and meaning of every field."""
    rows = []
    for name, field in type(section).model_fields.items():
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, Mapping) else ""
        rows.append((name, _value(getattr(section, name)), unit, field.description or ""))
    return _table(rows)


def _facts(section: BaseModel) -> tuple[str, str]:
    """A team or an event: what it is, and everything that the file says about it."""
    values = {key: value for key, value in section.model_dump(exclude_defaults=True).items() if value not in (None, "")}
    head = str(values.pop("event", None) or values.pop("name", None) or values.pop("practice", ""))
    note = values.pop("note", None)
    values.pop("week", None)
    text = ", ".join(f"{key} {_value(value)}" for key, value in values.items())
    return head, f"{text} ({note})" if note else text


def _employees(found: Scenario) -> RenderableType:
    if found.employees.mix is not None:
        return _fields(found.employees.mix)
    first = found.teams[0].name
    rows = [
        (p.name, p.role, p.team or first, *map(_known, (p.competence, p.commitment, p.tenure)))
        for p in found.employees.people
    ]
    return _table([("name", "role", "team", "competence", "commitment", "tenure (weeks)"), *rows])


def _known(value: float | None) -> str:
    return "drawn" if value is None else f"{value:g}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{key} {_value(part)}" for key, part in value.items() if part is not None) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _table(rows: Iterable[tuple[str, ...]]) -> RenderableType:
    """Rows of texts, indented; what comes first is never broken."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    return Padding(table, (0, 0, 0, 2))


def _glossary(entries: Iterable[tuple[str, str, str]]) -> list[RenderableType]:
    """Per entry its name and main facts in one line, and what it means below, indented."""
    parts: list[RenderableType] = []
    for name, facts, meaning in entries:
        parts += [Text.assemble((name, "bold"), f"  {facts}" if facts else ""), _indented(meaning)]
    return parts


def _indented(text: str) -> RenderableType:
    return Padding(Text(" ".join(text.split())), (0, 0, 0, 4))


def _title(name: str, text: str) -> Text:
    return Text.assemble((name, "bold"), f": {text}" if text else "")


def _hint(text: str) -> Text:
    return Text(f"\n{text}", style="dim")
