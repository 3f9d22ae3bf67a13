"""Draws the posterior of the parameters from published figures, an emulator of the model, and uniform priors.

Drawn by the no-U-turn sampler (Hoffman & Gelman 2014) of the library mici, on coordinates in which the prior is normal:
exact gradients keep it quick where there are a hundred parameters, most of which the figures say little about.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize, special

from sim.analysis.calibration.emulator import ResponseSurfaces
from sim.analysis.calibration.space import Floats

FREEDOM = 4.0
"""Degrees of freedom of Student's t that misses follow: one figure that no set reaches does not rule all others."""

FURTHER = 1.5
"""Chains begin so much further from the densest point than draws lie, so that they show whether they agree."""

DEEPEST = 7
"""Doublings of a path of the sampler at most."""

NORMAL = 1.645
"""Standard deviations of a normal distribution from its middle to its 95th percentile."""

BEYOND = 0.01
"""Share of the prior's runs beyond the end of a band up to which the band is open there: nothing comes near."""


@dataclass(frozen=True)
class Targets:
    """What figures shall come to, each with its own doubt: (figures,) each.

    A figure with at_least is as good anywhere above `centre`, one with at_most anywhere below it.
    """

    centre: Floats
    sd: Floats
    at_least: NDArray[np.bool_]
    at_most: NDArray[np.bool_]

    def misses(self, figures: Floats, error: Floats | float = 0.0) -> Floats:
        """By how many standard deviations figures miss, 0 where that is of no account.

        Args:
            figures: (..., figures).
            error: variance of the figures themselves.
        """
        misses = (figures - self.centre) / np.sqrt(self.sd**2 + error)
        misses = np.where(self.at_least, np.minimum(misses, 0.0), misses)
        return np.where(self.at_most, np.maximum(misses, 0.0), misses)

    def log_likelihood(self, figures: Floats, error: Floats | float = 0.0) -> Floats:
        """Of Student's t, but for a constant: (...)."""
        summed: Floats = -0.5 * (FREEDOM + 1.0) * np.log1p(self.misses(figures, error) ** 2 / FREEDOM).sum(axis=-1)
        return summed

    def only(self, some: NDArray[np.bool_]) -> "Targets":
        """The same, of these figures."""
        return replace(self, **{name: getattr(self, name)[some] for name in ("centre", "sd", "at_least", "at_most")})


def targets(bands: Floats, prior: Floats) -> Targets:
    """Bands as targets: the middle with the band as 90% of a normal distribution, or one side of it.

    A band is open at an end that nothing comes near: there the figure is as good as it gets once it is well within. How
    far that is, the band does not say then; it is taken to be no more than the spread of the figure.

    Args:
        bands: (figures, 2), low and high.
        prior: (runs, figures) figures of sets from all over the space.
    """
    low, high = bands.T
    above, below = (np.nanmean(prior > high, axis=0), np.nanmean(prior < low, axis=0))
    open_low, open_high = below <= BEYOND, above <= BEYOND
    half = (high - low) / 2
    spread = np.nanpercentile(prior, 84.1, axis=0) - np.nanpercentile(prior, 15.9, axis=0)
    half = np.where(open_low | open_high, np.minimum(half, np.maximum(spread / 2, 1e-9)), half)
    centre = np.where(open_low, high - half, np.where(open_high, low + half, (low + high) / 2))
    return Targets(centre, half / NORMAL, at_least=open_high, at_most=open_low)


@dataclass(frozen=True)
class Posterior:
    """What parameters may be: the density, up to a constant.

    Args:
        emulator: of the figures.
        targets: what they shall come to.
        error: (figures,) variance of the emulator's error, and of the luck in what the targets are held against.
        counts: (figures,) which of the figures are fitted to.
    """

    emulator: ResponseSurfaces
    targets: Targets
    error: Floats
    counts: NDArray[np.bool_]

    def __call__(self, free: Floats) -> tuple[float, Floats]:
        """Minus the log density at a point, in coordinates with a normal prior, and its gradient."""
        point = _point(free)
        misses = self.targets.misses(self.emulator(point[None])[0], self.error) * self.counts
        value = 0.5 * free @ free + 0.5 * (FREEDOM + 1.0) * np.log1p(misses**2 / FREEDOM).sum()
        pull = (FREEDOM + 1.0) * misses / (FREEDOM + misses**2) / np.sqrt(self.targets.sd**2 + self.error)
        return float(value), free + self.emulator.slope(point, pull) * _stretch(free)

    @property
    def size(self) -> int:
        """Number of parameters."""
        return int(self.emulator.line.shape[1])

    def mode(self) -> Floats:
        """The densest point of the space: (parameters,)."""
        return _point(self._densest())

    def free(self, points: Floats) -> Floats:
        """The coordinates with a normal prior of points of the space."""
        free: Floats = special.ndtri(np.clip((points + 1.0) / 2.0, 1e-9, 1.0 - 1e-9))
        return free

    def draw(self, seed: int | list[int], chains: int, warm_up: int, draws: int) -> "Draws":
        """Draw points of the space from several chains, each begun somewhere else."""
        from mici import adapters, integrators, matrices, samplers, systems

        rng = np.random.default_rng(seed)
        densest = self._densest()
        curvature = self._curvature(densest)
        system = systems.EuclideanMetricSystem(
            neg_log_dens=lambda free: self(free)[0],
            grad_neg_log_dens=lambda free: self(free)[::-1],
            metric=matrices.DensePositiveDefiniteMatrix(curvature),
        )
        sampler: Any = samplers.DynamicMultinomialHMC(
            system, integrators.LeapfrogIntegrator(system), rng, max_tree_depth=DEEPEST
        )
        apart = linalg.solve_triangular(
            linalg.cholesky(curvature), rng.standard_normal((self.size, chains)), lower=False
        ).T
        found = sampler.sample_chains(
            warm_up, draws, list(densest + FURTHER * apart),
            adapters=[adapters.DualAveragingStepSizeAdapter(0.8)],
            trace_funcs=[lambda state: {"free": state.pos}], display_progress=False,
        )  # fmt: skip
        return Draws(_point(np.array(found.traces["free"])))

    def _densest(self) -> Floats:
        found = optimize.minimize(self, np.zeros(self.size), jac=True, method="L-BFGS-B")
        return np.asarray(found.x)

    def _curvature(self, free: Floats) -> Floats:
        """How steep the density is about a point, in all directions: (parameters, parameters)."""
        point = _point(free)
        misses = self.targets.misses(self.emulator(point[None])[0], self.error)
        idle = (self.targets.at_least & (misses == 0)) | (self.targets.at_most & (misses == 0)) | ~self.counts
        weight = np.where(idle, 0.0, 1.0) / (self.targets.sd**2 + self.error)
        slopes = np.array([self.emulator.slope(point, one) for one in np.eye(len(weight))]) * _stretch(free)
        curvature: Floats = np.eye(self.size) + (slopes.T * weight) @ slopes
        return curvature


def _point(free: Floats) -> Floats:
    """The point of the space at coordinates with a normal prior."""
    point: Floats = 2.0 * special.ndtr(free) - 1.0
    return point


def _stretch(free: Floats) -> Floats:
    """By how much that moves where the coordinates do."""
    stretch: Floats = np.sqrt(2.0 / np.pi) * np.exp(-0.5 * free * free)
    return stretch


@dataclass(frozen=True)
class Draws:
    """Points of the space by chain: (chains, draws, parameters)."""

    chains: Floats

    @property
    def points(self) -> Floats:
        """All of them: (points, parameters)."""
        return self.chains.reshape(-1, self.chains.shape[-1])

    def some(self, count: int) -> Floats:
        """So many of them, evenly from all chains."""
        points = self.points
        some: Floats = points[np.linspace(0, len(points) - 1, min(count, len(points))).round().astype(int)]
        return some

    @property
    def disagreement(self) -> float:
        """The largest split R-hat of all parameters (Gelman et al. 2013): near 1 where the chains agree."""
        half = self.chains.shape[1] // 2
        parts = np.concatenate([self.chains[:, :half], self.chains[:, half : 2 * half]])
        within = parts.var(axis=1, ddof=1).mean(axis=0)
        between = half * parts.mean(axis=1).var(axis=0, ddof=1)
        return float(np.sqrt(((half - 1) / half * within + between / half) / within).max())
