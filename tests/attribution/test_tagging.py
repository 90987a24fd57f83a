"""Passages that are tagged together get what each would get alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.attribution.tagging import tag
from reportedly.model.labels import LABELS
from reportedly.model.meta import load_meta
from reportedly.types import Encoding

PASSAGES = st.lists(
    st.lists(st.sampled_from(["Ada", "said", "it", "rains", "and", "“no”"]), min_size=1, max_size=12),
    min_size=1,
    max_size=6,
)


def encoding_of(text: str, scores: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Encoding:
    """Return a text's words as pieces with given scores."""
    starts, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        starts.append((at, at + len(word)))
        at += len(word)
    nothing = np.zeros((len(starts), 4), dtype=np.float32)
    return Encoding(np.asarray(starts, dtype=np.int32), scores, nothing, nothing)


@settings(max_examples=50)
@given(PASSAGES, st.integers(0, 999))
def test_together_is_as_alone(passages: list[list[str]], seed: int) -> None:
    texts = [" ".join(words) for words in passages]
    sizes = np.cumsum([0, *(len(words) for words in passages)]).tolist()
    draw = np.random.default_rng(seed)
    scores = (draw.normal(size=(sizes[-1], len(LABELS))) * 4).astype(np.float32)
    together = tag("\n".join(texts), encoding_of("\n".join(texts), scores), load_meta())
    for text, first, last in zip(texts, sizes[:-1], sizes[1:], strict=True):
        alone = tag(text, encoding_of(text, scores[first:last]), load_meta())
        part = together.part(first, last)
        assert part.spans == alone.spans
        assert np.allclose(part.probabilities, alone.probabilities, atol=1e-6)
        assert (part.paragraphs - part.paragraphs[0]).tolist() == alone.paragraphs.tolist()
