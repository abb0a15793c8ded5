"""Emulators: what a figure would be where nothing was simulated, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.studies.calibrate.sklearn_extra import sklearn

FIRST_LENGTH = 2.0
"""Length of a dimension of the unit cube (scaled to −1 … 1) that the search for the best lengths begins with."""


ACTIVE = 10
"""Dimensions that a process sees: more cost time, and with few trials they are told apart badly."""

RIDGE = 1e-3
"""Added to the squares of the regression, so that it is there with fewer trials than terms."""


def features(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Constant, linear and square terms of points of the unit cube, shape (n, 1 + 2 d)."""
    scaled = 2 * points - 1
    return np.column_stack([np.ones(len(points)), scaled, scaled**2])


@dataclass(frozen=True)
class Emulator:
    """A regression on linear and square terms, and on what it leaves a Gaussian process over the active dimensions.

    Attributes:
        coefficients: of the regression.
        active: dimensions that the process sees, those with the largest terms; the others' part is noise to it.
        process: of scikit-learn (Matérn 5/2, a length a dimension), fitted to residuals in units of ``spread``.
        spread: standard deviation of the residuals.
        errors: standardised leave-one-out errors at the training points, shape (n,): near a unit normal if it is right.
    """

    coefficients: NDArray[np.float64]
    active: NDArray[np.int64]
    process: Any
    spread: float
    errors: NDArray[np.float64]

    def predict(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Expected figure at points of the unit cube and its variance, chance and inactive dimensions in it."""
        mean, deviation = self.process.predict(2 * points[:, self.active] - 1, return_std=True)
        return features(points) @ self.coefficients + self.spread * mean, (self.spread * deviation) ** 2


def train(points: NDArray[np.float64], values: NDArray[np.float64], seed: int) -> Emulator:
    """An emulator of a figure simulated at points of the unit cube, shapes (n, d) and (n,)."""
    gaussian_process, kernels = sklearn("gaussian_process"), sklearn("gaussian_process.kernels")
    dimensions = points.shape[1]
    matrix = features(points)
    ridge = RIDGE * np.eye(matrix.shape[1])
    coefficients = np.linalg.solve(matrix.T @ matrix + ridge, matrix.T @ values)
    residuals = values - matrix @ coefficients
    spread = float(residuals.std()) or 1e-12
    linear, square = coefficients[1 : dimensions + 1], coefficients[dimensions + 1 :]
    size = linear**2 / 3 + square**2 * 4 / 45  # their variances over the cube
    active = np.sort(np.argsort(-size, kind="stable")[:ACTIVE])
    inputs = 2 * points[:, active] - 1
    lengths = np.full(len(active), FIRST_LENGTH)
    kernel = kernels.Matern(lengths, (0.3, 30.0), nu=2.5) + kernels.WhiteKernel(0.2, (1e-3, 1.0))
    process = gaussian_process.GaussianProcessRegressor(kernel, alpha=1e-8, random_state=seed)
    process.fit(inputs, residuals / spread)
    inverse = np.linalg.inv(process.kernel_(inputs) + 1e-8 * np.eye(len(points)))
    errors = inverse @ (residuals / spread) / np.sqrt(np.diag(inverse))  # Dubrule 1983
    return Emulator(coefficients, active, process, spread, errors)
