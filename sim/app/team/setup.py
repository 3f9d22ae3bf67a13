"""What is run on the page One team, and the link that shows it again; links are typed by strangers and are checked."""

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from sim.app.address import asked_for
from sim.model.build import AS_IS
from sim.scenario.load import load_scenario, scenario_names
from sim.scenario.styles import style_names

LARGEST_SEED = 999_999
LARGEST_REPLICATION = 9_999
LARGEST_WEEK = 9_999_999
"""Later than any run lasts: of a week after the last one, the page shows the last one."""


@dataclass(frozen=True)
class Setup:
    """A single run: a shipped scenario, a style, and its luck; and the week in which it is looked at."""

    scenario: str = "everyday"
    style: str = AS_IS
    seed: int = 1
    replication: int = 0
    week: int = 0

    @property
    def command(self) -> str:
        """What gives the same run, and those before it, on the command line."""
        style = f"--style {self.style}"
        luck = f"--seed {self.seed} --replications {self.replication + 1}"
        return f"teamsim compare {self.scenario} {style} {luck} --csv run.csv"


def read(search: str) -> tuple[Setup, str]:
    """The run that an address asks for, and what of it could not be followed, in words; nothing if all could."""
    asked = asked_for(search)
    setup, faults = Setup(), []
    scenario = asked.get("scenario", setup.scenario)
    if scenario not in scenario_names():
        faults.append("the scenario")
        scenario = setup.scenario
    style = asked.get("style", setup.style)
    if style not in (AS_IS, *style_names(load_scenario(scenario))):
        faults.append("the style")
        style = setup.style
    numbers = {}
    for name, largest in (("seed", LARGEST_SEED), ("replication", LARGEST_REPLICATION), ("week", LARGEST_WEEK)):
        numbers[name] = getattr(setup, name)
        if name in asked:
            if asked[name].isascii() and asked[name].isdigit() and len(asked[name]) < 8 and int(asked[name]) <= largest:
                numbers[name] = int(asked[name])
            else:
                faults.append(f"the {name}")
    said = f"The link asks for something that there is not ({', '.join(faults)}); the usual is shown." if faults else ""
    return Setup(scenario, style, **numbers), said


def write(setup: Setup) -> str:
    """The part of an address after the question mark that gives this run again; the first day goes without saying."""
    asked = {field.name: getattr(setup, field.name) for field in fields(setup)}
    return urlencode({name: value for name, value in asked.items() if name != "week" or value})
