"""Takes a calibration over: its best set becomes the defaults, its sets the posterior, what it found a page.

Sets drawn with each group of patterns left out are kept, too: `teamsim evidence --cross-validate` judges by them.
Run by `make calibration`; writes to the source tree that it is part of.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from sim.analysis.cross_validation import BEST, NONE, model_of
from sim.analysis.evidence import load_patterns
from sim.analysis.plausible import POSTERIOR
from sim.scenario.problems import InputError
from sim.scenario.writing import written_whole
from sim.view.calibration import calibration_report
from sim.view.study.claims_and_calibration import FOUND, save_sets, saved_sets

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
        InputError: the folder holds no finished calibration, or one of another version of the model or its patterns.
    """
    if not (folder / FOUND).is_file():
        raise InputError(f"{folder}: holds no finished calibration. Run: teamsim run calibration --out {folder}")
    found = json.loads((folder / FOUND).read_text(encoding="utf-8"))
    if found["model"] != model_of(load_patterns()):
        text = "is of another version of the model or of its patterns. Run it anew into another folder."
        raise InputError(f"{folder}: the calibration {text}")
    judges = json.loads((folder / BEST).read_text(encoding="utf-8"))
    judges = {group: [rounded(values) for values in sets] for group, sets in judges.items()}
    table = root / "sim/scenario/parameters.py"
    with written_whole(table) as unfinished:
        text = with_defaults(table.read_text(encoding="utf-8"), judges[NONE][0])
        unfinished.write_text(text, encoding="utf-8")
    data = root / "sim/analysis/data"
    sets = [one | {"parameters": rounded(one["parameters"])} for one in saved_sets(folder / POSTERIOR)]
    save_sets(sets, data / POSTERIOR)
    with written_whole(data / BEST) as unfinished:
        unfinished.write_text(json.dumps({"model": found["model"], "sets": judges}, indent=1) + "\n", encoding="utf-8")
    with written_whole(data / FOUND) as unfinished:
        unfinished.write_text(json.dumps(found) + "\n", encoding="utf-8")
    (root / "docs/calibration.md").write_text(calibration_report(found), encoding="utf-8")
    return len(sets)


if __name__ == "__main__":
    try:
        count = adopt(Path(sys.argv[1]))
    except InputError as error:
        sys.exit(str(error))
    print(f"Adopted: {count} sets of the posterior, and the best one for defaults.")  # noqa: T201  # a command of its own
