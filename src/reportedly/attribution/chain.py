"""Decoding of the linear-chain CRF: the best labels (Viterbi 1967), each label's marginal (Rabiner 1989).

Every paragraph is a chain of its own, because no span of the training data crosses a line break. Chains of
like length are decoded side by side: the loop in Python runs once a piece of the longest, not once a piece.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SIDE_BY_SIDE = 64
_NEVER = np.float32(-1e4)


def groups(bounds: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the rows of ``bounds`` (chains' [start, end)) in groups of like length, shortest first."""
    order = np.argsort(bounds[:, 1] - bounds[:, 0], kind="stable")
    for at in range(0, len(order), _SIDE_BY_SIDE):
        yield bounds[order[at : at + _SIDE_BY_SIDE]]


def _stacked(emissions: Floats, group: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the group's emissions, (T, chains, labels), and which are real, (T, chains)."""
    lengths = group[:, 1] - group[:, 0]
    steps = np.arange(int(lengths.max()))[:, None]
    real = steps < lengths[None, :]
    rows = np.where(real, group[None, :, 0] + steps, 0)
    return emissions[rows], real


def best_labels(
    emissions: Floats, transitions: Floats, start: Floats, bounds: NDArray[np.int64]
) -> NDArray[np.int8]:
    """Return the (n,) best labels of each chain under emissions (n, labels) and transitions (from, to).

    start: (labels,) score of opening a chain with each label. bounds: (chains, 2), each chain's pieces.
    """
    labels = np.zeros(len(emissions), dtype=np.int8)
    for group in groups(bounds):
        stacked, real = _stacked(emissions, group)
        path = _best_paths(stacked, real, transitions, start)
        for column, (first, last) in enumerate(group):
            labels[first:last] = path[: last - first, column]
    return labels


def _best_paths(
    stacked: Floats, real: NDArray[np.bool_], transitions: Floats, start: Floats
) -> NDArray[np.int8]:
    steps, chains, size = stacked.shape
    back = np.zeros((steps, chains, size), dtype=np.int8)
    score = stacked[0] + start
    stay = np.arange(size, dtype=np.int8)
    for step in range(1, steps):
        reached = score[:, :, None] + transitions
        best = reached.argmax(1)
        moved = np.take_along_axis(reached, best[:, None, :], 1)[:, 0] + stacked[step]
        going = real[step][:, None]
        score = np.where(going, moved, score)
        back[step] = np.where(going, best, stay)
    path = np.empty((steps, chains), dtype=np.int8)
    path[-1] = score.argmax(1)
    everyone = np.arange(chains)
    for step in range(steps - 1, 0, -1):
        path[step - 1] = back[step, everyone, path[step]]
    return path


def marginals(emissions: Floats, transitions: Floats, start: Floats, bounds: NDArray[np.int64]) -> Floats:
    """Return the (n, labels) probability of each label at each piece, over all labellings of its chain."""
    result = np.zeros_like(emissions)
    for group in groups(bounds):
        stacked, real = _stacked(emissions, group)
        found = _posteriors(stacked, real, transitions, start)
        for column, (first, last) in enumerate(group):
            result[first:last] = found[: last - first, column]
    return result


def _posteriors(stacked: Floats, real: NDArray[np.bool_], transitions: Floats, start: Floats) -> Floats:
    """Scaled forward-backward: products of small positive matrices, normalised at each step."""
    kernel = np.exp(transitions)
    likely = np.exp(stacked - stacked.max(2, keepdims=True))
    forward, backward = np.empty_like(likely), np.ones_like(likely)
    forward[0] = _normal(likely[0] * np.exp(start))
    for step in range(1, len(likely)):
        forward[step] = np.where(real[step][:, None], _normal((forward[step - 1] @ kernel) * likely[step]), 1)
    for step in range(len(likely) - 2, -1, -1):
        later = _normal((likely[step + 1] * backward[step + 1]) @ kernel.T)
        backward[step] = np.where(real[step + 1][:, None], later, 1)
    return _normal(forward * backward)


def _normal(values: Floats) -> Floats:
    total = values.sum(-1, keepdims=True)
    result: Floats = values / np.maximum(total, np.float32(1e-30))
    return result
