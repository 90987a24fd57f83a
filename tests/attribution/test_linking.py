from __future__ import annotations

import numpy as np
import pytest

from reportedly.attribution.linking import CONTENT, CUE, SOURCE, link
from reportedly.attribution.spans import Tagged
from reportedly.attribution.tagging import Tags
from reportedly.model.distance import APART, BETWEEN, BUCKETS, buckets, cues_between
from reportedly.model.labels import LABELS
from reportedly.model.meta import LinkWeights, Meta
from reportedly.types import Encoding

SIZE = len(LABELS)


def meta(no_cue: float = -5.0) -> Meta:
    """Weigh nothing but the dot product."""
    zeros = LinkWeights(
        np.ones(2, dtype=np.float32),
        np.full(2, no_cue, dtype=np.float32),
        np.zeros((2, BUCKETS), dtype=np.float32),
        np.zeros((2, BETWEEN), dtype=np.float32),
        np.zeros((2, APART), dtype=np.float32),
    )
    square, row = np.zeros((SIZE, SIZE), dtype=np.float32), np.zeros(SIZE, dtype=np.float32)
    return Meta("0", "", square, row, zeros, np.ones(2, dtype=np.float32), {})


def encoding(n: int, pulls: dict[int, int]) -> Encoding:
    """Make piece ``a`` depend on piece ``b`` for each ``a: b``, strongly."""
    dependent, head = np.zeros((n, n), dtype=np.float32), np.eye(n, dtype=np.float32)
    for a, b in pulls.items():
        dependent[a, b] = 10
    offsets = np.stack([np.arange(n) * 2, np.arange(n) * 2 + 1], 1).astype(np.int32)
    return Encoding(offsets, np.zeros((n, SIZE), dtype=np.float32), dependent, head)


def tags(spans: list[Tagged], n: int) -> Tags:
    return Tags(tuple(spans), np.ones(len(spans), dtype=np.float32), np.zeros(n, dtype=np.int64))


def test_one_source_may_serve_two_cues() -> None:
    spans = [
        Tagged(SOURCE, 0, 1),
        Tagged(CUE, 1, 2),
        Tagged(CONTENT, 2, 3),
        Tagged(CUE, 3, 4),
        Tagged(CONTENT, 4, 5),
    ]
    links = link(tags(spans, 5), encoding(5, {2: 1, 4: 3}), meta())
    assert {cue: choice.taken for cue, choice in links.sources.items()} == {1: 0, 3: 0}
    assert {content: choice.taken for content, choice in links.contents.items()} == {2: 1, 4: 3}


def test_two_contents_may_choose_one_cue() -> None:
    spans = [Tagged(CONTENT, 0, 1), Tagged(CUE, 1, 2), Tagged(CONTENT, 2, 3)]
    links = link(tags(spans, 3), encoding(3, {0: 1, 2: 1}), meta())
    assert [links.contents[n].taken for n in (0, 2)] == [1, 1]
    assert links.sources[1].taken is None


def test_nothing_is_chosen_where_nothing_scores_above_no_cue() -> None:
    spans = [Tagged(CONTENT, 0, 1), Tagged(CUE, 1, 2)]
    links = link(tags(spans, 2), encoding(2, {}), meta(no_cue=3.0))
    assert links.contents[0].taken is None
    assert links.contents[0].score < 0


def test_a_cue_out_of_reach_is_never_chosen() -> None:
    spans = [Tagged(CONTENT, 0, 1), Tagged(CUE, 900, 901)]
    links = link(tags(spans, 901), encoding(901, {0: 900}), meta())
    assert links.contents[0].taken is None


def test_many_spans_are_linked_block_by_block() -> None:
    spans = [Tagged(CUE if n % 2 else CONTENT, n, n + 1) for n in range(1200)]
    links = link(tags(spans, 1200), encoding(1200, {n: n + 1 for n in range(0, 1200, 2)}), meta())
    assert all(choice.taken == content + 1 for content, choice in links.contents.items())


@pytest.mark.parametrize(
    ("span", "cue", "bucket"),
    [
        ((0, 2), (2, 3), 1),
        ((0, 2), (3, 4), 2),
        ((5, 6), (4, 5), 10),
        ((5, 6), (3, 4), 11),
        ((0, 4), (2, 3), 0),
        ((0, 1), (900, 901), 9),
    ],
)
def test_buckets_tell_side_and_distance(span: tuple[int, int], cue: tuple[int, int], bucket: int) -> None:
    arrays = (np.array([value], dtype=np.int64) for value in (*span, *cue))
    assert buckets(*arrays).tolist() == [[bucket]]


def test_cues_between_counts_on_both_sides() -> None:
    assert cues_between(np.array([2]), np.arange(5)).tolist() == [[1, 0, 0, 1, 2]]
