"""Reports in other languages: every sentence has its words and the same numbers in it, and none is left in English."""

import re
import string
import xml.etree.ElementTree as ET

import pytest

from sim.analysis.crossover import Turning
from sim.scenario.load import load_scenario
from sim.view.language import LANGUAGES, catalogue_of, language_of, read_catalogue
from sim.view.report import sentences
from sim.view.report.behaviour_changes import by_person
from sim.view.report.document import tree_of, wording_of
from sim.view.report.pictures import draw
from sim.view.report.runs import COMPARED_ON

OTHERS = LANGUAGES[1:]

TEMPLATES = ("report.html", "slides.html")

CLIENTS = ("title", "question", "description")
"""Texts of the client's, which stand as they are."""


def fields(text):
    """The names in braces, and how many forms each has that is declined."""
    parts = string.Formatter().parse(text)
    return {(name, len(forms.split("|")) if forms else 0) for _, name, forms, _ in parts if name is not None}


@pytest.fixture(scope="module")
def all_sentences():
    """What there is to be said."""
    return sentences.sentences()


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_its_words_and_none_is_of_no_use(all_sentences, language):
    said = read_catalogue(language)
    assert [sentence for sentence in all_sentences if not said.get(sentence)] == []
    assert set(said) == set(all_sentences), "make the catalogues anew: python -m sim.view.report.sentences"


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_numbers_and_marks(language):
    for (_, text), translation in read_catalogue(language).items():
        assert {name for name, _ in fields(translation)} == {name for name, _ in fields(text)}, text
        assert all(forms in (0, 2) for _, forms in fields(translation)), text
        assert re.findall("</?[a-z]+>", translation) == re.findall("</?[a-z]+>", text), text
        assert translation.strip().endswith(".") == text.strip().endswith("."), text


def test_plurals_that_are_missing_are_found():
    assert fields("{n} {n:day|days} of {all}") == {("n", 0), ("n", 2), ("all", 0)}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_as_the_program_writes_it(language, tmp_path, monkeypatch):
    monkeypatch.setattr(sentences, "catalogue_of", lambda name: tmp_path / f"{name}.po")
    sentences.write(language, read_catalogue(language))
    assert (tmp_path / f"{language}.po").read_bytes() == catalogue_of(language).read_bytes()


@pytest.fixture(scope="module")
def answers(client):
    """The client's report as it is, and with a style that is better, each with what it says in English by template."""
    content, scenario = client.content, client.content.scenario
    turnings = dict.fromkeys(COMPARED_ON, Turning(behind_until=4, ahead_from=13))
    better = content.answer._replace(better="situational", safest="servant", turnings=turnings, costs=("leader_load",))
    other = content._replace(answer=better, by_person=by_person(scenario, "situational"), later_stages=1)
    return [
        (one, {template: pieces(tree_of(template, one, client.making)) for template in TEMPLATES})
        for one in (content, other)
    ]


def pieces(tree: ET.Element) -> set[str]:
    """Texts between marks, from four words on."""
    found = {" ".join(text.split()) for text in tree.itertext()}
    return {text for text in found if len(text.split()) >= 4}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_left_in_english(client, answers, language, template):
    for content, english in answers:
        scenario = content.scenario
        wording = wording_of(content, client.making)
        clients = [getattr(scenario, name) for name in CLIENTS]
        clients += [style.description for style in scenario.styles.values()]
        clients += [event.note for event in scenario.events if getattr(event, "note", "")]
        there = pieces(tree_of(template, content, client.making._replace(language=language)))
        own = {" ".join(wording.client(text).split()) for text in clients}
        left = {text for text in there & english[template] if not any(text in one or one in text for one in own)}
        versions = {text for text in left if re.search(r"[\w-]+ \d+\.\d+", text)}  # of libraries
        assert left - versions == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_story_of_a_shipped_scenario_is_told_in_the_language(client, template):
    shipped = load_scenario("crisis")
    told = {name: getattr(shipped, name) for name in CLIENTS}
    content = client.content._replace(scenario=client.content.scenario.model_copy(update=told))
    text = " ".join(" ".join(tree_of(template, content, client.making._replace(language="de")).itertext()).split())
    for one in told.values():
        english = " ".join(one.split())
        assert english not in text
        assert language_of("de").say(english) in text


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_have_the_signs_of_the_language(client, language):
    tree = tree_of("slides.html", client.content, client.making._replace(language=language))
    shown = [data.text or "" for data in tree.iter("data")]
    assert any("," in number for number in shown)
    for number in shown:
        assert re.fullmatch(r"−?(\d+|\d{1,3}([.\u202f]\d{3})+)(,\d+)?", number), number


@pytest.mark.parametrize("language", OTHERS)
def test_pictures_speak_the_language(client, language):
    wording = wording_of(client.content, client.making._replace(language=language))
    chart = draw("course-morale", client.content, wording).to_json()  # held against Vega-Lite's schema
    assert f'"{wording.words["pictures"]["week"]}"' in chart
    assert language_of(language).say("today", "of_today_short") in chart
    assert '"week"' not in re.findall(r'"title": ("[^"]*")', chart)
