"""Annotated texts -> the layers of a window that the heads beyond attribution learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportedly.parse.alignment import first_pieces
from reportedly.parse.features import Pieces
from reportedly.parse.windows import Window
from training.corpora import ENTITIES, IGNORED, Annotated, Sentence, Word

RAREST_RULE, RAREST_RELATION = 5, 10
"""Lemma rules and relations that a treebank has fewer of are not learned."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Vectors = NDArray[np.float16]


def lemma_rule(word: Word) -> str:
    """Return how a lemma is made of its word: "strip|add", "=lemma", or "^" for the word as it stands."""
    form, lemma = word.form.lower(), word.lemma
    if lemma != lemma.lower():
        return "^" if lemma == word.form else ""
    shared = next(
        (n for n, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
    )
    return f"{len(form) - shared}|{lemma[shared:]}" if shared else f"={lemma}"


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers of each head's answers mean."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    label: tuple[str, ...]
    entity: tuple[str, ...] = ("O", *(f"{mark}-{kind}" for kind in ENTITIES for mark in "BI"))


def read_names(documents: Iterable[Sequence[Sentence]]) -> Names:
    """Collect the names that a treebank uses often enough, commonest first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "lemma", "label")}
    for sentences in documents:
        for word in (word for one in sentences for word in one.words):
            if word.head is not None:
                counts["upos"][word.upos] += 1
                counts["xpos"][word.xpos] += 1
                counts["lemma"][lemma_rule(word)] += 1
                counts["label"][word.relation] += 1
    least = {"upos": 1, "xpos": RAREST_RELATION, "lemma": RAREST_RULE, "label": RAREST_RELATION}
    kept = {
        name: tuple(
            one for one, count in counted.most_common() if count >= least[name] and one not in ("", "_")
        )
        for name, counted in counts.items()
    }
    return Names(**kept)


@dataclass(frozen=True, slots=True)
class Layers:
    """What is known of one window, piece numbers counting from its first piece; empty where nothing is.

    words (k,): the piece that speaks for each word. upos, xpos, lemma, label (k,): numbers in `Names`, -100
    unknown. heads (k,): place of the head among the sentence's words, -1 for the root. sentences: word
    ranges. starts, entity (n,): by piece, -100 unknown. valued, values: pieces of predicates and their
    factuality. spans (s, 2): pieces of the sentences that have a vector. vectors (s, width): the teacher's.
    masked, originals: pieces whose id was taken away, and that id.
    """

    words: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    upos: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    xpos: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    lemma: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    label: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    heads: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    sentences: tuple[tuple[int, int], ...] = ()
    starts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    entity: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    valued: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    values: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    masked: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    originals: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    spans: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    vectors: Vectors = field(default_factory=lambda: np.zeros((0, 384), np.float16))


@dataclass(frozen=True, slots=True)
class Laid:
    """One annotated text over its pieces: every layer of `Layers` for the whole text."""

    pieces: Pieces
    layers: Layers


def lay(text: Annotated, pieces: Pieces, names: Names, vectors: Vectors | None = None) -> Laid:
    """Lay a text's annotation over its word pieces."""
    words = first_pieces(pieces.offsets, text.tokens)
    tree = any(word.head is not None for word in text.words)
    valued = [n for n, word in enumerate(text.words) if word.factuality is not None and words[n] >= 0]
    layers = Layers(
        words=words if tree else np.zeros(0, np.int64),
        upos=_numbers((word.upos for word in text.words), names.upos),
        xpos=_numbers((word.xpos for word in text.words), names.xpos),
        lemma=_numbers((lemma_rule(word) for word in text.words), names.lemma),
        label=_numbers((word.relation for word in text.words), names.label),
        heads=np.array([-2 if word.head is None else word.head for word in text.words], dtype=np.int64),
        sentences=text.sentences if tree else (),
        starts=_starts(text, words, len(pieces.ids)),
        entity=_entities(text, pieces, names),
        valued=words[valued] if valued else np.zeros(0, np.int64),
        values=np.array([text.words[n].factuality for n in valued], dtype=np.float32),
        spans=sentence_pieces(pieces, text.spans()),
        vectors=vectors if vectors is not None else np.zeros((0, 384), np.float16),
    )
    return Laid(pieces, layers)


def _numbers(values: Iterable[str], names: Sequence[str]) -> Ints:
    places = {name: number for number, name in enumerate(names)}
    return np.array([places.get(value, IGNORED) for value in values], dtype=np.int64)


def _starts(text: Annotated, words: Ints, n: int) -> Ints:
    """Mark where sentences start; a text of one sentence teaches nothing about that."""
    if len(text.sentences) < 2:
        return np.full(n, IGNORED, dtype=np.int64)
    starts = np.zeros(n, dtype=np.int64)
    opening = words[[first for first, _ in text.sentences]]
    starts[opening[opening >= 0]] = 1
    return starts


def _entities(text: Annotated, pieces: Pieces, names: Names) -> Ints:
    """Label every piece: the first of a name B-, all others I-; pieces of no word are left out."""
    labels = np.full(len(pieces.ids), IGNORED, dtype=np.int64)
    places = {name: number for number, name in enumerate(names.entity)}
    first = np.searchsorted(pieces.offsets[:, 1], text.tokens[:, 0], side="right")
    last = np.searchsorted(pieces.offsets[:, 0], text.tokens[:, 1], side="left")
    for word, start, end in zip(text.words, first, last, strict=True):
        if word.entity is None or start >= end:
            continue
        labels[start:end] = places[word.entity.replace("B-", "I-")]
        labels[start] = places[word.entity]
    return labels


def sentence_pieces(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> Ints:
    """Return the pieces [start, end) of character spans."""
    if not spans:
        return np.zeros((0, 2), np.int64)
    bounds = np.asarray(spans)
    starts = np.searchsorted(pieces.offsets[:, 1], bounds[:, 0], side="right")
    ends = np.searchsorted(pieces.offsets[:, 0], bounds[:, 1], side="left")
    return np.stack([starts, ends], 1).astype(np.int64)


def window_layers(laid: Layers, window: Window) -> Layers:
    """Return the layers of one window: whole sentences that begin where the window answers."""
    kept = list(_whole_sentences(laid, window))
    words = np.array([n for first, last in kept for n in range(first, last)], dtype=np.int64)
    ends = np.cumsum([last - first for first, last in kept])
    starts = [0, *ends[:-1]] if kept else []
    answered = (laid.valued >= window.emit_start) & (laid.valued < window.emit_end)
    emits = slice(window.start, window.end)
    inside = np.arange(window.start, window.end)
    blind = (inside < window.emit_start) | (inside >= window.emit_end)
    have = len(laid.vectors) > 0
    spans = (
        (laid.spans[:, 0] >= window.emit_start)
        & (laid.spans[:, 1] <= window.emit_end)
        & (laid.spans[:, 1] - laid.spans[:, 0] >= 4)
        if have
        else np.zeros(0, dtype=bool)
    )
    return Layers(
        words=laid.words[words] - window.start if len(words) else words,
        upos=laid.upos[words] if len(words) else words,
        xpos=laid.xpos[words] if len(words) else words,
        lemma=laid.lemma[words] if len(words) else words,
        label=laid.label[words] if len(words) else words,
        heads=laid.heads[words] if len(words) else words,
        sentences=tuple((int(a), int(b)) for a, b in zip(starts, ends, strict=True)),
        starts=_emitted(laid.starts, emits, blind),
        entity=_emitted(laid.entity, emits, blind),
        valued=laid.valued[answered] - window.start,
        values=laid.values[answered],
        spans=laid.spans[spans] - window.start if have else np.zeros((0, 2), np.int64),
        vectors=laid.vectors[spans] if have else laid.vectors,
    )


def _emitted(labels: Ints, window: slice, blind: NDArray[np.bool_]) -> Ints:
    if not len(labels):
        return np.full(len(blind), IGNORED, dtype=np.int64)
    return np.where(blind, IGNORED, labels[window])


def _whole_sentences(laid: Layers, window: Window) -> Iterator[tuple[int, int]]:
    for first, last in laid.sentences:
        pieces = laid.words[first:last]
        if pieces.min() >= window.emit_start and pieces.max() < window.end and pieces[0] < window.emit_end:
            yield first, last
