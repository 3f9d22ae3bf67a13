"""A guess that was made stays made, whatever else a visitor does."""

from sim.app.guesses import Guess, Guesses


def test_a_guess_is_made_once_and_tried_with_other_luck():
    guesses = Guesses()
    assert guesses.at("luck", 1) is None
    guesses.commit("luck", 1, "0-20", seed=1)
    guesses.commit("luck", 1, "80-100", seed=1)
    guesses.try_again("luck", 1)
    guesses.try_again("luck", 2)
    assert guesses.at("luck", 1) == Guess("0-20", 2)
    assert guesses.at("luck", 2) is None


def test_only_what_came_of_the_guess_that_stands_is_kept():
    guesses = Guesses()
    guesses.commit("luck", 1, "0-20", seed=1)
    guesses.keep("luck", 1, Guess("0-20", 1), "held")
    assert guesses.outcome("luck", 1) == "held"
    guesses.try_again("luck", 1)
    assert guesses.outcome("luck", 1) is None


def test_one_lesson_is_begun_anew_and_the_others_stay():
    guesses = Guesses()
    for lesson in ("luck", "crisis"):
        guesses.commit(lesson, 1, "none", seed=1)
    guesses.restart("luck")
    assert guesses.made("luck") == 0
    assert guesses.made("crisis") == 1
    assert guesses.outcome("luck", 1) is None


def test_visitors_do_not_share_their_guesses():
    one, other = Guesses(), Guesses()
    one.commit("luck", 1, "none", seed=1)
    assert other.made("luck") == 0
