"""What the shipped model says about itself, read from `meta.json` and checked against the files beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from reportedly.errors import ModelError
from reportedly.model.chains import bio_moves
from reportedly.model.labels import LABELS

FOLDER = Path(__file__).parent
ENCODER = FOLDER / "encoder.onnx"
TOKENIZER = FOLDER / "tokenizer.json"
META = FOLDER / "meta.json"
PARSER = FOLDER / "parser.npz"
"""Weights of the parser that the network's outputs are combined with; absent where it has no such heads."""


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """How a link's score is made up; row 0 is for sources, row 1 for contents, all float32.

    scale: (2,), of the encoder's dot product. no_cue: (2,), the score of belonging to no cue.
    distances, between, apart: (2, buckets), what each bucket of `model.distance` adds.
    """

    scale: NDArray[np.float32]
    no_cue: NDArray[np.float32]
    distances: NDArray[np.float32]
    between: NDArray[np.float32]
    apart: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heads:
    """What the outputs of the heads for syntax and entities mean: a name a column, in order.

    upos: universal parts of speech. xpos: Penn tags. lemma: rules, as `parse.lemmas` reads them.
    label: dependency relations. entity: BIO labels.
    entity_moves: (entity, entity) float32, score of row -> column. entity_start: (entity,) float32.
    arc_root: (A,), label_root: (B,), label_weights: (label, B + 1, B + 1), float32: the root's vectors, and
        the biaffine form (Dozat and Manning 2017) that scores the relations of an arc.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    label: tuple[str, ...]
    entity: tuple[str, ...]
    entity_moves: NDArray[np.float32]
    entity_start: NDArray[np.float32]
    arc_root: NDArray[np.float32]
    label_root: NDArray[np.float32]
    label_weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meta:
    """The parts of the model that the decoder needs, and its papers.

    version: the release of the weights. digest: SHA-256 of encoder.onnx, tokenizer.json and, where there is
        one, parser.npz, in that order.
    transitions: (labels, labels) float32, score of row -> column, with what BIO forbids at -10,000.
    start: (labels,) float32, score of a paragraph's first label.
    confidence: (2,) float32, slope and offset that turn an attribution's log-probability into the log-odds
        that it is right, fitted on articles that training did not read (Platt 1999).
    training: the training run as its configuration recorded it.
    heads: what the further outputs mean, None for a network that has none.
    """

    version: str
    digest: str
    transitions: NDArray[np.float32]
    start: NDArray[np.float32]
    link: LinkWeights
    confidence: NDArray[np.float32]
    training: dict[str, Any]
    heads: Heads | None = None


def digest() -> str:
    """Return the SHA-256 over encoder.onnx, tokenizer.json and parser.npz.

    Raises:
        ModelError: one of the first two is missing.
    """
    total = hashlib.sha256()
    for path in (ENCODER, TOKENIZER, *([PARSER] if PARSER.exists() else [])):
        try:
            total.update(path.read_bytes())
        except OSError as error:
            raise ModelError(f"the model file {path} cannot be read: {error}") from error
    return total.hexdigest()


def _array(values: object) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


@cache
def load_meta() -> Meta:
    """Read meta.json. Raises ModelError when it is missing, damaged or made for other labels."""
    try:
        tree = json.loads(META.read_text(encoding="utf-8"))
        if tree["labels"] != list(LABELS):
            raise ModelError(f"{META} was made for the labels {tree['labels']}")
        link = LinkWeights(**{name: _array(values) for name, values in tree["link"].items()})
        transitions, start, confidence = (
            _array(tree[name]) for name in ("transitions", "start", "confidence")
        )
        heads = _heads(tree["heads"]) if tree.get("heads") else None
        papers = (tree["version"], tree["digest"])
        return Meta(*papers, transitions, start, link, confidence, tree["training"], heads)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise ModelError(f"the model's metadata {META} cannot be used: {error}") from error


def _heads(tree: dict[str, Any]) -> Heads:
    """Raises ValueError where names and weights do not fit together."""
    names = {kind: tuple(map(str, tree[kind])) for kind in ("upos", "xpos", "lemma", "label", "entity")}
    with PARSER.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arc, label, weights = (_array(stored[name]) for name in ("arc_root", "label_root", "label_weights"))
    if weights.shape != (len(names["label"]), len(label) + 1, len(label) + 1):
        raise ValueError(f"{PARSER.name} holds weights of the shape {weights.shape}")
    moves, start = bio_moves(names["entity"])
    if tree.get("entity_transitions"):
        moves = moves + _array(tree["entity_transitions"])
    return Heads(
        **names, entity_moves=moves, entity_start=start, arc_root=arc, label_root=label, label_weights=weights
    )


def check_files() -> None:
    """Raise ModelError unless the model's files are the ones that meta.json was written for."""
    if digest() != load_meta().digest:
        raise ModelError(
            f"the model files in {FOLDER} are damaged: their SHA-256 is not the one in {META.name}"
        )
