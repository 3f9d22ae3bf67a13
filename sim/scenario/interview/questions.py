"""The questions of the interview, the assumptions where nobody answers, and where each answer goes in a scenario."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS
from sim.scenario.interview.answers import (
    NO_IDEA,
    Guess,
    plain_number,
    read_change,
    read_number,
    read_range,
    read_rating,
    read_share,
)
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.sections import LARGEST_TEAM
from sim.scenario.styles import resolve
from sim.scenario.weeks import WEEKS_A_YEAR

NOW = "as-we-lead-now"
"""The style that the leader's habits make."""

USUAL_STYLE = "mixed"
"""How leaders lead where nobody says."""

TEAM = "Team"
"""The name of the only team."""


_ANYTHING = Guess(0.1, 0.9)
"""What a rating may be where nobody has any idea."""

type Reading = Callable[[str], Guess]


class Question(NamedTuple):
    """A question: its name in a file of answers, its words, the usual answer, and what becomes of an answer.

    `read` turns an answer into numbers, or is None for text; `path` is where the number belongs, or empty where more
    has to be done with it (see `sim.scenario.interview.writing`).
    """

    name: str
    part: str
    words: str
    usual: str
    read: Reading | None
    path: str = ""


def read_answer(question: Question, text: str) -> Guess | str:
    """What an answer says; an empty one stands for the usual answer.

    Raises:
        InputError: it cannot be read; says what is allowed.
    """
    text = "".join(letter for letter in text if letter.isprintable()).strip() or question.usual
    if question.read is not None:
        return question.read(text) if text else Guess(0.0, 0.0)
    limit = 8 if question.name == "currency" else 200
    if len(text) > limit:
        raise InputError(f"got {len(text)} characters; allowed are {limit}.")
    return text


def _rating(text: str) -> Guess:
    return read_rating(text, _ANYTHING)


def _busy(text: str) -> Guess:
    """Work that customers want, of full capacity: 1 means half of it, 5 a fifth more than all; or in percent."""

    def one(part: str) -> float:
        percent = plain_number(part.removesuffix("%").strip()) if part.endswith("%") else None
        if percent is not None and percent <= MOST_BUSY:
            return percent / 100
        return 0.5 + 0.7 * read_share(part)

    return read_range(text, Guess(0.6, 1.1), one)


MOST_BUSY = 200
"""Percent of what can be done; nobody wants more for long."""


def _number(least: float, most: float, unsure: tuple[float, float], unit: str = "", whole: bool = False) -> Reading:
    return lambda text: read_number(text, least, most, Guess(*unsure), unit, whole)


def _yearly(least: float, most: float, unsure: tuple[float, float]) -> Reading:
    """An amount a year, read as one a week."""
    read = _number(least, most, unsure)

    def weekly(text: str) -> Guess:
        year = read(text)
        return Guess(year.low / WEEKS_A_YEAR, year.high / WEEKS_A_YEAR)

    return weekly


_USUAL = Scenario.model_validate({"title": "t", "question": "q", "teams": [{"name": TEAM, "size": 12}]})
"""Answers that are not given are those of this business."""


def _business() -> list[Question]:
    part, leader = "The business", _USUAL.leader
    size = _number(2, LARGEST_TEAM, (6, 18), "people", whole=True)
    who = f"How many people does the leader lead? (2 to {LARGEST_TEAM})"
    experience = "How experienced are they? (1 nearly all new, 5 nearly all old hands)"
    positions = "How many full-time positions are that together? (empty: as many as people)"
    hours = "How many hours a week has the leader for leading?"
    mastery = "How well does the leader master the team's own work? (1 not at all, 5 fully)"
    return [
        Question("title", part, "What does the business do, in a few words?", "A small business", None),
        Question("size", part, who, f"{_USUAL.teams[0].size}", size, f"teams.{TEAM}.size"),
        Question("positions", part, positions, "", _number(0.5, LARGEST_TEAM, (8, 12), "positions")),
        Question("experience", part, experience, "4", _rating),
        Question("hours", part, hours, f"{leader.hours:g}", _number(1, 80, (10, 40), "hours"), "leader.hours"),
        Question("mastery", part, mastery, f"{leader.competence:.0%}", _rating, "leader.competence"),
    ]


def _work() -> list[Question]:
    market = _USUAL.market
    part = "Work and market (1 not at all, 5 very much; or in percent)"
    busy = "How busy are you? (1 half of what could be done, 5 a fifth too much; or 90%)"
    rated = (
        ("urgency", "How many decisions cannot wait?"),
        ("complexity", "How many things does a task hang on?"),
        ("novelty", "How much of the work has nobody here done before?"),
        ("turbulence", "How fast does the market change?"),
        ("labour_tightness", "How easily would your people find another job?"),
    )
    return [
        Question("demand", part, busy, f"{market.demand:.0%}", _busy, "market.demand"),
        *(
            Question(name, part, words, f"{getattr(market, name):.0%}", _rating, f"market.{name}")
            for name, words in rated
        ),
    ]


def _last_year() -> list[Question]:
    part = "The last year (empty: not known)"
    left = "How many people left?"
    trend = "How did output change, in percent? (such as -5, 0 or up 10)"
    satisfied = "How satisfied were people, by a survey? (1 not at all, 5 very much; or in percent)"
    return [
        Question("left", part, left, "", _number(0, 100, (1, 5), "people")),
        Question("trend", part, trend, "", lambda text: read_change(text, Guess(-10, 10))),
        Question("satisfaction", part, satisfied, "", _rating),
    ]


def _habits() -> list[Question]:
    part = "How the leader leads now (1 never, 5 as much as anybody does)"
    usual = dict(zip(BEHAVIOURS, resolve(USUAL_STYLE, {}).stages[0].levels[0], strict=True))
    words = {behaviour.name: f"The leader {behaviour.meaning}." for behaviour in BEHAVIOUR_TABLE} | {
        "participation": "How many of the decisions are taken together with the team?",
        "delegation": "How many of the decisions are left to whoever is closest to the work?",
    }
    return [
        Question(name, part, words[name], f"{usual[name]:.0%}", _rating, f"styles.{NOW}.behaviour.{name}")
        for name in BEHAVIOURS
    ]


def _money() -> list[Question]:
    part, money = "Money, in thousands of the currency", _USUAL.money
    pay, overhead = f"{money.pay * WEEKS_A_YEAR:.0f}", f"{money.overhead * WEEKS_A_YEAR:.0f}"
    hiring, revenue = _number(0, 1000, (2, 20)), _number(1, 1_000_000, (500, 3000))
    return [
        Question("currency", part, "Which currency?", money.currency, None),
        Question("pay", part, "Cost of one employee a year, pay and charges?", pay, _yearly(1, 1000, (35, 90)),
                 "money.pay"),
        Question("overhead", part, "Rooms, tools and so on, per position and year?", overhead,
                 _yearly(0, 1000, (10, 40)), "money.overhead"),
        Question("hiring", part, "What does it cost to hire one person, once?", f"{money.hiring_cost:g}", hiring,
                 "money.hiring_cost"),
        Question("revenue", part, "Revenue of the team a year? (empty: not known)", "", revenue),
    ]  # fmt: skip


QUESTIONS = (*_business(), *_work(), *_last_year(), *_habits(), *_money())
"""All questions, in their order."""

LAST_YEAR = ("left", "trend", "satisfaction")


def known_of_last_year(answers: Mapping[str, str]) -> dict[str, Guess]:
    """What is known of the last year: people who left, change of output in percent, satisfaction (0-1)."""
    read = {name: read_answer(BY_NAME[name], text) for name in LAST_YEAR if (text := answers.get(name, "")).strip()}
    return {name: guess for name, guess in read.items() if isinstance(guess, Guess)}


PRICED = ("pay", "overhead", "hiring", "revenue")


def answered(answers: Mapping[str, str], name: str) -> bool:
    """Whether a question has an answer, be it that nobody knows."""
    return bool(answers.get(name, "").strip())


def money_answered(answers: Mapping[str, str]) -> bool:
    """Whether any figure of money was given: without one, whatever is said of money would be made up."""
    given = (" ".join(answers.get(name, "").lower().split()) for name in PRICED)
    return any(text and text not in NO_IDEA for text in given)


BY_NAME = {question.name: question for question in QUESTIONS}
