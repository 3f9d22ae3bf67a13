"""Finds the texts of source files that are translated: in Python by `said` and `english`, in JavaScript by `say`."""

import ast
import re
from collections.abc import Iterator

from sim.view.language import Sentence

PYTHON = ("said", "english")
"""Functions whose first argument is a text that the catalogues have to have; `said` may have a context, too."""

JAVASCRIPT = re.compile(r"""(?<![\w$])say\(\s*(["'`])((?:\\.|(?!\1).)*)\1""", re.DOTALL)


def said_in_python(source: str) -> Iterator[Sentence]:
    """Each context and English text, in the order in which they stand."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id in PYTHON and call.args:
            text, *more = (one.value if isinstance(one, ast.Constant) else None for one in call.args)
            if isinstance(text, str):
                context = str(more[0]) if more and more[0] else ""
                yield from ((context, one) for one in (paragraphs(text) if "\n" in text else [text]))


def said_in_javascript(source: str) -> Iterator[str]:
    """Each English text, in the order in which they stand."""
    for found in JAVASCRIPT.finditer(source):
        yield re.sub(r"\\(.)", r"\1", found[2])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which are separated by empty lines. Other line breaks do not count."""
    return [" ".join(part.split()) for part in text.strip().split("\n\n")]
