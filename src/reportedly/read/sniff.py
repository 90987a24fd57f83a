"""Which format some bytes are in. The bytes decide; name and stated type only choose among kinds of text."""

from __future__ import annotations

import re
from enum import StrEnum

from reportedly.read import charset
from reportedly.read.streams import GZIP_MAGIC

HEAD = 1 << 16
"""Bytes that are looked at."""


class Format(StrEnum):
    """What the bytes are."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    PDF = "pdf"
    DOCX = "docx"
    EMAIL = "email"
    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"
    NOT_JSON = "not-json"
    WARC = "warc"
    GZIP = "gzip"
    ROW = "row"
    OFFICE = "office"
    OTHER = "other"
    BINARY = "binary"


CONTAINERS = frozenset((Format.JSONL, Format.JSON, Format.TABLE, Format.WARC))
"""Formats that hold many items."""

_HTML_NAMES = frozenset(("html", "htm", "xhtml", "shtml", "asp", "aspx", "php", "jsp", "cfm"))
_TEXT_NAMES = frozenset(
    ("txt", "text", "md", "markdown", "csv", "tsv", "tab", "jsonl", "ndjson", "json", "eml")
)
_CODE_NAMES = frozenset(
    ("css", "js", "mjs", "cjs", "ts", "map", "svg", "py", "sh", "sql", "rtf", "tex", "bib")
)
_BLANK_OR_COMMENT = re.compile(r"(?:\s|<!--.{0,4000}?-->|<\?[^>]{0,400}>)*", re.DOTALL)
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
_TAG_START = re.compile(
    r"<(?:script|style|link|div|article|section|main|header|nav|table|center|font|p|h[1-6]|span|ul|ol|a|b|img|br)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_JSON_OBJECT = re.compile(r"""\s*\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\})""")
_JSON_ARRAY = re.compile(r"""\s*\[\s*(?:\{|\])""")
_HEADER = re.compile(r"^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]*\S", re.MULTILINE)
_MAIL_HEADER = re.compile(
    r"^(?:From|To|Subject|Date|MIME-Version|Received|Message-ID|Return-Path|Delivered-To):",
    re.MULTILINE | re.IGNORECASE,
)


def sniff(head: bytes, suffix: str = "", content_type: str | None = None) -> Format:
    """Return the format of bytes that begin with ``head`` (at most `HEAD` bytes of them are looked at)."""
    binary = _by_magic(head)
    if binary is not None:
        return binary
    if charset.looks_binary(head):
        return Format.BINARY
    text = charset.decode(head[:HEAD], charset.declared_charset(content_type, head))
    return _by_text(text, suffix, (content_type or "").partition(";")[0].strip().lower())


def _by_magic(head: bytes) -> Format | None:
    if head.startswith(GZIP_MAGIC):
        return Format.GZIP
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return Format.DOCX if b"word/" in head or b"[Content_Types].xml" in head else Format.OTHER
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format.OFFICE
    if head.startswith(b"{\\rtf"):
        return Format.OTHER
    return Format.WARC if head.startswith(b"WARC/") else None


def _by_text(text: str, suffix: str, stated: str) -> Format:
    if looks_html(text, named=suffix in _HTML_NAMES or "html" in stated):
        return Format.MARKDOWN if suffix in {"md", "markdown"} and not is_page(text) else Format.HTML
    if suffix == "row":
        return Format.ROW
    if looks_email(text, named=suffix in {"eml", "mht", "mhtml"} or stated == "message/rfc822"):
        return Format.EMAIL
    tabular = _by_json(text, suffix, stated) or _by_table(text, suffix, stated)
    if tabular:
        return tabular
    if suffix in _CODE_NAMES or stated in {"text/css", "text/javascript", "application/javascript"}:
        return Format.OTHER
    return Format.MARKDOWN if suffix in {"md", "markdown"} or stated == "text/markdown" else Format.TEXT


def is_page(text: str) -> bool:
    """Tell whether text begins like a whole HTML page: a doctype, or html, head, body, title or meta."""
    return _PAGE_START.match(text, _content_start(text)) is not None


def looks_html(text: str, *, named: bool = False) -> bool:
    """Tell whether text is markup: it begins with a tag, or has any tag and is ``named`` HTML."""
    if is_page(text):
        return True
    if named:
        return _ANY_TAG.search(text) is not None
    start = _content_start(text)
    if text.lstrip().startswith("<?xml"):
        return True
    return _TAG_START.match(text, start) is not None and len(_ANY_TAG.findall(text, start)) >= 2


def _content_start(text: str) -> int:
    blank = _BLANK_OR_COMMENT.match(text)
    return blank.end() if blank else 0


def looks_email(text: str, *, named: bool) -> bool:
    """Tell whether text is a raw message: a block of headers, a sender, and a name or three mail headers."""
    block = re.split(r"\r?\n\r?\n", text.lstrip("\r\n"), maxsplit=1)[0]
    known = len({name.lower() for name in _MAIL_HEADER.findall(block)})
    if named:
        return _HEADER.search(block) is not None and known >= 1
    first = block.partition("\n")[0]
    routed = re.search(
        r"^(?:MIME-Version|Received|Message-ID|Return-Path):", block, re.MULTILINE | re.IGNORECASE
    )
    return _HEADER.match(first) is not None and known >= 3 and routed is not None


def _by_json(text: str, suffix: str, stated: str) -> Format | None:
    """Tell JSON Lines from a JSON document; text named .jsonl in which no line opens an object is neither."""
    line = text.lstrip().partition("\n")[0].rstrip()
    if suffix in {"jsonl", "ndjson"} or "jsonl" in stated or "ndjson" in stated:
        return Format.JSONL if re.search(r"^[ \t]*\{", text, re.MULTILINE) else Format.NOT_JSON
    if _JSON_ARRAY.match(text):
        return Format.JSON
    if _JSON_OBJECT.match(text) and (len(line) > 1 or suffix == "json"):
        complete = "\n" in text.strip()
        return Format.JSON if complete and not line.endswith("}") else Format.JSONL
    if suffix == "json" or stated == "application/json":
        return Format.NOT_JSON
    return Format.JSON if line == "{" and _JSON_OBJECT.match(text) else None


def _by_table(text: str, suffix: str, stated: str) -> Format | None:
    if suffix in {"csv", "tsv", "tab"} or stated in {"text/csv", "text/tab-separated-values"}:
        return Format.TABLE
    header = text.lstrip().partition("\n")[0]
    if suffix or len(header) > 1000:
        return None
    cells = {cell.strip().strip('"').lower() for cell in re.split(r"[,;\t]", header)}
    return Format.TABLE if len(cells) >= 2 and cells & {"text", "body", "content", "articlebody"} else None
