"""Which word piece speaks for which token."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def first_pieces(offsets: NDArray[np.int32], tokens: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return for each token the number of the piece that speaks for it, -1 for a token without any.

    offsets: (n, 2) and tokens: (m, 2), character offsets, both in order. It is the first piece that starts
    within the token, else the one that the token starts in: "can't" is cut into the pieces "can", "'", "t"
    but the tokens "ca" and "n't".
    """
    if not len(offsets):
        return np.full(len(tokens), -1, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    first = np.searchsorted(starts, tokens[:, 0], side="left")
    within = (first < len(starts)) & (starts[np.minimum(first, len(starts) - 1)] < tokens[:, 1])
    around = np.maximum(np.searchsorted(starts, tokens[:, 0], side="right") - 1, 0)
    covered = (starts[around] <= tokens[:, 0]) & (tokens[:, 0] < ends[around])
    found: NDArray[np.int64] = np.where(within, first, np.where(covered, around, -1)).astype(np.int64)
    return found
