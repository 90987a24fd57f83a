"""Cases written row by row, without half one: cheap, and as large as a test wants them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportedly.store import Case, Engine, Entry
from reportedly.types import (
    Commitment,
    Excerpt,
    Item,
    Kind,
    Media,
    Mention,
    MentionLabel,
    Metadata,
    Page,
    Precision,
    PublishedDate,
    Record,
    Span,
    Stance,
    Statement,
    Story,
    Voice,
    VoiceKind,
    content_id,
)

ENGINE = Engine("0.0.1", "model", "{}")
_FACTUAL = {Commitment.CT_PLUS: 2.7, Commitment.CT_MINUS: -2.5}
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*|^[A-Z][\w-]+(?: [A-Z][\w-]+)+")
_NUMBER = re.compile(r"\b\d+\b")


@dataclass(frozen=True)
class Line:
    """One sentence: what is said and, unless the story says it itself, who said it."""

    words: str
    source: str | None = None
    commitment: Commitment = Commitment.CT_PLUS
    quoted: bool = False
    kind: VoiceKind = VoiceKind.PERSON


@dataclass(frozen=True)
class Told:
    """One story on a page of its own, or on the page of the story before it (``beside``)."""

    outlet: str | None
    published: str | None
    lines: Sequence[Line]
    byline: str | None = None
    agency: str | None = None
    partial: bool = False
    title: str | None = None
    beside: bool = False
    captions: int = 0
    """How many of the first lines are captions."""


def write(path: Path, stories: Sequence[Told], names: str = "row") -> Path:
    """Add stories to the case at ``path`` and return it. Pages are named by what they hold."""
    with Case.create_or_open(path, 5.0) as case:
        case.write([entry(group, names) for group in _pages(stories)], ENGINE)
    return path


def entry(stories: Sequence[Told], names: str = "row") -> Entry:
    """Return one page with its stories, as `Case.write` takes it."""
    page_id = content_id("page", *map(repr, stories))
    page = Page(page_id, f"{names}-{page_id}.txt", Media.ROW, "\n".join(map(_text, stories)))
    made: list[Story] = []
    statements: list[Statement] = []
    start = 0
    for index, told in enumerate(stories):
        story = _story(page, told, index, start)
        made.append(story)
        statements += _statements(story, told)
        start = story.page_end + 1
    return Entry(Item(page.name, b"", "jsonl"), page_id, Record(page, tuple(made), tuple(statements)))


def _pages(stories: Iterable[Told]) -> list[list[Told]]:
    pages: list[list[Told]] = []
    for told in stories:
        if told.beside:
            pages[-1].append(told)
        else:
            pages.append([told])
    return pages


def _sentence(line: Line) -> str:
    words = f"“{line.words}”" if line.quoted else line.words
    return f"{words}, {line.source} said." if line.source else f"{words}."


def _text(told: Told) -> str:
    return "\n".join(map(_sentence, told.lines))


def _story(page: Page, told: Told, index: int, start: int) -> Story:
    text = _text(told)
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
    day = told.published
    ends = [len("\n".join(map(_sentence, told.lines[: number + 1]))) for number in range(told.captions)]
    return Story(
        id=content_id(page.id, str(index)),
        page_id=page.id,
        index=index,
        text=text,
        page_start=start,
        page_end=start + len(text),
        edits=(),
        language="en",
        metadata=Metadata(
            title=told.title,
            outlet=told.outlet,
            byline=told.byline,
            agency=told.agency,
            published=PublishedDate(day, precision[len(day)], None, "field") if day else None,
        ),
        partial=told.partial,
        captions=tuple(Span(0 if not at else ends[at - 1] + 1, end) for at, end in enumerate(ends)),
    )


def _statements(story: Story, told: Told) -> list[Statement]:
    made = []
    start = 0
    for line in told.lines:
        made.append(_statement(story, line, start))
        start += len(_sentence(line)) + 1
    return made


def _statement(story: Story, line: Line, start: int) -> Statement:
    """The content stands at ``start``; the source and "said" after it."""
    shown = f"“{line.words}”" if line.quoted else line.words
    content = _excerpt(story, start, start + len(shown))
    source = cue = None
    voice = Voice(story.metadata.outlet, VoiceKind.AUTHOR)
    if line.source:
        at = content.end + 2
        source = _excerpt(story, at, at + len(line.source))
        cue = _excerpt(story, source.end + 1, source.end + 5)
        voice = Voice(line.source, line.kind)
    outlet = story.metadata.outlet
    kind = (Kind.DIRECT if line.quoted else Kind.INDIRECT) if line.source else Kind.AUTHOR
    sure = line.commitment
    return Statement(
        id=content_id(story.id, str(start), line.words),
        page_id=story.page_id,
        story_id=story.id,
        kind=kind,
        source=source,
        cue=cue,
        content=(content,),
        chain=(outlet, line.source) if line.source else (outlet,),
        confidence=0.9,
        voice=voice,
        commitment=sure,
        stance=Stance(sure, Commitment.UU if line.source else sure, (), (), _FACTUAL.get(sure, 1.0)),
        commitments=(Commitment.UU, sure) if line.source else (sure,),
        mentions=_mentions(line.words, content.start + line.quoted),
        vector=vector(line.words).astype("<f2").tobytes(),
    )


def _mentions(words: str, start: int) -> tuple[Mention, ...]:
    found = [(match, MentionLabel.ORG) for match in _NAME.finditer(words)]
    found += [(match, MentionLabel.NUM) for match in _NUMBER.finditer(words)]
    return tuple(
        Mention(match.group(), label, Span(start + match.start(), start + match.end()))
        for match, label in sorted(found, key=lambda one: one[0].start())
    )


def _excerpt(story: Story, start: int, end: int) -> Excerpt:
    page_start = story.page_start + start
    return Excerpt(story.text[start:end], start, end, page_start, page_start + end - start)


def vector(words: str) -> NDArray[np.float32]:
    """Return a unit vector: the mean of one for each word, so that words in common bring texts near."""
    found = [_word(word) for word in re.findall(r"\w+", words.lower())] or [_word("")]
    total: NDArray[np.float32] = np.sum(found, axis=0)
    return total / np.float32(np.linalg.norm(total))


@cache
def _word(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    return np.random.default_rng(seed).standard_normal(384).astype(np.float32)
