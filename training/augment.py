"""Sets a text's quotation marks in another house style, so that the model does not lean on PolNeAR's."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable

from reportedly.model.quotation import Quote, quotation

STYLES = (("“", "”"), ('"', '"'), ("``", "''"), ("«", "»"), ("‘", "’"), ("'", "'"))

_DOUBLE = re.compile(r"[\"“”]")


def restyle_quotes(text: str, draw: random.Random) -> tuple[str, Callable[[int], int]]:
    """Return the text with other double marks, and a function that moves its old character offsets."""
    opening, closing = draw.choice(STYLES)
    states = quotation(text)
    parts: list[str] = []
    ends: list[int] = []  # where each replaced mark ends in the old text ...
    shifts: list[int] = []  # ... and how far what follows has moved by then
    at = shift = 0
    for found in _DOUBLE.finditer(text):
        mark = opening if states[found.start()] == Quote.OPENING else closing
        parts += [text[at : found.start()], mark]
        at = found.end()
        shift += len(mark) - 1
        ends.append(at)
        shifts.append(shift)
    parts.append(text[at:])

    def moved(offset: int) -> int:
        before = bisect_right(ends, offset)
        return offset + (shifts[before - 1] if before else 0)

    return "".join(parts), moved
