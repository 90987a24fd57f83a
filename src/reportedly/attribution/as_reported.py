""" "As A reported, ..." and "..., as A reported": attributions by their form, unseen by the encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.attribution.nouns import SENTENCE_START, sentence_end
from reportedly.types import Attribution, Kind, Span

CONFIDENCE = 0.5
"""Set by hand, not measured."""

_LEAST = 3  # words of a content
_VERB = r"reported|reports|writes|wrote|revealed|reveals|noted|notes|says|said|announced|confirmed"
_NAME = r"(?:(?:the|The)\s+)?[A-Z][^,;:.\n“”\"]{1,60}?"
_DAY = r"(?:\s+(?:first|earlier|today|yesterday|last\s+\w+|(?:on|in)\s+[A-Z]\w+(?:\s+\d{1,2})?))?"
_FIRST = re.compile(rf"As\s+(?:first\s+)?(?P<source>{_NAME})\s+(?:first\s+)?(?P<cue>{_VERB}){_DAY}\s*,\s+")
_FIRST_BY = re.compile(
    rf"As\s+(?:first\s+)?(?P<cue>reported\s+by|revealed\s+by|noted\s+by)\s+(?P<source>{_NAME}){_DAY}\s*,\s+"
)
_LAST = re.compile(
    rf",\s+as\s+(?:first\s+)?(?P<source>{_NAME})\s+(?:first\s+)?(?P<cue>{_VERB}){_DAY}(?=\s*[.!]?\s*$)"
)
_AS = re.compile(r"\W*as\W*", re.IGNORECASE)


def as_reported(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions without an "As" among their contents, and those that only the form shows.

    Nothing is added to a sentence of which another attribution has any words.
    """
    kept = [bared for one in found if (bared := _without_as(text, one)).content]
    taken = [span for one in kept for span in (*one.source, *one.cue, *one.content)]
    return [*kept, *(one for one in _by_form(text) if not _touches(one, taken))]


def _without_as(text: str, one: Attribution) -> Attribution:
    content = tuple(span for span in one.content if not _AS.fullmatch(text, span.start, span.end))
    return one if len(content) == len(one.content) else replace(one, content=content)


def _by_form(text: str) -> Iterator[Attribution]:
    starts = [0, *(found.end() for found in SENTENCE_START.finditer(text))]
    for start in starts:
        for pattern in (_FIRST, _FIRST_BY):
            opening = pattern.match(text, start)
            if opening:
                yield from _made(opening, text, opening.end(), sentence_end(text, opening.end()))
                break
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        closing = _LAST.search(text, start, end) if ", as " in text[start:end] else None
        if closing:
            yield from _made(closing, text, start, closing.start())


def _made(found: re.Match[str], text: str, start: int, end: int) -> Iterator[Attribution]:
    if len(text[start:end].split()) >= _LEAST:
        source, cue = Span(*found.span("source")), Span(*found.span("cue"))
        yield Attribution((source,), (cue,), (Span(start, end),), Kind.INDIRECT, CONFIDENCE)


def _touches(one: Attribution, taken: Sequence[Span]) -> bool:
    spans = (*one.source, *one.cue, *one.content)
    return any(a.start < b.end and b.start < a.end for a in spans for b in taken)
