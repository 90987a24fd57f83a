"""Which of a story's times, ties and mentions belong to which statement, and the vector of its content.

A time or a tie belongs to the innermost content that holds it: of attributions first, else of the
story's own words. A time in the sentence of a cue and outside its content, standing where the cue does, tells
when that was *said*; of several cues in a sentence it belongs to the nearest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reportedly.types import Excerpt, Kind, Mention, Pool, Span, Statement, Tie, TimeMention

_BLOCK = 1_000
"""Characters: contents are looked up by the blocks that they touch, so that a book takes linear time."""


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found in a whole story. sentences: in order."""

    times: tuple[TimeMention, ...] = ()
    ties: tuple[Tie, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Span, ...] = ()
    pool: Pool | None = None

    def spans(self) -> tuple[Span, ...]:
        """Return every span that is to lie in the story."""
        acting = (span for tie in self.ties for span in (tie.span, tie.subject.span, tie.object.span))
        times, named = (one.span for one in self.times), (one.span for one in self.mentions)
        return (*times, *named, *acting, *self.sentences)

    def outside(self, dateline: Span) -> Finds:
        """Return the same without the times of a dateline, which say when the story was written."""
        kept = (one for one in self.times if one.span.end <= dateline.start or dateline.end <= one.span.start)
        return replace(self, times=tuple(kept))


def settled(statements: Sequence[Statement], finds: Finds) -> tuple[Statement, ...]:
    """Return the statements, whose parents are set, with the times, ties, mentions and vector of each."""
    rooms = _Rooms(statements)
    times, said = _times(statements, finds, rooms)
    ties: defaultdict[str | None, list[Tie]] = defaultdict(list)
    for tie in finds.ties:
        ties[rooms.innermost(tie.span)].append(tie)
    starts = [one.span.start for one in finds.mentions]
    return tuple(
        replace(
            one,
            times=tuple(times[one.id]),
            said=tuple(said[one.id]),
            ties=tuple(ties[one.id]),
            mentions=_inside(one.content, finds.mentions, starts),
            vector=_vector(one.content, finds.pool),
        )
        for one in statements
    )


class _Rooms:
    """Finds the content that a span stands in."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._blocks: defaultdict[int, list[tuple[Excerpt, tuple[bool, int, str]]]] = defaultdict(list)
        for one in statements:
            rank = (one.kind is Kind.AUTHOR, sum(piece.end - piece.start for piece in one.content), one.id)
            for piece in one.content:
                for block in range(piece.start // _BLOCK, (piece.end - 1) // _BLOCK + 1):
                    self._blocks[block].append((piece, rank))

    def innermost(self, span: Span) -> str | None:
        """Return the id of the statement with the smallest content that holds ``span`` whole."""
        here = self._blocks.get(span.start // _BLOCK, ())
        ranks = [rank for room, rank in here if room.start <= span.start and span.end <= room.end]
        return min(ranks)[2] if ranks else None


Times = defaultdict[str | None, list[TimeMention]]


def _times(statements: Sequence[Statement], finds: Finds, rooms: _Rooms) -> tuple[Times, Times]:
    """Return the times of the claims and those of the telling, by statement."""
    times: Times = defaultdict(list)
    said: Times = defaultdict(list)
    parents = {one.id: one.parent for one in statements}
    cues = _cues(statements, finds.sentences)
    own = {one.id for one in statements if one.kind is Kind.AUTHOR}
    for time in finds.times:
        owner = rooms.innermost(time.span)
        times[owner].append(time)
        outer = None if owner in own else owner
        level = [one for one in cues[_sentence(finds.sentences, time.span.start)] if parents[one[1]] == outer]
        least = min((_gap(time.span, cue) for cue, _ in level), default=0)
        for cue, told in level:
            if _gap(time.span, cue) == least:
                said[told].append(time)
    return times, said


def _cues(
    statements: Sequence[Statement], sentences: Sequence[Span]
) -> Mapping[int, list[tuple[Excerpt, str]]]:
    """Return the cues, or where one has none its source, by the number of the sentence that they begin in."""
    found: defaultdict[int, list[tuple[Excerpt, str]]] = defaultdict(list)
    for one in statements:
        words = one.cue or one.source
        if words is not None:
            found[_sentence(sentences, words.start)].append((words, one.id))
    return found


def _sentence(sentences: Sequence[Span], at: int) -> int:
    return bisect_right(sentences, at, key=lambda span: span.start)


def _gap(one: Span, other: Excerpt) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _inside(
    content: Sequence[Excerpt], mentions: Sequence[Mention], starts: Sequence[int]
) -> tuple[Mention, ...]:
    """Return the mentions that stand in a content whole, in order. starts: where the mentions begin."""
    found: list[Mention] = []
    for piece in content:
        first, last = bisect_right(starts, piece.start - 1), bisect_right(starts, piece.end)
        found += [one for one in mentions[first:last] if one.span.end <= piece.end]
    return tuple(found)


def _vector(content: Sequence[Excerpt], pool: Pool | None) -> bytes | None:
    """Return the unit mean of the vectors of the stretches that a content touches, as float16 bytes."""
    if pool is None:
        return None
    starts, ends = pool.offsets[:, 0], pool.offsets[:, 1]
    rows = []
    for piece in content:
        first = int(np.searchsorted(ends, piece.start, side="right"))
        last = int(np.searchsorted(starts, piece.end, side="left"))
        rows.append(pool.rows[first:last])
    touched = np.concatenate(rows)
    if not len(touched):
        return None
    mean = touched.mean(axis=0, dtype=np.float64)
    length = float(np.linalg.norm(mean))
    return (mean / length).astype("<f2").tobytes() if np.isfinite(length) and length > 0 else None
