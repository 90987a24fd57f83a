"""Which statements assert the same thing, and how those that nearly do differ. See docs/explanation/claims.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.corpus.matching.blocking import candidates, telling
from reportedly.corpus.matching.explaining import reasons
from reportedly.corpus.matching.features import Comparison
from reportedly.corpus.matching.index import Index, indexed
from reportedly.corpus.matching.neighbours import beside, shared_passages
from reportedly.corpus.matching.scoring import ALIKE, PERHAPS, Verdict, judge
from reportedly.corpus.standing import mentions
from reportedly.corpus.wording.views import Unit, is_hedged
from reportedly.types.claims import Actors, Corpus, Pair, Relation, Reuse, StatementRow

MOST_WORDINGS = 12
"""Of statements in the very same words that may not be one claim (days, matters), so many are kept apart."""
NEARLY_SAME = 0.8
"""Share of both units' weight, and of their order, from which one's wording was taken over from the other."""

OPPOSED = 0.3
"""By so much may two sentences that deny each other be less alike than two others of the same statements that
agree, and the statements are still opposed."""

_BLANKS = re.compile(r"\W+")
_NONE: frozenset[int] = frozenset()


def match(corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]) -> tuple[Pair, ...]:
    """Return the pairs of statements that assert the same thing, or nearly: every relation that their words show.

    `Relation.SAME`; `HEDGED` (a says "may" of what b says flatly); `DISTORTION` (a took b's wording over and
    changed it); and, for `disputes` to judge, `DENIAL` (a says that b is not so) and `CONTRADICTION` (another
    number, day or word of one matter). Never all pairs are compared: see `blocking` and `neighbours`. A
    statement in which another one stands is compared by what it says outside of it.
    """
    matcher = _Matcher(corpus, actors, reuse)
    return tuple(sorted(matcher.pairs(), key=lambda pair: (pair.a, pair.b, pair.relation)))


@dataclass(slots=True)
class _Best:
    """The two units by which two statements are most alike. The earlier statement's is a."""

    a: Unit
    b: Unit
    verdict: Verdict
    comparison: Comparison
    taken: bool


class _Matcher:
    """One run of matching."""

    def __init__(self, corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]) -> None:
        self._corpus = corpus
        self._actors = actors
        self._index: Index = indexed(corpus, actors)
        self._taken = set(shared_passages(self._index, corpus, reuse))
        self._stories_taken = {frozenset((one.a, one.b)) for one in reuse}
        self._found: dict[tuple[int, int], _Best] = {}
        self._perhaps: dict[tuple[int, int], _Best] = {}
        self._mentions = mentions(corpus)

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs."""
        copied = self._copies()
        for one, two in self._candidates(copied):
            self._try(one, two)
        self._found.update(self._closed())
        for (first, second), best in self._found.items():
            yield from self._told(first, second, best)

    def _closed(self) -> Iterator[tuple[tuple[int, int], _Best]]:
        """Yield pairs that are only perhaps the same, where both are the same as a third statement."""
        same: defaultdict[int, set[int]] = defaultdict(set)
        for (first, second), best in self._found.items():
            if best.verdict.relation is Relation.SAME:
                same[first].add(second)
                same[second].add(first)
        for key, best in self._perhaps.items():
            if key not in self._found and same.get(key[0], _NONE) & same.get(key[1], _NONE):
                yield key, best

    def _copies(self) -> set[int]:
        """Pair statements in the very same words with the first of their kind; return those that need no more."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for place in self._index.of:
            groups[_BLANKS.sub(" ", self._corpus.statements[place].content.lower())].append(place)
        done = set()
        for group in groups.values():
            firsts: list[int] = []
            for place in sorted(group):
                if any(self._is_copy(first, place) for first in firsts):
                    done.add(place)
                elif len(firsts) < MOST_WORDINGS:
                    firsts.append(place)
        return done

    def _is_copy(self, first: int, place: int) -> bool:
        for one, two in zip(self._index.of[first], self._index.of[place], strict=False):
            self._try(one, two)
        found = self._found.get((first, place))
        return found is not None and found.verdict.relation is Relation.SAME

    def _candidates(self, copied: set[int]) -> Iterator[tuple[int, int]]:
        units = self._index.units
        seen = set(self._taken)
        yield from sorted(seen)
        kept = [number for number, unit in enumerate(units) if unit.statement not in copied]
        ids, weights = telling([units[number] for number in kept])
        for one, two in candidates(ids, weights).tolist():
            pair = kept[one], kept[two]
            if pair not in seen:
                yield pair
        for pair in beside(self._index, self._corpus):
            if not {units[pair[0]].statement, units[pair[1]].statement} & copied:
                yield pair

    def _try(self, one: int, two: int) -> None:
        """Compare two units, and keep what comes of it if it is the most alike of their statements so far."""
        a, b = self._index.units[one], self._index.units[two]
        key = a.statement, b.statement
        if key[0] == key[1] or self._kin(*key):
            return
        if key[0] > key[1]:
            a, b, key = b, a, (key[1], key[0])
        comparison = self._index.comparer.compare(a, b)
        if comparison is None:
            return
        taken = (min(one, two), max(one, two)) in self._taken
        verdict = judge(comparison, taken)
        best = self._found.get(key)
        if verdict.relation is not None and (best is None or _outweighs(verdict, best.verdict)):
            self._found[key] = _Best(a, b, verdict, comparison, taken)
        elif verdict.relation is None and PERHAPS <= verdict.score < ALIKE and best is None:
            verdict = judge(comparison, taken, PERHAPS)
            if verdict.relation is Relation.SAME:
                self._perhaps[key] = _Best(a, b, verdict, comparison, taken)

    def _kin(self, first: int, second: int) -> bool:
        """Whether one statement stands in the other."""
        one, two = self._corpus.statements[first], self._corpus.statements[second]
        return one.story_id == two.story_id and (
            one.parent == two.id
            or two.parent == one.id
            or any(a.start < b.end and b.start < a.end for a in one.spans for b in two.spans)
        )

    def _told(self, first: int, second: int, best: _Best) -> Iterator[Pair]:
        """Yield the pairs that two statements make, the later one as a."""
        earlier, later = self._corpus.statements[first], self._corpus.statements[second]
        relation = best.verdict.relation
        why = reasons(best.a, best.b, best.comparison, best.verdict, best.taken)
        score = round(best.verdict.score, 4)
        if relation is Relation.DENIAL:
            denies = later if _is_negative(best.b, best.comparison) else earlier
            yield Pair(denies.id, (earlier if denies is later else later).id, relation, score, why)
            return
        if relation is Relation.HEDGED:
            flat_is_later = _hedging(best.a, earlier) > _hedging(best.b, later)
            a, b = (earlier, later) if flat_is_later else (later, earlier)
            yield Pair(a.id, b.id, relation, score, why)
            if flat_is_later and self._took_over(earlier, later, best):
                yield Pair(later.id, earlier.id, Relation.DISTORTION, score, ("hedge dropped", *why))
            return
        if relation is Relation.CONTRADICTION and self._took_over(earlier, later, best):
            yield Pair(later.id, earlier.id, Relation.DISTORTION, score, why)
        if relation is not None:
            yield Pair(later.id, earlier.id, relation, score, why)

    def _took_over(self, earlier: StatementRow, later: StatementRow, best: _Best) -> bool:
        """Whether the later statement's wording was taken over from the earlier one's story.

        It was if the stories share the passage, if the later one cites the earlier one's outlet, or if the
        wording is nearly the same and nobody else is named as the later one's source.
        """
        one = best.comparison
        if earlier.story_id == later.story_id:
            return False
        if best.taken:
            return True
        outlet = self._actors.outlets.get(earlier.story_id)
        if outlet is not None and outlet in self._actors.cited.get(later.id, ()):
            return True
        if self._actors.speakers.get(later.id) in (outlet, None):
            return min(one.cover_a, one.cover_b, one.order) >= NEARLY_SAME - 0.1
        same = self._actors.speakers.get(earlier.id) == self._actors.speakers.get(later.id)
        return same and min(one.cover_a, one.cover_b) >= NEARLY_SAME


def _outweighs(new: Verdict, old: Verdict) -> bool:
    """Whether what two units say of their statements counts for more than what two others say.

    The more alike ones count, but that a statement denies another is seldom undone by what else it says.
    """
    edge = OPPOSED * ((new.relation is Relation.DENIAL) - (old.relation is Relation.DENIAL))
    return new.score + edge > old.score


def _hedging(unit: Unit, statement: StatementRow) -> int:
    return sum(1 for flag in unit.flags.values() if flag & 2) + is_hedged(statement)


def _is_negative(unit: Unit, one: Comparison) -> bool:
    """Whether a unit says of what it shares that it is not so."""
    return sum(1 if unit.flags.get(word, 0) & 1 else -1 for word in one.shared if word in unit.words) > 0
