"""How far a source or content stands from a cue: the coarse facts that the linking scores weigh.

All ranges count word pieces, half-open; all results are (spans, cues) matrices of bucket numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BUCKETS = 19
"""0: they touch or overlap; 1-9: the span stands before the cue, ever farther; 10-18: after it."""
BETWEEN = 4
"""Other cues between the two: 0, 1, 2, or 3 and more."""
APART = 4
"""Paragraphs from one to the other: 0, 1, 2, or 3 and more."""

_EDGES = np.array([1, 3, 6, 12, 24, 48, 96, 192])

Numbers = NDArray[np.int64]


def buckets(span_starts: Numbers, span_ends: Numbers, cue_starts: Numbers, cue_ends: Numbers) -> Numbers:
    """Return the signed distances as bucket numbers below `BUCKETS`."""
    before = cue_starts[None, :] - span_ends[:, None]
    after = span_starts[:, None] - cue_ends[None, :]
    left = 1 + np.searchsorted(_EDGES, before, side="right")
    right = 10 + np.searchsorted(_EDGES, after, side="right")
    result: Numbers = np.where(before >= 0, left, np.where(after >= 0, right, 0))
    return result


def cues_between(span_ranks: Numbers, cue_numbers: Numbers) -> Numbers:
    """Return how many cues begin between a span's begin and a cue, below `BETWEEN`.

    span_ranks: how many of the text's cues begin before each span. cue_numbers: each cue's place among them.
    """
    after = cue_numbers[None, :] - span_ranks[:, None]
    result: Numbers = np.minimum(np.where(after >= 0, after, -1 - after), BETWEEN - 1)
    return result


def paragraphs_apart(span_paragraphs: Numbers, cue_paragraphs: Numbers) -> Numbers:
    """Return how many paragraphs lie from spans to cues, below `APART`."""
    result: Numbers = np.minimum(np.abs(span_paragraphs[:, None] - cue_paragraphs[None, :]), APART - 1)
    return result
