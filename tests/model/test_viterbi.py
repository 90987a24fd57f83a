from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model.viterbi import NEVER, best_labels, bio_moves

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def allowed(path: tuple[int, ...]) -> bool:
    names = [LABELS[number] for number in path]
    return all(
        not after.startswith("I-") or before[2:] == after[2:]
        for before, after in zip(["O", *names], names, strict=False)
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_best_allowed_labels_of_all_are_found(seed: int) -> None:
    draw = np.random.default_rng(seed)
    length = int(draw.integers(1, 5))
    scores = draw.normal(size=(length, 5)).astype(np.float32)
    found = best_labels(scores, *bio_moves(LABELS), np.asarray([[0, length]]))
    best = max(
        (path for path in product(range(5), repeat=length) if allowed(path)),
        key=lambda path: sum(scores[step, label] for step, label in enumerate(path)),
    )
    assert tuple(found.tolist()) == best


@given(st.lists(st.integers(1, 9), max_size=8), st.integers(0, 999))
def test_chains_do_not_change_each_other(lengths: list[int], seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(sum(lengths), 5)).astype(np.float32)
    edges = np.cumsum([0, *lengths])
    bounds = np.stack([edges[:-1], edges[1:]], 1).astype(np.int64)
    together = best_labels(scores, *bio_moves(LABELS), bounds)
    for start, end in bounds.tolist():
        alone = best_labels(scores[start:end], *bio_moves(LABELS), np.asarray([[0, end - start]]))
        assert together[start:end].tolist() == alone.tolist()
        assert allowed(tuple(alone.tolist()))


def test_moves_that_bio_forbids() -> None:
    moves, start = bio_moves(LABELS)
    assert [LABELS[number] for number in np.flatnonzero(start == NEVER)] == ["I-PER", "I-LOC"]
    assert np.argwhere(moves == NEVER).tolist() == [[0, 2], [0, 4], [1, 4], [2, 4], [3, 2], [4, 2]]
