"""How many independent origins stand behind a claim, with grounds and reasons. The counting is in `graph`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from reportedly.corpus.origins.graph import Graph, Names, Rest, cycle, strong, tally
from reportedly.corpus.origins.reasons import Account, Telling, shortened
from reportedly.types.claims import Actors, Corpus, Derivation, How, Origins, Pair

Loops = tuple[Names, ...]
Count = Callable[[Sequence[str], Sequence[Derivation], Sequence[Pair]], tuple[Origins, Loops]]

EITHER = frozenset({How.SAME_SPEAKER, How.SAME_DOCUMENT, How.SAME_EVENT})
"""By these two statements have one source, whichever came first."""

_OUTSIDE = "outside:"


def prepare(corpus: Corpus, actors: Actors) -> Count:
    """Return a function from a claim's supporting statements, what they rest on, and the pairs that take back
    or change one of them, to its origins and loops.

    Of the pairs only retractions, corrections and distortions are looked at: `b` of the first two was
    withdrawn, where `a` is of the same outlet; `a` of a distortion changed what `b` said, which supports
    another claim.
    """
    telling = Telling(corpus, actors)

    def count(
        members: Sequence[str], made: Sequence[Derivation], changes: Sequence[Pair]
    ) -> tuple[Origins, Loops]:
        if len(members) == 1 and not made and not changes:
            alone = (tuple(members),)
            return Origins(1, 1, alone, (), tuple(Account(telling, members, ()).of_grounds(alone))), ()
        claim = Weighed(telling, members, made, changes)
        return claim.origins(), claim.loops()

    return count


class Weighed:
    """A claim's statements as a graph, and back."""

    def __init__(
        self, telling: Telling, members: Sequence[str], made: Sequence[Derivation], changes: Iterable[Pair]
    ) -> None:
        self._telling = telling
        self._members = telling.ordered(members)
        own = set(self._members)
        self._changed = telling.changed(own, changes)
        self._made = [
            one for one in made if one.target in own and (one.source in own or self._is_outside(one))
        ]
        self._withdrawn = telling.withdrawn(own, self._made, changes)
        self._tally = tally(self._graph())

    def _is_outside(self, one: Derivation) -> bool:
        """Whether a derivation leads to an outlet that nobody has read; a distortion starts where it is."""
        return one.source is None and bool(one.outside) and one.target not in self._changed

    def origins(self) -> Origins:
        """Return range, grounds and reasons."""
        grounds = _statements(self._tally.grounds)
        outside = dict.fromkeys(one.outside for one in self._made if one.outside)
        account = Account(self._telling, self._members, self._made)
        told = (
            map(account.of_loop, self.loops()),
            account.of_grounds(grounds),
            account.of_changes(self._withdrawn, self._changed),
            account.of_links(certain=False),
            account.of_links(certain=True),
            account.of_order(),
        )
        why = shortened(chain.from_iterable(told))
        return Origins(self._tally.low, self._tally.high, grounds, tuple(filter(None, outside)), why)

    def loops(self) -> Loops:
        """Return the stories that rest on each other in a circle, each cycle in the order of the citing."""
        story = self._telling.story_of
        edges: dict[str, list[str]] = {story(one): [] for one in self._members}
        for one in self._made:
            if one.source is not None and one.certain and one.how not in EITHER:
                target, source = story(one.target), story(one.source)
                if target != source and source not in edges[target]:
                    edges[target].append(source)
        knots = (knot for knot in strong(list(edges), edges) if len(knot) > 1)
        place = {name: at for at, name in enumerate(edges)}
        return tuple(cycle(sorted(knot, key=place.__getitem__), edges) for knot in knots)

    # The graph

    def _graph(self) -> Graph:
        abroad, on_one_way = self._outside()
        rests, same = self._either([*self._directed(), *abroad])
        nodes = dict.fromkeys((*self._members, *(name for one in rests for name in (one.target, one.source))))
        same += [*on_one_way, *self._distorted()]
        taken_back = frozenset(name if name in self._members else _OUTSIDE + name for name in self._withdrawn)
        return Graph(tuple(nodes), tuple(rests), tuple(same), taken_back)

    def _directed(self) -> list[Rest]:
        return [
            Rest(one.target, one.source, one.certain)
            for one in self._made
            if one.source is not None and (one.how not in EITHER or not one.certain)
        ]

    def _outside(self) -> tuple[list[Rest], list[tuple[str, str]]]:
        """Return edges to outlets that nobody has read, and pairs of outlets on one statement's way.

        Who gives a speaker besides stands on the speaker, and so does the outlet that handed the words on;
        who gives none stands on the outlet.
        """
        rests: list[Rest] = []
        first: dict[str, str] = {}
        same = []
        for one in self._made:
            if one.outside:
                name = _OUTSIDE + one.outside
                spoken = self._telling.has_speaker(one.target, one.outside)
                rests.append(Rest(name, one.target, True) if spoken else Rest(one.target, name, one.certain))
                before = first.setdefault(one.target, name)
                same += [(before, name)] if not spoken and before != name else []
        return rests, same

    def _either(self, rests: list[Rest]) -> tuple[list[Rest], list[tuple[str, str]]]:
        """Return the edges with those of a shared source, and the pairs that share one.

        Where one of a pair rests on something and the other does not, the other one is no news: it rests on
        the first, unless that one rests on it already.
        """
        sources: dict[str, list[str]] = {}
        for rest in rests:
            if rest.certain:
                sources.setdefault(rest.target, []).append(rest.source)
        same: list[tuple[str, str]] = []
        for one in self._made:
            if one.source is None or one.how not in EITHER or not one.certain:
                continue
            free, bound = (one.target, one.source) if one.source in sources else (one.source, one.target)
            if bound in sources and free not in sources and not _leads(bound, free, sources):
                rests.append(Rest(free, bound, True))
            same.append((one.source, one.target))
        return rests, same

    def _distorted(self) -> list[tuple[str, str]]:
        """Return pairs that make all who changed one wording one: the outlet that was the first to do so."""
        first: dict[str, str] = {}
        pairs = []
        for name in self._members:
            if name in self._changed:
                before = first.setdefault(self._telling.story_of(self._changed[name]), name)
                pairs += [(before, name)] if before != name else []
        return pairs


def _leads(name: str, goal: str, sources: Mapping[str, Sequence[str]]) -> bool:
    """Whether one node rests on another, through any others."""
    seen, left = {name}, [name]
    while left:
        for source in sources.get(left.pop(), ()):
            if source == goal:
                return True
            if source not in seen:
                seen.add(source)
                left.append(source)
    return False


def _statements(grounds: Iterable[Names]) -> tuple[Names, ...]:
    return tuple(tuple(name for name in ground if not name.startswith(_OUTSIDE)) for ground in grounds)
