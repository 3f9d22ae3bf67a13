"""Where a difference comes from, in words, tables and pictures."""

import io
import json
from typing import Any

import pytest
from rich.console import Console

from sim.analysis.why import DIRECT
from sim.model.mechanisms import NAMES
from sim.view.causal import BOX, LAYERS, layout
from sim.view.charts import save_chart
from sim.view.why import record, sentence, tables
from sim.view.why_charts import causal_diagram, course, diagram, waterfall, why_chart
from tests.view.made_up_why import answer

EFFECTS = {"people": -2.4, "learning": -1.3, "strain": -0.6, "trust": -0.4, "guidance": 0.5}


@pytest.fixture(scope="module")
def lower():
    return answer(EFFECTS)


def data_of(chart: Any) -> Any:
    return chart.data


def layers_of(chart: Any) -> Any:
    return chart.layer


def boxes_of(chart: Any) -> Any:
    return data_of(layers_of(chart)[2])


def printed(ds, **more):
    shown = io.StringIO()
    console = Console(width=120, file=shown, highlight=False, markup=False)
    for part in tables(ds, **more):
        console.print(part)
    return shown.getvalue()


def test_a_sentence_names_the_largest_parts_and_what_works_against_them(lower):
    words = sentence(lower, "output")
    assert words.startswith("Output is 4.2 % of full capacity lower under autocratic than under democratic: ")
    assert "2.4 through people who leave and newcomers, 1.3 through learning and 0.60 through strain" in words
    assert "against that, 0.50 through guidance and ambiguity" in words
    assert words.endswith("the rest (-0.40) through several others.")


def test_a_sentence_says_what_is_direct_and_what_comes_from_behaviours():
    assert "directly, by how leaders behave" in sentence(answer({"trust": -1.0}, direct=-2.0), "output")
    words = sentence(answer({"direction": -1.0, "support": -3.0}, by="behaviours"), "output")
    assert "3.0 from support and 1.0 from direction" in words


def test_a_sentence_names_practices_that_only_the_style_has():
    effects = {"practices.recognition": 2.0, "recognition": 1.0}
    words = sentence(answer(effects, by="behaviours", practices=("recognition",)), "output")
    assert "higher under autocratic with “Recognition and rewards” than under democratic without it" in words
    assert "2.0 from the practice “Recognition and rewards” and 1.00 from recognition" in words


def test_where_no_difference_is_clear_there_is_nothing_to_explain():
    assert "not clear after 8 replications" in sentence(answer({"trust": 0.001}, noise=30.0), "output")


def test_a_table_has_all_parts_the_largest_first_and_the_sum(lower):
    text = printed(lower)
    places = [text.index(label) for label in ("People leaving", "Learning", "Strain  ", "Guidance", "Trust  ")]
    assert places == sorted(places)
    assert text.index("Practices and technology") < text.index("Directly") < text.rindex("Difference")
    assert "This explains the model, not a company." in " ".join(text.split())
    assert "79-91" not in text
    assert "79-91" in printed(lower, over_time=True)


def test_plain_data_has_the_same_and_is_json(lower):
    plain = json.loads(json.dumps(record(lower, over_time=True), allow_nan=False))
    parts = plain["metrics"]["output"]["parts"]
    assert set(parts) == {*NAMES, DIRECT}
    assert sum(part["mean"] for part in parts.values()) == pytest.approx(
        plain["metrics"]["output"]["difference"]["mean"]
    )
    assert parts["people"]["over_time"][0]["weeks"] == [1, 13]
    assert plain["baseline"] == "democratic"


def test_a_waterfall_goes_from_the_baseline_to_the_style(lower):
    steps: Any = waterfall(lower, "output").data
    assert steps["label"].iloc[0] == "democratic"
    assert steps["label"].iloc[-1] == "autocratic"
    between = steps.iloc[1:-1]
    assert between["from"].iloc[0] == pytest.approx(80.0)
    assert between["to"].iloc[-1] == pytest.approx(steps["to"].iloc[-1])
    assert (between["from"].iloc[1:].to_numpy() == between["to"].iloc[:-1].to_numpy()).all()


def test_a_course_is_stacked_and_its_line_is_the_difference(lower):
    bars, line = map(data_of, layers_of(course(lower, "output")))
    sums = bars.groupby("last_week")["mean"].sum()
    assert sums.to_numpy() == pytest.approx(line["mean"].to_numpy())


def test_a_diagram_has_the_mechanisms_that_carry_something_and_arrows_of_the_rules(lower):
    labels = set(boxes_of(diagram(lower, "output"))["label"])
    assert {"How leaders behave", "Output", "People leaving and newcomers", "Learning"} <= labels
    assert "Practices and technology" not in labels
    assert len(boxes_of(causal_diagram("morale"))) == len(NAMES) + 2


def test_every_mechanism_has_its_place_in_the_diagram():
    assert set(NAMES) <= set(LAYERS)


def test_arrows_are_as_wide_as_what_goes_through_them_and_no_box_covers_another():
    found = layout("output", {**dict.fromkeys(NAMES, 0.1), "learning": -2.0, "motivation": -1.0, DIRECT: 0.3})
    widths = {(line.source, line.target): line.width for line in found.lines}
    assert widths["learning", "metric"] == max(widths.values())
    assert widths["learning", "metric"] > widths["motivation", "metric"] > widths["leading", "metric"]
    boxes = [(box.x, box.y) for box in found.boxes]
    for k, (x, y) in enumerate(boxes):
        assert BOX[0] / 2 <= x <= found.width - BOX[0] / 2
        assert BOX[1] / 2 <= y <= found.height - BOX[1] / 2
        assert all(abs(x - x2) >= BOX[0] or abs(y - y2) >= BOX[1] for x2, y2 in boxes[:k])
    assert all(0 <= line.x2 <= found.width and 0 <= line.y2 <= found.height for line in found.lines)


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_pictures_are_saved(lower, tmp_path, ending):
    save_chart(why_chart(lower, over_time=True), tmp_path / f"why.{ending}")
    assert "People leaving" in (tmp_path / f"why.{ending}").read_text()
