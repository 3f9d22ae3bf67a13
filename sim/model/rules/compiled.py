"""How a rule is compiled: once for each version of the model, kept on disk, and without holding up other threads."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.core.caching import InTreeCacheLocator, UserWideCacheLocator


def _fingerprint() -> str:
    """Digest of all the model's source: a rule is built into others, so a change of one makes all of them stale."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


FINGERPRINT = _fingerprint()
"""Changes with any line of the model."""


class InTree(InTreeCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules beside their source, valid for this fingerprint."""

    def get_source_stamp(self) -> str:
        """Stand-in for a file's date, which would not notice a change in a rule that is built in."""
        return FINGERPRINT


class UserWide(UserWideCacheLocator):  # type: ignore[misc]  # Numba has no types
    """Compiled rules in the user's cache, where the source is not writable."""

    def get_source_stamp(self) -> str:
        """Stand-in for a file's date, which would not notice a change in a rule that is built in."""
        return FINGERPRINT


def rule(function: Callable[..., Any]) -> Any:
    """Compile a function over records; it may call other rules.

    No fast mathematics: the Mesa model and the engine call the same rules and must agree to the last bit.
    """
    usual = config.CACHE_LOCATOR_CLASSES
    config.CACHE_LOCATOR_CLASSES = f"{__name__}.InTree,{__name__}.UserWide"
    try:
        compiled = numba.njit(function, cache=True, nogil=True, forceinline=True, error_model="numpy")
    finally:
        config.CACHE_LOCATOR_CLASSES = usual
    # What is on disk names types of that version, and some may be gone: Numba must not even read it.
    compiled._cache._cache_file._version = f"{numba.__version__} {FINGERPRINT}"
    return compiled


def is_cached(compiled: Any) -> bool:
    """Whether a compiled form of the rule, for this version of the model, is on disk."""
    name = f"{Path(compiled.py_func.__code__.co_filename).stem}.{compiled.py_func.__qualname__}"
    indexes = Path(compiled.stats.cache_path).glob(f"{name}-*.nbi")
    return any(FINGERPRINT.encode() in index.read_bytes() for index in indexes)
