"""The network's heads beyond attribution, and their losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.corpora import IGNORED
from training.layers import Ints, Layers, Names

ARC, LABEL = 128, 64
"""Dimensions of the parser's vectors of arcs and of labels."""

OUTPUTS = (
    "upos",
    "xpos",
    "lemma",
    "sentence",
    "arc_dependent",
    "arc_head",
    "label_dependent",
    "label_head",
    "entity",
    "factuality",
    "vector",
)


class Heads(nn.Module):
    """Tags, lemmas, sentences, a biaffine parser (Dozat and Manning 2017), entities, factuality, vectors."""

    def __init__(self, width: int, names: Names) -> None:
        super().__init__()
        sizes = {
            "upos": len(names.upos),
            "xpos": len(names.xpos),
            "lemma": len(names.lemma),
            "sentence": 1,
            "entity": len(names.entity),
            "factuality": 1,
        }
        self.plain = nn.ModuleDict({name: nn.Linear(width, size) for name, size in sizes.items()})
        sides = {"arc_dependent": ARC, "arc_head": ARC, "label_dependent": LABEL, "label_head": LABEL}
        self.sides = nn.ModuleDict({name: nn.Linear(width, size) for name, size in sides.items()})
        self.turn = nn.Linear(ARC, ARC)
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.label_root = nn.Parameter(torch.randn(LABEL) * 0.1)
        self.label_weights = nn.Parameter(torch.zeros(len(names.label), LABEL + 1, LABEL + 1))
        # the vector is read from the middle too: the last layers turn to the other tasks
        self.vector_middle = nn.Linear(width, width, bias=False)
        self.vector_last = nn.Linear(width, width, bias=False)
        nn.init.zeros_(self.vector_middle.weight)
        nn.init.eye_(self.vector_last.weight)

    def forward(self, middle: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return `OUTPUTS`, each (batch, n, size), from two layers' hidden states (batch, n, width)."""
        found = {name: layer(last) for name, layer in self.plain.items()}
        found |= {name: functional.gelu(layer(last)) for name, layer in self.sides.items()}
        found["arc_dependent"] = self.turn(found["arc_dependent"])
        found["vector"] = self.vector(middle, last)
        return tuple(found[name] for name in OUTPUTS)

    def vector(self, middle: Tensor, last: Tensor) -> Tensor:
        """Return what a sentence's vector is the mean of."""
        total: Tensor = self.vector_middle(middle) + self.vector_last(last)
        return total


@dataclass(frozen=True, slots=True)
class Weights:
    """What each loss counts beside attribution's 1."""

    tags: float
    parse: float
    sentences: float
    entities: float
    factuality: float
    vectors: float


def losses(
    heads: Heads, middle: Tensor, last: Tensor, layers: Sequence[Layers], weights: Weights
) -> dict[str, Tensor]:
    """Return each task's mean loss times its weight; hidden states begin with [CLS]."""
    middle, last = middle[:, 1:], last[:, 1:]
    found: dict[str, Tensor] = {}
    if any(len(one.words) for one in layers):
        found |= _words(heads, last, layers, weights)
    for name, weight in (("entity", weights.entities), ("sentence", weights.sentences)):
        labels = _padded([one.entity if name == "entity" else one.starts for one in layers], last.shape[1])
        if weight and bool((labels != IGNORED).any()):
            found[name] = weight * _by_piece(heads, name, last, labels)
    if weights.factuality and any(len(one.valued) for one in layers):
        found["factuality"] = weights.factuality * _factuality(heads, last, layers)
    if weights.vectors and any(len(one.vectors) for one in layers):
        found["vector"] = weights.vectors * _vectors(heads, middle, last, layers)
    return found


def _padded(rows: Sequence[Ints], n: int) -> Tensor:
    out = np.full((len(rows), n), IGNORED, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return torch.from_numpy(out)


def _by_piece(heads: Heads, name: str, last: Tensor, labels: Tensor) -> Tensor:
    known = labels != IGNORED
    scores = heads.plain[name](last[known]).float()
    if name == "sentence":
        return functional.binary_cross_entropy_with_logits(scores[:, 0], labels[known].float())
    return functional.cross_entropy(scores, labels[known])


def _gather(last: Tensor, places: Sequence[Ints]) -> Tensor:
    rows = np.repeat(np.arange(len(places)), [len(one) for one in places])
    return last[torch.from_numpy(rows), torch.from_numpy(np.concatenate(places))]


def _words(heads: Heads, last: Tensor, layers: Sequence[Layers], weights: Weights) -> dict[str, Tensor]:
    read = _gather(last, [one.words for one in layers])
    found: dict[str, Tensor] = {}
    for name in ("upos", "xpos", "lemma"):
        labels = torch.from_numpy(np.concatenate([getattr(one, name) for one in layers]))
        if weights.tags and bool((labels != IGNORED).any()):
            scores = heads.plain[name](read).float()
            found[name] = weights.tags * functional.cross_entropy(scores, labels, ignore_index=IGNORED)
    if weights.parse:
        found["arc"], found["label"] = (weights.parse * one for one in _parse(heads, read, layers))
    return found


def sides(heads: Heads, read: Tensor) -> dict[str, Tensor]:
    """Return the parser's four vectors of each word, float32."""
    found = {name: functional.gelu(layer(read)) for name, layer in heads.sides.items()}
    found["arc_dependent"] = heads.turn(found["arc_dependent"])
    return {name: value.float() for name, value in found.items()}


def _parse(heads: Heads, read: Tensor, layers: Sequence[Layers]) -> tuple[Tensor, Tensor]:
    bounds, gold = sentence_bounds(layers)
    relations = torch.from_numpy(np.concatenate([one.label for one in layers]))
    four = sides(heads, read)
    scores = arc_scores(heads, four, bounds)
    length = scores.shape[1]
    target = np.full((len(bounds), length), IGNORED, dtype=np.int64)
    for row, (first, last) in enumerate(bounds):
        target[row, : last - first] = np.where(gold[first:last] >= -1, gold[first:last] + 1, IGNORED)
    arcs = functional.cross_entropy(
        scores.reshape(-1, scores.shape[2]), torch.from_numpy(target).reshape(-1), ignore_index=IGNORED
    )
    scored = label_scores(heads, four, absolute(bounds, gold))
    return arcs, functional.cross_entropy(scored, relations, ignore_index=IGNORED)


def sentence_bounds(layers: Sequence[Layers]) -> tuple[list[tuple[int, int]], Ints]:
    """Return each sentence's range among all words of the batch, and the words' gold heads."""
    bounds, at = [], 0
    for one in layers:
        bounds += [(at + first, at + last) for first, last in one.sentences]
        at += len(one.words)
    return bounds, np.concatenate([one.heads for one in layers])


def absolute(bounds: Sequence[tuple[int, int]], heads: Ints) -> Tensor:
    """Turn places within sentences into places among all words, -1 for the root."""
    found = heads.copy()
    for first, last in bounds:
        found[first:last] = np.where(heads[first:last] >= 0, heads[first:last] + first, -1)
    return torch.from_numpy(found)


def arc_scores(heads: Heads, four: dict[str, Tensor], bounds: Sequence[tuple[int, int]]) -> Tensor:
    """Return (sentences, words, 1 + words) scores of word <- head, column 0 the root."""
    length = max(last - first for first, last in bounds)
    places = np.zeros((len(bounds), length), dtype=np.int64)
    real = np.zeros((len(bounds), length), dtype=bool)
    for row, (first, last) in enumerate(bounds):
        places[row, : last - first] = np.arange(first, last)
        real[row, : last - first] = True
    dependents, governors = (
        four["arc_dependent"][torch.from_numpy(places)],
        four["arc_head"][torch.from_numpy(places)],
    )
    root = heads.arc_root.expand(len(bounds), 1, ARC)
    scores = dependents @ torch.cat([root, governors], 1).transpose(1, 2)
    mask = torch.from_numpy(np.concatenate([np.ones((len(bounds), 1), dtype=bool), real], 1))
    return scores.masked_fill(~mask[:, None, :], -1e4)


def label_scores(heads: Heads, four: dict[str, Tensor], governors: Tensor) -> Tensor:
    """Return (words, labels) scores of the arcs to the given heads (places among the words, -1 the root)."""
    known = governors.clamp(min=0)
    chosen = torch.where((governors >= 0)[:, None], four["label_head"][known], heads.label_root)
    one = torch.ones(len(governors), 1)
    dependent, head = torch.cat([four["label_dependent"], one], 1), torch.cat([chosen, one], 1)
    weights = heads.label_weights
    mixed = (dependent @ weights.permute(1, 0, 2).reshape(LABEL + 1, -1)).view(len(governors), -1, LABEL + 1)
    return torch.einsum("wrc,wc->wr", mixed, head)


def _factuality(heads: Heads, last: Tensor, layers: Sequence[Layers]) -> Tensor:
    read = _gather(last, [one.valued for one in layers])
    values = torch.from_numpy(np.concatenate([one.values for one in layers]))
    return functional.smooth_l1_loss(heads.plain["factuality"](read).float()[:, 0], values, beta=0.5)


def sentence_vectors(pooled: Tensor, layers: Sequence[Layers]) -> Tensor:
    """Return the unit vector of each sentence, from what its pieces give (batch, n, width)."""
    sums = functional.pad(pooled.float().cumsum(1), (0, 0, 1, 0))
    rows = np.repeat(np.arange(len(layers)), [len(one.spans) for one in layers])
    spans = np.concatenate([one.spans for one in layers])
    totals = sums[rows, spans[:, 1]] - sums[rows, spans[:, 0]]
    return functional.normalize(totals, dim=1)


def _vectors(heads: Heads, middle: Tensor, last: Tensor, layers: Sequence[Layers]) -> Tensor:
    """Bring vectors to the teacher's, and their similarities to each other to the teacher's similarities."""
    ours = sentence_vectors(heads.vector(middle, last), layers)
    known = [one.vectors for one in layers if len(one.vectors)]
    theirs = torch.from_numpy(np.concatenate(known).astype(np.float32))
    apart = (1 - (ours * theirs).sum(1)).mean()
    return apart + 5 * functional.mse_loss(ours @ ours.T, theirs @ theirs.T)
