"""The page One team in a browser: playing, looking at people, choosing another run."""

import csv
import re

import pytest
from playwright.sync_api import expect

from sim.app.team.story import tell
from sim.scenario.load import load_scenario

LINK = "/team?scenario=novices&style=situational&seed=3&replication=2"


@pytest.fixture(scope="module")
def story():
    return tell(load_scenario("novices"), "situational", seed=3, replication=2)


def present(story, week):
    return [p for p in story["people"] if p["came"] <= week and (p["left"] is None or p["left"] >= week)]


def tiles(page):
    return page.get_by_role("region", name="The team, week by week").get_by_role("button", name=re.compile("mood"))


def week(page):
    return page.get_by_role("slider", name="Week")


def test_everybody_who_is_there_has_a_tile_with_name_level_and_mood(visit, story):
    page = visit(LINK)
    tiles(page).first.wait_for()
    for at in (0, 20, 104):
        week(page).fill(str(at))
        page.get_by_text(f"{at} of 104", exact=True).wait_for()
        expect(tiles(page)).to_have_count(len(present(story, at)))
        for person in present(story, at):
            label = f"{person['name']}, D{person['level'][at - person['came']] + 1}, mood "
            expect(tiles(page).and_(page.locator(f'[aria-label^="{label}"]')).first).to_be_visible()


def test_play_pause_step_back_and_reset_move_the_weeks(visit):
    page = visit(LINK)
    tiles(page).first.wait_for()
    page.clock.install()
    page.clock.pause_at("2100-01-01")  # from here on time passes only where the test lets it pass
    page.get_by_role("button", name="Step").click()
    page.get_by_role("button", name="Step").click()
    expect(week(page)).to_have_value("2")
    page.get_by_role("button", name="Back").click()
    expect(week(page)).to_have_value("1")
    now, speeds = 1, page.get_by_label("Speed").locator("option")
    page.get_by_role("button", name="Play").click()
    for speed in [int(option.get_attribute("value")) for option in speeds.all()]:
        page.get_by_label("Speed").select_option(str(speed))
        page.clock.run_for(2_000)
        now += 2 * speed
        expect(week(page)).to_have_value(str(now))
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(2_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(week(page)).to_have_value(str(now))
    page.get_by_role("button", name="Reset").click()
    expect(week(page)).to_have_value("0")
    expect(page.get_by_role("button", name="Reset")).to_be_disabled()


def test_it_plays_to_the_end_and_stops_there_without_asking_the_server(visit):
    page = visit(LINK)
    tiles(page).first.wait_for()
    page.evaluate("""() => {
        const send = WebSocket.prototype.send;
        window.sent = 0;
        WebSocket.prototype.send = function (...what) { window.sent += 1; return send.apply(this, what); };
    }""")
    week(page).fill("85")
    page.get_by_label("Speed").select_option("16")
    page.get_by_role("button", name="Play").click()
    expect(week(page)).to_have_value("104")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate("window.sent") <= 2  # the connection is kept alive, and that is all


def test_a_person_is_chosen_by_key_and_the_leaders_doing_is_explained(visit, story):
    page = visit(LINK)
    tiles(page).first.wait_for()
    at = 20
    week(page).fill(str(at))
    person = next(p for p in present(story, at) if p["came"] < at and p["left"] is None)
    tile = page.get_by_role("button", name=re.compile(f"^{person['name']}, "))
    tile.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("region", name="What the leader does")
    box.get_by_role("heading", name=f"This week with {person['name']}").wait_for()
    place = at - person["came"]
    seen, real = person["seen"][place], person["level"][place - 1]
    expect(box).to_contain_text(f"to be at D{seen + 1}")
    if seen == real:
        expect(box).to_contain_text("which is right")
    else:
        expect(box).not_to_contain_text("which is right")
    expect(box).to_contain_text(f"S{seen + 1}")
    row = dict(zip(story["behaviours"], story["done"][person["done"][place]], strict=True))
    box.get_by_role("button", name="All").click()
    for name, value in row.items():
        cells = box.get_by_role("row", name=re.compile(f"^{name} ")).get_by_role("cell")
        expect(cells.nth(1)).to_have_text(f"{value / 1000:.2f}")
    expect(box.get_by_role("row")).to_have_count(1 + len(row))
    box.get_by_role("button", name="Only the main ones").click()
    expect(box.get_by_role("row")).to_have_count(1 + 5)
    events = page.get_by_role("region", name=f"What happens to {person['name']}")
    expect(events).to_contain_text(f"at D{person['level'][0] + 1}.")


def test_what_happens_is_listed_up_to_the_week(visit, story):
    page = visit(LINK)
    tiles(page).first.wait_for()
    listed = page.get_by_role("list", name=re.compile("Events up to this week"))
    expect(listed).to_contain_text("Nothing has happened yet")
    first = min(int(week) for week in story["events"])
    week(page).fill(str(first))
    expect(listed).to_contain_text(story["events"][str(first)][0])


def test_the_whole_run_can_be_taken_away_as_a_table(visit, story):
    page = visit(LINK)
    with page.expect_download() as download:
        page.get_by_role("button", name="This run, everybody in every week").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(rows) == sum(len(person["level"]) for person in story["people"])
    first = story["people"][0]
    assert [row["morale"] for row in rows if row["person"] == first["name"]] == [
        f"{value / 1000:.3f}" for value in first["morale"]
    ]


def test_another_run_has_an_address_of_its_own_and_the_back_button_returns(visit):
    page = visit("/team")
    tiles(page).first.wait_for()
    page.get_by_label("Way of leading").select_option("autocratic")
    page.get_by_text("Led in the style autocratic").wait_for()
    expect(page).to_have_url(re.compile("style=autocratic"))
    page.get_by_label("Replication").fill("7")
    page.get_by_label("Replication").press("Enter")
    page.get_by_text("--replications 8").wait_for()
    page.get_by_label("Situation").select_option("crisis")
    page.get_by_text("teamsim compare crisis").wait_for()
    page.get_by_label("Seed").fill("5")
    page.get_by_label("Seed").press("Tab")
    page.get_by_text("--seed 5").wait_for()
    page.go_back()
    page.get_by_text("--seed 1").wait_for()


def test_the_run_is_said_to_be_that_of_the_engine(visit):
    page = visit(LINK)
    page.locator("[data-same=true]").wait_for()
    expect(page.get_by_text("teamsim compare novices --style situational --seed 3 --replications 3")).to_be_visible()


def test_a_link_with_nonsense_shows_the_usual_and_says_so(visit):
    page = visit("/team?scenario=../../etc&style=%3Cscript%3E&seed=-1&replication=1e9&&&")
    tiles(page).first.wait_for()
    expect(page.get_by_role("alert")).to_contain_text("(the scenario, the style, the seed, the replication)")
    expect(page.get_by_text("teamsim compare everyday --style as-is --seed 1 --replications 1")).to_be_visible()


def test_two_visitors_have_runs_of_their_own(visit):
    one, other = visit(LINK), visit("/team?scenario=crisis&style=agile")
    tiles(one).first.wait_for()
    tiles(other).first.wait_for()
    week(one).fill("30")
    other.get_by_label("Way of leading").select_option("servant")
    other.get_by_text("Led in the style servant").wait_for()
    expect(week(one)).to_have_value("30")
    expect(week(other)).to_have_value("0")
    expect(one.get_by_text("--style situational")).to_be_visible()
