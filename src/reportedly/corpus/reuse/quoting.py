"""Where quotation marks enclose words, paragraph by paragraph, whatever the language's habit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.types.text import Span

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_MARK = re.compile(r"``|''|[\"“”„‟«»‘’‚'‹›＂「」『』]")
_CLOSERS = {
    "“": "”\"''", "„": "“”\"", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』",
    "``": "''\"", '"': "\"”''", "＂": "＂", "‘": "’", "‚": "‘’", "'": "'’", "”": "”", "''": "''",
}  # fmt: skip
_SINGLE = frozenset("‘’‚'")
_STRAIGHT = frozenset(('"', "＂", "'", "''", "”"))  # may open and close alike
_POSTED = re.compile(r"[—–-]{1,2}\s*[^\n\r()]{1,60}\(@\w{1,30}\)(?:\s*\w+\.? \d{1,2}, \d{4})?")
_LONGEST_POST = 2000
_BLOCK = re.compile(r"\s*>")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str


def quotations(text: str) -> tuple[Span, ...]:
    """Return the outermost quotations of a text, without their marks, in order.

    Nothing is carried over a paragraph's end. An opening mark without its closing one quotes the rest of its
    paragraph if it stands at the head of it (so speech over several paragraphs is printed), and nothing
    otherwise.
    """
    return tuple(span for found in _PARAGRAPH.finditer(text) for span in _quoted(text, *found.span()))


def posts(text: str) -> tuple[Span, ...]:
    """Return the embedded posts of a text, which are somebody's words in no marks: a signature with a handle,
    and the words before it in its paragraph, or the paragraph before if it stands alone.
    """
    return tuple(_post(text, *signed.span()) for signed in _POSTED.finditer(text))


def _post(text: str, start: int, end: int) -> Span:
    first = _line_start(text, start)
    if not text[first:start].strip():
        first = _line_start(text, len(text[:first].rstrip()))
    return Span(first, end)


def _line_start(text: str, end: int) -> int:
    return max(text.rfind(mark, max(0, end - _LONGEST_POST), end) for mark in "\n\r\u2028\u2029") + 1


def _quoted(text: str, start: int, end: int) -> Iterator[Span]:
    if block := _BLOCK.match(text, start, end):
        yield Span(block.end(), end)
        return
    marks = [_Mark(*found.span(), found.group()) for found in _MARK.finditer(text, start, end)]
    at = 0
    while at < len(marks):
        closing = _closing(text, marks, at) if _opens(text, marks[at]) else None
        if closing is not None:
            yield Span(marks[at].end, marks[closing].start)
            at = closing
        elif _heads(text, start, marks[at]):
            yield Span(marks[at].end, end)
            return
        at += 1


def _opens(text: str, mark: _Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if not after or after.isspace() or mark.sign not in _CLOSERS:
        return mark.sign == "«" and bool(after)  # French habit: a blank inside the marks
    if mark.sign in _SINGLE or mark.sign in _STRAIGHT:
        return not before or not (before.isalnum() or before in _closed_by(mark.sign))
    return True


def _closed_by(sign: str) -> str:
    return ".,!?" if sign in _STRAIGHT else ""


def _closing(text: str, marks: list[_Mark], opened: int) -> int | None:
    """Return the place of the mark that closes an opened one; others in between are nested in it."""
    inner: list[str] = [marks[opened].sign]
    for place in range(opened + 1, len(marks)):
        mark = marks[place]
        if _closes(text, mark, inner[-1]):
            inner.pop()
            if not inner:
                return place
        elif _closes(text, mark, inner[0]) and not _opens(text, mark):
            return place  # what was opened within was never closed
        elif mark.sign not in _STRAIGHT and mark.sign not in _SINGLE and _opens(text, mark):
            inner.append(mark.sign)
    return None


def _closes(text: str, mark: _Mark, sign: str) -> bool:
    if mark.sign not in _CLOSERS[sign] or (mark.sign == "'" and sign in ("“", '"', "``", "„")):
        return False
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.sign in _SINGLE:
        return not before.isspace() and not after.isalnum()
    if mark.sign in _STRAIGHT:
        return not (before.isspace() and after.isalnum())
    return True


def _heads(text: str, start: int, mark: _Mark) -> bool:
    return mark.sign not in _SINGLE and not text[start : mark.start].strip()
