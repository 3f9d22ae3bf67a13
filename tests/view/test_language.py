"""Languages: numbers, lists and plurals as each writes them, and what is asked for and not there."""

import re

import numpy as np
import pytest

from sim.scenario.problems import InputError
from sim.view.language import LANGUAGES, Language, language_of


@pytest.mark.parametrize(
    ("value", "places", "shown"), [(6.4, 0, "6"), (1250, 0, "1,250"), (0.5, 1, "0.5"), (0, 1, "0.0"), (-3, 0, "−3")]
)
def test_numbers_as_people_write_them(value, places, shown):
    assert language_of("en").number(value, places) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "12,345.5"), ("de", "12.345,5"), ("fr", "12\u202f345,5"), ("es", "12.345,5")]
)
def test_another_language_has_other_signs(language, shown):
    assert language_of(language).number(12345.5, 1) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.5, "0,5"), (26.0, "26"), (1234.5, "1.234,5"), (1e-7, "0,0000001")])
def test_a_number_that_somebody_gave_has_no_zeros_at_its_end(value, shown):
    assert language_of("de").amount(value) == shown


@pytest.mark.parametrize(
    ("language", "singular", "plural"),
    [("en", "1", "1.5"), ("de", "1", "0"), ("fr", "1,5", "2"), ("fr", "0", "1\u202f000"), ("es", "1", "1,5")],
)
def test_each_language_has_its_own_plural(language, singular, plural):
    assert language_of(language).is_one(singular)
    assert not language_of(language).is_one(plural)


def test_parts_stand_in_a_row():
    rows = [language_of(name).listed(["a", "b", "c"]) for name in LANGUAGES]
    assert rows == ["a, b, and c", "a, b und c", "a, b et c", "a, b y c"]


def test_what_no_catalogue_has_stays_english():
    assert language_of("de").say("A sentence of nobody.") == "A sentence of nobody."


def test_no_line_of_french_begins_with_a_sign_that_ends_a_part():
    said = language_of("fr")
    assert said.say("In weeks {first} to {last}:").endswith("{last}\u00a0:")
    assert not [text for text in said.sentences.values() if re.search(" [:;?!»]|« ", text)]


@pytest.mark.parametrize("name", ["xx", "DE", "german", ""])
def test_an_unknown_language_names_those_that_there_are(name):
    with pytest.raises(InputError) as caught:
        language_of(name)
    assert str(caught.value).count("\n") == 0
    for known in LANGUAGES:
        assert known in str(caught.value)


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "June 2025"), ("de", "Juni 2025"), ("fr", "juin 2025"), ("es", "junio de 2025")]
)
def test_a_month_is_said_in_words(language, shown):
    assert language_of(language).month("2025-06") == shown
    assert language_of(language).month("2025-W07") == "2025-W07"


@pytest.mark.parametrize("value", [0, -0.001, 0.125, 2.675, -1, 1, 1234567.125, 1e15, np.float64(2.345), np.int64(7)])
def test_english_is_written_as_by_the_library_of_the_other_languages(value):
    english, library = language_of("en"), Language("de")
    library.name = "en"
    for places in range(4):
        assert english.number(value, places) == library.number(value, places)
    for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"]):
        assert english.listed(parts) == library.listed(parts)
