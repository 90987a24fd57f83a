"""What shared words amount to: how much of them counts, and of what kind the reuse is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.corpus.reuse.align import Stretch
from reportedly.corpus.reuse.words import Mask, Reading, Weights
from reportedly.types.claims import Passage, ReuseKind
from reportedly.types.text import Span

SENTENCE = 9
"""Least weight of a whole sentence, equal in both stories, that is reuse by itself."""
RUN = 18
"""Least weight of equal words in one passage that are reuse by themselves, whole sentence or not."""
SEVERAL = 22
"""Least weight of equal words in several passages, none of which is enough."""
CHANCE = 0.01
"""What is asked for besides, a word of the shorter story: long stories of one event agree by chance."""
FIRM = 7
"""Least weight of the second of several passages."""
PIECE = 5
"""Least weight of a passage's equal words: below it, words are a phrase."""
QUOTED = 9
"""Least words in a row that both stories have in quotation and that show the same speaker."""
QUOTED_ONCE = 15
"""The same for words that only one of them has in quotation: the other may have meant them itself."""
SAME_HOUSE = 40
"""Least weight for two stories of one outlet, which repeat their own background."""
LOOSE = 3.5
"""Least weight of the words that two sentences have in common, if little else is in them."""
RETOLD = 0.4
"""Least share of the shorter story that is in sentences like those of the other, two at least."""
TAIL = 120
"""Words at the end of stories of one house that may be its furniture, or half of a short story."""
WHOLE = 0.9
"""Least share of both stories that makes one the reprint of the other."""
PART = 0.75
"""Least share of one of them that makes it part of the other."""
EDITED = 0.1
"""Most words changed in what was taken over, as a share, for a reprint."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch with what its equal words are.

    own: weight of those that are nobody's quoted words in either story, and no stock phrase. said: how many
    are quoted in one story at least. both: in both. sentence: a whole sentence of both is in the own ones.
    loose: it is a sentence of each that has much of its words in common, in whatever order.
    """

    stretch: Stretch
    own: float
    said: int
    both: int
    sentence: bool
    loose: bool = False

    @property
    def alone(self) -> bool:
        """Whether this passage by itself shows that text was taken over."""
        return not self.loose and (self.own >= RUN or (self.own >= SENTENCE and self.sentence))

    @property
    def quoted(self) -> bool:
        """Whether it is somebody's words that both pass on."""
        return self.own < PIECE and self.said > self.own


@dataclass(frozen=True, slots=True)
class View:
    """How a pair is looked at.

    furniture, stale: words of each story that are the house's own, and that prove nothing unless they are
    quoted. cites: whether each names the other as a source: then what it alone has in quotation marks is the
    other's text.
    """

    furniture: tuple[Mask, Mask]
    stale: tuple[Mask, Mask]
    cites: tuple[bool, bool] = (False, False)


def weigh(a: Reading, b: Reading, stretch: Stretch, view: View) -> Shared:
    """Weigh the words of a stretch."""
    own, said, both = 0.0, 0, 0
    sentence = False
    for run in stretch.runs:
        here, there = slice(run.a, run.a + run.size), slice(run.b, run.b + run.size)
        kept = ~(view.furniture[0][here] & view.furniture[1][there])
        left, right = a.speech[here] & kept, b.speech[there] & kept
        speech = (left & right) | (left & (not view.cites[0])) | (right & (not view.cites[1]))
        fresh = kept & ~speech & ~(view.stale[0][here] & view.stale[1][there])
        weights = np.minimum(a.weights[here], b.weights[there])
        said += int(speech.sum())
        both += int((left & right).sum())
        own += float(weights[fresh].sum())
        bounds = a.opens[run.a : run.a + run.size + 1] & b.opens[run.b : run.b + run.size + 1]
        sentence = sentence or _holds_sentence(bounds, np.where(fresh, weights, 0.0))
    whole = all(a.opens[here] and b.opens[there] for here, there in (stretch.first, stretch.end))
    return Shared(stretch, own, said, both, sentence or (whole and said == 0))


def _holds_sentence(bounds: Mask, weights: Weights) -> bool:
    """Whether words between two bounds, (words + 1,), weigh enough to be a sentence by themselves."""
    sums = np.concatenate([[0.0], np.cumsum(weights)])[bounds]
    return bool(np.diff(sums).max(initial=0) >= SENTENCE)


def copied(shared: Sequence[Shared], sizes: tuple[int, int], *, same_house: bool) -> bool:
    """Whether the passages show that text was taken over; sizes: words of each story."""
    if same_house:
        return sum(one.own for one in shared if one.own >= PIECE and not _is_tail(one, sizes)) >= SAME_HOUSE
    firm = [one for one in shared if not one.loose]
    own = sorted((one.own for one in firm if one.own >= PIECE), reverse=True)
    several = len(own) > 1 and own[1] >= FIRM and sum(own) >= SEVERAL + CHANCE * min(sizes)
    part = sum(one.stretch.equal for one in firm) >= PART * min(sizes) and sum(own) >= SENTENCE
    return several or part or any(one.alone for one in firm)


def retold(shared: Sequence[Shared], weight: float) -> bool:
    """Whether the passages, sentences in other words among them, make up much of the shorter story.

    weight: of what the shorter story says itself.
    """
    own = [one.own for one in shared if one.own >= LOOSE]
    return len(own) > 1 and sum(own) >= max(RETOLD * weight, 2 * PIECE)


def _is_tail(one: Shared, sizes: tuple[int, int]) -> bool:
    """Whether it stands at the end of both stories, as what a house prints under its stories does."""
    left = (size - first for size, first in zip(sizes, one.stretch.first, strict=True))
    return all(words <= min(TAIL, size / 2) for words, size in zip(left, sizes, strict=True))


def spoken(shared: Sequence[Shared]) -> bool:
    """Whether the passages show that both stories quote the same words."""
    return any(one.both >= QUOTED or one.said >= QUOTED_ONCE for one in shared)


def kind_of(shares: tuple[float, float], edited: float, *, own: bool, wire: bool) -> ReuseKind:
    """Return the kind of a reuse.

    shares: of each story, equal words among its words. edited: other words in the passages, as a share of
    them. own: words were taken over that are no quotation. wire: they are an agency's.
    """
    if not own:
        return ReuseKind.SAME_SPEAKER
    if wire:
        return ReuseKind.WIRE
    if edited > EDITED:
        return ReuseKind.REWRITE
    if min(shares) >= WHOLE:
        return ReuseKind.REPRINT
    return ReuseKind.TRIM if max(shares) >= PART else ReuseKind.REWRITE


def passage(a: Reading, b: Reading, one: Shared) -> Passage:
    """Return the passage of a stretch, with the equal marks that stand around its words."""
    (first_a, first_b), (end_a, end_b) = one.stretch.first, one.stretch.end
    here, there = _span(a, first_a, end_a), _span(b, first_b, end_b)
    here, there = _with_marks(a.story.text, here, b.story.text, there)
    exact = evened(_slice(a, here)) == evened(_slice(b, there))
    return Passage(here, there, exact, one.quoted)


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
