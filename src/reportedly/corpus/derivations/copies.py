"""Which statement of an earlier story the words of a later one were taken from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.corpus.derivations.identity import compare
from reportedly.corpus.derivations.lexicon import lexicon, plain_words
from reportedly.corpus.derivations.standing import Reader, Standing
from reportedly.types.claims import Derivation, How, Passage, Reuse, ReuseKind, StoryRow
from reportedly.types.text import Span

LONG = 12
"""Words that a passage needs to show by itself that it was copied."""
LARGE = 0.3
"""Share of a rewrite that was taken over, from which on all that it says itself is held to be."""
FEW, SOME = 5, 0.4
"""Words beside those of the statement that a later story must share with an earlier one, and what share of
its own, to be a rewrite of it, maybe."""
MANY, MOST = 8, 0.6
"""The same, to be one for certain."""
WINDOW = 400
"""Characters before and after a statement in which the later story's words are looked at."""
SHOWN = 6
"""Details that are given as evidence."""
QUOTED = 120
"""Characters of a passage that are given as evidence."""

_HOW = {
    ReuseKind.REPRINT: How.REPRINT,
    ReuseKind.TRIM: How.REPRINT,
    ReuseKind.REWRITE: How.REWRITE,
    ReuseKind.WIRE: How.WIRE,
}
_WHOLE = frozenset({ReuseKind.REPRINT, ReuseKind.TRIM})


@dataclass(frozen=True, slots=True)
class _Shared:
    """A pair of stories, seen from the one that took words over."""

    source: str
    reuse: Reuse
    turned: bool  # whether the source is `b` of the pair
    share: float  # of the taking story

    def passages(self) -> Iterable[tuple[Span, Span, Passage]]:
        """Yield each passage as (in the source, in the taker, itself)."""
        for one in self.reuse.passages:
            yield (one.b, one.a, one) if self.turned else (one.a, one.b, one)


class Copies:
    """The pairs of stories that share text, by the story that came later."""

    def __init__(self, reader: Reader, reuse: Iterable[Reuse]) -> None:
        self._reader = reader
        self._order = {story: at for at, story in enumerate(reader.stories)}
        self._taken: defaultdict[str, list[_Shared]] = defaultdict(list)
        for one in reuse:
            if one.kind in _HOW and one.a in self._order and one.b in self._order:
                self._note(one)

    def _note(self, one: Reuse) -> None:
        first = one.origin or min(one.a, one.b, key=self._order.__getitem__)
        turned = first == one.b
        later, share = (one.a, one.shared_a) if turned else (one.b, one.shared_b)
        self._taken[later].append(_Shared(first, one, turned, share))

    def source(self, taker: Standing, by_story: Mapping[str, Sequence[Standing]]) -> Derivation | None:
        """Return from which statement of a claim another one was copied.

        by_story: the claim's statements by story. A statement with a source of its own, other than that of
        the earlier story, is no copy unless the whole story is one.
        """
        best: tuple[bool, float, int] | None = None
        found = None
        for shared in self._taken.get(taker.story.id, ()):
            made = self._from(shared, taker, by_story.get(shared.source, ()))
            rank = (made.certain, shared.share, -self._order[shared.source]) if made else None
            if rank is not None and (best is None or rank > best):
                best, found = rank, made
        return found

    def _from(self, shared: _Shared, taker: Standing, givers: Sequence[Standing]) -> Derivation | None:
        whole = shared.reuse.kind in _WHOLE or (shared.reuse.kind is ReuseKind.WIRE and shared.share >= LARGE)
        for taken, given, passage in _aligned(shared, taker, givers):
            if whole or _agree(given, taker):
                certain = whole or _telling(shared, taker, passage)
                return self._made(shared, taker, given, certain, taken)
        fits = [one for one in givers if whole or (not taker.voiced and shared.share >= LARGE)]
        if not fits:
            return None
        given = next((one for one in fits if _agree(one, taker)), fits[0])
        return self._made(shared, taker, given, True, None)

    def _made(
        self, shared: _Shared, taker: Standing, given: Standing, certain: bool, taken: Span | None
    ) -> Derivation:
        at = taken or max((one for _, one, _ in shared.passages()), key=lambda span: span.end - span.start)
        words = " ".join(taker.story.text[at.start : at.end].split())
        return Derivation(
            target=taker.statement.id,
            source=given.statement.id,
            how=_HOW[shared.reuse.kind],
            credited=_credits(taker.story, given.story),
            certain=certain,
            evidence=words if len(words) <= QUOTED else words[:QUOTED].rstrip() + " …",
        )


def _aligned(
    shared: _Shared, taker: Standing, givers: Sequence[Standing]
) -> Iterable[tuple[Span, Standing, Passage]]:
    """Yield the passages that cover a statement in both stories, with the statement in the earlier one."""
    for there, here, passage in shared.passages():
        if _meet(here, taker.statement.spans):
            for one in givers:
                if _meet(there, one.statement.spans):
                    yield here, one, passage


def _meet(place: Span, spans: Iterable[Span]) -> bool:
    return any(place.start < span.end and span.start < place.end for span in spans)


def _agree(given: Standing, taker: Standing) -> bool:
    """Whether a statement may be a copy as far as its source goes: it gives none, or the earlier one's."""
    if not taker.voiced or not given.voiced:
        return not taker.voiced
    return compare(given, taker) is not None


def _telling(shared: _Shared, taker: Standing, passage: Passage) -> bool:
    """Whether what two stories share shows a copy: more than the words of the statement, or many of them."""
    here = [place for _, place, _ in shared.passages()]
    if any(not _meet(place, taker.statement.spans) for place in here):
        return True
    place = passage.a if shared.turned else passage.b
    return len(taker.story.text[place.start : place.end].split()) >= LONG


def _credits(taker: StoryRow, given: StoryRow) -> bool:
    """Whether a story names the outlet, or the agency, that it took its text from."""
    if given.outlet and given.outlet != taker.outlet and given.outlet.removeprefix("The ") in taker.text:
        return True
    return bool(taker.agency) and taker.agency in (given.agency, given.outlet)


def retold(taker: Standing, givers: Iterable[Standing]) -> Derivation | None:
    """Return from which earlier statement one without a source was retold, by what else both tell.

    Only what a story says itself is asked about; what it has from a person it need not have from a story.
    The words of the statements do not count: two who know nothing of each other share those.
    """
    mine = _beside(taker, near=True)
    for given in givers:
        if not _before(given.story, taker.story):
            continue
        told = plain_words((taker.statement.content, given.statement.content))
        theirs = _beside(given, near=False)
        common = [word for word in mine if word in theirs and word not in told]
        share = len(common) / max(1, sum(word not in told for word in mine))
        if len(common) >= FEW and share >= SOME:
            certain = len(common) >= MANY and share >= MOST
            evidence = ", ".join(sorted(common, key=len, reverse=True)[:SHOWN])
            ids = taker.statement.id, given.statement.id
            return Derivation(*ids, How.REWRITE, False, certain, evidence)
    return None


def _beside(one: Standing, near: bool) -> tuple[str, ...]:
    """Return the plain words that carry meaning in a story: near a statement, or in all of it."""
    text = one.story.text
    if near and one.statement.spans:
        start, end = one.statement.spans[0].start, one.statement.spans[-1].end
        text = text[max(0, start - WINDOW) : end + WINDOW]
    found = (word for word in plain_words([text]) if len(word) > 3 or word.isdigit())
    return tuple(sorted(word for word in found if word not in lexicon().empty))


def _before(a: StoryRow, b: StoryRow) -> bool:
    """Whether a story came out before another one, or on the same day."""
    return bool(a.published and b.published) and (a.published or "") <= (b.published or "")
