"""The pages Learn and Evidence in a browser: first the guess, then the run."""

from sim.app.learn.lessons import lessons


def test_a_lesson_shows_nothing_of_the_result_before_the_guess(visit):
    page = visit("/learn")
    for lesson in lessons().values():
        page.get_by_role("link", name=f"{lesson.order}. {lesson.title}").click()
        page.get_by_role("heading", level=1, name=lesson.title).wait_for()
        commit = page.get_by_role("button", name="Commit to this guess")
        commit.nth(len(lesson.rounds) - 1).wait_for()
        assert all(button.is_disabled() for button in commit.all())
        assert page.locator("[data-outcome]").count() == 0
        page.get_by_role("link", name="All lessons").click()


def test_a_guess_is_committed_revealed_and_cannot_be_taken_back(visit):
    page = visit("/learn?lesson=honeymoon")
    round_ = page.locator(".ts-card").first
    round_.get_by_role("radio", name="It rises", exact=True).check()
    round_.get_by_role("button", name="Commit").click()
    verdict = round_.locator("[data-outcome]")
    verdict.wait_for()
    assert verdict.get_attribute("data-outcome") in ("held", "open", "failed")
    assert "95% interval" in round_.inner_text()
    assert "says nothing about how sure one can be that people do the same" in round_.inner_text()
    round_.get_by_role("button", name="Commitment: show as a table").click()
    assert round_.get_by_role("region", name="Commitment, table").get_by_role("row").count() == 1 + 52
    assert all(radio.is_disabled() for radio in round_.get_by_role("radio").all())
    assert page.locator("[data-outcome]").count() == 1
    round_.get_by_role("button", name="The same guess with other luck").click()
    round_.get_by_text("Seed 2").wait_for()


def test_a_guess_can_be_made_by_keyboard_alone(visit):
    page = visit("/learn?lesson=bottleneck")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-outcome]").wait_for()


def test_lessons_are_found_and_lead_on(visit):
    page = visit("/learn")
    page.get_by_role("list", name="Lessons").wait_for()
    assert page.get_by_role("list", name="Lessons").get_by_role("link").count() == len(lessons())
    page.get_by_role("link", name="1. The honeymoon dip").click()
    page.get_by_role("heading", level=1, name="The honeymoon dip").wait_for()
    page.get_by_role("link", name="Next:").click()
    page.get_by_role("heading", level=1, name="Matching S to D").wait_for()
    page.get_by_role("link", name="All lessons").click()
    page.get_by_role("list", name="Lessons").wait_for()


def test_a_lesson_that_there_is_not_shows_those_that_there_are(visit):
    page = visit("/learn?lesson=%3Cscript%3E")
    assert "a lesson that there is not" in page.get_by_role("alert").inner_text()


def test_the_teachers_page_has_notes_on_all_lessons_and_opens_views(visit):
    page = visit("/learn?lesson=for-teachers")
    for lesson in lessons().values():
        page.get_by_role("heading", name=lesson.title).wait_for()
    assert page.get_by_role("button", name="Print this page").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Pages").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Twelve novices").click()
    page.get_by_text("teamsim compare novices --style democratic").wait_for()
