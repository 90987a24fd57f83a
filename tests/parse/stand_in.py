"""A stand-in for a trained network: outputs that say a given analysis, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportedly.model.chains import bio_moves
from reportedly.model.meta import Heads
from reportedly.parse.alignment import first_pieces
from reportedly.parse.tokens import offsets_of
from reportedly.types import Encoding

UPOS = ("NOUN", "VERB", "PROPN", "PUNCT", "PART", "AUX")
XPOS = ("NN", "VBD", "NNP", ".", "RB", "MD")
LEMMA = ("0|", "^", "2|", "=be", "3|ay", "1|")
LABEL = ("dep", "nsubj", "obj", "punct", "root", "ccomp", "advmod")
ENTITY = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
LOUD = 9.0
MOST = 700
"""Word pieces that an arc can be said between."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Said:
    """What the network is to say of one token; `head` is a place among the tokens, its own for the root."""

    word: str
    head: int
    upos: str = "NOUN"
    xpos: str = "NN"
    lemma: str = "0|"
    label: str = "dep"
    entity: str = "O"
    factuality: float = 0.0
    space: bool = True
    start: bool = False


@dataclass
class Outputs:
    """Silent outputs for n word pieces."""

    n: int
    heads: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        widths = {"upos": len(UPOS), "xpos": len(XPOS), "lemma": len(LEMMA), "entity": len(ENTITY)}
        widths |= {
            "sentence": 1,
            "factuality": 1,
            "vector": 4,
            "arc_dependent": MOST + 1,
            "arc_head": MOST + 1,
        }
        widths |= {"label_dependent": len(LABEL), "label_head": len(LABEL)}
        self.heads = {name: np.zeros((self.n, width), dtype=np.float32) for name, width in widths.items()}
        self.heads["sentence"][:] = -LOUD
        # each piece is a head under its own number
        self.heads["arc_head"][np.arange(self.n), np.arange(self.n)] = LOUD


def heads() -> Heads:
    """Return what the outputs mean. A label's score is its column of `label_dependent`."""
    root = np.zeros(MOST + 1, dtype=np.float32)
    root[MOST] = LOUD
    weights = np.zeros((len(LABEL), len(LABEL) + 1, len(LABEL) + 1), dtype=np.float32)
    for number in range(len(LABEL)):
        weights[number, number, -1] = 1
    moves, start = bio_moves(ENTITY)
    size = np.zeros(len(LABEL), dtype=np.float32)
    return Heads(UPOS, XPOS, LEMMA, LABEL, ENTITY, moves, start, root, size, weights)


def says(pieces: NDArray[np.int32], tokens: Sequence[Said]) -> Encoding:
    """Return an encoding that says all this of the tokens. pieces: (n, 2), offsets of the word pieces."""
    offsets = offsets_of([one.word for one in tokens], [one.space for one in tokens])
    rows = first_pieces(pieces, offsets)
    out = Outputs(len(pieces))
    for one, row in zip(tokens, rows.tolist(), strict=True):
        if row < 0:
            continue
        for name, names in (("upos", UPOS), ("xpos", XPOS), ("lemma", LEMMA), ("entity", ENTITY)):
            out.heads[name][row, names.index(getattr(one, name))] = LOUD
        out.heads["label_dependent"][row, LABEL.index(one.label)] = LOUD
        governor = int(rows[one.head])
        out.heads["arc_dependent"][row, MOST if governor == row else governor] = LOUD
        out.heads["factuality"][row] = one.factuality
        out.heads["sentence"][row] = LOUD if one.start else -LOUD
        out.heads["vector"][row, row % 4] = 1
    width = np.zeros((len(pieces), 7), dtype=np.float32)
    return Encoding(pieces, width, width[:, :2], width[:, :2], out.heads)


def word_pieces(tokens: Sequence[Said]) -> NDArray[np.int32]:
    """Return one piece a token, none for blanks."""
    offsets = offsets_of([one.word for one in tokens], [one.space for one in tokens])
    kept = [number for number, one in enumerate(tokens) if not one.word.isspace()]
    return offsets[kept]
