"""What the shipped model says about itself, read from `meta.json` and checked against the files beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.errors import ModelError
from reportedly.model.labels import LABELS

FOLDER = Path(__file__).parent
ENCODER = FOLDER / "encoder.onnx"
TOKENIZER = FOLDER / "tokenizer.json"
META = FOLDER / "meta.json"


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
class Meta:
    """The parts of the model that the decoder needs, and its papers.

    version: the release of the weights. digest: SHA-256 of encoder.onnx and tokenizer.json, in that order.
    transitions: (labels, labels) float32, score of row -> column, with what BIO forbids at -10,000.
    start: (labels,) float32, score of a paragraph's first label.
    confidence: (2,) float32, slope and offset that turn an attribution's log-probability into the log-odds
        that it is right, fitted on articles that training did not read (Platt 1999).
    training: the training run as its configuration recorded it.
    """

    version: str
    digest: str
    transitions: NDArray[np.float32]
    start: NDArray[np.float32]
    link: LinkWeights
    confidence: NDArray[np.float32]
    training: dict[str, Any]


def digest() -> str:
    """Return the SHA-256 over encoder.onnx and tokenizer.json. Raises ModelError if one is missing."""
    total = hashlib.sha256()
    for path in (ENCODER, TOKENIZER):
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
        return Meta(tree["version"], tree["digest"], transitions, start, link, confidence, tree["training"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the model's metadata {META} cannot be used: {error}") from error


def check_files() -> None:
    """Raise ModelError unless the model's files are the ones that meta.json was written for."""
    if digest() != load_meta().digest:
        raise ModelError(
            f"the model files in {FOLDER} are damaged: their SHA-256 is not the one in {META.name}"
        )
