"""Samples that are built rather than kept: PDFs, Word documents, web archives; all content is invented."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx

DATA = Path(__file__).parent.parent / "data" / "read"
SENTENCE = "The harbour will close, said Ansa Tirol."


def pdf(lines: Sequence[str] = (SENTENCE,), *, encrypted: bool = False, pages: int = 1) -> bytes:
    """Write a small PDF by hand; an encrypted one has a password nobody knows (RC4, 40 bit)."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 40 700 Td {shown} ET".encode()
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    objects += [page + b" /Resources << /Font << /F1 3 0 R >> >> >>"] * pages
    info = b"/Title (Harbour closes) /Author (Odil Marrek)"
    objects.append(b"<< " + info + b" >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d /Root 1 0 R /Info %d 0 R" % (len(places) + 1, len(places))
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        trailer += b" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (
            key,
            key,
        )
    out += b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(out)


def word() -> bytes:
    """A Word document with a paragraph, a table and a last paragraph."""
    document = docx.Document()
    document.core_properties.title = "Harbour closes"
    document.core_properties.author = "Odil Marrek"
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Boats", "41"
    document.add_paragraph("Fishers were told.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A .docx whose document unpacks to 30 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 30_000_000)
    return out.getvalue()


def record(
    kind: str, uri: str, body: bytes, content_type: str = "application/http; msgtype=response"
) -> bytes:
    """One WARC record."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    head += "WARC-Date: 2019-04-02T00:00:00Z\r\n"
    head += f"WARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def response(status: str, headers: str, body: bytes) -> bytes:
    """The HTTP response that a WARC record holds."""
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


HTML = "Content-Type: text/html; charset=utf-8"


def warc(*, packed: bool = True) -> bytes:
    """A web archive of a page, a gzip-encoded chunked page, an image, a page that is gone, and a request."""
    chunked = gzip.compress(b"<html><body><p>Second page.</p></body></html>", mtime=0)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(chunked), chunked)
    encoded = f"{HTML}\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    responses = (
        response("200 OK", HTML, b"<html><body><p>First page.</p></body></html>"),
        response("200 OK", encoded, chunked),
        response("200 OK", "Content-Type: image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4),
        response("404 Not Found", HTML, b"<p>gone</p>"),
    )
    records = [record("warcinfo", "", b"software: invented\r\n", "application/warc-fields")]
    records += [
        record("response", f"https://lantern.example/{number}.html", body)
        for number, body in enumerate(responses)
    ]
    asked = b"GET / HTTP/1.1\r\nHost: lantern.example\r\n\r\n"
    records.append(record("request", "https://lantern.example/", asked, "application/http; msgtype=request"))
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)
