"""A lesson of the app for a page: its texts, and its rounds as questions that the page answers itself."""

from typing import Any

from sim.app.learn.lessons import Contest, Lesson, lessons
from sim.model.metrics import BY_NAME
from sim.scenario.problems import InputError, listed, unknown


def scenario_of(name: str) -> str:
    """The scenario that a page on this lesson has: that of its first contest.

    Raises:
        InputError: there is no such lesson, or none of its rounds can be played in a page.
    """
    return _contests(name)[0].arms[0].scenario


def lesson_of(name: str) -> dict[str, Any]:
    """The lesson in plain data: its texts, and the rounds that can be played with the scenario of the page.

    Raises:
        InputError: see `scenario_of`.
    """
    lesson, rounds = _lesson(name), _contests(name)
    return {
        "title": lesson.title, "promise": lesson.promise, "idea": lesson.idea, "open_question": lesson.open_question,
        "rounds": [
            {
                "situation": one.situation, "question": one.question, "metric": one.metric, "mechanism": one.mechanism,
                "unit": BY_NAME[one.metric].unit, "wanted": one.wanted, "weeks": one.weeks, "first": one.first,
                "last": one.last or one.weeks, "replications": one.replications, "smallest": one.smallest,
                "styles": [arm.style for arm in one.arms], "labels": [arm.label for arm in one.arms],
            }
            for one in rounds
        ],
    }  # fmt: skip


def _lesson(name: str) -> Lesson:
    known = lessons()
    if name not in known:
        raise InputError(f"--lesson: {unknown('lesson', name, known)}")
    return known[name]


def _contests(name: str) -> list[Contest]:
    """The rounds that ask which style has the most or the least of a metric, in one scenario without changes."""
    found = [one for one in _lesson(name).rounds if isinstance(one, Contest) and _is_one_situation(one)]
    first = [one for one in found if one.arms[0].scenario == found[0].arms[0].scenario]
    if not first:
        playable = [other for other in lessons() if any(_is_contest(one) for one in lessons()[other].rounds)]
        raise InputError(
            f"--lesson {name}: none of its rounds compares styles in one situation, which is what a page can do. "
            f"A page can have {listed(playable)}; the others are in the app: teamsim ui"
        )
    return first


def _is_contest(one: Any) -> bool:
    return isinstance(one, Contest) and _is_one_situation(one)


def _is_one_situation(one: Contest) -> bool:
    styles = [arm.style for arm in one.arms]
    alike = len({arm.scenario for arm in one.arms}) == 1 and not any(arm.changes for arm in one.arms)
    return alike and len(set(styles)) == len(styles)
