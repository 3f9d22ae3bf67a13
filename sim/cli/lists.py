"""The commands that list and explain: scenarios, styles, practices, parameters, metrics, plug-ins."""

from typing import Annotated

import typer

from sim.cli.terminal import AsJson, show


def scenarios(
    name: Annotated[str | None, typer.Argument(help="Explain this one: a shipped scenario or a file.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the scenarios that come with teamsim, or explain one."""
    from sim.view import reference

    show(reference.scenario(name) if name else reference.scenarios(), as_json)


def styles(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None,
    scenario: Annotated[str | None, typer.Option(metavar="SCENARIO", help="Include the scenario's own styles.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the leadership styles, or explain one."""
    from sim.scenario.load import load_scenario
    from sim.view import reference

    own = load_scenario(scenario).styles if scenario else {}
    show(reference.style(name, own) if name else reference.styles(own), as_json)


def parameters(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None, as_json: AsJson = False
) -> None:
    """List the parameters of the model, or explain one."""
    from sim.view import reference

    show(reference.parameter(name) if name else reference.parameters(), as_json)


def practices(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None, as_json: AsJson = False
) -> None:
    """List the practices that a company can take up, or explain one."""
    from sim.view import reference

    show(reference.practice(name) if name else reference.practices(), as_json)


def plugins(as_json: AsJson = False) -> None:
    """List the plug-ins that are there: what other packages and you have added."""
    from sim.view import reference

    show(reference.plugin_list(), as_json)


def metrics(
    name: Annotated[str | None, typer.Argument(help="Explain this one.")] = None, as_json: AsJson = False
) -> None:
    """List what is measured, or explain one of it."""
    from sim.view import reference

    show(reference.metric(name) if name else reference.metrics(), as_json)
