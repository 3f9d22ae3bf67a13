"""The week and its metrics with what plug-ins add; without plug-ins they are those of `week.py` and `tally.py`."""

import inspect
from typing import Any

from sim.model.rules.compiled import rule
from sim.model.rules.tally import measure as own_measure
from sim.model.week import COMPANY, Step, Week, Who, with_vacant
from sim.model.week import WEEK as OWN_WEEK
from sim.scenario.plugins import RULES, Plugin, plugins
from sim.scenario.problems import InputError, unknown


def of_plugin(plugin: Plugin, name: str, where: str) -> Any:
    """A rule of a plug-in.

    Raises:
        InputError: there is none of this name, or it is no rule.
    """
    found = plugin.function(RULES, name, where)
    if not hasattr(found, "py_func"):
        text = f"{name} is no compiled rule. Write @rule above it, from sim.model.rules.compiled."
        raise InputError(f"{plugin.shown}: {where}: {text}")
    return found


def _week() -> Week:
    parts = {name: list(steps) for name, steps in OWN_WEEK._asdict().items()}
    for plugin in plugins():
        for place, new in enumerate(plugin.file.steps, 1):
            where = f"steps[{place}] ({new.name})"
            rules = tuple(of_plugin(plugin, name, f"{where}.rules") for name in new.rules)
            step = Step(Who[new.who.upper()], new.name, new.says, rules)
            _put(plugin, parts, step, new.after, where)
        for place, added in enumerate(plugin.file.rules, 1):
            where = f"rules[{place}]"
            _follow(plugin, parts, added.step, of_plugin(plugin, added.rule, f"{where}.rule"), f"{where}.step")
    return Week(**{name: tuple(steps) for name, steps in parts.items()})


def _put(plugin: Plugin, parts: dict[str, list[Step]], step: Step, after: str, where: str) -> None:
    """Put a step after another one."""
    if step.name in _names(parts):
        text = f'there is another step called "{step.name}". Choose another name.'
        raise InputError(f"{plugin.shown}: {where}.name: {text}")
    for name, steps in parts.items():
        for k, other in enumerate(steps):
            if after in [each.name for each in with_vacant([other])]:
                if (step.who is COMPANY) is (name == "each_team"):
                    others = "that teams take" if step.who is not COMPANY else "of the company"
                    text = f'"{after}" is not among the steps {others}. Name one of those, or another who.'
                    raise InputError(f"{plugin.shown}: {where}.after: {text}")
                steps.insert(k + 1, step)
                return
    raise InputError(f"{plugin.shown}: {where}.after: {unknown('step', after, _names(parts))}")


def _follow(plugin: Plugin, parts: dict[str, list[Step]], name: str, added: Any, where: str) -> None:
    """Have a rule followed at the end of a step."""
    for steps in parts.values():
        for k, step in enumerate(steps):
            if step.name == name:
                steps[k] = step._replace(rules=(*step.rules, added))
                return
            if step.vacant and step.vacant.name == name:
                steps[k] = step._replace(vacant=step.vacant._replace(rules=(*step.vacant.rules, added)))
                return
    raise InputError(f"{plugin.shown}: {where}: {unknown('step', name, _names(parts))}")


def _names(parts: dict[str, list[Step]]) -> list[str]:
    return [step.name for steps in parts.values() for step in with_vacant(steps)]


def _measure() -> Any:
    """The rule that makes the week's metrics: that of the model, and then a rule for each metric of a plug-in."""
    names, lines = {"own_measure": own_measure}, []
    for plugin in plugins():
        for place, new in enumerate(plugin.file.metrics, 1):
            where = f"metrics[{place}] ({new.name}).made_by"
            made_by = of_plugin(plugin, new.made_by, where)
            takes = list(inspect.signature(made_by.py_func).parameters)
            for name in takes:
                if name not in ("tally", "company"):
                    text = unknown("argument", name, ("tally", "company"))
                    raise InputError(f"{plugin.shown}: {where}: {new.made_by}: {text}")
            names[f"of_{new.name}"] = made_by
            lines.append(f"    measures.{new.name} = of_{new.name}({', '.join(takes)})\n")
    text = "".join(["def measure(measures, tally, company):\n    own_measure(measures, tally, company)\n", *lines])
    made: dict[str, Any] = {**names, "__name__": __name__}
    exec(compile(text, __file__, "exec"), made)  # noqa: S102  # written here
    made["measure"].written = text  # for `sim.model.flows`, which reads what rules say
    return rule(made["measure"])


_WITH_RULES = any(plugin.has_rules for plugin in plugins())

WEEK = _week() if _WITH_RULES else OWN_WEEK
"""What happens in a week, and in which order."""

STEPS = {step.name: step for part in WEEK for step in with_vacant(part)}
"""Every step by name, in order."""

measure = _measure() if any(plugin.file.metrics for plugin in plugins()) else own_measure
"""Make the week's metrics of its sums: `measure(measures, tally, company)`."""
