"""The page One team: choose a run, and play it."""

import dataclasses
from collections.abc import Callable
from typing import Any

import solara
from solara.alias import rv

from sim.app import fields
from sim.app.address import use_address
from sim.app.charts import Chart
from sim.app.plain_text import complain, say, sheet, wait
from sim.app.team import history
from sim.app.team import setup as setups
from sim.app.team.setup import Setup
from sim.app.team.story import Story, same_as_engine, tell
from sim.model.metrics import BY_NAME
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.problems import InputError
from sim.scenario.styles import style_names

SHOWN = ("morale", "output", "commitment", "competence", "decision_delay")
"""The company's numbers beside the people."""

INTRODUCTION = (
    "One company, one way of leading, one piece of luck, with everybody in it. What is typical and what was chance, "
    "only many runs can tell: see Compare."
)

LEVEL_WORDS = (
    "enthusiastic beginner: little competence, much commitment",
    "disillusioned learner: some competence, little commitment",
    "capable but cautious: good competence, commitment up and down",
    "self-reliant achiever: much of both",
)
READINESS_WORDS = ("unable and unwilling", "unable but willing", "able but unwilling", "able and willing")


@solara.component_vue("team.vue", vuetify=False)
def _Player(
    story: Story, first_week: int, has_address: bool, selected: int | None, event_choose: Callable[[int], None]
) -> None:
    """The weeks, played in the browser, from `first_week` on; an address bar keeps the week in which they stop."""


@solara.component_vue("history.vue", vuetify=False)
def _Happened(name: str, happened: list[tuple[int, str]], mistaken: list[dict[str, Any]]) -> None:
    """What has happened to somebody until the week that the player shows."""


@solara.component
def OneTeam() -> None:
    """A single run, told person by person."""
    address = use_address("team")
    setup, complaint = solara.use_memo(lambda: setups.read(address.search), [address.search])
    with sheet():
        say("h1", "One team, week by week")
        say("p", INTRODUCTION, style="max-width: none")

        def change(moved: dict[str, Any]) -> None:
            address.go(f"/team?{setups.write(_changed(setup, moved))}")

        fields.Fields(fields=_controls(setup), label="What is run", event_change=change)
        if complaint:
            complain(complaint)
        Run(setup, change).key("run")


@solara.component
def Run(setup: Setup, change: Callable[[dict[str, Any]], None]) -> None:
    """The run that is chosen: what happened in it, week after week."""
    # The week in which a run is looked at does not make it another run.
    run = dataclasses.replace(setup, week=0)
    told = solara.lab.use_task(lambda: story_of(run), dependencies=[run], raise_error=False)
    story, same = told.value if told.finished else (None, True)
    with solara.Div(classes=["ts-stack"]):
        if told.error:
            problem = told.exception
            complain(
                str(problem) if isinstance(problem, InputError) else "This run could not be made. Choose another one."
            )
        elif story is None:
            wait("The company lives through its weeks ...")
        else:
            _Played(story, setup.week).key(setups.write(setup))
        _Researchers(setup, story, same, change).key("researchers")


@solara.component
def _Played(story: Story, first_week: int) -> None:
    selected, choose = solara.use_state(None)
    has_address = solara.use_router().set_path is not None
    with solara.Div(classes=["ts-stack"]):
        _Player(story=story, first_week=first_week, has_address=has_address, selected=selected, event_choose=choose)
        if isinstance(selected, int) and 0 <= selected < len(story["people"]):
            _History(story, selected).key(str(selected))


@solara.component
def _History(story: Story, chosen: int) -> None:
    """What has happened to one person; what was not played yet stays hidden."""
    person = story["people"][chosen]
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", f"What has happened to {person['name']} so far")
        Chart(spec=solara.use_memo(lambda: history.chart(story, person), [chosen]))
        _Happened(name=person["name"], happened=history.what_happened(story, person), mistaken=history.mistaken(person))


@solara.component
def _Researchers(setup: Setup, story: Story | None, same: bool, change: Callable[[dict[str, Any]], None]) -> None:
    """What the run is, how to have it again, and that the two drivers of the model agree on it; closed at first."""
    if not same:
        complain("The engine behind Compare gives other numbers for this run than the people above. That is a fault.")
    with rv.Html(tag="details", class_="ts-card"):
        rv.Html(tag="summary", children=["For researchers: the same run elsewhere"])
        seed = fields.number("seed", "Seed", setup.seed, 0, setups.LARGEST_SEED, help_text="where all chance starts")
        fields.Fields(fields=[seed], label="Chance", event_change=change)
        if story and same:
            numbers = f"{len(story['metrics'])} metrics in {story['weeks']} weeks"
            agree = f"The engine behind Compare, run beside them, gives the same {numbers}, to the last bit."
            say("p", f"The people above are Mesa agents. {agree}", data_same="true")
        say("p", f"The run is replication {setup.replication} of this command:")
        say("pre", setup.command, tabindex="0")


def story_of(setup: Setup) -> tuple[Story, bool]:
    """What happened in the run, and whether the engine says the same."""
    scenario = load_scenario(setup.scenario)
    story = tell(scenario, setup.style, setup.seed, setup.replication)
    shown = [
        {
            "name": name,
            "long_name": BY_NAME[name].long_name,
            "unit": ""
            if BY_NAME[name].unit == "0-1"
            else "%"
            if BY_NAME[name].unit.startswith("%")
            else BY_NAME[name].unit,
            "places": 2 if BY_NAME[name].unit == "0-1" else 1 if BY_NAME[name].unit == "days" else 0,
        }
        for name in SHOWN
    ]
    words = LEVEL_WORDS if scenario.run.development_scheme == "slii" else READINESS_WORDS
    return {**story, "shown": shown, "level_words": list(words)}, same_as_engine(story, scenario)


def _controls(setup: Setup) -> list[fields.Field]:
    scenario = load_scenario(setup.scenario)
    scenarios = [(name, load_scenario(name).question) for name in scenario_names()]
    styles = [("as-is", f"as it is now ({scenario.leader.style})" if len(scenario.teams) == 1 else "as it is now")]
    styles += [(name, name) for name in style_names(scenario)]
    return [
        fields.choice("scenario", "Situation", setup.scenario, scenarios, scenario.title, wide=True),
        fields.choice("style", "Way of leading", setup.style, styles,
                      "each leader's own" if setup.style == "as-is" else "for every leader, all the time"),
        fields.number("replication", "Luck", setup.replication, 0, setups.LARGEST_REPLICATION,
                      help_text="another number is other luck"),
    ]  # fmt: skip


def _changed(setup: Setup, moved: dict[str, Any]) -> Setup:
    """The setup with one value replaced; a style that another scenario does not know gives way.

    Another run begins on its first day.
    """
    known = {field.name for field in dataclasses.fields(Setup)}
    values = {moved["name"]: moved["value"]} if moved.get("name") in known else {}
    return setups.read(setups.write(dataclasses.replace(setup, **{**values, "week": 0})))[0]
