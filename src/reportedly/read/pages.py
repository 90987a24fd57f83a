"""One item to a page: the format by its bytes, the charset, the text. Runs in a worker."""

from __future__ import annotations

from dataclasses import replace

from reportedly.read import charset
from reportedly.read.docx import read_docx
from reportedly.read.eml import read_email
from reportedly.read.html import DepthError, visible_blocks
from reportedly.read.nesting import too_deep
from reportedly.read.pdf import read_pdf
from reportedly.read.sniff import HEAD, Format, is_page, looks_html, sniff
from reportedly.read.streams import refusal
from reportedly.settings import ReadSettings
from reportedly.types import Item, Media, Page, Reason, content_id

PARSER_DEPTH = 2_000
"""libxml2 takes 2,048 levels at most, so `read.max_depth` above this has no effect."""

REFUSED = {
    Format.BINARY: (Reason.BINARY, "these bytes are no text"),
    Format.OTHER: (Reason.UNKNOWN_FORMAT, "a format that is not read here"),
    Format.OFFICE: (Reason.UNKNOWN_FORMAT, "an old Office file; save it as .docx"),
    Format.GZIP: (Reason.UNKNOWN_FORMAT, "packed once more than is unpacked"),
    Format.NOT_JSON: (Reason.NOT_JSON, "named as JSON, but there is none in it"),
    Format.WARC: (Reason.UNKNOWN_FORMAT, "a web archive inside another container"),
}
"""Formats that make no page: the reason and what a person is told."""

_MEDIA = {Format.MARKDOWN: Media.MARKDOWN, Format.ROW: Media.ROW}


def page_id(item: Item) -> str:
    """Return the id of the page in ``item``: a hash of its bytes and stated fields, not of its name."""
    stated = [part for field in sorted(item.fields.items()) for part in field]
    return content_id(item.data, *stated)


def read_page(item: Item, settings: ReadSettings) -> Page:
    """Decode one item.

    Fields that the container stated win over those found inside the item (a message's subject, a document's
    properties).

    Raises:
        RejectedError: EMPTY, TOO_LARGE, BINARY, UNKNOWN_FORMAT, NOT_JSON, DAMAGED, ENCRYPTED,
            EXPANDS_TOO_FAR, TOO_DEEP, NO_TEXT.
    """
    check_size(item, settings)
    page = _row(item, settings) if item.suffix == "row" else _by_format(item, settings)
    limit = settings.max_text_characters
    if len(page.text) > limit:
        detail = f"a text of {len(page.text)} characters (read.max_text_characters: {limit})"
        raise refusal(Reason.TOO_LARGE, item.name, detail)
    return page


def _by_format(item: Item, settings: ReadSettings) -> Page:
    form = sniff(item.data[:HEAD], item.suffix, item.content_type)
    if form in REFUSED:
        reason, detail = _refusal_of(form, item)
        raise refusal(reason, item.name, detail)
    if form is Format.PDF:
        return _with_library(item, Media.PDF, settings)
    if form is Format.DOCX:
        return _with_library(item, Media.DOCX, settings)
    if form is Format.EMAIL:
        return _email(item, settings)
    text = _decoded(item, markup=form is Format.HTML)
    return _html(item, text, settings) if form is Format.HTML else _plain(item, text, form)


def check_size(item: Item, settings: ReadSettings) -> None:
    """Refuse an item without bytes or with too many.

    Raises:
        RejectedError: EMPTY, TOO_LARGE.
    """
    if not item.data:
        raise refusal(Reason.EMPTY, item.name, "there is nothing in it")
    if len(item.data) > settings.max_bytes:
        detail = f"larger than read.max_bytes ({settings.max_bytes} bytes)"
        raise refusal(Reason.TOO_LARGE, item.name, detail)


def _refusal_of(form: Format, item: Item) -> tuple[Reason, str]:
    if form is Format.OFFICE and "EncryptedPackage".encode("utf-16-le") in item.data:
        return Reason.ENCRYPTED, "the document asks for a password"
    return REFUSED[form]


def _decoded(item: Item, *, markup: bool) -> str:
    stated = charset.declared_charset(item.content_type, item.data if markup else b"")
    text = charset.decode(item.data, stated)
    if charset.implausible(text):
        raise refusal(Reason.BINARY, item.name, "these bytes make no text in any charset")
    return text


def _page(item: Item, media: Media, text: str, found: dict[str, str] | None = None) -> Page:
    if not text.strip():
        raise refusal(Reason.NO_TEXT, item.name, "there is no text in it")
    return Page(page_id(item), item.name, media, text, fields={**(found or {}), **item.fields})


def _plain(item: Item, text: str, form: Format) -> Page:
    return _page(item, _MEDIA.get(form, Media.CAPTURE), text)


def _html(item: Item, html: str, settings: ReadSettings, found: dict[str, str] | None = None) -> Page:
    """Make the page of markup."""
    if len(html) > settings.max_html_characters:
        detail = f"a page larger than read.max_html_characters ({settings.max_html_characters})"
        raise refusal(Reason.TOO_LARGE, item.name, detail)
    limit = min(settings.max_depth, PARSER_DEPTH)
    deep = refusal(Reason.TOO_DEEP, item.name, f"tags nest deeper than {limit} (read.max_depth)")
    if too_deep(html, limit):
        raise deep
    try:
        text, blocks = visible_blocks(html)
    except DepthError:
        raise deep from None
    return replace(_page(item, Media.HTML, text, found), html=html, blocks=blocks)


def _row(item: Item, settings: ReadSettings) -> Page:
    """Make the page of a table's row. Markup in a text column is read as HTML.

    A whole HTML page in a column is a page of its own (media html); a fragment of markup stays a row, of
    which the visible text is read.
    """
    text = item.data.decode("utf-8", "replace")
    if not looks_html(text):
        return _page(item, Media.ROW, text)
    page = _html(item, text, settings)
    return page if is_page(text) else replace(page, media=Media.ROW, html=None)


def _with_library(item: Item, media: Media, settings: ReadSettings) -> Page:
    read = read_pdf if media is Media.PDF else read_docx
    text, found = read(item.data, settings, item.name)
    return _page(item, media, text, found)


def _email(item: Item, settings: ReadSettings) -> Page:
    limit = min(settings.max_depth, PARSER_DEPTH)
    message = read_email(item.data, limit, item.name)
    if message.html is not None:
        return _html(item, message.html, settings, message.fields)
    return _page(item, Media.EMAIL, message.text or "", message.fields)
