"""Headings do not contradict each other, whatever is best and safest; names within a sentence are as it writes."""

import pytest

from sim.analysis.crossover import Turning
from sim.view.language import language_of
from sim.view.report.document import plain, tree_of, wording_of
from sim.view.report.runs import COMPARED_ON
from tests.view.report.test_backtest import section


def headings(client, language="en", template="slides.html", **answer):
    turnings = dict.fromkeys(COMPARED_ON, Turning(behind_until=4, ahead_from=13))
    content = client.content._replace(answer=client.content.answer._replace(turnings=turnings, **answer))
    return [plain(one) for one in tree_of(template, content, client.making._replace(language=language)).iter("h2")]


@pytest.mark.parametrize(
    ("better", "safest", "says"),
    [
        (None, "servant", "Only if something else comes, servant leadership gives away less than leading as today"),
        ("situational", "servant", "If something else comes, servant leadership gives away less than situational"),
        ("situational", "situational", "Situational leadership is the safest choice if something else comes"),
    ],
)
def test_a_style_is_called_the_safest_choice_only_if_it_is_the_answer(client, better, safest, says):
    found = headings(client, better=better, safest=safest)
    assert [one for one in found if one.startswith(says)]
    assert [one for one in found if "is the safest choice" in one] == [
        one for one in found if better == safest and says in one
    ]


def test_today_is_the_safest_choice_where_it_is_the_answer(client):
    found = headings(client, better=None, safest=client.content.today)
    assert [one for one in found if "is the safest choice if something else comes" in one]


def test_a_behaviour_that_carries_both_is_named_once(client):
    apart = client.content.carried.apart
    both = {key: one._replace(clear=True, named=["delegation"]) if key[0] == "behaviours" else one
            for key, one in apart.items()}  # fmt: skip
    content = client.content._replace(carried=client.content.carried._replace(apart=both, ways=("behaviours",)))
    found = [plain(one) for one in tree_of("slides.html", content, client.making).iter("h2")]
    (said,) = [one for one in found if "Which behaviour makes most of it" in one]
    assert said.endswith("morale and output: leaving decisions to whoever is closest to the work")


@pytest.mark.parametrize(
    ("language", "within", "apart", "month"),
    [
        ("en", "leaving decisions", "a; b", "June 2025"),
        ("de", "Entscheidungen delegieren", "a; b", "Juni 2025"),
        ("fr", "déléguer les décisions", "a\u00a0; b", "juin 2025"),
        ("es", "delegar las decisiones", "a; b", "junio de 2025"),
    ],
)
def test_names_within_a_sentence_marks_and_months_are_the_languages_own(client, language, within, apart, month):
    wording = wording_of(client.content, client.making._replace(language=language))
    assert wording.within(wording.behaviour("delegation")).startswith(within)
    assert str(wording.apart(["a", "b"])) == apart
    assert language_of(language).month("06/2025") == language_of(language).month("2025-06") == month


QUESTION = "Which leadership style would serve this business?"


@pytest.mark.parametrize(
    ("language", "question"), [("de", "Welcher Führungsstil"), ("fr", "Quel style"), ("es", "¿Qué estilo")]
)
def test_what_the_interview_wrote_itself_is_said_in_the_language(client, language, question):
    scenario = client.content.scenario.model_copy(update={"question": QUESTION})
    content = client.content._replace(scenario=scenario)
    said = plain(section(tree_of("report.html", content, client.making._replace(language=language)), "situation"))
    assert question in said
    assert QUESTION not in said


def test_no_article_of_spanish_stands_apart_from_its_preposition():
    said = language_of("es").sentences.values()
    assert [text for text in said if " de el " in text or "a través de {" in text] == []
