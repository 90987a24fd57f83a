"""Claims: groups of statements that assert the same thing, guarded against chains of small steps."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportedly.corpus.standing import mentions
from reportedly.types.claims import Corpus, Pair, Relation

JOINED = 0.4
"""How well two groups must be linked on average to become one. With three statements in a row, of which the
first and the last were not found the same, both links must then be above 0.8; longer rows never hold."""
COUNTED = 5
"""Of a larger group, as many members are asked for links: not all pairs of a large one were ever compared."""

_BLANKS = re.compile(r"\W+")
_APART = frozenset(Relation) - {Relation.SAME, Relation.CORRECTION, Relation.RETRACTION}


def group(corpus: Corpus, pairs: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    """Return the claims: groups of ids, each in order of the corpus, the groups by their first member.

    Every statement that stands for what it says is in exactly one; most are alone in theirs. Groups are
    joined from the best link down while the average link between them holds; two that are at odds anywhere
    (another number, denied, hedged) never are. The order of the pairs plays no part.
    """
    aside = mentions(corpus)
    places = {one.id: place for place, one in enumerate(corpus.statements) if one.id not in aside}
    same = [one for one in pairs if one.relation is Relation.SAME and one.a in places and one.b in places]
    words = {one.id: _BLANKS.sub(" ", one.content.lower()) for one in corpus.statements}
    clusters = _Clusters(sorted(places), same, words)
    clusters.keep_apart(one for one in pairs if one.relation in _APART)
    clusters.join()
    found = (tuple(sorted(members, key=places.__getitem__)) for members in clusters.members())
    return tuple(sorted(found, key=lambda members: places[members[0]]))


class _Clusters:
    """Statements in groups, and how strongly the groups are linked.

    Statements in the very same words that were found the same are one from the start, and count as one.
    """

    def __init__(self, ids: Sequence[str], same: Iterable[Pair], words: dict[str, str]) -> None:
        self._up = {one: one for one in ids}
        self._links: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        rest = []
        for pair in same:
            if words[pair.a] == words[pair.b]:
                self._point(pair.a, pair.b)
            else:
                rest.append(pair)
        for pair in rest:
            a, b = self.root(pair.a), self.root(pair.b)
            if a != b:
                best = max(pair.score, self._links[a].get(b, 0.0))
                self._links[a][b] = self._links[b][a] = best
        self._size = dict.fromkeys(map(self.root, ids), 1)

    def root(self, one: str) -> str:
        """Return the statement that stands for a statement's group."""
        while self._up[one] != one:
            self._up[one] = one = self._up[self._up[one]]
        return one

    def _point(self, a: str, b: str) -> str:
        a, b = sorted((self.root(a), self.root(b)))
        self._up[b] = a
        return a

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Note pairs that must not come into one group."""
        for pair in pairs:
            if pair.a in self._up and pair.b in self._up:
                a, b = self.root(pair.a), self.root(pair.b)
                self._apart[a].add(b)
                self._apart[b].add(a)

    def join(self) -> None:
        """Join groups from the best link down."""
        heap = [(-self._link(a, b), a, b) for a, links in self._links.items() for b in links if a < b]
        heapq.heapify(heap)
        while heap:
            strength, a, b = heapq.heappop(heap)
            if not self._is_current(a, b, -strength) or b in self._apart[a]:
                continue
            if -strength < JOINED:
                break
            for link in self._merge(a, b):
                heapq.heappush(heap, link)

    def _is_current(self, a: str, b: str, strength: float) -> bool:
        return self._up[a] == a and self._up[b] == b and b in self._links[a] and self._link(a, b) == strength

    def _link(self, a: str, b: str) -> float:
        """Return the average link of two groups."""
        asked = min(self._size[a], COUNTED) * min(self._size[b], COUNTED)
        return round(min(self._links[a][b] / asked, 1.0), 6)

    def _merge(self, a: str, b: str) -> Iterator[tuple[float, str, str]]:
        kept = self._point(a, b)
        gone = b if kept == a else a
        self._size[kept] += self._size.pop(gone)
        apart = self._apart.pop(gone, set())
        self._apart[kept] |= apart
        for other in apart:
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
        for other, strength in self._links.pop(gone).items():
            del self._links[other][gone]
            if other != kept:
                total = round(self._links[kept].get(other, 0.0) + strength, 6)
                self._links[kept][other] = self._links[other][kept] = total
        for other in self._links[kept]:
            one, two = sorted((kept, other))
            yield -self._link(one, two), one, two

    def members(self) -> Iterable[list[str]]:
        """Return the groups."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in self._up:
            found[self.root(one)].append(one)
        return found.values()
