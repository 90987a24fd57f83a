"""Which statement stands in whose content."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportedly.types import Attribution, Excerpt, Kind, Statement


def parents(statements: Sequence[Statement], given: Mapping[str, str]) -> dict[str, str]:
    """Return the parent of each statement that has one, by id; never a circle.

    given: the parents that attribution has found, which stand. Any other statement's parent is the smallest
    one in whose content all its words stand. ``statements`` are sorted by where their content begins. Only
    those whose content is still open where a statement's words begin can hold it, which are few even where a
    book has thousands.
    """
    found: dict[str, str] = {}
    for one, outer_id in given.items():
        _adopt(found, one, outer_id)
    ahead, opened = deque(one for one in statements if one.kind is not Kind.AUTHOR), list[Statement]()
    for inner in sorted(statements, key=_first):
        while ahead and ahead[0].content[0].start <= _first(inner):
            opened.append(ahead.popleft())
        opened = [outer for outer in opened if outer.content[-1].end > _first(inner)]
        if inner.id in found:
            continue
        around = [outer for outer in opened if _size(outer) > _size(inner) and _within(inner, outer)]
        for outer in sorted(around, key=_size):
            if _adopt(found, inner.id, outer.id):
                break
    return found


def surest(attributions: Sequence[Attribution], least: float) -> tuple[Attribution, ...]:
    """Return the attributions of at least that confidence; a parent that goes leaves its place to its own."""
    kept: list[Attribution] = []
    places: list[int | None] = []  # where each one went, or where the nearest one around it did
    for one in attributions:
        parent = None if one.parent is None else places[one.parent]
        sure = one.confidence >= least
        places.append(len(kept) if sure else parent)
        kept += [replace(one, parent=parent)] if sure else []
    return tuple(kept)


def ancestors(inner: str, parent_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the statements around one, outermost first."""
    found: list[str] = []
    while (outer := parent_of.get(inner)) is not None:
        found.append(outer)
        inner = outer
    return tuple(reversed(found))


def _adopt(parent_of: dict[str, str], inner: str, outer: str) -> bool:
    """Note a parent unless that closes a circle: two attributions with the same spans are one statement."""
    fits = inner not in (outer, *ancestors(outer, parent_of))
    if fits:
        parent_of[inner] = outer
    return fits


def _pieces(statement: Statement) -> list[Excerpt]:
    return [*statement.content, *(one for one in (statement.source, statement.cue) if one)]


def _first(statement: Statement) -> int:
    return min(piece.start for piece in _pieces(statement))


def _within(inner: Statement, outer: Statement) -> bool:
    return all(
        any(room.start <= piece.start and piece.end <= room.end for room in outer.content)
        for piece in _pieces(inner)
    )


def _size(statement: Statement) -> int:
    return sum(piece.end - piece.start for piece in statement.content)
