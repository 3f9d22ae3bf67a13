"""Who is best at what, in the weeks that a question is about: a ranking with its ties, and a sentence."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.paired import rows_of_differences
from sim.analysis.summary import Floats, mean_interval
from sim.app.looks import look_of
from sim.model.metrics import BY_NAME
from sim.view.language import english, said
from sim.view.sentences import called, capitalised, decimals, joined, name_of, number, shown_unit, title_of
from sim.view.theme import looks

type Groups = list[list[int]]
"""Places of styles from best to worst; those of one group are too close to call."""


BEST = {
    (False, False): english("{metric} is highest under {styles}"),
    (False, True): english("{metric} is highest under {styles} (too close to call)"),
    (True, False): english("{metric} is lowest under {styles}"),
    (True, True): english("{metric} is lowest under {styles} (too close to call)"),
}
"""Whether the lowest is the best, and whether several are."""


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
        best = [called(styles[s]) for s in groups[0]]
        if len(best) == len(styles):
            told.append(said("{metric}: too close to call", metric=name_of(metric)))
        else:
            pattern = BEST[BY_NAME[metric].good == "lower", len(best) > 1]
            told.append(said(pattern, metric=name_of(metric), styles=said(" or ", "list").join(best)))
    text = joined(told) + "."
    return f"{when} {text}" if when else capitalised(text)


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

    def chip(s: int) -> dict[str, Any]:
        style = styles[s]
        moved = changes.get(style, "")
        return {
            "style": style,
            "name": called(style),
            **look_of(look[style]),
            "value": number(known.mean[s], places),
            "moved": moved,
        }

    return {
        "metric": metric,
        "name": title_of(metric),
        "within": name_of(metric),
        "unit": "" if BY_NAME[metric].unit == "0-1" else shown_unit(metric),
        "groups": [[chip(s) for s in group] for group in groups],
    }
