"""Where quotation marks open and close: a scan from left to right that starts afresh at each paragraph.

The encoder reads the states as a feature of its pieces; the decoder tells direct from indirect by them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


class Quote(IntEnum):
    """Where a character stands in quotation."""

    NONE = 0
    OUTSIDE = 1
    INSIDE = 2
    OPENING = 3
    CLOSING = 4
    UNCLOSED = 5  # inside a quotation that its paragraph never closes


BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What ends a paragraph."""
_MARK = re.compile(r"``|''|[\"“”„‟«»‘’'＂]")
_OPENING = frozenset({"``", "“", "„", "‟", "«"})
_CLOSING = frozenset({"''", "”", "»"})
_STRAIGHT = frozenset({'"', "＂"})
_SINGLE = frozenset({"‘", "’", "'"})
_QUOTED = np.isin(np.arange(len(Quote)), (Quote.INSIDE, Quote.OPENING, Quote.CLOSING))
_SINGLE_REACH = 40  # marks looked through for the closing single mark: bounds the scan of hostile text


def in_quotation(states: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return whether each state is that of a quotation that is closed or of one of its marks."""
    found: NDArray[np.bool_] = _QUOTED[states]
    return found


@lru_cache(maxsize=2)
def quotation(text: str) -> NDArray[np.uint8]:
    """Return the `Quote` state of every character of ``text``, linear in its length; not to be written to.

    Several stages ask for that of the same story: the last two answers are kept.
    """
    states = np.full(len(text), Quote.OUTSIDE, dtype=np.uint8)
    at = 0
    for line in BREAK.split(text):
        marks = [(found.start() + at, found.group()) for found in _MARK.finditer(line)]
        if marks:
            _scan(text, marks, at + len(line), states)
        at += len(line) + 1
    states.setflags(write=False)
    return states


def _scan(text: str, marks: list[tuple[int, str]], end: int, states: NDArray[np.uint8]) -> None:
    """Mark the quotations of one paragraph, which ends at character ``end``, in ``states``."""
    opened: int | None = None  # the character after the opening mark
    single = False  # it is a single mark that is open
    for number, (at, mark) in enumerate(marks):
        is_single = mark in _SINGLE
        if is_single:
            role = _single_role(text, marks, number, opened is None, single)
        else:
            role = _double_role(text, at, mark, opened is not None)
        if role is None:
            continue
        if opened is not None:
            states[opened:at] = Quote.INSIDE if role is Quote.CLOSING else Quote.UNCLOSED
        after = at + len(mark)
        states[at:after] = role
        opened, single = (after, is_single) if role is Quote.OPENING else (None, False)
    if opened is not None:
        states[opened:end] = Quote.UNCLOSED


def _double_role(text: str, at: int, mark: str, is_open: bool) -> Quote:
    """A curly mark tells itself; a straight one opens and closes by turns, unless its place says otherwise.

    So a stray mark (6'2", a quotation whose other end was cut off) does not turn the rest inside out.
    """
    if mark not in _STRAIGHT:
        return Quote.OPENING if mark in _OPENING else Quote.CLOSING
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    leans_left = bool(before) and not before.isspace() and (not after or not after.isalnum())
    leans_right = (not before or before.isspace()) and bool(after) and not after.isspace()
    if is_open:
        return Quote.OPENING if leans_right and after.isalnum() else Quote.CLOSING
    return Quote.CLOSING if leans_left and (before.isalnum() or before in ".,!?…") else Quote.OPENING


def _single_role(
    text: str, marks: list[tuple[int, str]], number: int, closed: bool, single: bool
) -> Quote | None:
    """Return what a single mark does, None for an apostrophe or a quotation inside a quotation."""
    at, _ = marks[number]
    if closed:
        return Quote.OPENING if _opens_single(text, at) and _has_closing(text, marks, number) else None
    return Quote.CLOSING if single and _closes_single(text, at) else None


def _opens_single(text: str, at: int) -> bool:
    """A single mark can open: not after a letter or digit, right before a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] != "’" and not before.isalnum() and not after.isspace() and after != ""


def _closes_single(text: str, at: int) -> bool:
    """A single mark can close: after a word or its full stop, not before a letter or digit."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] != "‘" and not before.isspace() and not after.isalnum()


def _has_closing(text: str, marks: list[tuple[int, str]], number: int) -> bool:
    near = marks[number + 1 : number + 1 + _SINGLE_REACH]
    return any(mark in _SINGLE and _closes_single(text, at) for at, mark in near)
