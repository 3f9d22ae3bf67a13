"""Shapley values against answers that are known."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from sim.analysis.shapley import coalitions_of, design


def by_definition(value, parts):
    """The mean of what each part adds, over all orders."""
    added = np.zeros(parts)
    for order in itertools.permutations(range(parts)):
        inside: set[int] = set()
        for part in order:
            before = value(inside)
            inside = inside | {part}
            added[part] += value(inside) - before
    return added / math.factorial(parts)


@pytest.mark.parametrize("parts", [1, 2, 3, 6, 7, 14, 30])
def test_parts_that_only_add_up_get_what_they_add_whatever_the_order(parts):
    each = np.random.default_rng(parts).normal(size=parts)
    plan = design(parts, (1, 0))
    values: Any = plan.coalitions @ each
    for weights in (plan.weights, plan.alone, plan.last):
        np.testing.assert_allclose(plan.added(weights, values), each, atol=1e-12)


def test_one_part_that_does_it_all_gets_it_all():
    plan = design(9, (1, 0))
    values: Any = 3.0 * plan.coalitions[:, 4]
    np.testing.assert_allclose(plan.added(plan.weights, values), 3.0 * np.eye(9)[4], atol=1e-12)


def test_parts_that_only_work_together_share_alike():
    plan = design(4, (1, 0))
    together: Any = (plan.coalitions[:, 0] & plan.coalitions[:, 2]).astype(float)
    for weights, shares in ((plan.weights, [0.5, 0, 0.5, 0]), (plan.alone, [0, 0, 0, 0]), (plan.last, [1, 0, 1, 0])):
        np.testing.assert_allclose(plan.added(weights, together), np.array(shares, float), atol=1e-12)


@pytest.mark.parametrize("parts", [2, 4, 5])
def test_few_parts_are_reckoned_exactly(parts):
    table = dict(enumerate(np.random.default_rng(parts).normal(size=2**parts)))
    worth = lambda inside: table[sum(1 << part for part in inside)]  # noqa: E731
    plan = design(parts, (1, 0))
    values = np.array([worth(set(np.flatnonzero(members).tolist())) for members in plan.coalitions])
    np.testing.assert_allclose(plan.added(plan.weights, values), by_definition(worth, parts), atol=1e-12)


def test_many_parts_are_estimated_without_bias_and_always_add_up():
    parts, found = 7, []
    table = np.random.default_rng(7).normal(size=2**parts)
    worth = lambda inside: table[sum(1 << part for part in inside)]  # noqa: E731
    for key in range(400):
        plan = design(parts, (1, key), pairs=2)
        values = np.array([worth(set(np.flatnonzero(members).tolist())) for members in plan.coalitions])
        found.append(plan.added(plan.weights, values))
        assert found[-1].sum() == pytest.approx(values[1] - values[0], abs=1e-12)
    error = np.std(found, axis=0) / math.sqrt(len(found))
    assert (np.abs(np.mean(found, axis=0) - by_definition(worth, parts)) < 4 * error).all()


def test_the_first_coalition_is_empty_the_second_whole_and_all_designs_have_as_many():
    for parts in (1, 5, 14):
        plans = [design(parts, (1, key)) for key in range(3)]
        assert {len(plan.coalitions) for plan in plans} == {coalitions_of(parts)}
        assert not plans[0].coalitions[0].any()
        assert plans[0].coalitions[1].all()
    assert not np.array_equal(design(14, (1, 0)).weights, design(14, (1, 1)).weights)
    np.testing.assert_array_equal(design(14, (1, 0)).coalitions, design(14, (1, 0)).coalitions)
