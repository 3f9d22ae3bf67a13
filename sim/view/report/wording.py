"""Puts the content of a report into the words of a language, and marks every number by its key."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from sim.model.engine import AS_IS
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.model.metrics import BY_NAME
from sim.scenario.practices import practices
from sim.scenario.styles import builtin_styles
from sim.scenario.toml_files import read_table
from sim.view.language import LANGUAGES, language_of
from sim.view.report.content import Content
from sim.view.report.numbers import Key, places_of, rounded, step_for
from sim.view.sentences import unit_of
from sim.view.texts import paragraphs

TEMPLATES = Path(__file__).parent.parent / "templates" / "report"
"""The texts of page and slides, the names of things, and the frames of page and document."""


MARKET_AS = {"demand": "share", "decisions": "number"}
"""What is said of the market in another form than a word."""


@lru_cache(maxsize=len(LANGUAGES))
def words_of(language: str) -> dict[str, Any]:
    """The words and patterns of a language.

    Raises:
        InputError: no such language.
    """
    say = language_of(language).say
    words: dict[str, Any] = _said(read_table(TEMPLATES / "words.toml"), "", say)
    return words


def _said(words: Any, key: str, say: Callable[[str, str], str]) -> Any:
    """A table of words with every text in another language; its key is its context in the catalogue."""
    if isinstance(words, dict):
        return {name: _said(value, name, say) for name, value in words.items()}
    if isinstance(words, list):
        return [_said(value, key, say) for value in words]
    return say(words, key) if isinstance(words, str) and words else words


class Counted(Markup):
    """A number in a text, which patterns can decline: {n:point|points} is "point" beside what `is_one`, or "points"."""

    is_one = False

    def __html_format__(self, forms: str) -> "Counted":
        """The number itself, or the form that goes with it."""
        one, _, other = forms.partition("|")
        return Counted(escape(one if self.is_one else other)) if forms else self


class Wording:
    """What templates ask for: names, patterns filled with numbers, and numbers marked with where they stand."""

    def __init__(self, content: Content, language: str, hidden: re.Pattern[str] | None) -> None:
        self.content, self.hidden = content, hidden
        self.language, self.words = language_of(language), words_of(language)
        self.currency = content.scenario.money.currency

    def say(self, text: str, **values: Any) -> Markup:
        """A sentence in the report's language, with values put in where it names them; whole numbers can be declined.

        The sentence is markup of ours; values are text, unless they are markup themselves.
        """
        shown = {name: self._whole(value) if isinstance(value, int) else value for name, value in values.items()}
        return Markup(self.language.say(text)).format(**shown)  # noqa: S704 (the sentences are ours)

    def _whole(self, value: int) -> Counted:
        text = self.language.number(value, 0)
        number = Counted(text)
        number.is_one = self.language.is_one(text)
        return number

    # --- Names ---

    def style(self, name: str) -> str:
        """How a style is called in a sentence."""
        if name == AS_IS:
            return str(self.words["style"]["of_today"])
        known = self.words["styles"].get(name)
        return str(known["name"]) if known else self.client(self.words["style"]["other"].format(name=name))

    def label(self, name: str) -> str:
        """How a style is called in tables and beside lines."""
        if name == AS_IS:
            return str(self.words["style"]["of_today_short"])
        own = self.client(self.words["styles"].get(name, {}).get("label", name))
        if name != self.content.today:
            return own or self.client(name)
        return str(
            self.words["style"]["today_short"].format(name=own) if own else self.words["style"]["of_today_short"]
        )

    def style_explained(self, name: str) -> str:
        """A style in a sentence."""
        own = self.content.scenario.styles.get(name)
        if own is None and name in builtin_styles():
            return self.language.say(builtin_styles()[name].description, "description")
        if own is None:
            return ""
        return self.client(self.language.say(own.description, "description") or self._blend(own.blend))

    def _blend(self, blend: Mapping[str, float] | None) -> str:
        """What a style is mixed of, where it is."""
        words, weights = self.words["style"], blend or {}
        shares = {name: self.write(100 * weight / sum(weights.values()), 1) for name, weight in weights.items()}
        parts = [words["part"].format(name=self.label(name), share=share) for name, share in shares.items()]
        return str(words["blend"].format(parts=", ".join(parts))) if parts else ""

    def metric(self, name: str) -> str:
        """How a metric is called."""
        known = self.words["metrics"].get(name, {}).get("name")
        return str(known or (self.language.say(BY_NAME[name].long_name, "name") if name in BY_NAME else name))

    def subject(self, name: str) -> str:
        """How a metric is called where it is what a sentence is about."""
        return str(self.words["metrics"][name]["subject"])

    def metric_explained(self, name: str) -> str:
        """What a metric means."""
        known = self.words["metrics"].get(name, {}).get("explained")
        return str(known or (self.language.say(BY_NAME[name].meaning, "explained") if name in BY_NAME else ""))

    def unit(self, metric: str, change: bool = False) -> str:
        """A metric's unit, beside an axis or above a column."""
        patterns = self._unit(metric)
        text: str = (patterns.get("change") if change else None) or patterns["short"]
        return text.format(unit=self._own_unit(metric), currency=self.currency)

    def _own_unit(self, metric: str) -> str:
        return self.language.say(unit_of(metric), "unit") if unit_of(metric) else ""

    def level_name(self, level: str) -> str:
        """A level of development, d1 to d4, in the words of the scheme that the scenario uses."""
        return str(self.words["levels"][self.content.scenario.run.development_scheme][level])

    def behaviour(self, name: str, what: str = "name") -> str:
        """A behaviour's name, or what to do for `more` or `less` of it."""
        return str(self.words["behaviours"].get(name, {}).get(what) or name)

    def part(self, by: str, name: str, what: str = "label") -> str:
        """What a part of a difference is called, a mechanism or a behaviour; or how it does it, with "through"."""
        if by == "behaviours":
            return self.behaviour(name)
        own = MECHANISMS.get(name)
        known = self.words["mechanisms"].get(name, {}).get(what)
        return str(known or (self.language.say(getattr(own, what), what) if own else name))

    def practice(self, name: str) -> str:
        """What a practice is called."""
        known = self.words["practices"].get(name, {}).get("name")
        return str(known or (self.language.say(practices()[name].title, "practice") if name in practices() else name))

    def scale(self, which: str, share: float) -> str:
        """A share, 0 to 1, in a word."""
        steps = self.words["scales"][which]
        return str(next((word for most, word in steps if share <= most + 1e-9), steps[-1][1]))

    def event(self, event: Any, short: bool = False) -> str:
        """Something that happens, in words."""
        kind = str(event.event)
        pattern = self.words["events_short" if short else "events"].get(kind, kind.replace("_", " "))
        facts = {
            name: self.language.amount(value) if isinstance(value, float) else value
            for name, value in event.model_dump().items()
        }
        if "practice" in facts:
            facts["practice"] = self.practice(facts["practice"])
        if "style" in facts:
            facts["style"] = self.style(str(facts["style"]))
        return self.client(str(pattern).format(**facts))

    def roughly(self, path: str, scale: float = 1.0) -> str:
        """Between what and what a number of the scenario lies, where the client knows it only roughly, or nothing."""
        low, high = self.content.scenario.uncertain.get(path, (0.0, 0.0))
        if low == high:
            return ""
        step = exact_step(scale * (high - low))
        first, second = (_short(self.write(scale * end, step), self.language.decimal) for end in (low, high))
        return str(self.words["numbers"]["roughly"].format(low=first, high=second))

    def interval(self, low: Markup | str, high: Markup | str) -> Markup:
        """From where to where."""
        return escape(self.words["numbers"]["interval"]).format(low=low, high=high)

    def past(self, periods: str) -> str:
        """The periods of a fitted past, such as "18 months, 2024-01 to 2025-06"."""
        found = re.fullmatch(r"(\d+) (week|month|quarter)s?, (.+) to (.+)", periods)
        if found is None:
            return periods
        ends = {"low": self.language.month(found[3]), "high": self.language.month(found[4])}
        return str(self.say(self.words["periods"][found[2]], count=int(found[1]), **ends))

    def amount(self, value: float) -> str:
        """A number as the client gave it."""
        return self.language.amount(value)

    def apart(self, parts: Iterable[str]) -> Markup:
        """Parts that may have commas within, in a row."""
        return Markup(self.language.semicolon.join(escape(part) for part in parts))  # noqa: S704 (escaped)

    def within(self, text: str) -> str:
        """A name that stands within a sentence: without its capital, unless the language keeps it."""
        keeps = self.language.name == "de" or text[1:2].isupper()
        return text if keeps else type(text)(text[:1].lower() + text[1:])

    def three(self, value: float) -> str:
        """A number with three digits, or whole where it is larger or a count."""
        return self.amount(value) if value.is_integer() else self.write(value, exact_step(value))

    def listed(self, parts: Iterable[str]) -> Markup:
        """Parts in a row; those that are no markup are text."""
        return Markup(self.language.listed(escape(part) for part in parts))  # noqa: S704 (escaped)

    def first_in(self, metric: str, situation: str) -> str:
        """The first style of those that come first in a situation."""
        styles = self.content.styles
        return next(one for one in styles if self.of("situations", metric, one, "rank", situation) == 1)

    def situation(self, name: str, what: str = "name") -> str:
        """A situation's name, or what it is."""
        found = next(one for one in self.content.situations if one.name == name)
        return Markup(self.words["situations"][name][what]).format(  # noqa: S704 (our own words)
            **{fact: self._whole(value) for fact, value in found.facts.items()}
        )

    def client(self, text: str) -> str:
        """A text of the client's, without the names of people; in the report's language where it is of ours."""
        text = self.language.say(text, "ours")
        return self.hidden.sub(self.words["document"]["hidden"], text) if self.hidden else text

    def story(self, text: str) -> str:
        """A text of the scenario: of a shipped one in the report's language, as the app has it."""
        whole = " ".join(paragraphs(text))
        return self.client(self.language.say(whole))

    def file(self, text: str) -> str:
        """A file name or command, without the names of people, however they are written in it."""
        if self.hidden is None:
            return text
        anyhow = re.compile(self.hidden.pattern, re.IGNORECASE)
        return anyhow.sub(self.words["document"]["hidden"], text)

    # --- Numbers ---

    def n(
        self, table: str, metric: str, style: str, statistic: str, when: Any = "", step: float | None = None,
        size: bool = False, spoken: bool = False,
    ) -> Counted:  # fmt: skip
        """A number, marked with its key; rounded to the step, or else with the digits of the appendix; or its size.

        A number that is `spoken` ends in no zeros behind the point: 2 and not 2.0.
        """
        key = Key(table, metric, style, statistic, str(when))
        value = self.content.numbers[key]
        if not math.isfinite(value):
            return Counted(Markup("<span>{}</span>").format(self.words["numbers"]["unknown"]))
        step = step or exact_step(value)
        shown = self.write(abs(value) if size else value, step)
        shown = _short(shown, self.language.decimal) if spoken else shown
        marks = Markup(" ").join(
            Markup('data-{}="{}"').format(name, part) for name, part in zip(Key._fields, key, strict=True) if part
        )
        text = Markup('<data value="{}" data-step="{}" {}>{}</data>')
        number = Counted(text.format(f"{value:.10g}", f"{step:g}", marks, shown))
        number.is_one = self.language.is_one(shown)
        return number

    def write(self, value: float, step: float) -> str:
        """A number with the language's signs, and a minus that is one."""
        if not math.isfinite(value):
            return str(self.words["numbers"]["unknown"])
        return self.language.number(rounded(value, step), places_of(step))

    def of(self, table: str, metric: str, style: str, statistic: str, when: Any = "") -> float:
        """A number as such, to decide by."""
        return self.content.numbers.of(table, metric, style, statistic, when)

    def level(self, metric: str, style: str, step: float | None = None) -> Markup:
        """A style's level of a metric: '68 of 100'."""
        step = step or level_step(self.of("levels", metric, style, "mean"))
        return self.pattern(metric, "level", self.n("levels", metric, style, "mean", step=step))

    def change(self, metric: str, style: str) -> Markup:
        """The difference to today in the middle of the futures, with its direction: '6% more'."""
        return self._signed(metric, style, "median", self.step(metric, style))

    def changes(self, metric: str, style: str) -> bool:
        """Whether the middle of the futures differs from today's by more than it is rounded to."""
        return rounded(self.of("differences", metric, style, "median"), self.step(metric, style)) != 0

    def ends(self, metric: str, style: str) -> tuple[Markup, Markup, bool]:
        """The two ends of the difference, and whether each has its direction.

        If the middle says the direction of both, they are bare numbers, the smaller first.
        """
        step = self.step(metric, style)
        low, middle, high = (rounded(self.of("differences", metric, style, end), step) for end in ENDS)
        if middle == 0 or low < 0 < high:
            return self._signed(metric, style, "low", step), self._signed(metric, style, "high", step), True
        nearer = ("low", "high") if middle > 0 else ("high", "low")
        first, second = (self.spoken(metric, style, end, step) for end in nearer)
        return first, second, False

    def spoken(self, metric: str, style: str, statistic: str, step: float) -> Counted:
        """The size of a difference as people say it."""
        return self.n("differences", metric, style, statistic, step=step, size=True, spoken=True)

    def step(self, metric: str, style: str) -> float:
        """What differences of a style to today are rounded to."""
        low, high = (self.of("differences", metric, style, end) for end in ("low", "high"))
        return step_for(low, high)

    def _signed(self, metric: str, style: str, statistic: str, step: float) -> Markup:
        value = self.of("differences", metric, style, statistic)
        if rounded(value, step) == 0:
            return escape(self.words["numbers"]["none"])
        number = self.spoken(metric, style, statistic, step)
        return self.pattern(metric, "more" if value >= 0 else "less", number)

    def pattern(self, metric: str, which: str, number: Counted) -> Markup:
        """A number in a metric's pattern: `level`, `more` or `less`."""
        pattern = self.words["metrics"].get(metric, {}).get(which) or self._unit(metric)[which]
        return escape(pattern).format(n=number, unit=self._own_unit(metric), currency=self.currency)

    def _unit(self, metric: str) -> dict[str, str]:
        units: dict[str, dict[str, str]] = self.words["units"]
        return units.get(unit_of(metric), units["other"])


def _short(shown: str, decimal: str) -> str:
    """A number without zeros at the end of its decimals."""
    return shown.rstrip("0").rstrip(decimal) if decimal in shown else shown


def exact_step(value: float) -> float:
    """What the appendix rounds to: three digits, but neither whole tens nor more than three decimals."""
    if value == 0 or not math.isfinite(value):
        return 0.01
    return float(max(0.001, min(1.0, 10.0 ** (math.floor(math.log10(abs(value))) - 2))))


def level_step(value: float) -> float:
    """What a level is rounded to in a sentence: two digits."""
    if value == 0 or not math.isfinite(value):
        return 1.0
    return float(10.0 ** (math.floor(math.log10(abs(value))) - 1))


ENDS = ("low", "median", "high")
