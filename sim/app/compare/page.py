"""The layout of the page Compare. `sim.app.compare.controller` handles what a visitor does on it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import solara
from solara.alias import rv

from sim.analysis.paired import default_baseline
from sim.analysis.summary import HEADLINE
from sim.app.charts import Chart
from sim.app.compare.asking import event_in_words, events_asked_about, weeks_in_words
from sim.app.compare.controller import Controller, styles_for
from sim.app.compare.controls import LEVELS, Control, Group, hint_of, plain
from sim.app.compare.link import as_command, to_address, to_query
from sim.app.compare.reporting import forms
from sim.app.compare.runs import OVER_TIME
from sim.app.compare.setting import FIRST, LARGEST_UPLOAD, MOST_STYLES, REPLICATIONS, Changes, Job, Setting, prepared
from sim.app.compare.trying import trial_for
from sim.app.compare.why import Why
from sim.app.component import component_vue
from sim.app.language import spoken_by_visitor
from sim.app.looks import look_of
from sim.app.select import Select
from sim.app.session import use_session
from sim.app.team.timeline import beginning_of
from sim.app.vue_files import as_text
from sim.model.build import AS_IS
from sim.model.engine import MAX_WEEKS, needs_compiling
from sim.model.metrics import METRIC_NAMES
from sim.scenario.load import scenario_names, shipped_scenario
from sim.scenario.problems import InputError
from sim.view.language import english, said, spoken
from sim.view.sentences import called, shown_unit, title_of
from sim.view.texts import paragraphs
from sim.view.theme import looks

INTERVALS = english("Bands and ellipses: 95% confidence intervals of the mean.")

HEIGHT, LOW = 230, 140
"""Height of each chart in pixels, on a wide page and on a phone."""


@component_vue("controls.vue")
def _Controls(
    revision: int,
    fixed: str,
    baseline: str,
    run: dict[str, int],
    replications: list[int],
    most_styles: int,
    answered: int,
    event_change: Callable[[Any], None],
) -> None:
    """All controls of a scenario; `fixed` is the text of what `_fixed` returns."""


@component_vue("results.vue")
def _Results(
    notes: list[str],
    problem: str,
    verdict: str,
    strips: str,
    trial: str,
    asked_about: str,
    between: str,
    through: str,
    most_changed: dict[str, str] | None,
    patience: str,
    compared: str,
    changes: list[dict[str, str]],
    same: bool,
    pinned: bool,
    event_act: Callable[[Any], None],
    event_why: Callable[[Any], None],
) -> None:
    """The result in a line, in rankings (given as a text) and in sentences, the changes, and one to try."""


@component_vue("share.vue")
def _Share(
    link: str,
    query: str,
    command: str,
    file: dict[str, str],
    largest: int,
    has_address: bool,
    event_ask: Callable[[Any], None],
) -> None:
    """Open and save a scenario; copy the link and the command."""


@component_vue("figures.vue")
def _Figures(figures: str, event_why: Callable[[Any], None]) -> None:
    """A table of all headline figures, given as a text; beside each difference, a question."""


@component_vue("happens.vue")
def _Happens(happenings: list[dict[str, Any]], event_why: Callable[[Any], None]) -> None:
    """What happens in the scenario, week by week; beside each event, a question."""


@component_vue("report.vue")
def _Report(
    forms: list[dict[str, str]],
    percent: int | None,
    problem: str,
    file: dict[str, str],
    event_ask: Callable[[Any], None],
) -> None:
    """Make a report, and show its progress."""


@solara.component
def Compare() -> None:
    """The whole page."""
    controller = use_session().controller
    router = solara.use_router()
    has_address = router.set_path is not None
    query = router.search or "" if has_address else None
    solara.use_effect(lambda: controller.visit(query), [query])
    language = spoken_by_visitor()
    solara.use_effect(lambda: controller.speak(language), [language])
    with rv.Html(tag="div", class_="ts-compare"):
        _Asking(controller)
        _Panel(controller)
        with rv.Html(tag="div", class_="ts-results"):
            with rv.Html(tag="div", class_="ts-watch"):
                _Sentences(controller)
                _Charts(controller)
            _Numbers(controller)
            _Sharing(controller, has_address)
            _Reporting(controller)


@solara.component
def _Asking(controller: Controller) -> None:
    """The scenario, asked as a question."""
    start = controller.start.value
    shipped = [shipped_scenario(name) for name in scenario_names()]
    options = [{"value": one.name, "text": said(one.question)} for one in shipped]
    own = bool(start.setting.own)
    if own:
        options.insert(0, {"value": "", "text": said("{question} (your file)", question=start.scenario.question)})
    about = " ".join(paragraphs(start.scenario.description))
    with rv.Html(tag="div", class_="ts-asking"):
        rv.Html(tag="h1", children=[said("Compare leadership styles")])
        Select(
            label=said("The question"),
            options=options,
            value="" if own else start.setting.scenario,
            event_choose=lambda name: controller.act({"kind": "scenario", "name": name}),
        )
        rv.Html(tag="p", class_="ts-situation", children=[f"{said(start.scenario.title)}. {said(about)}"])


@solara.component
def _Panel(controller: Controller) -> None:
    start = controller.start.value
    settled = controller.settled.value
    answered = controller.shown.value.ask
    fixed = solara.use_memo(lambda: as_text(_fixed(controller)), [start.revision, spoken_by_visitor()])
    scenario = start.scenario
    run = {
        "replications": settled.replications,
        "weeks": scenario.run.weeks if settled.weeks is None else settled.weeks,
        "seed": scenario.run.seed if settled.seed is None else settled.seed,
        "fewest": max([1, *(event.week for event in scenario.events)]),
        "most": MAX_WEEKS,
    }
    _Controls(
        revision=start.revision,
        fixed=fixed,
        baseline=settled.baseline or default_baseline(settled.styles, scenario.leader.style),
        run=run,
        replications=list(REPLICATIONS),
        most_styles=MOST_STYLES,
        answered=answered,
        event_change=controller.change,
    )


def _fixed(controller: Controller) -> dict[str, Any]:
    """What the controls get only when they start again, or when somebody comes back to the page."""
    start, now = controller.start.value, controller.now
    values = {
        name: base
        for group in start.groups
        for control in group.controls
        for name, base in zip(control.names, _bases(control), strict=True)
    }
    known = styles_for(start.scenario)
    found = looks(list(known))
    return {
        "groups": [
            {**plain(group, str(place)), "controls": [_control(one) for one in plain(group, str(place))["controls"]]}
            for place, group in enumerate(start.groups)
        ],
        "start": {**values, **now.changes},
        "styles": [
            {
                "name": name,
                "label": called(name),
                "way": hint_of(name, description),
                "description": description,
                **look_of(found[name]),
            }
            for name, description in known.items()
        ],
        "picked": list(now.styles),
    }


def _control(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "parts": [said(level) for level in LEVELS]} if one["kind"] == "mix" else one


def _bases(control: Control) -> tuple[float, ...]:
    return control.base if control.kind == "mix" else control.base * len(control.names)


@solara.component
def _Sentences(controller: Controller) -> None:
    shown, setting = controller.shown.value, controller.setting.value
    answer = shown.answer
    if needs_compiling():
        patience = said("The model is compiled for this machine. This takes some seconds and happens once ...")
    else:
        patience = said("Running the first comparison ...")
    _Results(
        notes=list(controller.notes.value),
        problem=shown.problem,
        verdict=answer.verdict if answer else "",
        strips=as_text({"rows": answer.strips if answer else (), "baseline": answer.job.baseline if answer else ""}),
        trial=said(trial_for(controller.start.value.scenario).question),
        asked_about="" if answer is None or answer.job.focus is None else _weeks_in_words(*answer.job.focus),
        between=answer.between_styles if answer else "",
        through=answer.through_change if answer else "",
        most_changed=_named(answer.most_changed) if answer else None,
        patience=patience,
        compared=" ".join(filter(None, [answer.so_far if answer else "", _compared(setting)])),
        changes=list(_changes(setting, controller.start.value.groups)),
        same=setting.changes == setting.pinned,
        pinned=bool(setting.pinned),
        event_act=controller.act,
        event_why=controller.why,
    )


def _named(most: tuple[str, str] | None) -> dict[str, str] | None:
    return None if most is None else dict(zip(("metric", "style"), most, strict=True))


def _weeks_in_words(first: int, last: int) -> str:
    return said("Shaded blue: weeks {first} to {last}, which the question is about.", first=str(first), last=str(last))


def _compared(setting: Setting) -> str:
    if setting.changes == setting.pinned:
        return (
            said("You have pinned what you see now.")
            if setting.pinned
            else said("Nothing is changed. Move a slider: the model then runs all weeks again.")
        )
    if setting.pinned:
        return said("Dotted lines: the pinned situation. Changed:")
    return said("Dotted lines: the scenario without changes. Changed:")


def _changes(setting: Setting, groups: Sequence[Group]) -> Iterator[dict[str, str]]:
    """The differences to the pinned situation. Some numbers have two sliders and are listed once."""
    listed: set[str] = set()
    for g, group in enumerate(groups):
        for c, control in enumerate(group.controls):
            was, now = (_values(control, changes) for changes in (setting.pinned, setting.changes))
            if was != now and not listed.intersection(control.names):
                listed.update(control.names)
                yield {
                    "id": f"{g}-{c}",
                    "text": f"{said(control.label)} {_in_words(control, was)} → {_in_words(control, now)}",
                }


def _values(control: Control, changes: Changes) -> list[float]:
    return [changes.get(name, base) for name, base in zip(control.names, _bases(control), strict=True)]


def _in_words(control: Control, values: Sequence[float]) -> str:
    if control.kind == "mix":
        return "/".join(f"{100 * value:.0f}" for value in values) + " %"
    return spoken().digits(f"{values[0]:.4g}")


@solara.component
def _Charts(controller: Controller) -> None:
    answer = controller.shown.value.answer
    if answer is None:
        rv.Html(tag="div", class_="ts-charts ts-empty")
        return
    morale, output, third = answer.courses
    with rv.Html(tag="div", class_="ts-charts"):
        for spec in (morale, output):
            with rv.Html(tag="div", class_="ts-card"):
                Chart(spec=spec, height=HEIGHT, low=LOW)
        with rv.Html(tag="div", class_="ts-card"):
            _Third(controller)
            Chart(spec=third, height=HEIGHT, low=LOW)
        with rv.Html(tag="div", class_="ts-card"):
            Chart(spec=answer.trade_off, height=HEIGHT + 36, low=LOW)


@solara.component
def _Numbers(controller: Controller) -> None:
    answer = controller.shown.value.answer
    if answer is None:
        return
    with rv.Html(tag="div", class_="ts-numbers"):
        _Explaining(controller)
        _Happens(happenings=_events(answer.job), event_why=controller.why)
        _Figures(figures=as_text(answer.table), event_why=controller.why)
        rv.Html(tag="p", class_="ts-faint ts-small ts-about", children=[f"{answer.about}. {said(INTERVALS)}"])


@solara.component
def _Explaining(controller: Controller) -> None:
    answer = controller.shown.value.answer
    if answer is None:
        return
    job = answer.job
    metrics = dict.fromkeys((*OVER_TIME, job.metric, *HEADLINE))
    Why(controller.explainer, controller.subjects, list(metrics), job.styles, job.baseline, controller.why)


def _events(job: Job) -> list[dict[str, Any]]:
    """The events that can be asked about, with what is asked at first."""
    return [
        {
            "what": what, "week": event.week, "when": weeks_in_words(event), "name": event_in_words(event),
            "text": beginning_of(event, AS_IS in job.styles), "metric": OVER_TIME[0], "style": job.baseline,
        }
        for what, event in events_asked_about(job)
    ]  # fmt: skip


@solara.component
def _Third(controller: Controller) -> None:
    """The choice of the third chart. It has a component of its own, so that a choice does not draw all charts again."""
    Select(
        label=said("Third chart"),
        options=[{"value": name, "text": f"{title_of(name)} ({shown_unit(name)})"} for name in METRIC_NAMES],
        value=controller.settled.value.metric,
        event_choose=lambda name: controller.change({"kind": "metric", "value": name, "final": True}),
        help_text=said("One of the {many} metrics that the model measures every week.", many=len(METRIC_NAMES)),
    )


@solara.component
def _Sharing(controller: Controller, has_address: bool) -> None:
    setting = controller.settled.value
    link = to_query(setting)
    try:
        prepared(setting)
        command = as_command(setting)
    except InputError:
        command = ""
    is_start = setting == Setting(scenario=FIRST)
    _Share(
        link=link or ("start" if is_start else ""),
        query=to_address(setting),
        command=command,
        file=controller.file.value,
        largest=LARGEST_UPLOAD,
        has_address=has_address,
        event_ask=controller.act,
    )


@solara.component
def _Reporting(controller: Controller) -> None:
    progress = controller.reporter.progress.value
    listed = [{"ending": ending, "name": said(name)} for ending, name in forms().items()]
    _Report(
        forms=listed,
        percent=progress.percent,
        problem=progress.problem,
        file=progress.file,
        event_ask=controller.report,
    )
