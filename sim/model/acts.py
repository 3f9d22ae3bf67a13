"""The acts of Mesa's agents: each step of the week is a method of whoever takes it, and compiled by itself."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sim.model.compile_steps import alone
from sim.model.playback_arrays import PlayedRun
from sim.model.plugged import STEPS
from sim.model.week import COMPANY, LEADER_TO_EACH, Step, Who
from sim.model.world import Run

type Moment = tuple[Run | PlayedRun, int]
"""A run, and the place of the week in its block of chance."""


def act(name: str, moment: Moment, *place: int) -> None:
    """Take a step of the week: of the company, of team t, or of the person at place i of team t."""
    _compiled(name, isinstance(moment[0], PlayedRun))(*moment, *place)


def with_acts[C](*who: Who) -> Callable[[type[C]], type[C]]:
    """Class decorator: a method for each step of theirs that the class has no method for; it needs `self.place`."""

    def give(cls: type[C]) -> type[C]:
        for step in STEPS.values():
            if step.who in who and step.name not in vars(cls):
                setattr(cls, step.name, _method(step))
        return cls

    return give


@cache
def _compiled(name: str, played: bool) -> Any:
    return alone(STEPS[name], played=played)


def _method(step: Step) -> Callable[..., None]:
    if step.who is COMPANY:

        def method(self: Any) -> None:
            act(step.name, self.moment)
    elif step.who is LEADER_TO_EACH:

        def method(self: Any, employee: Any) -> None:  # type: ignore[misc]  # the other kind of method
            act(step.name, self.model.moment, *employee.place)
    else:

        def method(self: Any) -> None:
            act(step.name, self.model.moment, *self.place)

    method.__name__, method.__doc__ = step.name, step.says
    return method
