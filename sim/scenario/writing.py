"""Writes files whole or not at all, and only to places where they may be written."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.scenario.problems import InputError


def check_writable(path: str | Path, endings: Sequence[str]) -> Path:
    """Make sure, before any work is done, that a file of one of these kinds can be written; nothing is changed.

    Returns:
        The file that will be written: absolute, and with symbolic links followed.

    Raises:
        InputError: another ending, a folder that does not exist, something there that is not a file, or no permission.
    """
    target = Path(path).expanduser().resolve()
    if target.suffix.lower() not in endings:
        got = f'"{target.suffix}"' if target.suffix else "none"
        raise InputError(
            f"{path}: the ending says which kind of file to write; got {got}, allowed are {', '.join(endings)}."
        )
    if not target.parent.is_dir():
        raise InputError(f"{path}: the folder {target.parent} does not exist. Make it first, or choose another place.")
    if target.exists() and not target.is_file():
        what = "a folder" if target.is_dir() else "not an ordinary file"
        raise InputError(f"{path}: this is {what} and cannot be replaced. Give the name of a file.")
    if target.exists() and not os.access(target, os.W_OK):
        raise InputError(f"{path}: this file may not be changed. Choose another name, or lift its write protection.")
    try:
        # Permission bits do not tell the whole truth (read-only disks, other people's folders), so it is tried.
        _new_file_beside(target).unlink()
    except OSError as error:
        raise _cannot_write(target, error) from None
    return target


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a new file to write to, which takes the place of `target` when the block ends without an error.

    Whatever goes wrong, a file that was there before stays as it was, and nothing half-written is left.

    Raises:
        InputError: the file cannot be written (disk full, permission lost).
    """
    unfinished: Path | None = None
    try:
        unfinished = _new_file_beside(target)
        yield unfinished
        unfinished.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        unfinished.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


def is_unfinished(path: Path) -> bool:
    """Whether a file has the name of one that `written_whole` gives to write to; a killed process leaves such files."""
    return re.fullmatch(r"\..+-[a-z0-9_]{8}", path.stem) is not None


def _new_file_beside(target: Path) -> Path:
    """An empty file in the folder of `target`: only within one folder is replacing a file one indivisible act."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix)
    os.close(handle)
    return Path(name)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _cannot_write(target: Path, error: OSError) -> InputError:
    return InputError(f"{target}: cannot be written ({error.strerror or error}). Choose another place.")
