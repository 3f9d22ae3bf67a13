"""The sections of a scenario file as tables in Markdown, made from its JSON schema."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sim.scenario.editors import json_schema
from sim.view.markdown import table, text

BOUNDLESS = 10**9
"""Bounds from here on only keep nonsense out."""

OF_EVERY_EVENT = ("event", "week", "note")
"""Keys that say nothing about one kind of event in particular."""

type Node = Mapping[str, Any]


def sections() -> str:
    """Every table that a scenario may have, with its keys: the file itself first, then what its keys lead to."""
    parts = [f"**The file itself.** {text(_schema()['description'].split('\n')[0])}\n\n" + _keys(_schema())]
    for name, where in _reached(_schema()).items():
        section = _definitions()[name]
        parts.append(f"**{name}** (`{where}`). {text(section['description'])}\n\n" + _keys(section))
    return "\n\n".join(parts)


def events() -> str:
    """Every kind of event, with what it says beside its week."""
    rows = []
    for kind, name in _kinds_of_event().items():
        section = _definitions()[name]
        own = [f"`{key}`" for key in section["properties"] if key not in OF_EVERY_EVENT]
        rows.append((f"`{kind}`", ", ".join(own), section["description"]))
    return table(("Event", "Says, beside its week", "What happens"), rows)


@cache
def _schema() -> Node:
    return json_schema()


def _definitions() -> Mapping[str, Node]:
    definitions: Mapping[str, Node] = _schema()["$defs"]
    return definitions


def _kinds_of_event() -> dict[str, str]:
    kinds = _schema()["properties"]["events"]["items"]["discriminator"]["mapping"]
    return {kind: _name(reference) for kind, reference in kinds.items()}


def _reached(node: Node, where: str = "") -> dict[str, str]:
    """The sections that a table of keys leads to, with the place where each is met first; not the events."""
    found: dict[str, str] = {}
    for key, value in node["properties"].items():
        for name in _references(value):
            if name not in _kinds_of_event().values():
                below = _reached(_definitions()[name], f"{where}{key}.")
                found |= {met: place for met, place in {name: where + key, **below}.items() if met not in found}
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield _name(node["$ref"])
        for inner in node.values():
            yield from _references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _references(inner)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _keys(section: Node) -> str:
    required: Sequence[str] = section.get("required", ())
    rows = []
    for key, node in section["properties"].items():
        default = "required" if key in required else _value(node.get("default"))
        rows.append((f"`{key}`", default, _allowed(node), node.get("description", "")))
    return table(("Key", "Default", "Allowed, unit", "Meaning"), rows)


def _allowed(node: Node) -> str:
    """What may stand in a place, in words, with its bounds and unit."""
    if "anyOf" in node:
        node = next(option for option in node["anyOf"] if option.get("type") != "null")
    if "enum" in node:
        return ", ".join(f'"{choice}"' for choice in node["enum"])
    if "$ref" in node:
        return f"a table as {_name(node['$ref'])} below"
    kind = node.get("type")
    if kind == "array":
        many = "discriminator" in node["items"]
        return "a list of tables, one for each event" if many else f"a list: {_allowed(node['items'])}"
    if kind == "object":
        inner = node.get("additionalProperties")
        return f"a table, by name: {_allowed(inner)}" if inner else f"a table of {', '.join(node['properties'])}"
    low, high = node.get("minimum"), node.get("maximum", BOUNDLESS)
    bounds = (
        "" if low is None else f"{_number(low)} or more" if high >= BOUNDLESS else f"{_number(low)} to {_number(high)}"
    )
    allowed = bounds or {"string": "text", "number": "a number", "integer": "a whole number"}.get(str(kind), "")
    return ", ".join(part for part in (allowed, node.get("unit", "").removesuffix(", 0-1")) if part)


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _value(value: Any) -> str:
    if value is None or value in ("", []) or isinstance(value, Mapping):
        return ""
    return f"{value:,g}" if isinstance(value, float) else str(value)
