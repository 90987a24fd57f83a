"""Who got it from whom: from a claim to the graph of its sourcing tree.

Statements of one story on one voice are one node. Whoever a story has the claim from, a person, an office, a
document, or an outlet whose own story is not in the case, is a node before them: what several outlets took
from one mouth then shows as one root with several arrows, instead of as outlets that copied each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from reportedly.export.lineage.claim import Answer, Claim, Link, Saying, Side
from reportedly.export.lineage.cycles import Joined, circles
from reportedly.export.lineage.days import NEVER
from reportedly.export.lineage.graph import (
    SHARED,
    UNRECORDED,
    WITHDRAWING,
    WITHIN,
    Edge,
    Graph,
    Node,
    Shape,
    Tie,
)


def draw_up(claim: Claim) -> Graph:
    """Make the graph of a claim."""
    boxes = _boxes(claim)
    node_of = {one.id: key for key, box in boxes.items() for one in box.members}
    edges = _merged([*_proper(claim, node_of), *_changed(claim, node_of)])
    outside = {_outside_key(link): _outside(link) for link in claim.links if link.source is None}
    voices = _voices(claim, boxes, {edge.target for edge in edges if edge.certain})
    told = [
        Edge(key, box, Tie.RESTS, hows=("said",)) for key, (_, targets) in voices.items() for box in targets
    ]
    doubts = _doubts(claim, node_of, {edge.target: edge.source for edge in told})
    edges = [*told, *edges, *doubts, *_answers(claim, boxes, node_of)]
    nodes = {key: voice for key, (voice, _) in voices.items()} | outside | boxes
    return Graph(claim, _numbered(claim, nodes, edges), tuple(_looped(claim, nodes, edges)))


def _boxes(claim: Claim) -> dict[str, Node]:
    """Return the nodes of the statements, those of one story on one voice together, by their first's id."""
    joined = Joined(claim.sayings)
    first: dict[tuple[str, Side, str | None], str] = {}
    for one in claim.sayings.values():
        voice = one.voice.casefold() if one.voice else None
        joined.join(first.setdefault((one.story, one.side, voice), one.id), one.id)
    for link in claim.links:
        target = claim.sayings[link.target]
        source = claim.sayings[link.source] if link.source else None
        if source and link.how == WITHIN and (source.story, source.side) == (target.story, target.side):
            joined.join(source.id, target.id)
    return {ids[0]: _box(ids[0], [claim.sayings[one] for one in ids]) for ids in joined.groups()}


def _box(key: str, members: list[Saying]) -> Node:
    ordered = sorted(members, key=lambda one: one.voice is None)  # the words of whoever is named are shown
    one = ordered[0]
    lane = one.outlet or f"\n{one.story}"  # two outlets without a name are not one
    return Node(key, Shape.SAYING, one.side, lane, tuple(ordered), one.when)


def _proper(claim: Claim, node_of: Mapping[str, str]) -> Iterator[Edge]:
    """Yield the arrows between boxes, and from outside origins to boxes."""
    for link in claim.links:
        source = node_of[link.source] if link.source else _outside_key(link)
        if source == node_of[link.target] or (link.source and link.how in SHARED):
            continue
        if not link.source or _one_side(claim.sayings[link.source], claim.sayings[link.target]):
            evidence = (link.evidence,) if link.evidence else ()
            ends = source, node_of[link.target]
            yield Edge(*ends, Tie.RESTS, link.certain, link.credited, (link.how,), evidence)


def _one_side(one: Saying, other: Saying) -> bool:
    """Say whether both speak for the claim, or both against it: a denial is not had from what it denies."""
    return (one.side is Side.AGAINST) == (other.side is Side.AGAINST)


def _outside_key(link: Link) -> str:
    return f"outside {(link.outside or '').casefold()}"


def _outside(link: Link) -> Node:
    name = link.outside or ""
    return Node(_outside_key(link), Shape.OUTSIDE, Side.SUPPORT, "", (), NEVER, name=name, about=UNRECORDED)


def _changed(claim: Claim, node_of: Mapping[str, str]) -> Iterator[Edge]:
    for change in claim.changes:
        source, target = node_of[change.source], node_of[change.target]
        if source != target:
            yield Edge(source, target, Tie.CHANGES, hows=("changed",), evidence=change.reasons)


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """Return one arrow for several between the same two, as sure and as open as the best of them."""
    found: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        ends = edge.source, edge.target
        found[ends] = _both(found[ends], edge) if ends in found else edge
    return list(found.values())


def _both(one: Edge, other: Edge) -> Edge:
    if other.tie is Tie.CHANGES:
        return one
    return replace(
        one,
        certain=one.certain or other.certain,
        credited=one.credited or other.credited,
        hows=tuple(dict.fromkeys((*one.hows, *other.hows))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


def _voices(
    claim: Claim, boxes: Mapping[str, Node], carried: Collection[str]
) -> dict[str, tuple[Node, list[str]]]:
    """Return whom the boxes have it from that have it from no other box, each with its boxes.

    carried: boxes that rest on another for certain.
    """
    roots = {key: box for key, box in boxes.items() if box.side is Side.SUPPORT and key not in carried}
    node_of = {one.id: key for key, box in roots.items() for one in box.members}
    joined = Joined(roots)
    for link in claim.links:
        source, target = node_of.get(link.source or ""), node_of.get(link.target)
        if link.certain and link.how in SHARED and source and target:
            joined.join(source, target)
    _join_by_ground(claim, roots, joined)
    found = {}
    for group in joined.groups():
        voiced = [key for key in group if _speaker(roots[key])]
        if voiced or len(group) > 1:
            key = f"voice {group[0]}"
            found[key] = _voice(claim, key, [roots[one] for one in voiced or group]), group
    return found


def _join_by_ground(claim: Claim, roots: Mapping[str, Node], joined: Joined[str]) -> None:
    """Put boxes together that count as one origin and name one voice."""
    first: dict[tuple[int, str], str] = {}
    numbers = _numbers(claim)
    for key, box in roots.items():
        voice = _speaker(box)
        for number in numbers[box.first.id] if voice else ():
            joined.join(first.setdefault((number, str(voice).casefold()), key), key)


def _speaker(box: Node) -> str | None:
    """Return whom the box has it from; None where that is the outlet itself."""
    voice = box.first.voice
    return None if voice is None or voice.casefold() == box.first.house.casefold() else voice


def _voice(claim: Claim, key: str, boxes: list[Node]) -> Node:
    named = Counter(filter(None, map(_speaker, boxes)))
    names = sorted(named, key=lambda name: (-named[name], -len(name), name))
    one = next(box.first for box in boxes if not names or box.first.voice == names[0])
    ids = {saying.id for box in boxes for saying in box.members}
    shared = {link.how for link in claim.links if link.target in ids and link.how in SHARED}
    if not names:
        name, about = f"({SHARED[min(shared)]}, not named)" if shared else "(not named)", ""
    else:
        kinds = (one.kind or "", one.about)
        also = f"also as {'; '.join(names[1:])}" if len(names) > 1 else ""
        name, about = names[0], ", ".join(filter(None, (*kinds, also)))
    return Node(key, Shape.VOICE, Side.SUPPORT, "", (), NEVER, name=name, about=about)


def _doubts(claim: Claim, node_of: Mapping[str, str], voice_of: Mapping[str, str]) -> list[Edge]:
    """Return the lines between roots that may be one: unnamed officials of one office."""
    found: dict[frozenset[str], Edge] = {}
    for link in claim.links:
        if link.certain or link.how not in SHARED or not link.source:
            continue
        ends = [voice_of.get(key, key) for key in (node_of[link.source], node_of[link.target])]
        if ends[0] != ends[1]:
            evidence = (link.evidence,) if link.evidence else ()
            edge = Edge(ends[0], ends[1], Tie.PERHAPS, False, link.credited, (link.how,), evidence)
            found.setdefault(frozenset(ends), edge)
    return list(found.values())


def _answers(claim: Claim, boxes: Mapping[str, Node], node_of: Mapping[str, str]) -> list[Edge]:
    """Return one line for each box that speaks against another, to what it answers before all.

    That is its own outlet's earlier words, which it corrects or withdraws; else the first that it answers.
    """
    places = {key: place for place, key in enumerate(boxes)}
    given: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in claim.answers:
        if node_of[answer.statement] != node_of[answer.answers]:
            given[node_of[answer.statement]].append(answer)

    def rank(answer: Answer) -> tuple[bool, int]:
        key = node_of[answer.answers]
        own = boxes[key].lane == boxes[node_of[answer.statement]].lane
        return not (own and answer.relation in WITHDRAWING), places[key]

    chosen = {key: min(answers, key=rank) for key, answers in given.items()}
    return [
        Edge(key, node_of[one.answers], Tie.ANSWERS, hows=(one.relation,), evidence=one.reasons)
        for key, one in chosen.items()
    ]


def _numbers(claim: Claim) -> defaultdict[str, tuple[int, ...]]:
    """Return the numbers of the origins, from 1, that each statement rests on."""
    found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, ground in enumerate(claim.grounds, start=1):
        for one in ground:
            found[one] += (number,)
    return found


def _numbered(claim: Claim, nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """Return the nodes with the numbers of their origins; what stands before time has those of its boxes."""
    numbers = _numbers(claim)
    before: defaultdict[str, list[set[int]]] = defaultdict(list)
    rested: set[str] = set()
    own = {key: {number for one in node.members for number in numbers[one.id]} for key, node in nodes.items()}
    for edge in edges:
        if edge.tie is Tie.RESTS:
            before[edge.source].append(own[edge.target])
            above, here = own[edge.source], own[edge.target]
            rested |= {edge.target} if not nodes[edge.source].members or above & here else set()
    found = {}
    for key, node in nodes.items():
        known = own[key]
        if not node.members and before[key]:
            known = set.intersection(*before[key]) or set.union(*before[key])
        root = bool(known) and key not in rested
        found[key] = replace(node, grounds=tuple(sorted(known)), root=root)
    return found


def _looped(claim: Claim, nodes: Mapping[str, Node], edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield the edges, those that run in a circle marked."""
    edges = list(edges)
    after: dict[str, list[str]] = {key: [] for key in nodes}
    for edge in edges:
        if edge.bears:
            after[edge.source].append(edge.target)
    circle = circles(after)
    story = {key: node.first.story for key, node in nodes.items() if node.members}
    beside = {frozenset(pair) for loop in claim.loops for pair in pairwise((*loop, loop[0]))}
    for edge in edges:
        same = edge.source in circle and circle[edge.source] == circle.get(edge.target)
        named = frozenset((story.get(edge.source), story.get(edge.target))) in beside
        yield replace(edge, loop=True) if edge.bears and (same or named) else edge
