"""Tables and figures of claims and of a calibration, made in their folders of results as for a study."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.analysis.calibration.found import best_set, calibration_record, judging_sets, kept_sets, simulation_based
from sim.analysis.calibration.plan import CalibrationPlan, known_in
from sim.analysis.calibration.stages import NONE, learn
from sim.analysis.claims.plan import ClaimsPlan
from sim.analysis.claims.record import claims_record
from sim.analysis.claims.study import ClaimsStudy
from sim.analysis.claims.verdict import ClaimResult
from sim.analysis.cross_validation import BEST, model_of
from sim.analysis.doubt import SOURCES
from sim.analysis.plausible import MODEL_KEY, POSTERIOR
from sim.analysis.study.summary import SUMMARY
from sim.analysis.summary import mean_interval
from sim.scenario.writing import written_whole
from sim.study.results_folder import Folder
from sim.study.tables import write_table
from sim.view.calibration import calibration_report

RECORD, CHECK, FOUND, REPORT = "claims.json", "check.json", "calibration.json", "report.md"


def make_of_claims(folder: Folder, plan: ClaimsPlan) -> None:
    """Write the verdicts (claims.json, tables/claims.csv), their picture, and what each arm comes to (summary.csv)."""
    import pandas as pd

    from sim.view.charts import save_chart
    from sim.view.forest import forest

    study = ClaimsStudy.of(folder)
    results = study.results()
    _write_text(folder.path / RECORD, json.dumps(claims_record(results, plan.claims, plan.many), indent=1))
    for name in ("tables", "figures"):
        (folder.path / name).mkdir(exist_ok=True)
    write_table(pd.DataFrame(_comparisons(results)), folder.path / "tables" / "claims.csv")
    write_table(pd.DataFrame(_arms(study)), folder.path / SUMMARY)
    if results:
        save_chart(forest(results, plan.many), folder.path / "figures" / "claims.svg")
    missing = sorted({claim.id for claim in plan.claims.claims} - {result.claim.id for result in results})
    not_made = {"claims": f"runs of {', '.join(missing)} failed: no verdict"} if missing else {}
    folder.note(not_made=not_made, half_widths={})


def make_of_calibration(folder: Folder, plan: CalibrationPlan) -> None:
    """Write the posterior's sets, the best one, those that groups are judged by, and whether all that can be trusted.

    posterior.parquet, best.json (by group left out; the best one where none is), check.json (simulation-based
    calibration, made once), calibration.json (all that the page shows) and the page, report.md.
    """
    known = known_in(folder, plan)
    learned = learn(known, plan.patterns)
    check = folder.path / CHECK
    if not check.is_file():
        _write_text(check, json.dumps(simulation_based(plan.file, known, plan.patterns)))
    found = calibration_record(plan.file, known, plan.patterns, json.loads(check.read_text(encoding="utf-8")))
    found["model"] = model_of(plan.patterns)
    sets, best = kept_sets(known, learned, plan.patterns), best_set(known, learned, plan.patterns)
    save_sets(sets, folder.path / POSTERIOR, found["model"])
    judges = {NONE: [best["parameters"]], **judging_sets(known, plan.patterns)}
    _write_text(folder.path / BEST, json.dumps(judges, indent=1))
    _write_text(folder.path / FOUND, json.dumps(found))
    _write_text(folder.path / REPORT, calibration_report(found))
    folder.note(not_made={}, half_widths={}, kept=len(sets), misfit=best["misfit"])


def save_sets(sets: Sequence[Mapping[str, Any]], path: Path, model: str) -> None:
    """Save sets of parameters as Parquet: misfit, passed, and a column a parameter; one row a set.

    Args:
        sets: what calibration has kept.
        path: where to.
        model: what the calibration rests on, as of `model_of`; kept in the file's metadata.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"misfit": one["misfit"], "passed": one["passed"], **one["parameters"]} for one in sets]
    with written_whole(path) as unfinished:
        table = pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
        named = table.replace_schema_metadata({**(table.schema.metadata or {}), MODEL_KEY: model.encode()})
        pq.write_table(named, unfinished, compression="zstd")


def saved_sets(path: Path) -> list[dict[str, Any]]:
    """Sets of parameters as `save_sets` saves them."""
    import pandas as pd

    rows = pd.read_parquet(path).to_dict("records")
    return [{"misfit": float(row.pop("misfit")), "passed": int(row.pop("passed")), "parameters": row} for row in rows]


def _comparisons(results: Sequence[ClaimResult]) -> Iterator[dict[str, Any]]:
    """A row for each comparison of each part; effects above 0 speak for the claim."""
    for result in results:
        for number, part in enumerate(result.parts, 1):
            for reading in part.readings:
                yield {
                    "claim": result.claim.id, "part": number, "says": part.part.text, "arms": reading.label,
                    "effect_sd": reading.standardised, "low_sd": reading.standardised_low,
                    "high_sd": reading.standardised_high, "smallest_sd": reading.standardised_smallest,
                    "difference": reading.difference, "p_adjusted_part": part.p_adjusted,
                    "verdict_part": str(part.verdict), "verdict_claim": str(result.verdict),
                    "holds": result.holds, "keeps_sign": result.keeps_sign, "robustness": result.robustness,
                    **{f"doubt_{source}": result.doubt and result.doubt[source].share for source in SOURCES},
                }  # fmt: skip


def _arms(study: ClaimsStudy) -> Iterator[dict[str, Any]]:
    """What each arm comes to with the default parameters: mean with its 95% interval, and standard deviation."""
    for wanted, values in study.arms():
        found = mean_interval(np.asarray(values))
        numbers = {"mean": found.mean, "low": found.low, "high": found.high, "sd": found.sd}
        yield {**wanted.cells, **{name: float(value) for name, value in numbers.items()}, "n": int(found.n)}


def _write_text(path: Path, text: str) -> None:
    with written_whole(path) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")
