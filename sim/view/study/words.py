"""Says the results of a study, of claims or of a calibration in words: precision, replications, what is not drawn."""

import json
from collections.abc import Iterator

import pandas as pd

from sim.analysis.claims.verdict import Verdict
from sim.analysis.study.discovery import RAREST
from sim.study.results import ExperimentResults
from sim.view.study.claims_and_calibration import RECORD
from sim.view.study.figure_labels import column_name

TABLE, WINS = "tables/replications.csv", "tables/prim_wins.csv"


def what_came_of_it(results: ExperimentResults) -> Iterator[str]:
    """Sentences about what was found, by the kind of work."""
    kind = results.manifest.get("kind", "study")
    if kind == "study":
        yield from without_value(results)
        yield from not_drawn(results)
        yield from not_explained(results)
        yield from not_compared(results)
        yield from times_without_interval(results)
        yield from never_different(results)
        yield from how_precise(results)
    elif kind == "claims":
        verdicts = [claim["verdict"] for claim in json.loads((results.path / RECORD).read_text("utf-8"))["claims"]]
        parts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict)
        yield f"Of {len(verdicts)} claims: {parts}; in full in {results.path}/tables/claims.csv"
    else:
        kept = results.manifest["kept"]
        yield f"Kept {kept} sets of the posterior (posterior.parquet); what is known of them: {results.path}/report.md"


def how_precise(results: ExperimentResults) -> Iterator[str]:
    """Sentences about the precision that was asked for, and about what more replications would bring."""
    for column, aim in results.study.precision.items():
        half, many = results.manifest["half_widths"][column], results.study.replications
        text = f"{column_name(column)}: every mean is known to ±{half:.3g} with {many:,} replications"
        short = f"; ±{aim:g} takes more than most_replications allows" if not half <= aim else ""
        yield f"{text}{short}."
    if (results.path / TABLE).is_file():
        table = pd.read_csv(results.path / TABLE)
        for (metric, quantity), rows in table.groupby(["metric", "quantity"], sort=False):
            needed = ", ".join(f"±{row['aim']:g} takes {row['needed']:,}" for row in rows.to_dict("records"))
            what = "means" if quantity == "mean" else "paired differences"
            run = int(rows["n"].max())
            yield f"{column_name(str(metric))}, {what}: {needed} replications; {run:,} were run."


def without_value(results: ExperimentResults) -> Iterator[str]:
    """A sentence for each formula that could not be worked out in some weeks though its metrics were there."""
    for name, row in results.manifest.get("undefined", {}).items():
        what = f"{name} has no value in {row['weeks']:,} weeks of {row['runs']:,} of the {row['of']:,} runs, since its"
        what += " formula cannot be worked out there (a division by 0, perhaps)"
        where = f"{row['style']} in {row['scenario']}"
        if results.study.design is not None:
            where += f" at point {row['point']}"
        until = name in results.study.record.until
        then = "They count as weeks in which it is not so" if until else "They are left out of its means"
        yield f"{what}, most often under {where}. {then}; results.parquet counts them as undefined_{name}."


def not_drawn(results: ExperimentResults) -> Iterator[str]:
    """A sentence for each analysis that would have more figures than are drawn."""
    most = results.study.analysis.most_figures
    for analysis, many in results.manifest.get("not_drawn", {}).items():
        yield (
            f"analysis {analysis}: the first {most} of {most + many:,} figures are drawn; the table has all. "
            f"To draw them: most_figures = {most + many} in [analysis]."
        )


def never_different(results: ExperimentResults) -> Iterator[str]:
    """A sentence for each metric that is the same at all points, so that nothing varied can matter for it."""
    for name, column in (("sobol", "total"), ("morris", "effect")):
        if (results.path / f"tables/{name}.csv").is_file():
            table = pd.read_csv(results.path / f"tables/{name}.csv").fillna(0.0)
            for (scenario, metric, style), rows in table.groupby(["scenario", "metric", "style"], sort=False):
                if not rows[column].any():
                    what = f"{column_name(str(metric)).lower()} under {style} in {scenario}"
                    yield f"analysis {name}: {what} is the same at all points; nothing that is varied moves it."


def not_compared(results: ExperimentResults) -> Iterator[str]:
    """A sentence for each level that no point can be compared at with one at the reference."""
    if not (results.path / "tables/interactions.csv").is_file():
        return
    table = pd.read_csv(results.path / "tables/interactions.csv")
    if "points" not in table.columns:
        return
    rows = table.loc[table["points"] == 0, ["scenario", "varied", "level", "reference"]].drop_duplicates()
    for row in rows.to_dict("records"):
        what = f"{row['varied']} {row['level']} in {row['scenario']}"
        yield (
            f"analysis interactions: no point at {what} differs from one at {row['reference']} in nothing else, "
            "as constraints have it; its contrast has no value."
        )


def times_without_interval(results: ExperimentResults) -> Iterator[str]:
    """A sentence where times to an event have no interval, which luck leaves open as much as the choice of points."""
    file = results.path / "tables/survival.csv"
    if file.is_file() and pd.read_csv(file)["share_low"].isna().any():
        yield "analysis survival: intervals are empty, since over a sample of points they take two replications."


def not_explained(results: ExperimentResults) -> Iterator[str]:
    """A sentence for each style whose victories are too rare, or too common, for ranges of them to be looked for."""
    if not (results.path / WINS).is_file():
        return
    for row in pd.read_csv(results.path / WINS).to_dict("records"):
        if not RAREST <= row["wins"] <= 1 - RAREST:
            where = f"{row['style']} in {row['scenario']} is the best by {column_name(row['metric']).lower()}"
            how = "rarely" if row["wins"] < RAREST else "often"
            yield f"analysis prim: {where} at {row['wins']:.1%} of the points, too {how} to look for ranges."
