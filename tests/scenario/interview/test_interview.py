"""The interview: answers as people give them, and the scenario that they make."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.first_year import FirstYear
from sim.scenario import InputError, load_scenario, scenario_from
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.interview import QUESTIONS, Guess, known_of_last_year, read_answer, scenario_text, what_follows
from sim.scenario.interview.answers import NO_IDEA, WORDS, read_number, read_rating
from sim.scenario.interview.questions import BY_NAME
from sim.scenario.parameters import BY_NAME as BY_PARAMETER
from sim.scenario.prices import money_is_given
from sim.view.last_year import last_year_sentences

UNSURE = Guess(0.2, 0.8)

ratings = st.one_of(
    st.sampled_from(sorted(WORDS)),
    st.integers(10, 50).map(lambda tenths: f"{tenths / 10:g}"),
    st.integers(0, 100).map("{}%".format),
)
answers = st.one_of(ratings, st.tuples(ratings, ratings).map(" to ".join), st.sampled_from(["", "?"]))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 0.5, 0.5),
        ("2,5", 0.375, 0.375),
        ("60%", 0.6, 0.6),
        ("a bit", 0.25, 0.25),
        ("A Bit  to MUCH", 0.25, 0.75),
        ("not at all to some", 0, 0.5),
        ("3-5", 0.5, 1),
        ("5 \u2013 3", 0.5, 1),
        ("between 2 and 4", 0.25, 0.75),
        ("20-40%", 0.2, 0.4),
        ("some or much", 0.5, 0.75),
        ("?", 0.2, 0.8),
    ],
)
def test_a_rating_is_read_as_people_give_it(text, low, high):
    assert tuple(read_rating(text, UNSURE)) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mch", 'cannot read "mch"; did you mean "much"? Allowed are: not at all, a bit'),
        ("0.4", 'got "0.4"; write it as 40%, or rate it from 1 to 5.'),
        ("7", 'cannot read "7"'),
        ("120%", 'cannot read "120%"'),
        ("3-9", 'cannot read "9"'),
        ("", 'cannot read ""'),
        ("-3", 'cannot read "-3"'),
    ],
)
def test_what_is_no_rating_is_asked_again(text, says):
    with pytest.raises(InputError) as caught:
        read_rating(text, UNSURE)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("12", 12, 12), ("10-14 people", 10, 14), ("10 to 14", 10, 14), ("14-10", 10, 14), ("no idea", 5, 9)],
)
def test_a_number_is_read_as_people_give_it(text, low, high):
    assert read_number(text, 2, 25, Guess(5, 9), "people", whole=True) == (low, high)


@pytest.mark.parametrize("text", ["1", "26", "2.5", "1,200", "twelve", "-5", "nan", "3 4", "\u0663"])
def test_what_is_no_number_within_bounds_is_asked_again(text):
    with pytest.raises(InputError, match=r"allowed is a whole number from 2 to 25 \(people\), or a range such as 5-9"):
        read_number(text, 2, 25, Guess(5, 9), "people", whole=True)


@pytest.mark.parametrize("text", ["1.200", "1,200", "1.200 thousand", "900-1.200"])
def test_a_number_with_two_readings_is_asked_again_and_both_are_named(text):
    with pytest.raises(InputError, match=r'got "1[.,]200", which is 1\.2 or 1200\. Write one of these\.'):
        read_number(text, 0, 100_000, Guess(5, 9), "thousand")
    assert read_number("1.200", 0, 100, Guess(5, 9)) == (1.2, 1.2)  # only one of them is possible
    assert read_number("0.125", 0, 1000, Guess(5, 9)) == (0.125, 0.125)


def written(given, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(scenario_text(given), encoding="utf-8")
    return load_scenario(path)


def test_without_answers_it_is_a_usual_business(tmp_path):
    scenario, everyday = written({}, tmp_path), load_scenario("everyday")
    assert scenario.market == everyday.market
    assert scenario.employees == everyday.employees
    assert (scenario.leader.hours, scenario.leader.competence) == (everyday.leader.hours, everyday.leader.competence)
    assert scenario.money.price == everyday.money.price
    assert scenario.uncertain == {}


def test_the_leaders_habits_are_how_the_business_is_led(tmp_path):
    scenario = written(dict.fromkeys(BEHAVIOURS, "4") | {"support": "not at all"}, tmp_path)
    behaviour = scenario.styles[scenario.leader.style].behaviour
    assert behaviour == {**dict.fromkeys(BEHAVIOURS, 0.75), "support": 0.0}


def test_ranges_become_uncertainty_around_their_middle(tmp_path):
    given = {"size": "10-14", "urgency": "a bit to much", "data": "1-3", "experience": "3-5", "pay": "52-104"}
    given |= {"revenue": "1000-2000", "demand": "80-100%"}
    scenario = written(given, tmp_path)
    assert (scenario.teams[0].size, scenario.market.urgency) == (12, 0.5)
    uncertain = scenario.uncertain
    assert uncertain["teams.Team.size"] == (10, 14)
    assert uncertain["market.urgency"] == (0.25, 0.75)
    assert uncertain["market.demand"] == (0.8, 1)
    assert uncertain["styles.as-we-lead-now.behaviour.data"] == (0, 0.5)
    assert uncertain["money.pay"] == (1, 2)
    assert uncertain["employees.mix.d4"] == (0.25, 0.7)
    low, high = uncertain["money.price"]
    assert high / low == pytest.approx(2, abs=0.01)


def test_revenue_becomes_a_price(tmp_path):
    scenario = written({"size": "10", "demand": "50%", "revenue": "1040"}, tmp_path)
    assert scenario.money.price == pytest.approx(1040 / (52 * 10 * 0.5))


RATED = ["experience", *(name for name, one in BY_NAME.items() if one.path.startswith(("market.", "styles.")))]


@given(st.dictionaries(st.sampled_from(RATED), answers))
def test_whatever_is_answered_makes_a_scenario_that_loads(tmp_path_factory, given):
    scenario = written(given, tmp_path_factory.mktemp("interview"))
    for name, text in given.items():
        guess = read_answer(BY_NAME[name], text)
        assert isinstance(guess, Guess)
        if BY_NAME[name].path:
            assert (BY_NAME[name].path in scenario.uncertain) != guess.sure


@given(st.text(max_size=60), st.text(max_size=8))
def test_no_title_and_no_currency_can_break_the_file(title, currency):
    text = scenario_text({"title": title, "currency": currency})
    assert tomllib.loads(text)["teams"][0]["size"] == 12


def test_every_answer_stands_beside_its_number():
    given = {"size": "10-14", "urgency": "a bit"}
    text = scenario_text(given)
    assert re.search(r'^size = 12  # How many people .*\? .*Answer: "10-14"$', text, re.MULTILINE)
    assert re.search(r'^urgency = 0.25  # How many decisions cannot wait\? Answer: "a bit"$', text, re.MULTILINE)
    for question in QUESTIONS:
        if question.name not in given and question.usual:
            assert f"# {question.words} Not answered: {question.usual}, as usual" in text


def test_all_that_cannot_be_read_comes_at_once():
    with pytest.raises(InputError) as caught:
        scenario_text({"siz": "12", "urgency": "7", "pay": "lots", "title": "x" * 300}, "client.toml")
    assert str(caught.value).splitlines()[0] == "4 things to put right in client.toml:"
    assert 'siz: no question is called so; did you mean "size"?' in str(caught.value)
    assert "title: got 300 characters; allowed are 200." in str(caught.value)


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one.read], ids=lambda one: one.name)
def test_every_question_has_a_usual_answer_and_bears_no_idea(question):
    assert isinstance(read_answer(question, ""), Guess)
    guess = read_answer(question, NO_IDEA[0])
    assert isinstance(guess, Guess)
    assert guess.low < guess.high
    scenario_text({question.name: NO_IDEA[0]})


def test_what_follows_from_the_answers_can_be_checked():
    given = {"size": "10", "demand": "80%", "revenue": "1000", "pay": "52", "overhead": "26", "hiring": "6"}
    sold, spent, leaving = follows(given)
    assert sold == "10 people sell for about 1,000 thousand EUR a year, 100 each."
    assert "come to about 780, which leaves about 220 a year before hiring. Is that right?" in spent
    assert "costs 6 thousand to replace" in leaving
    loss = follows({"revenue": "500", "size": "12"})
    assert "which is a loss of about" in loss[1]
    assert "As usual, because nobody answered: pay and charges, rooms and tools. Is that right?" in loss[1]
    assert len(loss) == 2  # nobody said what hiring costs


def follows(given):
    return what_follows(scenario_from(tomllib.loads(scenario_text(given))), given)


NO_MONEY = [{}, {"size": "10"}, {"pay": "?", "revenue": " No  idea "}, {"currency": "CHF"}]


@pytest.mark.parametrize("given", NO_MONEY)
def test_money_that_nobody_gave_is_neither_written_nor_said(given, tmp_path):
    text = scenario_text(given)
    assert set(tomllib.loads(text)["money"]) <= {"currency"}
    assert not money_is_given(written(given, tmp_path))
    assert follows(given) == ["Money: no figure was given, so that nothing is said of it here or in reports."]


@pytest.mark.parametrize("question", ["pay", "overhead", "hiring", "revenue"])
def test_one_figure_of_money_is_enough_and_no_other_is_written(question, tmp_path):
    given = {question: "70-90"}
    assert money_is_given(written(given, tmp_path))
    assert len(tomllib.loads(scenario_text(given))["money"]) == 1


def test_what_nobody_answered_is_no_line_of_the_file():
    found = tomllib.loads(scenario_text({"urgency": "3"}))
    assert found["market"] == {"urgency": 0.5}
    assert found["leader"] == {"style": "mixed"}
    assert found["employees"] == {}
    assert "styles" not in found


def test_who_left_says_how_readily_people_quit_as_surely_as_a_year_can(tmp_path):
    usual = BY_PARAMETER["quit_base"].default
    scenario = written({"size": "10", "left": "2.3"}, tmp_path)
    assert scenario.parameters["quit_base"] == pytest.approx(usual, rel=0.01)
    low, high = scenario.uncertain["quit_base"]
    assert 0 < low < 0.5 * usual < 2 * usual < high
    nobody = written({"size": "10", "left": "0"}, tmp_path)
    assert nobody.uncertain["quit_base"][0] <= nobody.parameters["quit_base"] < 0.2 * usual
    assert written({"size": "12", "left": "?"}, tmp_path).uncertain["quit_base"][1] > 3 * usual


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("-5", -5, -5), ("up 10", 10, 10), ("down 3 to down 1", -3, -1), ("same", 0, 0), ("-5%", -5, -5), ("0-4", 0, 4)],
)
def test_a_change_is_read_as_people_give_it(text, low, high):
    assert read_answer(BY_NAME["trend"], text) == (low, high)


@pytest.mark.parametrize("text", ["a lot", "1000", "up", "-5 pieces"])
def test_what_is_no_change_is_asked_again(text):
    with pytest.raises(InputError, match="allowed is a change from -100 to 100 percent"):
        read_answer(BY_NAME["trend"], text)


def test_full_time_positions_count_in_work_pay_and_price(tmp_path):
    scenario = written({"size": "10", "positions": "8", "demand": "50%", "revenue": "1040"}, tmp_path)
    assert scenario.employees.fte == 0.8
    assert scenario.money.price == pytest.approx(1040 / (52 * 8 * 0.5))
    sold, spent = what_follows(scenario, {"revenue": "1040"})
    assert "sell for about 1,040 thousand" in sold
    pay, overhead = scenario.money.pay, scenario.money.overhead
    assert f"come to about {52 * (8 * pay + 10 * overhead):,.0f}" in spent


def test_what_is_said_of_the_last_year_stands_beside_what_the_model_has():
    said = known_of_last_year({"left": "1", "trend": "?", "satisfaction": "3.5", "size": "12"})
    assert list(said) == ["left", "trend", "satisfaction"]
    near = last_year_sentences(said, FirstYear(1.4, 0.6, 2.0))
    assert near[0] == "Who leaves: about 1.4 a year in the model; you said 1."
    assert near[1] == "Satisfaction: 60% of the scale in the model; you said 62.5%."
    assert near[2] == "Output over a year: +2% in the model; you said -10 to +10%."
    assert len(near) == 3
    far = last_year_sentences(said, FirstYear(8, 0.4, 30.0))
    assert far[-1].startswith("The model is far from you in who leaves, satisfaction and output: look at the answers")
