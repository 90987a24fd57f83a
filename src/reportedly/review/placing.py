"""Where judged words stand now: the same letters, even if the story was cut otherwise since.

While the story's text is what it was, offsets hold. Once it is another, each quote is looked for by its
letters, nearest to its old place; a judgement whose words are gone is kept and said to be without a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportedly.types import Quote, Statement, Story, Words, content_id

SHARED = 0.6
"""Least share of characters that a statement's content and judged words have in common to be about the same.

A content that lost "on Monday" at its end keeps 0.8 and more; an inner content seldom has 0.6 of its outer.
"""


def text_hash(story: Story) -> str:
    """Return the hash by which a story's text is known again."""
    return content_id(story.text)


def quotes_of(statement: Statement) -> tuple[Quote, ...]:
    """Return the words of a statement: source, cue, pieces of content."""
    pairs = [("source", statement.source), ("cue", statement.cue)]
    pairs += [("content", piece) for piece in statement.content]
    return tuple(Quote(role, one.start, one.end, one.text) for role, one in pairs if one is not None)


def words_of(story: Story, quotes: Iterable[Quote]) -> Words:
    """Return words of a story as a judgement keeps them."""
    return Words(story.page_id, story.index, text_hash(story), tuple(quotes))


def placed(story: Story, text: str, words: Words, quotes: Sequence[Quote]) -> tuple[Quote, ...] | None:
    """Return ``quotes`` where they stand in ``story`` now; None if their content is not in it.

    text: hash of the story's text. A source or cue that is gone is left out.
    """
    if words.text_hash == text:
        return tuple(quotes) if words.story == story.index else None
    found = [_nearest(story.text, quote) for quote in quotes]
    if any(quote.role == "content" and place is None for quote, place in zip(quotes, found, strict=True)):
        return None
    return tuple(
        replace(quote, start=at, end=at + len(quote.text))
        for quote, at in zip(quotes, found, strict=True)
        if at is not None
    )


def closest(statements: Sequence[Statement], quotes: Sequence[Quote]) -> Statement | None:
    """Return the statement that ``quotes`` are about: the one with most of its content, None if none has.

    Of two with as much, the one with the same source wins, then the first.
    """
    wanted = _covered(_content(quotes))
    sources = {(one.start, one.end) for one in quotes if one.role == "source"}

    def merit(one: Statement) -> tuple[float, bool]:
        have = _covered((piece.start, piece.end) for piece in one.content)
        source = one.source is not None and (one.source.start, one.source.end) in sources
        return len(have & wanted) / max(len(have | wanted), 1), source

    near = [one for one in statements if _touches(one, quotes)]
    best = max(near, key=merit, default=None)
    return best if best is not None and merit(best)[0] >= SHARED else None


def _touches(statement: Statement, quotes: Sequence[Quote]) -> bool:
    contents = list(_content(quotes))
    return any(
        piece.start < end and piece.end > start for piece in statement.content for start, end in contents
    )


def _content(quotes: Iterable[Quote]) -> Iterator[tuple[int, int]]:
    return ((one.start, one.end) for one in quotes if one.role == "content")


def _covered(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _nearest(text: str, quote: Quote) -> int | None:
    """Return where the quote's letters stand nearest to its old place, None if nowhere."""
    before = text.rfind(quote.text, 0, quote.start + len(quote.text))
    after = text.find(quote.text, quote.start)
    places = [at for at in (before, after) if at >= 0]
    return min(places, key=lambda at: (abs(at - quote.start), at), default=None)
