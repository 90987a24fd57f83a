"""Word documents (.docx) to text, by python-docx: paragraphs and tables in order, a line for each.

The cells of a table row share a line, separated by tabs. Headers, footers, footnotes, comments and text
boxes are not read. Core properties give title, author and, as the published date, the day of creation.
"""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from reportedly.read.streams import RATIO_SLACK, refusal
from reportedly.settings import ReadSettings
from reportedly.types import Reason

MAX_NESTED_TABLES = 20


def read_docx(data: bytes, settings: ReadSettings, place: str) -> tuple[str, dict[str, str]]:
    """Return the text of a .docx file and its title, author and day of creation.

    Raises:
        RejectedError: EXPANDS_TOO_FAR, TOO_LARGE, ENCRYPTED, DAMAGED, UNKNOWN_FORMAT (another kind of
        archive).
    """
    _check_archive(data, settings, place)
    library = importlib.import_module("docx")
    try:
        document = library.Document(io.BytesIO(data))
        return "\n".join(_lines(document, document.element.body, 0)), _fields(document.core_properties)
    except (
        Exception
    ) as error:  # whatever python-docx and lxml make of a broken package, the package is broken
        raise refusal(
            Reason.DAMAGED, place, f"python-docx cannot read it ({type(error).__name__})"
        ) from error


def _check_archive(data: bytes, settings: ReadSettings, place: str) -> None:
    """Refuse an archive that would unpack too far, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refusal(Reason.DAMAGED, place, "the zip archive is damaged") from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > len(data) * settings.max_ratio + RATIO_SLACK:
        detail = f"unpacks to more than {settings.max_ratio} times its size (read.max_ratio)"
        raise refusal(Reason.EXPANDS_TOO_FAR, place, detail)
    if unpacked > settings.max_bytes:
        raise refusal(Reason.TOO_LARGE, place, f"unpacks to {unpacked} bytes (read.max_bytes)")
    if any(part.flag_bits & 1 for part in parts):
        raise refusal(Reason.ENCRYPTED, place, "the archive asks for a password")
    if not any(part.filename == "word/document.xml" for part in parts):
        known = any(part.filename == "[Content_Types].xml" for part in parts)
        reason = Reason.DAMAGED if known and not _other_office(parts) else Reason.UNKNOWN_FORMAT
        raise refusal(reason, place, "a zip archive, but no Word document")


def _other_office(parts: list[zipfile.ZipInfo]) -> bool:
    return any(part.filename.startswith(("xl/", "ppt/")) for part in parts)


def _lines(holder: Any, element: Any, level: int) -> Iterator[str]:
    """Yield a line for each paragraph and table row right under ``element``, the XML of ``holder``.

    python-docx's own `iter_inner_content` asks XPath for a union, which libxml2 sorts in quadratic time: 20 s
    for 80,000 paragraphs, against 3 s this way.
    """
    words = importlib.import_module("docx.oxml.ns").qn
    paragraphs = importlib.import_module("docx.text.paragraph")
    tables = importlib.import_module("docx.table")
    for child in element.iterchildren(words("w:p"), words("w:tbl")):
        if child.tag == words("w:p"):
            yield paragraphs.Paragraph(child, holder).text
        else:
            yield from _rows(tables.Table(child, holder), level)


def _rows(table: Any, level: int) -> Iterator[str]:
    if level >= MAX_NESTED_TABLES:
        raise RecursionError("tables nest too deep")
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:  # a merged cell comes once for every column it spans
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(" ".join(" ".join(_lines(cell, cell._tc, level + 1)).split()))
        yield "\t".join(cells)


def _fields(properties: Any) -> dict[str, str]:
    created = properties.created
    stated = {
        "title": properties.title,
        "author": properties.author,
        "published": created.date().isoformat() if isinstance(created, datetime) else None,
    }
    tidy = {name: " ".join(value.split()) for name, value in stated.items() if value}
    return {name: value for name, value in tidy.items() if value}
