"""The page One team: choose a run, and play it."""

import dataclasses
from collections.abc import Callable
from typing import Any

import solara

from sim.app import fields
from sim.app.address import use_address
from sim.app.charts import Chart
from sim.app.team import history
from sim.app.team import setup as setups
from sim.app.team.setup import Setup
from sim.app.team.story import Story, same_as_engine, tell
from sim.app.words import complain, say, say_paragraphs, sheet, show_table, wait
from sim.model.metrics import BY_NAME
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.problems import InputError
from sim.scenario.styles import style_names

SHOWN = ("morale", "output", "commitment", "competence", "decision_delay")
"""The company's numbers beside the people."""

INTRODUCTION = """
One company, one way of leading, one piece of luck: a single run of the model, with everybody in it. It shows how things
come about. What is typical, and what was chance, only many runs can tell: see Compare.
"""

LEVEL_WORDS = (
    "enthusiastic beginner: little competence, much commitment",
    "disillusioned learner: some competence, little commitment",
    "capable but cautious: good competence, commitment up and down",
    "self-reliant achiever: much of both",
)
READINESS_WORDS = ("unable and unwilling", "unable but willing", "able but unwilling", "able and willing")


@solara.component_vue("team.vue", vuetify=False)
def _Player(story: Story, selected: int | None, event_choose: Callable[[int], None]) -> None:
    """The weeks, played in the browser."""


@solara.component
def OneTeam() -> None:
    """A single run, told person by person."""
    address = use_address("team")
    setup, complaint = solara.use_memo(lambda: setups.read(address.search), [address.search])
    with sheet():
        say("h1", "One team, week by week")
        say_paragraphs(INTRODUCTION)

        def change(moved: dict[str, Any]) -> None:
            address.go(f"/team?{setups.write(_changed(setup, moved))}")

        fields.Fields(fields=_controls(setup), label="What is run", event_change=change)
        if complaint:
            complain(complaint)
        _Run(setup).key(setups.write(setup))


@solara.component
def _Run(setup: Setup) -> None:
    selected, choose = solara.use_state(None)
    told = solara.lab.use_task(lambda: _told(setup), dependencies=[setup], raise_error=False)
    if told.error:
        problem = told.exception
        complain(str(problem) if isinstance(problem, InputError) else "This run could not be made. Choose another one.")
    elif told.value is None:
        wait("The company lives through its weeks ...")
    else:
        story, same = told.value
        _Player(story=story, selected=selected, event_choose=choose)
        if isinstance(selected, int) and 0 <= selected < len(story["people"]):
            _History(story, selected).key(str(selected))
        _Proof(setup, story, same)


@solara.component
def _History(story: Story, chosen: int) -> None:
    """Everything that happens to one person in the run, also in weeks that were not played yet."""
    person = story["people"][chosen]
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", f"{person['name']} from the first week to the last")
        Chart(spec=solara.use_memo(lambda: history.chart(story, person), [chosen]))
        rows = [(str(week), text) for week, text in history.what_happened(story, person)]
        show_table(f"What happens to {person['name']}", ("Week", person["name"]), rows, prose=True)


@solara.component
def _Proof(setup: Setup, story: Story, same: bool) -> None:
    """What the run is, how to have it again, and that the two drivers of the model agree on it."""
    numbers = f"{len(story['metrics'])} metrics in {story['weeks']} weeks"
    agree = (
        f"The people above are Mesa agents. The engine behind Compare was run beside them: its {numbers} are the same, "
        "to the last bit."
        if same
        else f"The engine behind Compare gave other numbers than the Mesa agents above ({numbers}). That is a fault."
    )
    say("h2", "The same run elsewhere")
    say("p", f"{agree} The run is replication {setup.replication} of this command:", data_same=str(same).lower())
    say("pre", setup.command, tabindex="0")


def _told(setup: Setup) -> tuple[Story, bool]:
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
        fields.choice("style", "Way of leading", setup.style, styles, "for every leader, all the time"),
        fields.number("replication", "Replication", setup.replication, 0, setups.LARGEST_REPLICATION,
                      help_text="another number is other luck: other people apply, other things happen"),
        fields.number("seed", "Seed", setup.seed, 0, setups.LARGEST_SEED, help_text="where all chance starts"),
    ]  # fmt: skip


def _changed(setup: Setup, moved: dict[str, Any]) -> Setup:
    """The setup with one value replaced; a style that another scenario does not know gives way."""
    known = {field.name for field in dataclasses.fields(Setup)}
    values = {moved["name"]: moved["value"]} if moved.get("name") in known else {}
    return setups.read(setups.write(dataclasses.replace(setup, **values)))[0]
