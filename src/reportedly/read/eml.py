"""Email messages (.eml) and saved web archives (.mht) to text or markup, by the standard library.

Subject, sender and date become title, author and published. The plain text body is read; the HTML body where
there is no plain one, or where the plain one is a stub ("your reader shows no HTML"). Attachments are not
read: their names, in order and separated by ", ", stand in the field ``attachments``.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from reportedly.read import charset
from reportedly.read.html import DepthError, visible_text
from reportedly.read.nesting import too_deep
from reportedly.read.streams import refusal
from reportedly.types import Reason

MAX_HEADER = 4_000
MAX_PARTS = 10_000
_LONG_HEADER = re.compile(
    rb"^content-[a-z-]{1,40}:(?:[^\r\n]|\r?\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE
)
STUB = 200
"""A plain body below this many characters is a stub if the HTML body says five times as much."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says: exactly one of `text` and `html` is its body."""

    text: str | None
    html: str | None
    fields: dict[str, str]


def read_email(data: bytes, depth: int, place: str) -> Message:
    """Take a raw message apart; ``depth`` is the deepest nesting of tags looked at in its HTML body.

    Raises:
        RejectedError: DAMAGED (no parsable message), NO_TEXT (no text body).
    """
    _check_shape(data, place)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage):
            raise TypeError("not a message of the default policy")
        plain = _body(message, "plain")
        html = _body(message, "html")
        fields = _fields(message)
    except Exception as error:  # the library's header parser raises many kinds of errors on hostile headers
        raise refusal(Reason.DAMAGED, place, f"not a readable message ({type(error).__name__})") from error
    if html is not None and (plain is None or _is_stub(plain, html, depth)):
        return Message(None, html, fields)
    if plain is None:
        raise refusal(Reason.NO_TEXT, place, "the message has no text body")
    return Message(plain, None, fields)


def _check_shape(data: bytes, place: str) -> None:
    """Refuse what the standard library takes minutes for: 3 MB of empty parts took 52 s, measured."""
    if data.count(b"\n--") > MAX_PARTS:
        raise refusal(Reason.TOO_LARGE, place, f"more than {MAX_PARTS} parts")
    if _LONG_HEADER.search(data):
        raise refusal(Reason.DAMAGED, place, f"a content header longer than {MAX_HEADER} characters")


def _header(message: EmailMessage, name: str) -> Any:
    """Return a header, parsed from at most `MAX_HEADER` characters: its parser is quadratic."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return email.policy.default.header_fetch_parse(name, raw[:MAX_HEADER])


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body(preferencelist=("plain",) if kind == "plain" else ("html",))
    if part is None or part.get_content_type() != f"text/{kind}":
        return None
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    declared = part.get_content_charset() or charset.declared_charset(None, payload)
    text = charset.decode(payload, declared)
    return text if text.strip() else None


def _is_stub(plain: str, html: str, depth: int) -> bool:
    if len(plain.strip()) >= STUB or too_deep(html, depth):
        return False
    try:
        return len(visible_text(html)) > 5 * len(plain.strip())
    except DepthError:
        return False


def _fields(message: EmailMessage) -> dict[str, str]:
    sender = _header(message, "from")
    addresses = getattr(sender, "addresses", ())
    stated = {
        "title": str(_header(message, "subject")),
        "author": ", ".join(address.display_name or address.addr_spec for address in addresses),
        "published": _date(message),
        "url": str(_header(message, "snapshot-content-location") or _header(message, "content-location")),
        "attachments": ", ".join(_attachment_names(message)),
    }
    tidy = {name: " ".join(value.split()) for name, value in stated.items()}
    return {name: value for name, value in tidy.items() if value}


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(_header(message, "date"))).isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _attachment_names(message: EmailMessage) -> list[str]:
    names = []
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
            names.append(part.get_filename() or f"{part.get_content_type()} {number}")
    return names
