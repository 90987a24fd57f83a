"""Writes what the heads say into a spaCy Doc. The only place that sets annotations of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Token

from reportedly.model.meta import Heads
from reportedly.model.syntax import CLAUSE_HEADS
from reportedly.parse.alignment import first_pieces
from reportedly.parse.entities import read_entities
from reportedly.parse.syntax import read_syntax
from reportedly.parse.tokens import Tokens
from reportedly.types import Encoding

_COLUMNS = (POS, TAG, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE)
_IOB = {"I": 1, "O": 2, "B": 3}

Floats = NDArray[np.float32]


def annotate(doc: Doc, tokens: Tokens, encoding: Encoding, heads: Heads) -> None:
    """Set tags, lemmas, trees, sentence starts and entities of a Doc that has tokens only."""
    syntax = read_syntax(tokens, encoding.heads, heads)
    entities = read_entities(tokens, encoding.heads, heads)
    add = doc.vocab.strings.add
    columns = (
        [IDS[pos] for pos in syntax.pos],
        [add(tag) for tag in syntax.tag],
        [add(lemma) for lemma in syntax.lemma],
        [add(relation) for relation in syntax.relation],
        (syntax.head - np.arange(len(tokens.words))).astype(np.int64).view(np.uint64),
        [_IOB[label[0]] for label in entities],
        [add(label[2:]) if label != "O" else 0 for label in entities],
    )
    rows: Any = np.stack([np.asarray(column, dtype=np.uint64) for column in columns], 1)
    doc.from_array(list(_COLUMNS), rows)


def measure(doc: Doc, encoding: Encoding) -> tuple[Floats, Floats]:
    """Return factuality, (tokens,), NaN where a token is no predicate, and vectors, (sentences, width)."""
    places = [(token.idx, token.idx + len(token)) for token in doc]
    rows = first_pieces(encoding.offsets, np.asarray(places, dtype=np.int32).reshape(-1, 2))
    factuality = np.full(len(doc), np.nan, dtype=np.float32)
    found = [place for place, token in enumerate(doc) if rows[place] >= 0 and _predicate(token)]
    spoken = np.asarray(found, dtype=np.int64)
    factuality[spoken] = np.clip(encoding.heads["factuality"][rows[spoken], 0], -3, 3)
    starts = [sentence.start_char for sentence in doc.sents] if len(doc) else []
    return factuality, sentence_vectors(encoding.heads["vector"], encoding.offsets, starts)


def sentence_vectors(vectors: Floats, offsets: NDArray[np.int32], starts: Sequence[int]) -> Floats:
    """Return the unit-length mean of each sentence's rows, zeros for a sentence without any.

    vectors: (n, width), one row a word piece. offsets: (n, 2), their places. starts: where sentences begin.
    """
    edges = np.searchsorted(offsets[:, 0], np.asarray(starts, dtype=np.int64))
    sums = np.zeros((len(starts), vectors.shape[1]), dtype=np.float32)
    sizes = np.diff(np.append(edges, len(offsets)))
    full = np.flatnonzero(sizes)
    if len(full):
        sums[full] = np.add.reduceat(vectors[edges[full[0]] :], edges[full] - edges[full[0]], axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    np.divide(sums, lengths, out=sums, where=lengths > 0)
    return sums


def _predicate(token: Token) -> bool:
    """Tell whether a token says something of something: a verb, or the head of a clause."""
    if token.pos_ == "VERB" or token.dep_ in CLAUSE_HEADS:
        return token.pos_ not in {"PUNCT", "SPACE", "SYM"}
    return token.dep_ == "conj" and token.head.dep_ in CLAUSE_HEADS
