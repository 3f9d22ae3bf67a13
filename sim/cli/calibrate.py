"""`teamsim calibrate`: finds parameters under which the model shows the published patterns."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.study import Dask, Workers


def calibrate(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to work; what is there already is gone on with.")],
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="How to calibrate, as TOML. (default: the shipped one)")
    ] = None,
    patterns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Published patterns, as TOML. (default: the shipped ones)")
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Fit the uncertain parameters to published patterns: sets drawn from their posterior, and the best of them."""
    from sim.analysis.calibration.file import load_calibration
    from sim.analysis.calibration.plan import CalibrationPlan
    from sim.analysis.evidence import load_patterns
    from sim.cli.study import run_work

    run_work(CalibrationPlan.begin(load_calibration(file), load_patterns(patterns)), out, workers, dask)
