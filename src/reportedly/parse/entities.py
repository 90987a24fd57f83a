"""Outputs of the entity head -> named entities of tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.model.chains import best_labels
from reportedly.model.meta import Heads
from reportedly.parse.tokens import Tokens

OUTSIDE = "O"
ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul"})


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
    return with_articles(labels, tokens.words, tokens.spaces)


def with_articles(labels: list[str], words: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    """Return the labels with names whole that the tokenizer cuts behind an Arabic article ("al-Qaeda").

    The head often labels only one side of the hyphen; the other side takes its label.
    """
    for at in range(len(words) - 2):
        if words[at + 1] != "-" or words[at].lower() not in ARTICLES or spaces[at] or spaces[at + 1]:
            continue
        article, name = labels[at], labels[at + 2]
        if OUTSIDE not in (article, name) and name.startswith("I-"):
            continue
        kind = next((one[2:] for one in (article, name) if one != OUTSIDE), "")
        if kind and words[at + 2][:1].isalpha():
            opening = article if article != OUTSIDE else f"B-{kind}"
            labels[at : at + 3] = [opening, f"I-{opening[2:]}", f"I-{opening[2:]}"]
    return labels
