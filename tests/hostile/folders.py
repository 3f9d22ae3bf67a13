"""Folders of results, damaged in every way that disks, people and programs have, and looked at with each command."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import sim
from sim.scenario.problems import InputError
from sim.study.plan import plan_study
from sim.study.results_folder import MANIFEST
from sim.view.report.from_results import saved_results
from tests.hostile.mutation import damaged, with_other_value
from tests.hostile.readers import command
from tests.study.studies import TINY_CHUNK, begun, run, small, vary

NAME = "folder of results"

URGENCY = vary("market.urgency", low=0.2, high=0.8)
STUDIES: tuple[dict[str, Any], ...] = (
    {
        "vary": [vary("market.urgency", 0.1, 0.5)],
        "analyses": ["differences"],
        "analysis": {"figures": [], "metrics": ["morale"]},  # drawing takes its time, and nothing is read for it
    },
    {"record": {"metrics": ["morale"], "weekly": True, "people": True}},
    {"design": {"kind": "sobol", "base": 4, "vary": [URGENCY]}, "styles": ["agile"]},
)


@cache
def _finished() -> tuple[Path, ...]:
    """A folder of each study, and one that was stopped half-way."""
    place = Path(tempfile.mkdtemp(prefix="hostile-studies-"))
    folders = []
    for number, study in enumerate(STUDIES):
        folder = begun(place / str(number), small(**study), TINY_CHUNK)
        run(folder, workers=1)
        folders.append(folder.path)
    half = begun(place / "half", small(**STUDIES[0]), TINY_CHUNK).path
    for chunk in sorted((folders[0] / "chunks").glob("*"))[:1]:
        shutil.copy(chunk, half / "chunks")
    return (*folders, half)


def prepared() -> Callable[[Path, random.Random], None]:
    """What tries one input; all studies are run and every command has been used before."""
    place = Path(tempfile.mkdtemp(prefix="hostile-"))
    for number, use in enumerate(USES):
        shutil.copytree(_finished()[0], place / str(number) / "results")
        use(place / str(number) / "results")
    shutil.rmtree(place)
    return one_input


def one_input(place: Path, rng: random.Random) -> None:
    """Damage a folder, and use it in one way or another; raise InputError if it was refused."""
    source = rng.choice(_finished())
    folder = place / "results"
    shutil.copytree(source, folder)
    for _ in range(rng.choice((1, 1, 2))):
        _harm(folder, rng)
    rng.choice(USES)(folder)


def _harm(folder: Path, rng: random.Random) -> None:
    """Do something to a file or a folder in it."""
    if rng.random() < 0.35 and (folder / MANIFEST).is_file():
        text = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace")
        try:
            (folder / MANIFEST).write_text(with_other_value(text, rng), encoding="utf-8", errors="surrogatepass")
        except ValueError:  # it is no JSON any more
            (folder / MANIFEST).write_bytes(damaged(text.encode(), rng))
        return
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if not found:
        return
    victim = rng.choice(found)
    data, other = victim.read_bytes(), rng.choice(found).read_bytes()
    what = rng.randrange(10)
    if what < 5:
        victim.write_bytes(damaged(data, rng, (data, other)))
    elif what == 5:
        victim.write_bytes(b"")
    elif what == 6:
        victim.write_bytes(other)
    else:
        victim.unlink()
        if what == 8:
            victim.mkdir()
        elif what == 9:
            rng.choice((os.mkfifo, lambda path: path.symlink_to(path.parent / "nowhere")))(victim)
    if rng.random() < 0.05:
        inside = rng.choice([path for path in folder.iterdir() if path.is_dir()] or [folder / "none"])
        shutil.rmtree(inside, ignore_errors=True)
        if rng.random() < 0.5:
            inside.write_bytes(other)


def _opened(folder: Path) -> None:
    """Everything that Python gives of it."""
    results = sim.open_results(folder)
    _ = results.frame, results.points, list(results.groups(["error"]))
    for part in ("weekly", "people", "problem"):
        try:
            getattr(results, part)
        except InputError as error:
            if "not recorded" not in str(error) and "not sampled" not in str(error):
                raise
    _ = results.runs


def _reused(folder: Path) -> None:
    earlier = small(**{**STUDIES[0], "replications": 4})
    sim.run_experiment(plan_study(earlier, TINY_CHUNK), folder.parent / "longer", reuse=folder, workers=1)


USES = (
    _opened,
    _opened,
    _reused,
    lambda folder: saved_results(folder, "0"),
    lambda folder: command("status", str(folder)),
    lambda folder: command("status", str(folder), "--json"),
    lambda folder: command("verify", str(folder), "--sample", "2", "--seed", "1"),
    lambda folder: command("export", str(folder), str(folder.parent / "out")),
    lambda folder: command("resume", str(folder), "--workers", "1"),
    lambda folder: command("resume", str(folder), "--workers", "1"),
)
