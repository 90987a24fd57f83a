"""One run of matching: which units are compared, and what becomes of two statements' comparisons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.corpus.matching.blocking import candidates, telling
from reportedly.corpus.matching.features import Comparison
from reportedly.corpus.matching.index import Index, indexed
from reportedly.corpus.matching.neighbours import beside, shared_passages
from reportedly.corpus.matching.relating import Found, Relating
from reportedly.corpus.matching.scoring import ALIKE, PERHAPS, Verdict, judge
from reportedly.types.claims import Actors, Corpus, Pair, Relation, Reuse

MOST_WORDINGS = 12
"""Of statements in the very same words that may not be one claim (days, matters), so many are kept apart."""
OPPOSED = 0.3
"""By so much may two sentences that deny each other be less alike than two others of the same statements that
agree, and the statements are still opposed."""
HOUSE_TOPIC = 0.2
"""Stories of one outlet that have less in common than this share what that outlet says on all of its
pages."""

_BLANKS = re.compile(r"\W+")
_NONE: frozenset[int] = frozenset()

Key = tuple[int, int]
"""Places of two statements, the earlier one first."""


@dataclass(slots=True)
class _Book:
    """What was found. perhaps: pairs that are the same if both are the same as a third statement."""

    found: dict[Key, Found]
    perhaps: dict[Key, Found]


class Matcher:
    """Compares the statements of a corpus."""

    def __init__(self, corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]) -> None:
        self._corpus = corpus
        self._outlets = actors.outlets
        self._index: Index = indexed(corpus, actors)
        self._taken = set(shared_passages(self._index, corpus, reuse))
        self._sharing = {frozenset((one.a, one.b)) for one in reuse}
        self._relating = Relating(corpus, actors)
        self._book = _Book({}, {})

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs."""
        copied = self._copies()
        for one, two in self._candidates(copied):
            self._try(one, two)
        self._book.found.update(self._closed())
        for (first, second), found in self._book.found.items():
            yield from self._relating.pairs(first, second, found)

    def _copies(self) -> set[int]:
        """Pair statements in the very same words with the first of their kind; return those that need no
        more."""
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
        one, two = self._corpus.statements[first], self._corpus.statements[place]
        units = list(zip(self._index.of[first], self._index.of[place], strict=False))
        if frozenset((one.story_id, two.story_id)) in self._sharing:
            a, b = units[0]
            found = Found(
                self._index.units[a], self._index.units[b], Verdict(Relation.SAME, 1.0, ()), None, True
            )
            self._book.found[first, place] = found
            return True
        for a, b in units:
            self._try(a, b)
        met = self._book.found.get((first, place))
        return met is not None and met.verdict.relation is Relation.SAME

    def _candidates(self, copied: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of units to compare, some of them twice."""
        units = self._index.units
        yield from sorted(self._taken)
        kept = [number for number, unit in enumerate(units) if unit.statement not in copied]
        ids, weights = telling([units[number] for number in kept])
        for one, two in candidates(ids, weights).tolist():
            pair = kept[one], kept[two]
            if pair not in self._taken:
                yield pair
        for pair in beside(self._index, self._corpus):
            if not {units[pair[0]].statement, units[pair[1]].statement} & copied:
                yield pair

    def _try(self, one: int, two: int) -> None:
        """Compare two units, and keep what comes of it if it counts for most of their statements so far."""
        one, two = min(one, two), max(one, two)
        a, b = self._index.units[one], self._index.units[two]
        key = a.statement, b.statement
        if key[0] == key[1] or self._kin(*key):
            return
        comparison = self._index.comparer.compare(a, b)
        if comparison is None or self._is_house(comparison, key):
            return
        taken = (one, two) in self._taken
        verdict = judge(comparison, taken)
        met = self._book.found.get(key)
        if verdict.relation is not None:
            if met is None or _outweighs(verdict, met.verdict):
                self._book.found[key] = Found(a, b, verdict, comparison, taken)
        elif PERHAPS <= verdict.score < ALIKE and met is None:
            verdict = judge(comparison, taken, PERHAPS)
            if verdict.relation is Relation.SAME:
                self._book.perhaps[key] = Found(a, b, verdict, comparison, taken)

    def _kin(self, first: int, second: int) -> bool:
        """Whether one statement stands in the other."""
        one, two = self._corpus.statements[first], self._corpus.statements[second]
        return one.story_id == two.story_id and (
            one.parent == two.id
            or two.parent == one.id
            or any(a.start < b.end and b.start < a.end for a in one.spans for b in two.spans)
        )

    def _is_house(self, comparison: Comparison, key: Key) -> bool:
        """Whether two statements are alike because one outlet says it on every page."""
        if comparison.topic >= HOUSE_TOPIC:
            return False
        one, two = (self._corpus.statements[place].story_id for place in key)
        outlet = self._outlets.get(one)
        return outlet is not None and outlet == self._outlets.get(two) and not comparison.counted

    def _closed(self) -> Iterator[tuple[Key, Found]]:
        """Yield pairs that are only perhaps the same, where both are the same as a third statement."""
        same: defaultdict[int, set[int]] = defaultdict(set)
        for (first, second), found in self._book.found.items():
            if found.verdict.relation is Relation.SAME:
                same[first].add(second)
                same[second].add(first)
        for key, found in self._book.perhaps.items():
            if key not in self._book.found and same.get(key[0], _NONE) & same.get(key[1], _NONE):
                yield key, found


def _outweighs(new: Verdict, old: Verdict) -> bool:
    """Whether what two units say of their statements counts for more than what two others say.

    The more alike ones count, but that a statement denies another is seldom undone by what else it says.
    """
    edge = OPPOSED * ((new.relation is Relation.DENIAL) - (old.relation is Relation.DENIAL))
    return new.score + edge > old.score
