"""The folder of results: what is written at the start, chunk by chunk, and at the end.

    study.toml  scenarios/  points.parquet  manifest.json  chunks/  results.parquet

The first three are a study's; claims and calibrations write the files that they are read from instead.
A chunk's file is called KEY.KIND.CONTENT.parquet: what its rows depend on, what kind of rows they are, and a digest of
the file itself. It appears under that name when it is complete, so whatever is there is whole, or was altered later,
which the digest shows. Nothing else has to be kept in step with it, and nothing is lost when a run is killed.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.scenario.problems import InputError, shown_path
from sim.scenario.writing import is_unfinished, written_whole
from sim.study.jobs import RUNS, fingerprint
from sim.study.manifest import FORMAT, read_manifest
from sim.study.provenance import now, versions
from sim.study.spec import Adaptive, Study
from sim.study.stored_files import read_rows
from sim.study.study_files import STUDY, analyses_of, read_study_table, rounds_of, to_text

if TYPE_CHECKING:
    from sim.study.plan import Plan

MANIFEST, RESULTS, CHUNKS, LOCK = "manifest.json", "results.parquet", "chunks", ".lock"

READERS = {
    "study": "sim.study.plan",
    "claims": "sim.analysis.claims.plan",
    "calibration": "sim.analysis.calibration.plan",
}
"""Where the function `read_plan` of each kind of study is; named only, since two of them stand on this module."""

DAMAGED = "It belongs to the results; put it back, or run the study anew."
"""What to do about a file that a folder cannot do without."""

GROUP_ROWS = 5_000
"""Rows in a group of results.parquet; whoever reads it group by group needs no more memory than for one."""

AN_HOUR = 3600.0
"""Seconds after which nobody is still making an empty folder of results."""

_SHORT = 32
"""Hexadecimal digits of a digest in a file's name."""

_CHUNK = re.compile(rf"[0-9a-f]{{{_SHORT}}}\.[a-z]+\.[0-9a-f]{{{_SHORT}}}\.parquet")
"""The name of a chunk's file."""


@dataclass(frozen=True)
class Stored:
    """The files of the chunks that are there, by key and kind, and the names of those that are not as they were."""

    chunks: Mapping[str, Mapping[str, Path]]
    damaged: tuple[str, ...]

    def has(self, key: str) -> bool:
        """Whether the chunk with this key is done."""
        return key[:_SHORT] in self.chunks

    def file(self, key: str, kind: str) -> Path:
        """A file of the chunk with this key, which is there."""
        return self.chunks[key[:_SHORT]][kind]


class Folder:
    """A folder of results. Make one with `begin`, find one with `at`."""

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path, self.manifest = path, manifest

    @classmethod
    def at(cls, path: str | Path) -> "Folder":
        """The folder that `begin` made.

        Raises:
            InputError: there is none, or it is something else.
        """
        path = Path(path)
        if not (path / MANIFEST).exists() and any((path / CHUNKS).glob("*.parquet")):
            read_manifest(path / MANIFEST)  # which says that it is gone, and what to do
        if not (path / MANIFEST).is_file():
            what = "not a folder of results" if path.exists() else "no such folder"
            raise InputError(f"{shown_path(path)}: {what}. Give the folder that `teamsim run` wrote.")
        return cls(path, read_manifest(path / MANIFEST))

    @classmethod
    def begin(cls, path: str | Path, plan: "Plan", command: str) -> "Folder":
        """Make the folder of some work, or find the one that it has already.

        Raises:
            InputError: the folder holds something else, other work, or this one run by another model.
        """
        path = Path(path)
        digest = plan.digest
        _sweep_beside(path)
        if (path / MANIFEST).exists():
            folder = cls.at(path)
            if digest not in (folder.manifest["digest"], folder.manifest.get("whole")):
                text = f'holds the results of another study ("{folder.manifest["study"]}", or other settings of it). '
                raise InputError(f"{shown_path(path)}: {text}Choose another folder with --out.")
            folder.check_model()
            return folder
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise InputError(f"{shown_path(path)}: there is something else already. Choose another folder with --out.")
        manifest = new_manifest(plan, digest, command)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
            try:
                plan.write(unfinished)
                (unfinished / CHUNKS).mkdir()
                (unfinished / MANIFEST).write_text(_json(manifest), encoding="utf-8")
                unfinished.chmod(0o755)
                unfinished.replace(path)  # as a whole, so that a folder of results is never half one
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
        except OSError as error:
            text = f"cannot be made ({error.strerror or error}). Choose another folder with --out."
            raise InputError(f"{shown_path(path)}: {text}") from None
        return cls(path, manifest)

    @property
    def kind(self) -> str:
        """What kind of work it holds."""
        return str(self.manifest.get("kind", "study"))

    def plan(self) -> "Plan":
        """The work that the folder was begun with, as far as it has come.

        Raises:
            InputError: its files are missing or damaged.
        """
        if self.kind not in READERS:
            text = (
                f'holds work of a kind that this version does not know ("{self.kind}"). Use the version that wrote it.'
            )
            raise InputError(f"{shown_path(self.path)}: {text}")
        plan: Plan = import_module(READERS[self.kind]).read_plan(self)
        if plan.digest != self.manifest["digest"]:
            text = f"its {self.kind}, scenarios or points are not what they were. Put them back, or run it all anew."
            raise InputError(f"{shown_path(self.path)}: {text}")
        return plan

    def extend(self, longer: "Plan") -> None:
        """Note that there is more to run than before; what has been run stays."""
        longer.write_points(self.path)
        self.note(**longer.facts, finished=None)

    def take_analyses(self, study: Study) -> None:
        """Let the results be analysed as this study says, which is otherwise the same; files of earlier ones go."""
        own = read_study_table(self.path)
        wanted = analyses_of(study)
        if isinstance(study.design, Adaptive):
            wanted["design"] = {**own["design"], "enough": None, **rounds_of(study.design)}
            wanted["design"] = {key: value for key, value in wanted["design"].items() if value is not None}
        if {key: own.get(key) for key in wanted} == wanted:
            return
        with written_whole(self.path / STUDY) as unfinished:
            unfinished.write_text(to_text({**own, **wanted}), encoding="utf-8")
        self.note(finished=None, settled=False)

    def check_model(self) -> None:
        """Raise InputError if the model has changed since, so that rows of two models are never mixed."""
        if self.manifest["fingerprint"] != fingerprint():
            made_by = self.manifest["versions"]["teamsim"]
            text = f"made by another version of the model (teamsim {made_by}, perhaps changed since). "
            raise InputError(f"{shown_path(self.path)}: {text}Run the study anew into another folder.")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing here; the operating system lets go when this one ends, however it ends.

        Raises:
            InputError: another process is writing; the folder cannot be written to.
        """
        lock = self.path / LOCK
        if lock.exists() and not lock.is_file():  # to open a pipe would be to wait for ever
            raise InputError(f"{shown_path(lock)}: not a file. Take it away.")
        try:
            handle = lock.open("a")
        except OSError as error:
            text = f"cannot be written to ({error.strerror or error}). Copy it to a place of your own, or lift that."
            raise InputError(f"{shown_path(self.path)}: {text}") from None
        with handle:
            if not _lock(handle):
                text = "another process is working in this folder. Wait for it, or choose another with --out."
                raise InputError(f"{shown_path(self.path)}: {text}")
            yield

    def busy(self) -> bool:
        """Whether a process is working here; nothing is written, so that folders that may only be read can be asked."""
        try:
            if not (self.path / LOCK).is_file():
                return False
            with (self.path / LOCK).open() as handle:
                return not _lock(handle)
        except OSError:  # nobody has worked here yet, or nobody may
            return False

    def stored(self, plan: "Plan", *, check: bool = True) -> Stored:
        """The chunks of the plan that are there; with `check`, every file is read and compared with its digest."""
        known = {key[:_SHORT] for key in plan.keys}
        found: dict[str, dict[str, Path]] = {}
        damaged = []
        for path in sorted((self.path / CHUNKS).glob("*.parquet")):
            key, _, rest = path.name.partition(".")
            kind = rest.partition(".")[0]
            if key not in known:
                continue
            if path.exists() and not path.is_file():  # it is not ours to remove
                raise InputError(f"{shown_path(path)}: not a file. Take it away, and run: teamsim resume {self.path}")
            if check and not _as_written(path):
                damaged.append(path.name)
            else:
                found.setdefault(key, {})[kind] = path
        whole = {key: files for key, files in found.items() if all(kind in files for kind in plan.kinds)}
        return Stored(whole, tuple(damaged))

    def damaged(self) -> list[str]:
        """The names of all chunk files that are not as they were written, whichever round of the work they are of."""
        files = [path for path in (self.path / CHUNKS).glob("*.parquet") if _CHUNK.fullmatch(path.name)]
        return sorted(path.name for path in files if path.is_file() and not _as_written(path))

    def altered(self) -> Iterator[tuple[str, str]]:
        """The files of finished results that are missing or not as they were written, and which of the two."""
        for name, digest in self.manifest["files"].items():
            file = self.path / name
            if not file.is_file():
                yield name, "missing"
            elif digest_of(file) != digest:
                yield name, "not as it was written"

    def to_be_remade(self) -> list[str]:
        """Of finished results, the files beside the chunks that are missing or not as they were written."""
        if self.manifest["finished"] is None:
            return []
        return [name for name, _ in self.altered() if not name.startswith(f"{CHUNKS}/")]

    def sweep(self) -> None:
        """Remove what was being written when this process, or an earlier one, was killed."""
        for path in self.path.rglob(".*-*"):
            if path.is_file() and is_unfinished(path):
                path.unlink(missing_ok=True)

    def keep(self, key: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a chunk, that of the runs last; with it the chunk counts as done.

        Raises:
            InputError: they cannot be written.
        """
        (self.path / CHUNKS).mkdir(exist_ok=True)
        for kind in sorted(files, key=lambda kind: kind == RUNS):
            for older in (self.path / CHUNKS).glob(f"{key[:_SHORT]}.{kind}.*"):
                older.unlink()
            content = hashlib.sha256(files[kind]).hexdigest()
            path = self.path / CHUNKS / f"{key[:_SHORT]}.{kind}.{content[:_SHORT]}.parquet"
            with written_whole(path) as unfinished, unfinished.open("wb") as handle:
                handle.write(files[kind])
                handle.flush()
                os.fsync(handle.fileno())

    def discard(self, damaged: tuple[str, ...]) -> None:
        """Remove chunk files that are not as they were."""
        for name in damaged:
            (self.path / CHUNKS / name).unlink(missing_ok=True)

    def chunk_files(self, plan: "Plan", kind: str, *, check: bool = False) -> list[Path]:
        """The files of one kind, in the order of the plan.

        Raises:
            InputError: some are missing.
        """
        chunks = self.stored(plan, check=check).chunks
        missing = sum(key[:_SHORT] not in chunks for key in plan.keys)
        if missing:
            text = f"{missing} of {len(plan.keys)} chunks are missing or damaged."
            raise InputError(f"{shown_path(self.path)}: {text} Run: teamsim resume {shown_path(self.path)}")
        return [chunks[key[:_SHORT]][kind] for key in plan.keys]

    def merge(self, plan: "Plan") -> int:
        """Put the rows of all chunks into results.parquet, one chunk after the other, whatever their number.

        Returns:
            How many of the runs failed.

        Raises:
            InputError: chunks are missing, or the file cannot be written.
        """
        from pyarrow import parquet

        files = self.chunk_files(plan, RUNS)
        schema, failed = parquet.read_schema(files[0]), 0
        with written_whole(self.path / RESULTS) as unfinished, parquet.ParquetWriter(unfinished, schema) as writer:
            for rows in _rows_in_groups(files):
                writer.write_table(rows, row_group_size=GROUP_ROWS)
                failed += len(rows) - rows["error"].null_count
        return failed

    def note(self, **facts: Any) -> None:
        """Add facts to the manifest."""
        self.manifest |= facts
        with written_whole(self.path / MANIFEST) as unfinished:
            unfinished.write_text(_json(self.manifest), encoding="utf-8")

    def seal(self) -> None:
        """Note the digest of every file, for `teamsim verify`."""
        left_out = {MANIFEST, LOCK}
        files = sorted(path for path in self.path.rglob("*") if path.is_file() and path.name not in left_out)
        self.note(files={path.relative_to(self.path).as_posix(): digest_of(path) for path in files})


def _sweep_beside(path: Path) -> None:
    """Remove folders of this name that were being made when a process was killed, an hour ago or more."""
    for unfinished in path.parent.glob(f".{path.name}-*"):
        if unfinished.is_dir() and time.time() - unfinished.stat().st_mtime > AN_HOUR:
            shutil.rmtree(unfinished, ignore_errors=True)


def _rows_in_groups(files: Sequence[Path]) -> Iterator[Any]:
    """The rows of all files in tables of GROUP_ROWS, so that the file does not show how the study was cut up."""
    import pyarrow as pa

    gathered: list[Any] = []
    for path in files:
        gathered.append(read_rows(path, DAMAGED))
        if sum(map(len, gathered)) >= GROUP_ROWS:
            table = pa.concat_tables(gathered)
            whole = len(table) // GROUP_ROWS * GROUP_ROWS
            yield table.slice(0, whole)
            gathered = [table.slice(whole)]
    yield pa.concat_tables(gathered)


def _as_written(path: Path) -> bool:
    """Whether the content of a chunk's file is what its name says."""
    return path.is_file() and path.name.split(".")[2:3] == [digest_of(path)[:_SHORT]]


def digest_of(path: Path) -> str:
    """Digest of a file's content."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def new_manifest(plan: "Plan", digest: str, command: str) -> dict[str, Any]:
    """What the manifest of a study says that has just been begun."""
    return {
        "format": FORMAT,
        "kind": plan.kind,
        **plan.facts,
        "command": command,
        "begun": now(),
        "finished": None,
        "digest": digest,
        "whole": plan.whole_digest,
        "fingerprint": fingerprint(),
        **versions(),
    }


def _json(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _lock(handle: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
