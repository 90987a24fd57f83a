"""BIO labels -> spans of word pieces."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Tagged(NamedTuple):
    """Pieces [start, end) that were tagged as ``ROLES[role]``."""

    role: int
    start: int
    end: int


def tagged_spans(labels: NDArray[np.integer[Any]], fresh: NDArray[np.bool_]) -> list[Tagged]:
    """Read the spans off ``labels`` (n,). A paragraph begins, and any span ends, where ``fresh`` (n,) is."""
    roles = (labels.astype(np.int64) + 1) // 2  # 0 outside, else the role's number + 1
    opens = (roles > 0) & (labels % 2 == 1)
    changed = np.ones(len(labels), dtype=bool)
    changed[1:] = roles[1:] != roles[:-1]
    edge = opens | changed | fresh
    starts = np.flatnonzero(edge)
    ends = np.append(starts[1:], len(labels))
    return [
        Tagged(int(roles[start]) - 1, int(start), int(end))
        for start, end in zip(starts, ends, strict=True)
        if roles[start]
    ]
