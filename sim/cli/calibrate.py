"""`teamsim calibrate`: parameters under which the model shows the published patterns."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.terminal import counting


def calibrate(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to work; what is there already is gone on with.")],
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="How to calibrate, as TOML. (default: the shipped one)")
    ] = None,
    patterns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Published patterns, as TOML. (default: the shipped ones)")
    ] = None,
) -> None:
    """Fit the uncertain parameters to published patterns, and keep the sets that fit about as well as the best."""
    from sim.analysis import calibration
    from sim.analysis.evidence import load_patterns, patterns_path
    from sim.view.calibration import calibration_report

    chosen = calibration.load_calibration(file or patterns_path().with_name("calibration.toml"))
    published = load_patterns(patterns)
    calibration.prepare(out, chosen, published)
    with counting("Searching", chosen.search.generations) as step:
        for generation, _ in calibration.search(chosen, published, out):
            step(generation)
    with counting("Drawing around the best", chosen.keep.draws) as step:
        for done in calibration.draw_around(chosen, published, out):
            step(done)
    with counting("Judging the best again", chosen.keep.finalists) as step:
        for done in calibration.judge_again(chosen, published, out):
            step(done)
    sets = calibration.kept(chosen, out)
    calibration.save_sets(sets, out / "posterior.parquet")
    (out / "report.md").write_text(calibration_report(chosen, sets), encoding="utf-8")
    typer.echo(f"Kept {len(sets)} sets; the best shows {sets[0]['passed']} patterns in these worlds.")
    typer.echo(f"Saved {out / 'posterior.parquet'} and {out / 'report.md'}", err=True)
