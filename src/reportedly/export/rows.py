"""A story cut into the rows of the report: a paragraph with its marks, beside it its statements' cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.export.marks import (
    Mark,
    Role,
    Segment,
    first_character,
    marks_of,
    numbered,
    paragraphs,
    segments,
)
from reportedly.export.plain import clip

if TYPE_CHECKING:
    from reportedly.export.views import StoryView
    from reportedly.types import Excerpt, Span, Statement, Story


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of running text under the same marks.

    css: its classes, "" for unmarked text. anchor: id of this place. target: id of the card it leads to.
    numbers: the statements it belongs to, outermost first. ends: (number, id) of statements that end here.
    """

    text: str
    css: str = ""
    tag: str = "span"
    anchor: str | None = None
    target: str | None = None
    numbers: str = ""
    title: str = ""
    ends: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """The details of one statement. parent: number of the one it stands in, None for an outermost one."""

    number: int
    statement: Statement
    parent: int | None

    @property
    def excerpts(self) -> Iterator[tuple[str, Excerpt]]:
        """The roles that have words, with those words."""
        statement = self.statement
        for role, excerpt in (("source", statement.source), ("cue", statement.cue)):
            if excerpt is not None:
                yield role, excerpt
        yield from (("content", piece) for piece in statement.content)


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph and the cards of the statements that begin in it."""

    tag: str
    css: str
    pieces: Sequence[Piece]
    cards: Sequence[Card]


def story_rows(view: StoryView, most: int) -> Iterator[Row]:
    """Yield the rows of the first ``most`` characters of a story."""
    marks = marks_of(view.statements)
    listed = numbered(view.statements)
    numbers = {statement.id: number for number, statement in listed}
    cards = [(first_character(s), Card(n, s, numbers.get(s.parent or ""))) for n, s in listed]
    anchored: set[str] = set()
    for start, end in paragraphs(view.story.text[:most]):
        tag, css = _block(view.story, start, end)
        cut = [
            piece
            for segment in _segments((start, end), marks)
            for piece in _cut(segment, view.story.dateline)
        ]
        pieces = [_piece(view.story, segment, anchored) for segment in cut]
        yield Row(tag, css, pieces, [card for at, card in cards if start <= at < end])


def _segments(bounds: tuple[int, int], marks: Sequence[Mark]) -> Iterator[Segment]:
    here = [mark for mark in marks if mark.start < bounds[1] and mark.end > bounds[0]]
    return segments(*bounds, here)


def _cut(segment: Segment, dateline: Span | None) -> Iterator[Segment]:
    """Cut an unmarked segment where the dateline ends."""
    if dateline is None or segment.marks or not segment.start < dateline.end < segment.end:
        yield segment
        return
    yield replace(segment, end=dateline.end)
    yield replace(segment, start=dateline.end)


def _block(story: Story, start: int, end: int) -> tuple[str, str]:
    if _covered(story.headings, start, end):
        return "h4", ""
    return "p", "caption" if _covered(story.captions, start, end) else ""


def _covered(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start < end and span.end > start for span in spans)


def _piece(story: Story, segment: Segment, anchored: set[str]) -> Piece:
    text = story.text[segment.start : segment.end]
    if not segment.marks:
        dateline = story.dateline is not None and _covered((story.dateline,), segment.start, segment.end)
        return Piece(text, css="dateline" if dateline else "")
    told = [mark for mark in segment.marks if mark.role is not Role.AUTHOR]
    mark = (told or segment.marks)[-1]
    return Piece(
        text=text,
        css=_css(told or segment.marks),
        tag="a" if told else "span",
        anchor=_anchor(mark, anchored),
        target=mark.statement.id if told else None,
        numbers=" ".join(dict.fromkeys(str(one.number) for one in told)),
        title=_title(mark),
        ends=tuple((one.number, one.statement.id) for one in segment.closes if one.role is Role.CONTENT),
    )


def _css(marks: Sequence[Mark]) -> str:
    contents = sum(mark.role is Role.CONTENT for mark in marks)
    roles = dict.fromkeys(str(mark.role) for mark in marks)
    return " ".join([*roles, *(["d2"] if contents > 1 else [])])


def _anchor(mark: Mark, anchored: set[str]) -> str | None:
    """Return the id of the place where a statement is first marked; one of the author's own has no card."""
    if mark.statement.id in anchored:
        return None
    anchored.add(mark.statement.id)
    return mark.statement.id if mark.role is Role.AUTHOR else f"t-{mark.statement.id}"


def _title(mark: Mark) -> str:
    statement = mark.statement
    if mark.role is Role.AUTHOR:
        return f"in the story's own voice, sure {statement.confidence:.2f}"
    source = statement.source.text if statement.source else "source not named"
    cue = statement.cue.text if statement.cue else "no cue"
    return clip(f"{mark.number} · {statement.kind} · {source} · {cue} · sure {statement.confidence:.2f}", 300)
