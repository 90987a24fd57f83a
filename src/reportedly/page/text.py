"""Pages that are text: captures, mail, PDF, Word documents and rows of a table, to drafts of stories."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.page.capture import Manner, Reader
from reportedly.page.draft import Draft, Line, read_lines
from reportedly.page.mail import mark_replies
from reportedly.page.names import Known, is_outlet_like
from reportedly.page.site import note_site
from reportedly.page.wrap import unwrap
from reportedly.types import Media, Page

_STAFF_HOUSE = re.compile(r"\b([A-Z]{3,6}|[A-Z]\w+(?: [A-Z]\w+)?) Staff\b")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?,"
    r"?\s*)?(?:by\s+)?((?:[A-Z][\w.&’']*\s?){1,4})",
    re.IGNORECASE,
)
_FOLIO = re.compile(r"\d+")


def known_names(text: str, fields: Mapping[str, str]) -> Known:
    """Collect the names that the container or the page itself give for outlet and author."""
    outlets = {fields["outlet"].lower()} if fields.get("outlet") else set()
    outlets |= {match[1].lower() for match in _STAFF_HOUSE.finditer(text, 0, 200_000) if match[1].isupper()}
    for match in _RIGHTS.finditer(text, 0, 200_000):
        name = match[1].strip(" .,")
        if is_outlet_like(name):
            outlets.add(name.lower())
    authors = {
        name.strip().lower()
        for name in re.split(r",|;| and ", fields.get("author", ""))
        if len(name.strip()) > 4
    }
    whole = fields.get("author", "").strip().lower()
    return Known(fields.get("title", "").strip() or None, outlets, authors | ({whole} if whole else set()))


def text_drafts(page: Page) -> list[Draft]:
    """Return the drafts of a page of text."""
    lines = unwrap(read_lines(page.text), page.text, pdf=page.media is Media.PDF)
    known = known_names(page.text, page.fields)
    set_aside = _set_aside_first(page, lines)
    rest = [line for i, line in enumerate(lines) if i not in set_aside]
    row = page.media is Media.ROW
    if not row and page.media is not Media.EMAIL:
        note_site(rest, known)
    drafts = Reader(rest, known, Manner(split=not row, menus=not row)).read()
    begun = [draft for draft in drafts if draft.pieces]
    places = [draft.place for draft in begun]
    for i, reason in set_aside.items():
        owner = max(bisect_right(places, lines[i].start) - 1, 0)
        (begun or drafts)[owner].take(lines[i], reason)
    return drafts


def _set_aside_first(page: Page, lines: Sequence[Line]) -> dict[int, str]:
    if page.media is Media.EMAIL:
        return mark_replies(lines)
    if page.media is Media.PDF:
        return _running_heads(lines)
    return {}


def _running_heads(lines: Sequence[Line]) -> dict[int, str]:
    """Find lines that a document repeats on its pages: heads and folios, page numbers aside."""
    keys = [_FOLIO.sub("#", line.text.lower()) if len(line.text) <= 90 else "" for line in lines]
    counts = Counter(key for key in keys if key)
    return {i: "running-head" for i, key in enumerate(keys) if key and counts[key] >= 3}
