"""Libraries that come only with an extra of the package: imported when they are needed, or the way to get them."""

from importlib import import_module
from typing import Any

from sim.scenario.problems import InputError


def extra(module: str, name: str, purpose: str) -> Any:
    """A module that the extra `name` brings.

    Args:
        module: what to import.
        name: the extra, as in pyproject.toml.
        purpose: what it is needed for, as a sentence begins, such as "Reading .xlsx files".

    Raises:
        InputError: it is not installed; says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise  # it is there, and something that it needs is not
        package = module.partition(".")[0]
        text = f'{purpose} needs the package {package}, which is not installed. Install it with: pip install "teamsim'
        raise InputError(f'{text}[{name}]"') from None
