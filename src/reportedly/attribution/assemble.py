"""Tagged spans and links -> attributions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.linking import CONTENT, CUE, Links, link
from reportedly.attribution.tagging import Tags, tag
from reportedly.attribution.wording import Wording
from reportedly.model.meta import Meta
from reportedly.types import Attribution, Encoding, Span


@dataclass(slots=True)
class Group:
    """Numbers of the tagged spans that make one attribution, and the log-probability of its links."""

    source: int | None = None
    cue: int | None = None
    contents: list[int] = field(default_factory=list)
    score: float = 0.0


def attributions(text: str, encoding: Encoding, meta: Meta) -> tuple[Attribution, ...]:
    """Return the attributions of a text, in the order of their first word."""
    tags = tag(text, encoding, meta)
    links = link(tags, encoding, meta)
    wording = Wording(text)
    groups = [*_by_cue(tags, links), *_without_cue(tags, links)]
    groups = _joined(groups, tags, encoding.offsets, wording)
    found = [_attribution(group, tags, encoding.offsets, wording) for group in groups if group.contents]
    return tuple(sorted(found, key=_place))


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    return min(span.start for span in spans), attribution.content[0].start


def _by_cue(tags: Tags, links: Links) -> Iterator[Group]:
    """Yield one group a cue. A cue without a content says nothing and is dropped by the caller."""
    groups = {n: Group(cue=n) for n, span in enumerate(tags.spans) if span.role == CUE}
    for cue, choice in links.sources.items():
        groups[cue].source = choice.taken
        groups[cue].score += choice.score
    for content, choice in links.contents.items():
        if choice.taken is not None:
            groups[choice.taken].contents.append(content)
            groups[choice.taken].score += choice.score
    yield from groups.values()


def _without_cue(tags: Tags, links: Links) -> Iterator[Group]:
    """Yield a group for every content that belongs to no cue."""
    for number, span in enumerate(tags.spans):
        if span.role == CONTENT and links.contents[number].taken is None:
            yield Group(contents=[number])


def _joined(groups: list[Group], tags: Tags, offsets: NDArray[np.int32], wording: Wording) -> list[Group]:
    """Give a cue-less content that goes on with the paragraph before's open quotation to that attribution."""
    owner = {number: group for group in groups for number in group.contents}
    for number in sorted(owner):
        group = owner[number]
        if group.cue is not None or group.source is not None:
            continue
        start = int(offsets[tags.spans[number].start, 0])
        before = _previous_content(number, tags)
        if before is None or not wording.continues(start):
            continue
        end = int(offsets[tags.spans[before].end - 1, 1])
        if wording.same_quotation(end, start):
            group.contents.remove(number)
            owner[before].contents.append(number)
            owner[number] = owner[before]
    return groups


def _previous_content(number: int, tags: Tags) -> int | None:
    for before in range(number - 1, -1, -1):
        if tags.spans[before].role == CONTENT:
            return before
    return None


def _attribution(group: Group, tags: Tags, offsets: NDArray[np.int32], wording: Wording) -> Attribution:
    def spans(numbers: Iterable[int | None]) -> tuple[Span, ...]:
        pieces = [tags.spans[number] for number in numbers if number is not None]
        return tuple(Span(int(offsets[one.start, 0]), int(offsets[one.end - 1, 1])) for one in pieces)

    members = [group.source, group.cue, *group.contents]
    chance = math.prod(float(tags.probabilities[n]) for n in members if n is not None)
    content = tuple(wording.whole_quotation(span) for span in spans(sorted(group.contents)))
    return Attribution(
        source=spans([group.source]),
        cue=spans([group.cue]),
        content=content,
        kind=wording.kind(content),
        confidence=round(min(1.0, max(0.0, chance * math.exp(group.score))), 4),
    )
