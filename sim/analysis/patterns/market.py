"""Patterns of the market: employees and customers, customers and sales."""

import numpy as np

from sim.analysis.patterns.asking import Questionnaire, stayed
from sim.analysis.patterns.world import Figures, Floats, World
from sim.analysis.survey import correlation


def content_customers(world: World) -> Figures:
    """Across firms: the mean of what people say of their morale against what customers think."""
    sample = world.sample("population")
    there = stayed(sample)
    firm = sample.firm[there]
    truth = sample.people["morale"][0, -1, there]
    surveyed = Questionnaire(world, sample, there, 39).ask(truth)
    some, (surveyed, true) = firm_means(firm, len(sample.metrics[0]), surveyed, truth)
    customers = sample.metric("customer_satisfaction")[0, some, world.burn_in :].mean(axis=-1)
    return {"rho": world.one_surveyed(correlation(surveyed, customers)), "true_rho": correlation(true, customers)}


def customers_and_sales(world: World) -> Figures:
    """Across firms: what customers think against sales a head, over the year."""
    sample = world.sample("population")
    customers, sales, people, vacancies = (
        sample.metric(name)[0, :, world.burn_in :]
        for name in ("customer_satisfaction", "revenue", "headcount", "vacancies")
    )
    a_head = sales.sum(axis=-1) / (people + vacancies).sum(axis=-1)
    return {"r": correlation(customers.mean(axis=-1), a_head)}


def firm_means(firm: np.ndarray, firms: int, *values: Floats) -> tuple[np.ndarray, list[Floats]]:
    """Which firms have any of these people, and for those the means over their people of each of the values."""
    count = np.bincount(firm, minlength=firms)
    some = count > 0
    return some, [np.bincount(firm, value, firms)[some] / count[some] for value in values]
