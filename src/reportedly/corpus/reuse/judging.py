"""What shared words amount to: how much of them counts, and of what kind the reuse is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.corpus.reuse.align import Stretch
from reportedly.corpus.reuse.words import Mask, Reading
from reportedly.types.claims import Passage, ReuseKind
from reportedly.types.text import Span

SENTENCE = 11
"""Least words of a whole sentence, equal in both stories, that are reuse by themselves."""
RUN = 15
"""Least equal words in one passage that are reuse by themselves, whole sentence or not."""
SEVERAL = 22
"""Least equal words in several passages, none of which is enough."""
PIECE = 5
"""Least equal words outside quotation that a passage must have to count among several."""
QUOTED = 9
"""Least equal words of one quotation that show the same speaker."""
SAME_HOUSE = 40
"""Least equal words for two stories of one outlet, which repeat their own background."""
WHOLE = 0.9
PART = 0.75


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch with what its words are: counts of equal words by where they stand and whether they count.

    own: equal words outside quotation in both stories that are no stock phrase. said: equal words in quotation.
    sentence: it is a whole sentence, or several, in both.
    """

    stretch: Stretch
    own: int
    said: int
    sentence: bool

    @property
    def alone(self) -> bool:
        """Whether this passage by itself shows that text was taken over."""
        return self.own >= RUN or (self.own >= SENTENCE and self.sentence)


def weigh(a: Reading, b: Reading, stretch: Stretch, common: tuple[Mask, Mask]) -> Shared:
    """Count the words of a stretch; common: words of each story that are no evidence."""
    own = said = 0
    for run in stretch.runs:
        here, there = slice(run.a, run.a + run.size), slice(run.b, run.b + run.size)
        speech = a.speech[here] | b.speech[there]
        said += int(speech.sum())
        own += int((~speech & ~(common[0][here] & common[1][there])).sum())
    whole = a.opens[stretch.a] & a.opens[stretch.a_end] & b.opens[stretch.b] & b.opens[stretch.b_end]
    return Shared(stretch, own, said, bool(whole) or _holds_sentence(a, b, stretch))


def _holds_sentence(a: Reading, b: Reading, stretch: Stretch) -> bool:
    """Whether one equal run holds a whole sentence of both stories."""
    for run in stretch.runs:
        both = a.opens[run.a : run.a + run.size + 1] & b.opens[run.b : run.b + run.size + 1]
        if np.diff(np.flatnonzero(both)).max(initial=0) >= SENTENCE:
            return True
    return False


def copied(shared: Sequence[Shared], *, same_house: bool) -> bool:
    """Whether the passages show that text was taken over, not only somebody's words."""
    own = [one.own for one in shared if one.own >= PIECE]
    if same_house:
        return sum(own) >= SAME_HOUSE
    return any(one.alone for one in shared) or (len(own) > 1 and sum(own) >= SEVERAL)


def spoken(shared: Sequence[Shared]) -> bool:
    """Whether the passages show that both stories quote the same words."""
    return any(one.said >= QUOTED for one in shared)


def kind_of(shares: tuple[float, float], *, own: bool, wire: bool) -> ReuseKind:
    """Return the kind of a reuse. own: words were taken over that are no quotation. wire: an agency's."""
    if not own:
        return ReuseKind.SAME_SPEAKER
    if wire:
        return ReuseKind.WIRE
    if min(shares) >= WHOLE:
        return ReuseKind.REPRINT
    return ReuseKind.TRIM if max(shares) >= PART else ReuseKind.REWRITE


def passage(a: Reading, b: Reading, one: Shared) -> Passage:
    """Return the passage of a stretch, with the equal marks that stand around its words."""
    here = _span(a, one.stretch.a, one.stretch.a_end)
    there = _span(b, one.stretch.b, one.stretch.b_end)
    here, there = _with_marks(a.story.text, here, b.story.text, there)
    exact = evened(_slice(a, here)) == evened(_slice(b, there))
    return Passage(here, there, exact, one.said > one.own and one.own < PIECE)


def _span(reading: Reading, first: int, end: int) -> Span:
    return Span(int(reading.places[first, 0]), int(reading.places[end - 1, 1]))


def _slice(reading: Reading, span: Span) -> str:
    return reading.story.text[span.start : span.end]


_EVEN = str.maketrans("“”„‟«»‘’‚′‐‑‒–—―", '""""""\'\'\'\'------')


def evened(text: str) -> str:
    """Return a text with blanks, dashes and quotation marks evened out: what an exact passage is equal in."""
    return " ".join(text.translate(_EVEN).split())


def _with_marks(one: str, here: Span, other: str, there: Span) -> tuple[Span, Span]:
    """Take in the marks around the words that are the same in both texts, up to a blank."""
    before = _same_marks(one[: here.start][::-1], other[: there.start][::-1])
    after = _same_marks(one[here.end :], other[there.end :])
    return Span(here.start - before, here.end + after), Span(there.start - before, there.end + after)


def _same_marks(one: str, other: str) -> int:
    """Return how many marks two texts begin with alike, 0 if a word follows without a blank."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left.isspace() and right.isspace():
            return place
        if left.isalnum() or right.isalnum() or left.translate(_EVEN) != right.translate(_EVEN):
            return 0
    return min(len(one), len(other)) if len(one) == len(other) else 0
