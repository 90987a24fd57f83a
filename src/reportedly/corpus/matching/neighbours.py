"""Pairs to compare that words alone do not bring together: in shared passages, and in stories of one matter."""

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
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(corpus.statements):
        if one.row >= 0 and place in index.of:
            rows[index.stories[place]].append(place)
    matrices = {
        story: corpus.vectors[[corpus.statements[place].row for place in found]]
        for story, found in rows.items()
    }
    for a, b in like_stories(index.topics):
        if a in matrices and b in matrices:
            yield from _close(index, rows[a], rows[b], matrices[a] @ matrices[b].T)


def _close(
    index: Index, ours: Sequence[int], theirs: Sequence[int], cosines: NDArray[np.float32]
) -> Iterator[tuple[int, int]]:
    found = np.argwhere(cosines >= CLOSE)
    if len(found) > MOST:
        best = np.argsort(-cosines[found[:, 0], found[:, 1]], kind="stable")[:MOST]
        found = found[best]
    for i, j in found.tolist():
        for one in index.of[ours[i]]:
            for two in index.of[theirs[j]]:
                yield (one, two) if one < two else (two, one)


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
