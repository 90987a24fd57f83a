from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from reportedly.attribution.chain import best_labels, marginals

Scores = NDArray[np.float32]


def labellings(size: int, steps: int) -> list[tuple[int, ...]]:
    return list(itertools.product(range(size), repeat=steps))


def weigh(path: tuple[int, ...], emissions: Scores, transitions: Scores, start: Scores) -> float:
    total = start[path[0]] + sum(emissions[step, label] for step, label in enumerate(path))
    return float(total + sum(transitions[a, b] for a, b in itertools.pairwise(path)))


@pytest.mark.parametrize("seed", range(5))
def test_chains_side_by_side_equal_trying_every_labelling(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lengths = [4, 1, 5, 3]
    edges = np.cumsum([0, *lengths])
    bounds = np.stack([edges[:-1], edges[1:]], 1)
    emissions = draw.normal(size=(edges[-1], 3)).astype(np.float32)
    transitions, start = draw.normal(size=(3, 3)).astype(np.float32), draw.normal(size=3).astype(np.float32)
    labels = best_labels(emissions, transitions, start, bounds)
    chances = marginals(emissions, transitions, start, bounds)
    for first, last in bounds:
        paths = labellings(3, last - first)
        weights = np.array([weigh(path, emissions[first:last], transitions, start) for path in paths])
        assert tuple(labels[first:last].tolist()) == paths[int(weights.argmax())]
        shares = np.exp(weights - weights.max()) / np.exp(weights - weights.max()).sum()
        for step in range(last - first):
            for label in range(3):
                expected = sum(s for s, path in zip(shares, paths, strict=True) if path[step] == label)
                assert chances[first + step, label] == pytest.approx(expected, abs=1e-4)


def test_extreme_scores_stay_finite() -> None:
    emissions = np.array([[1e4, -1e4], [-1e4, 1e4], [50, -50]], dtype=np.float32)
    transitions = np.array([[0, -1e4], [0, 0]], dtype=np.float32)
    chances = marginals(emissions, transitions, np.zeros(2, dtype=np.float32), np.array([[0, 3]]))
    assert np.isfinite(chances).all()
