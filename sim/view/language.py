"""The languages of reports: sentences from a catalogue (gettext), numbers and lists as each language writes them.

A sentence stands in English where it is said; `languages/NAME.po` has what it is in another language. A sentence that a
catalogue does not have stays English.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sim.scenario.problems import InputError, unknown

LANGUAGES = ("en", "de", "fr", "es")
"""English, German, French, Spanish."""

type Sentence = tuple[str, str]
"""A context, or "" for none, and an English text."""


class Language:
    """How a language says what is written in English."""

    def __init__(self, name: str) -> None:
        from babel import Locale
        from babel.numbers import get_decimal_symbol

        self.name = name
        self.sentences: Mapping[Sentence, str] = {} if name == LANGUAGES[0] else read_catalogue(name)
        self._locale = Locale(name)
        self.decimal: str = get_decimal_symbol(self._locale)

    def say(self, text: str, context: str = "") -> str:
        """A text in this language."""
        return self.sentences.get((context, text)) or text

    def number(self, value: float, places: int) -> str:
        """A number with so many decimals, with the signs of the language."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(value, format=pattern, locale=self._locale).replace("-", "−")

    def amount(self, value: float) -> str:
        """A number as somebody gave it: without zeros behind the decimal sign, and with six digits at most."""
        text = f"{value:.6g}"
        places = max(0, -int(Decimal(text).as_tuple().exponent))
        return self.number(float(text), places)

    def month(self, text: str) -> str:
        """A month such as 2025-06 in words; any other text as it is."""
        from babel.dates import format_skeleton

        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            return text
        return format_skeleton("yMMMM", first, locale=self._locale)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts in a row, with the language's word before the last."""
        from babel.lists import format_list

        return format_list([str(part) for part in parts], locale=self._locale)

    def is_one(self, shown: str) -> bool:
        """Whether a number, as it is shown, goes with the singular."""
        plain = "".join(sign for sign in shown.replace(self.decimal, ".") if sign.isdigit() or sign == ".")
        return bool(plain) and self._locale.plural_form(Decimal(plain)) == "one"


@lru_cache(maxsize=len(LANGUAGES))
def language_of(name: str) -> Language:
    """The language of this name, one of LANGUAGES.

    Raises:
        InputError: no such language.
    """
    if name not in LANGUAGES:
        raise InputError(unknown("language", name, LANGUAGES))
    return Language(name)


def catalogue_of(name: str) -> Path:
    """The file with what a language calls things."""
    return Path(__file__).parent / "languages" / f"{name}.po"


def read_catalogue(name: str) -> dict[Sentence, str]:
    """What a language's file has: by context and English text what it is there, "" where nobody has said it yet."""
    from babel.messages.pofile import read_po

    with catalogue_of(name).open("rb") as file:
        found = read_po(file, locale=name)
    return {(message.context or "", str(message.id)): str(message.string or "") for message in found if message.id}
