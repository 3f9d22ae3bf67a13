"""Studies from their file to tables and figures, in the folder of results."""

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import sim
from sim.analysis.study import discovery, discovery_emulated
from sim.analysis.study.registry import ANALYSES, Analysis
from sim.view.study import forest
from sim.view.study.catalog import plan_of
from sim.view.study.figure_labels import file_name, short, value_in_words
from sim.view.study.figures import DRAWINGS, figures
from sim.view.study.heatmaps import rank_with_range
from sim.view.study.run import run_experiment
from sim.view.study.time_needed import made_of, seconds_of_making
from sim.view.study.words import not_explained, what_came_of_it
from tests.analysis.study.made import FACTORIAL, ONE_BY_ONE, SAMPLED, ran
from tests.analysis.study.test_adaptive import ADAPTIVE
from tests.study.studies import small, vary

SMALL_ONE: dict[str, Any] = {"styles": ["autocratic", "democratic"], "replications": 3, "weeks": 6}
SENSITIVE = [vary("market.urgency", low=0.0, high=1.0, name="urgency"), vary("parameters.contagion", plausible=True)]
WAITING: dict[str, Any] = {
    "scenarios": ["everyday", "novices"],
    "replications": 6,
    "record": {"until": {"dip": "morale < 0.6"}},
    "analysis": {"metrics": ["morale"], "satisfied": {"morale": 0.5}},
}
EMULATED: dict[str, Any] = {
    "scenarios": ["novices"],
    "styles": ["autocratic", "agile"],
    "weeks": 26,
    "design": SAMPLED["design"] | {"points": 40},
    "analysis": {"metrics": ["output"]},
}
SQUARE = [vary("teams[1].size", 4, 14, name="size"), vary("market.urgency", 0.1, 0.9, name="urgency")]
STUDIES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "factorial": (
        FACTORIAL | {"vary": SQUARE},
        ("courses", "differences", "interactions", "ranks", "regret", "pareto", "map"),
    ),
    "one by one": (ONE_BY_ONE, ("tornado", "interactions", "why")),
    "sampled": (SAMPLED | {"weeks": 52, "analysis": {"metrics": ["output"]}}, ("prim", "ranks", "differences")),
    "emulated": (EMULATED, ("emulator", "prim_emulated")),
    "waiting": (WAITING, ("survival", "robust")),
    "adaptive": (ADAPTIVE | {"analysis": {"metrics": ["morale"]}}, ("adaptive",)),
    "sobol": ({"design": {"kind": "sobol", "base": 16, "vary": SENSITIVE}}, ("sobol",)),
    "morris": ({"design": {"kind": "morris", "trajectories": 4, "vary": SENSITIVE}}, ("morris",)),
}


@pytest.fixture(scope="module", params=STUDIES, ids=lambda name: name.replace(" ", "-"))
def study(request, tmp_path_factory):
    """A study that was run, and by the name of each analysis its tables and its figures."""
    keys, analyses = STUDIES[request.param]
    results = ran(tmp_path_factory.mktemp("study"), **keys)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(discovery, "HALVES", 2)  # in which a box is looked for again
        patched.setattr(discovery_emulated, "PLACES", 100)
        tables = {name: ANALYSES[name].tables(results) for name in analyses}
    return results, tables, {name: figures(results, name, tables[name]) for name in analyses}


def test_every_analysis_makes_tables_and_pictures_that_can_be_drawn(study):
    _, tables, made = study
    for name, (charts, left_out) in made.items():
        assert all(len(table) for table in tables[name].values())
        assert charts, name
        assert not left_out
        for chart in charts.values():
            spec = chart.to_dict()
            assert spec["title"]["text"]
            assert "NaN" not in json.dumps(spec["title"])


def test_before_a_study_is_run_it_is_known_how_many_figures_it_has(study):
    results, _, made = study
    for name, (charts, left_out) in made.items():
        expected = made_of(name, replaced(results.resolved, figures=("svg",))).figures
        # Of what nothing varied moves there are no indices to be drawn, nor ranges of victories that are too rare.
        assert len(charts) + left_out <= expected, name
        assert len(charts) + left_out == expected or name in ("prim", "prim_emulated", "sobol"), name


def replaced(resolved, **focus):
    """The study with other settings of its analyses."""
    analysis = resolved.study.analysis.model_copy(update=focus)
    return replace(resolved, study=resolved.study.model_copy(update={"analysis": analysis}))


def test_analyses_and_figures_are_in_the_time_that_a_study_is_said_to_take(tmp_path):
    bare = plan_of(small(**FACTORIAL))
    full = plan_of(small(**FACTORIAL | {"analyses": ["courses", "ranks", "differences"]}))
    many = plan_of(small(**FACTORIAL | {"analyses": ["courses", "ranks", "differences"],
                                        "analysis": FACTORIAL["analysis"] | {"figures": ["svg", "html"]}}))  # fmt: skip
    none = plan_of(small(**FACTORIAL | {"analyses": ["ranks"], "analysis": {"figures": []}}))
    assert seconds_of_making(bare) < 1
    assert seconds_of_making(none) < 3
    # Six figures of courses, two of ranks, two of differences with a dozen rows: some five seconds or more.
    assert 5 < seconds_of_making(full) < 25
    assert seconds_of_making(many) > 1.5 * seconds_of_making(full)


@pytest.mark.parametrize("name", STUDIES)
def test_with_one_replication_every_analysis_is_made(tmp_path, monkeypatch, name):
    monkeypatch.setattr(discovery, "HALVES", 2)
    keys, analyses = STUDIES[name]
    results = ran(tmp_path, **keys | {"replications": 1, "weeks": 6})
    for analysis in analyses:
        if analysis not in ("why", "prim_emulated"):  # the one makes runs of its own, the other takes long
            figures(results, analysis, ANALYSES[analysis].tables(results))


def test_everything_that_can_be_drawn_can_be_asked_for_and_is_tried_here():
    assert set(DRAWINGS) <= set(ANALYSES)
    assert {name for _, analyses in STUDIES.values() for name in analyses} == set(DRAWINGS)
    assert set(ANALYSES) - set(DRAWINGS) == {
        "replications", "distribution", "effects",
    }  # fmt: skip


def test_figures_lie_in_the_folder_in_every_kind_of_file(tmp_path):
    keys: dict[str, Any] = {**ONE_BY_ONE, "styles": ["autocratic"], "analyses": ["tornado", "replications"]}
    keys["analysis"] = {"metrics": ["morale"], "figures": ["svg", "png", "pdf", "html"]}
    folder = run_experiment(small(**keys), tmp_path / "results").path
    drawn = {path.name: path.read_bytes() for path in (folder / "figures").iterdir()}
    assert len(drawn) == 4
    starts = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF", ".html": b"<!DOCTYPE html>"}
    assert all(data.startswith(starts[Path(name).suffix]) for name, data in drawn.items())
    assert b"leader.hours" in drawn["tornado-morale-everyday-autocratic.svg"]
    assert {path.name for path in (folder / "tables").iterdir()} == {"tornado.csv", "replications.csv"}
    sealed = json.loads((folder / "manifest.json").read_text())["files"]
    assert {f"figures/{name}" for name in drawn} <= set(sealed)


def test_other_analyses_of_the_same_study_need_no_further_run(tmp_path, monkeypatch):
    keys: dict[str, Any] = {
        "vary": [vary("market.urgency", 0.1, 0.9)],
        "analysis": {"metrics": ["morale"], "figures": []},
    }
    run_experiment(small(**keys, analyses=["ranks"]), tmp_path / "results")
    monkeypatch.setattr("sim.study.execute.run_job", None)
    folder = run_experiment(small(**keys, analyses=["differences"]), tmp_path / "results").path
    assert [path.name for path in (folder / "tables").iterdir()] == ["differences.csv"]
    assert sim.load_study(folder / "study.toml").study.analyses == ("differences",)
    again = run_experiment(
        small(**keys | {"analysis": {"metrics": ["morale"], "figures": ["svg"]}}, analyses=["differences"]), folder
    ).path
    assert list((again / "figures").iterdir())


@pytest.mark.parametrize("error", [sim.InputError("too few points"), ZeroDivisionError("odd")])
def test_an_analysis_that_cannot_be_made_is_noted_and_the_others_are_made(tmp_path, monkeypatch, error):
    def fails(results):
        raise error

    monkeypatch.setitem(ANALYSES, "odd", Analysis("odd", "fails", fails))
    results = run_experiment(small(analyses=["odd", "ranks"], analysis={"figures": []}), tmp_path / "results")
    assert str(error) in results.manifest["not_made"]["odd"]
    assert results.manifest["finished"]
    assert (results.path / "tables/ranks.csv").is_file()


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"analyses": ["rank"]}, 'analyses[1]: unknown analysis "rank"; did you mean "ranks"'),
        ({"analyses": ["ranks", "sobol"]}, 'analyses[2]: "sobol" needs a design of kind "sobol".'),
        ({"analyses": ["courses"]}, '"courses" needs every week. Add weekly = true to [record].'),
        ({"analyses": ["prim"]}, '"prim" needs a design.'),
        ({"analyses": ["map"]}, '"map" needs a design of kind "factorial".'),
        ({"analyses": ["interactions"]}, "or several scenarios"),
        ({"analyses": ["ranks"], "styles": ["agile"]}, '"ranks" compares styles, and there is only one'),
        ({"analyses": ["pareto"], "analysis": {"metrics": ["morale"]}}, "Give two in analysis.metrics"),
        ({"analysis": {"baseline": "servant"}}, 'analysis.baseline: in the scenario everyday: unknown style "servant"'),
        ({"analysis": {"wins": "democrat"}}, 'did you mean "democratic"'),
        ({"analysis": {"metrics": ["output_crisis"]}}, 'unknown column of the results "output_crisis"'),
        ({"analysis": {"figures": ["gif"]}}, "analysis.figures"),
    ],
)
def test_what_does_not_suit_the_study_is_said_before_anything_is_run(tmp_path, keys, says):
    with pytest.raises(sim.InputError) as caught:
        run_experiment({"title": "Small", **SMALL_ONE, **keys}, tmp_path / "results")
    assert not (tmp_path / "results").exists()
    assert says in str(caught.value)


def test_names_are_for_people_and_files_for_every_system():
    assert short("parameters.morale_of_needs") == "morale of needs"
    assert (value_in_words(0.30000000000000004), value_in_words(12), value_in_words("agile")) == ("0.3", "12", "agile")
    assert file_name("map", "output", "a/b: c", None) == "map-output-a_b_c"
    assert (rank_with_range(1, 1, 2), rank_with_range(3, 3, 3)) == ("1 (1–2)", "3")
    assert rank_with_range(2, math.nan, math.nan) == "2"


def test_of_more_situations_than_a_picture_can_hold_the_first_are_drawn_and_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(forest, "MOST_ROWS", 2)
    results = ran(tmp_path, vary=[vary("leader.hours", 5.0, 10.0, 20.0)], analysis={"metrics": ["morale"]})
    (chart,) = figures(results, "differences", ANALYSES["differences"].tables(results)).charts.values()
    assert "The first 2 of 3 situations; the table has all." in chart.to_dict()["title"]["subtitle"]


def test_of_more_figures_than_are_drawn_the_first_are_and_it_is_said_and_noted(tmp_path):
    keys: dict[str, Any] = {
        "vary": [vary("leader.hours", 5.0, 10.0, 20.0)],
        "analyses": ["pareto", "ranks"],
        "analysis": {"metrics": ["morale", "output"], "most_figures": 2},
    }
    results = run_experiment(small(**keys), tmp_path / "results")
    drawn = {path.name for path in (results.path / "figures").iterdir()}
    assert drawn == {
        f"{name}.svg" for name in ("pareto-everyday-0", "pareto-everyday-1", "ranks-morale", "ranks-output")
    }
    assert results.manifest["not_drawn"] == {"pareto": 1}
    (sentence,) = what_came_of_it(results)
    assert sentence == (
        "analysis pareto: the first 2 of 3 figures are drawn; the table has all. "
        "To draw them: most_figures = 3 in [analysis]."
    )
    keys["analysis"]["most_figures"] = 3
    again = run_experiment(small(**keys), results.path)
    assert (again.path / "figures/pareto-everyday-2.svg").is_file()
    assert not list(what_came_of_it(again))


def test_where_a_style_hardly_ever_wins_it_is_said_that_there_is_nothing_to_explain(tmp_path):
    results: Any = SimpleNamespace(path=tmp_path)
    (tmp_path / "tables").mkdir()
    rows = ["everyday,output,agile,0.3", "everyday,morale,agile,0.004", "crisis,output,agile,0.96"]
    (tmp_path / "tables/prim_wins.csv").write_text("\n".join(["scenario,metric,style,wins", *rows]))
    assert list(not_explained(results)) == [
        "analysis prim: agile in everyday is the best by morale at 0.4% of the points, too rarely to look for ranges.",
        "analysis prim: agile in crisis is the best by output at 96.0% of the points, too often to look for ranges.",
    ]


def test_events_are_marked_as_long_as_they_are_at_that_point_of_the_design(tmp_path):
    length = [vary("events.crisis.weeks", 2, 5)]
    keys: dict[str, Any] = {"scenarios": ["crisis"], "vary": length, "weeks": 40, "record": {"weekly": True}}
    results = ran(tmp_path, **keys, analysis={"metrics": ["morale"]})
    charts = figures(results, "courses", ANALYSES["courses"].tables(results)).charts
    ends = [max(row.get("until", 0) for data in chart.to_dict()["datasets"].values() for row in data)
            for chart in charts.values()]  # fmt: skip
    assert ends[1] - ends[0] > 0


def test_an_event_whose_week_is_sampled_is_marked_over_all_weeks_that_it_may_begin_in(tmp_path):
    begin = [vary("events.crisis.week", low=10, high=30), vary("market.urgency", low=0.1, high=0.9)]
    design = {"kind": "latin_hypercube", "points": 21, "vary": begin}
    keys: dict[str, Any] = {"scenarios": ["crisis"], "design": design, "weeks": 50, "record": {"weekly": True}}
    results = ran(tmp_path, **keys | {"replications": 2}, analysis={"metrics": ["morale"]})
    (chart,) = figures(results, "courses", ANALYSES["courses"].tables(results)).charts.values()
    marks = [row for data in chart.to_dict()["datasets"].values() for row in data if "until" in row]
    assert {(mark["week"], mark["until"]) for mark in marks} == {(10, 38)}
    assert "crisis (begins in week 10 to 30)" in json.dumps(chart.to_dict())


def test_a_style_that_is_the_best_everywhere_gives_nothing_away_anywhere(tmp_path):
    results = ran(tmp_path, styles=["democratic", "laissez-faire"], weeks=30, analysis={"metrics": ["morale"]})
    tables = ANALYSES["regret"].tables(results)
    (chart,) = figures(results, "regret", tables).charts.values()
    rows = next(data for data in chart.to_dict()["datasets"].values() if "where" in data[0])
    assert {row["where"] for row in rows if row["regret"] == 0} == {"best everywhere"}


def test_values_beside_the_bars_of_a_tornado_have_room_even_where_intervals_are_not_known(tmp_path):
    results = ran(tmp_path, **ONE_BY_ONE | {"replications": 1, "analysis": {"metrics": ["morale"]}})
    tables = ANALYSES["tornado"].tables(results)
    chart = next(iter(figures(results, "tornado", tables).charts.values())).to_dict()
    low, high = chart["vconcat"][0]["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert low < min(tables["tornado"]["mean"].min(), 0) <= max(tables["tornado"]["mean"].max(), 0) < high
