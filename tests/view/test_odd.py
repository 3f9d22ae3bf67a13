"""The ODD page is what the code makes it, leaves nothing of the model out, and says nothing that the code does not."""

import inspect
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model import build, mechanisms, state
from sim.model.fields import RECORDS
from sim.model.metrics import METRICS
from sim.model.week import STEPS
from sim.scenario import behaviours, parameters
from sim.scenario.editors import json_schema
from sim.scenario.load import scenario_names
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles
from sim.view import odd, source
from sim.view.markdown import text

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/odd.md"
PROSE = odd.TEMPLATE.read_text(encoding="utf-8")
SCHEMA = json_schema()
RULES = [rule for file in source.rule_files() for rule in file.rules]
REFERENCES = "## References\n"


@cache
def made():
    return odd.page()


def tables():
    """Every table of the page: its header, and its rows as lists of cells."""
    lines = made().splitlines()
    for place, line in enumerate(lines):
        if line.startswith("| ---"):
            end = next(k for k in range(place, len(lines)) if not lines[k].startswith("|"))
            rows = [re.split(r"(?<!\\) ?\| ?", row)[1:-1] for row in (lines[place - 1], *lines[place + 1 : end])]
            yield rows[0], rows[1:]


def first_column(header):
    """What the tables with this heading begin their rows with."""
    return {row[0].strip("`") for names, rows in tables() if names[0] == header for row in rows}


def names_of_the_code():
    """Everything that a page may put in backquotes: names, paths and options that exist."""
    known = {*parameters.BY_NAME, *behaviours.BEHAVIOURS, *behaviours.CHANNELS, *scenario_names(), *builtin_styles()}
    known |= (
        {metric.name for metric in METRICS}
        | {rule.name for rule in RULES}
        | {file.name for file in source.rule_files()}
    )
    known |= {field.name for record in RECORDS.values() for field in record.fields}
    for section, definition in SCHEMA["$defs"].items():
        known |= {section, *definition["properties"]}
    for key, node in SCHEMA["properties"].items():
        known |= {key, f"[{key}]", f"[[{key}]]"}
        if "$ref" in node:
            known |= {f"{key}.{inner}" for inner in SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]["properties"]}
    known |= set(SCHEMA["$defs"]["Run"]["properties"]["development_scheme"]["enum"])
    return known


def strange_names(prose):
    """Names in backquotes that nothing in the code has."""
    quoted = set(re.findall(r"`([^`\n]+)`", prose)) - {"this type", "--set", "sim.compare", "make docs"}
    return {name for name in quoted - names_of_the_code() if not (ROOT / name.partition(":")[0]).exists()}


def cited(page):
    """The last name before each year that stands in a text as a citation does, with the year."""
    return set(re.findall(r"([A-Z][\w'-]+)(?: et al\.)?,? \(?((?:19|20)\d\d)\b", page))


def references(page):
    """Authors and year of each entry of the list."""
    entries = page.partition(REFERENCES)[2].strip().split("\n\n")
    return [(entry.partition(" (")[0], found[1]) for entry in entries if (found := re.search(r"\((\d{4})\)", entry))]


def without_a_reference(page):
    """Citations for which there is no entry."""
    known = references(page)
    return {
        f"{name} {year}"
        for name, year in cited(page.partition(REFERENCES)[0])
        if not any(year == when and re.search(rf"\b{re.escape(name)}\b", authors) for authors, when in known)
    }


# --- It is current ----------------------------------------------------------------------------------------------------


def test_the_page_is_what_the_generator_makes():
    assert PAGE.read_text(encoding="utf-8") == made(), "run `make docs`, or: python -m sim.view.odd docs/odd.md"


def test_the_causal_diagram_beside_it_has_every_mechanism():
    assert f"]({odd.PICTURE})" in made()
    shown = " ".join(re.findall(r">([^<>]+)<", (ROOT / "docs" / odd.PICTURE).read_text(encoding="utf-8")))
    for name, mechanism in mechanisms.BY_NAME.items():
        assert all(word in shown for word in mechanism.label.split()), f"{name}: python -m sim.view.odd docs/odd.md"


# --- It is complete ---------------------------------------------------------------------------------------------------


def test_every_rule_is_there_with_its_own_words():
    for rule in RULES:
        assert rule.says, f"{rule.name} has no docstring"
        assert f"`{rule.name}" in made(), rule.name
    for file in source.rule_files():
        for rule in file.rules:
            for line in rule.says.partition("\n\n")[2].splitlines():
                assert line in made(), f"{rule.name}: {line}"


def test_every_step_of_the_week_is_there_in_order():
    schedule = made().partition("## 3.")[2].partition("## 4.")[0]
    listed = re.findall(r"^ *- (?:\*\*|`)(\w+)", schedule, flags=re.MULTILINE)
    assert listed == [name for step in STEPS.values() for name in (step.name, *(r.__name__ for r in step.rules))]


def test_every_parameter_metric_behaviour_and_channel_is_there():
    assert first_column("Parameter") == {parameter.name for parameter in parameters.PARAMETERS}
    assert first_column("Metric") == {metric.name for metric in METRICS}
    assert first_column("Behaviour") == set(behaviours.BEHAVIOURS)
    assert first_column("Channel") == set(behaviours.CHANNELS)


def test_every_style_practice_scenario_and_event_is_there():
    assert first_column("Style") == set(builtin_styles())
    assert first_column("Practice") == set(practices())
    assert first_column("Scenario") == set(scenario_names())
    assert first_column("Event") == set(SCHEMA["properties"]["events"]["items"]["discriminator"]["mapping"])


def test_every_field_of_every_record_is_there():
    page = made().partition("## 3.")[0]
    for record in RECORDS.values():
        assert sorted(field.name for field in record.fields) == sorted(getattr(state, record.name).names)
        assert record.name in odd.ENTITIES or f"| `{record.name}` |" in page
        for fields in odd.together(record.fields):
            assert odd.shown(fields) in page, (record.name, fields)


def test_every_record_is_declared_with_its_fields():
    kinds = {name for name, kind in vars(state).items() if isinstance(kind, np.dtype)}
    assert kinds == set(RECORDS)


def test_every_key_of_every_section_is_there():
    keys = first_column("Key")
    assert keys >= set(SCHEMA["properties"])
    events = {
        ref.rpartition("/")[2] for ref in SCHEMA["properties"]["events"]["items"]["discriminator"]["mapping"].values()
    }
    for section, definition in SCHEMA["$defs"].items():
        assert section in events or f"**{section}** (" in made()
        assert section in events or keys >= set(definition["properties"])


def test_every_parameter_is_used_by_some_rule():
    used = {name for rule in RULES for name in rule.parameters}
    at_the_start = set(re.findall(r'self\.parameters\["(\w+)"\]', inspect.getsource(build)))
    assert used | at_the_start == {parameter.name for parameter in parameters.PARAMETERS}


def test_every_row_says_what_it_means():
    meanings = (
        "Meaning",
        "Meaning and unit",
        "In words",
        "What it does",
        "What it is",
        "What happens",
        "Source",
        "Question",
    )
    for header, rows in tables():
        for place, column in enumerate(header):
            if column in meanings:
                assert all(row[place].strip() for row in rows), (
                    header,
                    [row[0] for row in rows if not row[place].strip()],
                )


def test_every_row_has_a_cell_for_every_column():
    for header, rows in tables():
        assert {len(row) for row in rows} == {len(header)}, header


# --- It says nothing else ---------------------------------------------------------------------------------------------


def test_the_prose_names_only_what_there_is():
    assert not strange_names(PROSE)


def test_a_name_that_the_code_does_not_have_is_found():
    assert strange_names("As `morale` and `moral` in `sim/model` and `sim/modell`.") == {"moral", "sim/modell"}


def test_the_prose_holds_no_number_that_the_code_could_change():
    """Counts and bounds come from the code: whatever else is a number is a year, a page, or explained beside it."""
    prose = re.sub(r"\$\{\w+\}|Appendix.*", "", PROSE.partition(REFERENCES)[0])
    prose = re.sub(
        r"\b(?:19|20)\d\d\b|\bD[1-4]\b|\bR[1-4]\b|^#+ \d\.|section \d|`[^`]*`", "", prose, flags=re.MULTILINE
    )
    allowed = {"0", "1", "95%"}  # bounds of shares, and the interval that analysis uses throughout
    assert {number.rstrip(",.") for number in re.findall(r"(?<![\w.])\d[\d,.]*%?(?!\w)", prose)} <= allowed
    for word in ("thirteen", "fourteen", "fifteen"):
        assert word not in prose


@pytest.mark.parametrize(
    "phrase", [r"\bcomes? later\b", r"\bnot in the model yet\b", r"\bnothing\s+depends on\b", r"\bTODO\b"]
)
def test_the_prose_promises_nothing(phrase):
    assert not re.search(phrase, PROSE)


def test_mechanisms_are_numbered_without_a_gap():
    numbers = [int(number) for number in re.findall(r"^### Mechanism (\d+)", made(), flags=re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_citation_has_a_reference_and_every_reference_is_cited():
    assert not without_a_reference(made())
    body = made().partition(REFERENCES)[0]
    for authors, year in references(made()):
        first = authors.partition(",")[0] if "," in authors else authors.split()[0]
        assert re.search(rf"{re.escape(first)}[^.;)]{{0,40}}(?:et al\.,? )?\(?{year}", body), f"{authors} ({year})"


def test_a_citation_without_a_reference_is_found():
    page = f"Known (Nobody & Noone 1999; Grimm et al. 2020).\n\n{REFERENCES}\nGrimm, V., et al. (2020). A title.\n"
    assert without_a_reference(page) == {"Noone 1999"}


def test_text_of_the_code_cannot_break_a_table():
    assert text("a | b <i> *c* [d] `x | y`") == r"a \| b \<i\> \*c\* \[d\] `x | y`"
