"""Pictures of every page, light and dark, on a laptop and on a phone: python -m tests.browser.screenshots FOLDER.

Or one of them for the documentation, small and cut off below: python -m tests.browser.screenshots FILE.webp NAME.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.serving import ANSWERED, FLAGS, PATIENCE, chromium, served

SIZES = {"laptop": {"width": 1366, "height": 850}, "phone": {"width": 390, "height": 844}}


def as_it_is(page: Page) -> None:
    page.wait_for_function(ANSWERED)


def changed(page: Page) -> None:
    page.wait_for_function(ANSWERED)
    page.get_by_role("slider", name="Urgency", exact=True).press("End")
    page.get_by_text("Your change.").wait_for()
    page.wait_for_function(ANSWERED)


def opened(page: Page) -> None:
    page.wait_for_function(ANSWERED)
    for drawer in ("What are these?", "Practices", "Culture", "For experts", "How it is run", "All headline figures"):
        page.locator("summary", has_text=drawer).first.click()
    page.get_by_role("button", name="Urgency: what is this?").click()


def as_tables(page: Page) -> None:
    page.wait_for_function(ANSWERED)
    for button in page.get_by_role("button", name="show as a table").all():
        button.click()


def people(page: Page) -> None:
    page.locator(".tw-tile").first.wait_for()


def somebody(page: Page) -> None:
    people(page)
    page.get_by_role("slider", name="Week").fill("30")
    page.locator(".tw-tile").nth(2).click()
    page.get_by_role("heading", name="What has happened to").wait_for()


def a_style_of_ones_own(page: Page) -> None:
    page.locator("[data-match]").first.wait_for()
    page.get_by_label("Name", exact=True).fill("warmer")
    page.get_by_role("slider", name="support").fill("0.95")
    page.get_by_label("Your style as TOML").wait_for()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="warmer less democratic").wait_for()


def revealed(page: Page) -> None:
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Commit").first.click()
    page.locator("[data-outcome]").wait_for()


def first_table(page: Page) -> None:
    page.locator("table").first.wait_for()


VIEWS = {
    "compare": ("/", as_it_is),
    "compare-changed": ("/", changed),
    "compare-opened": ("/", opened),
    "compare-tables": ("/", as_tables),
    "compare-events": ("/?scenario=growth", as_it_is),
    "compare-refused": ("/?scenario=crises&version=0", as_it_is),
    "team": ("/team", somebody),
    "team-several": ("/team?scenario=several-teams", people),
    "styles": ("/styles", a_style_of_ones_own),
    "learn": ("/learn", lambda page: page.get_by_role("list", name="Lessons", exact=True).wait_for()),
    "lesson": ("/learn?lesson=crisis", revealed),
    "lesson-standings": ("/learn?lesson=no-best-style", revealed),
    "teacher": ("/learn?lesson=for-teachers", first_table),
    "evidence": ("/evidence", first_table),
}
"""Address of each view, and what is done there before the picture is taken."""


def main(folder: Path, wanted: str = "") -> None:
    """Take all pictures whose name contains `wanted`, and write them as PNG files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as (base, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for view, (path, act) in VIEWS.items():
            for size, viewport in SIZES.items():
                for scheme in ("light", "dark"):
                    name = f"{view}-{size}-{scheme}"
                    if wanted not in name:
                        continue
                    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
                    context.set_default_timeout(2 * PATIENCE)
                    page = context.new_page()
                    page.goto(base + path)
                    page.locator("main").wait_for()
                    act(page)
                    page.evaluate("scrollTo(0, 0)")  # what stays in sight would otherwise lie on something else
                    page.wait_for_timeout(400)  # charts take their width
                    page.screenshot(path=folder / f"{name}.png", full_page=True)
                    context.close()
        browser.close()


HEIGHT = 1500
"""What a picture for the documentation shows of a page, in pixels."""


def one(file: Path, name: str) -> None:
    """Take this picture, and write it as a small file."""
    with TemporaryDirectory() as folder:
        main(Path(folder), name)
        with Image.open(Path(folder) / f"{name}.png") as taken:
            taken.convert("RGB").crop((0, 0, taken.width, min(taken.height, HEIGHT))).save(file, quality=80, method=6)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    one(where, sys.argv[2]) if where.suffix == ".webp" else main(where, *sys.argv[2:3])
