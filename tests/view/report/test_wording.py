"""How numbers are said: with the right digits and forms, and nothing is said in the code itself."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

import sim.view.report
from sim.model.metrics import METRICS
from sim.scenario.interview.questions import NOW
from sim.scenario.load import scenario_from
from sim.view.report import filling
from sim.view.report import wording as module
from sim.view.report.document import wording_of
from sim.view.report.numbers import Key, Numbers

FOLDER = Path(sim.view.report.__file__).parent
STYLE = "servant"


def rendered(client, macro, median, low, high, metric="morale", ahead=90.0):
    """What a macro of phrases.html says of a difference of the style to today."""
    numbers = Numbers(client.content.numbers)
    numbers.put("differences", metric, STYLE, median=median, low=low, high=high, ahead=ahead)
    wording = wording_of(client.content._replace(numbers=numbers), client.making)
    text = _filled(f'{{{{ say.{macro}("{metric}", "{STYLE}") }}}}', wording)
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def _filled(template, wording):
    """A template of one line, which may use all that the language has."""
    head = '{% import "phrases.html" as say with context %}'
    language = FileSystemLoader(module.TEMPLATES)
    with pytest.MonkeyPatch.context() as patch:
        loader = ChoiceLoader([DictLoader({"one.html": head + template}), language])
        patch.setattr(filling, "FileSystemLoader", lambda folder: loader)
        patch.setattr(filling, "templates", filling.templates.__wrapped__)  # else those of before would serve
        return filling.fill("one.html", wording)


@pytest.mark.parametrize(
    ("median", "low", "high", "words"),
    [
        (7.5, 4.6, 11.2, "about 8 points higher (between 5 and 11)"),
        (1.0, 0.02, 2.6, "about 1 point higher (between 0 and 2.5)"),
        (-2.0, -3.6, -0.4, "about 2 points lower (between 0.5 and 3.5)"),
        (0.4, -0.4, 1.5, "about 0.4 points higher (from 0.4 points lower to 1.5 points higher)"),
        (0.0, -4.0, 0.1, "about the same (from 4 points lower to no difference)"),
        (0.0, 0.0, 0.0, "practically the same"),
    ],
)
def test_differences_are_said_as_people_say_them(client, median, low, high, words):
    assert rendered(client, "difference", median, low, high) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (100.0, "in all simulated futures"), (99.5, "in practically all simulated futures"),
        (97.0, "in about 97% of the simulated futures"), (72.0, "in about 70% of the simulated futures"),
        (1.0, "in practically none of the simulated futures"),
    ],
)  # fmt: skip
def test_a_share_of_the_futures_is_no_more_exact_than_it_is_known(client, share, words):
    assert rendered(client, "in_futures", 1.0, 0.0, 2.0, ahead=share) == words


def test_one_is_no_plural():
    number, many = module.Counted("<data>1</data>"), module.Counted("<data>12</data>")
    number.is_one = True
    pattern = module.Counted("{n} {n:day|days}")
    assert pattern.format(n=number) == "<data>1</data> day"
    assert pattern.format(n=many) == "<data>12</data> days"


def test_a_price_or_gain_that_nobody_would_notice_is_not_named(client):
    numbers = client.content.numbers
    for metric in (*client.content.answer.gains, *client.content.answer.costs):
        median = numbers[Key("differences", metric, client.content.answer.better, "median")]
        level = numbers[Key("levels", metric, client.content.today, "mean")]
        assert abs(median) >= min(1.0, abs(level) / 100)


def worded(client, **more):
    """Wording for the client's company with some parts of its scenario replaced."""
    table = {**client.content.scenario.model_dump(), **more}
    return wording_of(client.content._replace(scenario=scenario_from(table)), client.making)


def test_what_is_known_only_roughly_is_said_so(client):
    wording = worded(client, uncertain={"market.urgency": (0.25, 0.5), "money.pay": (0.865, 1.058)})
    assert wording.roughly("market.urgency", 100) == " (between 25 and 50)"
    assert wording.roughly("money.pay") == " (between 0.865 and 1.058)"
    assert wording.roughly("market.novelty", 100) == ""


def test_a_style_of_ones_own_says_what_it_is(client):
    blend = {"agile": 3, "servant": 1}
    wording = worded(client, styles={"ours": {"blend": blend}, "told": {"blend": blend, "description": "Told."}})
    assert wording.style_explained("ours") == "A blend: 75% agile, 25% servant."
    assert wording.style_explained("told") == "Told."


def test_today_is_not_called_by_the_name_that_the_interview_gave_it(client):
    wording = wording_of(client.content._replace(today=NOW), client.making)
    assert wording.label(NOW) == "today"
    assert wording.style(NOW) == "the leader’s present way"


def sentences_in(tree):
    """Texts of three words or more that are no docstrings, words on what is read, errors, or marks of a page."""
    excused = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))  # a docstring, or what a constant is about
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(inner, ast.Raise) for inner in ast.walk(node)
        ):  # it explains what is wrong with what was given; reports hold none of it
            excused |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Field", "read_model"):
            excused |= {id(inner) for inner in ast.walk(node)}  # what a file that is read may say
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in excused else None
        if isinstance(text, str) and re.search(r"[A-Za-z]+\s[a-z]+\s[a-z]+", text) and not text.startswith("<"):
            yield text


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_the_code_holds_no_sentence_of_a_report(path):
    units = {metric.unit for metric in METRICS}
    assert set(sentences_in(ast.parse(path.read_text(encoding="utf-8")))) <= units


def test_a_sentence_in_code_is_found():
    code = 'def told(style):\n    """Say what was found."""\n    return f"{style} is the best of all."\n'
    assert list(sentences_in(ast.parse(code))) == [" is the best of all."]


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        ("18 months, 2024-01 to 2025-06", "18 months, January 2024 to June 2025"),
        ("8 quarters, 2024-Q1 to 2025-Q4", "8 quarters, 2024-Q1 to 2025-Q4"),
        ("all that is known", "all that is known"),
    ],
)
def test_the_periods_of_a_past_are_said_in_words(client, periods, shown):
    assert wording_of(client.content, client.making).past(periods) == shown
