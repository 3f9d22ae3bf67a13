"""A lesson of the app for a page: its texts, and its rounds with the companies that they are about."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sim.app.learn.lessons import Everywhere, Lesson, Round, lessons
from sim.app.learn.runs import arms_of, arranged, scenario_called, shortened, styles_of
from sim.app.learn.verdicts import arm_called, leading, options
from sim.app.looks import look_of
from sim.model.build import Blueprint
from sim.run.size import person_weeks
from sim.run.tab.company import company_of
from sim.scenario.load import shipped_scenario
from sim.scenario.problems import InputError, listed, unknown
from sim.scenario.schema import Scenario
from sim.view.language import said
from sim.view.sentences import called, name_of, shown_unit
from sim.view.texts import paragraphs
from sim.view.theme import Look, looks

MOST_PERSON_WEEKS = 6_000_000
"""The most people x weeks x replications x styles of a round: a few seconds of one core."""


class Place(NamedTuple):
    """Where in the page something is run: a company, by its number, and a style in it."""

    company: int
    style: int


def scenario_of(name: str) -> str:
    """The scenario that a page on this lesson has: that of its first round.

    Raises:
        InputError: there is no such lesson, or it has a round that takes too long for a page.
    """
    first = _lesson(name).rounds[0]
    return first.scenarios[0] if isinstance(first, Everywhere) else arms_of(first)[0].scenario


def lesson_of(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The lesson in plain data, and the companies that its rounds are run in.

    Raises:
        InputError: see `scenario_of`.
    """
    lesson, companies = _lesson(name), _Companies()
    found = {
        "title": said(lesson.title), "promise": " ".join(_told(lesson.promise)), "idea": _told(lesson.idea),
        "open_question": _told(lesson.open_question),
        "rounds": [_round(one, companies) for one in lesson.rounds],
    }  # fmt: skip
    return found, companies.numbers()


def work_of(asked: Round) -> int:
    """People x weeks x replications x styles of a round."""
    if isinstance(asked, Everywhere):
        situations = [(shipped_scenario(name), len(styles_of(asked))) for name in asked.scenarios]
    else:
        situations = [(arranged(arm), 1) for arm in arms_of(asked)]
    return asked.replications * sum(person_weeks(scenario, asked.weeks, many) for scenario, many in situations)


def _told(text: str) -> list[str]:
    """The paragraphs of a text in the language of the page."""
    return [said(paragraph) for paragraph in paragraphs(text)]


def _lesson(name: str) -> Lesson:
    known = lessons()
    if name not in known:
        raise InputError(f"--lesson: {unknown('lesson', name, known)}")
    if not _fits(known[name]):
        others = [other for other, lesson in known.items() if _fits(lesson)]
        raise InputError(
            f"--lesson {name}: one of its rounds takes more runs than a page can make while somebody waits"
            f" ({MOST_PERSON_WEEKS:,} people x weeks x styles x runs). A page can have {listed(others)}; this lesson is"
            " in the app: teamsim ui"
        )
    return known[name]


def _fits(lesson: Lesson) -> bool:
    return all(work_of(one) <= MOST_PERSON_WEEKS for one in lesson.rounds)


class _Companies:
    """The companies that rounds are run in, each once, with all styles that are asked for in it."""

    def __init__(self) -> None:
        self._known: list[tuple[Scenario, list[str]]] = []

    def place(self, scenario: Scenario, style: str) -> Place:
        """Where a scenario is run under a style."""
        at = next((k for k, (one, _) in enumerate(self._known) if one == scenario), len(self._known))
        if at == len(self._known):
            self._known.append((scenario, []))
        styles = self._known[at][1]
        if style not in styles:
            styles.append(style)
        return Place(at, styles.index(style))

    def numbers(self) -> list[dict[str, Any]]:
        """All of them, as `sim.run.tab.company` describes them."""
        found = []
        for scenario, styles in self._known:
            blueprint = Blueprint(scenario)
            found.append(company_of(blueprint, blueprint.timetable(styles)))
        return found


def _round(asked: Round, companies: _Companies) -> dict[str, Any]:
    known = {
        "kind": asked.kind, "situation": _told(asked.situation), "question": " ".join(_told(asked.question)),
        "mechanism": _told(asked.mechanism), "metric": asked.metric, "within": name_of(asked.metric),
        "unit": shown_unit(asked.metric),
        "wanted": getattr(asked, "wanted", "highest"), "weeks": asked.weeks, "first": asked.first,
        "last": asked.last or asked.weeks, "replications": asked.replications, "smallest": asked.smallest,
        "options": [option._asdict() for option in options(asked)],
    }  # fmt: skip
    if isinstance(asked, Everywhere):
        styles = list(styles_of(asked))
        situations = [
            (scenario_called(name), shortened(shipped_scenario(name), asked.weeks)) for name in asked.scenarios
        ]
        return known | {
            "styles": styles, "labels": [called(style) for style in styles], "leading": leading(asked),
            "situations": [
                {"title": title, "places": [companies.place(scenario, style) for style in styles]}
                for title, scenario in situations
            ],
        }  # fmt: skip
    arms = [
        {
            "label": arm.label,
            "text": arm_called(arm.label),
            **look_of(look),
            "place": companies.place(arranged(arm), arm.style),
        }
        for arm, look in zip(arms_of(asked), _looks([(arm.label, arm.style) for arm in arms_of(asked)]), strict=True)
    ]
    return known | {"arms": arms, "same": getattr(asked, "same", True)}


def _looks(arms: Iterable[tuple[str, str]]) -> list[Look]:
    """Arms have the colours of their styles, unless two arms have the same style; as in `sim.app.learn.pictures`."""
    labels, styles = zip(*arms, strict=True)
    return list(looks(styles if len(set(styles)) == len(styles) else labels).values())
