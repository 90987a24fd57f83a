"""Quotations that go on over paragraphs: each opens with a mark again, only the last one closes it.

The encoder often sees such a paragraph as nobody's words, or links it to whoever was named last; the marks
say whose they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.linking import CONTENT
from reportedly.attribution.spans import Tagged
from reportedly.attribution.tagging import Tags
from reportedly.attribution.wording import Wording


@dataclass(slots=True)
class Group:
    """Numbers of the tagged spans that make one attribution, and the log-probability of its links."""

    source: int | None = None
    cue: int | None = None
    contents: list[int] = field(default_factory=list)
    score: float = 0.0


def with_continuations(tags: Tags, offsets: NDArray[np.int32], wording: Wording) -> Tags:
    """Return the tags with a content for every paragraph that goes on with a content's open quotation.

    Only a paragraph in which the encoder found no content at all is filled in; the new spans take over the
    probability of the content they continue.
    """
    spans, chances = list(tags.spans), list(tags.probabilities)
    edges = np.flatnonzero(np.diff(tags.paragraphs, prepend=-1, append=-1))
    taken = {int(tags.paragraphs[span.start]) for span in spans if span.role == CONTENT}
    open_content: tuple[int, float] | None = None  # the character at which it ends, and its probability
    by_paragraph = _last_contents(tags, offsets)
    for start, end in pairwise(edges.tolist()):
        number = int(tags.paragraphs[start])
        if number in taken:
            open_content = by_paragraph[number]
            continue
        first = int(offsets[start, 0])
        if open_content and wording.same_quotation(open_content[0], first) and wording.continues(first):
            stop = _quotation_end(start, end, offsets, wording)
            spans.append(Tagged(CONTENT, start, stop))
            chances.append(np.float32(open_content[1]))
            open_content = int(offsets[stop - 1, 1]), open_content[1]
        else:
            open_content = None
    order = sorted(range(len(spans)), key=lambda number: spans[number].start)
    sorted_chances = np.array([chances[number] for number in order], dtype=np.float32)
    return Tags(tuple(spans[number] for number in order), sorted_chances, tags.paragraphs)


def _last_contents(tags: Tags, offsets: NDArray[np.int32]) -> dict[int, tuple[int, float]]:
    """Return for each paragraph its last content's end and probability."""
    return {
        int(tags.paragraphs[span.start]): (int(offsets[span.end - 1, 1]), float(chance))
        for span, chance in zip(tags.spans, tags.probabilities, strict=True)
        if span.role == CONTENT
    }


def _quotation_end(start: int, end: int, offsets: NDArray[np.int32], wording: Wording) -> int:
    """Return the piece after the one that closes the quotation which piece ``start`` opens."""
    for number in range(start + 1, end):
        if wording.closes(int(offsets[number, 0])):
            closing = number + 1
            # `''` is two pieces
            return closing + 1 if closing < end and wording.closes(int(offsets[closing, 0])) else closing
    return end


def join(groups: list[Group], tags: Tags, offsets: NDArray[np.int32], wording: Wording) -> list[Group]:
    """Bring the contents of each continued quotation into one attribution.

    It belongs to the attribution that has its cue in the same paragraph as a part of it; two parts with a cue
    each stay apart.
    """
    owner = {number: group for group in groups for number in group.contents}
    pairs = list(_continued_pairs(sorted(owner), tags, offsets, wording))
    anchored = {number for number, group in owner.items() if _at_home(number, group, tags)}
    for before, after in pairs:
        if before in anchored and after not in anchored:
            _move(after, before, owner)
            anchored.add(after)
    for before, after in reversed(pairs):
        if before not in anchored:
            _move(before, after, owner)
            if after in anchored:
                anchored.add(before)
    return groups


def _continued_pairs(
    contents: Sequence[int], tags: Tags, offsets: NDArray[np.int32], wording: Wording
) -> Iterator[tuple[int, int]]:
    for before, after in pairwise(contents):
        start, end = int(offsets[tags.spans[after].start, 0]), int(offsets[tags.spans[before].end - 1, 1])
        if wording.continues(start) and wording.same_quotation(end, start):
            yield before, after


def _at_home(number: int, group: Group, tags: Tags) -> bool:
    if group.cue is None:
        return False
    here, cue = (tags.paragraphs[tags.spans[n].start] for n in (number, group.cue))
    return bool(here == cue)


def _move(number: int, beside: int, owner: dict[int, Group]) -> None:
    if owner[number] is not owner[beside]:
        owner[number].contents.remove(number)
        owner[beside].contents.append(number)
        owner[number] = owner[beside]
