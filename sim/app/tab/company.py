"""The company of a page in numbers, and what each control of the page changes in them."""

from collections.abc import Sequence
from typing import Any

from sim.app.compare.controls import Control, Group
from sim.model.build import Blueprint
from sim.run.tab.company import company_of
from sim.run.tab.controls import effects_of, with_all_practices
from sim.scenario import parameters
from sim.scenario.events import Layoff
from sim.scenario.paths import PRACTICES
from sim.scenario.schema import Scenario
from sim.scenario.sections import USUAL_MIX

PARTS = ("leaders", "teams", "company", "companyBefore", "practices", "parameters", "diversity")


def company_with(scenario: Scenario, styles: Sequence[str], known: Sequence[Group]) -> tuple[dict[str, Any], set[str]]:
    """The company in numbers with what each control changes in them, and names whose controls have to be left out."""
    controls = {name: control for group in known for control in group.controls for name in control.names}
    whole = with_all_practices(scenario, list(controls))
    blueprint = Blueprint(whole)
    timetable = blueprint.timetable(styles)
    numbers = company_of(blueprint, timetable)
    sizes, mix = sizes_of(scenario), [name for name, one in controls.items() if one.kind == "mix"]
    effects, left_out = {}, set[str]()
    for name, control in controls.items():
        if control.kind == "mix":
            continue
        if name in sizes:
            if _shared_out(scenario):
                left_out.add(name)
            continue
        if name in parameters.BY_NAME:
            place = list(parameters.BY_NAME).index(name)
            now = numbers["parameters"][place]
            effects[name] = {"start": now, "neutral": now, "changes": [["parameters", place, None]]}
            continue
        neutral, changes = effects_of(whole, timetable, [name], _tried(name, control))
        # A slider that sets several leaders stands at the first one's value; unmoved, each keeps their own.
        start = control.base[0] if name.startswith(f"{PRACTICES}.") else neutral
        effects[name] = {"start": start, "neutral": neutral, "changes": [list(one) for one in changes]}
    teams = None if scenario.employees.people else [
        {
            "name": f"teams.{team.name}.size", "size": team.size, "room": blueprint.team_sizes[t] - team.size,
            "mix": list((team.mix or scenario.employees.mix or USUAL_MIX).shares),
        }
        for t, team in enumerate(scenario.teams)
    ]  # fmt: skip
    found = {
        "numbers": numbers,
        "parts": PARTS,
        "effects": effects,
        "teams": teams,
        "styles": list(styles),
        "seed": scenario.run.seed,
    }
    return {**found, "mix": mix or None}, left_out


def _tried(name: str, control: Control) -> tuple[float, ...]:
    if name.startswith(f"{PRACTICES}."):  # at 0 there is no such practice
        return 0.25, 0.5, 1.0
    return control.low, (control.low + 2 * control.high) / 3, control.high


def sizes_of(scenario: Scenario) -> set[str]:
    """Names of the numbers that are sizes of teams."""
    return {f"teams.{team.name}.size" for team in scenario.teams}


def _shared_out(scenario: Scenario) -> bool:
    """Whether a layoff is shared out over teams by their sizes, which then cannot be changed in the page."""
    return len(scenario.teams) > 1 and any(isinstance(e, Layoff) and e.team is None for e in scenario.events)
