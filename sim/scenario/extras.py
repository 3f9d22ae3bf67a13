"""Imports libraries that only an extra of the package installs, or says how to install them."""

from importlib import import_module
from typing import Any

from sim.scenario.problems import InputError

BROUGHT_BY = {
    "altair": "plot", "vl_convert": "plot", "pyarrow": "study",
    "babel": "report", "jinja2": "report", "markupsafe": "report", "PIL": "report",
}  # fmt: skip
"""The extras of those libraries that are imported wherever they are needed."""


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
        raise _missing(purpose, module.partition(".")[0], name) from None


def of_an_extra(error: ImportError) -> InputError | None:
    """What to say in place of this error if it is about a library that an extra brings."""
    package = (error.name or "").partition(".")[0]
    return _missing("This", package, BROUGHT_BY[package]) if package in BROUGHT_BY else None


def _missing(purpose: str, package: str, name: str) -> InputError:
    text = f"{purpose} needs the package {package}, which is not installed."
    return InputError(f'{text} Install it with: pip install "teamsim[{name}]"')
