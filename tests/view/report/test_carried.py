"""What carries the difference, in a report: parts add up, `teamsim why` says the same, what cannot be told is said."""

from collections.abc import Hashable
from typing import Any

import pytest

from sim.analysis.why import DIRECT, WAYS
from sim.model.mechanisms import NAMES
from sim.scenario.behaviours import BEHAVIOURS
from sim.view.report.carried import WHOLE, table_of, take_apart
from sim.view.report.document import plain, tree_of, wording_of
from sim.view.report.numbers import Numbers
from sim.view.report.pictures import carried_steps
from sim.view.report.runs import COMPARED_ON
from sim.view.why import sentence_of

PARTS = {"mechanisms": (*NAMES, DIRECT), "behaviours": BEHAVIOURS}
TOTAL: dict[Hashable, Any] = {
    "metric": "morale",
    "baseline": 0.5,
    "style": 0.4,
    "mean": -0.1,
    "low": -0.12,
    "high": -0.08,
    "n": 30,
}
ROWS: list[dict[Hashable, Any]] = [
    {"part": part, "label": part, "mean": mean, "low": mean - 0.004, "high": mean + 0.004}
    for part, mean in (("trust", -0.06), ("learning", -0.05), ("guidance", 0.02), ("people", -0.01))
]


def sentences_of(content, making, by):
    """The paragraphs on what carries the difference."""
    tree = tree_of("report.html", content, making)
    section = next(element for element in tree.iter("section") if element.get("id") == "carries")
    return [plain(p) for p in section.iter("p") if p.get("class") is None]


@pytest.mark.parametrize("by", WAYS)
@pytest.mark.parametrize("metric", COMPARED_ON)
def test_parts_add_up_to_the_difference_and_the_waterfall_ends_at_the_style(client, by, metric):
    content = client.content
    numbers, table, style = content.numbers, table_of(by), content.carried.style
    parts = content.carried.apart[by, metric].parts
    assert sorted(parts) == sorted(PARTS[by])
    difference = numbers.of(table, metric, style, "mean", WHOLE)
    assert sum(numbers.of(table, metric, style, "mean", part) for part in parts) == pytest.approx(difference)
    first, steps, last = carried_steps(content, wording_of(content, client.making), by, metric)
    step = content.carried.apart[by, metric].step
    assert first.size + sum(one.size for one in steps) == pytest.approx(last.size, abs=step)


def test_either_way_takes_the_same_difference(client):
    numbers, style = client.content.numbers, client.content.carried.style
    for metric in COMPARED_ON:
        one, two = (numbers.of(table_of(by), metric, style, "mean", WHOLE) for by in WAYS)
        assert one == pytest.approx(two)


def test_the_sentence_names_what_that_of_the_command_line_names(client):
    """The same parts in the same order, in the report's units."""
    content = client.content
    numbers = Numbers(content.numbers)
    apart = take_apart(numbers, "mechanisms", content.carried.style, TOTAL, ROWS)
    carried = content.carried._replace(apart={**content.carried.apart, ("mechanisms", "morale"): apart})
    own = content._replace(numbers=numbers, carried=carried)
    text = " ".join(sentences_of(own, client.making, "mechanisms"))
    assert "Morale is 10 points lower with" in text
    assert "Of that: 6 through trust, 5 through learning, and 1 through people who leave and newcomers." in text
    assert "Against that: 2 through guidance and ambiguity." in text
    usual = sentence_of(TOTAL, ROWS, "a", "b", "mechanisms")
    assert "0.060 through trust, 0.050 through learning and 0.010 through people who leave and newcomers" in usual
    assert usual.endswith("against that, 0.020 through guidance and ambiguity.")


def test_what_is_not_clear_or_cannot_be_toldtake_apart_is_said(client):
    content = client.content
    unclear = content.carried.apart["mechanisms", "morale"]._replace(clear=False)
    carried = content.carried._replace(
        ways=("mechanisms",), apart={**content.carried.apart, ("mechanisms", "morale"): unclear}
    )
    own = content._replace(carried=carried)
    text = " ".join(sentences_of(own, client.making, "mechanisms"))
    assert "It is not clear from these runs whether morale differs from today’s" in text
    assert "leaders take up other styles on the way" in text
    slides = [plain(heading) for heading in tree_of("slides.html", own, client.making).iter("h2")]
    assert not any("Which behaviour makes" in heading for heading in slides)
