"""Reads .vue and .js files: finds their texts, makes a dictionary of these in a language, and joins components."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sim.view.language import LANGUAGES, language_of
from sim.view.texts import said_in_javascript

HERE = Path(__file__).parent
CHART = HERE / "chart"

MIXINS = ("scales", "lines", "points", "pairs", "readout", "table", "files")
"""Files of the folder `chart` that belong to chart.vue."""


def assembled(path: Path) -> str:
    """The text of a .vue file with its mixins in it, and with the methods that say texts."""
    text = path.read_text(encoding="utf-8")
    if "<script>" not in text:
        text = text.replace("</template>", "</template>\n\n<script>\nmodule.exports = {};\n</script>")
    own = [body_of(CHART / f"{name}.js") for name in MIXINS] if path.parent == CHART else []
    mixins = ", ".join([body_of(HERE / "speaking.js"), *own])
    return text.replace("module.exports = {", f"module.exports = {{ mixins: [{mixins}],", 1)


def body_of(path: Path) -> str:
    """What a file exports, as an expression."""
    return path.read_text(encoding="utf-8").partition("export default ")[2].rstrip(";\n")


@cache
def _texts(path: Path) -> tuple[str, ...]:
    return tuple(said_in_javascript(path.read_text(encoding="utf-8")))


def texts_of(path: Path) -> tuple[str, ...]:
    """The texts that a file says, and those of what belongs to it."""
    more = [CHART / f"{name}.js" for name in MIXINS] if path == CHART / "chart.vue" else []
    return tuple(dict.fromkeys(text for file in (path, *more) for text in _texts(file)))


def dictionary_of(paths: Iterable[Path], language: str) -> dict[str, str]:
    """What files say in a language: by English text, and what `speaking.js` has to know of the language.

    Empty for English.
    """
    if language == LANGUAGES[0]:
        return {}
    found = language_of(language)
    texts = dict.fromkeys(text for path in paths for text in texts_of(path))
    own = {":language": language, ":decimal": found.decimal, ":and": found.say("and", "list")}
    return {**own, **{text: found.say(text) for text in texts if found.say(text) != text}}


def as_text(data: Any) -> str:
    """Plain data as a text for the browser. In any other form, the framework would search it for components."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
