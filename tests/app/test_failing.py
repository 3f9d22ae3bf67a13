"""What fails while a page works on it is said on the page, which goes on; the server's terminal gets the details."""

import time

import pytest
import solara

from sim.app.evidence import page as evidence
from sim.app.guesses import Guess, Guesses
from sim.app.learn import round as learn
from sim.app.learn.lessons import lessons
from sim.app.style_choices import StyleChoices
from sim.app.styles import comparison
from sim.app.styles import page as styles
from sim.app.team import page as team
from sim.app.team.setup import Setup
from sim.scenario.load import load_scenario

MADE = comparison.Made(load_scenario("everyday"), "mine", "democratic", {})
ROUND = next(iter(lessons().values())).rounds[0]

WORK = {
    "One team": (team, "story_of", lambda: team.Run(Setup(), print)),
    "Styles": (styles, "match", lambda: styles.Match(StyleChoices())),
    "a style of one's own": (comparison, "compared", lambda: comparison.Comparison(MADE)),
    "Learn": (learn, "judged", lambda: learn.Reveal(Guesses(), "honeymoon", 1, ROUND, Guess("rises", 1))),
    "Evidence": (evidence, "judged", lambda: evidence.Tried("C01")),
}
"""For each thing that is worked on: the function that does it, and the component that waits for it."""


@pytest.mark.parametrize("what", WORK)
def test_a_fault_is_said_on_the_page_and_logged(monkeypatch, caplog, what):
    place, function, component = WORK[what]

    def fails(*_):
        raise ValueError("a fault")

    monkeypatch.setattr(place, function, fails)
    box, context = solara.render(component(), handle_error=False)
    try:
        for _ in range(200):
            if "ts-warning" in told(box):
                break
            time.sleep(0.05)
        assert "The model could not" in told(box)
        assert "a fault" not in told(box)
        assert "ValueError: a fault" in caplog.text
    finally:
        context.close()


def told(widget) -> str:
    """Everything that the browser would be given to show."""
    shown = [str(getattr(widget, name, "")) for name in ("attributes", "unsafe_innerHTML")]
    children = [child for child in getattr(widget, "children", ()) if not isinstance(child, str)]
    return " ".join([*shown, *map(told, children)])
