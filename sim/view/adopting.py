"""Adopts a calibration: its best set becomes the defaults, its sets the posterior, and its results a page.

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
from sim.study.stored_files import read_json, readable
from sim.view.calibration import calibration_report
from sim.view.study.claims_and_calibration import FOUND, save_sets, saved_sets

DIGITS = 4
"""Significant digits of an adopted value: more would say nothing, and fewer change results."""

ROOT = Path(__file__).parents[2]

AGAIN = "Run: teamsim resume, with that folder"
"""What to do about a file of a finished calibration that is damaged: it is made anew."""


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
    with readable(folder / FOUND, AGAIN):
        found = read_json(folder / FOUND, AGAIN)
        model = found["model"]
    if model != model_of(load_patterns()):
        text = "is of another version of the model or of its patterns. Run it anew into another folder."
        raise InputError(f"{folder}: the calibration {text}")
    with readable(folder / FOUND, AGAIN):
        page = calibration_report(found)
    with readable(folder / BEST, AGAIN):
        stored = read_json(folder / BEST, AGAIN)
        judges = {group: [rounded(values) for values in sets] for group, sets in dict(stored).items()}
        (best,) = judges[NONE]
    with readable(folder / POSTERIOR, AGAIN):
        sets = [one | {"parameters": rounded(one["parameters"])} for one in saved_sets(folder / POSTERIOR)]
    table = root / "sim/scenario/parameters.py"
    with written_whole(table) as unfinished:
        text = with_defaults(table.read_text(encoding="utf-8"), best)
        unfinished.write_text(text, encoding="utf-8")
    data = root / "sim/analysis/data"
    save_sets(sets, data / POSTERIOR, model)
    with written_whole(data / BEST) as unfinished:
        unfinished.write_text(json.dumps({"model": model, "sets": judges}, indent=1) + "\n", encoding="utf-8")
    with written_whole(data / FOUND) as unfinished:
        unfinished.write_text(json.dumps(found) + "\n", encoding="utf-8")
    (root / "docs/calibration.md").write_text(page, encoding="utf-8")
    return len(sets)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder of a finished calibration: python -m sim.view.adopting DIR")
    try:
        count = adopt(Path(sys.argv[1]))
    except InputError as error:
        sys.exit(str(error))
    print(f"Adopted: {count} sets of the posterior, and the best one for defaults.")  # noqa: T201  # a command of its own
