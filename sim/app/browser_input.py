"""Checks the messages of a browser before they are used: anybody can send anything."""

from typing import TypeGuard

EXACT = 2**53
"""The largest whole number that a browser stores exactly."""


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value from a browser is a usable number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -EXACT <= value <= EXACT


def is_whole(value: object) -> TypeGuard[float]:
    """Whether a value from a browser is a whole number."""
    return is_number(value) and value == int(value)


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value from a browser is a valid text; a browser can send half of a character."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False
