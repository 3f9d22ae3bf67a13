"""The browser app, made with Solara: pages for students and teachers.

In a notebook, `from sim.app import page` and then `page` on a line of its own shows the whole app.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sim.scenario.problems import InputError

if TYPE_CHECKING:
    from reacton.core import Element

    page: "Element[Any]"

__all__ = ["page"]

INSTALL = "pip install 'teamsim[app]'"
"""The command that installs everything the app needs."""


def require_extra() -> None:
    """Check that the extra `app` is installed.

    Raises:
        InputError: it is not installed.
    """
    if find_spec("solara") is None:
        raise InputError(f"the browser app needs more packages. Install them with: {INSTALL}")


def __getattr__(name: str) -> Any:
    """Make the app only on request, because its framework takes a second to load."""
    if name != "page":
        raise AttributeError(f"module 'sim.app' has no attribute {name!r}")
    require_extra()
    from sim.app.shell import Notebook

    return Notebook()
