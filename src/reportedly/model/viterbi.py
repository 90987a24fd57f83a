"""The best labelling of chains under scores of labels and of moves between them (Viterbi 1967).

Chains are decoded side by side: the loop in Python runs once a step of the longest, not once an element.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = np.float32(-1e4)
"""The score of a move that is not allowed."""

Floats = NDArray[np.float32]


def bio_moves(labels: Sequence[str]) -> tuple[Floats, Floats]:
    """Return (labels, labels) scores of moves and (labels,) of starts: 0, or `NEVER` where BIO forbids it.

    ``I-X`` stands only right after ``B-X`` or ``I-X``.
    """
    kinds = [label.partition("-")[2] for label in labels]
    inside = np.asarray([label.startswith("I-") for label in labels])
    same = np.asarray([[bool(kind) and kind == other for other in kinds] for kind in kinds])
    moves = np.where(inside[None, :] & ~same, NEVER, np.float32(0)).astype(np.float32)
    return moves, np.where(inside, NEVER, np.float32(0)).astype(np.float32)


def best_labels(scores: Floats, moves: Floats, start: Floats, bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the (n,) best labels under scores (n, labels), moves (from, to) and start (labels,).

    bounds: (chains, 2), the rows [start, end) of each chain, none of them empty.
    """
    labels = np.zeros(len(scores), dtype=np.int64)
    if not len(bounds):
        return labels
    lengths = bounds[:, 1] - bounds[:, 0]
    steps = np.arange(int(lengths.max()))[:, None]
    real = steps < lengths
    rows = np.where(real, bounds[:, 0] + steps, 0)
    path = _paths(scores[rows], real, moves, start)
    labels[rows[real]] = path[real]
    return labels


def _paths(stacked: Floats, real: NDArray[np.bool_], moves: Floats, start: Floats) -> NDArray[np.int64]:
    """stacked: (steps, chains, labels); what lies beyond a chain's end repeats its last label."""
    steps, chains, size = stacked.shape
    back = np.tile(np.arange(size), (steps, chains, 1))
    score = stacked[0] + start
    for step in range(1, steps):
        going = np.flatnonzero(real[step])
        reached = score[going, :, None] + moves
        back[step, going] = reached.argmax(1)
        score[going] = reached.max(1) + stacked[step, going]
    path = np.empty((steps, chains), dtype=np.int64)
    path[-1] = score.argmax(1)
    everyone = np.arange(chains)
    for step in range(steps - 1, 0, -1):
        path[step - 1] = back[step, everyone, path[step]]
    return path
