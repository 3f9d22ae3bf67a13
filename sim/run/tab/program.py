"""Writes the whole model as one program for a browser: the week, its rules, chance, and the driver."""

import base64
import inspect
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.model import chance, draw, luck, state
from sim.model.build import WEEKS_BEFORE
from sim.model.chance import Block
from sim.model.compile_steps import source
from sim.model.metrics import METRIC_NAMES
from sim.model.plugged import WEEK
from sim.model.rules.people import populate
from sim.model.weeks import closing, opening, run_compiled, team_week
from sim.model.world import Held, Measures, Plan, World
from sim.run.tab.assembly import assembled
from sim.run.tab.kinds import Array, Struct, fields_of, kind_of
from sim.run.tab.translate import Translator
from sim.scenario.sections import USUAL_MIX

HERE = Path(__file__).parent

RECORDS = (
    "EMPLOYEE", "LEADER", "TEAM", "COMPANY", "TALLY", "PRACTICE", "WEEK", "BEHAVIOUR", "STAGE", "POLICY", "EVENT",
    "PARAMETER", "MEASURES", "PERSON", "START", "APPLICANT", "TEAM_START", "PERSON_LUCK", "TEAM_LUCK", "COMPANY_LUCK",
)  # fmt: skip
"""Records that the driver lays out."""


class Function(NamedTuple):
    """A function that the driver calls: its name, the rule that it is, and of what kinds its arguments are."""

    name: str
    rule: Any
    arguments: tuple[tuple[str, Any], ...]


@cache
def functions() -> tuple[Function, ...]:
    """What is called from outside: the weeks of a run, the people of the first day, and chance."""
    world, parameters = _world(), _some("PARAMETER", 1)
    applicants, team_starts = _some("APPLICANT", 1), _some("TEAM_START", 1)
    held = Held(_some("START", 1), _some("EMPLOYEE", 1), _some("COMPANY", 1))
    table, numbers = np.zeros((1, 1)), np.zeros(1)
    key, places = np.zeros(1, np.uint32), np.zeros(1, np.uint32)
    scratch = [np.zeros((1, 1), np.uint32), numbers, numbers]
    roots: list[tuple[str, Any, list[Any]]] = [
        ("runWeeks", run_compiled, [world, _plan(), _block(), parameters, _measures(), held]),
        ("populate", populate, [world, _some("START", 1), applicants, team_starts, parameters]),
        ("drawBeginning", luck.draw_beginning, [table, table, table, numbers, *scratch, numbers, places, places, key]),
        ("drawWeeks", luck.draw_weeks, [*[table] * 5, *scratch, *[places] * 3, 0, 0, key]),
        ("fillUniform", draw.fill_uniform, [table, scratch[0], places, 0, luck.UNRATED, key]),
    ]
    return tuple(
        Function(name, rule, tuple(zip(inspect.signature(rule.py_func).parameters, map(kind_of, given), strict=True)))
        for name, rule, given in roots
    )


def translated() -> str:
    """All that is translated, in LLVM's language.

    Raises:
        InputError: a rule that cannot be translated, with its file and line.
    """
    texts = {
        opening.py_func: source("opening", WEEK.opening),
        team_week.py_func: source("team_week", WEEK.each_team),
        closing.py_func: source("closing", WEEK.closing),
    }
    translator = Translator(texts)
    for function in functions():
        translator.add(function.rule, [kind for _, kind in function.arguments], function.name)
    return translator.text()


@cache
def module() -> bytes:
    """The rules, the week and chance as WebAssembly.

    Raises:
        InputError: see `translated`.
    """
    return assembled(translated(), [function.name for function in functions()])


@cache
def program() -> str:
    """The whole program; `start(numbers)` makes room for so many, and `replication(...)` runs one."""
    held = f"const MODULE = '{base64.b64encode(module()).decode()}';"
    known = f"const FIXED = {json.dumps(fixed(), separators=(',', ':'))};"
    return "\n".join(["'use strict';", known, held, _glue(), (HERE / "driver.js").read_text(encoding="utf-8")])


def _glue() -> str:
    """Functions that take what the module takes by name, places in M instead of addresses."""
    lines = []
    for function in functions():
        names = [name for name, _ in function.arguments]
        parts = ", ".join(part for name, kind in function.arguments for part in _parts(name, kind, ""))
        lines.append(
            f"const {function.name} = ({', '.join(_taken(function.arguments))}) => CALLED.{function.name}({parts});"
        )
        assert len(set(names)) == len(names)  # noqa: S101  # they are arguments
    return "\n".join(lines)


def _taken(arguments: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Arguments of a function of the driver: an object for a NamedTuple, a place and lengths for an array."""
    for name, kind in arguments:
        yield name
        if isinstance(kind, Array):
            yield from (f"{name}_{axis}" for axis in range(kind.axes))


def _parts(name: str, kind: Any, of: str) -> Iterator[str]:
    if isinstance(kind, Struct):
        for field, inner in kind.fields:
            yield from _parts(field, inner, f"{of}{name}.")
    elif isinstance(kind, Array):
        yield f"8 * {of}{name}"
        yield from (f"{of}{name}_{axis}" for axis in range(kind.axes))
    else:
        yield f"{of}{name}"


def fixed() -> dict[str, Any]:
    """What the driver has to know of records, chance and metrics."""
    return {
        "fields": {name: fields_of(name) for name in RECORDS},
        "metrics": METRIC_NAMES,
        "colleagues": state.COLLEAGUES,
        "applicantWeeks": state.APPLICANT_WEEKS,
        "weeksBefore": WEEKS_BEFORE,
        "before": chance.BEFORE,
        "toldApart": chance.TOLD_APART,
        "room": chance.ROOM,
        "words": draw.WORDS,
        "unrated": luck.UNRATED,
        "employed": state.EMPLOYED,
        "closed": state.CLOSED,
        "usualMix": USUAL_MIX.shares,
    }


def _some(record: str, axes: int) -> Any:
    return np.zeros((1,) * axes, getattr(state, record))


def _world() -> World:
    """Arrays with the axes that a world has under some arms."""
    return World(
        employees=_some("EMPLOYEE", 2), leaders=_some("LEADER", 2), teams=_some("TEAM", 2), company=_some("COMPANY", 2),
        tallies=_some("TALLY", 2), sums=np.zeros((1, 1, 1)), mood=np.zeros((1, 1)), practices=_some("PRACTICE", 2),
        weeks=_some("WEEK", 1), colleagues=np.zeros((1, 1), np.int64), diversity=np.zeros(1),
    )  # fmt: skip


def _plan() -> Plan:
    return Plan(_some("BEHAVIOUR", 2), _some("STAGE", 1), _some("POLICY", 1), _some("EVENT", 2))


def _block() -> Block:
    return Block(
        1,
        _some("PERSON_LUCK", 2),
        np.zeros((1, 1)),
        _some("TEAM_LUCK", 2),
        _some("COMPANY_LUCK", 1),
        _some("APPLICANT", 2),
    )


def _measures() -> Measures:
    return Measures(_some("MEASURES", 2), _some("MEASURES", 3), _some("PERSON", 3))
