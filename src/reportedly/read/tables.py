"""JSON Lines, JSON, CSV and TSV: one story a row, streamed; a bad row is one reject and reading goes on."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reportedly.read import charset
from reportedly.read.columns import RowNames, as_text, body_text, missing, pick
from reportedly.read.sniff import HEAD
from reportedly.read.streams import lines, read_whole, refusal, take_head
from reportedly.settings import ReadSettings
from reportedly.types import Columns, Item, Reason, Reject, Stage

FIELDS = ("title", "outlet", "author", "published", "url")
MAX_FIELD = 10_000
"""Longest title, outlet ... kept, in characters: more is no such thing but a text in the wrong column."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the readers of rows share: the container's name, the limits, the columns and the rows' names."""

    name: str
    settings: ReadSettings
    columns: Columns
    names: RowNames

    def reject(self, reason: Reason, number: int, detail: str) -> Reject:
        """Return the reject of one row."""
        return Reject(Stage.READ, reason, f"{self.name}#{number}", detail)

    def row(self, row: Mapping[str, object], number: int) -> Item | Reject:
        """Make the item of one row, or its reject: MISSING_COLUMN, EMPTY, TOO_LARGE."""
        absent = missing(set(row), self.columns)
        if absent:
            return self.reject(Reason.MISSING_COLUMN, number, f"the row has no column {', '.join(absent)}")
        present, value = pick(row, "text", self.columns)
        text = body_text(value)
        if not present:
            return self.reject(Reason.MISSING_COLUMN, number, "no column looks like the text; name it")
        if not text or not text.strip():
            return self.reject(Reason.EMPTY, number, "the text of the row is empty")
        data = clean(text).encode()
        if len(data) > self.settings.max_bytes:
            return self.reject(Reason.TOO_LARGE, number, "the text of the row is larger than read.max_bytes")
        found = {what: as_text(pick(row, what, self.columns)[1]) for what in FIELDS}
        fields = {what: clean(" ".join(text.split()))[:MAX_FIELD] for what, text in found.items() if text}
        row_id = as_text(pick(row, "id", self.columns)[1])
        return Item(self.names.name(number, clean(row_id) if row_id else None), data, "row", None, fields)


def clean(text: str) -> str:
    """Return ``text`` with halves of surrogate pairs joined, lone ones replaced: it can be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def read_jsonl(chunks: Iterator[bytes], table: Table) -> Iterator[Item | Reject]:
    """Yield an item or a reject for every line that is not blank; rows are numbered by their lines, from 1.

    Raises:
        RejectedError: EMPTY, if no line has anything; and what the stream raises.
    """
    limit = table.settings.max_bytes
    head, rest = take_head(chunks, HEAD)
    decode = _line_decoder(head)
    number = found = 0
    for number, line in enumerate(lines(_as_utf8(head, rest), limit), start=1):
        if line is None:
            found += 1
            yield table.reject(Reason.TOO_LARGE, number, f"a line longer than read.max_bytes ({limit} bytes)")
        elif line.strip():
            found += 1
            yield _json_row(decode(line), table, number)
    if not found:
        raise refusal(Reason.EMPTY, table.name, "there is no row in it")


def _json_row(line: str, table: Table, number: int) -> Item | Reject:
    try:
        row = json.loads(line)
    except RecursionError:
        return table.reject(Reason.TOO_DEEP, number, "the JSON of the line nests too deep")
    except ValueError as error:
        place = getattr(error, "colno", 0)
        return table.reject(Reason.NOT_JSON, number, f"the line is not JSON (character {place})")
    if not isinstance(row, dict):
        return table.reject(Reason.NOT_JSON, number, "the line is JSON, but not an object")
    return table.row(row, number)


def read_json(chunks: Iterator[bytes], table: Table) -> Iterator[Item | Reject]:
    """Yield the rows of a JSON document: an array of objects, or one object. It is read whole.

    Raises:
        RejectedError: TOO_LARGE, NOT_JSON, TOO_DEEP, EMPTY; and what the stream raises.
    """
    data = read_whole(chunks, table.settings.max_bytes, table.name)
    try:
        document = json.loads(charset.decode(data))
    except RecursionError as error:
        raise refusal(Reason.TOO_DEEP, table.name, "the JSON nests too deep") from error
    except ValueError as error:
        raise refusal(Reason.NOT_JSON, table.name, "the file is not JSON") from error
    rows = document if isinstance(document, list) else [document]
    if not rows:
        raise refusal(Reason.EMPTY, table.name, "there is no row in it")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield table.row(row, number)
        else:
            yield table.reject(Reason.NOT_JSON, number, "the element is not an object")


class _RowTooLongError(Exception):
    """A row of a CSV file passed the limit."""


class _Rows:
    """Physical lines for `csv.reader`, which may take several a row; stops at a row that is too long."""

    def __init__(self, source: Iterator[bytes], head: bytes, limit: int) -> None:
        self._lines = lines(source, limit)
        self._decode = _line_decoder(head)
        self._limit = limit
        self.taken: list[str] = []
        self._size = 0

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if line is None or self._size + len(line) > self._limit:
            self.next_row()
            raise _RowTooLongError
        self._size += len(line)
        text = self._decode(line)
        self.taken.append(text)
        return text

    def next_row(self) -> None:
        """Begin a new row."""
        self.taken, self._size = [], 0


def read_table(chunks: Iterator[bytes], suffix: str, table: Table) -> Iterator[Item | Reject]:
    """Yield the rows of CSV or TSV with a header, numbered from 1 after it; blank rows are none.

    Raises:
        RejectedError: EMPTY (no row), MISSING_COLUMN (by the header), DAMAGED (no header to be read); and
            what the stream raises.
    """
    csv.field_size_limit(max(131_072, table.settings.max_bytes))
    head, rest = take_head(chunks, HEAD)
    source = _Rows(_as_utf8(head, rest), head, table.settings.max_bytes)
    delimiter = _delimiter(charset.decode(head), suffix)
    header = _header(source, delimiter, table)
    number = 0
    for cells in _records(source, delimiter):
        if not isinstance(cells, Reason) and not any(cell.strip() for cell in cells):
            continue
        number += 1
        if isinstance(cells, Reason):
            detail = "longer than read.max_bytes" if cells is Reason.TOO_LARGE else "no row of a table"
            yield table.reject(cells, number, detail)
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            yield table.reject(Reason.DAMAGED, number, "the row has more cells than the header")
        elif _unclosed(source, delimiter):
            yield table.reject(Reason.DAMAGED, number, "a quotation mark is not closed before the file ends")
        else:
            yield table.row(dict(zip(header, [*cells, *[""] * len(header)], strict=False)), number)
        source.next_row()
    if not number:
        raise refusal(Reason.EMPTY, table.name, "there is no row in it")


def _records(source: _Rows, delimiter: str) -> Iterator[list[str] | Reason]:
    """Yield the cells of each row, for one that cannot be read its reason; reading goes on behind it."""
    while True:
        try:
            yield from csv.reader(source, delimiter=delimiter)
        except _RowTooLongError:
            yield Reason.TOO_LARGE
        except csv.Error:
            yield Reason.DAMAGED
        else:
            return


def _unclosed(source: _Rows, delimiter: str) -> bool:
    """Tell whether the last row ran on to the end of the file because of one quotation mark."""
    if len(source.taken) < 2:
        return False
    try:
        list(csv.reader(source.taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _header(source: _Rows, delimiter: str, table: Table) -> list[str]:
    first = next(_records(source, delimiter), None)
    source.next_row()
    if isinstance(first, Reason) or not first:
        raise refusal(Reason.DAMAGED, table.name, "the table has no header")
    header = [name.strip() for name in first]
    absent = missing(set(header), table.columns)
    if absent:
        raise refusal(Reason.MISSING_COLUMN, table.name, f"the header has no column {', '.join(absent)}")
    if not pick(dict.fromkeys(header, ""), "text", table.columns)[0]:
        raise refusal(Reason.MISSING_COLUMN, table.name, "no column looks like the text; name it")
    return header


def _delimiter(head: str, suffix: str) -> str:
    """Return the separator that the header has most of, outside quotation marks."""
    header = re.sub(r'"[^"\n]*"', "", head.lstrip("\ufeff\r\n").partition("\n")[0])
    if suffix in {"tsv", "tab"} and "\t" in header:
        return "\t"
    return max((",", "\t", ";", "|"), key=header.count)


def _as_utf8(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the stream without its byte order mark; UTF-16 and UTF-32 become UTF-8, to cut lines."""
    marked = charset.bom_codec(head)
    codec, skip = marked or (charset.wide_codec(head) or "utf-8", 0)
    first = next(chunks, b"")[skip:]
    if codec == "utf-8":
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(codec)("replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _line_decoder(head: bytes) -> Callable[[bytes], str]:
    """Return the decoder of one line: UTF-8, else the charset that the head of the file speaks for."""
    wide = charset.bom_codec(head) or charset.wide_codec(head)
    fallback = None if wide else charset.choose_codec(head[: head.rfind(b"\n") + 1] or head)

    def decode(line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            codec = fallback if fallback not in {None, "utf-8"} else charset.choose_codec(line)
            return line.decode(codec or "utf-8", "replace")

    return decode
