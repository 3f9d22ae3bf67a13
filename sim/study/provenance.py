"""The provenance of results: when, with which versions and on what machine they were made."""

import platform
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

from sim.scenario.plugins import versions_of_plugins

_PACKAGES = (
    "teamsim",
    "numpy",
    "numba",
    "mesa",
    "scipy",
    "pandas",
    "xarray",
    "pyarrow",
    "SALib",
    "scikit-learn",
    "distributed",
)


def now() -> str:
    """The time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> dict[str, Any]:
    """Versions of Python and packages, as far as they are installed, and the platform."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    found |= versions_of_plugins()
    return {"versions": found, "platform": platform.platform(), "processor": platform.machine()}
