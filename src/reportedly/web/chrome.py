"""A page as it was read, cut into what became a story and what did not, so that nothing is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.types import Story

NO_STORY = "no part of a story"


@dataclass(frozen=True, slots=True)
class PagePiece:
    """Page characters [start, end). story_id: the story whose text they are, or beside which they stand.

    why: why they are not in its text; None where they are.
    """

    start: int
    end: int
    why: str | None
    story_id: str | None


def page_pieces(text: str, stories: Sequence[Story]) -> list[PagePiece]:
    """Cut a page at every boundary: the pieces join up to the whole of it."""
    known = sorted(_known(stories), key=lambda one: (one.start, one.end))
    pieces: list[PagePiece] = []
    at = 0
    for one in known:
        start, end = max(one.start, at), min(one.end, len(text))
        if start >= end:
            continue
        if start > at:
            pieces.append(PagePiece(at, start, NO_STORY, None))
        pieces.append(replace(one, start=start, end=end))
        at = end
    if at < len(text):
        pieces.append(PagePiece(at, len(text), NO_STORY, None))
    return _joined(pieces, text)


def _known(stories: Sequence[Story]) -> Iterator[PagePiece]:
    for story in stories:
        at = story.page_start
        aside = sorted(story.set_aside, key=lambda block: block.page_start)
        for block in aside:
            yield PagePiece(block.page_start, block.page_end, block.reason, story.id)
        for edit in story.edits:
            yield PagePiece(at, edit.page_start, None, story.id)
            if edit.page_end > edit.page_start:
                yield from _edited(edit.page_start, edit.page_end, edit.reason, story)
            at = edit.page_end
        yield PagePiece(at, story.page_end, None, story.id)


def _edited(start: int, end: int, reason: str, story: Story) -> Iterator[PagePiece]:
    """Yield what an edit took out, less the blocks that were set aside within it and say why themselves."""
    at = start
    for block in sorted(story.set_aside, key=lambda block: block.page_start):
        if block.page_end <= at or block.page_start >= end:
            continue
        yield PagePiece(at, block.page_start, reason, story.id)
        at = max(at, block.page_end)
    yield PagePiece(at, end, reason, story.id)


def _joined(pieces: Sequence[PagePiece], text: str) -> list[PagePiece]:
    """Join neighbours that say the same; a piece of blanks alone is no news and joins what is before it."""
    found: list[PagePiece] = []
    for one in pieces:
        last = found[-1] if found else None
        blank = not text[one.start : one.end].strip()
        if last and (blank or (last.why, last.story_id) == (one.why, one.story_id)):
            found[-1] = replace(last, end=one.end)
        else:
            found.append(one)
    return found
