"""Which pairs of stories are worth comparing: inverted index over runs of words, frequent ones thinned.

Winnowing (Schleimer, Wilkerson and Aiken, 2003) keeps of every `WINDOW` neighbouring shingles the one with
the least hash, so that two texts with `WIDTH + WINDOW - 1` words in common keep at least one in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.reuse.words import Codes, Mask, shingles

WIDTH = 5
WINDOW = 4
SPREAD = 12
"""Most stories among which all pairs are tried for one shingle.

Above it, each is tried with the first of them and with the one before it: copies of one story stay linked,
and a phrase that everybody uses costs two rows a story.
"""
LEAST = 2
"""Shingles that a pair must have in common: a sentence of twelve words has that many after winnowing. So many
sentences, too, must be alike, and share so many keys."""
SMALL = 200_000
"""Words in a corpus small enough to keep all shingles and compare wherever one is shared."""

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What to compare. places: pairs of places, (pairs, 2), the smaller first, in order. alike: whether each
    pair has sentences that look alike, (pairs,). spread: shingles that stand everywhere, in order.
    """

    places: Pairs
    alike: Mask
    spread: Codes


def candidates(texts: Sequence[Codes], bands: Sequence[Codes]) -> Candidates:
    """Return the pairs of ``texts`` to compare; bands: keys of each text's sentences, (sentences, keys)."""
    small = sum(map(len, texts)) <= SMALL
    hashes, owners = _index([_kept(codes, winnow=not small) for codes in texts])
    runs = _often(_meetings(hashes, owners), 1 if small else LEAST, len(texts))
    alike = _sentences_alike(bands, 1 if small else LEAST)
    kept = np.union1d(runs, alike)
    known, spread = np.unique(hashes, return_counts=True)
    places = np.stack([kept // max(len(texts), 1), kept % max(len(texts), 1)], axis=1)
    return Candidates(places, np.isin(kept, alike), known[spread > SPREAD])


def _sentences_alike(bands: Sequence[Codes], least: int) -> Pairs:
    """Return a key for each pair of texts with so many pairs of sentences that share so many keys."""
    owner = np.repeat(np.arange(len(bands)), [len(one) for one in bands])
    if not len(owner):
        return np.empty(0, dtype=np.int64)
    keys = np.concatenate(bands)
    order = np.argsort(keys, axis=None, kind="stable")
    met = _often(_meetings(keys.ravel()[order], order // keys.shape[1]), least, len(owner))
    ends = owner[np.stack([met // len(owner), met % len(owner)], axis=1)]
    return _often(ends[ends[:, 0] != ends[:, 1]], least, len(bands))


def _often(pairs: Pairs, least: int, count: int) -> Pairs:
    """Return a key for each pair that meets so often, in order."""
    keys, counts = np.unique(pairs[:, 0] * count + pairs[:, 1], return_counts=True)
    return np.asarray(keys[counts >= least])


def _kept(codes: Codes, *, winnow: bool) -> Codes:
    own = shingles(codes, WIDTH)
    kept: Codes = np.unique(own[_winnowed(own)] if winnow else own)
    return kept


def _index(keys: Sequence[Codes]) -> tuple[Codes, Pairs]:
    """Return the keys of all texts with their places, sorted by key, then place."""
    every = np.concatenate([np.empty(0, dtype=np.uint64), *keys])
    order = np.argsort(every, kind="stable")
    return every[order], np.repeat(np.arange(len(keys)), [len(own) for own in keys])[order]


def _winnowed(hashes: Codes) -> Mask:
    """Mark the shingles that are the least of a window that they lie in."""
    if len(hashes) <= WINDOW:
        return np.asarray(hashes == hashes.min(initial=np.iinfo(np.uint64).max))
    views = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    least = np.zeros(len(hashes), dtype=np.bool_)
    least[np.arange(len(views)) + views.argmin(axis=1)] = True
    return least


def _meetings(hashes: Codes, owners: Pairs) -> Pairs:
    """Return a row for each pair of texts and each shingle by which they meet, (rows, 2)."""
    fresh = np.ones(len(hashes), dtype=np.bool_)
    fresh[1:] = hashes[1:] != hashes[:-1]
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.append(starts, len(hashes)))
    first, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    rank = np.arange(len(hashes)) - first
    found = [np.empty((0, 2), dtype=np.int64)]
    for step in range(1, SPREAD):
        later = np.flatnonzero((rank >= step) & ((size <= SPREAD) | (step == 1)))
        found.append(np.stack([owners[later - step], owners[later]], axis=1))
    crowd = np.flatnonzero((size > SPREAD) & (rank > 1))
    found.append(np.stack([owners[first[crowd]], owners[crowd]], axis=1))
    return np.concatenate(found)
