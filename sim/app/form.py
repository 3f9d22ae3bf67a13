"""Labelled controls (choices, numbers, sliders, texts, buttons) that work with the keyboard alone."""

from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

from sim.app.browser_input import is_number, is_text
from sim.app.component import component_vue

type Field = dict[str, Any]


@component_vue("form.vue")
def _Form(fields: list[Field], label: str, event_change: Callable[[Any], None]) -> None:
    """A group of controls."""


def Form(fields: list[Field], label: str, event_change: Callable[[dict[str, Any]], None]) -> Any:
    """A group of controls. `event_change` gets the name and the value of a control when the visitor has changed it.

    A message that none of these controls can send is ignored.
    """
    return _Form(
        fields=fields,
        label=label,
        event_change=lambda message: event_change(message) if can_send(fields, message) else None,
    )


def can_send(fields: Iterable[Field], message: object) -> TypeGuard[dict[str, Any]]:
    """Whether one of the controls can send this message."""
    if not isinstance(message, dict):
        return False
    value = message.get("value")
    for field in fields:
        if field["name"] == message.get("name"):
            match field["kind"]:
                case "select":
                    return value in [option["value"] for option in field["options"]]
                case "number" | "range":
                    return is_number(value) and field["low"] <= value <= field["high"]
                case "text":
                    return is_text(value) and len(value) <= field["longest"]
                case _:
                    return value is True
    return False


def choice(
    name: str, label: str, value: str, options: Iterable[tuple[str, str]], help_text: str = "", wide: bool = False
) -> Field:
    """A choice between (value, text). A wide control has room for sentences."""
    listed = [{"value": one, "text": text} for one, text in options]
    return {
        "kind": "select",
        "name": name,
        "label": label,
        "value": value,
        "options": listed,
        "help": help_text,
        "wide": wide,
    }


def number(name: str, label: str, value: float, low: float, high: float, step: float = 1, help_text: str = "") -> Field:
    """A number to type. A number outside low..high becomes the nearer end."""
    bounds = {"low": low, "high": high, "step": step}
    return {"kind": "number", "name": name, "label": label, "value": value, **bounds, "help": help_text}


def slider(name: str, label: str, value: float, low: float, high: float, step: float, help_text: str = "") -> Field:
    """A slider. It sends its value when it is released."""
    bounds = {"low": low, "high": high, "step": step, "places": max(0, len(f"{step:g}".partition(".")[2]))}
    return {"kind": "range", "name": name, "label": label, "value": value, **bounds, "help": help_text}


def text(name: str, label: str, value: str, longest: int, help_text: str = "", problem: str = "") -> Field:
    """A line of text. A problem is shown beside it."""
    return {
        "kind": "text",
        "name": name,
        "label": label,
        "value": value,
        "longest": longest,
        "help": help_text,
        "problem": problem,
    }


def button(name: str, label: str, off: bool = False) -> Field:
    """A button."""
    return {"kind": "button", "name": name, "label": label, "value": None, "off": off, "help": ""}
