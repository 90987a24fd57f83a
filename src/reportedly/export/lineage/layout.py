"""From the grid to pixels: boxes, bands, days and lines.

Gutters and gaps are as wide as the lines in them need, and which lines run beside each other depends on where
the boxes stand; so places are worked out, tracks given, and places worked out again until nothing grows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.export.lineage.cards import MANY, Card, Fit, card
from reportedly.export.lineage.claim import Side
from reportedly.export.lineage.days import pause_told, span_told
from reportedly.export.lineage.graph import Edge, Graph, Tie
from reportedly.export.lineage.grid import Grid, arrange
from reportedly.export.lineage.measure import width
from reportedly.export.lineage.routes import PORT, Owner, Route, offsets, plan, tracks

AXIS = 46.0
"""Height of the axis of days."""
TRACK = 9.0
HEADER = 44.0
LABEL = 10.5
_MARGIN = 12.0
_GUTTER = 26.0
_BEFORE_TIME = 42.0
_GAP = 13.0
_BELOW = 14.0
_BETWEEN_SOURCES = 12.0
_LONG = 60
"""Days from which a gap of the axis is drawn broken: it is much longer than it looks."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and its top left corner."""

    card: Card
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Way:
    """A line: its corners from the source to the target. enters: from the left (1) or the right (-1)."""

    edge: Edge
    points: tuple[tuple[float, float], ...]
    enters: int


@dataclass(frozen=True, slots=True)
class Day:
    """A stretch of the axis: a day with boxes. text: what stands above it."""

    x: float
    width: float
    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of the axis between two days. text: how long it is, "" for the next day."""

    x: float
    width: float
    text: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Band:
    """All lanes of one side, from the top. lanes: where each one begins, and its height."""

    side: Side
    y: float
    height: float
    lanes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, in pixels. time: where the axis begins."""

    width: float
    height: float
    time: float
    boxes: tuple[Placed, ...]
    ways: tuple[Way, ...]
    days: tuple[Day, ...]
    pauses: tuple[Pause, ...]
    bands: tuple[Band, ...]


def lay_out(graph: Graph) -> Picture:
    """Lay out a graph."""
    grid = arrange(graph)
    cards = _cards(graph, grid)
    routes = plan(grid, cards, graph.edges)
    space = _settled(grid, cards, routes)
    boxes = tuple(Placed(cards[key], space.x(key), space.y[key]) for key in graph.nodes)
    days, pauses = _axis(grid, space)
    return Picture(
        width=space.right,
        height=space.bottom,
        time=space.left[1 if grid.sources else 0] if len(space.left) > bool(grid.sources) else _MARGIN,
        boxes=boxes,
        ways=tuple(space.way(route) for route in routes),
        days=days,
        pauses=pauses,
        bands=space.bands,
    )


def _cards(graph: Graph, grid: Grid) -> dict[str, Card]:
    concerning: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        concerning[edge.source if edge.tie is Tie.ANSWERS else edge.target].append(edge)
    many = sum(bool(node.members) for node in graph.nodes.values()) > MANY
    found = {}
    for key, node in graph.nodes.items():
        shared = len(grid.columns[grid.column_of[key]].days) > 1
        found[key] = card(graph, node, concerning[key], Fit(many, shared))
    return found


def _settled(grid: Grid, cards: Mapping[str, Card], routes: Sequence[Route]) -> _Space:
    gaps = _gap_tracks(routes)
    counts: dict[int, int] = {}
    while True:
        space = _Space(grid, cards, routes, gaps, counts)
        space.gutter_tracks = _gutter_tracks(space, routes)
        needed = {gutter: max(found.values()) + 1 for gutter, found in space.gutter_tracks.items()}
        if all(counts.get(gutter, 0) >= count for gutter, count in needed.items()):
            return space
        counts = {gutter: max(counts.get(gutter, 0), needed.get(gutter, 0)) for gutter in counts | needed}


def _gap_tracks(routes: Iterable[Route]) -> dict[int, dict[Owner, int]]:
    spans: defaultdict[int, dict[Owner, tuple[float, float]]] = defaultdict(dict)
    for route in routes:
        if route.gap is not None:
            found = spans[route.gap]
            low, high = found.get(route.owners[0], (route.gutters[0], route.gutters[0]))
            found[route.owners[0]] = min(low, *route.gutters), max(high, *route.gutters)
    return {gap: tracks(found) for gap, found in spans.items()}


def _gutter_tracks(space: _Space, routes: Iterable[Route]) -> dict[int, dict[Owner, int]]:
    spans: defaultdict[int, dict[Owner, tuple[float, float]]] = defaultdict(dict)
    for route in routes:
        for gutter, owner, ends in zip(route.gutters, route.owners, space.heights(route), strict=True):
            low, high = spans[gutter].get(owner, ends)
            spans[gutter][owner] = min(low, *ends), max(high, *ends)
    return {gutter: tracks(found) for gutter, found in spans.items()}


@dataclass(slots=True)
class _Space:
    """Where everything stands, given how many tracks each gutter and gap has."""

    grid: Grid
    cards: Mapping[str, Card]
    routes: Sequence[Route]
    gap_tracks: Mapping[int, Mapping[Owner, int]]
    counts: Mapping[int, int]
    gutter_tracks: Mapping[int, Mapping[Owner, int]] = field(default_factory=dict)
    left: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    y: dict[str, float] = field(default_factory=dict)
    gap_y: list[float] = field(default_factory=list)
    bands: tuple[Band, ...] = ()
    right: float = 0.0
    bottom: float = AXIS

    def __post_init__(self) -> None:
        self._place_columns()
        self._place_lanes()

    def x(self, key: str) -> float:
        return self.left[self.grid.column_of[key]]

    def heights(self, route: Route) -> list[tuple[float, float]]:
        """Return from where to where each upright part of a line runs."""
        start, end = self.y[route.edge.source] + route.start, self.y[route.edge.target] + route.end
        if route.gap is None:
            return [(start, end)]
        level = self._level(route)
        return [(start, level), (level, end)]

    def way(self, route: Route) -> Way:
        """Return a line's corners."""
        source, target = route.edge.source, route.edge.target
        left, right = self.x(source), self.x(target)
        left += self.cards[source].width * (route.leaves > 0)
        right += self.cards[target].width * (route.enters > 0)
        points = [(left, self.y[source] + route.start)]
        for gutter, owner, ends in zip(route.gutters, route.owners, self.heights(route), strict=True):
            track = self._track(gutter, owner)
            points += [(track, ends[0]), (track, ends[1])]
        points.append((right, self.y[target] + route.end))
        return Way(route.edge, tuple(points), -route.enters)

    def _level(self, route: Route) -> float:
        gap = route.gap or 0
        return self.gap_y[gap] + 6 + TRACK * self.gap_tracks[gap][route.owners[0]]

    def _track(self, gutter: int, owner: Owner) -> float:
        start = self.left[gutter] + self.widths[gutter] if gutter >= 0 else 0.0
        end = self.left[gutter + 1] if gutter + 1 < len(self.left) else self.right
        middle = (start + end - TRACK * (self.counts[gutter] - 1)) / 2
        return middle + TRACK * self.gutter_tracks[gutter][owner]

    def _place_columns(self) -> None:
        self.widths = [0.0] * len(self.grid.columns)
        for key, column in self.grid.column_of.items():
            self.widths[column] = max(self.widths[column], self.cards[key].width)
        at = _MARGIN + TRACK * self.counts.get(-1, 0)
        for number, size in enumerate(self.widths):
            self.left.append(at)
            at += size + self._gutter(number)
        self.right = max(at, _MARGIN)

    def _gutter(self, number: int) -> float:
        """Return the width of the gutter right of a column."""
        lines = TRACK * self.counts.get(number, 0)
        if number + 1 == len(self.grid.columns):
            return _MARGIN + lines
        this, following = self.grid.columns[number], self.grid.columns[number + 1]
        least = 0.0
        if this.sources or (this.days and not following.days):
            least = _BEFORE_TIME
        elif following.first:
            least = width(pause_told(this.days[-1], following.days[0]), LABEL) + 20
        return max(_GUTTER + lines, least)

    def _place_lanes(self) -> None:
        shifts = offsets(self.grid, self.cards)
        at, bands = AXIS, []
        for side in dict.fromkeys(lane.side for lane in self.grid.lanes):
            top, lanes = at, []
            at += 0.0 if side is Side.SUPPORT or self.grid.sources else HEADER
            for number, lane in enumerate(self.grid.lanes):
                if lane.side is side:
                    begins = at
                    self.gap_y.append(at)
                    at += _GAP + TRACK * len(set(self.gap_tracks.get(number, {}).values()))
                    keys = [key for stack in lane.stacks.values() for key in stack]
                    self.y |= {key: at + shifts[key] for key in keys}
                    at += max(shifts[key] + self.cards[key].height for key in keys)
                    lanes.append((begins, at - begins + _GAP / 2))
                    at += _GAP / 2
            at = max(at, self._place_sources() if side is Side.SUPPORT else at) + _BELOW
            bands.append(Band(side, top, at - top, tuple(lanes)))
        if not any(band.side is Side.SUPPORT for band in bands):
            at = max(at, self._place_sources())
        self.bands = tuple(bands)
        self.bottom = at + 8

    def _place_sources(self) -> float:
        """Put each source beside the boxes that have it from it; return where the last one ends."""
        led: defaultdict[str, list[float]] = defaultdict(list)
        for route in self.routes:
            if route.edge.tie is not Tie.PERHAPS and route.edge.target in self.y:
                led[route.edge.source].append(self.y[route.edge.target] + route.end)
        sizes = [self.cards[key].height for key in self.grid.sources]
        wanted = [(sum(led[key]) / len(led[key]) if led[key] else AXIS) - PORT for key in self.grid.sources]
        order = sorted(range(len(wanted)), key=wanted.__getitem__)
        tops = _spread([wanted[one] for one in order], [sizes[one] for one in order], AXIS + _GAP)
        self.y |= {self.grid.sources[one]: top for one, top in zip(order, tops, strict=True)}
        return max(
            (self.y[key] + size for key, size in zip(self.grid.sources, sizes, strict=True)), default=0.0
        )


def _spread(wanted: Sequence[float], sizes: Sequence[float], top: float) -> list[float]:
    """Return places as near to those wanted as can be without overlap, in order, none above ``top``.

    Pool adjacent violators: least squares under an order.
    """
    blocks: list[tuple[float, int, float]] = []  # place of the first, members, height
    for want, size in zip(wanted, sizes, strict=True):
        place, count, height = want, 1, size + _BETWEEN_SOURCES
        while blocks and blocks[-1][0] + blocks[-1][2] > place:
            above, members, tall = blocks.pop()
            place = (above * members + (place - tall) * count) / (members + count)
            count, height = members + count, tall + height
        blocks.append((place, count, height))
    found: list[float] = []
    at, least = 0, top
    for place, count, _ in blocks:
        least = max(least, place)
        for size in sizes[at : at + count]:
            found.append(least)
            least += size + _BETWEEN_SOURCES
        at += count
    return found


def _axis(grid: Grid, space: _Space) -> tuple[tuple[Day, ...], tuple[Pause, ...]]:
    days: list[Day] = []
    pauses: list[Pause] = []
    begun = [number for number, column in enumerate(grid.columns) if column.first and not column.sources]
    for number, following in zip(begun, [*begun[1:], len(grid.columns)], strict=False):
        column = grid.columns[number]
        end = space.left[following - 1] + space.widths[following - 1]
        text = span_told(column.days)
        days.append(Day(space.left[number], end - space.left[number], text, bool(column.days)))
        then = grid.columns[following].days if following < len(grid.columns) else ()
        if then:
            long = column.days[-1].days_to(then[0]) >= _LONG
            room = space.left[following] - end
            pauses.append(Pause(end, room, pause_told(column.days[-1], then[0]), long))
    return tuple(days), tuple(pauses)
