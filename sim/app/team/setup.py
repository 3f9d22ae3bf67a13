"""The run that the page One team shows, and its link. Links are checked, because anybody can type them."""

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from sim.app.address import asked_for
from sim.model.build import AS_IS
from sim.scenario.load import scenario_names, shipped_scenario
from sim.scenario.styles import style_names
from sim.view.language import english, said

LARGEST_SEED = 999_999
LARGEST_REPLICATION = 9_999
LARGEST_WEEK = 9_999_999
"""Longer than any run. For a week after the end, the page shows the last week."""


NUMBERS = {
    "seed": (english("the seed"), LARGEST_SEED),
    "replication": (english("the replication"), LARGEST_REPLICATION),
    "week": (english("the week"), LARGEST_WEEK),
}
"""Numbers in a link: what each is called, and the largest that it can be."""


@dataclass(frozen=True)
class Setup:
    """A single run (a shipped scenario, a style, a seed and a replication) and the week that is shown."""

    scenario: str = "everyday"
    style: str = AS_IS
    seed: int = 1
    replication: int = 0
    week: int = 0

    @property
    def command(self) -> str:
        """The command that makes the same run, and the runs before it."""
        style = f"--style {self.style}"
        luck = f"--seed {self.seed} --replications {self.replication + 1}"
        return f"teamsim compare {self.scenario} {style} {luck} --csv run.csv"


def read(search: str) -> tuple[Setup, str]:
    """The run that an address asks for, and a message about wrong values; the message is empty if there are none."""
    asked = asked_for(search)
    setup, faults = Setup(), []
    scenario = asked.get("scenario", setup.scenario)
    if scenario not in scenario_names():
        faults.append(said("the scenario"))
        scenario = setup.scenario
    style = asked.get("style", setup.style)
    if style not in (AS_IS, *style_names(shipped_scenario(scenario))):
        faults.append(said("the style"))
        style = setup.style
    numbers = {}
    for name, (_, largest) in NUMBERS.items():
        numbers[name] = getattr(setup, name)
        if name in asked:
            if asked[name].isascii() and asked[name].isdigit() and len(asked[name]) < 8 and int(asked[name]) <= largest:
                numbers[name] = int(asked[name])
            else:
                faults.append(said(NUMBERS[name][0]))
    text = said("The link has wrong values ({which}). The page shows the usual ones.", which=", ".join(faults))
    message = text if faults else ""
    return Setup(scenario, style, **numbers), message


def write(setup: Setup) -> str:
    """The part of an address after the question mark that shows this run again, without the week on the first day."""
    asked = {field.name: getattr(setup, field.name) for field in fields(setup)}
    return urlencode({name: value for name, value in asked.items() if name != "week" or value})
