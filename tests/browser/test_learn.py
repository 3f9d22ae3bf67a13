"""The pages Learn and Evidence in a browser: first the guess, then the run."""

import re

from playwright.sync_api import expect

from sim.app.learn.lessons import lessons


def test_a_lesson_shows_nothing_of_the_result_before_the_guess(visit):
    page = visit("/learn")
    for lesson in lessons().values():
        page.get_by_role("link", name=f"{lesson.order}. {lesson.title}").click()
        page.get_by_role("heading", level=1, name=lesson.title).wait_for()
        commit = page.get_by_role("button", name="Commit to this guess")
        expect(commit).to_have_count(len(lesson.rounds))
        for button in commit.all():
            expect(button).to_be_disabled()
        expect(page.locator("[data-outcome]")).to_have_count(0)
        page.get_by_role("link", name="All lessons").click()


def test_a_guess_is_committed_revealed_and_cannot_be_taken_back(visit):
    page = visit("/learn?lesson=honeymoon")
    round_ = page.locator(".ts-card").first
    round_.get_by_role("radio", name="It rises", exact=True).check()
    round_.get_by_role("button", name="Commit").click()
    verdict = round_.locator("[data-outcome]")
    expect(verdict).to_have_attribute("data-outcome", re.compile("^(held|open|failed)$"))
    expect(round_).to_contain_text("95% interval")
    expect(round_).to_contain_text("says nothing about how sure one can be that people do the same")
    round_.get_by_role("button", name="Commitment: show as a table").click()
    expect(round_.get_by_role("region", name="Commitment, table").get_by_role("row")).to_have_count(1 + 52)
    for radio in round_.get_by_role("radio").all():
        expect(radio).to_be_disabled()
    expect(page.locator("[data-outcome]")).to_have_count(1)
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
    expect(page.get_by_role("list", name="Lessons").get_by_role("link")).to_have_count(len(lessons()))
    page.get_by_role("link", name="1. The honeymoon dip").click()
    page.get_by_role("heading", level=1, name="The honeymoon dip").wait_for()
    page.get_by_role("link", name="Next:").click()
    page.get_by_role("heading", level=1, name="Matching S to D").wait_for()
    page.get_by_role("link", name="All lessons").click()
    page.get_by_role("list", name="Lessons").wait_for()


def test_a_lesson_that_there_is_not_shows_those_that_there_are(visit):
    page = visit("/learn?lesson=%3Cscript%3E")
    expect(page.get_by_role("alert")).to_contain_text("a lesson that there is not")


def test_the_teachers_page_has_notes_on_all_lessons_and_opens_views(visit):
    page = visit("/learn?lesson=for-teachers")
    for lesson in lessons().values():
        page.get_by_role("heading", name=lesson.title).wait_for()
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Twelve novices").click()
    page.get_by_text("teamsim compare novices --style democratic").wait_for()
