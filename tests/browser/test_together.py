"""A class in two browsers: a teacher opens it, a student joins by its code, and the guess comes in live."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.serving import served


def test_a_class_predicts_together_and_nothing_stays(visit):
    teacher = visit("/learn")
    teacher.get_by_label("Lesson", exact=True).select_option("honeymoon")
    teacher.get_by_role("button", name="Open a class").click()
    code = teacher.locator(".cd").inner_text()
    student = visit("/learn", alone=True)
    student.get_by_label("Join a class").fill("NONE")
    expect(student.get_by_role("alert")).to_contain_text("no class with this code")
    student.get_by_label("Join a class").fill(code.lower())
    student.get_by_role("radio").first.wait_for()
    expect(teacher.locator("[data-students]")).to_have_text("1 joined.")
    student.get_by_role("radio", name="It rises", exact=True).first.check()
    student.get_by_role("button", name="Commit").first.click()
    student.get_by_text("The result comes when your teacher shows it.").wait_for()
    expect(teacher.locator("[data-guessed]").first).to_have_text("1 of 1 have guessed.")
    student.reload()  # a seat and its guess stay
    student.get_by_text("The result comes when your teacher shows it.").wait_for()
    expect(student.locator("[data-outcome]")).to_have_count(0)
    expect(teacher.locator("[data-students]")).to_have_text("1 joined.")
    teacher.get_by_role("button", name="Show everybody the guesses").first.click()
    for page in (teacher, student):
        expect(page.get_by_role("list", name="What the class has guessed")).to_contain_text("It rises")
    expect(student.locator("[data-outcome]")).to_have_count(0)
    teacher.get_by_role("button", name="Show everybody the result").first.click()
    expect(student.locator("[data-outcome]")).to_have_count(1)
    expect(student.get_by_text("For the talk afterwards, you are the owner.")).to_be_visible()
    teacher.get_by_role("button", name="End the class").click()
    expect(teacher.get_by_role("alert")).to_contain_text("You can open another one.")
    expect(student.get_by_role("alert")).to_contain_text("Your teacher has ended the class")
    for page in (teacher, student):
        page.wait_for_function("code => !sessionStorage.getItem('teamsim:making').includes(code)", arg=code)
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("no class with this code")


@pytest.mark.thorough
def test_a_class_goes_on_after_a_restart_of_the_server(browser):
    pages = [browser.new_context().new_page() for _ in range(2)]
    teacher, student = pages
    with served() as (address, server):
        teacher.goto(f"{address}/learn")
        teacher.get_by_label("Lesson", exact=True).select_option("honeymoon")
        teacher.get_by_role("button", name="Open a class").click()
        code = teacher.locator(".cd").inner_text()
        student.goto(f"{address}/learn?class={code}")
        student.get_by_role("radio", name="It rises", exact=True).first.check()
        student.get_by_role("button", name="Commit").first.click()
        teacher.get_by_role("button", name="Show everybody the guesses").first.click()
        student.get_by_role("list", name="What the class has guessed").wait_for()
        student.get_by_role("radio", name="It falls", exact=True).first.check()  # of the second round, not yet final
        for page in pages:
            page.evaluate("window.before = true")
        server.kill()
        server.wait()
    with served(urlsplit(address).port):
        for page in (student, teacher):
            page.wait_for_function("() => !window.before", timeout=60_000)
            expect(page.get_by_role("list", name="What the class has guessed")).to_contain_text("It rises")
        expect(teacher.locator("[data-students]")).to_have_text("1 joined.")
        expect(teacher.locator("[data-guessed]").first).to_have_text("1 of 1 have guessed.")
        expect(student.get_by_role("radio", name="It falls", exact=True).first).to_be_checked()
    for page in pages:
        page.context.close()
