"""Contents as texts of their own, to be read again, with the way back to the story's offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.signs import CHANCE, Signs
from reportedly.attribution.wording import Wording
from reportedly.types import Encoding, Span

_PAUSE = re.compile(r"[\s,;:.…]*")
_OPENING = re.compile(r"[\s,;:.…]*(?:that\b[\s,:]*)?", re.IGNORECASE)
_STOP = re.compile(r"[.!?…][\s”’\"')]*$")
_CLOSING = re.compile(r"[\s,;:.!?…]*$")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the story. sentences: the characters at which its sentences start, in order."""

    wording: Wording
    sentences: NDArray[np.int64]
    signs: Signs


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one content. owner: the number of its attribution.

    stretches: (place in `text`, the story's characters that stand there), in order.
    """

    owner: int
    text: str
    stretches: tuple[tuple[int, Span], ...]

    def in_story(self, span: Span) -> tuple[Span, ...]:
        """Return where a span of the passage stands in the story; what is not the story's is left out."""
        return tuple(
            Span(here.start + max(span.start - at, 0), here.start + min(span.end - at, here.end - here.start))
            for at, here in self.stretches
            if span.start < at + here.end - here.start and at < span.end
        )


def passages(owner: int, content: Sequence[Span], ground: Ground) -> Iterator[Passage]:
    """Yield a content's sentences as passages, without its quotation marks and its "that".

    Only the sentences that show a sign of another's cue: most of a long quotation does not. A sentence that a
    speaker's name interrupts ("My uncle told me," she said, "that ...") is read as one.
    """
    row: list[Span] = []
    text = ground.wording.text
    for piece in content:
        bare = _bare(piece, _PAUSE if row else _OPENING, ground.wording)
        for span in _cut(bare, ground.sentences) if bare else ():
            if row and not _goes_on(row[-1], span, text):
                yield from _passage(owner, row, ground)
                row = []
            row.append(span)
    if row:
        yield from _passage(owner, row, ground)


def _cut(span: Span, sentences: NDArray[np.int64]) -> Iterator[Span]:
    first, last = np.searchsorted(sentences, [span.start + 1, span.end])
    for start, end in pairwise([span.start, *sentences[first:last].tolist(), span.end]):
        yield Span(start, end)


def _goes_on(before: Span, after: Span, text: str) -> bool:
    """Tell whether a sentence goes on after an interruption: no stop before it, no line break in it."""
    gap = text[before.end : after.start]
    return not _STOP.search(text[before.start : before.end]) and "\n" not in gap and "." not in gap


def _passage(owner: int, row: Sequence[Span], ground: Ground) -> Iterator[Passage]:
    """Yield the spans as one passage if a word in them may be a cue."""
    if max(ground.signs.best(span) for span in row) < CHANCE:
        return
    text = ground.wording.text
    words = ""
    stretches: list[tuple[int, Span]] = []
    for span in row:
        words += " " if words else ""
        kept = text[span.start : span.end].rstrip()
        stretches.append((len(words), Span(span.start, span.start + len(kept))))
        words += kept
    # the encoder knows sentences: they open with a capital and end with a full stop
    first = words[:1].upper()
    opened = first + words[1:] if len(first) == 1 else words
    closed = opened if _STOP.search(opened) else f"{opened}."
    yield Passage(owner, closed, tuple(stretches))


def _bare(piece: Span, opening: re.Pattern[str], wording: Wording) -> Span | None:
    """Return a piece without opening, marks around it and closing punctuation; None for no words."""
    start, end, text = piece.start, piece.end, wording.text
    for _ in range(2):  # that "..." and "that ..."
        found = opening.match(text, start, end)
        start = found.end() if found else start
        start, end = wording.within_marks(start, end)
    closing = _CLOSING.search(text, start, end)
    end = closing.start() if closing else end
    return Span(start, end) if start < end else None


def cut_out(encoding: Encoding, first: int, last: int, start: int) -> Encoding:
    """Return the rows of the pieces [first, last), their offsets counted from character ``start``."""
    rows = slice(first, last)
    offsets = (encoding.offsets[rows] - start).astype(np.int32)
    return Encoding(offsets, encoding.emissions[rows], encoding.dependent[rows], encoding.head[rows])
