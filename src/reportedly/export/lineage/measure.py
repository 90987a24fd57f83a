"""How wide words will be, without a browser: so that labels are cut to their boxes before they are drawn.

The stylesheet asks for Arial and fonts of its measures first; for other scripts the width is a cautious
guess, and every box clips what it holds besides.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources

import yaml

ELLIPSIS = "…"
_OTHER = 620
"""Of a letter of another alphabet, in thousandths of the font size: Cyrillic in DejaVu Sans, the widest."""
_WIDE = 1000


def width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide ``text`` stands in pixels, at a font size in pixels."""
    return sum(_advance(character, bold) for character in text) * size / 1000


def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``room`` pixels."""
    if width(text, size, bold) <= room:
        return text
    kept = _prefix(text, room - width(ELLIPSIS, size, bold), size, bold)
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, lines: int, size: float) -> tuple[str, ...]:
    """Return ``text`` in at most so many lines of ``room`` pixels, the last one cut where more is left."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines - 1 and width(rest, size) > room:
        kept = _prefix(rest, room, size, False)
        at = rest.rfind(" ", 0, kept + 1)
        cut = at if at > 0 else max(kept, 1)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*found, fitted(rest, room, size)) if rest else tuple(found)


def right_to_left(text: str) -> bool:
    """Say whether the first letter of ``text`` that has a direction runs to the left (UAX 9, P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def _prefix(text: str, room: float, size: float, bold: bool) -> int:
    """Return how many characters from the start stand in ``room``, no letter parted from its marks."""
    taken = 0.0
    for place, character in enumerate(text):
        taken += _advance(character, bold) * size / 1000
        if taken > room:
            return place
    return len(text)


@cache
def _advance(character: str, bold: bool) -> int:
    known = _widths()["bold" if bold else "regular"]
    if character in known:
        return known[character]
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    plain = unicodedata.normalize("NFD", character)[0]
    if plain in known:
        return known[plain]
    wide = unicodedata.east_asian_width(character) in {"W", "F"} or unicodedata.category(character) == "So"
    return _WIDE if wide else _OTHER + 40 * bold


@cache
def _widths() -> dict[str, dict[str, int]]:
    source = resources.files("reportedly.export.lineage").joinpath("widths.yaml")
    table = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {
        weight: {character: size for size, characters in rows.items() for character in characters}
        for weight, rows in table.items()
    }
