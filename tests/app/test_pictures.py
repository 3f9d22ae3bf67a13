"""What is drawn on the pages is what was run."""

import csv
import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest

from sim.app.charts import pairs
from sim.app.learn.lessons import Contest, Everywhere, Luck, lessons
from sim.app.learn.pictures import picture, standings
from sim.app.learn.runs import arms_of, run_arms, run_everywhere
from sim.app.learn.verdicts import NONE, judge_everywhere, judge_luck, leaders, leading
from sim.app.styles import downloads
from sim.app.styles.match import match
from sim.app.team.history import LOOKS, chart, mistaken, what_happened
from sim.app.team.story import LEVEL_NAMES, NOT_LED, STATES, tell
from sim.scenario.load import load_scenario
from sim.view.theme import looks


@pytest.fixture(scope="module")
def story():
    return tell(load_scenario("novices"), "situational", seed=3)


def test_a_persons_chart_holds_the_persons_states(story):
    assert set(LOOKS) == set(STATES)
    for person in story["people"]:
        spec = chart(story, person)
        assert spec["x"] == list(range(person["came"], person["came"] + len(person["morale"])))
        drawn = {line["name"]: line["mean"] for line in spec["lines"]}
        for name in STATES:
            assert drawn[name] == [value / 1000 for value in person[name]]


def test_a_persons_events_are_in_order_and_follow_the_level(story):
    for person in story["people"]:
        events_told = what_happened(story, person)
        assert [week for week, _ in events_told] == sorted(week for week, _ in events_told)
        changes = [week for week, text in events_told if text.startswith("goes from")]
        levels = person["level"]
        assert changes == [person["came"] + at for at in range(1, len(levels)) if levels[at] != levels[at - 1]]
        assert (person["left"] is not None) == any(text == f"{person['why']}." for _, text in events_told)


def test_every_mistake_of_a_leader_is_told_once_and_nobody_is_called_it(story):
    for person in story["people"]:
        levels, seen = person["level"], person["seen"]
        wrong = {
            person["came"] + at: (LEVEL_NAMES[levels[at - 1]], LEVEL_NAMES[seen[at]])
            for at in range(1, len(levels))
            if seen[at] not in (NOT_LED, levels[at - 1])
        }
        times = mistaken(person)
        told = [
            (week, (time["level"], level))
            for time in times
            for level, weeks in time["taken_for"].items()
            for week in weeks
        ]
        assert dict(told) == wrong
        assert len(told) == len(wrong)
        assert all(
            time["first"] <= min(weeks) <= max(weeks) <= time["last"]
            for time in times
            for weeks in time["taken_for"].values()
        )
        changes = sum(one != other for one, other in pairwise(levels))
        assert len(times) <= 1 + changes
        assert not any(" it " in text for _, text in what_happened(story, person))


def test_a_lessons_chart_holds_the_mean_of_every_arm():
    asked = lessons()["crisis"].rounds[0]
    assert isinstance(asked, Contest)
    asked = asked.model_copy(update={"replications": 10})
    ds = run_arms(asked)
    spec = picture(asked, ds)
    assert [line["name"] for line in spec["lines"]] == [arm.label for arm in arms_of(asked)]
    for line in spec["lines"]:
        mean = ds[asked.metric].sel(style=line["name"]).mean("replication").to_numpy()
        np.testing.assert_allclose(line["mean"], mean, atol=0.01)
    assert [(mark["week"], mark["until"]) for mark in spec["events"]] == [(asked.first, asked.last)]


def test_standings_name_every_style_in_every_situation():
    asked = lessons()["no-best-style"].rounds[0]
    assert isinstance(asked, Everywhere)
    few = asked.model_copy(update={"replications": 10, "scenarios": asked.scenarios[:2]})
    header, rows = standings(few, run_everywhere(few))
    assert [row[0] for row in rows] == [load_scenario(name).title for name in few.scenarios]
    assert all(len(row) == len(header) for row in rows)


def test_standings_mark_those_that_the_sentence_says_lead():
    rounds = lessons()["no-best-style"].rounds
    asked = next(one for one in rounds if isinstance(one, Everywhere) and one.metric == "morale")
    few = asked.model_copy(update={"replications": 20, "scenarios": ("experts",)})
    results = run_everywhere(few)
    header, (row,) = standings(few, results)
    marked = [style for style, cell in zip(header, row, strict=True) if "★" in cell]
    assert marked == leaders(results["experts"], few, (1, few.weeks))
    title = load_scenario("experts").title
    assert f"{title}: {' or '.join(marked)}." in judge_everywhere(few, NONE, results).shown
    assert all(len(cell.split(" ")[0].partition(".")[2]) == 3 for cell in row[1:])
    assert "below 0.01 " in leading(few)


@pytest.mark.parametrize("place", range(3))
def test_a_lesson_on_luck_draws_the_pairs_that_its_verdict_counts(place):
    asked = lessons()["luck"].rounds[place]
    assert isinstance(asked, Luck)
    few = asked.model_copy(update={"replications": 20, "weeks": 13})
    ds = run_arms(few)
    spec = picture(few, ds)
    gaps = [gap for _, _, gap in spec["pairs"]]
    assert len(gaps) == 20
    assert [side["many"] for side in spec["sides"]] == [sum(gap < 0 for gap in gaps), sum(gap > 0 for gap in gaps)]
    assert f"In {100 * spec['sides'][1]['many'] / 20:.0f} of 100 pairs" in judge_luck(few, "0-20", ds).shown


def test_where_less_is_ahead_the_pairs_are_turned_round():
    ours, theirs = np.array([1.0, 2.0, 5.0]), np.array([3.0, 3.0, 3.0])
    names, styles = ("agile", "servant"), looks(["agile", "servant"])
    spec = pairs("Delay", "days", names, (ours, theirs), styles=styles, lower=True)
    assert [(side["name"], side["many"]) for side in spec["sides"]] == [("servant", 1), ("agile", 2)]
    assert [gap for _, _, gap in spec["pairs"]] == [2, 1, -2]
    assert spec["x_title"] == "servant less agile (days)"


def test_saved_tables_and_pictures_can_be_read():
    cells = match("growth", replications=10)
    read = list(csv.DictReader(io.StringIO(downloads.as_csv(cells[0]._fields, cells))))
    assert [float(row["mean"]) for row in read] == [cell.mean for cell in cells]
    picture = ET.fromstring(downloads.match_svg("a < b", cells, 3))  # noqa: S314, made by ourselves
    assert sum("★" in (text.text or "") for text in picture.iter("{http://www.w3.org/2000/svg}text")) == sum(
        cell.best for cell in cells
    )
    ET.fromstring(downloads.profile_svg("x & y", [("direction", 0.5), ("support", 1.0)]))  # noqa: S314
