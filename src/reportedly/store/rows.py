"""Types to rows and back. Each function that makes a row gives exactly the columns of the schema."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportedly.types import (
    Edit,
    Metadata,
    Page,
    Precision,
    PublishedDate,
    Reason,
    Reject,
    SetAside,
    Span,
    Stage,
    Story,
    content_id,
)

Value = str | int | float | bytes | None
Row = dict[str, Value]
Stored = Mapping[str, Any]
"""A row as SQLite gives it back: `sqlite3.Row` made a mapping."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def storable(value: Value) -> Value:
    """Replace lone surrogates, which SQLite cannot hold, by U+FFFD: one for one, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def calendar_range(value: str | None) -> tuple[str, str] | None:
    """Return the first and last day that an ISO date of any precision can mean, None if it is no date.

    "2018-02" gives ("2018-02-01", "2018-02-28").
    """
    match = _DATE.match(value or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    days = calendar.monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= days:
        return None
    return f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{month or 12:02}-{day or days:02}"


def packed(value: object) -> str:
    """Return a value as it stands in a column of type json."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(value: str) -> Any:
    """Return what stands in a column of type json; most lists are empty, and cost no parsing."""
    return () if value == "[]" else json.loads(value)


def page_row(page: Page, suffix: str, content_type: str | None, engine: str) -> Row:
    """Return the row of table pages."""
    return {
        "id": page.id,
        "name": page.name,
        "suffix": suffix,
        "content_type": content_type,
        "media": page.media.value,
        "text": page.text,
        "fields": packed(dict(sorted(page.fields.items()))),
        "engine": engine,
    }


def story_row(story: Story, pipeline: bool) -> Row:
    """Return the row of table stories."""
    about = story.metadata
    return {
        "id": story.id,
        "page_id": story.page_id,
        "position": story.index,
        "title": about.title,
        "section": about.section,
        "outlet": about.outlet,
        "byline": about.byline,
        "agency": about.agency,
        "place": about.place,
        "url": about.url,
        **_published_columns(about.published),
        "origins": packed(dict(sorted(about.origins.items()))),
        "language": story.language,
        "partial": int(story.partial),
        "pipeline": int(pipeline),
        "text": story.text,
        "page_start": story.page_start,
        "page_end": story.page_end,
        "dateline_start": story.dateline.start if story.dateline else None,
        "dateline_end": story.dateline.end if story.dateline else None,
        "headings": packed([[span.start, span.end] for span in story.headings]),
        "captions": packed([[span.start, span.end] for span in story.captions]),
        "edits": packed([[e.page_start, e.page_end, e.replacement, e.reason] for e in story.edits]),
    }


def set_aside_rows(story: Story) -> Iterator[Row]:
    """Yield the rows of table set_aside."""
    for position, block in enumerate(story.set_aside):
        yield {
            "story_id": story.id,
            "position": position,
            "page_start": block.page_start,
            "page_end": block.page_end,
            "text": block.text,
            "reason": block.reason,
        }


def reject_row(reject: Reject, page_id: str | None) -> Row:
    """Return the row of table rejects; page_id None for the refusal of a whole item."""
    return {
        "id": content_id(reject.stage, reject.reason, reject.place),
        "stage": reject.stage.value,
        "reason": reject.reason.value,
        "place": reject.place,
        "detail": reject.detail,
        "page_id": page_id,
    }


def story_of(row: Stored, set_aside: Sequence[Stored]) -> Story:
    """Rebuild a story from its row and its set_aside rows in order."""
    dateline = row["dateline_start"] is not None
    return Story(
        id=row["id"],
        page_id=row["page_id"],
        index=row["position"],
        text=row["text"],
        page_start=row["page_start"],
        page_end=row["page_end"],
        edits=tuple(Edit(*edit) for edit in json.loads(row["edits"])),
        language=row["language"],
        metadata=_metadata_of(row),
        partial=bool(row["partial"]),
        set_aside=tuple(
            SetAside(block["page_start"], block["page_end"], block["text"], block["reason"])
            for block in set_aside
        ),
        dateline=Span(row["dateline_start"], row["dateline_end"]) if dateline else None,
        headings=tuple(Span(*pair) for pair in json.loads(row["headings"])),
        captions=tuple(Span(*pair) for pair in json.loads(row["captions"])),
    )


def reject_of(row: Stored) -> Reject:
    """Rebuild a reject from its row."""
    return Reject(Stage(row["stage"]), Reason(row["reason"]), row["place"], row["detail"])


def _published_columns(date: PublishedDate | None) -> Row:
    days = calendar_range(date.value) if date else None
    return {
        "published": date.value if date else None,
        "published_precision": date.precision.value if date else None,
        "published_at": date.at if date else None,
        "published_origin": date.origin if date else None,
        "published_first": days[0] if days else None,
        "published_last": days[1] if days else None,
    }


def _metadata_of(row: Stored) -> Metadata:
    value = row["published"]
    return Metadata(
        title=row["title"],
        section=row["section"],
        outlet=row["outlet"],
        byline=row["byline"],
        agency=row["agency"],
        place=row["place"],
        url=row["url"],
        published=PublishedDate(
            value, Precision(row["published_precision"]), row["published_at"], row["published_origin"]
        )
        if value is not None
        else None,
        origins=json.loads(row["origins"]),
    )
