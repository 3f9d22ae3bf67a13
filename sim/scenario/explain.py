"""Turns pydantic's errors into words for whoever wrote the file: where, what it got, what is allowed, what to do."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.scenario.fields import Location
from sim.scenario.problems import Fault, InputError, as_written, listed, nearest, shortened, unknown

_NAMES = ("name", "event", "id")
"""The keys that tell an entry of a list from the others: the first of these that it has."""

type Place = Callable[[Location], tuple[str, str]]
"""Says for a location in the data which file it came from, and what to call it there."""


def explain(error: ValidationError, place: Place, model: type[BaseModel]) -> InputError:
    """One InputError for everything that pydantic found wrong with a table that should be such a model."""
    details = [detail for detail in error.errors(include_url=False) if not _follows_from_another(detail)]
    for detail in details:
        if isinstance(elsewhere := detail.get("ctx", {}).get("error"), InputError):
            return elsewhere  # of another file, such as a plug-in's, which the checks of this one had to read
    root = _schema(model)
    faults = [_fault(detail, place, root) for detail in details]
    return InputError.listing(list(dict.fromkeys(faults)))


def explain_values(error: ValidationError, model: type[BaseModel]) -> list[tuple[Location, str]]:
    """The places and texts of what is wrong with one section, such as a `Person`, that stands by itself."""
    root, texts = _schema(model), []
    for detail in error.errors(include_url=False):
        node = _step(root, detail["loc"][0]) if detail["loc"] else {}
        texts.append((detail["loc"], _text(detail, _resolved(node, root), {})))
    return texts


def described(location: Location, model: type[BaseModel]) -> Mapping[str, Any]:
    """What the JSON schema says about a place in a model: type, bounds, unit, description, as far as it says them.

    Args:
        location: in an event, with the kind of event between its place in the list and the key.
        model: such as `Scenario`.
    """
    return _walk(location, _schema(model))[1]


def dotted(location: Location, data: Any = None) -> str:
    """A location as people write it, such as `teams[2].size (Sales)`: list entries counted from 1, with their name."""
    text, label, here = "", "", data
    for key in location:
        here = _inside(here, key)
        if isinstance(key, int):
            text += f"[{key + 1}]"
            title = next((here[name] for name in _NAMES if here.get(name)), None) if isinstance(here, Mapping) else None
            label = f" ({shortened(title, 30)})" if isinstance(title, str) else label
        else:
            text += ("." if text else "") + shortened(key)
    return text + label


def _follows_from_another(detail: Any) -> bool:
    """Pydantic leaves invalid entries out when it counts a list, and then complains that the list is too short."""
    return detail["type"] == "too_short" and len(detail["input"]) >= int(detail["ctx"]["min_length"])


def _fault(detail: Any, place: Place, root: Mapping[str, Any]) -> Fault:
    location, node, above = _walk(detail["loc"], root)
    file, where = place(location)
    return Fault(file, where, _text(detail, node, above))


def _text(detail: Any, node: Mapping[str, Any], above: Mapping[str, Any]) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "fault":
        return str(context["text"])
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), above)
    if kind == "missing":
        meaning = f" ({node['description']})" if "description" in node else ""
        return f"missing{meaning}. Add it: allowed is {_allowed(node)}."
    if kind == "union_tag_invalid":
        return unknown(_telling(node), str(context["tag"]), _kinds(node))
    if kind == "union_tag_not_found":
        what = "what happens" if _telling(node) == "event" else "which kind it is"
        return f"has no key `{_telling(node)}` that says {what}. Add it: allowed is one of {listed(_kinds(node))}."
    if kind == "literal_error" and isinstance(value, str):
        return unknown("choice", value, node.get("enum", [node.get("const", "")]))
    return f"got {as_written(value)}; allowed is {_allowed(node)}.{_advice(value, node)}"


def _unknown_key(key: str, section: Mapping[str, Any]) -> str:
    known = [name for name in section.get("properties", {}) if name != "name" or section.get("title") != "Scenario"]
    meant = nearest(key, known)
    question = f"; did you mean `{meant}`?" if meant else "."
    return f"unknown key{question} Known here: {listed(known)}."


def _allowed(node: Mapping[str, Any]) -> str:
    if "oneOf" in node:
        return f"a table with a key `{_telling(node)}`"
    if "enum" in node or "const" in node:
        return "one of " + listed(f'"{choice}"' for choice in node.get("enum", [node.get("const")]))
    kind = {"integer": "a whole number", "number": "a number", "string": "text", "array": "a list", "object": "a table"}
    text = kind.get(str(node.get("type")), "something else")
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None:
        text += f" from {low:.12g} to {high:.12g}" if high is not None else f" of {low:.12g} or more"
    if node.get("type") == "string" and "maxLength" in node:
        text += f" of {max(1, node.get('minLength', 0))} to {node['maxLength']} characters"
    if node.get("type") == "array" and node.get("minItems"):
        text += f" of {node['minItems']} or more"
    return text + (f" ({node['unit']})" if "unit" in node else "")


def _advice(value: Any, node: Mapping[str, Any]) -> str:
    numeric = node.get("type") in ("number", "integer")
    if isinstance(value, bool) or not numeric:
        return ""
    if isinstance(value, str):
        return " Write the number without quotes." if reads_as_number(value) else " Write a number."
    if isinstance(value, float) and node.get("type") == "integer":
        return " Write it without decimals."
    share = node.get("maximum") == 1 and node.get("minimum") == 0
    if share and isinstance(value, int | float) and 5 <= value <= 100:
        return f" Write {value:g} % as {value / 100:g}."
    return " Correct the number." if isinstance(value, int | float) else " Write one number."


def reads_as_number(text: str) -> bool:
    """Whether a text is a number, such as '0.5' or '1e3'."""
    try:
        float(text)
    except ValueError:
        return False
    return True


@cache
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    # The JSON schema knows every key, bound, unit and meaning, so that messages need no second list of them.
    return model.model_json_schema()


def _walk(location: Location, root: Mapping[str, Any]) -> tuple[Location, Mapping[str, Any], Mapping[str, Any]]:
    """The location as in the file, the schema of what stands there, and the schema of the table around it."""
    node, above = root, root
    keys: list[str | int] = []
    for key in location:
        kinds = node.get("discriminator", {}).get("mapping", {})
        if key in kinds:
            node = _resolved({"$ref": kinds[key]}, root)  # pydantic names the kind in between; the file does not
        elif key != "[key]":
            keys.append(key)
            node, above = _resolved(_step(node, key), root), node
    return tuple(keys), node, above


def _step(node: Mapping[str, Any], key: str | int) -> Mapping[str, Any]:
    if isinstance(key, int):
        inside = node.get("items", {})
    else:
        inside = node.get("properties", {}).get(key) or node.get("additionalProperties")
    return inside if isinstance(inside, Mapping) else {}


def _resolved(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The node itself, where it is a reference or may also be left out; its own description wins over the target's."""
    if "anyOf" in node:
        chosen = next(option for option in node["anyOf"] if option.get("type") != "null")
        return {**_resolved(chosen, root), **{key: node[key] for key in ("description",) if key in node}}
    if "$ref" in node:
        target = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return {**_resolved(target, root), **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _telling(node: Mapping[str, Any]) -> str:
    """The key by which one kind of table is told from the others."""
    return str(node.get("discriminator", {}).get("propertyName", "event"))


def _kinds(node: Mapping[str, Any]) -> list[str]:
    return list(node.get("discriminator", {}).get("mapping", {}))


def _inside(value: Any, key: str | int) -> Any:
    if isinstance(key, int):
        return value[key] if isinstance(value, list | tuple) and key < len(value) else None
    return value.get(key) if isinstance(value, Mapping) else None
