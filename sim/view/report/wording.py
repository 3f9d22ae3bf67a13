"""Puts a report's content into words: fills the templates of a language, with every number marked by its key."""

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sim.model.engine import AS_IS
from sim.model.mechanisms import BY_NAME as MECHANISMS
from sim.model.metrics import BY_NAME
from sim.scenario.practices import practices
from sim.scenario.problems import InputError, unknown
from sim.scenario.styles import builtin_styles
from sim.scenario.toml_files import read_table
from sim.view.report.content import Content
from sim.view.report.numbers import Key, is_relative, rounded, step_for, unit_of, written

TEMPLATES = Path(__file__).parent.parent / "templates" / "report"
"""The frames of page and document, and a folder of words for each language."""


def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    return tuple(sorted(path.parent.name for path in TEMPLATES.glob("*/words.toml")))


def words_of(language: str) -> dict[str, Any]:
    """The words and patterns of a language.

    Raises:
        InputError: no such language.
    """
    if language not in languages():
        raise InputError(unknown("language", language, languages()))
    return read_table(TEMPLATES / language / "words.toml")


class Counted(Markup):
    """A number in a text, which patterns can decline: {n:point|points} is "point" beside 1 and "points" else."""

    shown = ""

    def __html_format__(self, forms: str) -> "Counted":
        """The number itself, or the form that goes with it."""
        one, _, other = forms.partition("|")
        return Counted(escape(one if self.shown == "1" else other)) if forms else self


class Wording:
    """What templates ask for: names, patterns filled with numbers, and numbers marked with where they stand."""

    def __init__(self, content: Content, words: Mapping[str, Any], hidden: re.Pattern[str] | None) -> None:
        self.content, self.words, self.hidden = content, words, hidden
        self.currency = content.scenario.money.currency

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
        known = self.words["styles"].get(name, {}).get("explained")
        own = self.content.scenario.styles.get(name) or builtin_styles().get(name)
        return self.client(known or (own.description or self._blend(own.blend) if own else ""))

    def _blend(self, blend: Mapping[str, float] | None) -> str:
        """What a style is mixed of, where it is."""
        words, weights = self.words["style"], blend or {}
        shares = {name: self.write(100 * weight / sum(weights.values()), 1) for name, weight in weights.items()}
        parts = [words["part"].format(name=name, share=share) for name, share in shares.items()]
        return str(words["blend"].format(parts=", ".join(parts))) if parts else ""

    def metric(self, name: str) -> str:
        """How a metric is called in a sentence."""
        known = self.words["metrics"].get(name, {}).get("name")
        own = BY_NAME[name].long_name if name in BY_NAME else name
        return str(known or own[:1].lower() + own[1:])

    def metric_explained(self, name: str) -> str:
        """What a metric means."""
        known = self.words["metrics"].get(name, {}).get("explained")
        return str(known or (BY_NAME[name].meaning if name in BY_NAME else ""))

    def unit(self, metric: str, change: bool = False) -> str:
        """A metric's unit, beside an axis or above a column."""
        patterns = self._unit(metric)
        text: str = (patterns.get("change") if change else None) or patterns["short"]
        return text.format(unit=unit_of(metric), currency=self.currency)

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
        return str(known or (getattr(own, what) if own else name))

    def practice(self, name: str) -> str:
        """What a practice is called."""
        known = self.words["practices"].get(name, {}).get("name")
        return str(known or (practices()[name].title if name in practices() else name))

    def scale(self, which: str, share: float) -> str:
        """A share, 0 to 1, in a word."""
        steps = self.words["scales"][which]
        return str(next((word for most, word in steps if share <= most + 1e-9), steps[-1][1]))

    def event(self, event: Any, short: bool = False) -> str:
        """Something that happens, in words."""
        kind = str(event.event)
        pattern = self.words["events_short" if short else "events"].get(kind, kind.replace("_", " "))
        facts = event.model_dump()
        if "practice" in facts:
            facts["practice"] = self.practice(facts["practice"])
        return self.client(str(pattern).format(**facts))

    def roughly(self, path: str, scale: float = 1.0) -> str:
        """Between what and what a number of the scenario lies, where the client knows it only roughly, or nothing."""
        low, high = self.content.scenario.uncertain.get(path, (0.0, 0.0))
        if low == high:
            return ""
        ends = (self.write(scale * end, exact_step(scale * (high - low))) for end in (low, high))
        return str(
            self.words["numbers"]["roughly"].format(*(_short(end, self.words["numbers"]["decimal"]) for end in ends))
        )

    def situation(self, name: str, what: str = "name") -> str:
        """A situation's name, or what it is."""
        found = next(one for one in self.content.situations if one.name == name)
        text: str = self.words["situations"][name][what]
        return text.format(**found.facts)

    def client(self, text: str) -> str:
        """A text of the client's, without the names of people."""
        return self.hidden.sub(self.words["document"]["hidden"], text) if self.hidden else text

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
        shown = _short(shown, self.words["numbers"]["decimal"]) if spoken else shown
        marks = Markup(" ").join(
            Markup('data-{}="{}"').format(name, part) for name, part in zip(Key._fields, key, strict=True) if part
        )
        text = Markup('<data value="{}" data-step="{}" {}>{}</data>')
        number = Counted(text.format(f"{value:.10g}", f"{step:g}", marks, shown))
        number.shown = shown
        return number

    def write(self, value: float, step: float) -> str:
        """A number with the language's signs, and a minus that is one."""
        signs = self.words["numbers"]
        return written(value, step, signs["decimal"], signs["thousands"]).replace("-", "−")

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
        return escape(pattern).format(n=number, unit=unit_of(metric), currency=self.currency)

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


def hidden_names(content: Content) -> re.Pattern[str] | None:
    """Finds the names of the people in a text: whole names, and each part of a name that has no digits in it.

    A name with digits ("Person 7") is a pseudonym, and its parts are ordinary words.
    """
    parts: set[str] = set()
    for person in content.scenario.employees.people:
        parts.add(person.name)
        if not re.search(r"\d", person.name):
            parts |= {part for part in re.split(r"[\s,.]+", person.name) if len(part) >= 3 and part[0].isupper()}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![^\W_])") if parts else None


ENDS = ("low", "median", "high")

OFFERED = (
    "behaviour", "change", "client", "ends", "event", "file", "label", "level", "level_name", "metric",
    "metric_explained", "n", "of", "part", "pattern", "practice", "roughly", "scale", "situation", "step", "style",
    "style_explained", "unit", "write",
)  # fmt: skip
"""What of the wording templates can call by its name."""


def fill(template: str, wording: Wording, language: str, **more: Any) -> str:
    """A template of the language, filled; the result is well-formed XHTML."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["first_up"] = lambda text: type(text)(text[:1].upper() + text[1:])
    environment.filters["first_down"] = lambda text: type(text)(text[:1].lower() + text[1:])
    environment.filters["client_text"] = wording.client
    content = wording.content
    offered = {name: getattr(wording, name) for name in OFFERED}
    return environment.get_template(template).render(
        **offered, c=content, words=wording.words, scenario=content.scenario, answer=content.answer,
        numbers=content.numbers, is_relative=is_relative, currency=wording.currency, **more,
    )  # fmt: skip
