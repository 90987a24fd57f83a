"""Outputs of the entity head -> named entities of tokens."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reportedly.model.chains import best_labels
from reportedly.model.meta import Heads
from reportedly.parse.tokens import Tokens

OUTSIDE = "O"


def read_entities(tokens: Tokens, outputs: Mapping[str, NDArray[np.float32]], heads: Heads) -> list[str]:
    """Return the BIO label of every token, the best sequence of each sentence: no name crosses sentences."""
    rows = tokens.rows[tokens.spoken]
    best = best_labels(
        outputs["entity"][rows], heads.entity_moves, heads.entity_start, tokens.spoken_sentences()
    )
    labels = [OUTSIDE] * len(tokens.words)
    last = -1
    for place, number in zip(tokens.spoken.tolist(), best.tolist(), strict=True):
        labels[place] = heads.entity[number]
        if labels[place].startswith("I-"):
            for between in range(last + 1, place):  # a doubled blank inside a name belongs to it
                labels[between] = labels[place]
        last = place
    return labels
