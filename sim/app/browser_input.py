"""What a browser sends is checked before it is used: anybody can send anything."""

from typing import TypeGuard

EXACT = 2**53
"""Whole numbers beyond this one, a browser cannot tell apart."""


def is_number(value: object) -> TypeGuard[float]:
    """Whether something that a browser sent is a number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -EXACT <= value <= EXACT


def is_whole(value: object) -> TypeGuard[float]:
    """Whether it is a whole number."""
    return is_number(value) and value == int(value)


def is_text(value: object) -> TypeGuard[str]:
    """Whether it is a text that can be written; a browser can send half of a sign."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False
