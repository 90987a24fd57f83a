"""The tokens of a text and the word pieces that speak for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.parse.alignment import first_pieces

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The m tokens of a text, sentence by sentence.

    words: their text; it and `spaces`, whether a blank follows, joined give the text.
    offsets: (m, 2) int32, character offsets, half-open.
    starts: (m,) bool, whether a sentence starts with the token; always true of the first.
    rows: (m,) int64, the word piece that speaks for it, -1 where none does.
    spoken: (k,) int64, places of the tokens that have a word piece of their own: not blanks, not signs the
        tokenizer does not know, not the second half of a piece ("cannot" is one piece and two tokens).
    """

    words: Sequence[str]
    spaces: Sequence[bool]
    offsets: NDArray[np.int32]
    starts: NDArray[np.bool_]
    rows: Numbers
    spoken: Numbers

    def sentences(self) -> Numbers:
        """Return (s, 2), the tokens [start, end) of each sentence."""
        return _bounds(self.starts)

    def spoken_sentences(self) -> Numbers:
        """Return (s, 2), the places within `spoken` [start, end) of each sentence that has any."""
        numbers = np.cumsum(self.starts)[self.spoken]
        return _bounds(np.diff(numbers, prepend=-1) > 0)


def offsets_of(words: Sequence[str], spaces: Sequence[bool]) -> NDArray[np.int32]:
    """Return (m, 2), the character offsets of words in the text that they and their blanks make up."""
    lengths = np.fromiter((len(word) for word in words), dtype=np.int64, count=len(words))
    ends = np.cumsum(lengths + np.asarray(spaces, dtype=np.int64)) - np.asarray(spaces, dtype=np.int64)
    offsets: NDArray[np.int32] = np.stack([ends - lengths, ends], 1).astype(np.int32)
    return offsets


def align(
    words: Sequence[str], spaces: Sequence[bool], starts: NDArray[np.bool_], pieces: NDArray[np.int32]
) -> Tokens:
    """Find the piece that speaks for each token. pieces: (n, 2), character offsets of the word pieces."""
    offsets = offsets_of(words, spaces)
    rows = first_pieces(pieces, offsets)
    blank = np.fromiter((word.isspace() for word in words), dtype=bool, count=len(words))
    rows[blank] = -1
    repeated = np.zeros(len(rows), dtype=bool)
    repeated[1:] = rows[1:] == rows[:-1]
    opening = starts.copy()
    opening[:1] = True
    return Tokens(words, spaces, offsets, opening, rows, np.flatnonzero((rows >= 0) & ~repeated))


def _bounds(opening: NDArray[np.bool_]) -> Numbers:
    first = np.flatnonzero(opening)
    edges = np.append(first, len(opening))
    return np.stack([edges[:-1], edges[1:]], 1)
