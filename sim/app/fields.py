"""Labelled controls that every browser draws itself: choices, numbers, sliders and texts, usable by keyboard alone."""

from collections.abc import Callable, Iterable
from typing import Any

import solara

type Field = dict[str, Any]


@solara.component_vue("fields.vue", vuetify=False)
def Fields(fields: list[Field], label: str, event_change: Callable[[dict[str, Any]], None]) -> None:
    """A group of controls; `event_change` is told the name and the value when one was moved and let go."""


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


def text(name: str, label: str, value: str, longest: int, help_text: str = "") -> Field:
    """A line of text."""
    return {"kind": "text", "name": name, "label": label, "value": value, "longest": longest, "help": help_text}


def button(name: str, label: str, off: bool = False) -> Field:
    """Something to press."""
    return {"kind": "button", "name": name, "label": label, "value": None, "off": off, "help": ""}
