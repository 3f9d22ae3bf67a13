"""Labelled controls that every browser draws itself: choices, numbers, sliders and texts, usable by keyboard alone."""

from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

import solara

from sim.app.browser_input import is_number, is_text

type Field = dict[str, Any]


@solara.component_vue("fields.vue", vuetify=False)
def _Fields(fields: list[Field], label: str, event_change: Callable[[Any], None]) -> None:
    """A group of controls."""


def Fields(fields: list[Field], label: str, event_change: Callable[[dict[str, Any]], None]) -> Any:
    """A group of controls; `event_change` is told the name and the value when one was moved and let go.

    What none of these controls can say is not passed on.
    """
    return _Fields(
        fields=fields, label=label, event_change=lambda said: event_change(said) if can_say(fields, said) else None
    )


def can_say(fields: Iterable[Field], said: object) -> TypeGuard[dict[str, Any]]:
    """Whether one of the controls can have sent this."""
    if not isinstance(said, dict):
        return False
    value = said.get("value")
    for field in fields:
        if field["name"] == said.get("name"):
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
    """A choice between (value, text); a wide one has room for sentences."""
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
    """A number to be typed; what is outside low..high goes to the nearer end."""
    bounds = {"low": low, "high": high, "step": step}
    return {"kind": "number", "name": name, "label": label, "value": value, **bounds, "help": help_text}


def slider(name: str, label: str, value: float, low: float, high: float, step: float, help_text: str = "") -> Field:
    """A number to be dragged; heard of when it is let go."""
    bounds = {"low": low, "high": high, "step": step, "places": max(0, len(f"{step:g}".partition(".")[2]))}
    return {"kind": "range", "name": name, "label": label, "value": value, **bounds, "help": help_text}


def text(name: str, label: str, value: str, longest: int, help_text: str = "", problem: str = "") -> Field:
    """A line of text; what is wrong with it stands beside it."""
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
    """Something to press."""
    return {"kind": "button", "name": name, "label": label, "value": None, "off": off, "help": ""}
