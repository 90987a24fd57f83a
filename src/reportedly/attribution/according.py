""" "According to A, ..." of which the encoder saw a part: the rest follows from where things stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportedly.attribution.nouns import SENTENCE_START, sentence_end
from reportedly.types import Attribution, Kind, Span

CONFIDENCE = 0.5
"""At most. Set by hand, not measured."""

_CUE = re.compile(r"according\s+to", re.IGNORECASE)
_PAUSE = re.compile(r"\s*,\s*")
_LEAST = 3  # words of a content
_NAMED = re.compile(r"\s+([^\s,;:.\n“\"][^,;:\n“\"]{0,78}?)(?=\s*[,;:\n]|[.!?][”\"]?(?:\s|$)|\s*$)")


def completed(
    text: str, open_cues: Iterable[Attribution], found: Sequence[Attribution]
) -> Iterator[Attribution]:
    """Yield each "according to A" with the words after its comma, or else before it, as content.

    Nothing where another attribution has any of these words.
    """
    taken = [span for one in found for span in (*one.source, *one.cue, *one.content)]
    for one in open_cues:
        if not one.cue or not _CUE.fullmatch(text, one.cue[0].start, one.cue[0].end):
            continue
        after, before = _after(text, one), _before(text, one)
        for content in (after, before):
            if content and not any(a.start < content.end and content.start < a.end for a in taken):
                sure = min(one.confidence, CONFIDENCE)
                yield replace(one, content=(content,), kind=Kind.INDIRECT, confidence=sure)
                break


def sourced(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, each "according to" that has no source with the words up to the next mark."""
    taken = [span for one in found for span in (*one.source, *one.cue, *one.content)]
    return [replace(one, source=_named(text, one, taken)) if not one.source else one for one in found]


def _named(text: str, one: Attribution, taken: Sequence[Span]) -> tuple[Span, ...]:
    if not one.cue or not _CUE.fullmatch(text, one.cue[0].start, one.cue[0].end):
        return ()
    name = _NAMED.match(text, one.cue[0].end)
    if name is None or any(a.start < name.end(1) and name.start(1) < a.end for a in taken):
        return ()
    return (Span(*name.span(1)),)


def _after(text: str, one: Attribution) -> Span | None:
    """Return the rest of the sentence after "According to A," where that opens it."""
    end = max(span.end for span in one.source)
    pause = _PAUSE.match(text, end)
    if pause is None or _sentence_start(text, one.cue[0].start) < one.cue[0].start:
        return None
    return _wide_enough(text, pause.end(), sentence_end(text, pause.end()))


def _before(text: str, one: Attribution) -> Span | None:
    """Return the sentence up to ", according to A"."""
    head = text[: one.cue[0].start].rstrip(" ,")
    return _wide_enough(text, _sentence_start(text, len(head)), len(head))


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - 1000)
    stops = list(SENTENCE_START.finditer(text, low, at))
    return stops[-1].end() if stops else low


def _wide_enough(text: str, start: int, end: int) -> Span | None:
    return Span(start, end) if len(text[start:end].split()) >= _LEAST else None
