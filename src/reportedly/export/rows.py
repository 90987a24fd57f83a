"""A story cut into the rows of the report: a paragraph with its marks, beside it its statements' cards."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.export import telling
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
    opens: classes of the boxes of contents that open before it, outermost first; shuts: how many close after.
    """

    text: str
    css: str = ""
    tag: str = "span"
    anchor: str | None = None
    target: str | None = None
    numbers: str = ""
    title: str = ""
    ends: tuple[tuple[int, str], ...] = ()
    opens: tuple[str, ...] = ()
    shuts: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """The details of one statement.

    parent: number of the one it stands in, None for an outermost one. inner: the cards inside this one.
    chain, about: as `telling` has them; when, said: the days, "" for none; ties: a line each; markers: the
    words that decided how sure; others: how sure the other voices of the chain are.
    """

    number: int
    statement: Statement
    story: Story
    parent: int | None
    inner: Sequence[Card] = ()

    @property
    def chain(self) -> list[str]:
        """The names of the chain, outermost first."""
        return telling.chain(self.statement)

    @property
    def about(self) -> list[str]:
        """What is known of the voice."""
        return telling.about(self.statement)

    @property
    def sure(self) -> tuple[str, str, str] | None:
        """Class, value and word of the voice's commitment, None where it was not measured."""
        value = self.statement.commitment
        return (f"sure-{value.name.lower()}", value.value, telling.COMMITMENTS[value]) if value else None

    @property
    def cue(self) -> str:
        """The words that attribute, as they stand before a colon."""
        return telling.cue(self.statement)

    @property
    def others(self) -> str:
        """How sure the other voices are."""
        return telling.commitments(self.statement)

    @property
    def when(self) -> str:
        """What days the claim is of."""
        return telling.when(self.statement.times, self.story)

    @property
    def said(self) -> str:
        """When it was said."""
        return telling.when(self.statement.said, self.story)

    @property
    def ties(self) -> list[str]:
        """Who does what to whom."""
        return [telling.tied(tie) for tie in self.statement.ties]

    @property
    def markers(self) -> list[str]:
        """The words that decided how sure the voice is."""
        spans = self.statement.stance.markers if self.statement.stance else ()
        return [self.story.text[span.start : span.end] for span in spans]

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
    """One paragraph and the cards of the statements that begin in it. start: its place in the story."""

    tag: str
    css: str
    pieces: Sequence[Piece]
    cards: Sequence[Card]
    start: int = 0


def story_rows(view: StoryView, most: int) -> Iterator[Row]:
    """Yield the rows of the first ``most`` characters of a story."""
    marks = marks_of(view.statements)
    listed = numbered(view.statements)
    numbers = {statement.id: number for number, statement in listed}
    cards = [(first_character(s), Card(n, s, view.story, numbers.get(s.parent or ""))) for n, s in listed]
    anchored: set[str] = set()
    bounds = list(paragraphs(view.story.text[:most]))
    for (start, end), here in zip(bounds, _by_paragraph(bounds, marks), strict=True):
        tag, css = _block(view.story, start, end)
        cut = [
            piece for segment in segments(start, end, here) for piece in _cut(segment, view.story.dateline)
        ]
        pieces = [_piece(view.story, segment, anchored) for segment in cut]
        boxed = list(_boxed(pieces, [[m for m in s.marks if m.role is Role.CONTENT] for s in cut]))
        yield Row(tag, css, boxed, _nested([card for at, card in cards if start <= at < end]), start)


def _nested(cards: Sequence[Card]) -> list[Card]:
    """Put cards into those that they stand in, where that stands beside the same paragraph."""
    known = {card.number for card in cards}
    within: defaultdict[int | None, list[Card]] = defaultdict(list)
    for card in cards:
        within[card.parent if card.parent in known else None].append(card)

    def filled(card: Card) -> Card:
        return replace(card, inner=[filled(inner) for inner in within[card.number]])

    return [filled(card) for card in within[None]]


def _boxed(pieces: Sequence[Piece], contents: Sequence[Sequence[Mark]]) -> Iterator[Piece]:
    """Say of each piece which boxes open before it and close after it: a box a content, one in another.

    contents: the marks of contents over each piece, outermost first. Boxes that cross are closed and opened
    again, so that they always nest.
    """
    open_marks: Sequence[Mark] = ()
    for at, (piece, marks) in enumerate(zip(pieces, contents, strict=True)):
        upcoming = contents[at + 1] if at + 1 < len(contents) else ()
        kept, stays = _shared(open_marks, marks), _shared(marks, upcoming)
        opens = tuple(_box(mark, depth) for depth, mark in enumerate(marks, start=1) if depth > kept)
        shuts = len(marks) - stays
        yield replace(piece, opens=opens, shuts=shuts) if opens or shuts else piece
        open_marks = marks[:stays]


def _shared(some: Sequence[Mark], others: Sequence[Mark]) -> int:
    """Return how many marks the two begin with in common."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))


def _box(mark: Mark, depth: int) -> str:
    return f"box d{min(depth, 4)}{' low' if mark.statement.confidence < 0.5 else ''}"


def _by_paragraph(bounds: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> list[list[Mark]]:
    """Return the marks over each paragraph, in their order."""
    found: list[list[Mark]] = [[] for _ in bounds]
    ends = [end for _, end in bounds]
    for mark in marks:
        at = bisect_right(ends, mark.start)
        while at < len(bounds) and bounds[at][0] < mark.end:
            found[at].append(mark)
            at += 1
    return found


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
    told = [mark for mark in segment.marks if mark.number]
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
    return f"t-{mark.statement.id}" if mark.number else mark.statement.id


def _title(mark: Mark) -> str:
    statement = mark.statement
    sure = telling.sure(statement.commitment)
    if not mark.number:
        settled = "treated as settled" if mark.role is Role.SETTLED else ""
        facts = ["in the story's own voice", settled, sure]
    else:
        facts = [str(mark.number), telling.ARROW.join(telling.chain(statement)), sure, str(statement.kind)]
    return clip(" · ".join([*filter(None, facts), f"confidence {statement.confidence:.2f}"]), 300)
