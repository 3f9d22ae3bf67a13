"""Everything that reports and the app can say in words of ours: what the catalogues of `sim/view/languages` must have.

`python -m sim.view.report.sentences` brings the catalogues up to date: sentences that are new have no words yet, and
those that nobody says any more are gone.
"""

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.model.build import AS_IS
from sim.model.mechanisms import MECHANISMS
from sim.model.metrics import METRICS
from sim.scenario import parameters
from sim.scenario.behaviours import BEHAVIOUR_TABLE
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.practices import practices
from sim.scenario.schema import Scenario
from sim.scenario.sections import Company, Leader, Market
from sim.scenario.styles import builtin_styles
from sim.scenario.toml_files import read_table
from sim.view.language import LANGUAGES, Sentence, catalogue_of, read_catalogue
from sim.view.report.wording import TEMPLATES
from sim.view.texts import paragraphs, said_in_javascript, said_in_python

TEXTS = ("report.html", "slides.html", "phrases.html")

VIEW = Path(__file__).parent.parent
APP = VIEW.parent / "app"
"""The app is above the view, which reads its files only."""

DATA = VIEW.parent / "analysis" / "data"

OTHERS = ("vue.js",)
"""Files that are not ours."""


def sentences() -> list[Sentence]:
    """Each context and English text once, in the order in which they stand."""
    return list(dict.fromkeys([*_of_templates(), *_of_words(), *_of_the_model(), *_of_code(), *_of_the_app()]))


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


def _of_code() -> Iterator[Sentence]:
    """What the code of view and app says."""
    for folder in (VIEW, APP):
        for path in sorted(folder.rglob("*.py")):
            yield from said_in_python(path.read_text(encoding="utf-8"))
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".vue", ".js")):
            if path.name not in OTHERS:
                for text in said_in_javascript(path.read_text(encoding="utf-8")):
                    yield "", text


def _of_the_app() -> Iterator[Sentence]:
    """What the app shows of the model by itself."""
    yield "label", AS_IS
    yield "list", "and"
    for metric in METRICS:
        yield "name", metric.long_name
        yield "unit", metric.unit
        yield "explained", metric.meaning
    for name in scenario_names():
        yield from _of_a_scenario(load_scenario(name))
    for path in sorted((APP / "lessons").glob("*.toml")):
        yield from _of_a_lesson(read_table(path), "")
    yield from _of_a_lesson(read_table(APP / "learn" / "teacher.toml"), "")
    yield from (("", text) for text in _of_the_evidence())
    for practice in practices().values():
        yield "", practice.description
        yield "", practice.group.capitalize()
    for section in (Market, Leader, Company):
        for field in section.model_json_schema()["properties"].values():
            if "unit" in field:
                yield "unit", field["unit"]
                yield "", field["description"]
    for group in parameters.GROUPS:
        yield from (("", text) for text in (group.title, group.note, group.why) if text)
        for parameter in group.parameters:
            yield from (("", parameter.label), ("", parameter.meaning), ("unit", parameter.unit))
    for behaviour in BEHAVIOUR_TABLE:
        yield "behaviour", behaviour.name
        yield from (("", text) for text in (behaviour.label, behaviour.meaning, behaviour.literature))


def _of_the_evidence() -> Iterator[str]:
    """What is claimed, what was published, and what is said of it, as it was measured last."""
    claims = json.loads((DATA / "claims.json").read_text(encoding="utf-8"))["claims"]
    for claim in claims:
        parts = claim.get("parts") or []
        texts = [claim.get(key) for key in ("claim", "verdict", "note", "reason")]
        texts += [part.get(key) for part in parts for key in ("text", "verdict")]
        yield from (text for text in texts if text)
    for pattern in json.loads((DATA / "evidence.json").read_text(encoding="utf-8"))["patterns"]:
        yield from (pattern["pattern"], pattern["group"], pattern["published"])
        yield from (figure["name"].replace("_", " ") for figure in pattern["figures"])


LESSON = ("title", "promise", "idea", "open_question", "teacher", "situation", "question", "mechanism", "introduction")
"""What people read of a lesson, and of the page for teachers."""


def _of_a_lesson(value: Any, key: str) -> Iterator[Sentence]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "changes":
                yield from _of_a_lesson(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_a_lesson(inner, key)
    elif key == "label":
        yield "arm", value
    elif key in (*LESSON, "what", "text"):
        yield from (("", paragraph) for paragraph in paragraphs(value))


def _of_a_scenario(scenario: Scenario) -> Iterator[Sentence]:
    """The texts of a scenario of ours."""
    notes = [getattr(event, "note", "") for event in scenario.events]
    for text in (scenario.title, scenario.question, " ".join(paragraphs(scenario.description)), *notes):
        if text:
            yield "", text
    for style in scenario.styles.values():
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
