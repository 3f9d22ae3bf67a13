"""Who is best at what, in the weeks that a question is about: a ranking with its ties, and a sentence."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.paired import rows_of_differences
from sim.analysis.summary import Floats, mean_interval
from sim.app.looks import look_of
from sim.model.metrics import BY_NAME
from sim.view.sentences import decimals, joined, name_of, number
from sim.view.theme import looks

type Groups = list[list[int]]
"""Places of styles from best to worst; those of one group are too close to call."""


def ranked(metric: str, styles: Sequence[str], values: Floats) -> Groups:
    """The styles from best to worst. A style joins the group before it unless the first of that is clearly better.

    Args:
        metric: what is ranked; one that nobody wants high or low is ranked from high to low.
        styles: names of the styles.
        values: of each run, (style, replication).
    """
    means = mean_interval(values).mean
    sign = 1.0 if BY_NAME[metric].good == "lower" else -1.0
    left = sorted(range(len(styles)), key=lambda s: (np.isnan(means[s]), sign * means[s]))
    groups: Groups = []
    while left:
        first, *others = left
        rows = rows_of_differences((metric,), [styles[s] for s in others], values[None, others], values[None, [first]])
        behind = [s for s, row in zip(others, rows, strict=True) if row["clear"]]
        # Who is too close to call stands before whoever is not; nobody is passed over.
        end = others.index(behind[0]) if behind else len(others)
        groups.append([first, *others[:end]])
        left = others[end:]
    return groups


def in_words(metrics: Sequence[str], styles: Sequence[str], found: Sequence[Groups], when: str) -> str:
    """A sentence on who is best: 'Morale is highest under agile and output is highest under a or b'."""
    if len(styles) < 2:
        return ""
    told = []
    for metric, groups in zip(metrics, found, strict=True):
        word = {"higher": "highest", "lower": "lowest", "neither": "highest"}[BY_NAME[metric].good]
        best = [styles[s] for s in groups[0]]
        if len(best) == len(styles):
            told.append(f"{name_of(metric)}: too close to call")
        elif len(best) > 1:
            told.append(f"{name_of(metric)} is {word} under {' or '.join(best)} (too close to call)")
        else:
            told.append(f"{name_of(metric)} is {word} under {best[0]}")
    text = joined(told) + "."
    return f"{when}: {text}" if when else text[0].upper() + text[1:]


def strip(
    metric: str, styles: Sequence[str], values: Floats, groups: Groups, changes: dict[str, str]
) -> dict[str, Any]:
    """A ranking for the browser: groups of chips, each with its style, colour, mean, and what a change has done to it.

    Args:
        metric: what is ranked.
        styles: names of the styles.
        values: of each run, (style, replication).
        groups: as of `ranked`.
        changes: by style, how far its mean has moved, where that is clear.
    """
    known = mean_interval(values)
    places = decimals((known.high - known.low) / 2)
    look = looks(list(styles))
    one = BY_NAME[metric]

    def chip(s: int) -> dict[str, Any]:
        style = styles[s]
        moved = changes.get(style, "")
        return {"style": style, **look_of(look[style]), "value": number(known.mean[s], places), "moved": moved}

    return {
        "metric": metric,
        "name": one.long_name,
        "unit": "" if one.unit == "0-1" else one.unit,
        "groups": [[chip(s) for s in group] for group in groups],
    }
