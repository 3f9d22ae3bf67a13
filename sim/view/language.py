"""The languages of reports and of the app: sentences from a catalogue (gettext), numbers and lists as each writes them.

A sentence stands in English where it is said; `languages/NAME.po` has what it is in another language. A sentence that a
catalogue does not have stays English.

`said` speaks the language of whoever is spoken to: what `speaking` sets for a piece of work, or that of the app's
visitor. Without either, it is English.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sim.scenario.problems import InputError, unknown

LANGUAGES = ("en", "de", "fr", "es")
"""English, German, French, Spanish."""

type Sentence = tuple[str, str]
"""A context, or "" for none, and an English text."""


class Language:
    """How a language says what is written in English."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sentences = self._sentences()
        self.decimal = self._decimal()
        self.semicolon = "\u00a0; " if name == "fr" else "; "

    def _sentences(self) -> Mapping[Sentence, str]:
        found = read_catalogue(self.name)
        return {key: _unbroken(text) for key, text in found.items()} if self.name == "fr" else found

    def _decimal(self) -> str:
        from babel.numbers import get_decimal_symbol

        return str(get_decimal_symbol(self.name))

    @cached_property
    def _locale(self) -> Any:
        from babel import Locale

        return Locale(self.name)

    def say(self, text: str, context: str = "") -> str:
        """A text in this language."""
        return self.sentences.get((context, text)) or text

    def tell(self, text: str, context: str = "", /, **values: object) -> str:
        """A text in this language, with values put in where it names them.

        A whole number can be declined: {n:week|weeks} is "week" where `n` is one.
        """
        said = self.say(text, context)
        return said.format(**{name: self._whole(value) for name, value in values.items()}) if values else said

    def _whole(self, value: object) -> object:
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        text = f"{value:,}" if self.name == LANGUAGES[0] else self.number(value, 0)
        return Declining(text, self.is_one(text))

    def digits(self, text: str) -> str:
        """A number that is written as Python writes it, with the decimal sign of the language."""
        return text if self.decimal == "." else text.replace(".", self.decimal)

    def joined(self, parts: Iterable[str]) -> str:
        """Parts in a row: 'a, b and c'."""
        *before, last = [str(part) for part in parts] or [""]
        word = "e" if self.name == "es" and last[:1].lower() == "i" else self.say("and", "list")
        return f"{', '.join(before)} {word} {last}" if before else last

    def number(self, value: float, places: int) -> str:
        """A number with so many decimals, with the signs of the language."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(value, format=pattern, locale=self.name).replace("-", "−")

    def amount(self, value: float) -> str:
        """A number as somebody gave it: without zeros behind the decimal sign, and with six digits at most."""
        text = f"{value:.6g}"
        places = max(0, -int(Decimal(text).as_tuple().exponent))
        return self.number(float(text), places)

    def month(self, text: str) -> str:
        """A month such as 2025-06 or 06/2025 in words; any other text as it is."""
        from babel.dates import format_skeleton

        text = re.sub(r"^(\d{1,2})[-/.](\d{4})$", lambda found: f"{found[2]}-{int(found[1]):02}", text)
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            return text
        return format_skeleton("yMMMM", first, locale=self.name)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts in a row, with the language's word before the last."""
        from babel.lists import format_list

        return format_list([str(part) for part in parts], locale=self.name)

    def is_one(self, shown: str) -> bool:
        """Whether a number, as it is shown, goes with the singular."""
        plain = "".join(sign for sign in shown.replace(self.decimal, ".") if sign.isdigit() or sign == ".")
        return bool(plain) and self._locale.plural_form(Decimal(plain)) == "one"


class English(Language):
    """What everything stands in: it needs no catalogue, and none of the libraries that languages need."""

    def __init__(self) -> None:
        super().__init__(LANGUAGES[0])

    def _sentences(self) -> Mapping[Sentence, str]:
        return {}

    def _decimal(self) -> str:
        return "."

    def number(self, value: float, places: int) -> str:
        """A number with so many decimals."""
        return f"{Decimal(str(value)):,.{places}f}".replace("-", "−")

    def listed(self, parts: Iterable[str]) -> str:
        """Parts in a row, with "and" before the last."""
        *before, last = [str(part) for part in parts] or [""]
        comma = "," if len(before) > 1 else ""
        return f"{', '.join(before)}{comma} and {last}" if before else last

    def is_one(self, shown: str) -> bool:
        """Whether a number, as it is shown, goes with the singular."""
        return re.sub(r"[^\d.]", "", shown) == "1"


def _unbroken(text: str) -> str:
    """A French text in which no line begins with a sign before which there is a space, or ends with a quote."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", text)


class Declining(str):
    """A number in a text, beside which words are declined: {n:week|weeks}."""

    is_one: bool

    def __new__(cls, text: str, is_one: bool) -> "Declining":
        """The number as it is shown, and whether it goes with the singular."""
        made = super().__new__(cls, text)
        made.is_one = is_one
        return made

    def __format__(self, forms: str) -> str:
        """The number itself, or the form that goes with it."""
        one, _, other = forms.partition("|")
        return (one if self.is_one else other) if forms else str(self)


@lru_cache(maxsize=len(LANGUAGES))
def language_of(name: str) -> Language:
    """The language of this name, one of LANGUAGES.

    Raises:
        InputError: no such language.
    """
    if name not in LANGUAGES:
        raise InputError(unknown("language", name, LANGUAGES))
    return English() if name == LANGUAGES[0] else Language(name)


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)

_listeners: list[Callable[[], str]] = []


def find_listeners_by(language: Callable[[], str]) -> None:
    """Have this say which language somebody is spoken to in where `speaking` does not: the app knows its visitors."""
    _listeners[:] = [language]


@contextmanager
def speaking(name: str) -> Iterator[Language]:
    """Have everything that is said within this, in this thread, in one language.

    Raises:
        InputError: no such language.
    """
    language = language_of(name)
    before = _spoken.set(name)
    try:
        yield language
    finally:
        _spoken.reset(before)


def spoken() -> Language:
    """The language of whoever is spoken to."""
    return language_of(_spoken.get() or next((found() for found in _listeners), LANGUAGES[0]))


def said(text: str, context: str = "", /, **values: object) -> str:
    """An English text in the language of whoever is spoken to; see `Language.tell`. It has to be in the catalogues."""
    return spoken().tell(text, context, **values)


def english(text: str) -> str:
    """A text that is said later: it stands in English, and is in the catalogues."""
    return text


def catalogue_of(name: str) -> Path:
    """The file with what a language calls things."""
    return Path(__file__).parent / "languages" / f"{name}.po"


def read_catalogue(name: str) -> dict[Sentence, str]:
    """What a language's file has: by context and English text what it is there, "" where nobody has said it yet."""
    from babel.messages.pofile import read_po

    with catalogue_of(name).open("rb") as file:
        found = read_po(file, locale=name)
    return {(message.context or "", str(message.id)): str(message.string or "") for message in found if message.id}
