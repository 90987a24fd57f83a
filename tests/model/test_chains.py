from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reportedly.model.chains import NEVER, best_labels, bio_moves, marginals

Scores = NDArray[np.float32]

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


def labellings(size: int, steps: int) -> list[tuple[int, ...]]:
    return list(product(range(size), repeat=steps))


def weigh(path: tuple[int, ...], emissions: Scores, transitions: Scores, start: Scores) -> float:
    total = start[path[0]] + sum(emissions[step, label] for step, label in enumerate(path))
    return float(total + sum(transitions[a, b] for a, b in pairwise(path)))


@pytest.mark.parametrize("seed", range(5))
def test_chains_side_by_side_equal_trying_every_labelling(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lengths = [4, 1, 5, 3]
    edges = np.cumsum([0, *lengths])
    bounds = np.stack([edges[:-1], edges[1:]], 1)
    emissions = draw.normal(size=(edges[-1], 3)).astype(np.float32)
    transitions, start = draw.normal(size=(3, 3)).astype(np.float32), draw.normal(size=3).astype(np.float32)
    labels = best_labels(emissions, transitions, start, bounds)
    chances = marginals(emissions, transitions, start, bounds)
    for first, last in bounds:
        paths = labellings(3, last - first)
        weights = np.array([weigh(path, emissions[first:last], transitions, start) for path in paths])
        assert tuple(labels[first:last].tolist()) == paths[int(weights.argmax())]
        shares = np.exp(weights - weights.max()) / np.exp(weights - weights.max()).sum()
        for step in range(last - first):
            for label in range(3):
                expected = sum(s for s, path in zip(shares, paths, strict=True) if path[step] == label)
                assert chances[first + step, label] == pytest.approx(expected, abs=1e-4)


def test_extreme_scores_stay_finite() -> None:
    emissions = np.array([[1e4, -1e4], [-1e4, 1e4], [50, -50]], dtype=np.float32)
    transitions = np.array([[0, -1e4], [0, 0]], dtype=np.float32)
    chances = marginals(emissions, transitions, np.zeros(2, dtype=np.float32), np.array([[0, 3]]))
    assert np.isfinite(chances).all()


def test_no_chain_gives_no_chances() -> None:
    none = np.zeros((0, 2), dtype=np.int64)
    emissions = np.ones((2, 3), dtype=np.float32)
    moves, start = np.zeros((3, 3), dtype=np.float32), np.zeros(3, dtype=np.float32)
    assert not marginals(emissions, moves, start, none).any()
    assert marginals(emissions, moves, start, np.array([[1, 2]]))[0].tolist() == [0, 0, 0]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(0, 999))
def test_chances_of_a_chain_hang_on_it_alone(lengths: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.normal(size=(sum(lengths), 5)).astype(np.float32)
    moves, start = draw.normal(size=(5, 5)).astype(np.float32), draw.normal(size=5).astype(np.float32)
    edges = np.cumsum([0, *lengths])
    bounds = np.stack([edges[:-1], edges[1:]], 1).astype(np.int64)
    together = marginals(scores, moves, start, bounds)
    for first, last in bounds.tolist():
        alone = marginals(scores[first:last], moves, start, np.asarray([[0, last - first]]))
        assert np.allclose(together[first:last], alone, atol=1e-6)
