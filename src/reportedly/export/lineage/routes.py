"""By which way each line goes from box to box, before anything has a place in pixels.

Lines run at right angles. Upright ones keep to the gutters between columns, level ones to a box's own height
where nothing stands in the way, else to the gaps above lanes. So no line runs through a box. Arrows of one
kind from one box share their way as long as they can, as the branches of a tree do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportedly.export.lineage.cards import Card
from reportedly.export.lineage.graph import Edge, Tie
from reportedly.export.lineage.grid import Grid

STACKED = 8.0
"""Pixels between boxes of one lane and column."""
PORT = 28.0
"""Pixels below a box's top at which lines leave it, and at which a single one enters: chains are straight."""
_CLEAR = 4.0

Owner = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One line's way. Gutter n is right of column n, gutter -1 left of all.

    leaves, enters: -1 for the left side of a box, 1 for the right. start, end: pixels below the top of the
    boxes. gutters: one, or two with the gap (above that lane) between them. owners: whose ways are shared,
    one for each gutter; the first one's also for the gap.
    """

    edge: Edge
    leaves: int
    enters: int
    start: float
    end: float
    gutters: tuple[int, ...]
    gap: int | None
    owners: tuple[Owner, ...]


def offsets(grid: Grid, cards: Mapping[str, Card]) -> dict[str, float]:
    """Return how far each box stands below the top of its lane."""
    found: dict[str, float] = {}
    for lane in grid.lanes:
        for keys in lane.stacks.values():
            at = 0.0
            for key in keys:
                found[key] = at
                at += cards[key].height + STACKED
    return found


def plan(grid: Grid, cards: Mapping[str, Card], edges: Iterable[Edge]) -> list[Route]:
    """Return a way for each edge."""
    turned = [_turned(grid, edge) for edge in edges]
    planner = _Planner(grid, cards, _ports(grid, cards, turned))
    return [planner.route(edge) for edge in turned]


def _turned(grid: Grid, edge: Edge) -> Edge:
    """Let a line without direction lead to the right."""
    columns = grid.column_of[edge.source], grid.column_of[edge.target]
    if edge.tie is Tie.PERHAPS and columns[0] > columns[1]:
        return Edge(edge.target, edge.source, edge.tie, False, edge.credited, edge.hows, edge.evidence)
    return edge


def _ports(grid: Grid, cards: Mapping[str, Card], edges: Iterable[Edge]) -> dict[tuple[str, str], float]:
    """Return how far below the top of its target each arrow ends, so that those from above end above."""
    led: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    places = {key: place for place, key in enumerate(grid.sources)}
    for edge in edges:
        if edge.tie is not Tie.ANSWERS:
            lane = grid.lane_of.get(edge.source, -1)
            led[edge.target].append((lane, places.get(edge.source, 0), edge.source))
    return {
        (source, target): cards[target].height * (place + 1) / (len(found) + 1) if len(found) > 1 else PORT
        for target, found in led.items()
        for place, (_, _, source) in enumerate(sorted(found))
    }


class _Planner:
    def __init__(self, grid: Grid, cards: Mapping[str, Card], ports: Mapping[tuple[str, str], float]) -> None:
        self.grid = grid
        self.cards = cards
        self.ports = ports
        self.offsets = offsets(grid, cards)

    def route(self, edge: Edge) -> Route:
        source, target = self.grid.column_of[edge.source], self.grid.column_of[edge.target]
        start = PORT
        if edge.tie is Tie.ANSWERS:
            return self._way(
                edge, (-1, 1), (start, self.cards[edge.target].height - 10), (source - 1, target)
            )
        end = self.ports[edge.source, edge.target]
        if edge.tie is Tie.PERHAPS and source == target:
            owners = (("perhaps", edge.source, edge.target),)
            return Route(edge, -1, -1, start, end, (source - 1,), None, owners)
        return self._way(edge, (1, -1), (start, end), (source, target - 1))

    def _way(
        self, edge: Edge, sides: tuple[int, int], heights: tuple[float, float], gutters: tuple[int, int]
    ) -> Route:
        first, last = gutters
        own = (str(edge.tie), edge.source, str(edge.certain), str(edge.credited), edge.target * edge.loop)
        into = ("into", edge.source, edge.target)
        toward = sides[0] * (last - first) >= 0
        if toward and self._free(edge.target, heights[1], gutters):
            return Route(edge, *sides, *heights, (first,), None, (own,))
        if toward and self._free(edge.source, heights[0], gutters):
            return Route(edge, *sides, *heights, (last,), None, (into,))
        return Route(edge, *sides, *heights, gutters, self.grid.lane_of[edge.target], (own, into))

    def _free(self, key: str, height: float, gutters: tuple[int, int]) -> bool:
        """Say whether a level line at a height of a box meets no box between two gutters."""
        if gutters[0] == gutters[1]:
            return True
        if key not in self.grid.lane_of:
            return False
        at = self.offsets[key] + height
        stacks = self.grid.lanes[self.grid.lane_of[key]].stacks
        between = range(min(gutters) + 1, max(gutters) + 1)
        return not any(self._meets(one, at) for column in between for one in stacks.get(column, ()))

    def _meets(self, key: str, at: float) -> bool:
        top = self.offsets[key]
        return top - _CLEAR < at < top + self.cards[key].height + _CLEAR


def tracks(intervals: Mapping[Owner, tuple[float, float]]) -> dict[Owner, int]:
    """Give each stretch of way the first track on which nothing else runs beside it."""
    ends: list[float] = []
    found: dict[Owner, int] = {}
    for owner, (low, high) in sorted(intervals.items(), key=lambda item: (item[1], item[0])):
        free = next((track for track, end in enumerate(ends) if end < low), len(ends))
        if free == len(ends):
            ends.append(high)
        ends[free] = high
        found[owner] = free
    return found
