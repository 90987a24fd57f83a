"""URLs, against a server on this machine; nothing leaves it."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reportedly.errors import RejectedError
from reportedly.read import fetch
from reportedly.read.fetch import Fetcher, is_public, take_apart
from reportedly.types import Item, Media, Page, Reason, Reject
from tests.read.reading import SETTINGS, entries, only_page, only_reject

PAGE = "<!doctype html><p>Zürich: the harbour will close, said Ansa Tirol.</p>"
BOMB = gzip.compress(b" " * 20_000_000)
ROWS = b'{"text": "One."}\n{"text": "Two."}\n'


class Site(BaseHTTPRequestHandler):
    """A small site that also behaves badly."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012
    robots: tuple[int, bytes] = (404, b"")

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/").replace(".", "_").replace("/", "_")
        answer: Callable[[], None] = getattr(self, f"at_{name}", self.at_missing)
        try:
            answer()
        except OSError:
            self.close_connection = True

    def send(self, body: bytes, content_type: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

    def at_missing(self) -> None:
        self.send(b"<p>no such page", status=404)

    def at_robots_txt(self) -> None:
        self.send(self.robots[1], "text/plain", self.robots[0])

    def at_page(self) -> None:
        self.send(PAGE.encode("cp1252"), "text/html; charset=windows-1252")

    def at_packed(self) -> None:
        self.send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def at_bomb(self) -> None:
        self.send(BOMB, Content_Encoding="gzip")

    def at_odd(self) -> None:
        self.send(b"abc", Content_Encoding="br")

    def at_rows_jsonl(self) -> None:
        self.send(ROWS, "application/jsonl")

    def at_moved(self) -> None:
        self.send(b"", status=302, Location="/page")

    def at_round(self) -> None:
        self.send(b"", status=301, Location="/round")

    def at_inward(self) -> None:
        self.send(b"", status=302, Location="http://169.254.169.254/latest/meta-data")

    def at_file(self) -> None:
        self.send(b"", status=302, Location="file:///etc/passwd")

    def at_empty(self) -> None:
        self.send(b"")

    def at_large(self) -> None:
        self.send(b"<p>words</p>" * 20_000)

    def at_slow(self) -> None:
        time.sleep(1.5)
        self.send(PAGE.encode())

    def at_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def at_endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(400):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def at_headers(self) -> None:
        for _ in range(40):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" if _ == 0 else b"X: y\r\n")
            self.wfile.flush()
            time.sleep(0.05)

    def at_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<p>only the beginning")
        self.close_connection = True


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.robots = [], (404, b"")
    server = Quiet(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


QUICK = replace(SETTINGS, url_timeout_seconds=0.5)


def test_page_with_a_charset_in_its_header(site: str) -> None:
    page = only_page(f"{site}/page")
    assert (page.name, page.media) == (f"{site}/page", Media.HTML)
    assert page.text == "Zürich: the harbour will close, said Ansa Tirol."
    assert page.fields == {"url": f"{site}/page"}
    headers = Site.asked[-1][1]
    assert headers["User-Agent"].startswith("reportedly/")
    assert headers["Host"] == site.removeprefix("http://")


def test_redirect_and_content_encoding(site: str) -> None:
    page = only_page(f"{site}/moved")
    assert (page.name, page.fields["url"]) == (f"{site}/moved", f"{site}/page")
    assert only_page(f"{site}/packed").text == page.text


def test_a_table_behind_a_url(site: str) -> None:
    found = entries(f"{site}/rows.jsonl")
    assert [item.name for item in found if isinstance(item, Item)] == [
        f"{site}/rows.jsonl#1",
        f"{site}/rows.jsonl#2",
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nowhere", Reason.HTTP_STATUS),
        ("/round", Reason.TOO_MANY_REDIRECTS),
        ("/file", Reason.NETWORK),
        ("/odd", Reason.NETWORK),
        ("/cut", Reason.NETWORK),
        ("/empty", Reason.EMPTY),
        ("/bomb", Reason.EXPANDS_TOO_FAR),
        ("/large", Reason.TOO_LARGE),
        ("/slow", Reason.TIMEOUT),
        ("/drip", Reason.TIMEOUT),
        ("/endless", Reason.TIMEOUT),
        ("/headers", Reason.TIMEOUT),
    ],
)
def test_bad_url_is_one_reject(site: str, path: str, reason: Reason) -> None:
    limit = 100_000 if path == "/large" else QUICK.max_bytes
    reject = only_reject(f"{site}{path}", settings=replace(QUICK, max_bytes=limit))
    assert (reject.reason, reject.place) == (reason, f"{site}{path}")


def test_urls_that_are_none() -> None:
    for url in ("http://", "http://[::1", "http://a.example:99999/", "https:///x"):
        assert only_reject(url).reason is Reason.NETWORK


def test_nobody_listens() -> None:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port = made.getsockname()[1]
    assert only_reject(f"http://127.0.0.1:{port}/").reason is Reason.NETWORK


def test_private_addresses_are_refused(site: str) -> None:
    settings = replace(QUICK, url_private=False)
    assert only_reject(f"{site}/page", settings=settings).reason is Reason.PRIVATE_ADDRESS
    port = site.rpartition(":")[2]
    for host in ("localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0.0.0.0"):
        assert only_reject(f"http://{host}:{port}/page", settings=settings).reason is Reason.PRIVATE_ADDRESS
    assert Site.asked == []


def test_a_redirect_inward_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server stands for a public one; where it sends us is not."""
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    reject = only_reject(f"{site}/inward", settings=replace(QUICK, url_private=False))
    assert reject.reason is Reason.PRIVATE_ADDRESS


def test_one_private_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: made)
    reject = only_reject("http://two.example/", settings=replace(QUICK, url_private=False))
    assert reject.reason is Reason.PRIVATE_ADDRESS


def test_the_connection_goes_to_the_checked_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name leads to the site once and inward ever after: it is asked once a hop."""
    port = int(site.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *args: object, **kwargs: object) -> object:
        if host != "rebinding.example":
            return real(host, *args, **kwargs)  # type: ignore[arg-type]
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    page = only_page(f"http://rebinding.example:{port}/page", settings=replace(QUICK, url_robots=False))
    assert isinstance(page, Page)
    assert len(asked) == 1
    assert Site.asked[-1][1]["Host"] == f"rebinding.example:{port}"


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        ((200, b"User-agent: *\nDisallow: /page\n"), Reason.ROBOTS),
        ((200, b"User-agent: reportedly\nDisallow: /\n"), Reason.ROBOTS),
        ((503, b""), Reason.ROBOTS),
        ((200, b"User-agent: *\nDisallow: /private\n"), None),
        ((200, b"\xff\xfe junk \x00"), None),
        ((403, b""), None),
    ],
)
def test_robots(site: str, robots: tuple[int, bytes], reason: Reason | None) -> None:
    Site.robots = robots
    (found,) = entries(f"{site}/page", settings=QUICK)
    assert (found.reason if isinstance(found, Reject) else None) is reason
    (unasked,) = entries(f"{site}/page", settings=replace(QUICK, url_robots=False))
    assert isinstance(unasked, Item)


def test_robots_are_read_once_a_host_and_a_pause_is_kept(site: str) -> None:
    began = time.monotonic()
    entries(f"{site}/page", f"{site}/page?2", settings=replace(QUICK, url_pause_seconds=0.15))
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/page", "/page?2"]
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("http://a.example", None, ("a.example", 80, "/")),
        ("https://u:p@a.example:8443/x y?q=ä#f", None, ("a.example", 8443, "/x%20y?q=%C3%A4")),
        ("http://bücher.example/a%20b", None, ("xn--bcher-kva.example", 80, "/a%20b")),
        ("../z", "https://a.example/x/y", ("a.example", 443, "/z")),
    ],
)
def test_take_apart(url: str, base: str | None, expected: tuple[str, int, str]) -> None:
    target = take_apart(url, base)
    assert (target.host, target.port, target.path) == expected


def test_fetcher_closes_what_is_not_read(site: str) -> None:
    fetched = Fetcher(QUICK).open(f"{site}/large")
    assert next(fetched.chunks)
    fetched.close()
    with pytest.raises(RejectedError):
        b"".join(fetched.chunks)
