"""What the page Compare has to show for a question: the link, the sentences and the charts that belong to it."""

from contextlib import suppress

from sim.app.compare.answer import Answerer
from sim.app.compare.link import to_query
from sim.app.compare.setting import Setting, prepared
from tests.browser.serving import ANSWERED

QUICK = Setting(styles=("autocratic", "democratic"), replications=25, weeks=30)
"""A question that is answered in a blink."""

SEEN = """() => ({
  link: location.search.slice(1),
  said: [...document.querySelectorAll('.ts-findings [aria-live] p')].map((one) => one.innerText),
  charts: [...document.querySelectorAll('.ts-picture svg')].map((one) => one.getAttribute('aria-label')),
})"""
"""What is on the page; the label of a chart has its title and the values that its lines end with."""


def settled(page):
    """Wait until the newest question is answered."""
    page.wait_for_function(ANSWERED)
    return page


def begin(visit, setting=QUICK):
    """The page with a question, once it is answered."""
    page = visit(f"/?{to_query(setting)}")
    expect_answer(page, setting)
    return page


def expect_answer(page, setting):
    """Wait until the page shows exactly what comes out when the same is asked without it."""
    from playwright.sync_api import TimeoutError as TooLate

    wanted = _shown(setting)
    with suppress(TooLate):
        page.wait_for_function(f"(wanted) => JSON.stringify(({SEEN})()) === JSON.stringify(wanted)", arg=wanted)
    assert page.evaluate(SEEN) == wanted


def answer_to(setting):
    """What comes out when this is asked without the page."""
    answer = Answerer().answer(prepared(setting), prepared(setting.before), lambda: False)
    assert answer is not None
    return answer


def _shown(setting):
    answer = answer_to(setting)
    change = "Compared with the pinned situation." if setting.pinned else "Your change."
    sentences = {change: answer.through_change, "The styles.": answer.between_styles}
    return {
        "link": to_query(setting),
        "said": [f"{what} {text}" for what, text in sentences.items() if text],
        "charts": [chart["summary"] for chart in (*answer.courses, answer.trade_off)],
    }
