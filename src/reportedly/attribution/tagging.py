"""Encoding -> tagged spans of word pieces, each with its probability."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.spans import Tagged, tagged_spans
from reportedly.model.chains import best_labels, marginals
from reportedly.model.labels import inside
from reportedly.model.meta import Meta
from reportedly.model.quotation import BREAK
from reportedly.types import Encoding


@dataclass(frozen=True, slots=True)
class Tags:
    """The tagged spans of one text, in order.

    probabilities: (spans,) float32, the smallest marginal of a span's labels and of its end.
    paragraphs: (n,) int64, the number of each piece's paragraph.
    """

    spans: tuple[Tagged, ...]
    probabilities: NDArray[np.float32]
    paragraphs: NDArray[np.int64]

    def part(self, first: int, last: int) -> Tags:
        """Return the tags of the pieces [first, last), which are whole paragraphs, numbered from there."""
        starts = [span.start for span in self.spans]
        low, high = bisect_left(starts, first), bisect_left(starts, last)
        moved = (Tagged(role, start - first, end - first) for role, start, end in self.spans[low:high])
        return Tags(tuple(moved), self.probabilities[low:high], self.paragraphs[first:last])


def paragraph_numbers(text: str, offsets: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the (n,) paragraph numbers of pieces at ``offsets``; every line break opens a paragraph."""
    breaks = np.asarray([found.start() for found in BREAK.finditer(text)], dtype=np.int64)
    return np.searchsorted(breaks, offsets[:, 0]).astype(np.int64)


def tag(text: str, encoding: Encoding, meta: Meta) -> Tags:
    """Return the most probable spans of the text."""
    paragraphs = paragraph_numbers(text, encoding.offsets)
    if not len(paragraphs):
        return Tags((), np.zeros(0, dtype=np.float32), paragraphs)
    edges = np.concatenate([[0], np.flatnonzero(np.diff(paragraphs)) + 1, [len(paragraphs)]])
    bounds = np.stack([edges[:-1], edges[1:]], 1)
    labels = best_labels(encoding.emissions, meta.transitions, meta.start, bounds)
    fresh = np.zeros(len(labels), dtype=bool)
    fresh[bounds[:, 0]] = True
    spans = tagged_spans(labels, fresh)
    # only spans have a probability, so a paragraph without any needs no marginals
    told = bounds[np.add.reduceat(labels != 0, bounds[:, 0]) > 0]
    chances = marginals(encoding.emissions, meta.transitions, meta.start, told)
    return Tags(tuple(spans), _probabilities(spans, labels, chances, fresh), paragraphs)


def _probabilities(
    spans: list[Tagged], labels: NDArray[np.int64], chances: NDArray[np.float32], fresh: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return each span's smallest marginal: an upper bound of the chance that it stands exactly so."""
    own = chances[np.arange(len(labels)), labels]
    found = np.empty(len(spans), dtype=np.float32)
    for number, span in enumerate(spans):
        found[number] = own[span.start : span.end].min()
        if span.end < len(labels) and not fresh[span.end]:
            found[number] = min(found[number], 1 - chances[span.end, inside(span.role)])
    return found
