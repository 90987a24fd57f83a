"""Where an attribution stands: one span for a role of several pieces, its beginning and end."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.types import Attribution, Span

LONGEST = 250
"""Longest stretch, in characters, that the pieces of one role are taken together as."""


def hull(spans: Sequence[Span]) -> Span | None:
    """Return one span for the pieces of a role, the longest of them where they stand far apart."""
    if not spans:
        return None
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    if len(spans) == 1 or whole.end - whole.start <= LONGEST:
        return whole
    return max(spans, key=lambda span: (span.end - span.start, -span.start))


def end(one: Attribution) -> int:
    """Return where the last of its words ends."""
    return max((span.end for span in (*one.source, *one.cue, *one.content)), default=1)


def begin(one: Attribution) -> int:
    """Return where its source begins, or else its cue or content."""
    anchor = one.source or one.cue or one.content
    return min((span.start for span in anchor), default=0)
