"""Pairs to compare that words alone do not bring together: in shared passages, and in stories of one
matter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.matching.index import Index
from reportedly.types import Span
from reportedly.types.claims import Corpus, Passage, Reuse

OVERLAP = 0.5
"""Share of the shorter of two stretches, one carried over to the other's story, that makes them one."""
STORIES = 6
"""Of each story, this many others that share most of its telling words."""
LONGEST = 120
"""A telling word that more stories have than this brings none of them together."""
CLOSE = 0.7
"""Cosine of two statements' vectors from which they are compared."""
SLACK = 0.18
"""By how much a folded cosine may be lower than the cosine."""
FOLDED = 96
MOST = 60
"""Pairs compared of two stories for their vectors alone."""


def shared_passages(index: Index, corpus: Corpus, reuse: Iterable[Reuse]) -> Iterator[tuple[int, int]]:
    """Yield pairs of units that stand in one place of a passage which their stories share."""
    places = {story.id: place for place, story in enumerate(corpus.stories)}
    units: defaultdict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(index.units):
        units[index.stories[unit.statement]].append(number)
    starts = {}
    for story, numbers in units.items():
        numbers.sort(key=lambda number: index.units[number].span.start)
        starts[story] = [index.units[number].span.start for number in numbers]
    for one in reuse:
        a, b = places[one.a], places[one.b]
        if a not in starts or b not in starts:
            continue
        for passage in one.passages:
            inside_a = _inside(index, units[a], starts[a], passage.a)
            inside_b = _inside(index, units[b], starts[b], passage.b)
            yield from _aligned(index, inside_a, inside_b, passage)


def _inside(index: Index, numbers: Sequence[int], starts: Sequence[int], span: Span) -> list[int]:
    """Return the units that have half of their words in a span."""
    first = max(bisect_left(starts, span.start) - 4, 0)
    last = bisect_right(starts, span.end)
    return [one for one in numbers[first:last] if _part(index.units[one].span, span) >= OVERLAP]


def _part(one: Span, of: Span) -> float:
    return (min(one.end, of.end) - max(one.start, of.start)) / max(one.end - one.start, 1)


def _aligned(
    index: Index, ours: Iterable[int], theirs: Sequence[int], passage: Passage
) -> Iterator[tuple[int, int]]:
    scale = (passage.b.end - passage.b.start) / max(passage.a.end - passage.a.start, 1)
    for one in ours:
        span = index.units[one].span
        start = passage.b.start + (span.start - passage.a.start) * scale
        end = passage.b.start + (span.end - passage.a.start) * scale
        for two in theirs:
            other = index.units[two].span
            shorter = min(end - start, other.end - other.start)
            if min(end, other.end) - max(start, other.start) >= OVERLAP * shorter:
                yield (one, two) if one < two else (two, one)


def beside(index: Index, corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Yield pairs of units whose statements have close vectors and stand in stories about one matter."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(corpus.statements):
        if one.row >= 0 and place in index.of:
            places[index.stories[place]].append(place)
    rows = np.asarray([one.row for one in corpus.statements], dtype=np.int64)
    short = folded(corpus.vectors)
    sketches = {story: short[rows[found]] for story, found in places.items()}
    for a, b in like_stories(index.topics):
        if a not in places or b not in places:
            continue
        likely = np.argwhere(sketches[a] @ sketches[b].T >= CLOSE - SLACK)
        ours, theirs = np.asarray(places[a])[likely[:, 0]], np.asarray(places[b])[likely[:, 1]]
        cosines = np.einsum("ij,ij->i", corpus.vectors[rows[ours]], corpus.vectors[rows[theirs]])
        best = np.argsort(-cosines, kind="stable")[:MOST]
        for place in best[cosines[best] >= CLOSE].tolist():
            yield from _across(index, int(ours[place]), int(theirs[place]))


def _across(index: Index, ours: int, theirs: int) -> Iterator[tuple[int, int]]:
    for one in index.of[ours]:
        for two in index.of[theirs]:
            yield (one, two) if one < two else (two, one)


def folded(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors of fewer dimensions, (n, 96), whose cosines are near those of the vectors given.

    Dimensions are added up with signs (a count sketch: Charikar, Chen and Farach-Colton 2002). Products of
    matrices this small run on one thread, whereas threads that wait for one another cost more than they save.
    """
    count, size = vectors.shape
    if not count or size % FOLDED:
        return vectors
    signs = np.where(np.arange(size) * 2654435761 % 4294967296 < 2147483648, 1.0, -1.0).astype(np.float32)
    short = (vectors * signs).reshape(count, -1, FOLDED).sum(axis=1)
    norms = np.linalg.norm(short, axis=1, keepdims=True)
    return np.asarray(short / np.maximum(norms, 1e-6), dtype=np.float32)


def like_stories(topics: Sequence[Mapping[str, float]]) -> list[tuple[int, int]]:
    """Return pairs of stories, each story with those that share most of its telling words."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for story, topic in enumerate(topics):
        for word in topic:
            postings[word].append(story)
    lists = {word: np.asarray(found) for word, found in postings.items() if 1 < len(found) <= LONGEST}
    weights = {word: np.asarray([topics[one][word] for one in found]) for word, found in lists.items()}
    pairs = set()
    for story, topic in enumerate(topics):
        words = sorted(word for word in topic if word in lists)
        if not words:
            continue
        others, where = np.unique(np.concatenate([lists[word] for word in words]), return_inverse=True)
        cosines = np.bincount(
            where.ravel(), np.concatenate([weights[word] * topic[word] for word in words]), len(others)
        )
        cosines[others == story] = -1.0
        best = np.argsort(-cosines, kind="stable")[:STORIES]
        pairs |= {(min(story, other), max(story, other)) for other in others[best].tolist() if other != story}
    return sorted(pairs)
