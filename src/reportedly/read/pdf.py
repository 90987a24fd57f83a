"""PDF to text, by pdfium.

The text is what pdfium extracts, page after page, with two changes: words that pdfium marks as broken at a
line end are joined, and lines that fill the width of their page are joined with the next one into
paragraphs. A hyphen that stands in the text stays. Pages are separated by an empty line.
"""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Iterator
from typing import Any

from reportedly.read.streams import refusal
from reportedly.settings import ReadSettings
from reportedly.types import Reason

_SOFT_BREAK = re.compile("[\x02\u00ad\ufffe](?:\r?\n)")
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|pub|rtf)$|^microsoft word|^untitled|^slide 1$", re.IGNORECASE
)
_ITEM = re.compile(r"(?:[•▪●*–-]|\(?\d{1,3}[.)]|[a-z]\))\s")
_LOCK = threading.Lock()
"""pdfium may be used by one thread at a time."""


def read_pdf(data: bytes, settings: ReadSettings, place: str) -> tuple[str, dict[str, str]]:
    """Return the text of a PDF and its metadata (title and author, where it has any).

    A creation date is left out: it dates the file, not the story.

    Raises:
        RejectedError: ENCRYPTED, DAMAGED, TOO_LARGE (pages or text).
    """
    pdfium = importlib.import_module("pypdfium2")
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _refused(error, place) from error
        try:
            if len(document) > settings.max_pages_pdf:
                raise refusal(Reason.TOO_LARGE, place, f"{len(document)} pages (read.max_pages_pdf)")
            pages = list(_pages(document, settings, place))
            return "\n\n".join(page for page in pages if page), _metadata(document)
        except pdfium.PdfiumError as error:
            raise refusal(Reason.DAMAGED, place, "a page of the PDF cannot be read") from error
        finally:
            document.close()


def _refused(error: Exception, place: str) -> Exception:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return refusal(Reason.ENCRYPTED, place, "the PDF asks for a password")
    return refusal(Reason.DAMAGED, place, "pdfium finds no readable PDF in it")


def _pages(document: Any, settings: ReadSettings, place: str) -> Iterator[str]:
    total = 0
    for page in document:
        layer = page.get_textpage()
        text = unwrap(layer.get_text_range())
        layer.close()
        page.close()
        total += len(text)
        if total > settings.max_bytes:
            raise refusal(Reason.EXPANDS_TOO_FAR, place, "the text of the PDF passes read.max_bytes")
        yield text


def unwrap(text: str) -> str:
    """Join the lines of one page into paragraphs: a line that fills the page goes on in the next.

    "Fills" means four fifths of the ninth-decile line length. Pages of fewer than four lines stay as is.
    """
    lines = [line.strip() for line in _SOFT_BREAK.sub("", text).splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 4:
        return "\n".join(lines).strip("\n")
    full = 0.8 * lengths[int(0.9 * (len(lengths) - 1))]
    out: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and not _ITEM.match(line):
            out[-1] += line if _hyphenated(out[-1], line) else f" {line}"
        else:
            out.append(line)
        open_line = bool(line) and len(line) >= max(full, 30)
    return "\n".join(out).strip("\n")


def _hyphenated(before: str, after: str) -> bool:
    return len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[:1].islower()


def _metadata(document: Any) -> dict[str, str]:
    stated = document.get_metadata_dict(skip_empty=True)
    title = " ".join(stated.get("Title", "").split())
    author = " ".join(stated.get("Author", "").split())
    fields = {"author": author}
    if not _NO_TITLE.search(title):
        fields["title"] = title
    return {name: value for name, value in fields.items() if value}
