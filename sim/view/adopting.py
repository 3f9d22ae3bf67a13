"""Takes a calibration over: its best-fitting set becomes the defaults, all its sets the posterior, its report a page.

Run by `make calibration`; writes to the source tree that it is part of.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.analysis.calibration.file import load_calibration
from sim.analysis.calibration.plan import CALIBRATION
from sim.analysis.plausible import POSTERIOR
from sim.scenario.problems import InputError
from sim.scenario.writing import written_whole
from sim.view.calibration import calibration_report
from sim.view.study.claims_and_calibration import SETS, save_sets

DIGITS = 4
"""Significant digits of an adopted value: more would say nothing, and fewer change results."""

ROOT = Path(__file__).parents[2]


def rounded(values: Mapping[str, float]) -> dict[str, float]:
    """The values as they are written down."""
    return {name: float(f"{value:.{DIGITS}g}") for name, value in values.items()}


def with_defaults(text: str, values: Mapping[str, float]) -> str:
    """The table of parameters with other defaults, everything else as it was.

    Args:
        text: of sim/scenario/parameters.py.
        values: by name of a parameter.
    """
    for name, value in values.items():
        text, found = re.subn(rf'(Parameter\("{name}", "[^"]+", )[^,]+,', rf"\g<1>{value:g},", text)
        if found != 1:
            raise InputError(f'parameters.py: "{name}" is declared {found} times. Declare it once.')
    return text


def adopt(folder: Path, root: Path = ROOT) -> int:
    """Take over what a calibration has found; how many sets were kept.

    Args:
        folder: of a finished calibration.
        root: of the source tree.

    Raises:
        InputError: the folder holds no finished calibration.
    """
    if not (folder / SETS).is_file():
        raise InputError(f"{folder}: holds no finished calibration. Run: teamsim run calibration --out {folder}")
    file = load_calibration(folder / CALIBRATION)
    sets: Sequence[dict[str, Any]] = [
        one | {"parameters": rounded(one["parameters"]), "misfit": round(one["misfit"], 3)}
        for one in json.loads((folder / SETS).read_text(encoding="utf-8"))
    ]
    table = root / "sim/scenario/parameters.py"
    with written_whole(table) as unfinished:
        text = with_defaults(table.read_text(encoding="utf-8"), sets[0]["parameters"])
        unfinished.write_text(text, encoding="utf-8")
    save_sets(sets, root / "sim/analysis/data" / POSTERIOR)
    page = root / "docs/calibration.md"
    page.write_text(calibration_report(file, sets), encoding="utf-8")
    return len(sets)


if __name__ == "__main__":
    try:
        count = adopt(Path(sys.argv[1]))
    except InputError as error:
        sys.exit(str(error))
    print(f"Adopted: {count} sets, of which the best-fitting gives the defaults.")  # noqa: T201  # a command of its own
