"""The sourcing tree as an outline: what the list under the picture and the terminal tell, in one order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.export.lineage import wording
from reportedly.export.lineage.claim import Change, Claim, Saying, Side
from reportedly.export.lineage.days import span_told
from reportedly.export.lineage.differences import Piece, difference, shortened
from reportedly.export.lineage.graph import SHARED, Edge, Graph, Node, Shape, Tie

_NAMES = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One node, where it stands in the tree.

    edge: the arrow by which it stands there, None for a root. also: other arrows that lead to it, and lines
    to what may be the same. inside: what rests on it.
    """

    node: Node
    edge: Edge | None
    also: tuple[Edge, ...]
    inside: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """One origin: its number, whose it is, and what rests on it."""

    number: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A wording that was taken over and changed: whose, by whom, and word by word."""

    source: Saying
    target: Saying
    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...]


def outline(graph: Graph) -> tuple[Item, ...]:
    """Return every node once, under the first of those that it surely rests on."""
    chosen = _chosen(graph)
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for key, edge in chosen.items():
        inside[edge.source].append(key)
    leading: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.bears or edge.tie is Tie.PERHAPS:
            leading[edge.target].append(edge)

    def item(key: str) -> Item:
        edge = chosen.get(key)
        also = tuple(one for one in leading[key] if one is not edge)
        return Item(graph.nodes[key], edge, also, tuple(map(item, inside[key])))

    return tuple(item(key) for key in graph.nodes if key not in chosen)


def _chosen(graph: Graph) -> dict[str, Edge]:
    """Return for each node the arrow under whose source it stands; none for roots; without circles."""
    found: dict[str, Edge] = {}
    for edge in sorted((edge for edge in graph.edges if edge.bears), key=lambda edge: not edge.certain):
        above = edge.source
        while above in found and above != edge.target:
            above = found[above].source
        if edge.target not in found and above != edge.target:
            found[edge.target] = edge
    return found


def grounds(graph: Graph) -> list[Ground]:
    """Return the origins of the claim, each with whose it is and how many statements rest on it."""
    found = []
    for number, ids in enumerate(graph.claim.grounds, start=1):
        sayings = [graph.claim.sayings[one] for one in ids]
        roots = [node for node in graph.nodes.values() if node.root and number in node.grounds]
        names = list(dict.fromkeys(map(_root, roots))) or [saying.house for saying in sayings[:1]]
        more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        houses = wording.counted(len({saying.house for saying in sayings}), "outlet")
        told = f"{wording.counted(len(sayings), 'statement')} in {houses}"
        found.append(Ground(number, ", ".join(names[:_NAMES]) + more, told))
    return found


def _root(node: Node) -> str:
    if not node.members:
        return f"{node.name} ({node.about})" if node.about else node.name
    return node.first.house


def changes(claim: Claim) -> Iterator[Changed]:
    """Yield each wording that was changed."""
    for change in claim.changes:
        yield _changed(claim, change)


def _changed(claim: Claim, change: Change) -> Changed:
    source, target = claim.sayings[change.source], claim.sayings[change.target]
    return Changed(source, target, shortened(difference(source.words, target.words)), change.reasons)


def circle(graph: Graph) -> list[str]:
    """Return each circle in words: "A, B and C cite each other"."""
    houses = {saying.story: saying.house for saying in graph.claim.sayings.values()}
    loops = ([houses[story] for story in loop] for loop in graph.claim.loops)
    return [f"{', '.join(loop[:-1])} and {loop[-1]} cite each other" for loop in loops]


def head(node: Node) -> str:
    """Return a node's name: outlet, voice, or what is folded."""
    return node.first.house if node.shape is Shape.SAYING else node.name


def when(node: Node) -> str:
    """Return a box's day for people; "" for what stands before time."""
    return span_told([node.when]) if node.members and node.shape is Shape.SAYING else ""


def hows(graph: Graph, item: Item) -> str:
    """Return how a box came by what it says, in a few words."""
    return wording.rests_on(graph, item.node, [item.edge]) if item.edge else ""


def facts(graph: Graph, item: Item) -> list[str]:
    """Return what else there is to say of a box, a sentence each: evidence, other arrows, doubts."""
    found = []
    if item.edge is not None and item.edge.evidence:
        found.append(f"because: {'; '.join(item.edge.evidence)}")
    for edge in item.also:
        if edge.tie is Tie.PERHAPS:
            found.append(f"perhaps one with {wording.name(graph, edge.source)}{_by(edge)}")
        else:
            found.append(f"also {wording.rests_on(graph, item.node, [edge])}{_by(edge)}")
    return [*found, *_shared(graph.claim, item.node)]


def _by(edge: Edge) -> str:
    return f" ({'; '.join(edge.evidence)})" if edge.evidence else ""


def _shared(claim: Claim, node: Node) -> Iterable[str]:
    """Yield which statements have it from the same third."""
    ids = {saying.id for saying in node.members} if node.shape is Shape.SAYING else set()
    told: dict[str, None] = {}
    for link in claim.links:
        if link.target in ids and link.how in SHARED and link.source and link.source not in ids:
            doubt = "" if link.certain else "perhaps "
            how = wording.HOWS[link.how]
            by = f" ({link.evidence})" if link.evidence else ""
            told[f"{doubt}{how} {claim.sayings[link.source].house}{by}"] = None
    return told


def against(graph: Graph) -> list[tuple[Node, list[str]]]:
    """Return what speaks against the claim in order of time, each with what it answers and why."""
    found = []
    for node in graph.nodes.values():
        if node.side is Side.AGAINST and node.members:
            ids = {saying.id for saying in node.members}
            answers = [answer for answer in graph.claim.answers if answer.statement in ids]
            told: dict[str, None] = {}
            for answer in answers:
                relation = wording.RELATIONS.get(answer.relation, answer.relation)
                by = f" ({'; '.join(answer.reasons)})" if answer.reasons else ""
                told[f"{relation} {graph.claim.sayings[answer.answers].house}{by}"] = None
            found.append((node, list(told)))
    return sorted(found, key=lambda pair: (not pair[0].when.known, pair[0].when))
