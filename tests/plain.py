"""Has the rules run as plain Python, so that their lines can be counted and changed: `pytest -p tests.plain`.

It has to be imported before the model is. A run gives the numbers of the compiled rules, some hundred times as slowly.
"""

import sys
import warnings
from types import SimpleNamespace
from typing import Any

import numba
import numpy as np

assert "sim.model.fields" not in sys.modules, "the model has been imported already"


def _plain(function: Any, **_: Any) -> Any:
    """The function itself, with what the package asks of a compiled one."""
    function.py_func = function
    function.compile = lambda *_: None
    function.signatures = [()]
    function.stats = SimpleNamespace(cache_hits={(): 1}, cache_path=".")
    vars(function)["_cache"] = SimpleNamespace(_cache_file=SimpleNamespace(), _impl=SimpleNamespace(locator=None))
    return function


numba.njit = _plain

from sim.model import fields  # noqa: E402  # after the compiler is out of the way

_declare = fields.record


def _record(name: str, *what: Any) -> np.dtype[np.void]:
    """A kind of record whose fields are attributes, which the compiler gives to any record."""
    declared = _declare(name, *what)
    hidden = [field for field in declared.names or () if hasattr(np.record, field)]
    kind = type(name, (np.record,), {field: _field(field) for field in hidden})
    return np.dtype((kind, declared))  # type: ignore[no-any-return,call-overload,unused-ignore]


def _field(name: str) -> property:
    return property(lambda self: self[name], lambda self, value: self.__setitem__(name, value))


fields.record = _record  # type: ignore[assignment]  # it takes the same
# Compiled rules divide by 0 and let whole numbers overflow without a word, in every thread.
_SILENCE = "ignore:.* encountered in .*:RuntimeWarning"
warnings.filterwarnings("ignore", ".* encountered in .*", RuntimeWarning)


def pytest_configure(config: Any) -> None:
    """Let pytest say nothing of it, either."""
    config.addinivalue_line("filterwarnings", _SILENCE)
