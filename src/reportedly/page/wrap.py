"""Hard-wrapped text: lines that a mail program or a PDF broke in mid-sentence are one paragraph again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reportedly.page.draft import Line
from reportedly.types import Edit

# A wrapped paragraph's lines are of about one width. Captures of web pages have whole paragraphs as lines:
# longer.
NARROW, WIDE, WIDEST_PDF = 40, 100, 140
_ENDS = re.compile(r"[.!?:;…»”\"'’)\]؟。]\s*$")
_LISTED = re.compile(r"\s*(?:[-*•–—>]|\d{1,3}[.)])\s")


def unwrap(lines: Sequence[Line], text: str, *, pdf: bool = False) -> list[Line]:
    """Join the lines of hard-wrapped paragraphs; each newline between them becomes a blank by a recorded
    edit.
    """
    widest = WIDEST_PDF if pdf else WIDE
    if sum(len(line.text) for line in lines if len(line.text) > widest) * 2 > sum(
        len(line.text) for line in lines
    ):
        return list(lines)
    joined: list[Line] = []
    for block in _blocks(lines):
        width = _width(block, widest)
        if width:
            joined += [_join(part, text, pdf) for part in _paragraphs(block, text, width)]
        else:
            joined += block
    return joined


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and line.gap:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _width(block: Sequence[Line], widest: int) -> int:
    """Return the width at which a block was wrapped, 0 if it was not."""
    lengths = [len(line.text) for line in block]
    if len(block) < 2 or max(lengths) > widest or max(lengths) < NARROW + 10:
        return 0
    inner = block[:-1]
    open_ends = [line for line in inner if len(line.text) >= NARROW and not _ENDS.search(line.text)]
    goes_on = [here for here, after in pairwise(block) if _goes_on(here, after)]
    wrapped = len(open_ends) * 2 >= len(inner) and len(goes_on) * 3 >= len(inner)
    return max(lengths) if wrapped else 0


def _goes_on(here: Line, after: Line) -> bool:
    """Whether a line breaks off in mid-sentence: the next begins in lower case, or the script has no case."""
    first = after.text[0]
    return (
        not _ENDS.search(here.text)
        and len(here.text) >= NARROW
        and not (first.isupper() and len(here.text) < 50)
    )


def _paragraphs(block: Sequence[Line], text: str, width: int) -> Iterator[list[Line]]:
    part: list[Line] = []
    for line in block:
        if part and _begins(part[-1], line, text, width):
            yield part
            part = []
        part.append(line)
    yield part


def _begins(before: Line, line: Line, text: str, width: int) -> bool:
    """Whether ``line`` begins a paragraph: a short line that ends a sentence before it, an indent, a list
    sign.
    """
    short = len(before.text) < width * 0.7
    indent = line.start - text.rfind("\n", 0, line.start) - 1
    indent_before = before.start - text.rfind("\n", 0, before.start) - 1
    return (
        (short and bool(_ENDS.search(before.text)))
        or indent > indent_before + 1
        or bool(_LISTED.match(line.text))
    )


def _join(part: Sequence[Line], text: str, pdf: bool) -> Line:
    first = part[0]
    if len(part) == 1:
        return first
    edits = tuple(_seam(here, after, pdf) for here, after in pairwise(part))
    return replace(first, end=part[-1].end, text=text[first.start : part[-1].end], edits=first.edits + edits)


def _seam(here: Line, after: Line, pdf: bool) -> Edit:
    """Replace a line break by a blank; in a PDF a hyphen that splits a word goes with it."""
    if pdf and re.search(r"[^\W\d_]{2}[-\u00ad]$", here.text) and after.text[0].islower():
        return Edit(here.end - 1, after.start, "", "unwrap")
    return Edit(here.end, after.start, " ", "unwrap")
