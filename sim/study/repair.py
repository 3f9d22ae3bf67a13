"""Restores a manifest or study files that a folder of results has lost, so that its finished chunks stay usable.

A chunk's file is named after all that its rows depend on, so that whatever fits the study that is given belongs to it.
How the study had been cut into chunks is found by trying: as it is cut now, or as it had been beside an earlier one.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim.scenario.problems import InputError, shown_path
from sim.study.jobs import RUNS
from sim.study.manifest import DamagedError, read_manifest
from sim.study.plan import Plan, plan_from
from sim.study.provenance import now
from sim.study.results_folder import CHUNKS, MANIFEST, Folder, new_manifest
from sim.study.stored_files import read_rows
from sim.study.study_files import STUDY, study_without_points, write_points

MOST_TRIED = 50
"""Ways in which it is tried to cut a study, where its chunks are not cut as usual."""


def is_lost(path: Path) -> bool:
    """Whether a folder has chunks of results, and a manifest that is damaged, or none."""
    if not any((path / CHUNKS).glob("*.parquet")):
        return False
    try:
        read_manifest(path / MANIFEST)
    except DamagedError:
        return True
    return False


def mend_points(folder: Folder) -> None:
    """Make the points of a study anew, where they are missing or damaged, from the study that stands beside them.

    Raises:
        InputError: they do not follow from it, or it is missing or damaged itself.
    """
    try:
        folder.plan()
    except InputError as error:
        if folder.kind != "study" or not (folder.path / STUDY).is_file():
            raise _with_remedy(error, folder) from None
        try:
            resolved = study_without_points(folder.path, folder.manifest["study"])
            if plan_from(folder, resolved).digest == folder.manifest["digest"]:
                with folder.locked():
                    write_points(resolved, folder.path)
            folder.plan()
        except InputError:
            raise _with_remedy(error, folder) from None


def mend_study(folder: Folder, plan: Plan) -> None:
    """Write the files of the study into a folder that was begun with it, where they are missing or damaged."""
    try:
        folder.plan()
    except InputError:
        with folder.locked():
            _write_study(folder.path, plan)


def remedy(folder: Folder) -> str:
    """What makes anew that which is missing or altered in a folder of finished results, in words."""
    try:
        folder.check_model()
    except InputError as error:
        return f"It cannot be made anew here. {error}"
    try:
        folder.plan()
    except InputError:
        if not _follow_from_study(folder):
            return f"Make what is missing or altered anew from the study that was run: {_again(folder)}"
    return f"Make what is missing or altered anew with: teamsim resume {shown_path(folder.path)}"


def _follow_from_study(folder: Folder) -> bool:
    """Whether the points follow from the study in the folder."""
    try:
        resolved = study_without_points(folder.path, folder.manifest["study"])
        return folder.kind == "study" and plan_from(folder, resolved).digest == folder.manifest["digest"]
    except InputError:
        return False


def _again(folder: Folder) -> str:
    what = "STUDY.toml" if folder.kind == "study" else folder.kind
    return f"teamsim run {what} --out {shown_path(folder.path)} (it was begun with: {folder.manifest['command']})"


def _with_remedy(error: InputError, folder: Folder) -> InputError:
    return InputError(f"{error} What has been run is kept by: {_again(folder)}")


def _write_study(path: Path, plan: Plan) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as unfinished:
        plan.write(Path(unfinished))
        shutil.copytree(unfinished, path, dirs_exist_ok=True)


def make_manifest(path: Path, plan: Plan, command: str) -> int:
    """Write the manifest of a folder of results anew, as if the study had been begun there, with all chunks that fit.

    Args:
        path: the folder, whose manifest is lost; a damaged one is kept beside it as manifest.json.damaged.
        plan: of the study that was run there.
        command: that does it.

    Returns:
        How many chunks there are that fit.

    Raises:
        InputError: chunks are there, and none of them is of this study as this version of the model runs it; another
            process works there.
    """
    folder = Folder(path, {})
    with folder.locked():
        there = len(list((path / CHUNKS).glob(f"*.{RUNS}.*.parquet")))
        cut, found = plan, 0
        for other in _ways_to_cut(path, plan):
            if (fits := len(folder.stored(other, check=False).chunks)) > found:
                cut, found = other, fits
            if found == there:
                break
        if there and not found:
            text = f"its {MANIFEST} is lost, and none of its {there} chunks is of this study as this version runs it. "
            text += "Give the study that was run there, or choose another folder with --out."
            raise InputError(f"{shown_path(path)}: {text}")
        _write_study(path, cut)
        if (path / MANIFEST).exists():
            (path / MANIFEST).replace(path / f"{MANIFEST}.damaged")
        folder.note(**new_manifest(cut, cut.digest, command), repaired=now())
    return found


def _ways_to_cut(path: Path, plan: Plan) -> Iterator[Plan]:
    """The plan as it is, and cut as beside an earlier study, whose replications or points show in the chunks there."""
    yield plan
    if plan.kind != "study" or plan.rounds:
        return
    ends: set[int] = set()
    begins: dict[str, set[int]] = {}
    for file in (path / CHUNKS).glob(f"*.{RUNS}.*.parquet"):
        try:
            rows = read_rows(file, "", ["scenario", "point", "replication"])
        except InputError:  # it is made anew
            continue
        if len(rows):
            ends.add(max(rows["replication"].to_pylist()) + 1)
            begins.setdefault(rows["scenario"][0].as_py(), set()).add(rows["point"][0].as_py())
    now_, common = plan.resolved.study.replications, set.intersection(*begins.values()) if begins else set()
    if common - {0}:
        yield replace(plan, breaks=tuple(sorted(common - {0})))
    for end in sorted(ends - {now_})[:MOST_TRIED]:
        if end < now_:
            yield replace(plan, rounds=(end, now_))
