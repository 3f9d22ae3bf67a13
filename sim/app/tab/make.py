"""Makes a page that runs the model by itself, from the program, a company with its controls, and parts of the app."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

from sim.analysis.paired import default_baseline
from sim.app.compare.controls import LEVELS, Group, by_name, groups, hint_of, plain
from sim.app.compare.setting import (
    FEWEST_REPLICATIONS,
    FIRST_METRIC,
    FIRST_STYLES,
    LOOK_AT,
    LOOK_IN,
    MOST_PERSON_WEEKS,
    MOST_SEED,
    MOST_STYLES,
    REPLICATIONS,
    shipped_as,
)
from sim.app.looks import look_of
from sim.app.tab.about import bare, credit, scenario_again, scenario_file, trial_of
from sim.app.tab.company import company_with, sizes_of
from sim.app.tab.components import component
from sim.app.tab.lesson import lesson_of
from sim.app.tab.reasons import reasons_of
from sim.app.tab.terms import terms_of
from sim.app.vue_files import CHART, body_of, dictionary_of
from sim.model.build import AS_IS
from sim.model.engine import MAX_WEEKS
from sim.run.compare import choose_styles
from sim.run.size import person_weeks, positions
from sim.run.tab.program import program
from sim.scenario.load import scenario_names
from sim.scenario.paths import PRACTICES
from sim.scenario.problems import InputError, unknown
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles, style_names
from sim.scenario.variants import with_values
from sim.view.language import LANGUAGES, said, speaking, spoken
from sim.view.sentences import called
from sim.view.texts import paragraphs
from sim.view.theme import looks

HERE = Path(__file__).parent

ALLOWED = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline';"
    " img-src blob: data:"
)
"""What the browser lets a page do: run what is in it, and ask for nothing, from anywhere."""

USUAL = 100
"""The replications that a page begins with."""


@dataclass(frozen=True)
class Seen:
    """What somebody sees in the app: the page then begins with it, its sliders moved as they are there.

    `changes` and `pinned` have the names of `sim.scenario.paths`.
    """

    styles: tuple[str, ...]
    baseline: str | None
    metric: str
    changes: Mapping[str, float]
    pinned: Mapping[str, float]


@dataclass(frozen=True)
class Wanted:
    """What goes into a page.

    `styles` and `controls` are all where none is named; `seen` is what it begins with, if not with the situation as it
    is; `replications` are as many as it can run, up to USUAL, where none are given. `source`, `roster` and `set_` are
    what the scenario was made of on the command line, for the command that gives the same numbers. `why` is whether the
    page says where differences between its styles come from, which takes some seconds for each.
    """

    scenario: Scenario
    styles: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    seen: Seen | None = None
    replications: int | None = None
    command: str = ""
    source: str = ""
    roster: Path | None = None
    set_: tuple[tuple[str, float], ...] = ()
    inside: bool = False
    lesson: str | None = None
    why: bool = False
    language: str = LANGUAGES[0]


def page_of(wanted: Wanted) -> str:
    """The page as HTML that asks for nothing outside itself.

    Raises:
        InputError: more people and weeks than a page can run; no such style or control; a rule without a translation.
    """
    with speaking(wanted.language):
        return _page_of(wanted)


def _page_of(wanted: Wanted) -> str:
    scenario = wanted.scenario
    styles = _styles(scenario, wanted.styles)
    _replications(wanted, _picked(wanted, styles))
    known = _groups(scenario, wanted.controls)
    company, left_out = company_with(scenario, styles, known)
    known = tuple(
        group._replace(controls=tuple(one for one in group.controls if not left_out.intersection(one.names)))
        for group in known
    )
    known = tuple(group for group in known if group.controls)
    if wanted.seen is not None and not wanted.seen.changes.keys() <= by_name(known).keys():
        return _page_of(_with_what_has_no_control(wanted, wanted.seen, by_name(known)))
    says, page = terms_of(scenario, styles), _page(wanted, styles, known)
    lesson, companies = ({}, []) if wanted.lesson is None else lesson_of(wanted.lesson)
    page["lesson"] = lesson or None
    worker = _worker(company, says, _played(lesson, companies))
    script = "\n".join([
        "'use strict';", "(() => {", f"const PAGE = {_json(page)};", f"const SAYS = {_json(says)};",
        f"const WORKER = {_json(worker)};", f"const WORDS = {_json(_words(wanted))};", f"const SPEAKING = {SPEAKING};",
        f"const SHARED = {{{', '.join(_components(wanted))}}};",
        _text("link.js"), _text("page.js"), "})();",
    ])  # fmt: skip
    style = "\n".join((CHART.parent / name).read_text(encoding="utf-8") for name in ("assets/custom.css", "page.css"))
    return Template(_text("page.html")).substitute(
        title=_html(f"{said(scenario.title)}: {said(scenario.question)}"), language=wanted.language,
        style=f"{style}\n{_text('tab.css')}",
        generator=f"teamsim {version('teamsim')}", waiting=said("The model is made ready ..."), vue=_text("vue.js"),
        script=script,
        allowed=ALLOWED, kind="tab-inside" if wanted.inside else "tab-alone",
    )  # fmt: skip


def _with_what_has_no_control(wanted: Wanted, seen: Seen, controls: Mapping[str, object]) -> Wanted:
    """The same, with changes that the page has no control for as part of its situation."""
    made = {name: value for name, value in seen.changes.items() if name not in controls}
    moved = {name: value for name, value in seen.changes.items() if name in controls}
    return replace(wanted, scenario=with_values(wanted.scenario, made), seen=replace(seen, changes=moved))


def worker_of(wanted: Wanted) -> str:
    """The program that the page runs in a thread of its own: it takes questions and gives answers."""
    with speaking(wanted.language):
        return _worker_of(wanted)


def _worker_of(wanted: Wanted) -> str:
    styles = _styles(wanted.scenario, wanted.styles)
    company, _ = company_with(wanted.scenario, styles, _groups(wanted.scenario, wanted.controls))
    played = [] if wanted.lesson is None else _played(*lesson_of(wanted.lesson))
    return _worker(company, terms_of(wanted.scenario, styles), played)


def _worker(company: dict[str, Any], says: dict[str, Any], played: Sequence[str]) -> str:
    words = _json(dictionary_of([HERE / "answer.js", HERE / "worker.js", HERE / "verdicts.js"], spoken().name))
    known = [f"const COMPANY = {_json(company)};", f"const SAYS = {_json(says)};"]
    known += [f"const WORDS = {words};", f"const SPEAKING = {SPEAKING};"]
    return "\n".join([program(), *known, _text("answer.js"), _text("worker.js"), *played])


def _played(lesson: dict[str, Any], companies: list[dict[str, Any]]) -> list[str]:
    """What the program needs to play the rounds of a lesson; nothing without one."""
    if not lesson:
        return []
    held = f"{{ rounds: {_json(lesson['rounds'])}, companies: {_json(companies)}.map(alive) }}"
    return [f"const LESSON = {held};", _text("verdicts.js")]


def check(scenario: Scenario, picked: Sequence[str]) -> int:
    """See how many replications a page can run while somebody looks on.

    Raises:
        InputError: too few.
    """
    people, weeks = positions(scenario), scenario.run.weeks
    most = MOST_PERSON_WEEKS // person_weeks(scenario, weeks, len(picked))
    if most < FEWEST_REPLICATIONS:
        raise InputError(
            f"{scenario.name}: {people} people (with all growth) x {weeks} weeks x {len(picked)} styles are too many"
            f" for a page, which can hold {MOST_PERSON_WEEKS // FEWEST_REPLICATIONS:,}. Take fewer, or use"
            " teamsim compare."
        )
    return most


def _styles(scenario: Scenario, asked: Sequence[str]) -> tuple[str, ...]:
    known = {**builtin_styles(), **scenario.styles}
    if asked:
        return choose_styles(scenario, list(dict.fromkeys(asked)))
    return (*known, AS_IS)


def _groups(scenario: Scenario, asked: Sequence[str]) -> tuple[Group, ...]:
    """The controls of the app for this scenario; only some of them where some are asked for.

    Raises:
        InputError: no such control.
    """
    every = groups(scenario)
    names = by_name(every)
    for name in asked:
        if name not in names:
            raise InputError(f"controls: {unknown('control', name, names)}")
    if not asked:
        return every
    found: list[Group] = []
    for group in every:
        controls = tuple(one for one in group.controls if set(one.names) & set(asked))
        if controls and not any(controls == other.controls for other in found):
            found.append(group._replace(controls=controls, drawer="", open=True))
    return tuple(found)


def _page(wanted: Wanted, styles: Sequence[str], known: Sequence[Group]) -> dict[str, Any]:
    """What the page itself needs: its controls, what it begins with, and its texts."""
    scenario = wanted.scenario
    descriptions = {
        **{name: said(one.description, "description") for name, one in {**builtin_styles(), **scenario.styles}.items()},
        AS_IS: said("each leader as in the scenario"),
    }
    found = looks(list(styles))
    picked = _picked(wanted, styles)
    replications = _replications(wanted, picked)
    return {
        "source": bare(wanted.source) if wanted.source else scenario_again(scenario),
        "roster": wanted.roster.name if wanted.roster else "",
        "title": said(scenario.title),
        "question": said(scenario.question),
        "description": said(" ".join(paragraphs(scenario.description))),
        "groups": [_plain(group, str(place), sizes_of(scenario)) for place, group in enumerate(known)],
        "styles": [
            {
                "name": name,
                "label": called(name),
                "way": hint_of(name, descriptions[name]),
                "description": descriptions[name],
                **look_of(found[name]),
            }
            for name in styles
        ],
        "start": {
            **_start(wanted, picked, by_name(known)),
            "replications": replications,
            "weeks": scenario.run.weeks,
            "seed": scenario.run.seed,
        },
        "trial": trial_of(scenario, known),
        "own_style": scenario.leader.style,
        "replications": sorted({*REPLICATIONS, replications}),
        "most_styles": MOST_STYLES,
        "largest": positions(_as_begun(wanted)),
        "most_person_weeks": MOST_PERSON_WEEKS,
        "limits": {
            "replications": [1, max(REPLICATIONS)],
            "weeks": [max([1, *(event.week for event in scenario.events)]), MAX_WEEKS],
            "seed": [0, MOST_SEED],
        },
        "set": [list(pair) for pair in wanted.set_],
        "files": [] if scenario.employees.people else [scenario_file(scenario)],
        "credit": credit(wanted.command, scenario),
        "inside": wanted.inside,
        "reasons": _reasons(scenario, picked) if wanted.why else None,
    }


def _start(wanted: Wanted, picked: Sequence[str], controls: Mapping[str, object]) -> dict[str, Any]:
    """What the page begins with: what is seen in the app, or as the app begins with a question (`for_question`)."""
    scenario, seen = wanted.scenario, wanted.seen
    begun = {"styles": picked, "metric": LOOK_AT.get(shipped_as(scenario), FIRST_METRIC), "baseline": None}
    if seen is not None:
        pinned = {name: value for name, value in seen.pinned.items() if name in controls}
        return {**begun, "baseline": seen.baseline, "metric": seen.metric, "changes": seen.changes, "pinned": pinned}
    differ = len({(team.leader or scenario.leader).style for team in scenario.teams}) > 1
    if differ and AS_IS in picked:
        begun["baseline"] = default_baseline(picked, scenario.leader.style)
    shipped = scenario.name in scenario_names()
    without = {f"{PRACTICES}.{one.practice}": 0.0 for one in scenario.practices} if shipped else {}
    return {**begun, "changes": {}, "pinned": {name: value for name, value in without.items() if name in controls}}


def _as_begun(wanted: Wanted) -> Scenario:
    """The situation with the changes that the page begins with."""
    changes = wanted.seen.changes if wanted.seen is not None else {}
    return with_values(wanted.scenario, changes) if changes else wanted.scenario


def _replications(wanted: Wanted, picked: Sequence[str]) -> int:
    """Runs of each style that the page begins with.

    Raises:
        InputError: more than it can run.
    """
    scenario = _as_begun(wanted)
    most = check(scenario, picked)
    if wanted.replications is None:
        return min(USUAL, most)
    if wanted.replications > most:
        people, weeks = positions(scenario), scenario.run.weeks
        raise InputError(
            f"--replications {wanted.replications}: {scenario.name} has {people} people (with all growth) x {weeks}"
            f" weeks x {len(picked)} styles, of which a page can run {most} replications ({MOST_PERSON_WEEKS:,} people"
            f" x weeks x styles x replications). Take {most} or fewer, or leave it out."
        )
    return wanted.replications


def _reasons(scenario: Scenario, picked: Sequence[str]) -> dict[str, Any] | None:
    """Why the styles that the page begins with differ; None where there is only one."""
    if len(picked) < 2:
        return None
    metric = LOOK_AT.get(shipped_as(scenario), FIRST_METRIC)
    first, last = LOOK_IN.get(shipped_as(scenario), (1, MAX_WEEKS))
    during = (first, min(last, scenario.run.weeks))
    baseline = default_baseline(picked, scenario.leader.style)
    return reasons_of(scenario, picked, baseline, metric, during if during[0] <= during[1] else None)


def _picked(wanted: Wanted, styles: Sequence[str]) -> list[str]:
    """The styles that the page begins with."""
    scenario = wanted.scenario
    if wanted.seen or wanted.styles:
        return list((wanted.seen.styles if wanted.seen else styles)[:MOST_STYLES])
    differ = len({(team.leader or scenario.leader).style for team in scenario.teams}) > 1
    own = [name for name in style_names(scenario) if name in scenario.styles]
    return [*FIRST_STYLES, *own[: MOST_STYLES - len(FIRST_STYLES) - 1], *([AS_IS] if differ else [])]


def _plain(group: Group, prefix: str, sizes: set[str]) -> dict[str, Any]:
    found = plain(group, prefix)
    for one in found["controls"]:
        one["whole"] = not sizes.isdisjoint(one["names"])
        if one["kind"] == "mix":
            one["parts"] = [said(level) for level in LEVELS]
    return found


def _components(wanted: Wanted) -> list[str]:
    return [f"{name}: {component(CHART.parent / path)}" for name, path in _files(wanted).items()]


def _words(wanted: Wanted) -> dict[str, str]:
    """What the page and its components say, in its language."""
    files = [CHART.parent / path for path in _files(wanted).values()]
    return dictionary_of([HERE / "link.js", HERE / "page.js", *files], wanted.language)


def _files(wanted: Wanted) -> dict[str, str]:
    """The files of the components, by what page.js calls them."""
    paths = {
        "controls": "compare/controls.vue", "results": "compare/results.vue", "figures": "compare/figures.vue",
        "select": "select.vue", "shell": "shell.vue", "keep": "tab/keep.vue", "chart": "chart/chart.vue",
    }  # fmt: skip
    if wanted.why:
        paths["why"] = "compare/why.vue"
    if wanted.lesson is not None:
        paths |= {"lesson": "tab/lesson.vue", "guess": "learn/guess.vue"}
    return paths


SPEAKING = body_of(CHART.parent / "speaking.js")
"""An expression in JavaScript: the methods that say texts."""


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _json(data: Any) -> str:
    """Data as a text that can stand in a script: nothing in it ends the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
