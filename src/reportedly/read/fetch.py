"""http(s) URLs: fetched politely, within limits, and never from an address that is not public.

A host name is resolved once a hop; every address it has must be public, and the connection goes to the
address that was checked, so a name cannot turn inward between check and use (DNS rebinding). Certificates
are checked for the name. Each redirect is a new hop with the same checks. robots.txt is read once a host; a
pause lies between two requests to one host. Proxies, cookies and credentials in URLs are not used.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from reportedly import __version__
from reportedly.errors import RejectedError
from reportedly.read.streams import CHUNK, gunzip, refusal
from reportedly.settings import ReadSettings
from reportedly.types import Reason

AGENT = "reportedly"
USER_AGENT = f"{AGENT}/{__version__} (+offline research tool)"
ROBOTS_BYTES = 500_000
"""As much of robots.txt as RFC 9309 asks to be read."""
LONGEST_PAUSE = 30.0
"""A Crawl-delay above this many seconds counts as this many."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """One hop's URL, taken apart. `origin` is scheme, host and port: what robots.txt and the pause go by."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """``scheme://host:port``."""
        return f"{self.scheme}://{self._netloc}:{self.port}"

    @property
    def host_header(self) -> str:
        """The Host header: with the port where it is not the scheme's own."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return self._netloc if self.port == usual else f"{self._netloc}:{self.port}"

    @property
    def _netloc(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response body that is still to be read: its chunks, stated type and final URL. Close it after use."""

    chunks: Iterator[bytes]
    content_type: str | None
    url: str
    close: Callable[[], None]


def take_apart(url: str, base: str | None = None) -> Target:
    """Return the parts of a URL, as they go over the wire. ``base``: what a relative redirect is relative to.

    Raises:
        ValueError: it is no http(s) URL with a host.
    """
    parts = urlsplit(urljoin(base, url) if base else url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not an http or https URL with a host")
    host = parts.hostname
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return Target(parts.geturl(), parts.scheme, host, port, f"{path}?{query}" if query else path)


def is_public(address: str) -> bool:
    """Tell whether an IP address leads to the public internet, also where IPv6 wraps an IPv4 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Fetcher:
    """Fetches the URLs of one run; remembers each host's robots.txt and when it was last asked."""

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._robots: dict[str, RobotFileParser | None] = {}
        self._asked: dict[str, float] = {}

    def open(self, url: str) -> Fetched:
        """Return the body behind ``url``, redirects followed.

        Raises:
            RejectedError: NETWORK, TIMEOUT, TOO_MANY_REDIRECTS, PRIVATE_ADDRESS, ROBOTS, HTTP_STATUS.
                Reading the chunks raises NETWORK, TIMEOUT and what unpacking raises.
        """
        return self._follow(url, url, robots=self._settings.url_robots)

    def _follow(self, url: str, place: str, *, robots: bool) -> Fetched:
        base: str | None = None
        for _ in range(self._settings.url_redirects + 1):
            try:
                target = take_apart(url, base)
            except ValueError as error:
                raise refusal(Reason.NETWORK, place, "not a usable http(s) URL") from error
            if robots:
                self._ask_robots(target, place)
            request = _Request(target, self._settings, place, self._pause)
            status = request.send()
            location = request.header("location")
            if status not in _REDIRECTS or not location:
                return request.body()
            request.close()
            url, base = location, target.url
        raise refusal(
            Reason.TOO_MANY_REDIRECTS,
            place,
            f"more than {self._settings.url_redirects} redirects (read.url_redirects)",
        )

    def _pause(self, target: Target) -> None:
        """Wait until the host may be asked again."""
        rules = self._robots.get(target.origin)
        delay = float(rules.crawl_delay(AGENT) or 0) if rules else 0.0
        pause = max(self._settings.url_pause_seconds, min(delay, LONGEST_PAUSE))
        wait = self._asked.get(target.host, -LONGEST_PAUSE) + pause - time.monotonic()
        if target.host in self._asked and wait > 0:
            time.sleep(wait)
        self._asked[target.host] = time.monotonic()

    def _ask_robots(self, target: Target, place: str) -> None:
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target, place)
        rules = self._robots[target.origin]
        if rules is None:
            raise refusal(
                Reason.ROBOTS, place, "robots.txt cannot be had, so nothing may be fetched (RFC 9309)"
            )
        if not rules.can_fetch(AGENT, target.url):
            raise refusal(Reason.ROBOTS, place, "robots.txt asks not to fetch this (read.url_robots)")

    def _read_robots(self, target: Target, place: str) -> RobotFileParser | None:
        """Return the host's rules: all allowed where it has none (4xx), None where the server fails (5xx)."""
        rules = RobotFileParser()
        text = ""
        try:
            fetched = self._follow(f"{target.origin}/robots.txt", place, robots=False)
        except RejectedError as error:
            if error.reject.reason is not Reason.HTTP_STATUS:
                raise
            if error.reject.detail.startswith("status 5"):
                return None
        else:
            with contextlib.closing(fetched):
                text = _beginning(fetched.chunks, ROBOTS_BYTES).decode("utf-8", "replace")
        rules.parse(text.splitlines())
        return rules


def _beginning(chunks: Iterator[bytes], size: int) -> bytes:
    taken = b""
    for chunk in chunks:
        taken += chunk
        if len(taken) >= size:
            break
    return taken[:size]


class _Request:
    """One GET: connected to a checked address, cut off at its deadline whatever the server does."""

    def __init__(
        self, target: Target, settings: ReadSettings, place: str, pause: Callable[[Target], None]
    ) -> None:
        self._target = target
        self._settings = settings
        self._place = place
        self._expired = False
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = (
            None  # the connection gives its own up to a response without length
        )
        self._response: BaseHTTPResponse | None = None
        addresses = self._addresses()
        pause(target)
        self._deadline = time.monotonic() + settings.url_timeout_seconds
        self._timer = threading.Timer(settings.url_timeout_seconds, self._expire)
        self._timer.daemon = True
        self._address = addresses[0]
        self._others = addresses[1:3]

    def send(self) -> int:
        """Send the request and return the status."""
        self._timer.start()
        with self._translated():
            self._connection = self._connect()
            headers = {
                "Host": self._target.host_header,
                "User-Agent": USER_AGENT,
                "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf,*/*;q=0.5",
                "Accept-Encoding": "gzip, identity",
            }
            self._connection.request(
                "GET", self._target.path, headers=headers, preload_content=False, decode_content=False
            )
            self._response = self._connection.getresponse()
            return self._response.status
        raise AssertionError("unreachable")

    def header(self, name: str) -> str | None:
        """Return a header of the response."""
        return self._response.headers.get(name) if self._response is not None else None

    def body(self) -> Fetched:
        """Return the response's body.

        Raises:
            RejectedError: HTTP_STATUS, unless the status is 200 to 299; NETWORK, for an unknown encoding.
        """
        status = self._response.status if self._response is not None else 0
        if not 200 <= status < 300:
            self.close()
            raise refusal(Reason.HTTP_STATUS, self._place, f"status {status}")
        encoding = (self.header("content-encoding") or "identity").strip().lower()
        if encoding not in {"identity", "gzip", "x-gzip"}:
            self.close()
            raise refusal(Reason.NETWORK, self._place, "the server sends a content encoding nobody asked for")
        chunks = self._chunks()
        if encoding != "identity":
            chunks = gunzip(chunks, self._settings, self._place)
        return Fetched(chunks, self.header("content-type"), self._target.url, self.close)

    def close(self) -> None:
        """Close the connection."""
        self._timer.cancel()
        if self._response is not None:
            self._response.close()
        if self._connection is not None:
            self._connection.close()

    def _chunks(self) -> Iterator[bytes]:
        response = self._response
        while response is not None:
            with self._translated():
                chunk = response.read1(CHUNK)
                if self._expired:
                    raise TimeoutError
            if not chunk:
                return
            yield chunk

    def _addresses(self) -> list[str]:
        """Resolve the host; refuse it if any of its addresses is not public."""
        try:
            found = socket.getaddrinfo(self._target.host, self._target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise refusal(Reason.NETWORK, self._place, "the host name is not known") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._settings.url_private and not all(map(is_public, addresses)):
            detail = "the host has an address that is not public (read.url_private)"
            raise refusal(Reason.PRIVATE_ADDRESS, self._place, detail)
        return addresses

    def _connect(self) -> HTTPConnection:
        try:
            return self._connected(self._address)
        except (urllib3.exceptions.HTTPError, OSError):
            if not self._others:
                raise
            self._address, *self._others = self._others
            return self._connect()

    def _connected(self, address: str) -> HTTPConnection:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._target.scheme == "https":
            name = self._target.host
            connection: HTTPConnection = HTTPSConnection(
                address, self._target.port, timeout=left, server_hostname=name, assert_hostname=name
            )
        else:
            connection = HTTPConnection(address, self._target.port, timeout=left)
        self._connection = connection
        connection.connect()
        self._socket = connection.sock
        return connection

    def _expire(self) -> None:
        self._expired = True
        sock = self._socket or getattr(self._connection, "sock", None)
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn every network error into a reject."""
        try:
            yield
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            self.close()
            refused = isinstance(
                error, urllib3.exceptions.NewConnectionError
            )  # a kind of time-out to urllib3
            late = isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError) and not refused
            if late or self._expired:
                detail = (
                    f"no answer within {self._settings.url_timeout_seconds:g} s (read.url_timeout_seconds)"
                )
                raise refusal(Reason.TIMEOUT, self._place, detail) from error
            raise refusal(
                Reason.NETWORK, self._place, f"the connection failed ({type(error).__name__})"
            ) from error
