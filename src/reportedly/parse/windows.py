"""Cuts a text's word pieces into the windows that the encoder reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LIMIT = 256
"""Most pieces of a window that are answered for."""
CONTEXT = 64
"""Most pieces before them that are read along."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) are encoded; the answers for [emit_start, emit_end) are kept."""

    start: int
    end: int
    emit_start: int
    emit_end: int


def cut(
    paragraphs: NDArray[np.int32], first_limit: int = LIMIT, context: int = CONTEXT
) -> tuple[Window, ...]:
    """Pack whole paragraphs into windows; longer paragraphs are cut with half a window's overlap.

    Every piece is emitted by exactly one window, in order; in a long paragraph by the one where it stands
    most central. ``first_limit`` shortens the first window, by which training shifts all later seams;
    ``context`` is how many pieces before a window are read along at most.
    """
    windows: list[Window] = []
    here, limit = 0, first_limit
    bounds = [*_bounds(paragraphs), (len(paragraphs), len(paragraphs))]
    for start, end in bounds:
        if here < start and (end - here > limit or start == end):
            windows += _whole(here, start, context)
            here, limit = start, LIMIT
    return tuple(windows)


def _bounds(paragraphs: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    edges = [0, *(np.flatnonzero(np.diff(paragraphs)) + 1).tolist(), len(paragraphs)]
    yield from ((a, b) for a, b in pairwise(edges) if a < b)


def _whole(start: int, end: int, context: int) -> Iterator[Window]:
    """Yield the one window of pieces [start, end), or several where they are too many for one."""
    if end - start <= LIMIT:
        yield Window(max(0, start - context), end, start, end)
        return
    stride = LIMIT // 2
    at = start
    while True:
        last = at + LIMIT >= end
        stop = min(at + LIMIT, end)
        emit_start = at if at == start else at + stride // 2
        emit_end = stop if last else at + stride + stride // 2
        yield Window(max(0, at - context) if at == start else at, stop, emit_start, emit_end)
        if last:
            return
        at += stride
