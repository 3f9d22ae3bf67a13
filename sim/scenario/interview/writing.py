"""Writes answers as a scenario file: each number has its question and answer beside it, ranges go to [uncertain]."""

import json
import math
from collections.abc import Callable, Mapping

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.interview.answers import Guess
from sim.scenario.interview.questions import (
    BY_NAME,
    NOW,
    PRICED,
    QUESTIONS,
    TEAM,
    USUAL_STYLE,
    answered,
    money_answered,
    read_answer,
)
from sim.scenario.load import scenario_from
from sim.scenario.parameters import BY_NAME as BY_PARAMETER
from sim.scenario.problems import Fault, InputError, listed, nearest
from sim.scenario.toml_files import table_from_text
from sim.scenario.weeks import WEEKS_A_YEAR

MIXES = (
    (0.70, 0.20, 0.10, 0.00),
    (0.40, 0.30, 0.20, 0.10),
    (0.20, 0.25, 0.30, 0.25),
    (0.10, 0.15, 0.35, 0.40),
    (0.00, 0.05, 0.25, 0.70),
)
"""Development levels D1 to D4 of teams whose experience is rated 1 to 5; assumed."""

_MARKET = tuple(question.name for question in QUESTIONS if question.path.startswith("market."))

USUAL_TURNOVER = 0.23
"""Share of people who leave in a year in the usual business: what the model shows. Quitting goes in proportion."""

LEAST_QUITTING, MOST_QUITTING = 0.0002, 0.02
"""Bounds of what is written for it: of one in a hundred a year to nearly everybody."""

FEWEST_LEFT = 0.25
"""People who leave in a year where nobody did in the last one: a year tells no more of a small firm. Assumed."""

LEAST_FTE, MOST_FTE = 0.05, 1.5

DONE_AT_MOST = 0.85
"""Share of full capacity that gets done where there is work enough: about what the model shows; assumed."""


def scenario_text(answers: Mapping[str, str], source: str = "interview") -> str:
    """The scenario that the answers make, as the text of a TOML file; a question without an answer gets the usual one.

    Raises:
        InputError: an answer that cannot be read, or to no question; lists them all.
    """
    page = _Page(_read(answers, source), answers)
    text = page.text()
    scenario_from(table_from_text(text, source), source=source)
    return text


def _read(answers: Mapping[str, str], source: str) -> dict[str, Guess | str]:
    faults: list[Fault] = []
    read: dict[str, Guess | str] = {}
    for name in answers:
        if name not in BY_NAME:
            meant = nearest(name, BY_NAME)
            known = f'; did you mean "{meant}"?' if meant else f". Known: {listed(BY_NAME)}."
            faults.append(Fault(source, name, f"no question is called so{known}"))
    for question in QUESTIONS:
        try:
            read[question.name] = read_answer(question, answers.get(question.name, ""))
        except InputError as error:
            faults.append(Fault(source, question.name, str(error)))
    if faults:
        raise InputError.listing(faults)
    return read


class _Page:
    """The file while it is written."""

    def __init__(self, read: Mapping[str, Guess | str], answers: Mapping[str, str]) -> None:
        self.read, self.answers = read, answers
        self.uncertain: list[tuple[str, Guess, str]] = []

    def text(self) -> str:
        """The whole file."""
        parts = [
            "# Made by teamsim interview. Beside each number stand the question and the answer that it comes from.\n"
            "# Change what you know better; then teamsim compare, report or advise with the name of this file.\n",
            f"title = {json.dumps(self.read['title'], ensure_ascii=False)}  {self._comment('title')}\n"
            'question = "Which leadership style would serve this business?"\n',
            f'[[teams]]\nname = "{TEAM}"\n{self._line("size", "size", whole=True)}',
            "[employees]\n" + self._mix() + self._fte(),
            "[leader]\n" + self._style() + self._line_if_known("hours", "hours")
            + self._line_if_known("competence", "mastery"),
            "[market]\n" + "".join(self._line_if_known(name, name) for name in _MARKET),
            self._last_year(),
            self._money(),
            self._habits(),
        ]  # fmt: skip
        if self.uncertain:
            lines = [
                f"{path} = [{_shown(guess.low, math.floor)}, {_shown(guess.high, math.ceil)}]  # {why}\n"
                for path, guess, why in self.uncertain
            ]
            parts.append(
                "# Answers that were ranges; report, advise and compare --uncertainty draw from them.\n[uncertain]\n"
                + "".join(lines)
            )
        return "\n".join(filter(None, parts))

    def _fte(self) -> str:
        """The mean share of a full-time position, where it is known and not 1."""
        share = self._share_of_full_time()
        return "" if share == 1 else f"fte = {_shown(share)}  {self._comment('positions')}\n"

    def _share_of_full_time(self) -> float:
        if not self._known("positions"):
            return 1.0
        return min(max(self._guess("positions").best / round(self._guess("size").best), LEAST_FTE), MOST_FTE)

    def _last_year(self) -> str:
        """How readily people quit, so that about as many leave as did; what else is known is for comparing."""
        lines = [f"{self._comment(name)}\n" for name in ("trend", "satisfaction") if self._known(name)]
        if not self._known("left"):
            return "".join(lines)
        left, size = self._guess("left"), round(self._guess("size").best)
        usual, known = USUAL_TURNOVER * size, BY_PARAMETER["quit_base"].default
        low, best, high = (
            min(max(known * people / usual, LEAST_QUITTING), MOST_QUITTING)
            for people in (_rate_behind(left.low, -1), max(left.best, FEWEST_LEFT), _rate_behind(left.high, 1))
        )
        why = f'"{self._answer("left")}" left in a year; as many could have by chance'
        self.uncertain.append(("quit_base", Guess(min(low, best), max(high, best)), why))
        line = f"quit_base = {_shown(best)}  {self._comment('left')}, where {usual:.3g} of {size} usually do\n"
        return "".join(lines) + ("\n" if lines else "") + f"[parameters]\n{line}"

    def _style(self) -> str:
        if self._habits_known():
            return f'style = "{NOW}"  # defined below, from the answers on habits\n'
        return f'style = "{USUAL_STYLE}"  # no question on habits was answered: a usual mixture\n'

    def _habits(self) -> str:
        """How the leader leads now; a habit without an answer is as usual, since a style has to have all of them."""
        if not self._habits_known():
            return "".join(f"{self._comment(name)}\n" for name in BEHAVIOURS)
        head = f'[styles.{NOW}]\ndescription = "How the leader leads today, from the answers on habits."\n\n'
        return f"{head}[styles.{NOW}.behaviour]\n" + "".join(self._line(name, name) for name in BEHAVIOURS)

    def _habits_known(self) -> bool:
        return any(self._known(name) for name in BEHAVIOURS)

    def _known(self, name: str) -> bool:
        return answered(self.answers, name)

    def _line_if_known(self, key: str, name: str) -> str:
        """The line of an answer; where there is none, a comment, and what is usual holds."""
        return self._line(key, name) if self._known(name) else f"{self._comment(name)}\n"

    def _line(self, key: str, name: str, whole: bool = False) -> str:
        """`key = number  # question answer`; a range is noted for later."""
        guess = self._guess(name)
        path = BY_NAME[name].path
        if not guess.sure and path:
            self.uncertain.append((path, guess, f'"{self._answer(name)}"'))
        value = f"{round(guess.best)}" if whole else _shown(guess.best)
        return f"{key} = {value}  {self._comment(name)}\n"

    def _mix(self) -> str:
        if not self._known("experience"):
            return f"{self._comment('experience')}\n"
        guess = self._guess("experience")
        mix = [round(share, 3) for share in _mix_at(guess.best)]
        mix[-1] = round(1 - math.fsum(mix[:-1]), 3)  # so that they add up to 1
        if not guess.sure:
            points = [guess.low, *(point / 4 for point in range(5) if guess.low < point / 4 < guess.high), guess.high]
            for level, written in enumerate(mix):
                shares = [written, *(_mix_at(point)[level] for point in points)]
                why = f'"{self._answer("experience")}" experienced'
                self.uncertain.append((f"employees.mix.d{level + 1}", Guess(min(shares), max(shares)), why))
        shown = ", ".join(f"d{level} = {_shown(share)}" for level, share in enumerate(mix, 1))
        return f"mix = {{ {shown} }}  {self._comment('experience')}\n"

    def _money(self) -> str:
        """What was answered; what was not is a comment, since a figure that nobody gave is no figure."""
        currency = json.dumps(self.read["currency"], ensure_ascii=False)
        named = f"currency = {currency}  " if self._known("currency") else ""
        text = f"[money]\n{named}{self._comment('currency')}\n"
        if not money_answered(self.answers):
            return text + "".join(f"{self._comment(name)}\n" for name in PRICED)
        for key, name in (("pay", "pay"), ("overhead", "overhead"), ("hiring_cost", "hiring")):
            text += self._line_if_known(key, name)
        revenue = self._guess("revenue")
        if not self._known("revenue"):
            return text + f"{self._comment('revenue')}\n"
        size, done = round(self._guess("size").best), min(self._guess("demand").best, DONE_AT_MOST)
        share = self._share_of_full_time()
        weeks = WEEKS_A_YEAR * size * share * done
        price = Guess(revenue.low / weeks, revenue.high / weeks)
        if not price.sure:
            self.uncertain.append(("money.price", price, f'revenue "{self._answer("revenue")}"'))
        people = f"{size} people" if share == 1 else f"{size * share:.3g} full-time positions"
        assumed = f"over {people} who get {100 * done:.0f}% of what is possible done"
        return text + f"price = {_shown(price.best)}  {self._comment('revenue')}, {assumed}\n"

    def _guess(self, name: str) -> Guess:
        guess = self.read[name]
        return guess if isinstance(guess, Guess) else Guess(0.0, 0.0)

    def _answer(self, name: str) -> str:
        given = "".join(letter for letter in self.answers.get(name, "") if letter.isprintable()).strip()
        return given or BY_NAME[name].usual

    def _comment(self, name: str) -> str:
        given = self.answers.get(name, "").strip()
        usual = f": {self._answer(name)}, as usual" if self._answer(name) else ""
        answer = f'Answer: "{self._answer(name)}"' if given else f"Not answered{usual}"
        return f"# {BY_NAME[name].words} {answer}"


def _mix_at(share: float) -> list[float]:
    """The mix of a rating between two points of `MIXES`, in proportion."""
    below = min(int(share * 4), 3)
    part = share * 4 - below
    return [(1 - part) * low + part * high for low, high in zip(MIXES[below], MIXES[below + 1], strict=True)]


def _shown(value: float, towards: Callable[[float], int] = round) -> str:
    """A number as TOML has it, in three decimals at most; bounds of a range are rounded outward."""
    fine = 1_000 if abs(value) >= SMALL or value == 0 else 1_000_000
    return f"{towards(round(fine * value, 6)) / fine:.12g}"


SMALL = 0.1
"""Numbers below have six decimals."""


def _rate_behind(count: float, side: int) -> float:
    """The lowest or highest rate (95%) behind so many events of a year, by chance (Wilson & Hilferty 1931)."""
    shape = count + 0.5
    return float(shape * max(1 - 1 / (9 * shape) + side * 1.96 / (3 * math.sqrt(shape)), 0.0) ** 3)
