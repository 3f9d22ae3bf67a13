"""Fills the template of a report in one language, as a tree of text; page, document and slides are made from it."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from importlib import metadata
from typing import Any, NamedTuple

from sim.analysis.cross_validation import IN_SAMPLE, OUT_OF_SAMPLE, Predicted, predicted, shown
from sim.analysis.fit.backtest import ENOUGH, JUDGED_AHEAD, JUDGED_LEFT, JUDGED_VALUES
from sim.analysis.plausible import posterior
from sim.model.metrics import METRICS
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.parameters import PARAMETERS
from sim.scenario.prices import MONEY, money_is_given
from sim.scenario.small_groups import SMALLEST_GROUP
from sim.scenario.weeks import QUARTER
from sim.view.report.behaviour_changes import LEVELS
from sim.view.report.brand import Brand
from sim.view.report.content import Content
from sim.view.report.filling import fill
from sim.view.report.hidden import hidden_names
from sim.view.report.numbers import rounded, step_for
from sim.view.report.runs import COMPARED_ON, DIRECTED
from sim.view.report.wording import Wording, exact_step

COLUMNS = 6
"""Metrics that stand side by side in a table of the appendix."""

SMALL = 2.0
"""Points of morale and percent of output; a gain below it on both is small."""

SHADES, DARKEST = 4, 4.0
"""Shades of a table of regrets above 0, and the regret that deserves the darkest at least, in points or percent."""

BREAKS = r"[ \t\r\n]+"
"""What may be broken into lines; some languages have spaces within a number or before a colon that may not."""

FIGURES_OF_LEVELS = (
    "share_d1",
    "share_d2",
    "share_d3",
    "share_d4",
    "competence",
    "confidence",
    "motivation",
    "commitment",
)
"""Metrics that are made of the ratings of persons: none is shown of a smaller group."""

KEPT = (*COMPARED_ON, "turnover", "leader_load")
"""Metrics that the text names, so that the tables have them whatever they are."""

MADE_WITH = ("teamsim", "numpy", "numba", "mesa", "altair", "vl-convert-python")


class Making(NamedTuple):
    """What a report is made with, besides its content: title, house, language, whether to name people, the command."""

    title: str
    brand: Brand
    language: str
    names: bool
    command: str


class Evidence(NamedTuple):
    """How many of the model's numbers there are, and where they come from."""

    parameters: int
    published: int
    directed: int
    assumed: int
    calibrated: bool
    predicted: Predicted | None  # of published patterns, each by numbers that have not seen its group
    seen: Predicted | None  # of those that the numbers were fitted to
    goals: tuple[float, float]  # of these two shares


def wording_of(content: Content, making: Making) -> Wording:
    """The words of the language for this content; people's names are hidden unless they are wanted."""
    return Wording(content, making.language, None if making.names else hidden_names(content))


def tree_of(template: str, content: Content, making: Making) -> ET.Element:
    """A template, filled with the content in the language asked for, as a tree of elements.

    Besides the content, templates see what `Wording` offers and what is named below.
    """
    wording = wording_of(content, making)
    markup = fill(template, wording, **_more(content, making, wording))
    tree = ET.fromstring(markup)  # noqa: S314 (our own template, with everything else escaped)
    for element in tree.iter():
        element.text, element.tail = _tidy(element.text), _tidy(element.tail)
    return tree


def evidence() -> Evidence:
    """Where the model's numbers come from, by what their declarations say."""
    sources = [parameter.source.lower() for parameter in PARAMETERS]
    assumed = sum(source.startswith("assumed") for source in sources)
    directed = sum("assumed" in source and not source.startswith("assumed") for source in sources)
    known = len(sources) - assumed - directed
    goals = (OUT_OF_SAMPLE, IN_SAMPLE)
    return Evidence(len(sources), known, directed, assumed, bool(posterior()), predicted(), shown(), goals)


def compared_styles(content: Content) -> list[str]:
    """The styles whose development is shown: today's, and the better one or else the best for morale."""
    return list(dict.fromkeys(content.development["style"]))


def _more(content: Content, making: Making, wording: Wording) -> dict[str, Any]:
    known = content.scenario
    numbers = content.numbers
    worst = {
        metric: max(numbers.of("situations", metric, style, "regret", "worst") for style in content.styles)
        for metric in COMPARED_ON
    }

    def heat(metric: str, style: str, when: str) -> int:
        regret = numbers.of("situations", metric, style, "regret", when)
        return math.ceil(SHADES * regret / max(worst[metric], DARKEST) - 1e-9)

    by_regret = sorted(
        content.styles,
        key=lambda style: sum(
            numbers.of("situations", metric, style, "regret", "worst") / (worst[metric] or 1) for metric in COMPARED_ON
        ),
    )
    by_worth = sorted(content.practices, key=lambda name: -numbers.of("practices", name, "", "mean"))
    people = sum(team.size for team in known.teams)
    few, money_given = people < SMALLEST_GROUP, money_is_given(known)
    first_day = not few and not _few_at_a_level(content)
    constant = _constant(content)
    left_out = {*constant, *(FIGURES_OF_LEVELS if few else ()), *(() if money_given else MONEY)}
    if not money_given:  # the others serve
        by_worth.sort(key=lambda name: -numbers.of("practices", name, "", "output"))
    pays = {name: math.isfinite(numbers.of("practices", name, "", "week")) for name in by_worth}
    paying = [name for name in by_worth if (pays[name] or not money_given) and not content.practices[name]]
    sums = [abs(numbers.of("money", "sum", style, "mean")) for style in content.key_styles if style != content.today]
    return {
        "title": making.title or wording.story(known.title),
        "brand": making.brand,
        "names": making.names and known.employees.people,
        "market": [(name, getattr(known.market, name)) for name in type(known.market).model_fields if name != "season"],
        "prices": [(key, value) for key, value in known.money.model_dump().items() if isinstance(value, float)],
        "evidence": evidence(),
        "judged": {"worlds": ENOUGH, "values": JUDGED_VALUES, "people": JUDGED_LEFT, "ahead": JUDGED_AHEAD},
        "versions": ", ".join(f"{name} {metadata.version(name)}" for name in MADE_WITH),
        "metric_groups": _groups([metric.name for metric in METRICS if metric.name not in left_out]),
        "directed_groups": _groups([name for name in DIRECTED if name not in left_out]),
        "constant_metrics": [name for name in constant if name not in FIGURES_OF_LEVELS or not few],
        "people": people,
        "few": few,
        "first_day": first_day,
        "ahead_on_both": [
            style
            for style in content.styles
            if style != content.today
            and all(numbers.of("differences", metric, style, "ahead") >= 80 for metric in COMPARED_ON)
        ],
        "situation_names": [situation.name for situation in content.situations],
        "by_regret": by_regret,
        "heat": heat,
        "range_step": step_for,
        "further_gains": [
            metric
            for metric in content.answer.gains
            if metric not in (*COMPARED_ON, "turnover", "profit") and metric not in left_out
        ],
        "small": is_small(content),
        "money_given": money_given,
        "priced": [metric for metric in content.answer.costs if metric not in left_out],
        "smallest_group": SMALLEST_GROUP,
        "compared": compared_styles(content),
        "ways": content.carried.ways,
        "quarters": sorted({*((1,) if first_day else ()), content.weeks, *range(QUARTER, content.weeks + 1, QUARTER)}),
        "led": list(dict.fromkeys(key.style for key in numbers if key.table == "behaviours")),
        "behaviours": BEHAVIOURS,
        "kept_up": [name for name, there in content.practices.items() if there],
        "by_worth": by_worth,
        "paying": paying,
        "shown_practices": [name for name in by_worth if content.practices[name]][:4] + paying[:5],
        "losing": [name for name in by_worth if not pays[name]],
        "step_of_sum": step_for(0, max(sums, default=1.0) / 2),
    }


def _few_at_a_level(content: Content) -> bool:
    """Whether people are listed one by one, and some level has fewer of them than a figure may be of."""
    people = len(content.scenario.employees.people)
    shares = [content.numbers.of("development", f"share_{level}", content.today, "mean", 1) for level in LEVELS]
    return any(0 < round(people * share / 100) < SMALLEST_GROUP for share in shares)


def _constant(content: Content) -> list[str]:
    """The metrics that are the same with every style, as they would be shown: nobody can choose by them."""

    def shown(metric: str) -> set[float]:
        values = [content.numbers.of("levels", metric, style, "mean") for style in content.styles]
        return {rounded(value, exact_step(value)) if math.isfinite(value) else math.inf for value in values}

    return [metric.name for metric in METRICS if metric.name not in KEPT and len(shown(metric.name)) == 1]


def is_small(content: Content) -> bool:
    """Whether the better style's gains would hardly be noticed."""
    better = content.answer.better
    gains = [content.numbers.of("differences", metric, better, "median") for metric in COMPARED_ON] if better else []
    return bool(gains) and max(gains) < SMALL


def _groups(names: tuple[str, ...] | list[str]) -> list[list[str]]:
    return [list(names[first : first + COLUMNS]) for first in range(0, len(names), COLUMNS)]


def _tidy(text: str | None) -> str | None:
    """Line breaks and indentation of the template are no part of the text."""
    return re.sub(BREAKS, " ", text) if text else text


def plain(element: ET.Element) -> str:
    """The text of an element and everything in it, without the space around it."""
    text = re.sub(BREAKS, " ", "".join(element.itertext())).strip()
    return re.sub(r" +([.,;:])", r"\1", text)


def pictures_wanted(tree: ET.Element) -> Mapping[str, str]:
    """The pictures that a tree asks for, with the text that says what each shows."""
    wanted = {}
    for figure in tree.iter("figure"):
        description = figure.find("p[@class='alt']")
        wanted[figure.get("data-picture", "")] = plain(description) if description is not None else ""
    return wanted
