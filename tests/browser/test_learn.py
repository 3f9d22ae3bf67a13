"""The pages Learn and Evidence in a browser: first the guess, then the run."""

import re

from playwright.sync_api import expect

from sim.app.learn.lessons import lessons
from sim.app.learn.round import judged
from sim.app.learn.runs import SEED
from sim.app.learn.teacher import prepared_views
from sim.app.learn.teaching import teaching
from sim.app.learn.verdicts import options
from tests.browser.answers import anew


def test_a_lesson_shows_nothing_of_the_result_before_the_guess_and_leads_on(visit):
    page = visit("/learn")
    listed = page.get_by_role("list", name="Lessons").get_by_role("link")
    expect(listed).to_have_text([f"{lesson.order}. {lesson.title}" for lesson in lessons().values()])
    followers = [*[*lessons().items()][1:], None]
    for lesson, follower in zip(lessons().values(), followers, strict=True):
        page.get_by_role("link", name=f"{lesson.order}. {lesson.title}").click()
        page.get_by_role("heading", level=1, name=lesson.title).wait_for()
        commit = page.get_by_role("button", name="Commit to this guess")
        expect(commit).to_have_count(len(lesson.rounds))
        for button in commit.all():
            expect(button).to_be_disabled()
        expect(page.locator("[data-outcome]")).to_have_count(0)
        leads_on = page.get_by_role("link", name="Next:")
        expect(leads_on).to_have_count(1 if follower else 0)
        if follower:
            name, next_one = follower
            expect(leads_on).to_have_accessible_name(re.compile(f"^Next: {re.escape(next_one.title)}"))
            expect(leads_on).to_have_attribute("href", re.compile(f"/learn[?]lesson={name}$"))
        page.get_by_role("link", name="All lessons").click()


def test_a_guess_is_committed_revealed_and_cannot_be_taken_back(look):
    page = anew(look("/learn?lesson=honeymoon"))
    round_ = page.locator(".ts-card").first
    round_.get_by_role("radio", name="It rises", exact=True).check()
    round_.get_by_role("button", name="Commit").click()
    verdict = round_.locator("[data-outcome]")
    expect(verdict).to_have_attribute("data-outcome", re.compile("^(held|open|failed)$"))
    expect(round_).to_contain_text("95% interval")
    expect(round_).to_contain_text("It does not say whether real people do the same.")
    for radio in round_.get_by_role("radio").all():
        expect(radio).to_be_disabled()
    expect(page.locator("[data-outcome]")).to_have_count(1)


def test_every_kind_of_guess_is_committed_revealed_and_tried_again(look):
    page = look("/learn")
    for name in {lesson.rounds[0].kind: name for name, lesson in lessons().items()}.values():
        lesson = lessons()[name]
        page.get_by_role("link", name=f"{lesson.order}. {lesson.title}").click()
        asked, round_ = lesson.rounds[0], anew(page).locator(".ts-card").first
        texts = [option.text for option in options(asked)]
        expect(round_.get_by_role("radio")).to_have_count(len(texts))
        for place, text in enumerate(texts):
            expect(round_.get_by_role("radio").nth(place)).to_have_accessible_name(text)
        round_.get_by_role("radio", name=texts[-1], exact=True).check()
        round_.get_by_role("button", name="Commit").click()
        round_.get_by_text(f"Seed {SEED}, {asked.replications} runs of each.").wait_for()
        expect(round_.get_by_role("table" if asked.kind == "everywhere" else "figure")).to_be_visible()
        if asked.kind != "everywhere":  # which takes several times as long
            verdict, _ = judged(asked, options(asked)[-1].name, SEED)
            expect(round_.locator("[data-outcome]")).to_have_attribute("data-outcome", verdict.outcome)
            expect(round_).to_contain_text(verdict.shown)
            round_.get_by_role("button", name="Try the same guess with other luck").click()
            round_.get_by_text(f"Seed {SEED + 1}, {asked.replications} runs of each.").wait_for()
            again, _ = judged(asked, options(asked)[-1].name, SEED + 1)
            expect(round_.locator("[data-outcome]")).to_have_attribute("data-outcome", again.outcome)
            expect(round_).to_contain_text(again.shown)
            if again.shown != verdict.shown:  # rounded, other luck may say the same
                expect(round_).not_to_contain_text(verdict.shown)
        page.get_by_role("link", name="All lessons").click()


def test_a_guess_stays_while_other_pages_are_read_until_the_lesson_is_begun_anew(look):
    page = anew(look("/learn?lesson=honeymoon"))
    menu = page.get_by_role("navigation", name="Pages")
    again = page.get_by_role("button", name="Start this lesson again")
    first = page.locator(".ts-card").first
    first.get_by_role("radio", name="It rises", exact=True).check()
    expect(again).to_have_count(0)
    first.get_by_role("button", name="Commit").click()
    first.get_by_role("button", name="Try the same guess with other luck").click()
    first.get_by_text(f"Seed {SEED + 1},").wait_for()
    first_outcome = first.locator("[data-outcome]").inner_text()
    menu.get_by_role("link", name="Evidence").click()
    page.get_by_role("heading", level=1, name="Evidence").wait_for()
    menu.get_by_role("link", name="Learn").click()
    page.get_by_role("heading", level=1, name=lessons()["honeymoon"].title).wait_for()
    expect(first.get_by_role("radio", name="It rises (your guess)", exact=True)).to_be_checked()
    expect(first.get_by_role("radio", name="It falls", exact=True)).to_be_disabled()
    expect(first.get_by_role("button", name="Commit to this guess")).to_have_count(0)
    expect(first.locator("[data-outcome]")).to_have_text(first_outcome)
    expect(first.get_by_text(f"Seed {SEED + 1},")).to_be_visible()
    page.get_by_role("link", name="All lessons").click()
    listed = page.get_by_role("list", name="Lessons").get_by_role("listitem")
    told = f"1 of {len(lessons()['honeymoon'].rounds)} predictions made"
    expect(listed.filter(has_text=lessons()["honeymoon"].title)).to_contain_text(told)
    page.get_by_role("link", name=lessons()["honeymoon"].title).click()
    again.click()
    expect(page.locator("[data-outcome]")).to_have_count(0)
    expect(again).to_have_count(0)
    for radio in first.get_by_role("radio").all():
        expect(radio).to_be_enabled()
        expect(radio).not_to_be_checked()
    expect(first.get_by_role("button", name="Commit to this guess")).to_be_disabled()


def test_a_guess_can_be_made_by_keyboard_alone(look):
    page = anew(look("/learn?lesson=bottleneck"))
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-outcome]").wait_for()


def test_the_next_lesson_and_the_page_for_teachers_are_found(look):
    page = look("/learn")
    first, second, *_ = [lesson.title for lesson in lessons().values()]
    page.get_by_role("list", name="Lessons").get_by_role("link").first.click()
    page.get_by_role("heading", level=1, name=first).wait_for()
    page.get_by_role("link", name=f"Next: {second}").click()
    page.get_by_role("heading", level=1, name=second).wait_for()
    page.get_by_role("link", name="All lessons").click()
    page.get_by_role("link", name="How to run a class").click()
    page.get_by_role("heading", level=1, name=teaching().title).wait_for()


def test_a_lesson_that_there_is_not_shows_those_that_there_are(visit):
    page = visit("/learn?lesson=%3Cscript%3E")
    expect(page.get_by_role("alert")).to_contain_text("no such lesson")


def test_the_teachers_page_has_notes_on_all_lessons_and_can_be_printed(look):
    page = look("/learn?lesson=for-teachers")
    for lesson in lessons().values():
        page.get_by_role("heading", name=lesson.title).wait_for()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print this page").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(media="screen")


def test_prepared_views_and_lessons_open_from_the_teachers_page(look):
    page = look("/learn?lesson=for-teachers")
    views = prepared_views()
    for view in views:
        link = page.get_by_role("link", name=view["text"], exact=True)
        expect(link).to_have_attribute("href", re.compile(re.escape(view["to"]) + "$"))
    for view in (views[0], views[-1]):
        link = page.get_by_role("link", name=view["text"], exact=True)
        link.click()
        expect(page).to_have_url(re.compile(re.escape(view["to"]) + "$"))
        expect(link).to_have_count(0)
        if view["text"] == "Twelve novices":
            page.locator("summary", has_text="For researchers").click()
            page.get_by_text("teamsim compare novices --style democratic").wait_for()
        page.go_back()
    lesson_links = page.get_by_role("link", name="Open the lesson")
    expect(lesson_links).to_have_count(len(lessons()))
    for place, name in enumerate(lessons()):
        expect(lesson_links.nth(place)).to_have_attribute("href", re.compile(f"/learn[?]lesson={name}$"))
    lesson_links.last.click()
    page.get_by_role("heading", level=1, name=[*lessons().values()][-1].title).wait_for()
