"""SVG elements, each value escaped: nothing that a page said becomes markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""

Box = tuple[float, float, float, float]
Point = tuple[float, float]


def safe(text: str) -> Markup:
    """Return ``text`` escaped for XML and HTML."""
    return escape(_UNFIT.sub("\ufffd", text))


def element(name: str, attributes: dict[str, str], *content: Markup) -> Markup:
    """Return an element; its values are escaped, its content is markup already."""
    pairs = (Markup(' {}="{}"').format(key, safe(value)) for key, value in attributes.items())
    given = Markup("").join(pairs)
    if not content:
        return Markup("<{}{}/>").format(name, given)
    return Markup("<{0}{1}>{2}</{0}>").format(name, given, Markup("").join(content))


def path(style: str, line: str) -> Markup:
    """Return a path of a class."""
    return element("path", {"class": style, "d": line})


def rect(style: str, box: Box, radius: float = 0) -> Markup:
    """Return a rectangle: left, top, width, height; its corners rounded."""
    names = ("x", "y", "width", "height")
    sizes = dict(zip(names, map(number, box), strict=True))
    return element("rect", {"class": style, **sizes, **({"rx": number(radius)} if radius else {})})


def text(style: str, words: str, at: Point, anchor: str = "start", right: bool = False) -> Markup:
    """Return a line of words. right: it runs to the left, from ``at`` on."""
    place = {"x": number(at[0]), "y": number(at[1]), "unicode-bidi": "plaintext"}
    turned = {"direction": "rtl"} if right else {}
    placed = {} if anchor == "start" else {"text-anchor": anchor}
    return element("text", {"class": style, **place, **turned, **placed}, safe(words))


def number(value: float) -> str:
    """Return pixels with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def rounded(points: list[Point], radius: float) -> str:
    """Return the path through points with its corners rounded."""
    parts = [f"M{_point(points[0])}"]
    for place in range(1, len(points) - 1):
        before, corner, after = points[place - 1], points[place], points[place + 1]
        room = min(radius, _far(before, corner) / 2, _far(corner, after) / 2)
        parts.append(f"L{_point(_toward(corner, before, room))}")
        parts.append(f"Q{_point(corner)} {_point(_toward(corner, after, room))}")
    parts.append(f"L{_point(points[-1])}")
    return "".join(parts)


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(corner: Point, end: Point, room: float) -> Point:
    share = room / (_far(corner, end) or 1.0)
    return corner[0] + (end[0] - corner[0]) * share, corner[1] + (end[1] - corner[1]) * share


def _point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
