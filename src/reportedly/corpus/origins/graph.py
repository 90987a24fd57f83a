"""The counting itself: a graph of who rests on whom, and how many stand on their own.

Everything here is about nodes and edges. What a node is (a statement, an outlet that nobody has read) and why
an edge is drawn is for others to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """`target` rests on `source`: for certain, or only maybe."""

    target: str
    source: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Who rests on whom. Edges with an end that is no node are ignored.

    nodes: in the order in which grounds are to be told, each once. same: pairs that have one source for
    certain, whichever of them was first. withdrawn: nodes whose own publisher took them back.
    """

    nodes: Names
    rests: tuple[Rest, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many grounds there are, low..high.

    grounds: for `high`, the nodes that stand on each ground; a node is in one of them at most, and in none
    if all that it rests on is a circle. low_grounds: the same for `low`. circles: sets of nodes that rest on
    each other for certain.
    """

    low: int
    high: int
    grounds: tuple[Names, ...]
    low_grounds: tuple[Names, ...]
    circles: tuple[Names, ...]


def tally(graph: Graph) -> Tally:
    """Count the grounds of a graph.

    A ground is a node that rests on nothing, with all that has the same source. Nodes that rest on each other
    in a circle and on nothing else are no ground. `high` believes only what is certain. `low` believes every
    link there may be and drops what was withdrawn; a circle that is closed by a mere maybe has one of its
    nodes for its beginning, unless a certain circle is in it. More links can never make more grounds, so low
    and high are the least and the most that any choice among the maybes gives.
    """
    certain = _edges(graph, (one for one in graph.rests if one.certain))
    knots = strong(graph.nodes, certain)
    circles = tuple(knot for knot in knots if len(knot) > 1)
    turning = {name for circle in circles for name in circle}
    high = _grounds(graph, certain, knots, turning)
    everything = _edges(graph, graph.rests)
    dead = turning | graph.withdrawn
    low = _grounds(graph, everything, strong(graph.nodes, everything), dead)
    return Tally(len(low), len(high), high, low, circles)


def _edges(graph: Graph, rests: Iterable[Rest]) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = {name: [] for name in graph.nodes}
    for one in rests:
        if one.target in edges and one.source in edges and one.target != one.source:
            edges[one.target].append(one.source)
    return edges


def _grounds(
    graph: Graph, edges: Mapping[str, Sequence[str]], knots: Sequence[Names], dead: set[str] | frozenset[str]
) -> tuple[Names, ...]:
    """Return the nodes that stand on each ground, in the order of the graph.

    knots: strongly connected parts, what is rested on before what rests on it.
    """
    one = Joined(graph.nodes)
    for a, b in graph.same:
        one.join(a, b)
    for knot in knots:
        for name in knot[1:]:
            one.join(knot[0], name)
    place = {name: at for at, name in enumerate(graph.nodes)}
    leads = [_below(knot, edges) for knot in knots]
    first: dict[str, int] = {}
    for knot, below in zip(knots, leads, strict=True):
        if not below and dead.isdisjoint(knot):
            root = one.root(knot[0])
            first[root] = min(first.get(root, len(place)), *(place[name] for name in knot))
    ground: dict[str, str | None] = {}
    for knot, below in zip(knots, leads, strict=True):
        roots = [ground[name] for name in below] if below else [one.root(knot[0])]
        found = min((root for root in roots if root in first), key=first.__getitem__, default=None)
        ground |= dict.fromkeys(knot, found)
    return _collected(graph.nodes, ground, first)


def _below(knot: Names, edges: Mapping[str, Sequence[str]]) -> list[str]:
    mine = set(knot)
    return [name for each in knot for name in edges[each] if name not in mine]


def _collected(nodes: Names, ground: Mapping[str, str | None], first: Mapping[str, int]) -> tuple[Names, ...]:
    standing: dict[str, list[str]] = {name: [] for name in sorted(first, key=first.__getitem__)}
    for name in nodes:
        found = ground[name]
        if found is not None:
            standing[found].append(name)
    return tuple(tuple(names) for names in standing.values())


class Joined:
    """Sets of names that grow together (union by path halving)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._up = {name: name for name in names}

    def root(self, name: str) -> str:
        """Return the name that stands for a name's set."""
        while self._up[name] != name:
            self._up[name] = self._up[self._up[name]]
            name = self._up[name]
        return name

    def join(self, a: str, b: str) -> bool:
        """Make the sets of two names one. Return whether they were two; unknown names are none."""
        if a not in self._up or b not in self._up:
            return False
        a, b = self.root(a), self.root(b)
        self._up[b] = a
        return a != b


def strong(nodes: Sequence[str], edges: Mapping[str, Sequence[str]]) -> list[Names]:
    """Return the strongly connected parts, each before all that lead to it (Tarjan 1972, not recursive)."""
    order: dict[str, int] = {}
    reach: dict[str, int] = {}
    open_: dict[str, None] = {}
    parts: list[Names] = []
    for start in nodes:
        if start in order:
            continue
        path: list[tuple[str, Iterator[str]]] = []
        _enter(start, edges, order, reach, open_, path)
        while path:
            name, rest = path[-1]
            for other in rest:
                if other not in order:
                    _enter(other, edges, order, reach, open_, path)
                    break
                if other in open_:
                    reach[name] = min(reach[name], order[other])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    reach[above] = min(reach[above], reach[name])
                if reach[name] == order[name]:
                    parts.append(_closed(name, open_))
    return parts


def _enter(
    name: str,
    edges: Mapping[str, Sequence[str]],
    order: dict[str, int],
    reach: dict[str, int],
    open_: dict[str, None],
    path: list[tuple[str, Iterator[str]]],
) -> None:
    order[name] = reach[name] = len(order)
    open_[name] = None
    path.append((name, iter(edges[name])))


def _closed(name: str, open_: dict[str, None]) -> Names:
    part: list[str] = []
    while not part or part[-1] != name:
        part.append(open_.popitem()[0])
    return tuple(reversed(part))


def cycle(nodes: Sequence[str], edges: Mapping[str, Sequence[str]], limit: int = 10_000) -> Names:
    """Return the longest way round among nodes that all reach each other, in the order of the edges.

    Beyond `limit` steps of looking, the longest found so far; the shortest node order decides ties.
    """
    allowed, start = set(nodes), nodes[0]
    best: Names = ()
    trail = [start]
    ways = [iter(edges[start])]
    for _ in range(limit):
        if not ways or len(best) == len(allowed):
            break
        for other in ways[-1]:
            if other == start and len(trail) > max(1, len(best)):
                best = tuple(trail)
            if other in allowed and other not in trail:
                trail.append(other)
                ways.append(iter(edges[other]))
                break
        else:
            ways.pop()
            trail.pop()
    return best or tuple(nodes)
