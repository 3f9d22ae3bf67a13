"""Main effects and interactions of the factors of a design at two levels, run by run.

An effect is the mean at the upper level less the mean at the lower one; that of a pair is half the difference between
the effects of the one at both levels of the other. In a fraction of all combinations some effects cannot be told apart,
and their sum is seen: they are named.
"""

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.analysis.paired import differences_of
from sim.analysis.study.blocks import Block, blocks
from sim.analysis.study.compared import adjusted
from sim.analysis.summary import Floats
from sim.study.results import ExperimentResults

MOST_PAIRS = 60
"""Things varied of which pairs are looked at."""


def effects(results: ExperimentResults) -> pd.DataFrame:
    """Main effects and two-factor interactions, with 95% intervals, paired by replication.

    Returns:
        One row per scenario, metric, style and effect: scenario, metric, style, varied, with (the other of a pair, else
        empty), effect, low, high (in the metric's unit), p, p_holm, p_bh (adjusted over all that the design tells
        apart, each once), n (replications), mixed_with (effects of one or two things that it cannot tell from it).
    """
    signs = _signs(results)
    columns = dict(_columns(signs, list(results.varied)))
    mixed = {name: _mixed(name, columns) for name in columns}
    gathered: dict[str, list[Block]] = {}
    for block in blocks(results):
        gathered.setdefault(block.scenario, []).append(block)
    tables = []
    for scenario, some in gathered.items():
        runs = np.stack([block.runs for block in some])  # (points, metrics, styles, replications)
        for (varied, other), column in columns.items():
            here, there = (runs[column == sign].mean(axis=0) for sign in (1, -1))
            table = differences_of(results.study.looked_at, some[0].styles, here, there)
            kept = table[["metric", "style", "mean", "low", "high", "p", "n"]].rename(columns={"mean": "effect"})
            kept.insert(0, "scenario", scenario)
            kept.insert(3, "varied", varied)
            kept.insert(4, "with", other)
            tables.append(kept.assign(mixed_with=", ".join(mixed[varied, other])))
    found = _adjusted_once(tables, columns)
    order = {column: place for place, column in enumerate(results.study.looked_at)}
    found["size"] = found["effect"].abs()
    found = found.sort_values(
        ["scenario", "metric", "style", "size"], ascending=[True, True, True, False], kind="stable", ignore_index=True,
        key=lambda values: values.map(order) if values.name == "metric" else values,
    )  # fmt: skip
    return found.drop(columns="size")


def _adjusted_once(tables: list[pd.DataFrame], columns: dict[tuple[str, str], Floats]) -> pd.DataFrame:
    """All tables, which are by scenario and column, in one; p values count once what is the same under two names."""
    first: dict[bytes, int] = {}
    same = [first.setdefault((column * column[0]).tobytes(), place) for place, column in enumerate(columns.values())]
    rows = [place - place % len(same) + same[place % len(same)] for place in range(len(tables))]
    distinct = sorted(set(rows))
    many = len(tables[0])
    table = adjusted([tables[place] for place in distinct])
    found = pd.concat(tables, ignore_index=True)
    taken = np.concatenate([np.arange(many) + many * distinct.index(row) for row in rows])
    at = int(found.columns.get_loc("p")) + 1  # type: ignore[arg-type]
    for place, name in enumerate(("p_holm", "p_bh"), at):
        found.insert(place, name, table[name].to_numpy()[taken])
    return found


def _signs(results: ExperimentResults) -> Floats:
    """Which level everything varied has at each point, -1 or 1: (points, things varied)."""
    points = results.resolved.points
    return np.array(
        [
            [1.0 if value == factor.at(1.0) else -1.0
             for factor, value in zip(points.factors, row, strict=True)]
            for row in points.rows
        ]
    )  # fmt: skip


def _columns(signs: Floats, names: list[str]) -> Iterator[tuple[tuple[str, str], Floats]]:
    for place, name in enumerate(names):
        yield (name, ""), signs[:, place]
    if len(names) <= MOST_PAIRS:
        for one, other in itertools.combinations(range(len(names)), 2):
            product = signs[:, one] * signs[:, other]
            if abs(product.sum()) < len(product):  # else it is the same at all points
                yield (names[one], names[other]), product


def _mixed(name: tuple[str, str], columns: dict[tuple[str, str], Floats]) -> list[str]:
    """Effects whose columns are the same, or the opposite."""
    own = columns[name]
    return [
        " x ".join(filter(None, other)) for other, column in columns.items()
        if other != name and abs(float(own @ column)) == len(own)
    ]  # fmt: skip
