"""The last step: drafts without text join their neighbours, dates are decided, metadata is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reportedly.page.dates import (
    Dated,
    Order,
    decide_order,
    find_dates,
    order_evidence,
    parse_date,
    published,
)
from reportedly.page.draft import Draft
from reportedly.page.urls import url_date
from reportedly.types import Metadata, PublishedDate

_FIELDS = {"title": "title", "outlet": "outlet", "author": "byline", "url": "url"}


def merge_empty(drafts: Sequence[Draft], least: int) -> list[Draft]:
    """Let each draft with fewer than ``least`` characters of text join the one before it, or the next."""
    full: list[Draft] = []
    early: list[Draft] = []
    for draft in drafts:
        if draft.size >= least:
            full.append(draft)
        elif full:
            _absorb(full[-1], draft, "teaser")
        else:
            early.append(draft)
    if full:
        for draft in early:
            _absorb(full[0], draft, "boilerplate")
        for draft in full:
            draft.pieces.sort(key=lambda piece: piece.start)
    return full


def _absorb(draft: Draft, lost: Draft, reason: str) -> None:
    draft.pieces += [replace(piece, role=reason) if piece.kept else piece for piece in lost.pieces]


def page_order(drafts: Iterable[Draft], text: str) -> Order | None:
    """Return what the page shows of the order of day and month in numeric dates, None if nothing does."""
    dates = [dated for draft in drafts for _, dated in draft.dates]
    return order_evidence(dates) or _order_of_language(text)


def _order_of_language(text: str) -> Order | None:
    """Languages other than English write the day first; English may write either."""
    head = text[:4000].lower()
    letters = sum(map(str.isalpha, head))
    if letters and sum(char.isascii() for char in head if char.isalpha()) < letters / 2:
        return "dmy"
    english = len(re.findall(r"\b(?:the|of|and|to|that)\b", head))
    other = len(
        re.findall(
            r"\b(?:der|die|und|den|nicht|les|des|une|est|dans|los|las|que|del|por|il|che|per|não|uma)\b", head
        )
    )
    return "dmy" if other > english * 2 + 4 else None


def choose_date(dates: Sequence[tuple[str, Dated]], order: Order | None) -> PublishedDate | None:
    """Return the published date among dates: one labelled so, else an unlabelled one, else an update's.

    A date of open order (03/05/2018) is settled by the page's other dates or by the dateline's day, else left
    out.
    """
    lines = [dated for label, dated in dates if label in {"dateline", "evidence"}]
    for wanted in ("published", "", "updated", "dateline"):
        for label, dated in dates:
            if label != wanted:
                continue
            decided = decide_order(dated, order or _order_by_dateline(dated, lines))
            found = published(decided) if decided is not None else None
            if found is not None:
                return found
    return None


def _order_by_dateline(dated: Dated, lines: Iterable[Dated]) -> Order | None:
    for line in lines:
        if (dated.day, dated.month) == (line.day, line.month):
            return "dmy"
        if (dated.day, dated.month) == (line.month, line.day):
            return "mdy"
    return None


def dateline_day(text: str, year: int) -> Dated | None:
    """Return the day of a dateline without a year ("London, 5 Mar -") as if it were of ``year``."""
    words = text.rstrip(" -–—:").split("(")[0].rstrip(" -–—:,")
    return next(find_dates(f"{words} {year}"), None)


def metadata_of(draft: Draft, fields: Mapping[str, str], order: Order | None, text: str) -> Metadata:
    """Put a story's metadata together; what the container states wins over what the text says."""
    values = {name: " ".join(value.split()) for name, value in draft.values.items() if value.strip()}
    origins = {name: draft.origins.get(name, "text") for name in values if name in _NAMES}
    for field, name in _FIELDS.items():
        if fields.get(field, "").strip():
            values[name] = " ".join(fields[field].split())
            origins[name] = "field"
    date = parse_date(fields["published"], "field") if fields.get("published") else None
    date = (
        date
        or draft.published
        or choose_date(_with_dateline(draft, text), order)
        or url_date(values.get("url", ""))
    )
    if date is not None:
        origins["published"] = date.origin
    known = {name: values.get(name) for name in _NAMES}
    return Metadata(published=date, origins=dict(sorted(origins.items())), **known)


_NAMES = ("title", "section", "outlet", "byline", "agency", "place", "url")


def _with_dateline(draft: Draft, text: str) -> list[tuple[str, Dated]]:
    """Add the dateline's day without a year as evidence for the order of an open date."""
    dates = list(draft.dates)
    for _, dated in draft.dates:
        if dated.order_open and draft.dateline:
            day = dateline_day(text[slice(*draft.dateline)], dated.year)
            if day is not None:
                dates.append(("evidence", day))
    return dates
