"""WARC files: every captured web page becomes an item, streamed record by record.

Read are ``response`` records with status 200, ``resource`` and ``conversion`` records, if their payload is
text, a PDF or a Word document. Requests, metadata, warcinfo and continuation records hold no page and are
passed over. What could have been a page and is none (revisits, other statuses, images and other binary
payloads) is counted: one reject NOT_A_STORY at the end of the file says how many of each. Items are named
``file#number`` by the record's number in the file, from 1.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from reportedly.errors import RejectedError
from reportedly.read.sniff import HEAD, Format, sniff
from reportedly.read.streams import CHUNK, as_file, refusal
from reportedly.settings import ReadSettings
from reportedly.types import Item, Reason, Reject, Stage

_PAGES = frozenset(("response", "resource", "conversion"))
_KIND = re.compile(r"[a-z0-9.+-]{1,30}/[a-z0-9.+-]{1,60}")
_UNREADABLE = frozenset((Format.BINARY, Format.OTHER, Format.OFFICE, Format.GZIP, Format.WARC))


def read_warc(chunks: Iterator[bytes], settings: ReadSettings, place: str) -> Iterator[Item | Reject]:
    """Yield the pages of an unpacked WARC stream; a record that is too large or broken off is one reject.

    Raises:
        RejectedError: DAMAGED, where the records cannot be followed any further; EMPTY, if there is no record
            that could be a page; and what the stream raises.
    """
    skipped: Counter[str] = Counter()
    found = 0
    for number, record in _records(chunks, place):
        if record.rec_type not in _PAGES:
            skipped["revisit"] += record.rec_type == "revisit"
            continue
        found += 1
        try:
            why, item = _item(record, settings, f"{place}#{number}")
        except RejectedError as error:
            yield error.reject
            continue
        if item is not None:
            yield item
        else:
            skipped[why] += 1
    total = skipped.total()
    if total:
        listed = ", ".join(f"{why} {count}" for why, count in sorted(skipped.items()) if count)
        yield Reject(
            Stage.READ, Reason.NOT_A_STORY, place, f"{total} records that are no readable page: {listed}"
        )
    elif not found:
        raise refusal(Reason.EMPTY, place, "there is no captured page in it")


def _records(chunks: Iterator[bytes], place: str) -> Iterator[tuple[int, Any]]:
    """Yield the records with their numbers for as long as one ends where the next begins."""
    library = importlib.import_module("warcio.archiveiterator")
    iterator = library.ArchiveIterator(as_file(chunks))
    number = 0
    while True:
        after = refusal(
            Reason.DAMAGED, f"{place}#{number + 1}", f"no readable WARC record after number {number}"
        )
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # warcio prints its warnings
                record = next(iterator, None)
        except RejectedError:
            raise
        except Exception as error:  # warcio raises many kinds on broken headers
            raise after from error
        if iterator.err_count or (record is not None and not record.rec_type):
            raise after
        if record is None:
            return
        number += 1
        yield number, record


def _item(record: Any, settings: ReadSettings, place: str) -> tuple[str, Item | None]:
    """Return the record's item, or why there is none."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"status {status}" if re.fullmatch("[0-9]{3}", status) else "status unreadable", None
    payload = _payload(record, settings, place)
    stated = _content_type(record)
    uri = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    suffix = _suffix(uri)
    if not payload:
        return "empty", None
    form = sniff(payload[:HEAD], suffix, stated)
    if form in _UNREADABLE:
        kind = (stated or "").partition(";")[0].strip().lower()
        return kind if _KIND.fullmatch(kind) else "binary", None
    return "", Item(place, payload, suffix, stated, {"url": uri} if uri else {})


def _content_type(record: Any) -> str | None:
    headers = record.http_headers or record.rec_headers
    stated = headers.get_header("Content-Type")
    return str(stated) if stated else None


def _suffix(uri: str) -> str:
    try:
        last = urlsplit(uri).path.rpartition("/")[2]
    except ValueError:
        return ""
    return last.rpartition(".")[2].lower() if "." in last else ""


def _payload(record: Any, settings: ReadSettings, place: str) -> bytes:
    """Return the decoded payload, at most `read.max_bytes` of it."""
    taken: list[bytes] = []
    total = 0
    try:
        stream = record.content_stream()
        while chunk := stream.read(CHUNK):
            total += len(chunk)
            if total > settings.max_bytes:
                packed = stream is not record.raw_stream and (record.length or 0) <= settings.max_bytes
                reason = Reason.EXPANDS_TOO_FAR if packed else Reason.TOO_LARGE
                raise refusal(
                    reason, place, f"the payload is larger than read.max_bytes ({settings.max_bytes} bytes)"
                )
            taken.append(chunk)
        while record.raw_stream.read(CHUNK):
            pass
    except RejectedError:
        raise
    except Exception as error:  # warcio and zlib raise many kinds on broken payloads
        raise refusal(
            Reason.DAMAGED, place, f"the payload cannot be decoded ({type(error).__name__})"
        ) from error
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise refusal(Reason.TRUNCATED, place, "the record breaks off before its stated length")
    return b"".join(taken)
