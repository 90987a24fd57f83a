"""Where each box stands: its column is its day, its row its outlet.

A day with several boxes that rest on each other has several columns, the ones rested on first. Outlets come
in the order in which the story reached them, branch by branch, so that arrows run beside each other. Sources
stand in a column before time, boxes without a date in one behind it. Above `CROWDED` boxes rows are branches
instead: a box stands in the row of what it rests on where there is room, so that the picture has as many rows
as the tree has ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from reportedly.export.lineage.claim import Side
from reportedly.export.lineage.days import NEVER, When
from reportedly.export.lineage.graph import Edge, Graph, Node, Shape, Tie

BANDS = (Side.OTHER, Side.SUPPORT, Side.HEDGED, Side.AGAINST)
CROWDED = 24
"""Boxes up to which each outlet has a row of its own."""
PERIODS = 9
"""Days that have a column of their own; where there are more, those nearest to each other share one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: of a day, or of a period where there are many days.

    days: its days in order; none for sources and for the undated. first: it begins its period.
    """

    days: tuple[When, ...]
    sources: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of boxes, in one band: of an outlet, or of a branch where there are many.

    stacks: keys of the boxes by column, from the top.
    """

    side: Side
    name: str
    stacks: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns from the left, lanes from the top, and where each box is. Sources are in no lane."""

    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    column_of: Mapping[str, int]
    lane_of: Mapping[str, int]
    sources: tuple[str, ...]


def arrange(graph: Graph) -> Grid:
    """Give every node its column and every box its lane."""
    columns, column_of = _columns(graph)
    order = _in_order(graph, column_of)
    lanes = _lanes(graph, order, column_of)
    lane_of = {
        key: place for place, lane in enumerate(lanes) for stack in lane.stacks.values() for key in stack
    }
    sources = tuple(key for key in order if _is_source(graph.nodes[key]))
    return Grid(tuple(columns), tuple(lanes), column_of, lane_of, sources)


def _is_source(node: Node) -> bool:
    return node.shape in {Shape.VOICE, Shape.OUTSIDE}


def _columns(graph: Graph) -> tuple[list[Column], dict[str, int]]:
    sources = [key for key, node in graph.nodes.items() if _is_source(node)]
    columns = [Column((), True, True)] if sources else []
    column_of = dict.fromkeys(sources, 0)
    boxes = {key: node for key, node in graph.nodes.items() if not _is_source(node)}
    periods = _periods({node.when for node in boxes.values() if node.when.known})
    undated = [()] if any(not node.when.known for node in boxes.values()) else []
    for days in [*periods, *undated]:
        keys = [key for key, node in boxes.items() if node.when in (days or (NEVER,))]
        ranks = _ranks(keys, graph.edges)
        column_of |= {key: len(columns) + rank for key, rank in ranks.items()}
        columns += [Column(days, False, rank == 0) for rank in range(max(ranks.values()) + 1)]
    return columns, column_of


def _periods(days: Iterable[When]) -> list[tuple[When, ...]]:
    """Return the days in order, each alone, or, where there are many, the nearest ones together."""
    periods: list[tuple[When, ...]] = [(day,) for day in sorted(days)]
    while len(periods) > PERIODS:
        spans = [(one[0].days_to(other[-1]), place) for place, (one, other) in enumerate(pairwise(periods))]
        _, place = min(spans)
        periods[place : place + 2] = [periods[place] + periods[place + 1]]
    return periods


def _ranks(keys: list[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Return the column within its day of each box: right of all that it rests on or answers.

    Kahn's algorithm; where only circles are left, the box that came first is taken.
    """
    before: dict[str, set[str]] = {key: set() for key in keys}
    for edge in edges:
        first, then = (edge.target, edge.source) if edge.tie is Tie.ANSWERS else (edge.source, edge.target)
        if first in before and then in before and edge.tie is not Tie.PERHAPS:
            before[then].add(first)
    ranks: dict[str, int] = {}
    waiting = list(keys)
    while waiting:
        free = next((key for key in waiting if before[key] <= ranks.keys()), waiting[0])
        ranks[free] = max((ranks[one] + 1 for one in before[free] if one in ranks), default=0)
        waiting.remove(free)
    return ranks


def _in_order(graph: Graph, column_of: Mapping[str, int]) -> list[str]:
    """Return all nodes branch by branch: each before those that rest on it, earlier branches first."""
    places = {key: place for place, key in enumerate(graph.nodes)}
    after: defaultdict[str, list[str]] = defaultdict(list)
    led: set[str] = set()
    for edge in graph.edges:
        if edge.bears:
            after[edge.source].append(edge.target)
            led.add(edge.target)

    def rank(key: str) -> tuple[int, bool, int]:
        node = graph.nodes[key]
        starts = (
            min((column_of[one] for one in after[key]), default=0) if _is_source(node) else column_of[key]
        )
        return starts, node.shape is Shape.FOLD, places[key]

    reached = _reached((key for key in graph.nodes if key not in led), after)
    # a circle that nobody leads to has no root: any of it will do
    starts = [key for key in graph.nodes if key not in led or key not in reached]
    found: dict[str, None] = {}
    for start in sorted(starts, key=rank):
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found[key] = None
                waiting += sorted(after[key], key=rank, reverse=True)
    return list(found)


def _branches(graph: Graph, boxes: Iterable[str], column_of: Mapping[str, int]) -> dict[str, str]:
    """Return the row of each box: that of the first that it rests on, if it ends there, else one of its own.

    What rests on nothing and is not the claim's own support takes the first row of its band with room.
    """
    before: defaultdict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        if edge.bears:
            before[edge.target].append(edge.source)
    row_of: dict[str, str] = {}
    last: dict[tuple[Side, str], str] = {}
    for key in boxes:
        side = graph.nodes[key].side
        rows = [row_of[one] for one in before[key] if one in row_of]
        rows += [row for band, row in last if band is side and side is not Side.SUPPORT]
        free = (row for row in rows if (side, row) in last and column_of[last[side, row]] < column_of[key])
        row_of[key] = next(free, key)
        last[side, row_of[key]] = key
    return row_of


def _reached(roots: Iterable[str], after: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += after.get(key, ())
    return found


def _lanes(graph: Graph, order: list[str], column_of: Mapping[str, int]) -> list[Lane]:
    boxes = [key for key in order if not _is_source(graph.nodes[key])]
    named = _branches(graph, boxes, column_of) if len(boxes) > CROWDED else {}
    stacks: dict[tuple[Side, str], defaultdict[int, list[str]]] = {}
    for key in boxes:
        lane = graph.nodes[key].side, named.get(key, graph.nodes[key].lane)
        stacks.setdefault(lane, defaultdict(list))[column_of[key]].append(key)
    return [
        Lane(side, name, {column: tuple(keys) for column, keys in found.items()})
        for band in BANDS
        for (side, name), found in stacks.items()
        if side is band
    ]
