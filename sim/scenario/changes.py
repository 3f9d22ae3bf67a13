"""What somebody changes about a scenario, number by number: parameters, practices, and anything else that is a number.

A change is named by where the number stands: `market.urgency`, `leader.hours`, `teams.Sales.size` (see
`sim.scenario.uncertain`); the name of a parameter stands alone, and `practices.NAME` is how strongly a practice is
kept up, 0 to take it out.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.scenario.problems import InputError, shortened

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

PRACTICES = "practices."


def with_numbers(scenario: "Scenario", values: Mapping[str, float]) -> "Scenario":
    """The scenario with other numbers in some places.

    Args:
        scenario: any.
        values: by name, as above.

    Raises:
        InputError: no number, no such number, or a value that is not allowed there or does not go with the others.
    """
    from sim.scenario.load import with_parameters
    from sim.scenario.uncertain import with_values

    for name, value in values.items():
        if not math.isfinite(value):
            raise InputError(f"{shortened(name)}: got {value}; allowed is a number. Correct it.")
    parameters = {name: value for name, value in values.items() if "." not in name}
    practices = {name.removeprefix(PRACTICES): value for name, value in values.items() if name.startswith(PRACTICES)}
    numbers = {name: value for name, value in values.items() if "." in name and not name.startswith(PRACTICES)}
    if practices:
        scenario = _with_practices(scenario, practices)
    if numbers:
        scenario = with_values(scenario, numbers)
    return with_parameters(scenario, parameters) if parameters else scenario


def _with_practices(scenario: "Scenario", intensities: Mapping[str, float]) -> "Scenario":
    """A practice that the scenario has keeps its weeks; one that it has not is kept up from the first week on."""
    import sys

    from sim.scenario.load import scenario_from
    from sim.scenario.uncertain import without

    kept: list[dict[str, Any]] = []
    for entry in scenario.practices:
        value = intensities.get(entry.practice, entry.intensity)
        if value > 0 or entry.practice not in intensities:
            kept.append({**entry.model_dump(), "intensity": value})
    there = {entry.practice for entry in scenario.practices}
    kept += [
        {"practice": name, "intensity": value}
        for name, value in intensities.items()
        if name not in there and value != 0
    ]
    # Their places in the list move, so what was uncertain about one cannot be told any more.
    uncertain = without(scenario.uncertain, "practices")
    table = {**scenario.model_dump(), "practices": kept, "uncertain": uncertain}
    # The number of people has been checked before, perhaps against a limit of the caller's own.
    return scenario_from(table, source=scenario.name, max_people=sys.maxsize)
