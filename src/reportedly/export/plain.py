"""Words of strangers, made safe to print: to a terminal, to a spreadsheet.

A page may hold escape sequences that recolour, retitle or rewrite a terminal, direction marks that make text
read in another order than it stands, and cells that a spreadsheet would run. None may act; all stay visible.
"""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = re.compile(r"[ \t]*[\n\r\u0085\u2028\u2029]\s*")

DIRECTION_MARKS = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
"""Characters that reorder what follows them (Unicode UAX 9), with the names they go by."""

_DIRECTION = re.compile("[" + "".join(DIRECTION_MARKS) + "]")
_UNSEEN = re.compile(f"{_CONTROLS.pattern}|{_DIRECTION.pattern}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Return ``text``, as long as before, with every character that could act on a terminal as U+FFFD."""
    return _DIRECTION.sub("\ufffd", _CONTROLS.sub("\ufffd", text))


def one_line(text: str) -> str:
    """Return ``text`` printable and on one line."""
    return printable(_BREAKS.sub(" ", text)).strip()


def bare(text: str) -> str:
    """Return ``text`` without the characters that act and are not seen: for a field that one writes in."""
    return _UNSEEN.sub("", text)


def clip(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` characters, its end marked with an ellipsis where it was cut."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"


def cell(value: object) -> str:
    """Return a CSV cell that no spreadsheet runs: one that begins with = + - @ gets a leading apostrophe.

    Source: OWASP, "CSV Injection". Numbers are left as they are.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return "'" + value if value.startswith(_FORMULA) else value
