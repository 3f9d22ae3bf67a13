"""What the page Compare has to show for a question, the link, the sentences and the charts; and a lesson begun anew."""

from contextlib import suppress

from sim.app.compare.answer import Answerer
from sim.app.compare.link import to_query
from sim.app.compare.setting import Setting, prepared
from tests.browser.serving import ANSWERED

QUICK = Setting(styles=("autocratic", "democratic"), replications=25, weeks=30)
"""A question that is answered in a blink."""

SEEN = """() => ({
  link: location.search.slice(1),
  sentences: [...document.querySelectorAll('.ts-words p:not(.ts-try)')].map((one) => one.innerText),
  charts: [...document.querySelectorAll('.ts-picture svg')].map((one) => one.getAttribute('aria-label')),
})"""
"""What is on the page; the label of a chart has its title and the values that its lines end with."""


OFTEN = 50
"""Milliseconds between two looks at a page; looking at every frame would take most of the processor."""


def settled(page):
    """Wait until the newest question is answered."""
    page.wait_for_function(ANSWERED, polling=OFTEN)
    return page


def begin(visit, setting=QUICK, **options):
    """The page with a question, once it is answered; options are those of the visit."""
    page = visit(f"/?{to_query(setting)}", **options)
    expect_answer(page, setting)
    return page


def more_styles(page):
    """The same page, with the styles that are behind "more" in sight."""
    page.locator(".ts-more-styles > summary").click()
    return page


def anew(page):
    """A lesson of which nobody has guessed anything yet, or not since it was begun again."""
    page.get_by_role("radio").first.wait_for()
    from playwright.sync_api import expect

    again = page.get_by_role("button", name="Start this lesson again")
    if again.count():
        again.click()
        expect(again).to_have_count(0)
    return page


def expect_answer(page, setting):
    """Wait until the page shows exactly what comes out when the same is asked without it."""
    from playwright.sync_api import TimeoutError as TooLate

    wanted = _shown(to_query(setting), setting)
    with suppress(TooLate):
        script = f"(wanted) => JSON.stringify(({SEEN})()) === JSON.stringify(wanted)"
        page.wait_for_function(script, arg=wanted, polling=OFTEN)
    assert page.evaluate(SEEN) == wanted


def answer_to(setting):
    """What comes out when this is asked without the page."""
    answer = Answerer().answer(prepared(setting), prepared(setting.before), lambda: False)
    assert answer is not None
    return answer


ANSWERS: dict[str, dict[str, object]] = {}
"""What is shown for questions that were asked before, by the link; many tests come back to the same one."""


def _shown(link, setting):
    if link not in ANSWERS:
        answer = answer_to(setting)
        change = "Compared with the pinned situation." if setting.pinned else "Your change."
        sentences = {change: answer.through_change, "The styles.": answer.between_styles}
        ANSWERS[link] = {
            "link": link,
            "sentences": [
                *filter(None, [answer.verdict]),
                *(f"{what} {text}" for what, text in sentences.items() if text),
            ],
            "charts": [chart["summary"] for chart in (*answer.courses, answer.trade_off)],
        }
    return ANSWERS[link]
