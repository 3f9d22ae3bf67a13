"""The page: every number is in its table, nothing is fetched, nobody is named, and nothing is said without words."""

import itertools
import math
import re
import xml.etree.ElementTree as ET
from functools import partial

import pytest

from sim.analysis.crossover import Turning
from sim.analysis.futures import futures
from sim.scenario.load import load_scenario, scenario_from
from sim.view.report import make, runs
from sim.view.report.behaviour_changes import by_person
from sim.view.report.document import compared_styles, tree_of, wording_of
from sim.view.report.numbers import Key
from sim.view.report.pictures import draw
from sim.view.report.runs import COMPARED_ON
from tests.analysis.synthetic import make_results
from tests.view.report.conftest import client_scenario

MARKS = tuple(Key._fields)


def parsed(page: str) -> ET.Element:
    """The page as a tree; a page is not XML only in its first line and the elements that are never closed."""
    page = re.sub(r"<!DOCTYPE html>", "", page)
    page = re.sub(r"<(meta|br|img)\b([^>]*?)/?>", r"<\1\2/>", page)
    return ET.fromstring(page)  # noqa: S314


def numbers_in(element: ET.Element) -> list[tuple[Key, float, float, str]]:
    """Key, value, step and what is shown, of every marked number."""
    found = []
    for data in element.iter("data"):
        key = Key(*(data.get(f"data-{name}", "") for name in MARKS))
        found.append((key, float(data.get("value", "")), float(data.get("data-step", "")), data.text or ""))
    return found


def as_number(shown: str) -> float:
    return float(shown.replace(",", "").replace("−", "-"))


@pytest.fixture(scope="module")
def tree(page):
    return parsed(page)


def section(tree, name):
    return next(element for element in tree.iter("section") if element.get("id") == name)


def sections_before_the_appendix(tree):
    return [element for element in tree.iter("section") if element.get("id") != "appendix"]


# --- Numbers ----------------------------------------------------------------------------------------------------------


def test_every_number_of_the_report_equals_the_one_in_its_table(tree, client):
    table = {key: (value, step, shown) for key, value, step, shown in numbers_in(section(tree, "appendix"))}
    checked = 0
    for part in sections_before_the_appendix(tree):
        for key, value, step, shown in numbers_in(part):
            assert key in table, f"{key} is in no table"
            exact, fine, in_table = table[key]
            assert value == exact
            # As it is shown: the reader's number is the table's, rounded.
            assert abs(as_number(shown) - abs(as_number(in_table))) <= step / 2 + fine / 2 + 1e-9 or as_number(
                shown
            ) == pytest.approx(as_number(in_table), abs=step / 2 + fine / 2)
            checked += 1
    assert checked > 90


def test_the_tables_show_the_numbers_themselves(tree, client):
    for key, value, step, shown in numbers_in(section(tree, "appendix")):
        own = client.content.numbers[key]
        assert value == pytest.approx(own, rel=1e-9)
        assert as_number(shown) == pytest.approx(own, abs=step / 2 * (1 + 1e-6))


def test_no_number_of_the_answer_is_without_its_mark(page, client):
    answer = section(parsed(page), "answer")
    for data in list(answer.iter("data")):
        data.text = ""
    for note in [p for p in answer.iter("p") if p.get("class") == "note"]:  # says of how many futures
        note.text = (note.text or "").replace(str(client.content.futures), "")
    for picture in answer.iter("svg"):
        for inside in list(picture):
            picture.remove(inside)
    left = re.sub(r"D[1-4]\b", "", "".join(answer.itertext()))
    for scale in ("of 100", "in 100 people", "from 0 (", "to 100 (", "100% is", "of 100 people"):
        left = left.replace(scale, "")
    assert not re.findall(r"[^.]*\d[^.]*", left)


def test_the_numbers_are_those_of_a_comparison_with_the_same_seed(client):
    import sim

    ds = sim.compare(client_scenario(), ["as-is", "servant"], replications=40, seed=1)
    for style in ("as-is", "servant"):
        own = client.content.numbers.of("levels", "morale", style, "mean")
        assert own == pytest.approx(100 * float(ds["morale"].sel(style=style).mean()))


def test_numbers_come_as_a_table_too(client):
    frame = client.numbers
    assert list(frame.columns) == [*MARKS, "value"]
    assert len(frame) == len(client.content.numbers)
    assert not frame.duplicated(list(MARKS)).any()


# --- The page as such -------------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing_and_is_small(page):
    assert not re.findall(
        r"(?i)\b(?:https?|ftp|wss?):|(?:src|href)=\"(?!data:|#)|url\((?!#)|@import|<script|<link", page
    )
    assert "default-src 'none'" in page
    assert len(page.encode()) < 2_000_000


def test_every_part_is_there_and_can_be_jumped_to(tree):
    names = [element.get("id") for element in tree.iter("section")]
    assert names[:2] == ["answer", "situation"]
    assert names[-2:] == ["limits", "appendix"]
    assert {"best", "course", "carries", "development", "money", "flips", "monday"} <= set(names)
    assert [link.get("href") for link in tree.iter("a")] == [f"#{name}" for name in names]


def test_headings_are_in_order_and_the_language_is_said(tree):
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert tree.get("lang") == "en"


def test_every_picture_says_in_words_what_it_shows(tree, client):
    pictures = list(tree.iter("svg"))
    shown = [figure.get("data-picture") for figure in tree.iter("figure")]
    assert len(pictures) == len(shown) == len(set(shown))
    assert {"trade-off", "course-morale", "course-output", "development", "leavers"} <= set(shown)
    for picture in pictures:
        assert picture.get("role") == "img"
        assert len(picture.get("aria-label")) > 60
    wording = wording_of(client.content, client.making)
    beside_today = wording.label(compared_styles(client.content)[-1])
    assert sum(beside_today in (picture.get("aria-label") or "").lower() for picture in pictures) >= 4


def test_what_is_broader_than_a_telephone_can_be_scrolled_by_keyboard(tree):
    boxes = [box for box in tree.iter("div") if box.get("class") in ("picture", "table")]
    assert {box.get("class") for box in boxes} == {"picture", "table"}
    assert {box.get("tabindex") for box in boxes} == {"0"}


def test_every_picture_meets_the_schema_of_charts(tree, client):
    """A report does not ask, which would take as long as drawing."""
    wording = wording_of(client.content, client.making)
    for figure in tree.iter("figure"):
        draw(figure.get("data-picture"), client.content, wording).to_dict()  # raises an error if not


def test_names_within_pictures_do_not_meet(page):
    names = re.findall(r'\sid="([^"]+)"', page)
    assert len(names) == len(set(names))


def test_tables_have_headers_for_rows_and_columns(tree):
    tables = list(tree.iter("table"))
    assert len(tables) > 10
    assert len(tables) == sum(box.get("class") == "table" for box in tree.iter("div"))
    for table in tables:
        head = [cell.get("scope") for cell in table.find("thead/tr")]
        assert set(head) == {"col"}
        for row in table.findall("tbody/tr"):
            assert len(row) == len(head)
            assert row[0].get("scope") == "row"


# --- Words ------------------------------------------------------------------------------------------------------------


def test_nobody_is_named(page, client):
    for person in client.content.scenario.employees.people:
        for part in person.name.split():
            assert not re.search(rf"\b{part}\b", page), part
    assert "[name] will take over" in page
    assert "[name] retires." in page


def test_file_names_name_nobody_either(client, without_pictures):
    command = "teamsim report anton_bergmann.toml --title 'For GRETA'"
    page = client._replace(making=client.making._replace(command=command)).html()
    assert "[name]_[name].toml" in page
    assert "For [name]" in page


def test_names_stand_where_they_are_asked_for(client, without_pictures):
    page = client._replace(making=client.making._replace(names=True)).html()
    assert "Greta Holm will take over" in page
    assert page.count("Dorota Nowak") == 1


def test_a_pseudonym_hides_no_ordinary_word(client, without_pictures):
    table = client_scenario().model_dump()
    for number, person in enumerate(table["employees"]["people"], 1):
        person["name"] = f"Person {number}"
    table["events"] = []
    table["description"] = "Each Person counts. Person 3 leads."
    content = client.content._replace(scenario=scenario_from(table))
    assert "Each Person counts. [name] leads." in client._replace(content=content).html()


def test_the_clients_words_are_text_and_nothing_else(page):
    assert "wants more &lt;say&gt; &amp; a raise" in page
    assert "Muster &amp; Partner" in page
    assert "Confidential" in page
    assert "#AA3311" in page


def test_what_happens_and_who_leads_is_told(page):
    assert "a crisis of 6 weeks" in page
    assert "Workshop: autocratic leadership; Service: democratic leadership" in page


def test_no_word_is_missing(page):
    text = re.sub(r"<(style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    for sign in ("{", "}", "None", "nan", "undefined", "Undefined", "share_d", "_"):
        assert sign not in re.sub(r"<[^>]*>", "", text), sign


def test_the_title_can_be_ones_own(client, without_pictures):
    page = client._replace(making=client.making._replace(title="Bergmann & Daughters")).html()
    assert "<title>Bergmann &amp; Daughters</title>" in page


# --- Answers of other kinds -------------------------------------------------------------------------------------------


@pytest.fixture
def few_futures(monkeypatch):
    """Fewer futures, where what they say does not matter."""
    monkeypatch.setattr(runs, "futures", partial(futures, sets=5))
    monkeypatch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)


def test_where_nothing_beats_today_it_is_said(monkeypatch, few_futures, without_pictures):
    """Three styles of which today's is the best, in all futures and in every run."""

    def todays_are_best(scenario, names, metrics, weeks, seed, **more):
        found = futures(scenario, names, metrics, weeks, seed, sets=5)
        for metric in ("morale", "output"):
            found.loc[{"metric": metric, "style": "democratic"}] += 100
        return found

    monkeypatch.setattr(runs, "futures", todays_are_best)
    scenario = load_scenario("everyday")
    ds = make_results(["democratic", "autocratic", "agile"], 20, 26, apart=0, scenario=scenario.model_dump(mode="json"))
    for metric in ("morale", "output"):
        ds[metric].loc[{"style": "democratic"}] += 1
    found = make.report(ds)
    assert found.content.answer.better is None
    assert set(found.content.answer.best.values()) == {"democratic"}
    page = found.html()
    for phrase in (
        "No leadership style that was tried is better than today’s", "leading as today (democratic leadership)",
        "Nothing has to change",
        "No other leadership style is ahead of today’s",
    ):  # fmt: skip
        assert phrase in page
    slides = "".join(tree_of("slides.html", found.content, found.making).itertext())
    assert "Nothing changes, so nothing is to be paid." in slides


def test_a_metric_without_values_and_no_luck_at_all_break_nothing(few_futures):
    scenario = load_scenario("everyday")
    ds = make_results(["democratic", "agile"], 12, 13, luck=0, scenario=scenario.model_dump(mode="json"))
    ds["decision_delay"][:] = math.nan
    page = make.report(ds).html()
    assert "–" in page


def test_a_policy_that_suits_itself_to_people_is_told_by_level(client, without_pictures):
    scenario = client.content.scenario
    told = client.content._replace(by_person=by_person(scenario, "situational"))
    assert {"direction", "support"} <= set(told.by_person)
    turnings = dict.fromkeys(COMPARED_ON, Turning(behind_until=4, ahead_from=13))
    better = client.content.answer._replace(better="situational", turnings=turnings)
    page = client._replace(content=told._replace(answer=better)).html()
    assert "It depends on the person" in page
    slides = tree_of("slides.html", told._replace(answer=better), client.making)
    assert any(heading.text == "From Monday on, it depends on the person" for heading in slides.iter("h2"))
    assert by_person(scenario, "servant") == by_person(scenario, "as-is") == {}


# --- What a client should not find ------------------------------------------------------------------------------------


def words_of_page(tree):
    """What stands in the page, without its pictures and its appendix."""
    texts = [text for part in sections_before_the_appendix(tree) for text in part.itertext()]
    return " ".join(" ".join(texts).split())


def test_nothing_technical_stands_before_the_appendix(tree):
    text = words_of_page(tree)
    for sign in ("--", "[money]", "[uncertain]", "teamsim", "scenario file", ".toml", "p < "):
        assert sign not in text, sign
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]+\b", text)


def test_the_command_is_in_the_properties_of_the_page(page, client):
    kept = next(meta for meta in parsed(page).iter("meta") if meta.get("name") == "generator")
    assert kept.get("content") == client.making.command


def test_nobody_can_be_recognised_in_a_small_company(client, without_pictures):
    small = load_scenario("everyday").model_dump() | {"teams": [{"name": "Shop", "size": 4}]}
    content = client.content._replace(scenario=scenario_from(small))
    page = client._replace(content=content).html()
    assert "fewer than 5 people could be recognised" in page
    assert "share_d" not in page
    assert "self-reliant" not in page
    slides = "".join(tree_of("slides.html", content, client.making).itertext())
    assert "self-reliant" not in slides
    whole = client._replace(content=client.content).html()
    assert "self-reliant" in whole


def test_what_all_styles_have_alike_is_in_no_table(tree, client):
    appendix = section(tree, "appendix")
    shown = {key.metric for key, *_ in numbers_in(appendix) if key.table == "levels"}
    assert {"morale", "output", "turnover"} <= shown
    for metric in shown - {"morale", "output", "turnover", "leader_load"}:
        values = {text for key, _, _, text in numbers_in(appendix) if key[:2] == ("levels", metric)}
        assert len(values) > 1, metric


def test_money_is_on_one_basis_before_the_appendix(client, without_pictures):
    """Where somebody has given prices: the middle of the futures everywhere, and no other amount beside it."""
    table = client_scenario().model_dump()
    table["money"]["price"] = 3.1
    page = parsed(client._replace(content=client.content._replace(scenario=scenario_from(table))).html())
    found = {key for part in sections_before_the_appendix(page) for key, *_ in numbers_in(part)}
    assert {key.statistic for key in found if key.metric == "profit" and key.table == "differences"} <= {
        "median", "low", "high", "ahead",
    }  # fmt: skip
    assert any(key.metric == "profit" and key.table == "differences" for key in found)
    assert not {key for key in found if key.table == "money" and key.metric in ("sum", "hiring")}


def test_no_money_is_named_where_nobody_has_said_what_things_cost(tree):
    found = {key for part in sections_before_the_appendix(tree) for key, *_ in numbers_in(part)}
    assert not {key for key in found if key.metric in ("profit", "revenue", "cost", "sum", "hiring")}
