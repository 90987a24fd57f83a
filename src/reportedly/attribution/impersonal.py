"""Passives that name nobody: "it is believed that ...", "the firm is said to have ...".

The corpora do not mark them, since they have no source; here they are attributions without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.attribution.nouns import sentence_end
from reportedly.types import Attribution, Kind, Span

CONFIDENCE = 0.6
"""Set by hand, not measured."""

_HELD = (
    r"(?:believed|said|reported|alleged|claimed|thought|rumou?red|feared|understood|assumed|estimated|expected|suspected"
    r"|suggested|speculated|argued|whispered|presumed|hoped|supposed)"
)
_BE = r"(?:is|are|was|were|be|been|being|[’']s)"
_IT = re.compile(
    rf"\bit(?:\s+(?:has|had|can|may|might|could|must))?\s*{_BE}\s+(?:(?:\w+ly|now|also|still|even|often)\s+)*{_HELD}\b,?\s+(?=that\s)",
    re.IGNORECASE,
)
_RAISED = re.compile(
    rf".*\b{_BE}\s+(?:(?:\w+ly|now|also|still|even|often)\s+)*{_HELD}", re.IGNORECASE | re.DOTALL
)
_JOINT = re.compile(r",\s+(?:and|but|while|although|though|which)\s")


def impersonal(text: str, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions of a text to nobody, "it is believed that", beside those found."""
    taken = [(span.start, span.end) for one in found for span in (*one.source, *one.cue, *one.content)]
    for match in _IT.finditer(text):
        cue = Span(match.start(), match.start() + len(match.group().rstrip(" ,\n")))
        end = sentence_end(text, match.end())
        joint = _JOINT.search(text, match.end(), end)
        content = Span(match.end(), joint.start() if joint else end)
        if content.end - content.start < len("that it is") or any(
            start < content.end and cue.start < stop for start, stop in taken
        ):
            continue
        yield Attribution((), (cue,), (content,), Kind.INDIRECT, CONFIDENCE)


def lowered(one: Attribution, text: str) -> Attribution:
    """Return "the firm | is said | to have left" with all that is said as content: the firm says nothing."""
    if (
        len(one.source) != 1
        or len(one.cue) != 1
        or not _RAISED.fullmatch(text, one.cue[0].start, one.cue[0].end)
    ):
        return one
    subject, first = one.source[0], one.content[0]
    between = text[subject.end : one.cue[0].start]
    if between.strip(" ,") or not text[first.start : first.end].startswith(("to ", "to\u00a0")):
        return one
    return replace(one, source=(), content=(subject, *one.content))
