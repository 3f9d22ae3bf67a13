"""The browser app: pages for students and teachers, made with Solara.

In a notebook, `from sim.app import page` and then `page` on a line of its own shows the whole app.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reacton.core import Element

    page: "Element[Any]"

__all__ = ["page"]


def __getattr__(name: str) -> Any:
    """Make the app when it is asked for: its framework takes a second to load."""
    if name != "page":
        raise AttributeError(f"module 'sim.app' has no attribute {name!r}")
    from sim.app.shell import Notebook

    return Notebook()
