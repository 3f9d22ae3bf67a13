"""The samples of firms that patterns are measured in: which firms, led how, for how long, and what happens to them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.practices import HOW_STRONGLY, practices
from sim.scenario.style_definition import StyleDefinition
from sim.study.firms import Firm, Sample, draw_firms, draw_leaders, run_firms, teams_of, vary, vector_of

if TYPE_CHECKING:
    from sim.analysis.patterns.world import World

type Floats = NDArray[np.float64]

HALF_A_YEAR, A_YEAR, WEEKS_A_MONTH = 26, 52, 52 / 12

ROLES = {"professional": 0.70, "service": 0.45, "clerical": 0.20}
"""Complexity of the work. Assumed."""

SHARED = ("population", "growing", *ROLES)
"""Samples that several patterns are measured in."""

AWAY_WEEKS = 2
LEWIN = ("democratic", "autocratic", "laissez-faire")
"""The leadership styles that Lewin, Lippitt & White (1939) compared."""

QUEUE = 1.2
"""Demand for service work where there is always a customer waiting."""

AI_INTENSITY = 0.8
"""How much is put into AI help, as in the shipped scenarios about it."""

BUNDLE = ("culture", "strategy")
"""The groups of practices that make up the bundle, each at its usual intensity."""

CRISIS_WEEKS = 8
FIRMS_A_BOSS, LIVES = 5, 8
"""Firms of a population for each leader who takes the same firm, and how often each does, with other luck each time."""

MOST_FIRMS = 60
"""Draws of firms that are kept: enough for the worlds that calibration goes back to."""

_FIRMS: dict[tuple[Any, ...], list[Firm]] = {}


def firms_like(count: int, seed: int, **how: Any) -> list[Firm]:
    """Firms, drawn once: calibration asks for the same ones again and again."""
    key = (count, seed, repr(sorted(how.items())))
    found = _FIRMS.get(key)
    if found is None:
        if len(_FIRMS) >= MOST_FIRMS:
            _FIRMS.clear()
        found = _FIRMS[key] = draw_firms(count, seed, **how)
    return found


def _run(world: "World", firms: list[Firm], behaviour: Floats, weeks: int) -> Sample:
    return run_firms(firms, behaviour, weeks, world.seed, world.parameters, world.workers)


def _led_by_all_kinds(world: "World", firms: list[Firm], purpose: int, weeks: int) -> Sample:
    return _run(world, firms, draw_leaders(teams_of(firms), world.rng(purpose))[None], weeks)


def _average_leader(teams: int) -> Floats:
    """Everybody leads as the average leader does: (teams, 13)."""
    return np.tile(draw_leaders(2000, np.random.default_rng(1)).mean(axis=0), (teams, 1))


def _led_like(world: "World", firms: list[Firm], styles: tuple[str, ...], purpose: int) -> Floats:
    """One arm a style, each leader with a spread of their own: (styles, teams, 13)."""
    arms = [np.tile(vector_of(style), (teams_of(firms), 1)) for style in styles]
    return np.stack([vary(arm, world.rng(purpose)) for arm in arms])


def _contrast(world: "World", firms: list[Firm], names: tuple[str, ...]) -> Floats:
    """One arm a leadership style from the file of patterns: (names, teams, 13)."""
    own = {name: StyleDefinition.model_validate(value) for name, value in world.contrasts.items()}
    return np.stack([np.tile(vector_of(name, own), (teams_of(firms), 1)) for name in names])


# --- Populations ------------------------------------------------------------------------------------------------------


def _population(world: "World") -> Sample:
    """All kinds of firms with all kinds of leaders."""
    return _led_by_all_kinds(world, firms_like(world.firms, world.seed), 1, world.weeks)


def _growing(world: "World") -> Sample:
    """The same with as many beginners as experts, for half a year from their first week, while there is much to learn.

    They need no weeks of running in: all that is not learned is in balance before the first week.
    """
    changes = {"employees": {"mix": {"d1": 0.25, "d2": 0.25, "d3": 0.25, "d4": 0.25}}}
    firms = firms_like(world.firms, world.seed, changes=changes)
    return _led_by_all_kinds(world, firms, 1, HALF_A_YEAR + 1)


def _four_years(world: "World") -> Sample:
    """A third of the firms, for four years."""
    return _led_by_all_kinds(world, firms_like(world.firms // 3, world.seed), 1, world.burn_in + 4 * A_YEAR)


def _participation(world: "World") -> Sample:
    """Leaders who differ in participation alone."""
    firms = firms_like(world.firms, world.seed)
    leaders = _average_leader(teams_of(firms))
    leaders[:, BEHAVIOURS.index("participation")] = world.rng(2).uniform(0.0, 0.95, len(leaders))
    return _run(world, firms, leaders[None], world.weeks)


def _shared(world: "World") -> Sample:
    """Leaders who differ alone in how much of what is decided they share with the team or leave to it."""
    firms = firms_like(world.firms, world.seed)
    leaders = _average_leader(teams_of(firms))
    rng = world.rng(5)
    given, together = rng.uniform(0.0, 0.95, len(leaders)), rng.uniform(0.2, 0.8, len(leaders))
    leaders[:, BEHAVIOURS.index("participation")] = given * together
    leaders[:, BEHAVIOURS.index("delegation")] = given * (1.0 - together)
    return _run(world, firms, leaders[None], world.weeks)


def _steady(world: "World") -> Sample:
    """The everyday business of twelve, to which nothing happens, under all kinds of leaders, from its first week on."""
    firms = firms_like(world.firms // 2, world.seed, size=(12, 12), conditions={})
    return _led_by_all_kinds(world, firms, 6, HALF_A_YEAR)


def _roles(role: str) -> Callable[["World"], Sample]:
    def run(world: "World") -> Sample:
        """Firms that take on people in the first week, in work of one complexity."""
        changes = {
            "market": {"complexity": ROLES[role]},
            "events": [{"event": "growth", "week": 1, "people": 3, "team": "Team 1"}],
        }
        firms = firms_like(world.firms // 4, world.seed, size=(10, 24), changes=changes)
        return _led_by_all_kinds(world, firms, 4, 104)

    return run


def _idle(world: "World") -> Sample:
    """Able people for whom there is no work in two years."""
    changes = {"employees": {"mix": {"d4": 1.0}}, "market": {"demand": 0.0}}
    firms = firms_like(world.firms // 8, world.seed, changes=changes)
    return _run(world, firms, _average_leader(teams_of(firms))[None], 2 * A_YEAR)


# --- The same firms, twice or more ------------------------------------------------------------------------------------


def _paired(world: "World") -> Sample:
    """The same firms under democratic and under autocratic leaders, each with a spread of their own."""
    firms = firms_like(world.firms, world.seed)
    return _run(world, firms, _led_like(world, firms, ("democratic", "autocratic"), 3), world.weeks)


def _novices(world: "World") -> Sample:
    """Teams of beginners under directive and under empowering leaders."""
    changes = {"employees": {"mix": {"d1": 1.0}}}
    firms = firms_like(world.firms // 5, world.seed, size=(5, 9), changes=changes)
    return _run(world, firms, _contrast(world, firms, ("directive", "empowering")), A_YEAR)


def _goals(world: "World") -> Sample:
    """The same firms under leaders who set hard and clear goals, and under leaders who set none."""
    firms = firms_like(world.firms // 3, world.seed)
    return _run(world, firms, _contrast(world, firms, ("goals", "no-goals")), world.weeks)


def _leaders(away: bool) -> Callable[["World"], Sample]:
    def run(world: "World") -> Sample:
        """The same firms under three leadership styles, with their leaders, or without them for the last two weeks."""
        weeks = world.burn_in + AWAY_WEEKS
        event = {"event": "leader_away", "week": world.burn_in + 1, "weeks": AWAY_WEEKS}
        firms = firms_like(world.firms // 5, world.seed, changes={"events": [event] if away else []})
        return _run(world, firms, _led_like(world, firms, LEWIN, 7), weeks)

    return run


def _service_work(ai: bool) -> Callable[["World"], Sample]:
    def run(world: "World") -> Sample:
        """Service work, and more of it than people can do, with AI help after the weeks of running in, or without.

        The published figures are of work done in an hour: there was always a customer waiting.
        """
        help_ = {"practice": "ai-assistance", "intensity": AI_INTENSITY, "from_week": world.burn_in + 1}
        changes = {"market": {"complexity": ROLES["service"], "demand": QUEUE}, "practices": [help_] if ai else []}
        firms = firms_like(world.firms // 3, world.seed, changes=changes)
        return _led_by_all_kinds(world, firms, 8, world.burn_in + HALF_A_YEAR)

    return run


def _bundle(practised: bool) -> Callable[["World"], Sample]:
    def run(world: "World") -> Sample:
        """Firms that take up all practices of culture and strategy after the weeks of running in, or none of them."""
        bundle = [
            {"practice": name, "intensity": HOW_STRONGLY, "from_week": world.burn_in + 1}
            for name, practice in practices().items()
            if practice.group in BUNDLE
        ]
        firms = firms_like(world.firms // 2, world.seed, changes={"practices": bundle if practised else []})
        return _led_by_all_kinds(world, firms, 9, world.burn_in + A_YEAR)

    return run


def _crisis(comes: bool) -> Callable[["World"], Sample]:
    def run(world: "World") -> Sample:
        """Firms that a crisis of eight weeks meets after the weeks of running in, as the shipped one is, or none."""
        event = {"event": "crisis", "week": world.burn_in + 1, "weeks": CRISIS_WEEKS, "urgency": 0.9, "decisions": 2.0}
        firms = firms_like(world.firms // 3, world.seed, changes={"events": [event] if comes else []})
        return _led_by_all_kinds(world, firms, 10, world.burn_in + CRISIS_WEEKS + A_YEAR)

    return run


def bosses(world: "World") -> Floats:
    """Output of one firm of nine under each of many leaders, the mean over its weeks and lives: (leaders,).

    Every leader meets the same people with the same luck.
    """
    firms = firms_like(world.firms // FIRMS_A_BOSS, world.seed, size=(9, 9), conditions={})
    behaviour = draw_leaders(len(firms), world.rng(11))
    output = []
    for firm, leader in zip(firms, behaviour, strict=True):
        sample = _run(world, [firm] * LIVES, np.tile(leader, (1, LIVES, 1)), world.weeks)
        output.append(sample.metric("output")[0, :, world.burn_in :].mean())
    return np.array(output)


SAMPLES: Mapping[str, Callable[["World"], Sample]] = {
    "population": _population,
    "growing": _growing,
    "four years": _four_years,
    "participation": _participation,
    "shared": _shared,
    "steady": _steady,
    "idle": _idle,
    "paired": _paired,
    "novices": _novices,
    "goals": _goals,
    "leaders there": _leaders(away=False),
    "leaders away": _leaders(away=True),
    "service without AI": _service_work(ai=False),
    "service with AI": _service_work(ai=True),
    "without practices": _bundle(practised=False),
    "with practices": _bundle(practised=True),
    "without crisis": _crisis(comes=False),
    "with crisis": _crisis(comes=True),
    **{role: _roles(role) for role in ROLES},
}
