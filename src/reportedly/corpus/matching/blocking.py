"""Which units are worth comparing: those that share two telling words, or stand side by side in like
stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.wording.tokens import NAME
from reportedly.corpus.wording.views import Unit

TELLING = 10
"""Words of a unit by which it is looked up: the heaviest ones."""
WINDOW = 12
"""Of those that share two words, each meets this many that come next in time: a bound on the work."""
LEAST = 0.34
"""Share of the poorer unit's telling weight that must be shared for two units to be compared."""
NUMBER = 2.5
CHUNK = 400_000

Pairs = NDArray[np.int64]


def telling(units: Sequence[Unit]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return ids and weights of each unit's telling words, both (units, TELLING); id -1 where there is none.

    Ids follow the order of the words themselves, so that they do not hang on the order of the units.
    """
    rows = [_heaviest(unit) for unit in units]
    names = {word: number for number, word in enumerate(sorted({word for row in rows for _, word in row}))}
    ids = np.full((len(units), TELLING), -1, dtype=np.int32)
    weights = np.zeros((len(units), TELLING), dtype=np.float32)
    for place, row in enumerate(rows):
        for column, (weight, word) in enumerate(row):
            ids[place, column] = names[word]
            weights[place, column] = -weight
    return ids, weights


def _heaviest(unit: Unit) -> list[tuple[float, str]]:
    rows = [(-weight, word) for word, weight in unit.words.items()]
    rows += [(-NUMBER, f"#{one.numeral.value:g}") for one in unit.quantities]
    rows += [(-NAME, f"@{name.actor}") for name in unit.names if name.actor is not None]
    return sorted(set(rows))[:TELLING]


def candidates(ids: NDArray[np.int32], weights: NDArray[np.float32]) -> Pairs:
    """Return pairs (n, 2) of units that share two telling words, the smaller place first, in order."""
    found = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *_sharing_two(ids)]))
    count = len(ids)
    kept = [
        chunk[_shared(ids, weights, chunk // count, chunk % count) >= LEAST]
        for chunk in (found[at : at + CHUNK] for at in range(0, len(found), CHUNK))
    ]
    keys = np.concatenate([np.empty(0, dtype=np.int64), *kept])
    return np.stack([keys // max(count, 1), keys % max(count, 1)], axis=1)


def _sharing_two(ids: NDArray[np.int32]) -> Iterator[NDArray[np.int64]]:
    """Yield pairs of units, as place * units + place, that share two telling words."""
    count, size = len(ids), int(ids.max(initial=-1)) + 1
    if not count or not size:
        return
    seen = np.bincount(ids[ids >= 0].ravel(), minlength=size)
    rows = np.sort(np.where((ids >= 0) & (seen[ids] > 1), ids, -1), axis=1).astype(np.int64)
    keys, places = [], []
    for first, second in combinations(range(rows.shape[1]), 2):
        there = np.flatnonzero(rows[:, first] >= 0)
        keys.append(rows[there, first] * size + rows[there, second])
        places.append(there)
    key, place = np.concatenate(keys), np.concatenate(places)
    order = np.lexsort((place, key))
    key, place = key[order], place[order]
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(key[step:] == key[:-step])
        yield np.unique(place[same] * count + place[same + step])


def _shared(
    ids: NDArray[np.int32], weights: NDArray[np.float32], a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the share of the poorer unit's telling weight that the other has too, (n,)."""
    equal = (ids[a][:, :, None] == ids[b][:, None, :]) & (ids[a] >= 0)[:, :, None]
    shared = (equal.any(axis=2) * weights[a]).sum(axis=1)
    poorer = np.minimum(weights[a].sum(axis=1), weights[b].sum(axis=1))
    return np.asarray(shared / np.maximum(poorer, 1e-6), dtype=np.float32)
