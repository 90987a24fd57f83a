"""The picture as SVG: no script, no style attribute; classes that a stylesheet colours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from reportedly.export.lineage import wording
from reportedly.export.lineage.cards import Card, Row
from reportedly.export.lineage.claim import Side
from reportedly.export.lineage.graph import Shape, Tie
from reportedly.export.lineage.layout import AXIS, Day, Pause, Picture, Placed, Way
from reportedly.export.lineage.measure import fitted, right_to_left
from reportedly.export.lineage.shapes import element, number, path, rect, rounded, safe, text

Href = Callable[[str], str | None]

FITTING = 1360.0
"""Widest picture that is shown smaller where a page has less room; a wider one scrolls."""
_ROUND = 9.0
_IGNORED = re.compile("[\x00-\x20]")
"""What browsers leave out of an address."""
_SCHEME = re.compile(r"([^/?#:]*):")


def address(href: Href, statement: str) -> str | None:
    """Return the address that opens a statement, None where there is none or it would run something."""
    found = href(statement)
    scheme = _SCHEME.match(_IGNORED.sub("", found)) if found else None
    return found if scheme is None or scheme[1].lower() in {"http", "https"} else None


def entry(prefix: str, key: str) -> str:
    """Return the id of a node's entry in the list below its picture."""
    return f"{prefix}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def svg(picture: Picture, prefix: str, label: str, href: Href) -> Markup:
    """Draw a picture. prefix: unlike that of any other picture on the page. label: its accessible name."""
    wide, tall = number(picture.width), number(picture.height)
    given = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "lt lt-fit" if picture.width <= FITTING else "lt",
        "viewBox": f"0 0 {wide} {tall}",
        "width": wide,
        "height": tall,
        "role": "group",
        "aria-labelledby": f"{prefix}-t",
    }
    title = element("title", {"id": f"{prefix}-t"}, safe(label))
    drawn = (*_bands(picture), *_axis(picture), *_ways(picture.ways))
    boxes = (_box(box, prefix, href) for box in picture.boxes)
    return element("svg", given, title, element("g", {"aria-hidden": "true"}, *drawn), *boxes)


def _bands(picture: Picture) -> Iterator[Markup]:
    for band in picture.bands:
        yield rect(f"lt-band lt-{band.side}", (0, band.y, picture.width, band.height))
        for place, (top, height) in enumerate(band.lanes):
            if place % 2 == 0 and band.side is not Side.AGAINST:
                yield rect("lt-lane", (picture.time - 12, top, picture.width - picture.time + 12, height))
        heading, explained = wording.BANDS[band.side]
        if heading:
            yield text("lt-band", heading, (12, band.y + 22))
            yield text("lt-note", explained, (12, band.y + 37))


def _axis(picture: Picture) -> Iterator[Markup]:
    for day in picture.days:
        yield from _day(day, picture.height)
    for pause in picture.pauses:
        yield from _pause(pause)


def _day(day: Day, height: float) -> Iterator[Markup]:
    yield rect("lt-day" if day.known else "lt-day lt-undated", (day.x, AXIS - 9, day.width, 4))
    yield path("lt-since", f"M{number(day.x)} {number(AXIS)}V{number(height - 8)}")
    yield text("lt-date", fitted(day.text, day.width, 12.5, bold=True), (day.x, AXIS - 17))


def _pause(pause: Pause) -> Iterator[Markup]:
    middle, end = pause.x + pause.width / 2, pause.x + pause.width
    yield path("lt-pause", f"M{number(pause.x)} {number(AXIS - 7)}H{number(end)}")
    if pause.broken:
        strokes = (f"M{number(middle + shift)} {number(AXIS - 2)}l4 -10" for shift in (-5, 1))
        yield rect("lt-break", (middle - 3, AXIS - 10, 6, 6))
        yield path("lt-pause lt-whole", "".join(strokes))
    if pause.text:
        yield text("lt-gap", pause.text, (middle, AXIS - 17), anchor="middle")


def _ways(ways: Iterable[Way]) -> Iterator[Markup]:
    """Yield the lines on bands of paper that part each box's from those that they cross; circles last."""
    sources: dict[tuple[bool, str], list[Way]] = {}
    for way in sorted(ways, key=lambda way: (way.edge.loop, way.edge.certain, way.edge.credited)):
        sources.setdefault((way.edge.loop, way.edge.source), []).append(way)
    for found in sources.values():
        yield from (path("lt-halo", _line(way)) for way in found)
        for way in found:
            style = _style(way)
            yield path(f"lt-way {style}", _line(way))
            head = _head(way)
            if head:
                yield path(f"lt-head {style}", head)


def _style(way: Way) -> str:
    edge = way.edge
    silent = edge.tie is Tie.RESTS and not edge.credited
    found = {"lt-may": not edge.certain, "lt-silent": silent, "lt-loop": edge.loop}
    return " ".join([f"lt-{edge.tie}", *(style for style, holds in found.items() if holds)])


def _line(way: Way) -> str:
    """Return the path of a line; it ends where its head begins."""
    points = [point for place, point in enumerate(way.points) if place == 0 or point != way.points[place - 1]]
    if way.edge.tie in {Tie.RESTS, Tie.CHANGES}:
        x, y = points[-1]
        points[-1] = (x - 7 * way.enters, y)
    return rounded(points, _ROUND)


def _head(way: Way) -> str:
    x, y = way.points[-1]
    if way.edge.tie is Tie.ANSWERS:
        return f"M{number(x - 5 * way.enters)} {number(y - 6)}v12"
    if way.edge.tie is Tie.PERHAPS:
        return ""
    return f"M{number(x - 1)} {number(y)}l{number(-8 * way.enters)} -4.5v9Z"


def _box(box: Placed, prefix: str, href: Href) -> Markup:
    card, node = box.card, box.card.node
    place = {"x": box.x, "y": box.y, "width": card.width, "height": card.height}
    given = {
        "class": f"lt-box lt-{node.shape} lt-{node.side}" + " lt-root" * node.root,
        **{name: number(value) for name, value in place.items()},
        "role": "img",
        "aria-label": card.title,
    }
    title = element("title", {}, safe(card.title))
    held = element(
        "svg", given, title, *_outline(card), *(_row(card, row) for row in card.rows), *_disc(card)
    )
    where = address(href, node.first.id) if node.shape is Shape.SAYING else None
    if node.shape is Shape.FOLD:
        where = f"#{entry(prefix, node.key)}"
    return element("a", {"class": "lt-open", "href": where}, held) if where else held


def _outline(card: Card) -> Iterator[Markup]:
    node, wide, tall = card.node, card.width, card.height
    if node.shape is Shape.FOLD:
        yield from (rect("lt-edge", (8 - at, at, wide - 8, tall - 8), 4) for at in (1, 4, 7))
    elif node.shape is not Shape.SAYING:
        yield rect("lt-edge", (1, 1, wide - 2, tall - 2), 16)
    elif node.side is Side.AGAINST:
        yield path("lt-edge", f"M9 1H{number(wide - 9)}l8 8V{number(tall - 9)}l-8 8H9l-8 -8V9Z")
        yield path("lt-bar", f"M5.5 11V{number(tall - 11)}")
    else:
        yield rect("lt-edge", (1, 1, wide - 2, tall - 2), 14 if node.side is Side.HEDGED else 3)


def _row(card: Card, row: Row) -> Markup:
    right = right_to_left(row.text)
    taken = 12 + (_disc_width(card) + 4) * (bool(card.disc) and row is card.rows[0])
    left = 13 if card.node.side is Side.AGAINST else 9
    return text(
        f"lt-{row.style}", row.text, (card.width - taken if right else left, row.baseline), right=right
    )


def _disc(card: Card) -> Iterator[Markup]:
    """Yield the numbers of the origins: full where one begins, hollow where it is carried on."""
    if card.disc:
        size = _disc_width(card)
        shift = 6 * (card.node.shape is Shape.FOLD)
        left = card.width - size - 7 - shift
        yield rect("lt-disc", (left, 6 + shift, size, 16), 8)
        yield text("lt-number", card.disc, (left + size / 2, 17.8 + shift), anchor="middle")


def _disc_width(card: Card) -> float:
    return 16 + 6.5 * (len(card.disc) - 1)
