"""Tagged spans and links -> attributions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.according import completed, sourced
from reportedly.attribution.continued import Group, join, with_continuations
from reportedly.attribution.impersonal import impersonal, lowered
from reportedly.attribution.linking import CONTENT, CUE, Links, link
from reportedly.attribution.nouns import drawn_apart
from reportedly.attribution.presupposing import names_nobody
from reportedly.attribution.tagging import Tags
from reportedly.attribution.wording import Wording
from reportedly.model.meta import Meta
from reportedly.types import Attribution, Encoding, Kind, Span

FLOOR = 0.15
"""Least confidence of an attribution: below it fewer than one in seven is right. On the held-out articles the
floor brings 0.5 of relation F1 and 0.3 of exact content F1, and loses 1 of 100 gold contents.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What one reading of a text gives.

    whole: the attributions, in the order of their first word. open: cues with a source but without a
    content, which stand for nothing unless another attribution turns out to be their content.
    """

    whole: tuple[Attribution, ...]
    open: tuple[Attribution, ...]


def attributions(wording: Wording, encoding: Encoding, tagged: Tags, meta: Meta) -> Found:
    """Return the attributions of a text by what the encoder tagged in it, none inside another.

    A content that belongs to no cue is kept only if all of it is quotation: the marks say that these are
    somebody's words. Of the others a third were right on the held-out articles. What only presupposes
    ("it is no secret that") is nobody's word but the author's.
    """
    text = wording.text
    tags = with_continuations(tagged, encoding.offsets, wording)
    links = link(tags, encoding, meta)
    groups = [*_by_cue(tags, links), *_without_cue(tags, links)]
    groups = join(groups, tags, encoding.offsets, wording)
    drafts = [_draft(group, tags, encoding.offsets, wording) for group in groups]
    found = [replace(draft, confidence=_confidence(draft.confidence, meta)) for draft in drafts]
    whole = [
        one
        for one in found
        if one.content and (one.cue or one.source or one.kind is Kind.DIRECT) and not names_nobody(one, text)
    ]
    least = FLOOR if is_calibrated(meta) else 0.0
    whole = _straightened([one for one in whole if one.confidence >= least], text, wording)
    whole = sourced(text, whole)
    left = [one for one in found if one.source and not one.content]
    made = list(completed(text, left, whole))
    done = {one.cue for one in made}
    return Found(
        tuple(sorted([*whole, *made], key=first_word)), tuple(one for one in left if one.cue not in done)
    )


def _straightened(whole: Iterable[Attribution], text: str, wording: Wording) -> list[Attribution]:
    """Return attributions without what was drawn into them, and with those to nobody at all."""
    pieces = [piece for one in whole for piece in drawn_apart(lowered(one, text), text)]
    straight = [replace(piece, kind=wording.kind(piece.content)) for piece in pieces]
    return [*straight, *impersonal(text, straight)]


def first_word(attribution: Attribution) -> tuple[int, int]:
    """Return where an attribution begins and where its content does: the order of a story's attributions."""
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    return min(span.start for span in spans), attribution.content[0].start


def _by_cue(tags: Tags, links: Links) -> Iterator[Group]:
    """Yield one group a cue. A cue without a content says nothing."""
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


def _draft(group: Group, tags: Tags, offsets: NDArray[np.int32], wording: Wording) -> Attribution:
    """Return a group's attribution, its confidence still a log-probability."""

    def spans(numbers: Iterable[int | None]) -> tuple[Span, ...]:
        pieces = [tags.spans[number] for number in numbers if number is not None]
        return tuple(Span(int(offsets[one.start, 0]), int(offsets[one.end - 1, 1])) for one in pieces)

    members = [n for n in (group.source, group.cue, *group.contents) if n is not None]
    chances = np.log(np.maximum(tags.probabilities[members], 1e-6))
    content = tuple(wording.whole_quotation(span) for span in spans(sorted(group.contents)))
    return Attribution(
        source=spans([group.source]),
        cue=spans([group.cue]),
        content=content,
        kind=wording.kind(content),
        confidence=float(chances.sum()) + group.score,
    )


def is_calibrated(meta: Meta) -> bool:
    """Tell whether confidences are chances of being right; while they are being fitted they are not."""
    return [float(weight) for weight in meta.confidence] != [1.0, 0.0]


def _confidence(logarithm: float, meta: Meta) -> float:
    odds = float(meta.confidence[0]) * logarithm + float(meta.confidence[1])
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4)
