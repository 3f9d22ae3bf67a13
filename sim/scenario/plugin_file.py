"""What the file plugin.toml of a plug-in may say."""

import keyword
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from sim.scenario.fields import Faults, Section
from sim.scenario.problems import InputError
from sim.scenario.toml_files import read_model

if TYPE_CHECKING:
    from sim.scenario.plugins import Plugin

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Says = Annotated[str, Field(min_length=1, max_length=500)]


class NewParameter(Section):
    """A number of the plug-in's rules, as `sim.scenario.parameters` has those of the model."""

    name: Identifier
    symbol: Annotated[str, Field(min_length=1, max_length=20)]
    default: float
    low: float
    high: float
    unit: Says
    label: Says
    meaning: Says
    source: Says
    floor: float = 0.0
    ceiling: float = 1.0

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        faults = Faults()
        if not self.floor <= self.low < self.high <= self.ceiling:
            faults.add(("low",), "floor, low, high and ceiling have to rise in this order. Correct them.")
        if not self.floor <= self.default <= self.ceiling:
            faults.add(("default",), f"got {self.default:g}; allowed is {self.floor:g} to {self.ceiling:g}.")
        faults.raise_if_any()
        return self


class NewChannel(Section):
    """A way in which practices can reach the plug-in's rules."""

    name: Identifier
    meaning: Says


class NewState(Section):
    """A number that is kept of a person, a person's week, a leader, a team or the company, or a sum for metrics."""

    record: Literal["EMPLOYEE", "WEEK", "LEADER", "TEAM", "COMPANY", "TALLY"]
    name: Identifier
    meaning: Says
    unit: Says = "0-1"
    mechanism: str | None = None


class NewStep(Section):
    """A step of the week: whose act it is, what it is called, which step it comes after, and its rules."""

    who: Literal["company", "team", "leader", "leader_to_each", "person"]
    name: Identifier
    says: Says
    after: Identifier
    rules: tuple[Identifier, ...] = Field(strict=False, min_length=1)


class NewRule(Section):
    """A rule that is followed at the end of a step that there is already."""

    step: Identifier
    rule: Identifier


class NewMetric(Section):
    """Something that is measured every week, as `sim.model.metrics` has it; `made_by` is the rule that gives it."""

    name: Identifier
    unit: Says
    long_name: Says
    good: Literal["higher", "lower", "neither"]
    meaning: Says
    made_by: Identifier
    whole_run: Literal["mean", "total"] = "mean"
    headline: bool = False
    of_teams: bool = True
    low: float | None = None
    high: float | None = None
    needs: Literal["people", "questions", "nothing"] = "nothing"


class PluginFile(Section):
    """A plugin.toml."""

    title: Says
    description: str = ""
    parameters: Annotated[tuple[NewParameter, ...], Field(strict=False)] = ()
    channels: Annotated[tuple[NewChannel, ...], Field(strict=False)] = ()
    state: Annotated[tuple[NewState, ...], Field(strict=False)] = ()
    steps: Annotated[tuple[NewStep, ...], Field(strict=False)] = ()
    rules: Annotated[tuple[NewRule, ...], Field(strict=False)] = ()
    metrics: Annotated[tuple[NewMetric, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _names_are_names(self) -> Self:
        faults = Faults()
        for key in ("parameters", "channels", "state", "steps", "metrics"):
            seen = set()
            for place, entry in enumerate(getattr(self, key)):
                name = (getattr(entry, "record", ""), entry.name)
                if keyword.iskeyword(entry.name):
                    faults.add((key, place, "name"), f'"{entry.name}" is a word of Python. Choose another name.')
                if name in seen:
                    faults.add((key, place, "name"), f'"{entry.name}" is there twice. Choose another name.')
                seen.add(name)
        faults.raise_if_any()
        return self


def read_plugin(path: Path) -> PluginFile:
    """A plugin.toml, read and checked by itself.

    Raises:
        InputError: anything wrong with it.
    """
    return read_model(path, PluginFile)


def check_parameters(found: "Iterable[Plugin]") -> None:
    """See that no parameter of a plug-in has the name or the symbol of another one.

    Raises:
        InputError: one has.
    """
    from sim.scenario.parameters import PARAMETERS

    taken = {"name": {each.name for each in PARAMETERS}, "symbol": {each.symbol for each in PARAMETERS}}
    for plugin in found:
        for place, entry in enumerate(plugin.file.parameters, 1):
            for key, known in taken.items():
                given = getattr(entry, key)
                if given in known:
                    where = f"{plugin.shown}: parameters[{place}] ({entry.name}).{key}"
                    raise InputError(f'{where}: there is another parameter with "{given}". Choose another {key}.')
                known.add(given)


def with_parameters_of(found: "Iterable[Plugin]") -> None:
    """Put the parameters of plug-ins behind those of the model: a group for each plug-in.

    The table is changed in place of being made with them, so that the file that fitting rewrites knows nothing of it.
    """
    from sim.scenario import parameters

    for plugin in found:
        new = [parameters.Parameter(**entry.model_dump()) for entry in plugin.file.parameters]
        if new:
            why = f"They are numbers of the plug-in {plugin.name}."
            group = parameters.Group(plugin.file.title, f"of the plug-in {plugin.name}", why, tuple(new))
            grouped = tuple(parameter._replace(group=group.title, why=why) for parameter in new)
            parameters.GROUPS = (*parameters.GROUPS, group)  # type: ignore[assignment]  # a longer one
            parameters.PARAMETERS = (*parameters.PARAMETERS, *grouped)
            parameters.BY_NAME.update({parameter.name: parameter for parameter in grouped})
