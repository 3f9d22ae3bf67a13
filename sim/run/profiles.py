"""What a style's name may stand for: leaders of one style differ, so a style is a distribution of profiles.

The profile that a file gives is the middle of it. Nobody has measured what "democratic" is on thirteen scales, and two
leaders who are both called so do not lead alike; a conclusion about a style has to hold over that, too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.style_definition import StyleDefinition
from sim.scenario.styles import COMPARED, Row, builtin_styles, resolve

type Floats = NDArray[np.float64]

OWN = 0.6
"""Spread of a leader's own behaviour around the style, as a share of the spread between the styles. Assumed: styles are
no types that leaders fall into, so that leaders of one kind differ by at least half as much as kinds do."""


@cache
def style_vectors() -> Floats:
    """The styles that are compared as behaviour toward a person of unknown level: (styles, 13)."""
    constant = [name for name in COMPARED if builtin_styles()[name].behaviour is not None]
    return np.array([resolve(name, {}).stages[0].levels[0] for name in constant])


@cache
def spread() -> Floats:
    """Standard deviation of leaders of one kind in each of the thirteen behaviours: (13,)."""
    between: Floats = OWN * style_vectors().std(axis=0)
    return between


@dataclass(frozen=True, slots=True)
class Profiles:
    """One draw of what every name stands for.

    A name has one profile in a draw, wherever it is met: S1 by itself is the S1 of situational leading, and the stage
    of a schedule is the style that it names. Profiles of different names are drawn independently, since what is in
    doubt is what each name stands for. What a style makes of others (a blend, a schedule, a style by level) follows
    from theirs; what `based_on` departs in stays as it is written.

    Args:
        seed: of all draws.
        number: of this one, 0 or more.
        held: names that are known better, each with the seed and the number of the draw that it keeps.
    """

    seed: int
    number: int
    held: tuple[tuple[str, int, int], ...] = ()

    def __call__(self, name: str, row: Row) -> Row:
        """The profile of a style in this draw, in place of the one that is written: within 0 and 1."""
        seed, number = next((draw for held, *draw in self.held if held == name), (self.seed, self.number))
        drawn = np.clip(np.array(row) + spread() * _departure(seed, number, name), 0.0, 1.0)
        return tuple(map(float, drawn))

    def definitions(self, own: Mapping[str, StyleDefinition]) -> dict[str, StyleDefinition]:
        """A scenario's own styles and the built-in ones as they are in this draw, in the place of the own ones."""
        return {
            name: style if style.behaviour is None or style.based_on else self._drawn(name, style)
            for name, style in {**builtin_styles(), **own}.items()
        }

    def _drawn(self, name: str, style: StyleDefinition) -> StyleDefinition:
        written = style.behaviour or {}
        row = self(name, tuple(written[behaviour] for behaviour in BEHAVIOURS))
        return style.model_copy(update={"behaviour": dict(zip(BEHAVIOURS, row, strict=True))})


@lru_cache(maxsize=4096)
def _departure(seed: int, number: int, name: str) -> Floats:
    """How far the leaders whom a name stands for are from what is written, in standard deviations: (13,)."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), np.uint32)
    rng = np.random.default_rng([seed, _STREAM, number, *map(int, words)])
    return rng.standard_normal(len(spread()))


def names_within(name: str, own: Mapping[str, StyleDefinition]) -> set[str]:
    """The names with a profile of their own that a style is made of; itself, where it has one."""
    style = {**builtin_styles(), **own}[name]
    if style.behaviour is not None:
        return {name} if style.based_on is None else names_within(style.based_on, own)
    parts = [*(style.by_level or {}).values(), *(style.blend or {}), *(one.style for one in style.schedule or ())]
    return set().union(*(names_within(part, own) for part in parts))


_STREAM = 0x70726F66
"""Keeps these draws apart from whatever else begins with the same seed."""
