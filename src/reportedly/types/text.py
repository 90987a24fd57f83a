"""Input items, pages and stories."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np


def content_id(*parts: str | bytes) -> str:
    """Return the 16-digit content hash of ``parts``, kept apart by a zero byte."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()[:16]


class Media(StrEnum):
    """What kind of input a page came from; decides how it is taken apart into stories."""

    HTML = "html"  # a web page: `Page.html` holds the markup, `Page.text` its visible text
    CAPTURE = "text"  # plain text, often a capture of a web page with its chrome
    MARKDOWN = "markdown"
    PDF = "pdf"
    DOCX = "docx"
    EMAIL = "email"
    ROW = "row"  # one row of a JSONL or CSV table: one story, its metadata in `Page.fields`


class Precision(StrEnum):
    """The finest unit that a date states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Item:
    """One input item before it is understood: named bytes.

    name: path or URL as given; a row or record of a container adds ``#`` and its id or number.
    suffix: lower-case extension without the dot, "" if none: a hint, the bytes decide.
    content_type: what a server or a WARC record stated, if anything.
    fields: metadata the container stated (title, outlet, author, published, url), by those names.
    """

    name: str
    data: bytes
    suffix: str = ""
    content_type: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a JSONL or CSV table holds what; None: guess among the usual names.

    A column that is named here and absent is a reject (`Reason.MISSING_COLUMN`); a guessed one may be absent,
    except the text. id: names the row in the page's name, ``file.jsonl#ID``.
    """

    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an HTML page's visible text and where it stands in the markup.

    start, end: ``Page.text[start:end]`` is the line, without the newline after it; never empty.
    tag: the innermost block element around it, "p", "li", "h2", "td", ...
    path: the deepest element that holds the whole line and its ancestors, outermost first, each with its id
    and classes: ``body/div#main.content/ul.related/li``. Lower-case; at most the 40 outermost elements.
    heading: 1 to 6 for a line in h1 to h6, else 0.
    link_share: share of the line's characters that stand within a link, in [0, 1].
    """

    start: int
    end: int
    tag: str
    path: str
    heading: int = 0
    link_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One input item as read.

    text: the page as read; every ``page_start``/``page_end`` counts in it. For text files the decoded text,
    for HTML the visible text in document order (`reportedly.read.html.visible_text`).
    html: the decoded markup of an HTML page, None for anything else.
    fields: metadata that the container stated, by the names title, outlet, author, published, url; an email
    adds `attachments`, the names of those that were not read.
    blocks: the lines of an HTML page's visible text, in order; empty for anything else.
    """

    id: str
    name: str
    media: Media
    text: str
    html: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """When a story says that it was published.

    value: ISO 8601 calendar date as fine as `precision` allows: "2018", "2018-03", "2018-03-14".
    at: full ISO 8601 timestamp where the page states a time of day, else None.
    origin: where it was read: "meta", "json-ld", "text", "url", "field".
    """

    value: str
    precision: Precision
    at: str | None = None
    origin: str = "text"


@dataclass(frozen=True, slots=True)
class Edit:
    """One replayable change: page characters [page_start, page_end) become `replacement`, for `reason`."""

    page_start: int
    page_end: int
    replacement: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A block of the page that is no part of a story's text, kept with the reason."""

    page_start: int
    page_end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into a story's text, ``0 <= start < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a story says about itself. Every value is the page's own words, tidied of blanks only.

    origins: for each field that is set, where it was read ("meta", "json-ld", "text", "url", "field").
    """

    title: str | None = None
    section: str | None = None
    outlet: str | None = None
    byline: str | None = None
    agency: str | None = None
    place: str | None = None
    url: str | None = None
    published: PublishedDate | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One article inside a page.

    text: the running text: headline, byline and date lines are metadata and stand in `set_aside`.
    edits: applied in order to page.text[page_start:page_end] they give `text` exactly (see `replay`).
    dateline, headings, captions: spans of `text` that are not running prose.
    partial: the page shows only the beginning of the story (a teaser).
    """

    id: str
    page_id: str
    index: int
    text: str
    page_start: int
    page_end: int
    edits: tuple[Edit, ...]
    language: str
    metadata: Metadata
    partial: bool = False
    set_aside: tuple[SetAside, ...] = ()
    dateline: Span | None = None
    headings: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()


def replay(page_text: str, story: Story) -> str:
    """Apply the edits of ``story`` to the page's text: gives ``story.text`` or the record is broken."""
    out: list[str] = []
    at = story.page_start
    for edit in story.edits:
        out += [page_text[at : edit.page_start], edit.replacement]
        at = edit.page_end
    return "".join([*out, page_text[at : story.page_end]])


class OffsetMap:
    """Maps offsets of a story's text back to its page. Built from the story's edits, O(log n) a look-up."""

    def __init__(self, story: Story) -> None:
        story_at: list[int] = []
        page_at: list[int] = []
        kept: list[bool] = []
        here, at = 0, story.page_start
        for edit in story.edits:
            if edit.page_start > at:
                story_at.append(here)
                page_at.append(at)
                kept.append(True)
                here += edit.page_start - at
            story_at.append(here)
            page_at.append(edit.page_start)
            kept.append(False)
            here += len(edit.replacement)
            at = edit.page_end
        story_at.append(here)
        page_at.append(at)
        kept.append(True)
        self._story = np.asarray(story_at)
        self._page = page_at
        self._kept = kept
        self._page_end = story.page_end

    def _segment(self, offset: int) -> int:
        return int(np.searchsorted(self._story, offset, side="right")) - 1

    def page_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the page's [page_start, page_end) behind story characters [start, end), end > start.

        Characters that an edit put in stand for the whole page range that the edit replaced.
        """
        first = self._segment(start)
        last = self._segment(end - 1)
        page_start = self._page[first] + (start - int(self._story[first]) if self._kept[first] else 0)
        if self._kept[last]:
            return page_start, self._page[last] + end - int(self._story[last])
        page_end = self._page[last + 1] if last + 1 < len(self._page) else self._page_end
        return page_start, page_end
