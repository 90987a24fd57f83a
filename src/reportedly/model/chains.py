"""Linear chains of labels: the best labelling (Viterbi 1967), each label's marginal (Rabiner 1989).

Chains are decoded side by side: the loop in Python runs once a step of the longest, not once an element. No
chain changes what another one gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = np.float32(-1e4)
"""The score of a move that is not allowed."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


def bio_moves(labels: Sequence[str]) -> tuple[Floats, Floats]:
    """Return (labels, labels) scores of moves and (labels,) of starts: 0, or `NEVER` where BIO forbids it.

    ``I-X`` stands only right after ``B-X`` or ``I-X``.
    """
    kinds = [label.partition("-")[2] for label in labels]
    inside = np.asarray([label.startswith("I-") for label in labels])
    same = np.asarray([[bool(kind) and kind == other for other in kinds] for kind in kinds])
    moves = np.where(inside[None, :] & ~same, NEVER, np.float32(0)).astype(np.float32)
    return moves, np.where(inside, NEVER, np.float32(0)).astype(np.float32)


def best_labels(scores: Floats, moves: Floats, start: Floats, bounds: Numbers) -> Numbers:
    """Return the (n,) best labels under scores (n, labels), moves (from, to) and start (labels,).

    bounds: (chains, 2), the rows [start, end) of each chain, none of them empty.
    """
    labels = np.zeros(len(scores), dtype=np.int64)
    if not len(bounds):
        return labels
    steps = list(_steps(bounds))
    before = np.zeros(scores.shape, dtype=np.int64)
    opening = steps[0]
    reached = scores[opening] + start
    for rows in steps[1:]:
        going = len(rows)
        moved = reached[:going, :, None] + moves
        before[rows] = moved.argmax(1)
        reached[:going] = moved.max(1) + scores[rows]
    labels[_last(bounds)] = reached.argmax(1)
    for rows in reversed(steps[1:]):
        labels[rows - 1] = before[rows, labels[rows]]
    return labels


def marginals(scores: Floats, moves: Floats, start: Floats, bounds: Numbers) -> Floats:
    """Return the (n, labels) probability of each label at each row, over all labellings of its chain.

    Scaled forward-backward: products of small positive matrices, normalised at each step. Zeros in rows of no
    chain.
    """
    if not len(bounds):
        return np.zeros_like(scores)
    kernel = np.exp(moves)
    likely = np.exp(scores - scores.max(1, keepdims=True))
    forward, backward = np.zeros_like(likely), np.ones_like(likely)
    steps = list(_steps(bounds))
    forward[steps[0]] = _normal(likely[steps[0]] * np.exp(start))
    for rows in steps[1:]:
        forward[rows] = _normal((forward[rows - 1] @ kernel) * likely[rows])
    for rows in reversed(steps[1:]):
        backward[rows - 1] = _normal((likely[rows] * backward[rows]) @ kernel.T)
    return _normal(forward * backward)


def _longest_first(bounds: Numbers) -> Numbers:
    found: Numbers = bounds[np.argsort(bounds[:, 0] - bounds[:, 1], kind="stable")]
    return found


def _steps(bounds: Numbers) -> Iterator[Numbers]:
    """Yield the first rows of all chains, then the second rows of those that have one, and so on."""
    ordered = _longest_first(bounds)
    lengths = ordered[:, 1] - ordered[:, 0]
    going = np.searchsorted(-lengths, -np.arange(int(lengths[0])))
    for step, count in enumerate(going.tolist()):
        yield ordered[:count, 0] + step


def _last(bounds: Numbers) -> Numbers:
    """Return the last row of each chain, in the order of `_steps`."""
    found: Numbers = _longest_first(bounds)[:, 1] - 1
    return found


def _normal(values: Floats) -> Floats:
    total = values.sum(-1, keepdims=True)
    result: Floats = values / np.maximum(total, np.float32(1e-30))
    return result
