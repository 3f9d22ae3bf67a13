"""Leadership styles: turns a definition into a policy that the model can follow.

A style is a pattern of behaviour and nothing else. The built-in ones stand in styles.toml, in the format that a
scenario's own [styles.NAME] tables use, and they go through the same code.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.fields import Location
from sim.scenario.plugins import Plugin, merged, plugins
from sim.scenario.problems import InputError, shortened, shown_path, unknown
from sim.scenario.style_definition import LEVELS, NAME_PATTERN, StyleDefinition
from sim.scenario.toml_files import read_models

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

__all__ = [
    "COMPARED",
    "RESERVED",
    "Policy",
    "Stage",
    "StyleDefinition",
    "builtin_styles",
    "resolve",
    "style_faults",
    "style_names",
]  # fmt: skip

COMPARED = (
    "autocratic", "democratic", "laissez-faire", "transformational", "servant", "situational", "agile", "visionary",
    "mixed",
)  # fmt: skip
"""The styles that are compared unless the user asks for others."""

RESERVED = ("as-is",)
"""Names that results use for something else: 'as-is' is every leader in the leader's own style."""

DEEPEST = 50
"""Steps from a style to the styles that it is made of; nobody thinks in more."""

type Row = tuple[float, ...]
"""Thirteen behaviours in the order of BEHAVIOURS."""

type Levels = tuple[Row, Row, Row, Row]
"""What is done with people taken to be D1, D2, D3, D4."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a leader does as long as its conditions hold.

    It applies in the weeks `from_week` to `until_week`, both included, while last week's `observed` (one of
    OBSERVABLES) is `at_least` or `below` a number. `levels` holds four rows, for people taken to be D1, D2, D3, D4, of
    thirteen behaviours each, in the order of BEHAVIOURS.
    """

    from_week: int
    until_week: int | None
    observed: str | None
    at_least: float | None
    below: float | None
    levels: Levels


@dataclass(frozen=True, slots=True)
class Policy:
    """A style ready to be followed: of its stages, the last one whose conditions hold applies; the first always does.

    Two policies are equal if the behaviour is; the name is for people and takes no part in it.
    """

    name: str = field(compare=False)
    stages: tuple[Stage, ...]


def resolve(name: str, own: Mapping[str, StyleDefinition]) -> Policy:
    """The policy of the built-in style `name`, or of the one that a scenario defines for itself in `own`.

    Raises:
        InputError: no such style; a style that leads back to itself; a mixture of schedules.
    """
    try:
        return _Resolver(own).policy(name, (), ())
    except _UnresolvableError as error:
        where = ".".join(str(key) for key in error.where)
        raise InputError(f"{where}: {error.text}" if where else error.text) from None


def style_names(scenario: "Scenario") -> tuple[str, ...]:
    """Every style that can be named in this scenario: the built-in ones, then its own."""
    return (*builtin_styles(), *scenario.styles)


def style_faults(own: Mapping[str, StyleDefinition]) -> Iterator[tuple[Location, str]]:
    """What is wrong with a scenario's own styles, as places below `styles`, each of them once."""
    seen: set[Location] = set()
    for name in own:
        if name in builtin_styles():
            yield (name,), f'"{name}" is the name of a built-in style. Choose another name.'
        elif name in RESERVED:
            yield (name,), f'"{name}" is what results call every leader in the style of their own. Choose another name.'
        elif not re.fullmatch(NAME_PATTERN, name):
            yield (name,), f'"{shortened(name)}" cannot be a name: use letters, digits, _ and - only.'
        else:
            try:
                _Resolver(own).policy(name, (), ())
            except _UnresolvableError as error:
                if error.where not in seen:
                    seen.add(error.where)
                    yield error.where[1:], error.text


@cache
def builtin_styles() -> Mapping[str, StyleDefinition]:
    """The styles that come with the package, in the order of their file, and those of plug-ins."""
    own = read_models(Path(__file__).with_name("styles.toml"), StyleDefinition)
    return merged(own, "style", ((plugin, _styles_of(plugin)) for plugin in plugins()))


def _styles_of(plugin: Plugin) -> Mapping[str, StyleDefinition]:
    """The styles that a plug-in brings: they are made of one another and of those of the package.

    Raises:
        InputError: one that is not in order.
    """
    path = plugin.folder / "styles.toml"
    if not path.is_file():
        return {}
    found = read_models(path, StyleDefinition)
    for name in found:
        if name in RESERVED or not re.fullmatch(NAME_PATTERN, name):
            text = f'"{shortened(name)}" cannot be the name of a style: use letters, digits, _ and - only.'
            raise InputError(f"{shown_path(path)}: {text}")
    return found


class _UnresolvableError(Exception):
    def __init__(self, where: Location, text: str) -> None:
        super().__init__(text)
        self.where, self.text = where, text


class _Resolver:
    """Follows styles to the styles that they are made of, each of them once."""

    def __init__(self, own: Mapping[str, StyleDefinition]) -> None:
        self.styles = {**builtin_styles(), **own}  # a draw of what names stand for has profiles for built-in ones, too
        self.known: dict[str, Policy] = {}

    def policy(self, name: str, where: Location, path: tuple[str, ...]) -> Policy:
        """The policy of `name`, which stands at `where` and was reached through the styles of `path`."""
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            raise _UnresolvableError(where, f"the style leads back to itself: {circle}. Break the circle.")
        if len(path) == DEEPEST:
            raise _UnresolvableError(where, f"more than {DEEPEST} styles are built on one another. Use fewer steps.")
        if name not in self.styles:
            raise _UnresolvableError(where, unknown("style", name, self._names()))
        if name not in self.known:
            stages = self._stages(self.styles[name], ("styles", name), (*path, name))
            self.known[name] = Policy(name, tuple(stages))
        return self.known[name]

    def _stages(self, style: StyleDefinition, here: Location, path: tuple[str, ...]) -> Iterator[Stage]:
        if style.schedule is not None:
            for index, entry in enumerate(style.schedule):
                observed, at_least, below = entry.condition
                levels = self._levels(entry.style, (*here, "schedule", index, "style"), path)
                yield Stage(entry.from_week, entry.until_week, observed, at_least, below, levels)
        elif style.behaviour is not None and style.based_on is not None:
            for stage in self.policy(style.based_on, (*here, "based_on"), path).stages:
                yield replace(stage, levels=_four([_departing(row, style.behaviour) for row in stage.levels]))
        elif style.behaviour is not None:
            yield _always([tuple(style.behaviour[name] for name in BEHAVIOURS)] * 4)
        elif style.by_level is not None:
            named = [(style.by_level[level], (*here, "by_level", level)) for level in LEVELS]
            yield _always([self._levels(name, where, path)[level] for level, (name, where) in enumerate(named)])
        elif style.blend is not None:
            parts = [(weight, self._levels(name, (*here, "blend", name), path)) for name, weight in style.blend.items()]
            yield _always([_mixed([(weight, levels[level]) for weight, levels in parts]) for level in range(4)])

    def _levels(self, name: str, where: Location, path: tuple[str, ...]) -> Levels:
        """The four rows of a style that does not change with time."""
        stages = self.policy(name, where, path).stages
        if len(stages) > 1:
            text = f'"{name}" is a schedule, which can be neither mixed nor used by level or in another schedule. '
            raise _UnresolvableError(where, text + "Write one schedule, and mix inside its entries.")
        return stages[0].levels

    def _names(self) -> list[str]:
        return [*builtin_styles(), *(name for name in self.styles if name not in builtin_styles())]


def _departing(row: Row, behaviour: Mapping[str, float]) -> Row:
    return tuple(behaviour.get(name, usual) for name, usual in zip(BEHAVIOURS, row, strict=True))


def _mixed(parts: Sequence[tuple[float, Row]]) -> Row:
    """The weighted mean, column by column; exact sums make it independent of the order of the parts."""
    total = math.fsum(weight for weight, _ in parts)
    columns = range(len(BEHAVIOURS))
    return tuple(min(1.0, math.fsum(weight / total * row[column] for weight, row in parts)) for column in columns)


def _always(rows: Sequence[Row]) -> Stage:
    return Stage(from_week=1, until_week=None, observed=None, at_least=None, below=None, levels=_four(rows))


def _four(rows: Sequence[Row]) -> Levels:
    first, second, third, fourth = rows
    return first, second, third, fourth
