from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportedly.parse.windows import CONTEXT, LIMIT, cut


def paragraphs(lengths: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)


@given(st.lists(st.integers(1, 900), max_size=12), st.integers(CONTEXT, LIMIT))
def test_every_piece_is_emitted_once_in_order(lengths: list[int], first: int) -> None:
    at = 0
    for window in cut(paragraphs(lengths), first):
        assert window.emit_start == at
        assert window.start <= window.emit_start < window.emit_end <= window.end
        assert window.end - window.start <= LIMIT + CONTEXT
        at = window.emit_end
    assert at == sum(lengths)


def test_short_paragraphs_stay_whole() -> None:
    windows = cut(paragraphs([100, 100, 100]))
    assert [(w.emit_start, w.emit_end) for w in windows] == [(0, 200), (200, 300)]
    assert windows[1].start == 200 - CONTEXT


def test_inside_a_long_paragraph_every_piece_sees_a_quarter_window_on_both_sides() -> None:
    for window in cut(paragraphs([2000])):
        left = window.emit_start - window.start
        right = window.end - window.emit_end
        assert left >= LIMIT // 4 or window.start == 0
        assert right >= LIMIT // 4 or window.end == 2000
