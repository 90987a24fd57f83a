"""PolNeAR's JSONL -> labelled word pieces -> the windows of one epoch."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.model.labels import ROLES, begin, inside
from reportedly.parse.features import Pieces, read_pieces
from reportedly.parse.windows import CONTEXT, LIMIT, Window, cut
from reportedly.types import content_id
from training.augment import Moved, restyle_quotes, restyle_stops
from training.config import AugmentConfig, Config, DataConfig
from training.layers import Layers, sentence_pieces, window_layers
from training.teacher import Vectors

Attributed = tuple[tuple[tuple[int, int], ...], ...]
"""One attribution: for each of `ROLES`, its pieces' character offsets."""


EMPTY = Layers()


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated copy of an article. vectors: the teacher's, one a sentence."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]
    sentences: tuple[tuple[int, int], ...] = ()
    vectors: Vectors | None = None
    annotator: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A source or content span (pieces [start, end)) and the cue it belongs to, None if it has none."""

    role: int
    start: int
    end: int
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document's pieces with labels (n,), numbers in `LABELS`, links, and layers for the other heads.

    attributed: whether labels and links mean anything.
    """

    pieces: Pieces
    labels: NDArray[np.int64]
    links: tuple[Link, ...]
    layers: Layers = EMPTY
    attributed: bool = True
    annotator: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One window to train on; all piece numbers count from the window's first encoded piece."""

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    labels: NDArray[np.int64]
    emit: tuple[int, int]
    links: tuple[Link, ...]
    cues: tuple[tuple[int, int], ...]
    layers: Layers = EMPTY
    attributed: bool = True
    annotator: int = 0


def read_documents(path: Path) -> tuple[Document, ...]:
    """Read a PolNeAR file, plain or gzip."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
    names = sorted({line.get("annotator", "") for line in lines})
    return tuple(_document(line, 1 + names.index(line.get("annotator", ""))) for line in lines)


def _document(line: dict[str, Any], annotator: int) -> Document:
    found = tuple(
        tuple(tuple((start, end) for start, end in one[role]) for role in ROLES)
        for one in line["attributions"]
    )
    return Document(line["id"], line["text"], found, annotator=annotator)


def split(documents: Sequence[Document], config: DataConfig) -> tuple[list[Document], list[Document]]:
    """Return (training, held-out) documents; the articles with the smallest id hashes are held out."""
    ids = sorted({document.id for document in documents}, key=content_id)
    held = set(ids[: config.held_out])
    used = set(ids[config.held_out :][: config.limit or None])
    return [d for d in documents if d.id in used], [d for d in documents if d.id in held]


def label(document: Document, tokenizer: Tokenizer) -> Labelled:
    """Lay a document's attributions over its word pieces: a piece belongs to the span it starts in."""
    pieces = read_pieces(document.text, tokenizer)
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    links: list[Link] = []
    for attribution in document.attributions:
        ranges = [_ranges(pieces, spans) for spans in attribution]
        for role, found in enumerate(ranges):
            for start, end in found:
                labels[start:end] = inside(role)
                labels[start] = begin(role)
        cue = ranges[1][0] if ranges[1] else None
        links += [Link(role, start, end, cue) for role in (0, 2) for start, end in ranges[role]]
    spans = sentence_pieces(pieces, document.sentences)
    layers = EMPTY if document.vectors is None else Layers(spans=spans, vectors=document.vectors)
    return Labelled(pieces, labels, tuple(links), layers, annotator=document.annotator)


def _ranges(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    starts, ends = pieces.offsets[:, 0], pieces.offsets[:, 1]
    found = []
    for start, end in spans:
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        if first < last:
            found.append((first, last))
    return found


def examples(labelled: Labelled, first_limit: int = LIMIT, context: int = CONTEXT) -> Iterator[Example]:
    """Cut one labelled document into windows, each with so many pieces of context at most."""
    cues = sorted({link.cue for link in labelled.links if link.cue})
    for window in cut(labelled.pieces.paragraphs, first_limit, context):
        yield _example(labelled, window, cues)


def _example(labelled: Labelled, window: Window, cues: Sequence[tuple[int, int]]) -> Example:
    start, end = window.start, window.end
    near = {cue: (cue[0] - start, cue[1] - start) for cue in cues if start <= cue[0] and cue[1] <= end}
    links = tuple(
        Link(link.role, link.start - start, link.end - start, near.get(link.cue) if link.cue else None)
        for link in labelled.links
        if window.emit_start <= link.start and link.end <= window.emit_end
    )
    return Example(
        labelled.pieces.ids[start:end],
        labelled.pieces.features[start:end],
        labelled.labels[start:end],
        (window.emit_start - start, window.emit_end - start),
        links,
        tuple(near.values()),
        window_layers(labelled.layers, window),
        labelled.attributed,
        labelled.annotator,
    )


def attribution_examples(
    documents: Sequence[Document], tokenizer: Tokenizer, config: Config, draw: random.Random
) -> list[Example]:
    """Return the windows of one pass over the documents: seams and quotation marks differ by pass."""
    found: list[Example] = []
    for document in documents:
        seen = document
        if draw.random() < config.augment.quotes:
            seen = _restyled(seen, *restyle_quotes(seen.text, draw))
        if config.augment.stops and draw.random() < config.augment.stops:
            seen = _restyled(seen, *restyle_stops(seen.text, draw))
        found += examples(label(seen, tokenizer), draw.randint(CONTEXT, LIMIT), config.data.context)
    return found


def _restyled(document: Document, text: str, moved: Moved) -> Document:
    found = tuple(
        tuple(tuple((moved(start), moved(end)) for start, end in spans) for spans in one)
        for one in document.attributions
    )
    sentences = tuple((moved(start), moved(end)) for start, end in document.sentences)
    return replace(document, text=text, attributions=found, sentences=sentences)


def noisy(example: Example, config: AugmentConfig, noise: np.random.Generator) -> Example:
    """Mask pieces and lose letter case, as often as the configuration says."""
    ids, features = example.ids.copy(), example.features.copy()
    ids[noise.random(len(ids)) < config.mask] = 103  # [MASK]
    if noise.random() < config.case:
        cased = (features[:, 0] >= 1) & (features[:, 0] <= 4)
        features[cased, 0] = noise.choice([1, 3])  # all lower or all upper
    return replace(example, ids=ids, features=features)


def batches(found: list[Example], limit: int, draw: random.Random) -> list[list[Example]]:
    """Group windows of like length, so that little is padded, and shuffle the groups."""
    pool = 64
    grouped: list[list[Example]] = []
    for at in range(0, len(found), pool):
        batch: list[Example] = []
        for example in sorted(found[at : at + pool], key=lambda one: len(one.ids)):
            if batch and (len(batch) + 1) * (len(example.ids) + 2) > limit:
                grouped.append(batch)
                batch = []
            batch.append(example)
        grouped.append(batch)
    draw.shuffle(grouped)
    return grouped
