"""Names the rows of a style: the style that a leader uses for people who seem to be at D1, D2, D3 or D4."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.scenario.style_definition import LEVELS, ScheduleEntry, StyleDefinition
from sim.scenario.styles import builtin_styles
from sim.view.language import said
from sim.view.sentences import called


class StageNames(NamedTuple):
    """The texts of a stage of a style: its name, when it applies, and the name of the row for each level."""

    name: str
    when: str
    rows: tuple[str, str, str, str]


def stage_names(name: str, own: Mapping[str, StyleDefinition]) -> tuple[StageNames, ...]:
    """The stages of the style `name`, in the order of `resolve(name, own).stages`.

    Args:
        name: a built-in style, or one of `own`; it can be resolved.
        own: the scenario's own styles.
    """
    style = {**own, **builtin_styles()}[name]
    if style.schedule is not None:
        return tuple(
            stage_names(entry.style, own)[0]._replace(name=entry.style, when=_when(entry)) for entry in style.schedule
        )
    if style.by_level is not None:
        rows = [stage_names(style.by_level[level], own)[0].rows[place] for place, level in enumerate(LEVELS)]
        return (_stage(name, rows),)
    if style.based_on is not None:
        return tuple(
            base._replace(
                rows=_four(
                    [
                        called(name) if row == called(style.based_on) else said("{row}, changed", row=row)
                        for row in base.rows
                    ]
                )
            )
            for base in stage_names(style.based_on, own)
        )
    if style.blend is not None:
        alike = all(len(set(stage_names(part, own)[0].rows)) == 1 for part in style.blend)
        return (_stage(name, [_for_level(name, level, alike) for level in LEVELS]),)
    return (_stage(name, [called(name)] * 4),)


def _for_level(name: str, level: str, alike: bool) -> str:
    return called(name) if alike else said("{style} for {level}", style=called(name), level=level.upper())


def _stage(name: str, rows: list[str]) -> StageNames:
    return StageNames(name, "", _four(rows))


def _four(rows: list[str]) -> tuple[str, str, str, str]:
    first, second, third, fourth = rows
    return first, second, third, fourth


def _when(entry: ScheduleEntry) -> str:
    """'from week 27 to 60, while competence >= 0.7'; empty for an entry that always applies."""
    first, last = str(entry.from_week), str(entry.until_week)
    parts = [said("from week {week}", week=first)] if entry.from_week > 1 else []
    parts += [said("to week {week}", week=last)] if entry.until_week is not None else []
    texts = [" ".join(parts)] if parts else []
    texts += [said("while {condition}", condition=entry.when)] if entry.when else []
    return ", ".join(texts)
