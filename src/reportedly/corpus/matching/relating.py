"""From two statements and their most telling units to pairs: who hedges, who denies, who took words over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.corpus.matching.explaining import reasons
from reportedly.corpus.matching.features import Comparison
from reportedly.corpus.matching.scoring import Verdict
from reportedly.corpus.wording.clauses import HEDGED, NEGATED
from reportedly.corpus.wording.views import Unit, is_possible
from reportedly.types.claims import Actors, Corpus, Pair, Relation, StatementRow

LEAST_DENIAL = 0.5
"""Least score of a denial: of 14 pairs of news read by eye, 5 of 8 wrong ones and no right one lay below."""
NEARLY_SAME = 0.7
"""Share of both units' words, and of their order, from which wording that names no other source was taken
over."""
SAME_SPEAKER = 0.8
"""The same, where both name the same source: it may have said it twice."""


@dataclass(slots=True)
class Found:
    """The units a and b by which two statements were judged, a the earlier one's. comparison: None for
    statements in the very same words. taken: both stand in one place of a passage that their stories
    share."""

    a: Unit
    b: Unit
    verdict: Verdict
    comparison: Comparison | None
    taken: bool


class Relating:
    """Makes pairs of what was found in one corpus."""

    def __init__(self, corpus: Corpus, actors: Actors) -> None:
        self._statements = corpus.statements
        self._actors = actors

    def pairs(self, first: int, second: int, found: Found, part: float) -> Iterator[Pair]:
        """Yield the pairs that two statements make.

        first, second: their places, in order of time. part: share of them that was judged; a third of the
        score hangs on it, so that a long quotation does not make one claim of all that it says.
        """
        earlier, later = self._statements[first], self._statements[second]
        relation = found.verdict.relation
        why = reasons(found.a, found.b, found.comparison, found.verdict, found.taken)
        score = round(found.verdict.score * (2 + part) / 3, 4)
        if relation is Relation.SAME and is_possible(earlier) != is_possible(later) and not found.taken:
            relation, why = Relation.HEDGED, ("one voice says no more than that it is possible", *why)
        if relation is Relation.DENIAL:
            if score < LEAST_DENIAL:
                return
            denies = later if _negates(found) else earlier
            yield Pair(denies.id, (earlier if denies is later else later).id, relation, score, why)
        elif relation is Relation.HEDGED:
            flat_is_later = _hedging(found.a, earlier) > _hedging(found.b, later)
            hedged, flat = (earlier, later) if flat_is_later else (later, earlier)
            yield Pair(hedged.id, flat.id, relation, score, why)
            if flat_is_later and self._took_over(earlier, later, found):
                yield Pair(later.id, earlier.id, Relation.DISTORTION, score, ("hedge dropped", *why))
        elif relation is Relation.CONTRADICTION:
            if earlier.story_id != later.story_id:
                yield Pair(later.id, earlier.id, relation, score, why)
                if self._took_over(earlier, later, found):
                    yield Pair(later.id, earlier.id, Relation.DISTORTION, score, why)
        elif relation is not None:
            yield Pair(later.id, earlier.id, relation, score, why)

    def _took_over(self, earlier: StatementRow, later: StatementRow, found: Found) -> bool:
        """Whether the later statement's wording was taken over from the earlier one's story.

        It was if the stories share the passage, if the later one cites the earlier one's outlet, or if the
        wording is nearly the same and nobody else is named as the later one's source.
        """
        one = found.comparison
        if earlier.story_id == later.story_id or one is None:
            return False
        outlet = self._actors.outlets.get(earlier.story_id)
        if found.taken or (outlet is not None and outlet in self._actors.cited.get(later.id, ())):
            return True
        speaker = self._actors.speakers.get(later.id)
        if speaker is None or speaker == outlet:
            return min(one.cover_a, one.cover_b, one.order) >= NEARLY_SAME
        same = self._actors.speakers.get(earlier.id) == speaker
        return same and min(one.cover_a, one.cover_b) >= SAME_SPEAKER


def _hedging(unit: Unit, statement: StatementRow) -> int:
    return sum(bool(flag & HEDGED) for flag in unit.flags.values()) + is_possible(statement)


def _negates(found: Found) -> bool:
    """Whether the later unit says of what both share that it is not so."""
    shared = found.comparison.shared if found.comparison else ()
    flags = found.b.flags
    return sum(1 if flags.get(word, 0) & NEGATED else -1 for word in shared if word in found.b.words) > 0
