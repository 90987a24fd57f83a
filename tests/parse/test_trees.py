from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reportedly.parse import trees
from reportedly.parse.trees import best_trees, heads_of

Floats = NDArray[np.float32]


def is_tree(heads: NDArray[np.int64]) -> bool:
    """One root, which is its own head, and everything hangs on it."""
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    at = np.arange(len(heads))
    for _ in heads:
        at = heads[at]
    return len(roots) == 1 and bool((at == roots[0]).all())


def score(arcs: Floats, roots: Floats, heads: NDArray[np.int64]) -> float:
    return sum(
        float(roots[place]) if head == place else float(arcs[place, head]) for place, head in enumerate(heads)
    )


def best_by_trying(arcs: Floats, roots: Floats) -> float:
    size = len(arcs)
    every = (np.asarray(heads) for heads in product(range(size), repeat=size))
    return max(score(arcs, roots, heads) for heads in every if is_tree(heads))


@pytest.mark.parametrize("seed", range(60))
def test_the_best_tree_of_all_is_found(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(1, 6))
    arcs = (draw.normal(size=(size, size)) * 3).astype(np.float32)
    # roots that all want to be one, none, or some
    roots = (draw.normal(size=size) * 3 + draw.integers(-20, 20)).astype(np.float32)
    found = best_trees(arcs[None], roots[None], np.ones((1, size), dtype=bool))[0]
    assert is_tree(found)
    assert score(arcs, roots, found) == pytest.approx(best_by_trying(arcs, roots), abs=1e-4)


@given(st.lists(st.integers(1, 40), max_size=12), st.integers(0, 2**32 - 1))
def test_every_sentence_gets_one_tree_inside_itself(lengths: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    edges = np.cumsum([0, *lengths])
    bounds = np.stack([edges[:-1], edges[1:]], 1).astype(np.int64)
    rows = draw.normal(size=(2, int(edges[-1]), 8)).astype(np.float32)
    heads = heads_of(rows[0], rows[1], draw.normal(size=8).astype(np.float32), bounds)
    for start, end in bounds.tolist():
        assert is_tree(heads[start:end] - start)


def test_a_sentence_gets_the_same_tree_whatever_others_stand_beside_it() -> None:
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(2, 30, 8)).astype(np.float32)
    root = draw.normal(size=8).astype(np.float32)
    together = heads_of(rows[0], rows[1], root, np.asarray([[0, 5], [5, 23], [23, 30]]))
    alone = heads_of(rows[0, 5:23], rows[1, 5:23], root, np.asarray([[0, 18]]))
    assert (together[5:23] - 5).tolist() == alone.tolist()


def test_equal_scores_make_a_tree_too() -> None:
    found = best_trees(np.zeros((1, 6, 6), np.float32), np.zeros((1, 6), np.float32), np.ones((1, 6), bool))
    assert is_tree(found[0])


@given(st.integers(2, 40), st.floats(0.1, 10), st.floats(0, 20), st.integers(0, 2**32 - 1))
def test_trying_roots_finds_what_a_root_above_all_others_does(
    size: int, spread: float, apart: float, seed: int
) -> None:
    draw = np.random.default_rng(seed)
    arcs = (draw.normal(size=(size, size)) * spread).astype(np.float32)
    roots = (draw.normal(size=size) * apart).astype(np.float32)
    above = arcs.astype(np.float64)
    np.fill_diagonal(above, -np.inf)
    tried, lowered = trees._one_rooted(arcs, roots), trees._lowered(above, roots)
    assert is_tree(tried)
    assert is_tree(lowered)
    assert score(arcs, roots, tried) == pytest.approx(score(arcs, roots, lowered), rel=1e-6, abs=1e-4)
