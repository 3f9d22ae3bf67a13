"""The numbers of a style: a row of thirteen behaviours for each development level and stage."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.app.profile_rows import stage_names
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.styles import StyleDefinition, builtin_styles, resolve


class Stage(NamedTuple):
    """A stage of a style: its name, when it applies, the name of the row for each level, and the rows."""

    name: str
    when: str
    rows: tuple[str, str, str, str]
    behaviour: tuple[tuple[float, ...], ...]  # (4 levels, 13 behaviours), in the order of BEHAVIOURS

    @property
    def same_for_all(self) -> bool:
        """Whether the behaviour is the same for all levels."""
        return len(set(self.behaviour)) == 1


class Profile(NamedTuple):
    """A style with its description and its stages."""

    name: str
    description: str
    stages: tuple[Stage, ...]

    @property
    def fixed(self) -> bool:
        """Whether the style is one row of thirteen numbers for everybody and all the time."""
        return len(self.stages) == 1 and self.stages[0].same_for_all


def profile(name: str, own: Mapping[str, StyleDefinition]) -> Profile:
    """The profile of a built-in style, or of one of `own`.

    Raises:
        InputError: there is no such style, or it is not valid.
    """
    policy = resolve(name, own)
    stages = tuple(
        Stage(*names, stage.levels) for names, stage in zip(stage_names(name, own), policy.stages, strict=True)
    )
    return Profile(name, {**own, **builtin_styles()}[name].description, stages)


def first_row(name: str, own: Mapping[str, StyleDefinition]) -> dict[str, float]:
    """The first values of the sliders: the first stage of the style, as a mean over the four levels."""
    levels = profile(name, own).stages[0].behaviour
    return {behaviour: sum(row[place] for row in levels) / 4 for place, behaviour in enumerate(BEHAVIOURS)}
