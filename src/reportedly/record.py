"""Parts to a record: statements with the exact words behind them, every offset checked.

The checks raise `ValueError`: a span that does not hold is broken code, not bad input.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportedly.types import (
    Assertion,
    Attribution,
    Excerpt,
    Kind,
    OffsetMap,
    Page,
    Record,
    Reject,
    Span,
    Statement,
    Story,
    content_id,
    replay,
)

LONGEST_HULL = 200
"""Longest stretch, in characters, that several pieces of one source or cue are shown as."""


@dataclass(frozen=True, slots=True)
class StoryParts:
    """One story and what was found in it. pipeline: whether there was one for its language."""

    story: Story
    attributions: tuple[Attribution, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    pipeline: bool = True


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """One story with its statements, checked."""

    story: Story
    statements: tuple[Statement, ...]
    pipeline: bool = True


def build_story(page: Page, parts: StoryParts) -> StoryRecord:
    """Make the statements of one story, sorted by place, ids being hashes of what they name.

    Raises:
        ValueError: an offset or an edit does not hold; the message says which.
    """
    story = parts.story
    _check_story(page, story)
    quote = _Quoter(page, story)
    found = [_attributed(quote, one) for one in parts.attributions]
    found += [_asserted(quote, one) for one in parts.assertions]
    unique = {one.id: one for one in found}
    ordered = sorted(unique.values(), key=_place)
    return StoryRecord(story, tuple(_with_parents(ordered)), parts.pipeline)


def build_record(page: Page, stories: Sequence[StoryRecord], rejects: Iterable[Reject] = ()) -> Record:
    """Put the stories of one page together.

    Raises:
        ValueError: two stories of the page have one id.
    """
    if len({one.story.id for one in stories}) < len(stories):
        raise ValueError(f"two stories of page {page.id} have one id")
    return Record(
        page=page,
        stories=tuple(one.story for one in stories),
        statements=tuple(statement for one in stories for statement in one.statements),
        rejects=tuple(rejects),
        no_pipeline=tuple(one.story.id for one in stories if not one.pipeline),
    )


class _Quoter:
    """Takes words out of a story, with their place in story and page."""

    def __init__(self, page: Page, story: Story) -> None:
        self.story = story
        self._places = OffsetMap(story)
        self._page_length = len(page.text)

    def excerpt(self, span: Span) -> Excerpt:
        """Return the words of a span."""
        if not 0 <= span.start < span.end <= len(self.story.text):
            raise ValueError(
                f"{span} lies outside story {self.story.id} of {len(self.story.text)} characters"
            )
        page_start, page_end = self._places.page_span(span.start, span.end)
        if not 0 <= page_start <= page_end <= self._page_length:
            raise ValueError(f"{span} of story {self.story.id} falls off its page: {page_start}, {page_end}")
        words = self.story.text[span.start : span.end]
        return Excerpt(words, span.start, span.end, page_start, page_end)

    def one(self, pieces: Sequence[Span], others: Sequence[Span]) -> Excerpt | None:
        """Return one excerpt for a role of several pieces: their hull if it is fair, else the longest.

        The hull is not fair where it crosses another role's words or a line break, or is longer than
        `LONGEST_HULL` characters.
        """
        if not pieces:
            return None
        hull = Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
        crossed = any(other.start < hull.end and hull.start < other.end for other in others)
        broken = "\n" in self.story.text[hull.start : hull.end]
        if len(pieces) == 1 or not (crossed or broken or hull.end - hull.start >= LONGEST_HULL):
            return self.excerpt(hull)
        return self.excerpt(max(pieces, key=lambda piece: (piece.end - piece.start, -piece.start)))


def _attributed(quote: _Quoter, found: Attribution) -> Statement:
    if not found.content:
        raise ValueError(f"an attribution of story {quote.story.id} has no content")
    source = quote.one(found.source, (*found.cue, *found.content))
    cue = quote.one(found.cue, (*found.source, *found.content))
    content = tuple(quote.excerpt(span) for span in sorted(found.content, key=lambda span: span.start))
    outlet = quote.story.metadata.outlet
    return _statement(
        quote.story,
        Statement(
            id="",
            page_id=quote.story.page_id,
            story_id=quote.story.id,
            kind=found.kind,
            source=source,
            cue=cue,
            content=content,
            chain=(outlet, source.text) if source else (outlet,),
            confidence=found.confidence,
        ),
    )


def _asserted(quote: _Quoter, found: Assertion) -> Statement:
    return _statement(
        quote.story,
        Statement(
            id="",
            page_id=quote.story.page_id,
            story_id=quote.story.id,
            kind=Kind.AUTHOR,
            source=None,
            cue=None,
            content=(quote.excerpt(found.span),),
            chain=(quote.story.metadata.outlet,),
            confidence=found.confidence,
        ),
    )


def _statement(story: Story, draft: Statement) -> Statement:
    """Give a statement the id that says what it is: page, story, kind, and spans by role."""
    if not 0 <= draft.confidence <= 1:
        raise ValueError(
            f"confidence {draft.confidence} of a statement of story {story.id} is no probability"
        )
    spans = [_spans(draft.source), _spans(draft.cue), _spans(*draft.content)]
    return replace(draft, id=content_id(story.page_id, str(story.index), draft.kind, *spans))


def _spans(*excerpts: Excerpt | None) -> str:
    return ",".join(f"{one.start}-{one.end}" for one in excerpts if one)


def _place(statement: Statement) -> tuple[int, int, str]:
    """Outer statements before those that stand within them."""
    return statement.content[0].start, -statement.content[-1].end, statement.id


def _with_parents(statements: Sequence[Statement]) -> Iterable[Statement]:
    """Set each statement's parent: the smallest one in whose content all its words stand.

    ``statements`` are sorted by where their content begins. Only those whose content is still open where a
    statement's words begin can hold it, which are few even where a book has thousands.
    """
    parents: dict[str, str] = {}
    ahead, opened = deque(one for one in statements if one.kind is not Kind.AUTHOR), list[Statement]()
    for inner in sorted(statements, key=_first):
        while ahead and ahead[0].content[0].start <= _first(inner):
            opened.append(ahead.popleft())
        opened = [outer for outer in opened if outer.content[-1].end > _first(inner)]
        around = [outer for outer in opened if _size(outer) > _size(inner) and _within(inner, outer)]
        if around:
            parents[inner.id] = min(around, key=_size).id
    return (replace(one, parent=parents.get(one.id)) for one in statements)


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


def _check_story(page: Page, story: Story) -> None:
    if story.page_id != page.id:
        raise ValueError(f"story {story.id} says that it stands on page {story.page_id}, not {page.id}")
    if not 0 <= story.page_start <= story.page_end <= len(page.text):
        raise ValueError(f"story {story.id} lies outside its page")
    if replay(page.text, story) != story.text:
        raise ValueError(f"the edits of story {story.id} do not give its text")
    marked = [*story.headings, *story.captions, *([story.dateline] if story.dateline else [])]
    if not all(0 <= span.start < span.end <= len(story.text) for span in marked):
        raise ValueError(f"a marked span lies outside story {story.id}")
    for block in story.set_aside:
        if not 0 <= block.page_start <= block.page_end <= len(page.text):
            raise ValueError(f"a block set aside of story {story.id} lies outside its page")
