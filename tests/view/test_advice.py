"""Advice in words: every outcome has its sentence, and what is printed is what was found."""

import io
import json
from functools import partial

import pytest
from rich.console import Console

from sim.analysis.advice.confirm import Beside, Paired
from sim.analysis.advice.goals import read_goal
from sim.analysis.advice.plans import KEEP, LeadershipPlan, fixed
from sim.analysis.doubt import SOURCES, Share
from sim.scenario.variants import with_values
from sim.view.advice import (
    advice_parts,
    advice_record,
    advice_sentences,
    behaviour_changes,
    changes_in_words,
    plan_in_words,
)
from tests.analysis.advice.small import business, searched
from tests.view.report.test_backtest import fitted

BETTER, OPEN, WORSE = Paired(0.3, 0.2, 0.4, 0.9, 50), Paired(0.0, -0.1, 0.1, 0.5, 50), Paired(-0.3, -0.4, -0.2, 0.0, 50)


KNOWN = {
    name: Share(share, share - 0.1, share + 0.1) for name, share in zip(SOURCES, (0.2, 0.3, 0.4, 0.1), strict=True)
}


def advice(plan, now=BETTER, fixed_style=BETTER, best="agile", doubt=None, equals=()):
    one = searched()
    confirmation = one.confirmation._replace(worlds=now, beside_fixed=fixed_style, best_fixed=best)
    styles = {name: Beside(OPEN if name in equals else BETTER, BETTER) for name in ("agile", "S3", "servant")}
    confirmation = confirmation._replace(styles=styles, regret=(0.31, 0.62))
    confirmation = confirmation._replace(doubt=doubt or confirmation.doubt)
    return one._replace(plan=plan, confirmation=confirmation)


BLEND = LeadershipPlan((("S1", 7), ("servant", 3)))


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (KEEP, "as now"),
        (fixed("servant"), "servant"),
        (BLEND, "S1 70% and servant 30%"),
        (LeadershipPlan((("S1", 10),), (("S4", 10),), 27), "S1; from week 27 on S4"),
        (
            LeadershipPlan((("S1", 10),), (("S4", 10),), 1, "strategic_fit", 0.7),
            "S1; but S4 while strategic fit is at least 0.7",
        ),
    ],
)
def test_a_plan_in_words(plan, words):
    assert plan_in_words(plan) == words


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (partial(advice, BLEND), "Advice: lead like this: S1 70% and servant 30%."),
        (
            partial(advice, BLEND),
            "better by 0.3 (0.2 to 0.4) goal points on average, and better in 90% of 50 plausible worlds",
        ),
        (
            partial(advice, BLEND),
            "It beats the best built-in style, agile, by 0.3 (0.2 to 0.4) goal points on 50 fresh paired",
        ),
        (partial(advice, BLEND), "S1: Directing: high direction, low support. servant: Puts people first"),
        (partial(advice, fixed("S3"), fixed_style=OPEN), "Beside it, agile does as well: 0.0 (-0.1 to 0.1)"),
        (partial(advice, fixed("S3"), fixed_style=WORSE), "Agile is ahead of it by 0.3 (0.2 to 0.4)"),
        (
            partial(advice, fixed("S3"), equals=("agile", "servant")),
            "Several do equally well, as far as can be told: S3, agile and servant. Advice: of these, S3, which",
        ),
        (
            partial(advice, BLEND),
            "Staying as you are gives away 0.31 goal points on average, and 0.62 or more in one world of",
        ),
        (partial(advice, fixed("agile")), "It is a built-in style, agile, the best of them on 50 fresh"),
        (
            partial(advice, BLEND, now=OPEN),
            "Advice: stay as you are. Nothing that was tried beats the way the business is led",
        ),
        (
            partial(advice, BLEND, now=WORSE),
            "worse, in total by -0.3 (-0.4 to -0.2) goal points on average, and better in none",
        ),
        (partial(advice, KEEP), "Advice: stay as you are. No other leadership style that was tried keeps the bounds."),
        (partial(advice, BLEND), "Bound turnover < 500 (% of staff a year): kept,"),
        (
            partial(advice, BLEND, doubt=KNOWN),
            "Of the doubt about one firm's gain, luck makes 20%, the model's numbers 30%, what the",
        ),
        (
            partial(advice, BLEND, doubt=KNOWN),
            "styles' names stand for 40% and these two together 10% (give or take 10 points).",
        ),
        (lambda: advice(BLEND)._replace(stopped=True, tried=8, trials=99), "stopped after 8 of 99 plans"),
    ],
)
def test_every_outcome_has_its_sentence(made, says):
    assert says in " ".join(advice_sentences(made()))


def test_what_changes_in_behaviour():
    changes = behaviour_changes(business(), fixed("democratic"))
    assert changes["participation"] > 0.5
    assert changes["direction"] < -0.5
    change_text = changes_in_words(business(), fixed("democratic"))
    assert change_text.startswith("In behaviour: more participation (+0.7)")
    assert "less direction" in change_text
    assert changes_in_words(business(), fixed("autocratic")) == ""
    two = [{"name": "A", "size": 3, "leader": {"style": "agile"}}, {"name": "B", "size": 3}]
    assert behaviour_changes(business(teams=two), fixed("agile")) == {}


@pytest.mark.parametrize("width", [80, 160])
def test_what_is_printed_holds_every_plan_of_the_front(width):
    one = searched()
    screen = Console(width=width, record=True, file=None, force_terminal=False)
    with screen.capture() as capture:
        for part in advice_parts(one):
            screen.print(part)
    text = " ".join(capture.get().split())
    assert "as now" in text
    assert "One goal point is" in text
    for row in one.confirmation.metrics["metric"]:
        assert row in advice_record(one)["metrics"]


def test_the_record_is_plain_data_and_complete():
    one = searched()
    record = advice_record(one)
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["goal"] == {"output": 0.5, "morale": 0.5}
    assert record["beside_now"]["plausible_worlds"]["n"] == one.confirmation.worlds.n
    assert record["beside_best_fixed"]["style"] == one.confirmation.best_fixed
    assert len(record["front"]) == len(one.front)
    assert record["constraints"][0]["metric"] == "turnover"
    assert record["sentences"] == advice_sentences(one)


def in_text(one):
    console = Console(width=160, record=True, file=io.StringIO())
    for part in advice_parts(one):
        console.print(part)
    return console.export_text()


def test_advice_to_a_fitted_firm_says_how_well_its_past_would_have_been_foreseen():
    one = advice(BLEND)
    assert "come from the worlds" not in in_text(one)
    firm = one.scenario.model_copy(update={"fitted": fitted(("foreseen", ""), ("not judged", "few worlds"))})
    said = " ".join(in_text(one._replace(scenario=firm)).split())
    assert "go with h.csv (24 months, 2024-01 to 2025-12): of 1,000 worlds, these count as 20. That is few" in said
    assert "The model would have foreseen your turnover." in said
    assert "Whether it would have foreseen your morale cannot be judged" in said


def test_profit_is_told_only_where_somebody_has_said_what_things_cost():
    one = advice(BLEND)
    said = in_text(one)
    assert "Morale" in said
    assert "Profit" not in said
    assert "Money is left out, because nobody has said what things cost here" in said
    priced = one._replace(scenario=with_values(one.scenario, {"money.pay": 1.3}))
    assert "Profit" in in_text(priced)
    assert "Money is left out" not in in_text(priced)
    asked = one._replace(goal=read_goal("profit=1"))
    assert "Profit" in in_text(asked)
