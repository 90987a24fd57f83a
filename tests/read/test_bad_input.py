"""Every row of the list "Bad input: what it gets": one reject with stage, reason and place."""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.read import read_page, streams
from reportedly.types import Item, Page, Reason, Reject, Stage
from tests.read import makers
from tests.read.makers import HTML, record, response
from tests.read.reading import SETTINGS, entries, only_page, only_reject, pages

JUNK = random.Random(7).randbytes(5_000)
PAGE = b"<html><body>" + b"<p>The harbour will close, said Ansa Tirol.</p>\n" * 200 + b"</body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

CASES: dict[str, tuple[bytes, Reason]] = {
    "empty.html": (b"", Reason.EMPTY),
    "empty.txt.gz": (gzip.compress(b""), Reason.EMPTY),
    "blank.txt": (b" \n\t\n", Reason.NO_TEXT),
    "junk.txt": (JUNK, Reason.BINARY),
    "junk.html": (JUNK, Reason.BINARY),
    "junk": (JUNK, Reason.BINARY),
    "junk.gz": (gzip.compress(JUNK), Reason.BINARY),
    "junk.jsonl": (JUNK, Reason.BINARY),
    "junk.csv": (JUNK, Reason.BINARY),
    "nul.txt": (bytes(1000), Reason.BINARY),
    "image.png": (b"\x89PNG\r\n\x1a\n" + JUNK, Reason.BINARY),
    "sheet.css": (b"p { color: red }", Reason.UNKNOWN_FORMAT),
    "letter.rtf": (b"{\\rtf1 words}", Reason.UNKNOWN_FORMAT),
    "old.doc": (OLE, Reason.UNKNOWN_FORMAT),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
    "archive.zip": (b"PK\x03\x04" + JUNK, Reason.UNKNOWN_FORMAT),
    "cut.html.gz": (gzip.compress(PAGE + JUNK.hex().encode())[:-900], Reason.TRUNCATED),
    "cut.txt.gz": (gzip.compress(b"short")[:12], Reason.TRUNCATED),
    "broken.txt.gz": (gzip.compress(JUNK.hex().encode())[:200] + JUNK, Reason.DAMAGED),
    "bomb.html.gz": (gzip.compress(b" " * 30_000_000), Reason.EXPANDS_TOO_FAR),
    "bomb.jsonl.gz": (gzip.compress(b'{"text": "' + b"x" * 30_000_000), Reason.EXPANDS_TOO_FAR),
    "bomb.txt.gz": (gzip.compress(bytes(30_000_000)), Reason.EXPANDS_TOO_FAR),
    "bomb.docx": (makers.zip_bomb(), Reason.EXPANDS_TOO_FAR),
    "locked.pdf": (makers.pdf(encrypted=True), Reason.ENCRYPTED),
    "damaged.pdf": (b"%PDF-1.7\n" + JUNK, Reason.DAMAGED),
    "half.pdf": (makers.pdf()[:90], Reason.DAMAGED),
    "scan.pdf": (makers.pdf(lines=()), Reason.NO_TEXT),
    "damaged.docx": (makers.word()[:-4_000], Reason.DAMAGED),
    "nested.html": (b"<html><body>" + b"<div>" * 1_000_000 + b"words", Reason.TOO_DEEP),
    "nested.txt": (b"<!doctype html>" + b"<b>" * 1_000_000, Reason.TOO_DEEP),
    "tagsonly.html": (b"<html><body><img src=x></body></html>", Reason.NO_TEXT),
    "named.json": (b"some words, no JSON", Reason.NOT_JSON),
    "damaged.warc": (b"WARC/1.0\r\nnonsense", Reason.DAMAGED),
    "norecord.warc": (record("warcinfo", "", b"x", "application/warc-fields"), Reason.EMPTY),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_file(tmp_path: Path, name: str) -> None:
    data, reason = CASES[name]
    (tmp_path / name).write_bytes(data)
    reject = only_reject(tmp_path / name)
    assert (reject.stage, reject.reason) == (Stage.READ, reason)
    assert reject.place.partition("#")[0] == str(tmp_path / name)
    assert reject.detail


def test_200_megabytes_of_html_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as stream:
        stream.write(PAGE * 10)
        stream.truncate(200_000_000)
    tracemalloc.start()
    reject = only_reject(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reject.reason is Reason.TOO_LARGE
    assert peak < 5_000_000


class Endless(io.BytesIO):
    """A stream without an end."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        self.given += size or 0
        return b"<p>word</p>." * ((size or 0) // 12)


def test_endless_standard_input_stops_at_the_limit() -> None:
    endless = Endless()
    (reject,) = entries("-", settings=replace(SETTINGS, max_bytes=1_000_000), stdin=endless)
    assert isinstance(reject, Reject)
    assert reject.reason is Reason.TOO_LARGE
    assert endless.given < 2_000_000


def test_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"<p>x" * 20_000_000, compresslevel=1))
    tracemalloc.start()
    reject = only_reject(tmp_path / "bomb.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reject.reason in {Reason.EXPANDS_TOO_FAR, Reason.TOO_LARGE}
    assert peak < 120_000_000


def test_item_larger_than_the_limit_is_refused_by_the_worker_too() -> None:
    with pytest.raises(Exception, match="too-large"):
        read_page(Item("a.txt", b"x" * 100, "txt"), replace(SETTINGS, max_bytes=99))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xe9 au lait, dit-elle", "café au lait, dit-elle"),
        ("Déjà vu, dit-elle à René, où ça? ".encode() * 3 + b"\xff!", None),
    ],
)
def test_invalid_utf8_is_read_as_well_as_can_be(tmp_path: Path, data: bytes, text: str | None) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert only_page(tmp_path / "a.txt").text == (text or data.decode("utf-8", "replace"))


def test_records_of_a_web_archive(tmp_path: Path) -> None:
    good = response("200 OK", HTML, PAGE)
    large = response("200 OK", HTML, PAGE * 20)
    bomb = response("200 OK", f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(PAGE * 20))
    uri = "https://lantern.example/"
    whole = record("response", uri, large) + record("response", uri, bomb) + record("response", uri, good)
    path = tmp_path / "a.warc"
    path.write_bytes(whole + record("response", uri, good)[:-500])
    found = pages(entries(path, settings=replace(SETTINGS, max_bytes=50_000)))
    assert [entry.reason if isinstance(entry, Reject) else entry.name for entry in found] == [
        Reason.TOO_LARGE,
        Reason.EXPANDS_TOO_FAR,
        f"{path}#3",
        Reason.TRUNCATED,
    ]
    assert [entry.place for entry in found if isinstance(entry, Reject)] == [f"{path}#{n}" for n in (1, 2, 4)]


def test_truncated_container_keeps_the_rows_before(tmp_path: Path) -> None:
    rows = b"".join(
        b'{"text": "%s"}\n' % random.Random(n).randbytes(400).hex().encode() for n in range(1_000)
    )
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-5_000])
    found = entries(tmp_path / "a.jsonl.gz")
    assert len(found) > 500
    assert [entry.reason for entry in found if isinstance(entry, Reject)] == [Reason.TRUNCATED]


def test_directory(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "b" / "self").symlink_to(tmp_path / "b" / "self")
    (tmp_path / "b" / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b" / "z.txt").write_text("Last words.", encoding="utf-8")
    (tmp_path / "a.txt").write_text("First words.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Not read.", encoding="utf-8")
    os.mkfifo(tmp_path / "c.fifo")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "d.sock"))
        found = entries(tmp_path)
    assert [(getattr(e, "name", None) or (e.reason.value, e.place)) for e in found] == [  # type: ignore[union-attr]
        f"{tmp_path}/a.txt",
        ("not-found", f"{tmp_path}/b/gone"),
        ("directory-loop", f"{tmp_path}/b/loop"),
        ("directory-loop", f"{tmp_path}/b/self"),
        f"{tmp_path}/b/z.txt",
        ("unreadable", f"{tmp_path}/c.fifo"),
        ("unreadable", f"{tmp_path}/d.sock"),
    ]


def test_two_links_to_one_directory_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    first, second = entries(tmp_path)
    assert isinstance(first, Item)
    assert isinstance(second, Reject)
    assert second.reason is Reason.DIRECTORY_LOOP


def test_unreadable_file_and_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "d").mkdir()
    opened, listed = Path.open, os.scandir

    def refuse_open(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    def refuse_list(path: str) -> object:
        if path.endswith("/d"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_list)
    first, second, third = entries(tmp_path)
    assert isinstance(second, Item)
    for reject, name in ((first, "a.txt"), (third, "d")):
        assert isinstance(reject, Reject)
        assert (reject.reason, reject.place) == (Reason.UNREADABLE, f"{tmp_path}/{name}")


def test_a_disk_that_fails_in_the_middle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (reject,) = entries("-", stdin=Failing())
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.place) == (Reason.UNREADABLE, "-")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.txt", "not-found"),
        ("*.nothing", "not-found"),
        ("a\0b", "unreadable"),
        ("x" * 300, "unreadable"),
    ],
)
def test_no_such_input(tmp_path: Path, name: str, reason: str) -> None:
    (reject,) = entries(f"{tmp_path}/{name}")
    assert isinstance(reject, Reject)
    assert reject.reason.value == reason


def test_devices_are_refused() -> None:
    assert only_reject("/dev/zero").reason is Reason.UNREADABLE


def test_empty_directory_and_no_standard_input(tmp_path: Path) -> None:
    assert only_reject(tmp_path).reason is Reason.EMPTY
    assert only_reject("-").reason is Reason.UNREADABLE


def test_globs_are_expanded(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text("Words.", encoding="utf-8")
    (tmp_path / "odd[1].txt").write_text("Words.", encoding="utf-8")
    found = entries(f"{tmp_path}/?.txt", tmp_path / "odd[1].txt")
    assert [item.name for item in found if isinstance(item, Item)] == [
        f"{tmp_path}/a.txt",
        f"{tmp_path}/b.txt",
        f"{tmp_path}/odd[1].txt",
    ]


def test_names_that_are_not_utf8_can_be_stored(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(name, "wb") as stream:  # noqa: PTH123
        stream.write(b"Words.")
    (item,) = entries(tmp_path)
    assert isinstance(item, Item)
    assert item.name == f"{tmp_path}/caf\\xe9.txt"


def test_too_many_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(makers.pdf(pages=3))
    assert (
        only_reject(tmp_path / "a.pdf", settings=replace(SETTINGS, max_pages_pdf=2)).reason
        is Reason.TOO_LARGE
    )


def test_web_pages_have_a_limit_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    assert (
        only_reject(tmp_path / "a.html", settings=replace(SETTINGS, max_html_characters=5_000)).reason
        is Reason.TOO_LARGE
    )


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        (b"Content-Type: text/plain; x=" + b"a" * 5_000, b"words", Reason.DAMAGED),
        (b'Content-Type: multipart/mixed; boundary="a"', b"--a\r\n\r\nx\r\n" * 20_000, Reason.TOO_LARGE),
        (b"Content-Type: application/pdf", b"words", Reason.NO_TEXT),
    ],
)
def test_bad_messages(tmp_path: Path, head: bytes, body: bytes, reason: Reason) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\r\nSubject: x\r\n" + head + b"\r\n\r\n" + body)
    assert only_reject(tmp_path / "a.eml").reason is reason


def test_depth_limit_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<div>" * 50 + b"words")
    assert isinstance(only_page(tmp_path / "a.html"), Page)
    assert (
        only_reject(tmp_path / "a.html", settings=replace(SETTINGS, max_depth=40)).reason is Reason.TOO_DEEP
    )


def test_gunzip_takes_many_members_and_padding() -> None:
    def chunks() -> Iterator[bytes]:
        yield gzip.compress(b"one ") + bytes(512)
        yield bytes(512) + gzip.compress(b"two")

    assert b"".join(streams.gunzip(chunks(), SETTINGS, "x")) == b"one two"


def test_rows_before_the_break_of_a_small_archive_are_read(tmp_path: Path) -> None:
    rows = b"".join(b'{"text": "%s"}\n' % random.Random(n).randbytes(300).hex().encode() for n in range(9))
    packed = gzip.compress(rows)
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    *found, last = entries(path)
    assert [entry.name for entry in found if isinstance(entry, Item)] == [f"{path}#{n}" for n in (1, 2, 3, 4)]
    assert isinstance(last, Reject)
    assert last.reason is Reason.TRUNCATED


def test_a_web_archive_puts_no_words_of_its_own_into_a_detail(tmp_path: Path) -> None:
    uri = "https://lantern.example/"
    odd = response("2\x1b[31m0 OK", HTML, PAGE)
    kind = response("200 OK", "Content-Type: image/\x1b[31mpng", JUNK)
    path = tmp_path / "odd.warc"
    path.write_bytes(record("response", uri, odd) + record("response", uri, kind))
    reject = only_reject(path)
    assert reject.detail == "2 records that are no readable page: binary 1, status unreadable 1"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
def test_a_page_of_too_much_text_is_refused_whatever_its_format(tmp_path: Path, name: str) -> None:
    data = {
        "a.txt": b"words " * 20,
        "a.html": b"<p>" + b"words " * 20,
        "a.csv": b"title,text\nA," + b"words " * 20,
    }
    (tmp_path / name).write_bytes(data[name])
    (reject,) = pages(entries(tmp_path / name), replace(SETTINGS, max_text_characters=100))
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason) == (Stage.READ, Reason.TOO_LARGE)


def test_an_empty_name_is_not_the_working_directory() -> None:
    (reject,) = entries("")
    assert isinstance(reject, Reject)
    assert reject.reason is Reason.NOT_FOUND


@pytest.mark.parametrize(
    "url", ["ftp://lantern.example/a", "file:///etc/hostname", "gopher://lantern.example"]
)
def test_other_kinds_of_url(url: str) -> None:
    (reject,) = entries(url)
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.place) == (Reason.NETWORK, url)


def test_a_word_document_of_very_many_paragraphs_is_read_in_linear_time(tmp_path: Path) -> None:
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(makers.word()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            many = b"<w:p><w:r><w:t>words</w:t></w:r></w:p>" * 60_000 + b"</w:body>"
            archive.writestr(name, source.read(name).replace(b"</w:body>", many))
    (tmp_path / "long.docx").write_bytes(out.getvalue())
    began = time.process_time()
    page = only_page(tmp_path / "long.docx", settings=replace(SETTINGS, max_ratio=5_000))
    assert page.text.count("words") == 60_000
    assert time.process_time() - began < 8.0  # 1.3 s was measured; by python-docx's own loop 11 s
