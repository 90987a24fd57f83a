"""What every request passes before anything is read, and what every answer carries.

Story text is hostile and other web pages may be. No answer of ours may run a script of anybody's or ask
anything of another host (Content-Security-Policy Level 3); no page elsewhere may reach us under a name of its
own (DNS rebinding), put us in a frame, or write in a reviewer's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.access import COOKIE, SESSION_SECONDS, Doorkeeper, Session
from reportedly.web.faults import answer, wants_json

BODY_BYTES = 64 * 1024
"""Most bytes of a request's body: a judgement with a remark is under 10 kB."""
URL_CHARACTERS = 4_096
"""Longest path with its query."""
TOO_LARGE = f"A request may have {BODY_BYTES:,} bytes."
READING = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN = "/signin"
OPEN_TO_ALL = "/static/"
"""What one may ask for before signing in."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names under which we may be asked. names: without port; port: ours, which a name may carry."""

    names: frozenset[str]
    port: int

    def know(self, host: str) -> bool:
        """Whether a Host header names us."""
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
        return name.lower().strip("[]") in self.names and port in ("", str(self.port))


class Guard:
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper, hosts: Hosts) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = self._doorkeeper.session(_cookie(headers), headers.get("authorization"))
        scope["reader"] = session
        refusal = self._refusal(scope, headers, session)
        outgoing = self._dressed(scope, session, send)
        if refusal is not None:
            await refusal(scope, receive, outgoing)
            return
        await self._app(scope, _limited(receive), outgoing)

    def _refusal(self, scope: Scope, headers: Headers, session: Session) -> Response | None:
        """Return why a request is not let through, None if it is."""
        if not self._hosts.know(headers.get("host", "")):
            return self._fault(scope, headers, 421, "This host name is not one of ours.")
        if len(scope["path"]) + len(scope["query_string"]) > URL_CHARACTERS:
            return self._fault(scope, headers, 414, f"An address may have {URL_CHARACTERS:,} characters.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > BODY_BYTES:
            return self._fault(scope, headers, 413, TOO_LARGE)
        if scope["method"] not in READING and not _same_origin(headers):
            return self._fault(scope, headers, 403, "Only our own pages may write.")
        if session.person is None and not _is_open(scope["path"]):
            return self._sign_in(scope, headers)
        return None

    def _sign_in(self, scope: Scope, headers: Headers) -> Response:
        if wants_json(scope["path"], headers.get("accept", "")) or scope["method"] != "GET":
            found = self._fault(scope, headers, 401, "Sign in, or send the token.")
            found.headers["WWW-Authenticate"] = "Bearer"
            return found
        query = "?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""
        return RedirectResponse("/signin?next=" + quote(scope["path"] + query), 303)

    def _fault(self, scope: Scope, headers: Headers, status: int, message: str) -> Response:
        return answer(wants_json(scope["path"], headers.get("accept", "")), status, message)

    def _dressed(self, scope: Scope, session: Session, send: Send) -> Send:
        """Return ``send`` with our headers, and a fresh session's cookie, on every answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
                found.setdefault("Cache-Control", "no-store")
                if session.fresh and "set-cookie" not in found and not scope["path"].startswith("/static/"):
                    found.append("Set-Cookie", cookie_header(self._doorkeeper, session, scope["scheme"]))
            await send(message)

        return dressed


def cookie_header(doorkeeper: Doorkeeper, session: Session, scheme: str) -> str:
    """Return the header that gives a browser its session."""
    secure = "; Secure" if scheme == "https" else ""
    kept = f"Max-Age={SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Strict{secure}"
    return f"{COOKIE}={doorkeeper.cookie(session)}; {kept}"


def _cookie(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _is_open(path: str) -> bool:
    return path == SIGN_IN or path.startswith(OPEN_TO_ALL)


def _same_origin(headers: Headers) -> bool:
    """Whether a browser says that the request comes from a page of ours; other programs say nothing.

    The scheme is left out: a server with TLS may stand before us.
    """
    site = headers.get("sec-fetch-site", "none")
    origin = headers.get("origin")
    ours = origin is None or urlsplit(origin).netloc == headers.get("host", "")
    return site in ("none", "same-origin") and ours


def _limited(receive: Receive) -> Receive:
    """Return ``receive`` that stops at the limit, whatever the request says of its length."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > BODY_BYTES:
            raise HTTPException(413, TOO_LARGE)
        return message

    return limited
