"""Sentences that say the same in other words: MinHash over the beginnings of their words, then their overlap.

Banded MinHash after Broder (1997): a pair of sentences meets where all hashes of a band are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.reuse.align import Stretch
from reportedly.corpus.reuse.judging import LOOSE, Shared
from reportedly.corpus.reuse.words import Codes, Mask, Reading, Weights

ALIKE = 0.5
"""Least share of words (by weight, of those in either sentence) that two sentences have in common."""
MOST = 400
"""Sentences of a story that are looked at: bounds the work of odd texts."""

Ints = NDArray[np.int64]


class Sentences:
    """The sentences of a story as sets of stems with weights; speech is left out.

    places: first word and end of each. weights: of all stems of each, (sentences,). weight: of all. stems,
    owners, own: each distinct stem of each sentence, in the order of the stems, with its sentence and weight.
    """

    def __init__(self, reading: Reading) -> None:
        opens = np.flatnonzero(reading.opens)
        telling = np.where((reading.stems != 0) & ~reading.speech, reading.weights, 0.0)
        sums = np.concatenate([[0.0], np.cumsum(telling)])
        self.weight = float(sums[-1])
        places = [(int(a), int(b)) for a, b in pairwise(opens) if sums[b] - sums[a] >= LOOSE]
        self.places = places[:MOST]
        sets = [self._set(reading.stems[a:b], telling[a:b]) for a, b in self.places]
        stems = np.concatenate([np.empty(0, np.uint64), *(one for one, _ in sets)])
        order = np.argsort(stems, kind="stable")
        self.stems = stems[order]
        self.own = np.concatenate([np.empty(0), *(one for _, one in sets)])[order]
        self.owners = np.repeat(np.arange(len(sets)), [len(one) for one, _ in sets])[order]
        self.weights = np.array([one.sum() for _, one in sets])

    @staticmethod
    def _set(stems: Codes, telling: Weights) -> tuple[Codes, Weights]:
        """Return the distinct stems that tell something, with their weights."""
        known, places = np.unique(stems[telling > 0], return_index=True)
        return known, telling[telling > 0][places]


def alike(a: Sentences, b: Sentences, taken: Sequence[Shared]) -> tuple[list[Shared], list[Shared]]:
    """Return pairs of sentences that are alike, and what of the passages ``taken`` is in none of them.

    A sentence is used once; one that a passage runs out of is left to the passage.
    """
    found: list[Shared] = []
    left = list(taken)
    used: set[tuple[int, int]] = set()
    for common, i, j, equal in _ranked(a, b) if a.places and b.places else ():
        if (0, i) in used or (1, j) in used:
            continue
        stretch = _stretch(a, b, (i, j), equal)
        inside = [one for one in left if _within(one.stretch, stretch)]
        if any(_touches(one.stretch, stretch) for one in left if one not in inside):
            continue
        if inside and max(one.own for one in inside) >= common:
            continue
        used |= {(0, i), (1, j)}
        left = [one for one in left if one not in inside]
        found.append(Shared(stretch, common, 0, 0, sentence=False, loose=True))
    return found, left


def _ranked(a: Sentences, b: Sentences) -> list[tuple[float, int, int, int]]:
    """Return the pairs of sentences that are alike, the heaviest first.

    Each as the weight of the stems in common, the two sentences' numbers and the number of stems.
    """
    low = np.searchsorted(b.stems, a.stems, side="left")
    counts = np.searchsorted(b.stems, a.stems, side="right") - low
    left = np.repeat(np.arange(len(a.stems)), counts)
    right = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(len(left))
    cells = a.owners[left] * len(b.places) + b.owners[right]
    size = len(a.places) * len(b.places)
    common = np.bincount(cells, np.minimum(a.own[left], b.own[right]), size).reshape(len(a.places), -1)
    every = a.weights[:, None] + b.weights[None, :] - common
    numbers = np.bincount(cells, minlength=size).reshape(common.shape)
    found = np.argwhere((common >= LOOSE) & (common >= ALIKE * every)).tolist()
    rows = [(float(common[i, j]), i, j, int(numbers[i, j])) for i, j in found]
    return sorted(rows, key=lambda one: (-one[0], one[1], one[2]))


def _stretch(a: Sentences, b: Sentences, place: tuple[int, int], equal: int) -> Stretch:
    here, there = a.places[place[0]], b.places[place[1]]
    return Stretch((here[0], there[0]), (here[1], there[1]), equal)


def _within(inner: Stretch, outer: Stretch) -> bool:
    return all(
        outer.first[side] <= inner.first[side] and inner.end[side] <= outer.end[side] for side in (0, 1)
    )


def _touches(one: Stretch, other: Stretch) -> bool:
    return any(one.first[side] < other.end[side] and other.first[side] < one.end[side] for side in (0, 1))


ROWS, BANDS = 3, 20


def bands(reading: Reading) -> Codes:
    """Return the keys of a story's sentences by which sentences alike meet, (sentences, `BANDS`).

    Two sentences with half of their stems in common share a key nine times in ten.
    """
    sentence = np.cumsum(reading.opens[:-1])
    telling: Mask = (reading.stems != 0) & ~reading.speech
    stems, owner = reading.stems[telling], sentence[telling]
    if not len(stems):
        return np.empty((0, BANDS), dtype=np.uint64)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(owner) != 0]))
    long = np.diff(np.append(starts, len(owner))) >= LOOSE
    return _banded(stems, starts)[:, long].T


def _banded(stems: Codes, starts: Ints) -> Codes:
    """Return a key for each band and sentence, (bands, sentences); starts: of sentences among the stems."""
    least = np.minimum.reduceat(_mixed(stems[None, :] + _SEEDS[:, None]), starts, axis=1)
    keys = np.repeat(np.arange(BANDS, dtype=np.uint64)[:, None], len(starts), axis=1)
    for row in range(ROWS):
        keys = _mixed(keys ^ least[row::ROWS])
    return keys


def _mixed(values: Codes) -> Codes:
    """Return a hash of each value (the finaliser of SplitMix64)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)


_SEEDS = _mixed(np.arange(1, ROWS * BANDS + 1, dtype=np.uint64))
