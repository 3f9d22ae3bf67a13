"""A guess that was made stays made, whatever else a visitor does."""

from sim.app.attempts import Attempt, Attempts


def test_a_guess_is_made_once_and_tried_with_other_luck():
    attempts = Attempts()
    assert attempts.at("luck", 1) is None
    attempts.commit("luck", 1, "0-20", seed=1)
    attempts.commit("luck", 1, "80-100", seed=1)
    attempts.try_again("luck", 1)
    attempts.try_again("luck", 2)
    assert attempts.at("luck", 1) == Attempt("0-20", 2)
    assert attempts.at("luck", 2) is None


def test_only_what_came_of_the_guess_that_stands_is_kept():
    attempts = Attempts()
    attempts.commit("luck", 1, "0-20", seed=1)
    attempts.keep("luck", 1, Attempt("0-20", 1), "held")
    assert attempts.outcome("luck", 1) == "held"
    attempts.try_again("luck", 1)
    assert attempts.outcome("luck", 1) is None


def test_one_lesson_is_begun_anew_and_the_others_stay():
    attempts = Attempts()
    for lesson in ("luck", "crisis"):
        attempts.commit(lesson, 1, "none", seed=1)
    attempts.begin_anew("luck")
    assert attempts.made("luck") == 0
    assert attempts.made("crisis") == 1
    assert attempts.outcome("luck", 1) is None


def test_visitors_do_not_share_their_guesses():
    one, other = Attempts(), Attempts()
    one.commit("luck", 1, "none", seed=1)
    assert other.made("luck") == 0
