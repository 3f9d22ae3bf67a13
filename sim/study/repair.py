"""Makes the manifest of a folder of results anew, from its study and the chunks that are there, so that none is lost.

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
from sim.study.plan import Plan
from sim.study.provenance import now
from sim.study.results_folder import CHUNKS, MANIFEST, Folder, new_manifest
from sim.study.stored_files import read_rows

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
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as unfinished:
            cut.write(Path(unfinished))
            shutil.copytree(unfinished, path, dirs_exist_ok=True)
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
