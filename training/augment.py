"""Sets a text's punctuation in another house style, so that the model does not lean on PolNeAR's."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping

from reportedly.model.quotation import Quote, quotation

STYLES = (("“", "”"), ('"', '"'), ("``", "''"), ("«", "»"), ("‘", "’"), ("'", "'"))

_DOUBLE = re.compile(r"[\"“”]")
_LAST_STOP = re.compile(r"\.(?=[\"”'’]?[^\S\n]*(?:\n|$))")  # of a paragraph
_INNER_STOP = re.compile(r"(?<=[a-z]{2})\.(?=\s+[A-Z“\"])")

Moved = Callable[[int], int]


def restyle_quotes(text: str, draw: random.Random) -> tuple[str, Moved]:
    """Return the text with other double marks, and a function that moves its old character offsets."""
    opening, closing = draw.choice(STYLES)
    states = quotation(text)
    marks = {
        found.start(): opening if states[found.start()] == Quote.OPENING else closing
        for found in _DOUBLE.finditer(text)
    }
    return _replaced(text, marks)


def restyle_stops(text: str, draw: random.Random) -> tuple[str, Moved]:
    """Return the text without some paragraphs' last full stops, or with semicolons for some inner ones."""
    pattern, mark = draw.choice([(_LAST_STOP, ""), (_LAST_STOP, ""), (_INNER_STOP, ";")])
    return _replaced(text, {one.start(): mark for one in pattern.finditer(text) if draw.random() < 0.5})


def _replaced(text: str, marks: Mapping[int, str]) -> tuple[str, Moved]:
    """Put marks in the place of single characters, in order; old offsets move along."""
    parts: list[str] = []
    ends: list[int] = []  # where each replaced character ends in the old text ...
    shifts: list[int] = []  # ... and how far what follows has moved by then
    at = shift = 0
    for start, mark in marks.items():
        parts += [text[at:start], mark]
        at = start + 1
        shift += len(mark) - 1
        ends.append(at)
        shifts.append(shift)
    parts.append(text[at:])

    def moved(offset: int) -> int:
        before = bisect_right(ends, offset)
        return offset + (shifts[before - 1] if before else 0)

    return "".join(parts), moved
