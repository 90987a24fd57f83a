"""Cuts a story's text at every boundary of a mark, so that a rendering can mark nests and overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from reportedly.types import Excerpt, Kind

if TYPE_CHECKING:
    from reportedly.types import Statement


class Role(StrEnum):
    """What a marked span is in its statement."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    AUTHOR = "author"
    SETTLED = "settled"  # the author's words that treat it as settled


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span, story characters [start, end).

    number: the statement's place among the story's attributions, from 1; 0 for the author's own voice.
    """

    start: int
    end: int
    role: Role
    number: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Segment:
    """Story characters [start, end) under the same marks throughout, outermost first.

    opens, closes: the marks that begin at ``start`` and end at ``end``.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def numbered(statements: Sequence[Statement]) -> list[tuple[int, Statement]]:
    """Return the attributions in order of the text, each before those inside it, numbered from 1.

    The author's own voice is left out.
    """
    told = [statement for statement in statements if statement.kind is not Kind.AUTHOR]
    within: defaultdict[str | None, list[Statement]] = defaultdict(list)
    ids = {one.id for one in told}
    for one in sorted(told, key=lambda told: (first_character(told), -_extent(told), told.id), reverse=True):
        within[one.parent if one.parent in ids else None].append(one)
    ordered: list[Statement] = []
    waiting = within[None]
    while waiting:
        ordered.append(waiting.pop())
        waiting += within[ordered[-1].id]
    return list(enumerate(ordered, start=1))


def depths(statements: Sequence[Statement]) -> dict[str, int]:
    """Return how many of the statements stand around each, by id."""
    parents: dict[str | None, str | None] = {one.id: one.parent for one in statements}
    found: dict[str, int] = {}
    for one in statements:
        around = [one.parent]
        while around[-1] in parents:
            around.append(parents[around[-1]])
        found[one.id] = len(around) - 1
    return found


def first_character(statement: Statement) -> int:
    """Return where in the story the statement begins: with its source, its cue or its content."""
    return min(excerpt.start for excerpt in _excerpts(statement))


def marks_of(statements: Sequence[Statement]) -> list[Mark]:
    """Return the marks of all statements, the author's own voice included."""
    marks: list[Mark] = []
    for number, statement in numbered(statements):
        marks += _marks(statement, number)
    for statement in statements:
        if statement.kind is Kind.AUTHOR:
            marks += [Mark(piece.start, piece.end, Role.AUTHOR, 0, statement) for piece in statement.content]
            marks += [
                Mark(span.start, span.end, Role.SETTLED, 0, statement) for span in statement.presupposed
            ]
    return marks


def segments(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Yield story characters [start, end) cut at every boundary of ``marks``; the pieces join up."""
    inside = sorted((m for m in marks if m.start < end and m.end > start), key=_outermost_first)
    cuts = sorted({start, end, *(at for mark in inside for at in (mark.start, mark.end) if start < at < end)})
    waiting = iter(inside)
    upcoming = next(waiting, None)
    over: list[Mark] = []
    for left, right in pairwise(cuts):
        over = [mark for mark in over if mark.end > left]
        while upcoming is not None and upcoming.start <= left:
            over.append(upcoming)
            upcoming = next(waiting, None)
        opens = tuple(mark for mark in over if mark.start == left)
        closes = tuple(mark for mark in reversed(over) if mark.end == right)
        yield Segment(left, right, tuple(over), opens, closes)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of every line of ``text`` that holds more than blanks."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _marks(statement: Statement, number: int) -> Iterator[Mark]:
    for excerpt, role in ((statement.source, Role.SOURCE), (statement.cue, Role.CUE)):
        if excerpt is not None:
            yield Mark(excerpt.start, excerpt.end, role, number, statement)
    for piece in statement.content:
        yield Mark(piece.start, piece.end, Role.CONTENT, number, statement)


def _excerpts(statement: Statement) -> list[Excerpt]:
    return [piece for piece in (statement.source, statement.cue, *statement.content) if piece is not None]


def _extent(statement: Statement) -> int:
    return sum(piece.end - piece.start for piece in statement.content)


def _outermost_first(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, mark.number
