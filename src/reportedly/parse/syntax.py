"""Outputs of the heads -> tags, lemmas and dependency trees of tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.model.meta import Heads
from reportedly.parse.lemmas import lemmas
from reportedly.parse.tokens import Tokens
from reportedly.parse.trees import heads_of

ROOT = "ROOT"
"""The label of a sentence's root, as spaCy writes it; the treebanks' "root"."""
SPACE, SPACE_TAG = "SPACE", "_SP"
REST = "dep"
"""The relation of a token that no word piece speaks for, as spaCy's own parsers have it for blanks."""
BLOCK = 256
"""Tokens of a sentence that are parsed together. Longer ones, lists and texts without full stops, are parsed
block by block, and the roots of the later blocks hang on the first one's: scores grow with the square, and
the encoder has not seen more at once."""
_CHUNK = 512

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Outputs = Mapping[str, Floats]

_HALVES = {"not": ("PART", "RB", "not", "advmod"), "n't": ("PART", "RB", "not", "advmod")}
_HALVES |= dict.fromkeys(("na", "ta"), ("PART", "TO", "to", "mark"))
_UNKNOWN = ("X", "FW", "", REST)


@dataclass(frozen=True, slots=True)
class Syntax:
    """One entry a token: universal part of speech, Penn tag, lemma, relation, and place of the head.

    A root is its own head and has the relation `ROOT`.
    """

    pos: list[str]
    tag: list[str]
    lemma: list[str]
    relation: list[str]
    head: Numbers


def read_syntax(tokens: Tokens, outputs: Outputs, heads: Heads) -> Syntax:
    """Return the syntax of the tokens. outputs: the encoder's, one row a word piece."""
    spoken, rows = tokens.spoken, tokens.rows[tokens.spoken]
    governors = _trees(tokens, outputs, heads)
    found = Syntax(
        _named(heads.upos, outputs["upos"][rows]),
        _named(heads.xpos, outputs["xpos"][rows]),
        lemmas(outputs["lemma"][rows], [tokens.words[place] for place in spoken], heads.lemma),
        _relations(rows, rows[governors], outputs, heads),
        spoken[governors] if len(spoken) else spoken,
    )
    return _spread(tokens, found)


def _named(names: Sequence[str], scores: Floats) -> list[str]:
    return [names[number] for number in scores.argmax(1).tolist()]


def _trees(tokens: Tokens, outputs: Outputs, heads: Heads) -> Numbers:
    """Return the (k,) place, among the spoken tokens, of each one's head."""
    sentences = tokens.spoken_sentences()
    blocks = [
        (at, min(at + BLOCK, end)) for start, end in sentences.tolist() for at in range(start, end, BLOCK)
    ]
    bounds = np.asarray(blocks, dtype=np.int64).reshape(-1, 2)
    rows = tokens.rows[tokens.spoken]
    found = heads_of(outputs["arc_dependent"][rows], outputs["arc_head"][rows], heads.arc_root, bounds)
    if len(blocks) > len(sentences):
        _hang(found, sentences)
    return found


def _hang(found: Numbers, sentences: Numbers) -> None:
    """Hang the roots of a sentence's later blocks on its first root."""
    for start, end in sentences[sentences[:, 1] - sentences[:, 0] > BLOCK]:
        places = np.arange(start, end)
        roots = places[found[start:end] == places]
        found[roots] = roots[0]


def _relations(dependents: Numbers, governors: Numbers, outputs: Outputs, heads: Heads) -> list[str]:
    """Return the relation of each arc, given the word pieces of its ends; a root's are the same piece."""
    names = [ROOT if name == "root" else name for name in heads.label]
    size = heads.label_weights.shape[1]
    weights = heads.label_weights.transpose(1, 0, 2).reshape(size, -1)
    root = names.index(ROOT) if ROOT in names else None
    found: list[str] = []
    for at in range(0, len(dependents), _CHUNK):
        below, above = dependents[at : at + _CHUNK], governors[at : at + _CHUNK]
        mixed = (_with_one(outputs["label_dependent"][below]) @ weights).reshape(len(below), -1, size)
        scores = (mixed @ _with_one(outputs["label_head"][above])[:, :, None])[:, :, 0]
        if root is not None:
            scores[:, root] = -np.inf
        best = scores.argmax(1).tolist()
        roots = (below == above).tolist()
        found += [ROOT if top else names[number] for number, top in zip(best, roots, strict=True)]
    return found


def _with_one(vectors: Floats) -> Floats:
    return np.concatenate([vectors, np.ones((len(vectors), 1), dtype=np.float32)], 1)


def _spread(tokens: Tokens, found: Syntax) -> Syntax:
    """Give the tokens that no piece of their own speaks for something sensible."""
    size = len(tokens.words)
    if len(tokens.spoken) == size:
        return found
    everyone = Syntax([""] * size, [""] * size, [""] * size, [""] * size, np.arange(size))
    everyone.head[tokens.spoken] = found.head
    for number, place in enumerate(tokens.spoken.tolist()):
        everyone.pos[place], everyone.tag[place] = found.pos[number], found.tag[number]
        everyone.lemma[place], everyone.relation[place] = found.lemma[number], found.relation[number]
    known = np.zeros(size, dtype=bool)
    known[tokens.spoken] = True
    for start, end in tokens.sentences().tolist():
        if not known[start:end].all():
            _fill(tokens, everyone, known, (start, end))
    return everyone


def _fill(tokens: Tokens, found: Syntax, known: NDArray[np.bool_], bounds: tuple[int, int]) -> None:
    start, end = bounds
    places = start + np.flatnonzero(known[start:end])
    first = int(places[0]) if len(places) else start
    for place in (start + np.flatnonzero(~known[start:end])).tolist():
        before = places[places < place]
        anchor = int(before[-1]) if len(before) else first
        word = tokens.words[place]
        half = tokens.rows[place] >= 0 and place != anchor
        if half:
            pos, tag, lemma, relation = _HALVES.get(word.lower(), _UNKNOWN)
            # "cannot go": both halves hang on what the piece hangs on
            head = int(found.head[anchor])
        else:
            pos, tag, lemma, relation = (
                (SPACE, SPACE_TAG, word, REST) if word.isspace() else ("SYM", "SYM", word, REST)
            )
            head = anchor
        found.pos[place], found.tag[place], found.lemma[place] = pos, tag, lemma or word
        found.head[place] = head
        found.relation[place] = ROOT if head == place else relation
