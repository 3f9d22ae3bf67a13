"""A lesson in a page says what the same lesson says in the app, for every guess; what takes too long is not held."""

import sys

import pytest

from sim.app.learn.lessons import Everywhere, lessons
from sim.app.learn.round import judged
from sim.app.learn.verdicts import options
from sim.app.tab import lesson as under_test
from sim.app.tab.lesson import lesson_of, scenario_of, work_of
from sim.app.tab.make import Wanted, worker_of
from sim.scenario.load import load_scenario
from sim.scenario.problems import InputError
from tests.app.tab.test_answer import differences, given_by

PLAY = """
const { questions, out } = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
(async () => {
  const found = [];
  let weekly = null;
  let before = null;
  for (const [round, guess] of questions) {
    if (round !== before) weekly = await playedRound(LESSON.rounds[round], 3, () => 0);
    before = round;
    found.push(judged(LESSON.rounds[round], guess, weekly));
  }
  require('fs').writeFileSync(out, JSON.stringify(found));
  process.exit();
})();
"""

SEED = 3


def same_as_in_the_app(name, folder, places):
    rounds = lessons()[name].rounds
    asked = [(place, option.name) for place in places for option in options(rounds[place])]
    wanted = Wanted(load_scenario(scenario_of(name)), ("agile",), ("market.urgency",), lesson=name)
    found = given_by(worker_of(wanted) + PLAY, {"questions": asked}, folder)
    known = {}
    for (place, guess), theirs in zip(asked, found, strict=True):
        verdict, drawn = known[place, guess] = judged(rounds[place], guess, SEED)
        if isinstance(drawn, tuple):
            head, rows = drawn
            drawn = {"table": {"head": list(head), "rows": [list(row) for row in rows]}}
        else:
            drawn = {"drawn": drawn}
        assert not differences({**verdict._asdict(), **drawn}, theirs), (name, place, guess)


def shortened(asked):
    """The same round with few runs, in few situations."""
    some = {"scenarios": asked.scenarios[:2], "styles": ("agile", "S1")} if isinstance(asked, Everywhere) else {}
    return asked.model_copy(update={"replications": 10, **some})


@pytest.fixture
def short(monkeypatch):
    """Lessons of such rounds."""
    found = {
        name: one.model_copy(update={"rounds": tuple(map(shortened, one.rounds))}) for name, one in lessons().items()
    }
    for module in (under_test, sys.modules[__name__]):
        monkeypatch.setattr(module, "lessons", lambda: found)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("name", "places"), [("bottleneck", [1]), ("honeymoon", [0]), ("luck", [0, 2]), ("no-best-style", [0])]
)
def test_every_kind_of_round_is_judged_as_in_the_app(name, places, tmp_path):
    same_as_in_the_app(name, tmp_path, places)


@pytest.mark.thorough
@pytest.mark.parametrize("name", lessons())
def test_every_lesson_is(name, tmp_path):
    same_as_in_the_app(name, tmp_path, range(len(lessons()[name].rounds)))


def test_every_lesson_can_be_held_and_what_takes_too_long_is_said(monkeypatch):
    assert max(work_of(one) for lesson in lessons().values() for one in lesson.rounds) <= under_test.MOST_PERSON_WEEKS
    for name in lessons():
        assert scenario_of(name)
    monkeypatch.setattr(under_test, "MOST_PERSON_WEEKS", 1_000_000)
    with pytest.raises(InputError, match=r"--lesson no-best-style: .*1,000,000 people .* A page can have honeymoon"):
        lesson_of("no-best-style")
