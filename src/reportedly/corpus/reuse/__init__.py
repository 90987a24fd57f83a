"""Stories that share text: passages verbatim and lightly edited, who came first, and of what kind it is.

Texts of the same words are put together first; the rest meets in an inverted index over runs of words
(`candidates`), pairs are aligned (`align`), weighed (`judging`) and ordered in time (`direction`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from reportedly.corpus.reuse.align import Run, joined, stretches
from reportedly.corpus.reuse.candidates import WIDTH, candidates
from reportedly.corpus.reuse.credit import agencies, credited, lexicon, own_key
from reportedly.corpus.reuse.direction import Direction, direction, earlier, order
from reportedly.corpus.reuse.furniture import furniture, house
from reportedly.corpus.reuse.judging import (
    PIECE,
    SENTENCE,
    Shared,
    View,
    copied,
    kind_of,
    passage,
    retold,
    spoken,
    weigh,
)
from reportedly.corpus.reuse.loose import Sentences, alike, bands
from reportedly.corpus.reuse.words import (
    Codes,
    Mask,
    Reading,
    Vocabulary,
    covered,
    readings,
    shingles,
    short_rows,
)
from reportedly.types.claims import Passage, Reuse, ReuseKind, StoryRow
from reportedly.types.text import Span

PHRASE = 24
"""Most words that a phrase has: a longer row of words that stands in many stories is a story."""

_Pair = tuple[Reading, Reading]


def find_reuse(
    stories: Sequence[StoryRow], quoted: Mapping[str, Sequence[Span]] | None = None
) -> tuple[Reuse, ...]:
    """Return the pairs of stories that share text, in the order of their ids.

    quoted: by story id, spans of its text known to be quotation; marks of quotation are looked for besides.
    The order of ``stories`` makes no difference. Of stories with the same words the earliest one stands for
    all, and each other is paired with it alone.
    """
    read = readings(sorted(stories, key=order), quoted or {})
    firsts, copies = _collapsed(read)
    tried = candidates([one.codes for one in firsts], [bands(one) for one in firsts])
    finder = _Finder(firsts, tried.spread)
    found = [finder.identical(pair) for pair in copies]
    for (left, right), sentences in zip(tried.places.tolist(), tried.alike.tolist(), strict=True):
        found.append(finder.reuse((firsts[left], firsts[right]), sentences=sentences))
    return tuple(sorted(filter(None, found), key=lambda one: (one.a, one.b)))


def _collapsed(read: Sequence[Reading]) -> tuple[list[Reading], list[_Pair]]:
    """Return the first story of each text, and a pair for each other story with it."""
    firsts: dict[bytes, Reading] = {}
    copies: list[_Pair] = []
    for one in read:
        if len(one) < SENTENCE:
            continue
        first = firsts.setdefault(one.codes.tobytes(), one)
        if first is not one:
            copies.append((first, one))
    return list(firsts.values()), copies


@cache
def _stock() -> Codes:
    known = Vocabulary()
    stock: Codes = np.unique(
        np.concatenate([shingles(known.codes(one), WIDTH) for one in lexicon()["stock"]])
    )
    return stock


class _Finder:
    """Compares pairs of one corpus. spread: shingles that stand everywhere in it."""

    def __init__(self, read: Sequence[Reading], spread: Codes) -> None:
        self._spread = spread
        self._furniture = furniture(read)
        self._common: dict[str, Mask] = {}
        self._sentences: dict[str, Sentences] = {}
        self._agencies: dict[str, Mapping[str, str]] = {}

    def identical(self, pair: _Pair) -> Reuse | None:
        """Return the reuse of two stories with the same words."""
        size = len(pair[0])
        shared = Shared(joined([Run(0, 0, size)]), size, 0, 0, sentence=True)
        return self._judged(pair, [shared], own=True)

    def reuse(self, pair: _Pair, *, sentences: bool) -> Reuse | None:
        """Return the reuse of two stories, None if what they share is too little.

        sentences: whether to look for sentences in other words too, where passages were not taken over.
        """
        a, b = pair
        if a.story.page_id == b.story.page_id and (a.story.partial or b.story.partial):
            return None  # a page's teasers of its own stories
        houses = [house(one.story.outlet, one.story.url) for one in pair]
        same_house = bool(houses[0]) and houses[0] == houses[1]
        kept = self._passages(pair, same_house=same_house)
        own = copied(kept, (len(a), len(b)), same_house=same_house)
        if not same_house and (own or sentences):
            kept, retold_here = self._loosely(pair, kept)
            own = own or retold_here
        if own:
            return self._judged(pair, kept, own=True)
        quoted = [one for one in kept if one.said > one.own]
        return self._judged(pair, quoted, own=False) if spoken(quoted) else None

    def _passages(self, pair: _Pair, *, same_house: bool) -> list[Shared]:
        a, b = pair
        found = stretches(a.codes, b.codes)
        if not found:
            return []
        fixed = self._fixed(a, links=same_house), self._fixed(b, links=same_house)
        view = View(fixed, (self._worn(a), self._worn(b)), self._cites(a, b))
        weighed = [weigh(a, b, stretch, view) for stretch in found]
        return [one for one in weighed if one.own >= PIECE or one.said >= PIECE]

    def _loosely(self, pair: _Pair, kept: list[Shared]) -> tuple[list[Shared], bool]:
        """Add the sentences that are alike in other words, if they and the rest make up much of a story."""
        a, b = (self._told(one) for one in pair)
        loose, left = alike(a, b, kept)
        every = sorted((*loose, *left), key=lambda one: one.stretch.first)
        if loose and retold(every, min(a.weight, b.weight)):
            return every, True
        return kept, False

    def _worn(self, one: Reading) -> Mask:
        """Return the words of a story that prove nothing: what stands everywhere, furniture."""
        found = self._common.get(one.story.id)
        if found is None:
            runs = shingles(one.codes, WIDTH)
            found = short_rows(covered(np.isin(runs, self._spread), WIDTH, len(one)), PHRASE)
            found |= covered(np.isin(runs, _stock()), WIDTH, len(one))
            self._common[one.story.id] = found
        return found

    def _fixed(self, one: Reading, *, links: bool) -> Mask:
        """Return the words of a story that are its house's furniture, lists of links too if asked for."""
        own = self._furniture.get(one.story.id, np.zeros(len(one), dtype=np.bool_))
        return own | one.glued if links else own

    def _told(self, one: Reading) -> Sentences:
        if one.story.id not in self._sentences:
            self._sentences[one.story.id] = Sentences(one)
        return self._sentences[one.story.id]

    def _cites(self, a: Reading, b: Reading) -> tuple[bool, bool]:
        return credited(a.story, b.story) is not None, credited(b.story, a.story) is not None

    def _judged(self, pair: _Pair, shared: Sequence[Shared], *, own: bool) -> Reuse:
        """Return the reuse that passages show; own: words are in it that are no quotation."""
        a, b = pair
        passages = tuple(passage(a, b, one) for one in shared)
        speech = all(one.quoted for one in passages)
        shares = _share(a, [one.a for one in passages]), _share(b, [one.b for one in passages])
        way = direction(a.story, b.story)
        wire = self._wire(pair, way) if own else None
        equal = sum(one.stretch.equal for one in shared)
        spanned = max(sum(one.stretch.words[side] for one in shared) for side in (0, 1))
        parts = equal / len(a), equal / len(b)
        edited = 1.0 if any(one.loose for one in shared) else 1 - equal / spanned
        kind = kind_of(parts, edited, own=own, wire=wire is not None)
        counts = equal, round(sum(one.own for one in shared))
        reasons = (*_amounts(shares, counts, len(shared)), *_story_of(kind, way, wire))
        first = None if kind in (ReuseKind.WIRE, ReuseKind.SAME_SPEAKER) or speech else way.first
        return _ordered(
            Reuse(a.story.id, b.story.id, kind, first.id if first else None, *shares, passages, reasons), pair
        )

    def _wire(self, pair: _Pair, way: Direction) -> str | None:
        """Return why the words that two stories share are an agency's, None if nothing says so."""
        one, other = (self._signs(reading.story) for reading in pair)
        if way.credit and way.credit.strong:
            return None
        for key in sorted(one.keys() & other.keys()):
            return f"both carry the text of {one[key]}"
        for signs, reading in ((one, pair[1]), (other, pair[0])):
            left = sorted(signs.keys() - {own_key(reading.story)})
            if left:
                return f"one carries the text of {signs[left[0]]}, the other has its words without the credit"
        return None

    def _signs(self, story: StoryRow) -> Mapping[str, str]:
        if story.id not in self._agencies:
            own = own_key(story)
            self._agencies[story.id] = {key: sign for key, sign in agencies(story).items() if key != own}
        return self._agencies[story.id]


def _share(reading: Reading, spans: Sequence[Span]) -> float:
    size = len(reading.story.text.strip())
    return min(1.0, round(sum(span.end - span.start for span in spans) / max(size, 1), 4))


def _amounts(shares: tuple[float, float], counts: tuple[int, int], passages: int) -> Iterator[str]:
    equal, own = counts
    yield f"{equal} equal words in {passages} passages, {own} of them outside quotation"
    yield f"shares of the two stories: {shares[0]:.0%} and {shares[1]:.0%}"


def _story_of(kind: ReuseKind, way: Direction, wire: str | None) -> Iterator[str]:
    if kind is ReuseKind.SAME_SPEAKER:
        yield "they share quoted words alone"
    if wire:
        yield wire
    yield from way.reasons


def _ordered(found: Reuse, pair: _Pair) -> Reuse:
    """Turn a pair so that the story that came first is `a`; by id where that is not known."""
    first = found.origin
    if first is None:
        sooner, _ = earlier(pair[0].story, pair[1].story)
        first = sooner.id if sooner else min(found.a, found.b)
    if first == found.a:
        return found
    turned = tuple(Passage(one.b, one.a, one.exact, one.quoted) for one in found.passages)
    return Reuse(
        found.b, found.a, found.kind, found.origin, found.shared_b, found.shared_a, turned, found.reasons
    )
