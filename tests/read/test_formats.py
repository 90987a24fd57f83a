"""One sample of every format, from the file to the page."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read import page_id, read_page
from reportedly.read.pdf import unwrap
from reportedly.types import Item, Media, Page
from tests.read import makers
from tests.read.makers import DATA, SENTENCE
from tests.read.reading import SETTINGS, entries, only_page, pages


def test_html() -> None:
    page = only_page(DATA / "page.html")
    assert page.media is Media.HTML
    assert page.name == str(DATA / "page.html")
    assert page.html == (DATA / "page.html").read_text(encoding="utf-8")
    assert page.text.splitlines()[2] == "Harbour of Velmora to close"
    assert len(page.blocks) == 12


@pytest.mark.parametrize(("name", "media"), [("notes.txt", Media.CAPTURE), ("post.md", Media.MARKDOWN)])
def test_text_is_what_python_reads(name: str, media: Media) -> None:
    page = only_page(DATA / name)
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        assert page.text == stream.read()
    assert page.media is media
    assert page.html is None
    assert page.blocks == ()


def test_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(makers.pdf(pages=2))
    page = only_page(tmp_path / "a.pdf")
    assert (page.media, page.text) == (Media.PDF, f"{SENTENCE}\n\n{SENTENCE}")
    assert page.fields == {"title": "Harbour closes", "author": "Odil Marrek"}


def test_unwrap_joins_full_lines_only() -> None:
    lines = [
        "HARBOUR CLOSES",
        "The harbour will close on Monday for a well-",
        "earned week, said mayor Ansa Tirol, who had",
        "told the fishers.",
        "Nobody will lose a boat over this, she said\x02",
        "ever.",
        "• one",
        "• two",
    ]
    assert unwrap("\r\n".join(lines)).splitlines() == [
        "HARBOUR CLOSES",
        f"{lines[1]}{lines[2]} {lines[3]}",
        "Nobody will lose a boat over this, she saidever.",
        "• one",
        "• two",
    ]


def test_word(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(makers.word())
    page = only_page(tmp_path / "a.docx")
    assert (page.media, page.text) == (Media.DOCX, f"{SENTENCE}\nBoats\t41\nFishers were told.")
    assert page.fields["title"] == "Harbour closes"
    assert page.fields["author"] == "Odil Marrek"


def test_email() -> None:
    page = only_page(DATA / "message.eml")
    assert page.media is Media.EMAIL
    assert page.text.strip() == "The harbour will close, said mayor René Tirol."
    assert dict(page.fields) == {
        "title": "Harbour closes – update",
        "author": "Odil Marrek",
        "published": "2019-04-02T08:15:00+02:00",
        "attachments": "plan.pdf",
    }


def test_email_with_html_only_is_a_page(tmp_path: Path) -> None:
    head = "From: a@b.example\r\nSubject: Tide\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    (tmp_path / "m.eml").write_text(head + "<p>High <b>tide</b></p>", encoding="utf-8", newline="")
    page = only_page(tmp_path / "m.eml")
    assert (page.media, page.text, page.fields["title"]) == (Media.HTML, "High tide", "Tide")


@pytest.mark.parametrize("packed", [True, False])
def test_warc(tmp_path: Path, packed: bool) -> None:
    name = tmp_path / ("a.warc.gz" if packed else "a.warc")
    name.write_bytes(makers.warc(packed=packed))
    first, second, skipped = pages(entries(name))
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.name, first.text, first.media) == (f"{name}#2", "First page.", Media.HTML)
    assert (second.name, second.text) == (f"{name}#3", "Second page.")
    assert second.fields == {"url": "https://lantern.example/1.html"}
    assert not isinstance(skipped, Page)
    assert (skipped.reason, skipped.place) == ("not-a-story", str(name))
    assert skipped.detail == "2 records that are no readable page: image/png 1, status 404 1"


def test_gzip_of_anything(tmp_path: Path) -> None:
    for name in ("page.html", "notes.txt", "message.eml"):
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress((DATA / name).read_bytes()))
        packed, plain = only_page(tmp_path / f"{name}.gz"), only_page(DATA / name)
        assert (packed.id, packed.media, packed.text) == (plain.id, plain.media, plain.text)
    (tmp_path / "twice.gz").write_bytes(gzip.compress(gzip.compress(makers.pdf())))
    assert only_page(tmp_path / "twice.gz").media is Media.PDF


def test_bytes_decide_not_names(tmp_path: Path) -> None:
    html = (DATA / "page.html").read_bytes()
    cases = {
        "pdf.html": (makers.pdf(), Media.PDF),
        "page.txt": (html, Media.HTML),
        "page.jsonl": (html, Media.HTML),
        "page.csv": (html, Media.HTML),
        "page.pdf": (html, Media.HTML),
        "noname": (html, Media.HTML),
        "words.html": (b"Only words here, no tag at all.", Media.CAPTURE),
        "words.pdf": (b"Only words here, no tag at all.", Media.CAPTURE),
        "words.xyz": (b"Only words here, no tag at all.", Media.CAPTURE),
        "packed.txt": (gzip.compress(html), Media.HTML),
        "word.doc": (makers.word(), Media.DOCX),
        "rows.txt": (b'{"text": "A row."}\n{"text": "Another."}\n', Media.ROW),
    }
    for name, (data, media) in cases.items():
        (tmp_path / name).write_bytes(data)
        found = pages(entries(tmp_path / name))
        assert all(isinstance(page, Page) and page.media is media for page in found), (name, found)


@pytest.mark.parametrize(
    ("data", "medias"),
    [
        (b"Some words.", [Media.CAPTURE]),
        (b"<!doctype html><p>Some words.", [Media.HTML]),
        (b'{"text": "A"}\n{"body": "B"}\n', [Media.ROW, Media.ROW]),
        (b'[{"text": "A"}, {"text": "B"}]', [Media.ROW, Media.ROW]),
        (b'{\n "text": "A",\n "title": "T"\n}\n', [Media.ROW]),
        (b"title,text\nT,A\n", [Media.ROW]),
    ],
)
def test_standard_input_is_sniffed(data: bytes, medias: list[Media]) -> None:
    found = pages(entries("-", stdin=io.BytesIO(data)))
    assert [page.media for page in found if isinstance(page, Page)] == medias
    assert all(page.name.startswith("-") for page in found if isinstance(page, Page))


def test_markup_in_a_row() -> None:
    whole = read_page(Item("f#1", b"<!doctype html><p>Some words.", "row", None, {"title": "T"}), SETTINGS)
    part = read_page(Item("f#2", b"<p>Some <b>words</b>.</p><p>More.</p>", "row"), SETTINGS)
    assert (whole.media, whole.text, whole.fields["title"]) == (Media.HTML, "Some words.", "T")
    assert (part.media, part.text, part.html) == (Media.ROW, "Some words.\nMore.", None)
    assert len(part.blocks) == 2


@given(
    st.binary(max_size=50), st.dictionaries(st.sampled_from(["title", "url"]), st.text(max_size=5)), st.text()
)
def test_page_id_hashes_content_not_names(data: bytes, fields: dict[str, str], name: str) -> None:
    item = Item("a.txt", data, "txt", None, fields)
    assert page_id(item) == page_id(Item(name, data, "html", "text/html", dict(reversed(fields.items()))))
    assert page_id(item) != page_id(Item("a.txt", data + b"x", "txt", None, fields))
    assert page_id(item) != page_id(Item("a.txt", data, "txt", None, {**fields, "author": "A"}))
