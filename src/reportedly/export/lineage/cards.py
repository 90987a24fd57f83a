"""What stands in each box of the picture: lines of words, cut to their room, and the box's size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.export.lineage import wording
from reportedly.export.lineage.claim import Side
from reportedly.export.lineage.graph import Edge, Graph, Node, Shape
from reportedly.export.lineage.measure import fitted, wrapped

WIDTH = 190.0
NARROW = 172.0
"""Of a box where there are many."""
MANY = 24
VOICE_WIDTH = 164.0
_PAD = 9.0
_DISC = 20.0
_SIZES = {"house": 12.5, "name": 12.5, "who": 11.5, "words": 11.5, "how": 11.0, "about": 11.0}
_LEADING = {"house": 16.0, "name": 16.0, "who": 14.5, "words": 14.5, "how": 14.5, "about": 14.5}
MARKS = ("against", "changed", "circle")
_SIZES |= dict.fromkeys(MARKS, 11.0)
_LEADING |= dict.fromkeys(MARKS, 14.5)
BOLD = frozenset({"house", "name", *MARKS})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of words. style: its class in the stylesheet. baseline: from the top of the box."""

    text: str
    style: str
    size: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Card:
    """A box's content. disc: the numbers of the origins it rests on, "" for none. title: all of it, uncut."""

    node: Node
    width: float
    height: float
    rows: tuple[Row, ...]
    disc: str
    title: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How much a box says. many: one of many, it says less. dated: it says its day, the axis does not."""

    many: bool = False
    dated: bool = False


def card(graph: Graph, node: Node, edges: Iterable[Edge], fit: Fit) -> Card:
    """Lay out the words of a box. edges: those that lead to it, and its answers."""
    edges = list(edges)
    width = VOICE_WIDTH if not node.members else NARROW if fit.many else WIDTH
    disc = "·".join(map(str, node.grounds)) if len(node.grounds) <= 3 else f"{node.grounds[0]}…"
    lines = list(_saying(graph, node, edges, fit)) if node.shape is Shape.SAYING else list(_named(node))
    room = width - 2 * _PAD - 4 * (node.side is Side.AGAINST) - 8 * (node.shape is Shape.FOLD)
    rows: list[Row] = []
    at = _PAD - 3
    for text, style in lines:
        most = _lines(style, fit, node)
        size = _SIZES[style]
        first = room - (_DISC + 7 * max(len(disc) - 1, 0) if disc and not rows else 0)
        for piece in _cut(text, first if not rows else room, most, style):
            at += _LEADING[style]
            rows.append(Row(piece, style, size, at))
    return Card(node, width, at + _PAD, tuple(rows), disc, _title(graph, node, edges))


def _cut(text: str, room: float, most: int, style: str) -> tuple[str, ...]:
    if most == 1:
        return (fitted(text, room, _SIZES[style], style in BOLD),)
    # bold letters are about a tenth wider than the plain ones that lines are broken by
    return wrapped(text, room * (0.9 if style in BOLD else 1.0), most, _SIZES[style])


def _lines(style: str, fit: Fit, node: Node) -> int:
    if style == "words":
        return 1 if fit.many else 3 if node.side is Side.AGAINST else 2
    if style == "name":
        return 3
    return 2 if style in {"how", *MARKS} or (style == "about" and node.shape is not Shape.FOLD) else 1


def _saying(graph: Graph, node: Node, edges: list[Edge], fit: Fit) -> Iterable[tuple[str, str]]:
    saying = node.first
    yield saying.house, "house"
    speaker = wording.who(saying)
    if speaker:
        yield speaker, "who"
    yield wording.quoted(saying), "words"
    how = wording.rests_on(graph, node, edges)
    if how:
        yield how, "how"
    yield from marks(graph, node, edges)
    if fit.dated:
        yield node.when.told(), "about"


def marks(graph: Graph, node: Node, edges: Iterable[Edge]) -> list[tuple[str, str]]:
    """Return what is to be said of a box loudly, and its style: it denies, was changed, runs in a circle."""
    edges = list(edges)
    found = [
        (wording.speaks(graph, edges), "against"),
        (wording.withdrawn(graph.claim, node), "against"),
        (wording.CHANGED if wording.changed(graph.claim, node) else "", "changed"),
        (wording.CIRCLE if any(edge.loop for edge in edges) else "", "circle"),
    ]
    return [mark for mark in found if mark[0]]


def _named(node: Node) -> Iterable[tuple[str, str]]:
    yield node.name, "name"
    if node.about:
        yield node.about, "about"
    if node.shape is Shape.FOLD:
        yield ", ".join(dict.fromkeys(saying.house for saying in node.members)), "words"


def _title(graph: Graph, node: Node, edges: list[Edge]) -> str:
    """Return everything about a box in a sentence or two: its tooltip and its accessible name."""
    grounds = ", ".join(f"origin {number}" for number in node.grounds)
    if node.shape is not Shape.SAYING:
        houses = ", ".join(dict.fromkeys(saying.house for saying in node.members))
        return "; ".join(filter(None, (node.name, node.about, grounds, houses)))
    saying = node.first
    facts = [
        f"{saying.house}, {node.when.told()}",
        wording.who(saying),
        wording.quoted(saying),
        f"and {wording.counted(len(node.members) - 1, 'more passage')}" if len(node.members) > 1 else "",
        wording.rests_on(graph, node, edges),
        *(mark for mark, _ in marks(graph, node, edges)),
        grounds,
    ]
    return "; ".join(fact for fact in facts if fact)
