"""Says why somebody left of their own accord: the terms of the rule of leaving, the largest first."""

import math
from collections.abc import Mapping
from typing import Any

from sim.model.rules.turnover import ORDINARY_MORALE, ORDINARY_STRAIN
from sim.view.language import english, said
from sim.view.sentences import joined

WORTH_SAYING = 0.1
"""A part below this makes leaving less than a tenth more likely."""

USUAL = 1.0
"""How easy other jobs are to find where that neither pushes nor holds: 0.5 + a tightness of 0.5."""


def pushes(person: Any, company: Any, parameters: Any) -> dict[str, float]:
    """By what it is called, by how much each part of the rule raises the logarithm of the chance to leave.

    Args:
        person: with `morale`, `strain` and `newness` of the week.
        company: with `labour_tightness`.
        parameters: of the model.
    """
    return {
        english("low morale"): float(parameters.quit_morale * (ORDINARY_MORALE - person.morale)),
        english("strain"): float(parameters.quit_strain * (person.strain - ORDINARY_STRAIN)),
        english("being new here"): float(parameters.quit_newcomer * person.newness),
        english("other jobs that are easy to find"): math.log((0.5 + float(company.labour_tightness)) / USUAL),
    }


def in_words(found: Mapping[str, float]) -> str:
    """What pushed, the strongest first; that nothing did, where it was chance alone."""
    named = [said(name) for name, size in sorted(found.items(), key=lambda one: -one[1]) if size >= WORTH_SAYING]
    return joined(named) if named else said("nothing in particular; in any week some leave")
