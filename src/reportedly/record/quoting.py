"""Words out of a story, with their place in story and page, every offset checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.types import Excerpt, OffsetMap, Page, Span, Story, replay

LONGEST_HULL = 200
"""Longest stretch, in characters, that several pieces of one source or cue are shown as."""


class Quoter:
    """Takes words out of a story."""

    def __init__(self, page: Page, story: Story) -> None:
        self.story = story
        self._places = OffsetMap(story)
        self._page_length = len(page.text)

    def checked(self, spans: Iterable[Span]) -> None:
        """Check that spans lie in the story.

        Raises:
            ValueError: one does not.
        """
        for span in spans:
            if not 0 <= span.start < span.end <= len(self.story.text):
                raise ValueError(
                    f"{span} lies outside story {self.story.id} of {len(self.story.text)} characters"
                )

    def excerpt(self, span: Span) -> Excerpt:
        """Return the words of a span.

        Raises:
            ValueError: it lies outside the story or its page.
        """
        self.checked([span])
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


def check_story(page: Page, story: Story) -> None:
    """Check that a story is what its page and its edits say.

    Raises:
        ValueError: it is not; the message says where.
    """
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
