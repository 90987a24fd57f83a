"""Which column of a table's row is the text, the title, the outlet ...: the user's flags, or good guesses.

Names are compared without case, blanks and punctuation: "Article Body", "article_body" and "articleBody" are
one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import fields

from reportedly.types import Columns

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *(
            "text",
            "body",
            "articlebody",
            "maintext",
            "fulltext",
            "articletext",
            "bodytext",
            "content",
            "contents",
        ),
        *(
            "contenttext",
            "plaintext",
            "cleanedtext",
            "cleantext",
            "rawtext",
            "textcontent",
            "article",
            "story",
        ),
        *("storytext", "storybody", "document", "html", "rawcontent"),
    ),
    "title": ("title", "headline", "heading", "articletitle", "storytitle", "header"),
    "outlet": (
        *(
            "outlet",
            "source",
            "publisher",
            "publication",
            "newspaper",
            "medium",
            "sitename",
            "site",
            "website",
        ),
        *("sourcename", "sourcedomain", "domain", "outletname", "newsoutlet", "channel", "feed"),
    ),
    "author": ("author", "byline", "authors", "creator", "writer", "reporter", "journalist"),
    "published": (
        *(
            "published",
            "publishedat",
            "datepublished",
            "datepublish",
            "publishdate",
            "publisheddate",
            "pubdate",
        ),
        *(
            "publicationdate",
            "publishedon",
            "articledate",
            "date",
            "datetime",
            "timestamp",
            "time",
        ),
        *("day", "created", "createdat"),
    ),
    "url": (
        "url",
        "link",
        "canonical",
        "canonicalurl",
        "uri",
        "articleurl",
        "sourceurl",
        "permalink",
        "href",
    ),
    "id": ("id", "uid", "uuid", "guid", "articleid", "docid", "documentid", "storyid", "identifier", "key"),
}
"""Guessed names of each column, the best first."""

MAX_ID = 200
_NOT_NAME = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Return a column's name without case, blanks and punctuation."""
    return _NOT_NAME.sub("", name).lower()


def as_text(value: object) -> str | None:
    """Return a cell as text: lists joined by ", ", numbers as written, objects by name; None for nothing."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        parts = [part for part in map(as_text, value) if part]
        return ", ".join(parts) or None
    if isinstance(value, dict):
        named = (as_text(value.get(key)) for key in ("name", "title", "@value", "@id", "$date", "$oid"))
        return next((text for text in named if text), None)
    return None


def body_text(value: object) -> str | None:
    """Return the text cell: a list of strings is a list of paragraphs."""
    if isinstance(value, list):
        return "\n\n".join(part for part in value if isinstance(part, str)) or None
    return value if isinstance(value, str) else None


def missing(names: set[str], columns: Columns) -> list[str]:
    """Return the columns that a flag names and a row does not have."""
    wanted = (getattr(columns, leaf.name) for leaf in fields(columns))
    return [name for name in wanted if name is not None and name not in names]


def pick(row: Mapping[str, object], what: str, columns: Columns) -> tuple[bool, object]:
    """Return whether ``row`` has a column for ``what`` and the cell: the named one, else the best guess.

    Among guessed columns one that is filled wins over an empty one.
    """
    named = getattr(columns, what)
    if named is not None:
        return named in row, row.get(named)
    folded = {fold(name): value for name, value in reversed(list(row.items()))}
    present = [folded[guess] for guess in GUESSES[what] if guess in folded]
    readable = body_text if what == "text" else as_text
    filled = next((value for value in present if readable(value)), None)
    return bool(present), filled


class RowNames:
    """Names the rows of one container: ``file#ID``, or ``file#number`` for a row without an id.

    An id that came before gets the row's number too, ``file#ID(number)``. Seen ids are kept in a Bloom
    filter of 4 MB, so memory does not grow; about one new id in 5,000 gets its number needlessly once a
    million have gone by.
    """

    _BITS = 1 << 25

    def __init__(self, container: str) -> None:
        self._container = container
        self._seen: bytearray | None = None

    def name(self, number: int, row_id: str | None = None) -> str:
        """Return the name of row ``number`` (from 1)."""
        shown = " ".join(row_id.split())[:MAX_ID] if row_id else ""
        if not shown:
            return f"{self._container}#{number}"
        again = self._add(shown)
        return f"{self._container}#{shown}({number})" if again else f"{self._container}#{shown}"

    def _add(self, text: str) -> bool:
        """Note an id; return whether it was (or seems to have been) there already."""
        if self._seen is None:
            self._seen = bytearray(self._BITS // 8)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        known = True
        for at in range(0, 16, 4):
            place, bit = divmod(int.from_bytes(digest[at : at + 4], "big") % self._BITS, 8)
            known = known and bool(self._seen[place] >> bit & 1)
            self._seen[place] |= 1 << bit
        return known
