"""Which words of a content may be somebody else's cue."""

from __future__ import annotations

import numpy as np

from reportedly.attribution.cue_words import cue_words, placed_words
from reportedly.model.labels import LABELS
from reportedly.types import Encoding, Span

CHANCE = 0.3
"""Least chance, by its own scores alone, that a word is a cue. Inside a content the best labelling says
otherwise, but the scores remember: in 25 articles 102 of 106 inner attributions had such a cue, and the share
of an article's words that are read twice fell from 24 to 18 percent (`python -m bench.nested --sweep 25`).
"""


class Signs:
    """The words of one text that may be cues: they report, and the encoder scores them as cues."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self._text = text
        self._starts = encoding.offsets[:, 0]
        self._chances = _cue_chances(encoding)

    def best(self, span: Span) -> float:
        """Return the largest chance of any reporting word of the span to be a cue, 0 if it has none.

        A noun that reports counts as one for sure where "that" is not far.
        """
        placed = list(placed_words(self._text[span.start : span.end]))
        forms = {word for _, word in placed}
        if "that" in forms and not forms.isdisjoint(cue_words().that_nouns):
            return 1.0  # the encoder scores "rumours that" low
        if "that" in forms and "it" in forms and not forms.isdisjoint(cue_words().every):
            return 1.0  # and "it is believed that"
        found = [span.start + at for at, word in placed if word in cue_words().every]
        pieces = np.searchsorted(self._starts, found)
        pieces = pieces[pieces < len(self._chances)]
        return float(self._chances[pieces].max()) if len(pieces) else 0.0


def _cue_chances(encoding: Encoding) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return each piece's chance to be in a cue, (n,), as if it stood alone."""
    scores = encoding.emissions - encoding.emissions.max(1, keepdims=True, initial=-1e9)
    shares = np.exp(scores)
    cue = [number for number, label in enumerate(LABELS) if label.endswith("cue")]
    chances = shares[:, cue].sum(1) / np.maximum(shares.sum(1), 1e-30)
    return np.asarray(chances, dtype=np.float32)
