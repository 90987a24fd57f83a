"""Where two stories run alike: runs of equal words, joined over small edits, no word used twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.reuse.words import Codes, Mask, shingles

WIDTH = 4
"""Least equal words in a row that are looked at."""
ANCHOR = 6
"""Equal words in a row that stand for themselves; shorter runs only beside others."""
GAP = 6
"""Most words changed, added or left out between two runs of one passage, on either side."""
REPEATS = 8
"""Places in the other story that a run of `WIDTH` words is compared with: bounds the work of odd texts."""
MOST_RUNS = 600

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Equal words: ``size`` of them from word ``a`` of one story and word ``b`` of the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that run alike in both stories.

    first, end: the first word and the place after the last one, in each story. equal: words that are equal in
    both. runs: in one order in both, with small edits between them; none where sentences are alike as wholes.
    """

    first: tuple[int, int]
    end: tuple[int, int]
    equal: int
    runs: tuple[Run, ...] = ()

    @property
    def words(self) -> tuple[int, int]:
        """Words of each story from the first equal one to the last."""
        return self.end[0] - self.first[0], self.end[1] - self.first[1]


def stretches(a: Codes, b: Codes) -> tuple[Stretch, ...]:
    """Return where ``a`` and ``b`` run alike, in the order of ``a``; each word is used once."""
    return _joined(_apart(_runs(a, b), np.ones(len(a), np.bool_), np.ones(len(b), np.bool_)))


def _runs(a: Codes, b: Codes) -> list[Run]:
    """Return the longest runs of equal words, the longest first."""
    left, right = _meetings(a, b)
    slant = right - left
    order = np.lexsort((left, slant))
    left, right, slant = left[order], right[order], slant[order]
    fresh = np.ones(len(left), dtype=np.bool_)
    fresh[1:] = (np.diff(slant) != 0) | (np.diff(left) != 1)
    starts = np.flatnonzero(fresh)
    sizes = np.diff([*starts, len(left)]) + WIDTH - 1
    found = np.lexsort((right[starts], left[starts], -sizes))[:MOST_RUNS]
    return [Run(int(left[starts[n]]), int(right[starts[n]]), int(sizes[n])) for n in found]


def _meetings(a: Codes, b: Codes) -> tuple[Ints, Ints]:
    """Return the places where `WIDTH` words are equal, in ``a`` and in ``b``."""
    one, other = shingles(a, WIDTH), shingles(b, WIDTH)
    order = np.argsort(other, kind="stable")
    low = np.searchsorted(other[order], one, side="left")
    counts = np.minimum(np.searchsorted(other[order], one, side="right") - low, REPEATS)
    left = np.repeat(np.arange(len(one)), counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, order[np.repeat(low, counts) + within].astype(np.int64)


def _apart(runs: Iterable[Run], free_a: Mask, free_b: Mask) -> list[Run]:
    """Return what is left of the runs when the longer ones come first and no word is used twice."""
    kept: list[Run] = []
    for run in runs:
        if run.size < ANCHOR and not any(_near(run, other) for other in kept):
            continue
        free = free_a[run.a : run.a + run.size] & free_b[run.b : run.b + run.size]
        shift, size = (0, run.size) if free.all() else _longest(free)
        if size >= WIDTH:
            part = Run(run.a + shift, run.b + shift, size)
            free_a[part.a : part.a + size] = False
            free_b[part.b : part.b + size] = False
            kept.append(part)
    return kept


def _near(run: Run, other: Run) -> bool:
    return _follows(run, other) or _follows(other, run)


def _follows(run: Run, other: Run) -> bool:
    """Whether ``other`` comes soon after ``run`` in both stories."""
    return 0 <= other.a - run.a - run.size <= GAP and 0 <= other.b - run.b - run.size <= GAP


def _longest(free: Mask) -> tuple[int, int]:
    """Return start and length of the longest row of true values, (0, 0) if there is none."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    if not len(edges):
        return 0, 0
    starts, sizes = edges[::2], edges[1::2] - edges[::2]
    best = int(sizes.argmax())
    return int(starts[best]), int(sizes[best])


def _joined(runs: Sequence[Run]) -> tuple[Stretch, ...]:
    """Join runs that follow each other in both stories, in the order of the first."""
    groups: list[list[Run]] = []
    for run in sorted(runs):
        if groups and _follows(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return tuple(map(joined, groups))


def joined(runs: Sequence[Run]) -> Stretch:
    """Return the stretch of runs that follow each other in both stories."""
    last = runs[-1]
    end = last.a + last.size, last.b + last.size
    return Stretch((runs[0].a, runs[0].b), end, sum(run.size for run in runs), tuple(runs))
