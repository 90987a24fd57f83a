"""The distance between a span and a cue, as the linking head counts it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BUCKETS = 19
"""0: they touch or overlap; 1-9: the span stands before the cue, ever farther; 10-18: after it."""

_EDGES = np.array([1, 3, 6, 12, 24, 48, 96, 192])


def buckets(
    span_starts: NDArray[np.int64],
    span_ends: NDArray[np.int64],
    cue_starts: NDArray[np.int64],
    cue_ends: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the (spans, cues) matrix of distance buckets; all ranges count word pieces, half-open."""
    before = cue_starts[None, :] - span_ends[:, None]
    after = span_starts[:, None] - cue_ends[None, :]
    left = 1 + np.searchsorted(_EDGES, before, side="right")
    right = 10 + np.searchsorted(_EDGES, after, side="right")
    result: NDArray[np.int64] = np.where(before >= 0, left, np.where(after >= 0, right, 0))
    return result
