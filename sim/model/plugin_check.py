"""Checks that the rules of plug-ins can be compiled, and says in a sentence what is wrong with one."""

import inspect
from collections.abc import Iterator
from typing import Any

import numba
import numpy as np

from sim.model import state
from sim.model.compile_steps import MEANS, OF_ONE, ONE_BY_ONE
from sim.model.plugged import STEPS, of_plugin
from sim.model.week import COMPANY, Step
from sim.scenario.plugins import RULES, Plugin, plugins
from sim.scenario.problems import InputError, listed, shown_path


def _one(record: np.dtype[np.void]) -> Any:
    return np.zeros(1, record)[0]


EXAMPLES: dict[str, Any] = {
    "p": _one(state.PARAMETER),
    "first_week": 1,
    "week_number": 1,
    "company": _one(state.COMPANY),
    "company_luck": _one(state.COMPANY_LUCK),
    "employees": np.zeros(2, state.EMPLOYEE),
    "leaders": np.zeros(2, state.LEADER),
    "practices": np.zeros(2, state.PRACTICE),
    "mood": np.zeros(2),
    "sums": np.zeros((2, state.width(state.TALLY))),
    "tables": np.zeros((2, 4), state.BEHAVIOUR),
    "policies": np.zeros(2, state.POLICY),
    "stages": np.zeros(2, state.STAGE),
    "events": np.zeros(2, state.EVENT),
    "tally": _one(state.TALLY),
    "team_tally": _one(state.TALLY),
    "team": _one(state.TEAM),
    "leader": _one(state.LEADER),
    "diversity": 0.5,
    "team_luck": _one(state.TEAM_LUCK),
    "first": 0,
    "last": 1,
    "members": np.zeros(2, state.EMPLOYEE),
    "weeks": np.zeros(2, state.WEEK),
    "lucks": np.zeros(2, state.PERSON_LUCK),
    "chances": np.zeros(2),
    "applicants": np.zeros(2, state.APPLICANT),
    "networks": np.zeros((2, state.COLLEAGUES), np.int64),
    "employee": _one(state.EMPLOYEE),
    "position": _one(state.EMPLOYEE),
    "week": _one(state.WEEK),
    "luck": _one(state.PERSON_LUCK),
    "chance": 0.5,
    "applicant": _one(state.APPLICANT),
    "colleagues": np.zeros(state.COLLEAGUES, np.int64),
}
"""One of each thing that a rule may be given."""

OF_COMPANY = tuple(MEANS)[: tuple(MEANS).index("team")]
"""What a rule of the company may be given; that of a team or a person has these, too."""


def check_rules() -> None:
    """See that every rule of every plug-in takes what there is, and can be compiled.

    Raises:
        InputError: one does not.
    """
    for plugin in plugins():
        for name, where, allowed in _rules(plugin):
            rule = of_plugin(plugin, name, where)
            here = f"{shown_path(plugin.folder / RULES)}.py: {name}"
            takes = inspect.signature(rule.py_func).parameters
            if strange := [each for each in takes if each not in allowed]:
                raise InputError(
                    f"{here}: there is nothing called {listed(strange)} for it; there is {listed(allowed, 50)}."
                )
            try:
                rule.compile(tuple(numba.typeof(EXAMPLES[each]) for each in takes))
            except KeyError as error:
                raise InputError(
                    f"{here}: cannot be compiled. No record that it is given has a field {error}."
                ) from error
            except Exception as error:  # the compiler's own, and whatever it trips over
                said = [line.strip() for line in str(error).splitlines() if line.strip()]
                raise InputError(f"{here}: cannot be compiled. {_in_short(said)}") from error


def _rules(plugin: Plugin) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every rule that a plug-in names, where it does, and what it may be given."""
    for place, new in enumerate(plugin.file.steps, 1):
        for name in new.rules:
            yield name, f"steps[{place}].rules", _given(STEPS[new.name])
    for place, added in enumerate(plugin.file.rules, 1):
        yield added.rule, f"rules[{place}].rule", _given(STEPS[added.step])
    for place, metric in enumerate(plugin.file.metrics, 1):
        yield metric.made_by, f"metrics[{place}].made_by", ("tally", "company")


def _given(step: Step) -> tuple[str, ...]:
    if step.who is COMPANY:
        return OF_COMPANY
    return (*MEANS, *(OF_ONE if step.who in ONE_BY_ONE else ()))


def _in_short(said: list[str]) -> str:
    """The lines of a compiler's message that say what is wrong and where."""
    telling = [line for line in said if line.startswith(("File ", "Field ")) or "not defined" in line or ": " in line]
    return " ".join(dict.fromkeys(telling[:4] or said[:3]))[:600] or "The compiler does not say why."
