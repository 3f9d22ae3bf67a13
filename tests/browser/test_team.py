"""The page One team in a browser: playing, looking at people, choosing another run."""

import csv
import re
from functools import cache

import pytest
from playwright.sync_api import expect

from sim.app.team.history import mistaken, what_happened
from sim.app.team.story import tell
from sim.scenario.load import load_scenario

LINK = "/team?scenario=novices&style=situational&seed=3&replication=2"


@pytest.fixture(scope="module")
def story():
    return tell(load_scenario("novices"), "situational", seed=3, replication=2)


@cache
def run(replication):
    """Somebody else's story; the luck of the first runs is enough to find one of each kind."""
    return tell(load_scenario("novices"), "situational", seed=1, replication=replication)


def somebody(week_of, runs=range(60)):
    """The first person of whom something holds in some week: the person, the week, and the link to it.

    Args:
        week_of: gives the week, or None, for a person who is there from the first day.
        runs: those that are looked through.
    """
    for replication in runs:
        for person in run(replication)["people"]:
            at = week_of(person) if person["came"] == 0 else None
            if at is not None:
                link = f"/team?scenario=novices&style=situational&replication={replication}&week={at}"
                return person, at, link
    raise AssertionError("there is nobody like that any more: look through more runs")


def late_seen(person):
    """A week at whose end the person's level changes, which the leader does not see in the week after."""
    level, seen = person["level"], person["seen"]
    for at in range(1, len(level) - 2):
        before, after = level[at - 1], level[at]
        if before != after == level[at + 1] and seen[at : at + 2] == [before] * 2:
            return at
    return None


def never_seen(person):
    """The last week of some at a level that the leader took for another one all the time."""
    for period in mistaken(person):
        weeks = list(range(period["first"], period["last"] + 1))
        changes = len(person["level"]) > period["last"] + 1  # not just the end of the run, or the person's
        if len(weeks) > 1 and changes and list(period["taken_for"].values()) == [weeks]:
            return period["last"]
    return None


def present(story, week):
    return [p for p in story["people"] if p["came"] <= week and (p["left"] is None or p["left"] >= week)]


def tiles(page):
    return page.get_by_role("region", name="The team, week by week").get_by_role("button", name=re.compile("mood"))


def week(page):
    return page.get_by_role("slider", name="Week", exact=True)


def for_researchers(page):
    page.locator("summary", has_text="For researchers").click()


def chosen(page, name):
    """Choose somebody; what is said of the week, and of all weeks so far."""
    page.get_by_role("button", name=re.compile(f"^{name}, ")).click()
    page.get_by_role("heading", name=f"What has happened to {name} so far").wait_for()
    now = page.get_by_role("region", name="What the leader does")
    return now, page.get_by_role("region", name=f"What happens to {name}")


def test_everybody_who_is_there_has_a_tile_with_name_level_and_mood(look, story):
    page = look(LINK)
    tiles(page).first.wait_for()
    for at in (0, 20, 104):
        week(page).fill(str(at))
        page.get_by_text(f"{at} of 104", exact=True).wait_for()
        expect(tiles(page)).to_have_count(len(present(story, at)))
        for person in present(story, at):
            label = f"{person['name']}, D{person['level'][at - person['came']] + 1}, mood "
            expect(tiles(page).and_(page.locator(f'[aria-label^="{label}"]')).first).to_be_visible()


def test_play_pause_step_back_and_reset_move_the_weeks(visit):
    page = visit(LINK, alone=True)  # with a clock of its own
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


def test_it_plays_to_the_end_and_stops_there_without_asking_the_server(look):
    page = look(LINK)
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


def test_a_person_is_chosen_by_key_and_the_leaders_doing_is_explained(look, story):
    page = look(LINK)
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
    assert real == person["level"][place]
    expect(box).to_contain_text(f"to be at D{seen + 1}")
    if seen == real:
        expect(box).to_contain_text("This is right")
    else:
        expect(box).not_to_contain_text("This is right")
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


def test_in_the_week_in_which_a_level_changes_tile_sentence_and_history_agree(look):
    person, at, link = somebody(late_seen)
    name, old, new = (person["name"], *(f"D{person['level'][at + k] + 1}" for k in (-1, 0)))
    treated = f"S{old[1]}"
    page = look(link)
    tiles(page).first.wait_for()
    now, history = chosen(page, name)
    tile = f"^{name}, {new}, mood \\w+, {treated}"
    expect(page.get_by_role("button", name=re.compile(rf"{tile} \(was {old}\)$"))).to_be_visible()
    right = f"to be at {old}. This was right at the start of the week. At its end, {name} is at {new}."
    expect(now).to_contain_text(right)
    expect(history.get_by_role("row").last).to_have_text(re.compile(rf"^{at}\s*goes from {old} to {new}\.$"))
    page.get_by_role("button", name="Step").click()
    expect(page.get_by_role("button", name=re.compile(rf"{tile} \(judged as {old}\)$"))).to_be_visible()
    expect(now).to_contain_text(f"to be at {old}. This is a mistake: {name} is at {new}.")
    expect(history.get_by_role("row").last).to_have_text(
        re.compile(rf"^{at + 1}\s*is at {new}\. The leader judges {name} to be at {old} in this week\.")
    )


def test_in_the_week_in_which_a_level_that_the_leader_did_not_see_changes_the_mistake_is_told(look):
    person, at, link = somebody(never_seen)
    name, real, later = (person["name"], *(f"D{person['level'][at + k] + 1}" for k in (-1, 0)))
    period = next(period for period in mistaken(person) if period["last"] == at)
    (seen,) = period["taken_for"]
    page = look(link)
    tiles(page).first.wait_for()
    now, history = chosen(page, name)
    expect(now).to_contain_text(
        f"a mistake: {name} was at {real} at the start of the week. At its end, {name} is at {later}."
    )
    expect(history.get_by_role("row").nth(-2)).to_have_text(
        re.compile(rf"^{period['first']} to {at}\s*is at {real}\. .* at {seen} all the time\.")
    )


def test_nobodys_future_is_shown_before_it_is_played(look):
    quits = "left of their own accord"
    person, left, link = somebody(lambda one: one["left"] if one["why"] == quits and 14 < one["left"] < 40 else None)
    page = look(link)
    tiles(page).first.wait_for()
    week(page).fill("10")
    _, history = chosen(page, person["name"])
    chart = page.get_by_role("figure")
    picture = chart.get_by_role("img")
    for at in (10, 12, 3):
        week(page).fill(str(at))
        expect(picture).to_have_attribute("aria-label", re.compile(f"up to week {at}\\. In week {at}: "))
        expect(picture.get_by_text(f"week {at}", exact=True)).to_be_visible()
        expect(history).not_to_contain_text("left")
        expect(chart.get_by_role("slider")).to_have_attribute("max", str(at))
    chart.get_by_role("button", name="show as a table").click()
    expect(chart.get_by_role("row")).to_have_count(1 + 4)
    chart.get_by_role("button", name="show as a table").click()
    week(page).fill("40")
    expect(history.get_by_role("row").last).to_have_text(re.compile(rf"^{left}\s*{quits}"))
    expect(picture).to_have_attribute("aria-label", re.compile(f"up to week 40. In week {left}: "))
    week(page).fill("0")
    expect(history.get_by_role("row")).to_have_count(2)


def test_somebody_who_is_not_here_yet_has_no_history(look, story):
    later = next(person for person in story["people"] if person["came"] and person["left"] is None)
    page = look(f"{LINK}&week={later['came']}")
    tiles(page).first.wait_for()
    now, history = chosen(page, later["name"])
    page.get_by_role("button", name="Reset").click()
    expect(now).to_contain_text(f"{later['name']} is not here yet.")
    expect(history).to_contain_text("is not here yet.")
    expect(page.get_by_role("img", name="up to week 0: nothing yet.")).to_be_visible()


def often_mistaken(person):
    """The last week, where the leader is wrong in some of the weeks of the person's last level, always in one way."""
    periods = mistaken(person)
    if not periods or periods[-1]["last"] != 104 or len(periods[-1]["taken_for"]) > 1:
        return None
    last = periods[-1]
    (wrong,) = last["taken_for"].values()
    return 104 if 1 < len(wrong) < last["last"] - last["first"] and len(what_happened({}, person)) < 7 else None


def test_a_history_has_few_lines_and_says_how_often_the_leader_errs(look):
    person, _, link = somebody(often_mistaken)
    last = mistaken(person)[-1]
    ((wrong, weeks),) = last["taken_for"].items()
    page = look(link)
    tiles(page).first.wait_for()
    _, history = chosen(page, person["name"])
    rows = history.get_by_role("row")
    expect(rows.last).to_have_text(
        re.compile(
            rf"to 104\s*is at {last['level']}\. The leader judges {person['name']} to be at {wrong}"
            rf" in {len(weeks)} of these {105 - last['first']} weeks"
        )
    )
    # The head, an event each, and one for each level at which the leader errs.
    expect(rows).to_have_count(1 + len(what_happened({}, person)) + len(mistaken(person)))
    expect(history).not_to_contain_text(" it ")


def test_everybody_is_in_sight_on_a_laptop(look):
    page = look("/team?scenario=novices&style=situational", viewport={"width": 1366, "height": 700})
    tiles(page).first.wait_for()
    for tile in tiles(page).all():
        expect(tile).to_be_in_viewport(ratio=1)


def test_where_people_have_no_role_several_teams_are_told_apart(look):
    page = look("/team?scenario=several-teams")
    tiles(page).first.wait_for()
    for team in page.get_by_role("region", name=re.compile("^Team ")).all():
        name = team.get_by_role("heading").inner_text().partition(" ")[0]
        expect(team.get_by_role("button").first).to_have_accessible_name(re.compile(f", {name}.*, D"))


def test_the_address_keeps_the_week_in_which_playing_stops(look):
    page = look(LINK)
    tiles(page).first.wait_for()
    before = page.evaluate("history.length")
    week(page).fill("20")
    expect(page).to_have_url(re.compile("&week=20$"))
    page.get_by_role("button", name="Step").click()
    expect(page).to_have_url(re.compile("&week=21$"))
    page.get_by_label("Speed").select_option("16")
    page.get_by_role("button", name="Play").click()
    expect(week(page)).not_to_have_value("21")
    expect(page).to_have_url(re.compile("&week=21$"))  # not at every tick
    page.get_by_role("button", name="Pause").click()
    stopped = week(page).input_value()
    expect(page).to_have_url(re.compile(f"&week={stopped}$"))
    assert page.evaluate("history.length") == before
    page.reload()
    expect(week(page)).to_have_value(stopped)
    page.get_by_role("button", name="Reset").click()
    expect(page).to_have_url(re.compile("replication=2$"))


def test_who_leaves_while_it_plays_comes_back_to_that_week(look):
    page = look(LINK)
    tiles(page).first.wait_for()
    week(page).fill("20")
    page.get_by_role("button", name="Play").click()
    expect(week(page)).not_to_have_value(re.compile("^(20|21)$"))  # on a busy machine 22 may be missed
    page.get_by_role("link", name="Learn", exact=True).click()
    page.get_by_role("list", name="Lessons", exact=True).wait_for()
    expect(page).to_have_url(re.compile("/learn$"))
    page.get_by_role("link", name="One team", exact=True).click()
    tiles(page).first.wait_for()
    kept = week(page).input_value()
    assert int(kept) >= 22
    expect(page).to_have_url(re.compile(f"/team.*&week={kept}$"))
    page.go_back()
    page.get_by_role("list", name="Lessons", exact=True).wait_for()
    page.go_back()
    expect(week(page)).to_have_value(kept)


def test_a_week_after_the_last_one_is_the_last_one(look):
    page = look("/team?scenario=novices&week=9999")
    expect(week(page)).to_have_value("104")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_happens_is_listed_up_to_the_week(look, story):
    page = look(LINK)
    tiles(page).first.wait_for()
    listed = page.get_by_role("list", name=re.compile("Events up to this week"))
    expect(listed).to_contain_text("Nothing has happened yet")
    first = min(int(week) for week in story["events"])
    week(page).fill(str(first))
    expect(listed).to_contain_text(story["events"][str(first)][0])


def test_the_whole_run_can_be_taken_away_as_a_table(look, story):
    page = look(LINK)
    with page.expect_download() as download:
        page.get_by_role("button", name="This run, everybody in every week").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(rows) == sum(len(person["level"]) for person in story["people"])
    first = story["people"][0]
    assert [row["morale"] for row in rows if row["person"] == first["name"]] == [
        f"{value / 1000:.3f}" for value in first["morale"]
    ]


def test_another_run_has_an_address_of_its_own_and_the_back_button_returns(look):
    page = look("/team")
    tiles(page).first.wait_for()
    expect(page.get_by_label("Leadership style")).to_have_accessible_description("each leader: their own")
    page.get_by_label("Leadership style").select_option("autocratic")
    page.get_by_text("Led in the style autocratic").wait_for()
    expect(page.get_by_label("Leadership style")).to_have_accessible_description("for all leaders, all the time")
    expect(page).to_have_url(re.compile("style=autocratic"))
    for_researchers(page)
    page.get_by_label("Luck").fill("7")
    page.get_by_label("Luck").press("Enter")
    page.get_by_text("--replications 8").wait_for()
    page.get_by_label("Situation").select_option("crisis")
    page.get_by_text("teamsim compare crisis").wait_for()
    page.get_by_label("Seed").fill("5")
    page.get_by_label("Seed").press("Tab")
    page.get_by_text("--seed 5").wait_for()
    page.go_back()
    page.get_by_text("--seed 1").wait_for()


def test_the_run_is_said_to_be_that_of_the_engine(look):
    page = look(LINK)
    tiles(page).first.wait_for()
    expect(page.get_by_text("gives exactly the same")).to_be_hidden()
    for_researchers(page)
    page.locator("[data-same=true]").wait_for()
    expect(page.get_by_text("teamsim compare novices --style situational --seed 3 --replications 3")).to_be_visible()


def test_a_link_with_nonsense_shows_the_usual_and_says_so(look):
    page = look("/team?scenario=../../etc&style=%3Cscript%3E&seed=-1&replication=1e9&week=soon&&&")
    tiles(page).first.wait_for()
    expect(page.get_by_role("alert")).to_contain_text("(the scenario, the style, the seed, the replication, the week)")
    for_researchers(page)
    expect(page.get_by_text("teamsim compare everyday --style as-is --seed 1 --replications 1")).to_be_visible()


def test_two_visitors_have_runs_of_their_own(look, visit):
    one, other = look(LINK), visit("/team?scenario=crisis&style=agile", alone=True)
    tiles(one).first.wait_for()
    tiles(other).first.wait_for()
    week(one).fill("30")
    other.get_by_label("Leadership style").select_option("servant")
    other.get_by_text("Led in the style servant").wait_for()
    expect(week(one)).to_have_value("30")
    expect(week(other)).to_have_value("0")
    for_researchers(one)
    expect(one.get_by_text("--style situational")).to_be_visible()


def test_a_newcomer_is_followed_and_the_board_shows_where_everybody_stands(look, story):
    page = look(LINK)
    tiles(page).first.wait_for()
    joined = [person for person in story["people"] if person["came"] > 0]
    longest = max(joined, key=lambda one: (one["left"] or story["weeks"] + 1) - one["came"])
    page.get_by_role("button", name="Follow a newcomer").click()
    page.get_by_role("heading", name=f"What has happened to {longest['name']} so far").wait_for()
    expect(week(page)).to_have_value(str(longest["came"]))
    for at in (longest["came"], 100):
        week(page).fill(str(at))
        expect(page.locator(".tw-dot")).to_have_count(len(present(story, at)))
    expect(page.locator(".tw-gone")).to_have_count(sum((one["left"] or 999) <= 100 for one in story["people"]))
    course = page.locator(".tw-course polyline").first
    assert len(course.get_attribute("points").split()) == 100
    week(page).fill("10")
    assert len(course.get_attribute("points").split()) == 10
    expect(page.get_by_text("on the edge").first).to_be_attached()


def test_what_an_event_does_can_be_asked(look):
    page = look("/team?scenario=crisis&style=servant&week=28")
    page.get_by_role("button", name="Why? What crisis does").click()
    panel = page.get_by_role("region", name="Why?")
    expect(panel.get_by_role("progressbar")).to_be_visible()
    panel.get_by_role("combobox", name="Metric").select_option(label="Decision delay")  # before the first is answered
    expect(panel.get_by_role("heading")).to_contain_text("Decision delay in weeks 27 to 34", timeout=300_000)
    expect(panel.get_by_role("heading")).to_contain_text("crisis” in week 27 does under servant")
    panel.get_by_role("list", name="The main way").get_by_role("button", name="Crisis").click()
    expect(panel.get_by_role("status").last).to_contain_text("Acts on: ")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    week(page).fill("26")
    expect(page.get_by_role("button", name="Why?")).to_have_count(0)  # it has not happened yet
