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


def cues_between(span_starts: Numbers, cue_starts: Numbers) -> Numbers:
    """Return how many of the cues, given in order, begin between a span's begin and a cue, below `BETWEEN`."""
    rank = np.searchsorted(cue_starts, span_starts, side="left")[:, None]
    place = np.arange(len(cue_starts))[None, :]
    return np.minimum(np.where(place >= rank, place - rank, rank - 1 - place), BETWEEN - 1)


def paragraphs_apart(span_paragraphs: Numbers, cue_paragraphs: Numbers) -> Numbers:
    """Return how many paragraphs lie from spans to cues, below `APART`."""
    return np.minimum(np.abs(span_paragraphs[:, None] - cue_paragraphs[None, :]), APART - 1)
