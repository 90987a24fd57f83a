"""Which charset, and whether it is text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read import charset

PERSIAN = "وزیر خارجه گفت که گفتگوها ادامه دارد و نتیجه آن روشن نیست. سخنگو این خبر را رد کرد. " * 4
RUSSIAN = "Министр сказал, что переговоры продолжаются, а их исход неясен. Представитель это отрицал. " * 4
FRENCH = "Le ministre a déclaré que les négociations étaient terminées."
CHINESE = "部长说谈判仍在继续,结果尚不清楚。发言人否认了这一消息。" * 4


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (FRENCH.encode(), None, FRENCH),
        (FRENCH.encode("utf-8-sig"), None, FRENCH),
        (FRENCH.encode("utf-16"), None, FRENCH),
        (FRENCH.encode("utf-16-le"), None, FRENCH),
        (FRENCH.encode("utf-16-be"), None, FRENCH),
        (FRENCH.encode("utf-32"), None, FRENCH),
        (FRENCH.encode("cp1252"), None, FRENCH),
        (FRENCH.encode(), "iso-8859-1", FRENCH),
        (FRENCH.encode("cp1252"), "utf-8", FRENCH),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),
        (PERSIAN.replace("ی", "ي").encode("cp1256", "ignore"), None, None),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        (CHINESE.encode("gb18030"), "gb2312", CHINESE),
        (PERSIAN.encode() + b"\xd9", None, PERSIAN + "\ufffd"),
        (b"caf\xe9", "no-such-charset", "café"),
        (b"caf\xe9", "unicode_escape", "café"),
        (b"a\r\nb\rc\n", None, "a\r\nb\rc\n"),
    ],
)
def test_decode(data: bytes, declared: str | None, text: str | None) -> None:
    expected = text if text is not None else data.decode("cp1256")
    assert charset.decode(data, declared) == expected


@pytest.mark.parametrize(
    ("content_type", "markup", "declared"),
    [
        ("text/html; charset=Windows-1251", b"", "Windows-1251"),
        (None, b'<meta charset="utf-8">', "utf-8"),
        (None, b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (None, b"<?xml version='1.0' encoding='latin1'?>", "latin1"),
        ("text/html", b"<p>", None),
    ],
)
def test_declared(content_type: str | None, markup: bytes, declared: str | None) -> None:
    assert charset.declared_charset(content_type, markup) == declared


@given(st.text())
def test_utf8_round_trip(text: str) -> None:
    data = text.encode()
    if not charset.bom_codec(data) and not charset.wide_codec(data):
        assert charset.decode(data) == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "gbk", "hex", "utf-7", "\0"]))
def test_never_raises(data: bytes, declared: str | None) -> None:
    charset.decode(data, declared)


def test_random_bytes_are_binary_and_text_is_not() -> None:
    assert charset.looks_binary(random.Random(1).randbytes(4_000))
    assert not charset.looks_binary(PERSIAN.encode("cp1256", "ignore"))
    assert not charset.looks_binary(FRENCH.encode("utf-16"))
    assert charset.implausible("\ufffd\ufffdab")
    assert not charset.implausible(PERSIAN)
