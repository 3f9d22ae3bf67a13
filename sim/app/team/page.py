"""The page One team: the visitor chooses a run and plays it week by week."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import solara
from solara.alias import rv

from sim.app import form
from sim.app.address import use_address
from sim.app.charts import Chart
from sim.app.compare.asking import Asked, event_in_words, events_asked_about, subjects
from sim.app.compare.explaining import MOST_REPLICATIONS, Explainer
from sim.app.compare.setting import Job
from sim.app.compare.why import Why
from sim.app.component import component_vue
from sim.app.language import spoken_by_visitor
from sim.app.plain_text import complain, page_body, say, wait
from sim.app.team import history
from sim.app.team import setup as setups
from sim.app.team.setup import Setup
from sim.app.team.story import Story, same_as_engine, tell
from sim.app.team.timeline import beginning_of
from sim.model.build import AS_IS
from sim.model.metrics import BY_NAME
from sim.scenario.load import scenario_names, shipped_scenario
from sim.scenario.problems import InputError
from sim.scenario.styles import style_names
from sim.view.language import english, said
from sim.view.sentences import called, shown_unit, title_of

SHOWN = ("morale", "output", "commitment", "competence", "decision_delay")
"""The metrics of the company that are shown above the people."""

INTRODUCTION = english(
    "One company, one leadership style, one case of luck. Only many runs show what is typical and what was chance: "
    "see Compare."
)

LEVEL_WORDS = (
    english("enthusiastic beginner: little competence, much commitment"),
    english("disillusioned learner: some competence, little commitment"),
    english("capable but cautious: good competence, changing commitment"),
    english("self-reliant achiever: much competence, much commitment"),
)
AGREE = english(
    "The people above are Mesa agents. The engine of the page Compare gives exactly the same {metrics} metrics in"
    " {weeks} weeks."
)

READINESS_WORDS = (
    english("unable and unwilling"),
    english("unable but willing"),
    english("able but unwilling"),
    english("able and willing"),
)


@component_vue("team.vue")
def _Player(
    story: Story,
    asked: list[dict[str, Any]],
    first_week: int,
    has_address: bool,
    selected: int | None,
    event_choose: Callable[[int], None],
    event_why: Callable[[Any], None],
) -> None:
    """Plays the weeks in the browser, from `first_week` on. The address bar keeps the week that is shown.

    `asked` has the events that can be asked about.
    """


@component_vue("history.vue")
def _Happened(name: str, happened: list[tuple[int, str]], mistaken: list[dict[str, Any]]) -> None:
    """The events of one person until the week that the player shows."""


@component_vue("moved.vue")
def _Moved(name: str, moved: list[list[Any]]) -> None:
    """Why one person's morale moved in the week that the player shows."""


@solara.component
def OneTeam() -> None:
    """A single run with all its people."""
    address = use_address("team")
    setup, complaint = solara.use_memo(lambda: setups.read(address.search), [address.search])
    with page_body():
        say("h1", said("One team, week by week"))
        say("p", said(INTRODUCTION), style="max-width: none")

        def change(message: dict[str, Any]) -> None:
            address.go(f"/team?{setups.write(_changed(setup, message))}")

        form.Form(fields=_controls(setup), label=said("The run"), event_change=change)
        if complaint:
            complain(complaint)
        Run(setup, change).key("run")


@solara.component
def Run(setup: Setup, change: Callable[[dict[str, Any]], None]) -> None:
    """The chosen run, week by week."""
    # The week that is shown is not part of the run.
    run = dataclasses.replace(setup, week=0)
    telling = solara.lab.use_task(lambda: story_of(run), dependencies=[run, spoken_by_visitor()], raise_error=False)
    story, same = telling.value if telling.finished else (None, True)
    with solara.Div(classes=["ts-stack"]):
        if telling.error:
            problem = telling.exception
            complain(
                str(problem)
                if isinstance(problem, InputError)
                else said("The model could not make this run. Choose another one.")
            )
        elif story is None:
            wait(said("The model runs all weeks ..."))
        else:
            _Played(story, setup).key(setups.write(setup))
        _Researchers(setup, story, same, change).key("researchers")


@solara.component
def _Played(story: Story, setup: Setup) -> None:
    selected, choose = solara.use_state(None)
    explainer = solara.use_memo(Explainer, [])
    solara.use_effect(lambda: explainer.close, [])
    job = solara.use_memo(lambda: job_of(setup), [setup])
    has_address = solara.use_router().set_path is not None
    with solara.Div(classes=["ts-stack"]):
        played = solara.use_memo(lambda: {key: value for key, value in story.items() if key != "moved"}, [id(story)])
        _Player(
            story=played,
            asked=solara.use_memo(lambda: _asked(job), [setup]),
            first_week=setup.week,
            has_address=has_address,
            selected=selected,
            event_choose=choose,
            event_why=lambda message: ask(explainer, job, message),
        )
        Why(
            explainer, subjects(job, None), [*SHOWN, "turnover"], job.styles, job.baseline,
            lambda message: ask(explainer, job, message),
        )  # fmt: skip
        if isinstance(selected, int) and 0 <= selected < len(story["people"]):
            _History(story, selected).key(str(selected))


@solara.component
def _History(story: Story, chosen: int) -> None:
    """The history of one person. Weeks that were not played yet stay hidden."""
    person = story["people"][chosen]
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", said("What has happened to {name} so far", name=person["name"]))
        Chart(spec=solara.use_memo(lambda: history.chart(story, person), [chosen]))
        _Moved(name=person["name"], moved=story["moved"][chosen])
        _Happened(name=person["name"], happened=history.what_happened(story, person), mistaken=history.mistaken(person))


@solara.component
def _Researchers(setup: Setup, story: Story | None, same: bool, change: Callable[[dict[str, Any]], None]) -> None:
    """For researchers: the command of the run, and the check that both drivers of the model agree; closed at first."""
    if not same:
        complain(said("The engine of the page Compare has other numbers for this run. This is an error of the app."))
    with rv.Html(tag="details", class_="ts-card"):
        rv.Html(tag="summary", children=[said("For researchers: how to repeat this run")])
        seed = form.number(
            "seed", said("Seed"), setup.seed, 0, setups.LARGEST_SEED, help_text=said("another seed gives other luck")
        )
        form.Form(fields=[seed], label=said("Chance"), event_change=change)
        if story and same:
            agree = said(AGREE, metrics=len(story["metrics"]), weeks=story["weeks"])
            say("p", agree, data_same="true")
        say("p", said("The run is replication {number} of this command:", number=str(setup.replication)))
        say("pre", setup.command, tabindex="0")


def job_of(setup: Setup) -> Job:
    """The run with many others that differ from it in luck only, of which can be asked what events do."""
    scenario = shipped_scenario(setup.scenario)
    return Job(scenario, (setup.style,), setup.style, SHOWN[0], MOST_REPLICATIONS, scenario.run.weeks, setup.seed)


def _asked(job: Job) -> list[dict[str, Any]]:
    return [
        {
            "what": what,
            "week": event.week,
            "name": event_in_words(event),
            "text": beginning_of(event, AS_IS in job.styles),
        }
        for what, event in events_asked_about(job)
    ]


def ask(explainer: Explainer, job: Job, message: Any) -> None:
    """Say what an event does: {"kind": "why", "what": ..., "metric": ...}; anything else closes the answer."""
    if not isinstance(message, Mapping) or message.get("kind") != "why":
        explainer.forget()
        return
    what, metric = message.get("what"), message.get("metric", SHOWN[0])
    if what in [name for name, _ in events_asked_about(job)] and metric in BY_NAME:
        explainer.ask(job, Asked(str(what), str(metric), job.baseline))


def story_of(setup: Setup) -> tuple[Story, bool]:
    """The story of the run, and whether the engine gives the same numbers."""
    return _told_in(spoken_by_visitor(), setup)


@lru_cache(maxsize=8)
def _told_in(_language: str, setup: Setup) -> tuple[Story, bool]:
    """The story in the language of who asks; a class opens the same link, and who comes back asks again."""
    scenario = shipped_scenario(setup.scenario)
    story = tell(scenario, setup.style, setup.seed, setup.replication)
    shown = [
        {
            "name": name,
            "long_name": title_of(name),
            "unit": ""
            if BY_NAME[name].unit == "0-1"
            else "%"
            if BY_NAME[name].unit.startswith("%")
            else shown_unit(name),
            "places": 2 if BY_NAME[name].unit == "0-1" else 1 if BY_NAME[name].unit == "days" else 0,
        }
        for name in SHOWN
    ]
    words = LEVEL_WORDS if scenario.run.development_scheme == "slii" else READINESS_WORDS
    return {**story, "shown": shown, "level_words": [said(text) for text in words]}, same_as_engine(story, scenario)


def _controls(setup: Setup) -> list[form.Field]:
    scenario = shipped_scenario(setup.scenario)
    scenarios = [(name, said(shipped_scenario(name).question)) for name in scenario_names()]
    own = said("as it is now ({style})", style=called(scenario.leader.style))
    styles = [("as-is", own if len(scenario.teams) == 1 else said("as it is now"))]
    styles += [(name, called(name)) for name in style_names(scenario)]
    led = said("each leader: their own") if setup.style == "as-is" else said("for all leaders, all the time")
    return [
        form.choice("scenario", said("Situation"), setup.scenario, scenarios, said(scenario.title), wide=True),
        form.choice("style", said("Leadership style"), setup.style, styles, led),
        form.number("replication", said("Luck"), setup.replication, 0, setups.LARGEST_REPLICATION,
                      help_text=said("another number gives other luck")),
    ]  # fmt: skip


def _changed(setup: Setup, message: dict[str, Any]) -> Setup:
    """The setup with one changed value. A style that the new scenario does not know is replaced.

    Another run starts on its first day.
    """
    known = {field.name for field in dataclasses.fields(Setup)}
    values = {message["name"]: message["value"]} if message.get("name") in known else {}
    return setups.read(setups.write(dataclasses.replace(setup, **{**values, "week": 0})))[0]
