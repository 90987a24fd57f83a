"""Forty reprints of one text in one box, so that the picture stays readable; the list names each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from reportedly.export.lineage.claim import Side
from reportedly.export.lineage.days import NEVER, span_told
from reportedly.export.lineage.graph import Edge, Graph, Node, Shape, Tie

MOST = 60
"""Boxes that a picture shows before it folds more than identical copies."""
COPIES = ("reprint", "wire")
_NAMES = {"reprint": "reprint", "wire": "copy of the agency's text", "cites": "story that cites it"}
_NAMES |= {"rewrite": "rewrite"}
_PLURALS = {"wire": "copies of the agency's text", "cites": "stories that cite it"}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A box that nothing rests on, and the one arrow that leads to it, if any."""

    node: Node
    edge: Edge | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to fold. key: boxes that have the same are one; None for one that stays."""

    over: int
    least: int
    key: Callable[[_Leaf], Hashable | None]


def fold(graph: Graph, most: int = MOST) -> Graph:
    """Return ``graph`` with boxes that are alike as one box each, folding no more than it must.

    Identical copies of one text fold always, from four on. Then, while there are more than ``most`` boxes:
    what rests on one thing in one way, what rests on one thing at all, what stands aside, whole branches from
    their ends, and at last the latest of those that stand alone.
    """
    for step in _steps(most):
        if _boxes(graph) > step.over:
            graph = _folded(graph, _groups(graph, step))
    graph = _pruned(graph, most)
    return _cut(graph, most) if _boxes(graph) > most else graph


def _steps(most: int) -> tuple[_Step, ...]:
    return (
        _Step(0, 4, _copy),
        _Step(most, 3, _same_way),
        _Step(most, 2, lambda leaf: leaf.edge.source if leaf.edge else None),
        _Step(most, 2, lambda leaf: leaf.node.side if leaf.node.side is not Side.SUPPORT else None),
    )


def _boxes(graph: Graph) -> int:
    return sum(bool(node.members) for node in graph.nodes.values())


def _copy(leaf: _Leaf) -> Hashable | None:
    words = leaf.node.first.words.casefold().strip(" .,;:“”\"'")
    edge = leaf.edge
    if leaf.node.side is not Side.SUPPORT:
        return leaf.node.side, words, edge.target if edge else None
    if edge is None or edge.hows[:1] not in [(how,) for how in COPIES]:
        return None
    return edge.source, edge.certain, edge.credited, edge.hows, words


def _same_way(leaf: _Leaf) -> Hashable | None:
    edge = leaf.edge
    if edge is None or leaf.node.side is not Side.SUPPORT:
        return None
    return edge.source, edge.certain, edge.credited, edge.hows


def _groups(graph: Graph, step: _Step) -> list[list[_Leaf]]:
    found: defaultdict[Hashable, list[_Leaf]] = defaultdict(list)
    for leaf in _leaves(graph):
        key = step.key(leaf)
        if key is not None:
            found[key].append(leaf)
    return [leaves for leaves in found.values() if len(leaves) >= step.least]


def _leaves(graph: Graph) -> Iterable[_Leaf]:
    """Yield what may fold: rested on by nothing, by one arrow at most, unchanged, answered by nobody."""
    touching: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        touching[edge.source].append(edge)
        touching[edge.target].append(edge)
    for key, node in graph.nodes.items():
        edges = touching[key]
        if node.members and len(edges) <= 1 and all(_foldable(edge, key) for edge in edges):
            yield _Leaf(node, edges[0] if edges else None)


def _foldable(edge: Edge, key: str) -> bool:
    return not edge.loop and edge.tie is (Tie.RESTS if edge.target == key else Tie.ANSWERS)


def _pruned(graph: Graph, most: int) -> Graph:
    """Fold branches from their ends, the latest first: a box with what rests on it, if that is an end."""
    while (surplus := _boxes(graph) - most) > 0:
        leaves = {leaf.node.key: leaf for leaf in _leaves(graph) if leaf.edge}
        touching: defaultdict[str, list[Edge]] = defaultdict(list)
        after: defaultdict[str, list[str]] = defaultdict(list)
        for edge in graph.edges:
            touching[edge.target].append(edge)
            after[edge.source].append(edge.target)
        groups: list[list[_Leaf]] = []
        for key, node in reversed(list(graph.nodes.items())):
            if surplus > 0 and after[key] and node.members and _is_branch(touching[key], after[key], leaves):
                groups.append([_Leaf(node, None), *(leaves[one] for one in after[key])])
                surplus -= len(after[key])
        if not groups:
            return graph
        graph = _folded(graph, groups)
    return graph


def _is_branch(led: list[Edge], after: list[str], leaves: Mapping[str, _Leaf]) -> bool:
    plain = all(edge.tie is Tie.RESTS and not edge.loop for edge in led)
    return plain and len(led) <= 1 and all(one in leaves for one in after)


def _folded(graph: Graph, groups: list[list[_Leaf]]) -> Graph:
    into = {leaf.node.key: f"fold {leaves[0].node.key}" for leaves in groups for leaf in leaves}
    folds = {f"fold {leaves[0].node.key}": _fold(leaves) for leaves in groups}
    nodes: dict[str, Node] = {}
    for key, node in graph.nodes.items():
        nodes.setdefault(into.get(key, key), folds.get(into.get(key, ""), node))
    edges: dict[tuple[str, str], Edge] = {}
    for edge in graph.edges:
        ends = into.get(edge.source, edge.source), into.get(edge.target, edge.target)
        moved = replace(edge, source=ends[0], target=ends[1])
        edges[ends] = _weaker(edges[ends], moved) if ends in edges else moved
    return _without_idle(Graph(graph.claim, nodes, tuple(edges.values())))


def _weaker(one: Edge, other: Edge) -> Edge:
    hows = tuple(dict.fromkeys((*one.hows, *other.hows)))
    credited, certain = one.credited and other.credited, one.certain and other.certain
    return replace(one, hows=hows, credited=credited, certain=certain, evidence=one.evidence[:3])


def _fold(leaves: list[_Leaf]) -> Node:
    members = tuple(saying for leaf in leaves for saying in leaf.node.members)
    houses = {saying.house for saying in members}
    days = [saying.when for saying in members]
    known = [day for day in days if day.known]
    outlets = f"{len(houses)} outlets" if len(houses) > 1 else next(iter(houses))
    undated = f", {len(days) - len(known)} undated" if known and len(known) < len(days) else ""
    one = leaves[0].node
    return Node(
        key=f"fold {one.key}",
        shape=Shape.FOLD,
        side=one.side,
        lane=f"\n{one.key}",
        members=members,
        when=min(known, default=NEVER),
        name=f"+{_what(leaves)}",
        about=f"{outlets}, {span_told(days)}{undated}",
        grounds=tuple(sorted({number for leaf in leaves for number in leaf.node.grounds})),
    )


def _what(leaves: list[_Leaf]) -> str:
    count = len({saying.story for leaf in leaves for saying in leaf.node.members})
    hows = {leaf.edge.hows[0] if leaf.edge and leaf.edge.bears else "" for leaf in leaves}
    plain = all(leaf.node.shape is Shape.SAYING for leaf in leaves)
    how = min(hows) if plain and len(hows) == 1 else ""
    if how in _NAMES:
        return f"{count} {_NAMES[how] if count == 1 else _PLURALS.get(how, f'{_NAMES[how]}s')}"
    same = len({saying.words for leaf in leaves for saying in leaf.node.members}) == 1
    return f"{count} in the same words" if same else f"{count} more {'story' if count == 1 else 'stories'}"


def _cut(graph: Graph, most: int) -> Graph:
    """Fold what is last until ``most`` boxes are left: at first what stands alone, then anything."""
    surplus = _boxes(graph) - most + 1
    groups: defaultdict[Side, list[_Leaf]] = defaultdict(list)
    alone = {leaf.node.key for leaf in _leaves(graph)}
    nodes = list(graph.nodes.values())[::-1]
    for node in sorted(nodes, key=lambda node: node.key not in alone):
        if node.members and surplus > 0:
            groups[node.side].append(_Leaf(node, None))
            surplus -= 1
    return _folded(graph, [leaves[::-1] for leaves in groups.values() if len(leaves) > 1])


def _without_idle(graph: Graph) -> Graph:
    """Drop voices whose boxes all lie in one fold with others': the list names them."""
    ends = [edge for edge in graph.edges if edge.source != edge.target]
    led: defaultdict[str, set[str]] = defaultdict(set)
    for edge in ends:
        led[edge.source].add(edge.target)
    into_fold: defaultdict[str, int] = defaultdict(int)
    for targets in led.values():
        for target in targets:
            into_fold[target] += 1
    idle = {
        key
        for key, node in graph.nodes.items()
        if node.shape is Shape.VOICE
        and all(graph.nodes[target].shape is Shape.FOLD and into_fold[target] > 3 for target in led[key])
    }
    nodes = {key: node for key, node in graph.nodes.items() if key not in idle}
    edges = tuple(edge for edge in ends if edge.source in nodes and edge.target in nodes)
    return Graph(graph.claim, nodes, edges)
