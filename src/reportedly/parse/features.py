"""Word pieces and what the uncased tokenizer throws away: letter case, blanks, and the state of quotation.

Training reads its pieces through this module too, so the model never meets a feature computed another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from reportedly.model.quotation import BREAK, Quote, quotation


class Shape(IntEnum):
    """Letter case of the word that a piece belongs to; 0 is kept for the model's own special pieces."""

    NONE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4
    DIGIT = 5
    PUNCTUATION = 6
    OTHER = 7


class Before(IntEnum):
    """What stands right before a piece."""

    NONE = 0
    NOTHING = 1
    BLANK = 2
    BREAK = 3


@dataclass(frozen=True, slots=True)
class Pieces:
    """The n word pieces of one text.

    ids: (n,) int64, numbers in the tokenizer's vocabulary.
    offsets: (n, 2) int32, character offsets in the text, half-open.
    features: (n, 3) int64, columns `Shape`, `Before`, `Quote`.
    paragraphs: (n,) int32, number of the paragraph; a line break opens a new one.
    """

    ids: NDArray[np.int64]
    offsets: NDArray[np.int32]
    features: NDArray[np.int64]
    paragraphs: NDArray[np.int32]


FEATURE_SIZES = (len(Shape), len(Before), len(Quote))


def read_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut ``text`` into word pieces with their features. Pieces of no width are left out."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    kept = offsets[:, 1] > offsets[:, 0]
    breaks = np.asarray([found.start() for found in BREAK.finditer(text)], dtype=np.int64)
    starts = offsets[:, 0]
    paragraphs = np.searchsorted(breaks, starts).astype(np.int32)
    features = np.empty((len(offsets), 3), dtype=np.int64)
    features[:, 0] = _shapes(text, encoding)
    features[:, 1] = _before(offsets, paragraphs)
    features[:, 2] = quotation(text)[starts] if len(text) else 0
    ids = np.asarray(encoding.ids, dtype=np.int64)
    return Pieces(ids[kept], offsets[kept], features[kept], paragraphs[kept])


def _before(offsets: NDArray[np.int32], paragraphs: NDArray[np.int32]) -> NDArray[np.int64]:
    before = np.full(len(offsets), Before.NOTHING, dtype=np.int64)
    if len(offsets):
        before[1:][offsets[1:, 0] > offsets[:-1, 1]] = Before.BLANK
        before[1:][paragraphs[1:] > paragraphs[:-1]] = Before.BREAK
        before[0] = Before.BREAK
    return before


def _shapes(text: str, encoding: Encoding) -> list[int]:
    """Return the shape of each piece's whole word, so that the pieces of "Kasich" all count as Title."""
    words: dict[int | None, tuple[int, int]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        first = words.get(word, (start, end))[0]
        words[word] = (first, end)
    shapes = {word: shape(text[start:end]) for word, (start, end) in words.items()}
    return [shapes[word] for word in encoding.word_ids]


def shape(word: str) -> Shape:
    """Return the letter case of one word."""
    if word.islower():
        return Shape.LOWER
    if word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        return Shape.TITLE
    if word.isupper():
        return Shape.UPPER
    if word[:1].isdigit():
        return Shape.DIGIT
    if word.isalpha():
        return Shape.MIXED if any(letter.isupper() for letter in word) else Shape.OTHER
    return Shape.PUNCTUATION if word and not word[0].isalnum() else Shape.MIXED
