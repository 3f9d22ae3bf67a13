"""Finds where formulas of a study have no value: a division by 0, or a root of a negative number."""

from typing import Any

import pandas as pd

from sim.study.results import ExperimentResults


def undefined(results: ExperimentResults) -> dict[str, dict[str, Any]]:
    """In how many weeks of how many runs each formula has no value, and where that is most often so.

    Returns:
        By the name of the formula, only of those to which it happens: weeks, runs, of (runs in all); scenario, point
        and style with the most of these weeks, and most, how many they are.
    """
    columns, keys = results.study.record.undefined, ["scenario", "point", "style"]
    if not columns:
        return {}
    parts, runs = [], 0
    for rows in results.groups([*keys, *columns.values()]):
        weeks = rows[list(columns.values())].fillna(0.0)
        both = pd.concat([rows[keys], weeks, (weeks > 0).astype(int).add_prefix("runs_")], axis=1)
        parts.append(both.groupby(keys, sort=False).sum())
        runs += len(rows)
    table = pd.concat(parts).groupby(level=keys, sort=False).sum()
    found = {}
    for name, column in columns.items():
        if weeks_in_all := int(table[column].sum()):
            where = dict(zip(keys, table[column].idxmax(), strict=True))
            found[name] = {
                "weeks": weeks_in_all, "runs": int(table[f"runs_{column}"].sum()), "of": runs,
                **where, "point": int(where["point"]), "most": int(table[column].max()),
            }  # fmt: skip
    return found
