"""Loads components of the app in JavaScript (.vue files), each with its texts in the visitor's language."""

import inspect
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import solara

from sim.app.language import spoken_by_visitor
from sim.app.vue_files import as_text, assembled, dictionary_of

_made = TemporaryDirectory(prefix="teamsim-")  # removed when Python ends


def component_vue(name: str) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """A component from a .vue file beside the function; what the function takes are its properties and its events.

    Its texts are said in the visitor's language by the method `say` (`speaking.js`), from a dictionary that it is given
    besides its properties.
    """

    def decorated(function: Callable[..., None]) -> Callable[..., Any]:
        path = (Path(inspect.getfile(function)).parent / name).resolve()

        def worded(**_: Any) -> None:
            """Stands for the function, with one property more."""

        signature = inspect.signature(function)
        more = inspect.Parameter("dictionary", inspect.Parameter.POSITIONAL_OR_KEYWORD, default="")
        optional = [one for one in signature.parameters.values() if one.default is not inspect.Parameter.empty]
        needed = [one for one in signature.parameters.values() if one.default is inspect.Parameter.empty]
        worded.__signature__ = inspect.Signature([*needed, more, *optional])  # type: ignore[attr-defined]
        made = solara.component_vue(str(_copy(path)), vuetify=False)(worded)

        def component(**properties: Any) -> Any:
            return made(**properties, dictionary=_dictionary(path, spoken_by_visitor()))

        component.__doc__ = function.__doc__
        return component

    return decorated


def _copy(path: Path) -> Path:
    """A copy of a .vue file with all that belongs to it in it: the framework reads a component from one file."""
    copy = Path(_made.name) / re.sub("[^A-Za-z0-9.]+", "-", "-".join(path.parts[-2:]))
    copy.write_text(assembled(path), encoding="utf-8")
    return copy


@cache
def _dictionary(path: Path, language: str) -> str:
    return as_text(dictionary_of([path], language))
