"""Takes out of a style sheet what no page of the app uses: rules for the framework's own controls, and fonts."""

import re
from collections.abc import Iterator

KEPT = (
    "v-application", "v-layout", "v-locale", "v-progress-linear", "v-sheet", "v-theme", "theme-", "v-alert", "d-",
    "elevation-", "solara-",
)  # fmt: skip
"""How names of classes begin that the framework puts around the pages of the app."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_WITHIN = ("@media", "@supports", "@layer")
"""Rules that have rules within them."""


def without_controls(sheet: str) -> str:
    """The sheet with the rules about elements and about classes that are KEPT."""
    return "\n".join(_kept(_COMMENT.sub("", sheet)))


def _kept(sheet: str) -> Iterator[str]:
    for begins, body in _rules(sheet):
        if body is None:
            yield f"{begins};"
        elif begins.startswith(_WITHIN):
            if within := "\n".join(_kept(body)):
                yield f"{begins}{{{within}}}"
        elif begins.startswith("@"):
            if not begins.startswith("@font-face"):
                yield f"{begins}{{{body}}}"
        elif some := [one for one in begins.split(",") if _is_kept(one)]:
            yield f"{','.join(some)}{{{body}}}"


def _is_kept(selector: str) -> bool:
    return all(name.startswith(KEPT) for name in _CLASS.findall(selector))


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each pair of braces and what within it; None for a line without braces."""
    depth, start, opened, quote = 0, 0, 0, ""
    for place, sign in enumerate(sheet):
        if quote:
            if sign == quote and sheet[place - 1] != "\\":
                quote = ""
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            if depth == 0:
                opened = place
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield sheet[start:opened].strip(), sheet[opened + 1 : place]
                start = place + 1
        elif sign == ";" and depth == 0:
            yield sheet[start:place].strip(), None
            start = place + 1
