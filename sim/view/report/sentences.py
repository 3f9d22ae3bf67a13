"""Everything that a report can say in words of ours: what the catalogues of `sim/view/languages` have to have.

`python -m sim.view.report.sentences` brings the catalogues up to date: sentences that are new have no words yet, and
those that no report says any more are gone.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from sim.model.mechanisms import MECHANISMS
from sim.model.metrics import METRICS
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles
from sim.scenario.toml_files import read_table
from sim.view.language import LANGUAGES, Sentence, catalogue_of, read_catalogue
from sim.view.report.wording import TEMPLATES

TEXTS = ("report.html", "slides.html", "phrases.html")


def sentences() -> list[Sentence]:
    """Each context and English text once, in the order in which they stand."""
    return list(dict.fromkeys([*_of_templates(), *_of_words(), *_of_the_model()]))


def _of_templates() -> Iterator[Sentence]:
    from jinja2.ext import babel_extract

    for name in TEXTS:
        with (TEMPLATES / name).open("rb") as file:
            for _, _, text, _ in babel_extract(file, ["_"], [], {"extensions": "jinja2.ext.do"}):
                yield "", str(text[0] if isinstance(text, tuple) else text)


def _of_words() -> Iterator[Sentence]:
    def within(value: Any, key: str) -> Iterator[Sentence]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from within(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from within(inner, key)
        elif isinstance(value, str) and any(sign.isalpha() for sign in value):
            yield key, value

    yield from within(read_table(TEMPLATES / "words.toml"), "")


def _of_the_model() -> Iterator[Sentence]:
    """What the model calls its metrics, units, mechanisms, practices and styles, unless `words.toml` has a name."""
    known = read_table(TEMPLATES / "words.toml")
    for metric in METRICS:
        own = known["metrics"].get(metric.name, {})
        if "name" not in own:
            yield "name", metric.long_name
        if metric.unit not in known["units"]:
            yield "unit", metric.unit
    for mechanism in MECHANISMS:
        yield "label", mechanism.label
        yield "through", mechanism.through
    for practice in practices().values():
        yield "practice", practice.title
    for style in builtin_styles().values():
        if style.description:
            yield "description", style.description


HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def update() -> None:
    """Write the catalogues anew with what they have already said."""
    for language in LANGUAGES[1:]:
        known = read_catalogue(language) if catalogue_of(language).exists() else {}
        write(language, {sentence: known.get(sentence, "") for sentence in sentences()})


def write(language: str, said: Mapping[Sentence, str]) -> None:
    """Write the catalogue of a language; nothing in it says when, so that the same words make the same file."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language, fuzzy=False)
    for (context, text), translation in said.items():
        catalogue.add(text, translation, context=context or None)
    written = io.BytesIO()
    write_po(written, catalogue, width=120, omit_header=True)
    catalogue_of(language).write_bytes(HEADER.format(language=language).encode() + written.getvalue())


if __name__ == "__main__":
    update()
