"""The definition of a style in a file: what it may say, and checks of it by itself.

A style is a pattern of behaviour and nothing else. Whether the styles that it names exist is found out in styles.py.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, WithJsonSchema, model_validator

from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS, OBSERVABLES
from sim.scenario.fields import Faults, Section, Share, StyleName, Week
from sim.scenario.problems import listed, shortened, unknown

NAME_PATTERN = r"[A-Za-z0-9_-]+"
LEVELS = ("d1", "d2", "d3", "d4")

_WHEN = re.compile(rf"({NAME_PATTERN})\s*(>=|<)\s*(\d+(?:\.\d*)?|\.\d+)")
ABOVE_ONE = ("backlog", "headcount")
"""What a leader can go by that does not run from 0 to 1."""

_BEHAVIOUR_SCHEMA = WithJsonSchema(
    {
        "type": "object",
        "properties": {
            behaviour.name: {
                "type": "number", "minimum": 0, "maximum": 1, "unit": "share, 0-1", "description": behaviour.meaning
            }
            for behaviour in BEHAVIOUR_TABLE
        },
        "additionalProperties": False,
    }
)  # fmt: skip


class ScheduleEntry(Section):
    """One line of a schedule: a style, and when it applies."""

    style: StyleName = Field(description="the style that applies while the conditions of this entry hold")
    from_week: Week = Field(default=1, description="first week in which it may apply")
    until_week: Week | None = Field(default=None, description="last week in which it may apply; left out: the end")
    when: str | None = Field(
        default=None,
        description="a condition on last week, such as 'competence >= 0.7' or 'urgency < 0.5'; one of "
        f"{', '.join(OBSERVABLES)}, then >= or <, then a number",
    )

    @model_validator(mode="after")
    def _can_apply(self) -> Self:
        faults = Faults()
        if self.until_week is not None and self.until_week < self.from_week:
            text = f"got {self.until_week}, before from_week = {self.from_week}. Use a later week, or leave it out."
            faults.add(("until_week",), text)
        for text in _condition_faults(self.when):
            faults.add(("when",), text)
        faults.raise_if_any()
        return self

    @property
    def condition(self) -> tuple[str | None, float | None, float | None]:
        """What is observed, and the bound that it has to reach (>=) or to stay below (<); all None without `when`."""
        found = _WHEN.fullmatch(self.when or "")
        if found is None:
            return None, None, None
        number = float(found[3])
        return (found[1], number, None) if found[2] == ">=" else (found[1], None, number)


class StyleDefinition(Section):
    """A style: how much of each behaviour; or who gets which style; or a mixture; or a sequence of styles."""

    description: str = Field(default="", max_length=500, description="the style in a sentence, for the reader")
    behaviour: Annotated[dict[str, Share], _BEHAVIOUR_SCHEMA] | None = Field(
        default=None, description="how much of each of the thirteen behaviours; with based_on, only those that differ"
    )
    based_on: StyleName | None = Field(default=None, description="the style that `behaviour` departs from")
    by_level: dict[str, StyleName] | None = Field(
        default=None, description="the style used with a person taken to be at d1, d2, d3, d4; all four"
    )
    blend: dict[str, Annotated[float, Field(ge=0, le=1e6)]] | None = Field(
        default=None, description="a mixture: the weight of each style; only their proportions matter"
    )
    schedule: Annotated[tuple[ScheduleEntry, ...], Field(strict=False)] | None = Field(
        default=None, description="styles in sequence; of the entries whose conditions hold, the last applies"
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        faults = Faults()
        kinds = ("behaviour", "by_level", "blend", "schedule")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            got = " and ".join(given) or "none of them"
            faults.add((), f"got {got}; a style has exactly one of {listed(kinds)}.")
        if self.based_on is not None and self.behaviour is None:
            faults.add(("based_on",), "needs a table `behaviour` with the behaviours that differ. Add it.")
        if self.behaviour is not None:
            _check_behaviour(self.behaviour, self.based_on, faults)
        if self.by_level is not None:
            _check_levels(self.by_level, faults)
        if self.blend is not None and not math.fsum(self.blend.values()) > 0:
            faults.add(("blend",), "mixes to nothing: no weight is above 0. Give at least one style a weight above 0.")
        if self.schedule is not None:
            _check_schedule(self.schedule, faults)
        faults.raise_if_any()
        return self


def _check_behaviour(behaviour: Mapping[str, float], based_on: str | None, faults: Faults) -> None:
    for name in behaviour:
        if name not in BEHAVIOURS:
            faults.add(("behaviour", name), unknown("behaviour", name, BEHAVIOURS))
    missing = [name for name in BEHAVIOURS if name not in behaviour]
    if based_on is None and missing:
        faults.add(("behaviour",), f"{listed(missing)} missing. Add them, or name the style with the rest in based_on.")
    if based_on is not None and not behaviour:
        faults.add(("behaviour",), "empty. Name the behaviours that differ from the style in based_on.")


def _check_levels(by_level: Mapping[str, str], faults: Faults) -> None:
    for level in by_level:
        if level not in LEVELS:
            faults.add(("by_level", level), unknown("development level", level, LEVELS))
    missing = [level for level in LEVELS if level not in by_level]
    if missing:
        faults.add(("by_level",), f"{listed(missing)} missing. Name a style for each of {listed(LEVELS)}.")


def _check_schedule(schedule: tuple[ScheduleEntry, ...], faults: Faults) -> None:
    if not schedule:
        faults.add(("schedule",), 'empty. Give it at least one entry such as { style = "democratic" }.')
        return
    first = schedule[0]
    if first.from_week != 1 or first.until_week is not None or first.when is not None:
        text = "the first entry has to apply always, so that there is a style for every week. "
        faults.add(("schedule", 0), text + "Take out its from_week, until_week and when.")


def _condition_faults(when: str | None) -> Iterator[str]:
    if when is None:
        return
    found = _WHEN.fullmatch(when)
    if found is None:
        example = 'VARIABLE >= NUMBER or VARIABLE < NUMBER, such as "competence >= 0.7"'
        yield f'cannot read "{shortened(when)}"; allowed is {example}. The variable is one of {listed(OBSERVABLES)}.'
    elif found[1] not in OBSERVABLES:
        yield unknown("variable", found[1], OBSERVABLES)
    elif found[1] not in ABOVE_ONE and float(found[3]) > 1:
        yield f'"{found[1]}" runs from 0 to 1, and {found[3]} is outside. Write 70 % as 0.7.'
