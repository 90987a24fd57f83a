"""Bytes to text: which character set, and whether these bytes can be text at all.

Order of evidence: byte order mark; UTF-16 without a mark (by where its zero bytes stand); a stated multi-byte
charset that decodes without an error; UTF-8; a stated single-byte charset; a guess. UTF-8 goes before a
stated single-byte charset because text in another charset is almost never valid UTF-8 by accident, while
pages that say "iso-8859-1" and are UTF-8 are everyday. Replacement characters are the last resort.
"""

from __future__ import annotations

import codecs
import importlib
import re
import unicodedata

SAMPLE = 1 << 16
WESTERN = "windows-1252"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16-LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the label means on the web (WHATWG Encoding Standard), where Python's codec of that name is narrower.
_WEB_LABELS = {
    "iso-8859-1": WESTERN,
    "latin1": WESTERN,
    "latin-1": WESTERN,
    "ascii": WESTERN,
    "us-ascii": WESTERN,
    "iso-8859-9": "windows-1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "unicode": "utf-8",
    "utf8": "utf-8",
}
_MULTI_BYTE = ("gb", "big5", "euc", "cp932", "cp949", "cp950", "shift", "hz", "iso-2022", "iso2022", "johab")
_ALLOWED = (*_MULTI_BYTE, "utf-8", "windows-", "cp", "iso-8859", "iso8859", "koi8", "mac", "ptcp154", "latin")
# Tried by the guess. windows-1256 also serves Persian; the rest are what news archives were written in.
_CANDIDATES = (
    *("cp1252", "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1257", "cp874", "koi8_r"),
    *("iso8859_5", "iso8859_6", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
_WESTERN_CHARACTERS = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøùúûüýßœÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜŒ“”‘’„–—…«»°€£©®§·¡¿ªº\xa0"
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,400}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_IN_TYPE = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")


def declared_charset(content_type: str | None, markup: bytes = b"") -> str | None:
    """Return the charset that a content type or the head of a markup file states, or None."""
    stated = _IN_TYPE.search(content_type or "")
    if stated:
        return stated[1]
    written = _DECLARED.search(markup[:4096])
    return written[1].decode("ascii") if written else None


def bom_codec(data: bytes) -> tuple[str, int] | None:
    """Return the codec that a byte order mark names and the mark's length, or None without one."""
    return next(((codec, len(mark)) for mark, codec in _BOMS if data.startswith(mark)), None)


def wide_codec(data: bytes) -> str | None:
    """Return "utf-16-le" or "utf-16-be" for UTF-16 text without a mark, else None.

    Text in Latin letters has a zero in nearly every second byte; binary files have them anywhere.
    """
    sample = data[:SAMPLE]
    half = len(sample) // 2
    if half < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.02 else None


def looks_binary(data: bytes) -> bool:
    """Tell whether the first bytes cannot be text in any charset: too many control bytes.

    Random bytes have 11 % of them, text has none; 1 % is allowed for damage.
    """
    if bom_codec(data) or wide_codec(data):
        return False
    sample = data[:SAMPLE]
    return len(_CONTROL.findall(sample)) > 0.01 * len(sample)


def implausible(text: str) -> bool:
    """Tell whether decoded text is no text: over a tenth is unassigned, private, control or replaced."""
    sample = text[:4096]
    bad = sum(
        1
        for char in sample
        if char == "\ufffd" or (unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and not char.isspace())
    )
    return bad > 0.1 * len(sample)


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode text of unknown charset; only a byte order mark is dropped, nothing else changes."""
    marked = bom_codec(data)
    if marked:
        codec, skip = marked
        return data[skip:].decode(codec, "replace")
    wide = wide_codec(data)
    if wide:
        return data.decode(wide, "replace")
    return data.decode(choose_codec(data, declared), "replace")


def choose_codec(data: bytes, declared: str | None = None) -> str:
    """Return the Python codec for text without a byte order mark, by the order of this module's docstring."""
    stated = _known(declared)
    if stated and stated.startswith(_MULTI_BYTE) and _decodes(data, stated):
        return stated
    if _decodes(data, "utf-8") or _nearly_utf8(data):
        return "utf-8"
    if stated and stated != "utf-8" and _decodes(data, stated):
        return stated
    return _guess(data)


def _known(declared: str | None) -> str | None:
    """Return the codec behind a label, None where there is none or where it is no plain text codec."""
    if not declared:
        return None
    label = declared.strip().lower()
    label = _WEB_LABELS.get(label, label)
    try:
        codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return label if label.startswith(_ALLOWED) else None


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _nearly_utf8(data: bytes) -> bool:
    """Tell whether this is UTF-8 with a little damage: ten good multi-byte characters for every bad byte."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good >= 10 * bad


def _guess(data: bytes) -> str:
    """Guess a charset from the lines with non-ASCII bytes; windows-1252 if nothing speaks for another."""
    sample = b"\n".join(line[:2000] for line in data[: 8 * SAMPLE].splitlines() if _HIGH.search(line))[:8000]
    high = b"".join(_HIGH.findall(sample))
    if len(high) < 0.35 * sum(byte > 64 for byte in sample):
        # Latin letters with accents. charset-normalizer takes short French for Central European, so Western
        # stands unless its accents would be letters that no Western language has (Polish, Turkish ...).
        accents = high.decode(WESTERN, "replace")
        if sum(char in _WESTERN_CHARACTERS for char in accents) >= 0.9 * len(accents):
            return WESTERN
    normalizer = importlib.import_module("charset_normalizer")
    best = normalizer.from_bytes(sample, cp_isolation=list(_CANDIDATES), threshold=0.4).best()
    return str(best.encoding) if best is not None else WESTERN
