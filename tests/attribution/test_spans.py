from __future__ import annotations

import numpy as np
import pytest

from reportedly.attribution.spans import tagged_spans
from reportedly.model.labels import LABELS

CASES = [
    ("O O O", []),
    ("B-source I-source O B-cue", [(0, 0, 2), (1, 3, 4)]),
    ("B-content B-content I-content", [(2, 0, 1), (2, 1, 3)]),
    ("I-cue I-cue O", [(1, 0, 2)]),
    ("B-content / I-content", [(2, 0, 1), (2, 1, 2)]),
    ("B-source B-cue I-cue B-content", [(0, 0, 1), (1, 1, 3), (2, 3, 4)]),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_spans_of_labels(written: str, expected: list[tuple[int, int, int]]) -> None:
    words = written.split()
    labels, fresh = [], []
    for number, word in enumerate(words):
        if word != "/":
            labels.append(LABELS.index(word))
            fresh.append(number == 0 or words[number - 1] == "/")
    found = tagged_spans(np.array(labels, dtype=np.int8), np.array(fresh))
    assert [tuple(span) for span in found] == expected
