"""What is known of mutants: a line of a file for each that was tried, the score of them all, and the table of it.

The file of tries grows by whole lines, so whoever is stopped in the middle loses one mutant at most. A try holds as
long as the rule's file is the same and, of a mutant that nothing noticed, as long as the tests are.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.view.markdown import table

BY_TESTS, BY_RESULTS, BY_TIME, NOTHING = "tests", "results", "time", "nothing"
"""What noticed a mutant: a test of the rules, the results of companies, or that it does not come to an end."""

BEGIN, END = "<!-- score: make mutation -->", "<!-- end of the score -->"


class Try(NamedTuple):
    """A mutant that was tried: which one, and what noticed it."""

    file: str
    rule: str
    number: int  # of the rule's mutants
    line: int
    change: str
    source: str  # digest of the rule's file
    tests: str  # digest of the tests
    noticed: str
    by: str  # the test that failed

    @property
    def mutant(self) -> tuple[str, str, int, str]:
        """Which mutant this is, of which version of the rule."""
        return self.file, self.rule, self.number, self.source


def digest(paths: Iterable[Path]) -> str:
    """Another one when one of the files changes."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def tries(file: Path) -> dict[tuple[str, str, int, str], Try]:
    """The last try of each mutant; a line that was cut off is none."""
    found: dict[tuple[str, str, int, str], Try] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            one = Try(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[one.mutant] = one
    return found


def keep(file: Path, one: Try) -> None:
    """Add a line, on a line of its own even where the last one was cut off."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as stream:
        if stream.tell() and not _ends_whole(file):
            stream.write(b"\n")
        stream.write(json.dumps(one._asdict()).encode() + b"\n")


def _ends_whole(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(-1, 2)
        return stream.read() == b"\n"


def score(done: Iterable[Try], whole: Mapping[str, int], seed: int) -> dict[str, Any]:
    """The counts for each file of rules of which there are `whole` mutants, and what nothing noticed."""
    done = list(done)
    counts = {file: Counter(one.noticed for one in done if one.file == file) for file in whole}
    return {
        "seed": seed,
        "files": {file: {"mutants": whole[file], **counts[file]} for file in sorted(whole)},
        "unnoticed": [f"{one.file}.py:{one.line} {one.rule}: {one.change}" for one in sorted(done)
                      if one.noticed == NOTHING],
    }  # fmt: skip


def share(files: Iterable[Mapping[str, int]]) -> tuple[int, int, float, float, float]:
    """Of all mutants together: how many were tried and noticed, the share, and its 95% interval.

    The interval is Wilson's, narrowed by the part of all mutants that the sample is: of all of them it is a point.
    """
    mutants, tried, noticed = 0, 0, 0
    for one in files:
        mutants += one["mutants"]
        unnoticed = one.get(NOTHING, 0)
        caught = sum(one.get(what, 0) for what in (BY_TESTS, BY_RESULTS, BY_TIME))
        tried, noticed = tried + caught + unnoticed, noticed + caught
    if tried == 0:
        return 0, 0, math.nan, 0.0, 1.0
    p, z = noticed / tried, 1.96 * math.sqrt((mutants - tried) / max(mutants - 1, 1))
    middle, wide = p + z**2 / (2 * tried), z * math.sqrt(p * (1 - p) / tried + z**2 / (4 * tried**2))
    return tried, noticed, p, (middle - wide) / (1 + z**2 / tried), (middle + wide) / (1 + z**2 / tried)


def shown(kept: Mapping[str, Any]) -> str:
    """The score as part of a page."""
    files: Mapping[str, Mapping[str, int]] = kept["files"]
    rows = []
    for file, one in [*files.items(), ("all", None)]:
        which = list(files.values()) if one is None else [one]
        tried, _, part, low, high = share(which)
        mutants = sum(each["mutants"] for each in which)
        interval = "all tried" if tried == mutants else f"{low:.0%} to {high:.0%}"
        noticed = [sum(each.get(what, 0) for each in which) for what in (BY_TESTS, BY_RESULTS, BY_TIME, NOTHING)]
        percent = f"{part:.0%}" if tried else "n/a"
        rows.append((f"`{file}.py`" if one else file, *map(str, (mutants, tried, *noticed)), percent, interval))
    titles = ("Rules of", "Mutants", "Tried", "By tests", "By results", "Never ends", "Unnoticed", "Noticed", "95%")
    return table(titles, rows)


def put(page: Path, kept: Mapping[str, Any]) -> None:
    """Put the score where the page has its place for it."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{shown(kept)}\n\n{END}{after}", encoding="utf-8", newline="\n")
