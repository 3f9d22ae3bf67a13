"""How a rule is compiled: once for each version of the model, kept on disk, and without holding up other threads."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.core.caching import InTreeCacheLocator, UserProvidedCacheLocator, UserWideCacheLocator

from sim.scenario.problems import InputError

if config.DISABLE_JIT:
    raise InputError("NUMBA_DISABLE_JIT is set, and the rules of the model only run compiled. Unset it.")


def _fingerprint() -> str:
    """Digest of all the model's source: a rule is built into others, so a change of one makes all of them stale."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


FINGERPRINT = _fingerprint()
"""Changes with any line of the model."""


class _ThisVersion:
    def get_source_stamp(self) -> str:
        """Stand-in for a file's date, which would not notice a change in a rule that is built in."""
        return FINGERPRINT


class Chosen(_ThisVersion, UserProvidedCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules where the user wants them, NUMBA_CACHE_DIR."""


class InTree(_ThisVersion, InTreeCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules beside their source."""


class UserWide(_ThisVersion, UserWideCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules in the user's cache, where the source is not writable."""


class ForNow(_ThisVersion, UserWideCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules in a folder that is gone when the program ends, where nothing else is writable."""

    def get_cache_path(self) -> str:
        """A folder of this process alone: what others could write there would be run."""
        return _folder_for_now()

    def ensure_cache_path(self) -> None:
        """It is made when it is asked for."""
        _folder_for_now()


LOCATORS = (Chosen, InTree, UserWide, ForNow)
"""Where compiled rules are kept: the first place that can be written."""


@cache
def _folder_for_now() -> str:
    folder = tempfile.mkdtemp(prefix="teamsim-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def rule(function: Callable[..., Any], *, inner: bool = False) -> Any:
    """Compile a function over records; it may call other rules.

    One that is `inner` is for compiled functions only, and not built into them: large ones compile faster so.

    No fast mathematics: the Mesa model and the engine call the same rules and must agree to the last bit.
    """
    usual = config.CACHE_LOCATOR_CLASSES
    config.CACHE_LOCATOR_CLASSES = ",".join(f"{__name__}.{locator.__name__}" for locator in LOCATORS)
    try:
        compiled = numba.njit(
            function, cache=True, nogil=True, forceinline=not inner, no_cpython_wrapper=inner, no_cfunc_wrapper=inner,
            error_model="numpy",
        )  # fmt: skip
    finally:
        config.CACHE_LOCATOR_CLASSES = usual
    # What is on disk names types of that version, and some may be gone: Numba must not even read it.
    compiled._cache._cache_file._version = f"{numba.__version__} {FINGERPRINT}"
    return compiled


def is_kept(compiled: Any) -> bool:
    """Whether what is compiled is there for the next process, too."""
    return not isinstance(compiled._cache._impl.locator, ForNow)


def is_cached(compiled: Any) -> bool:
    """Whether a compiled form of the rule, for this version of the model, is on disk."""
    name = f"{Path(compiled.py_func.__code__.co_filename).stem}.{compiled.py_func.__qualname__}"
    indexes = Path(compiled.stats.cache_path).glob(f"{name}-*.nbi")
    return any(FINGERPRINT.encode() in index.read_bytes() for index in indexes)
