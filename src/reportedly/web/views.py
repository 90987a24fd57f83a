"""A page as data: one object, of which HTML, JSON and CSV are three renderings."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from operator import itemgetter
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from reportedly import __version__
from reportedly.export.table import Listing, write_csv
from reportedly.export.templating import environment, template_text
from reportedly.store import Case
from reportedly.types import JsonObject
from reportedly.web.access import Doorkeeper, Session
from reportedly.web.faults import FaultError, invalid
from reportedly.web.library import Library

SECTIONS = (
    ("/", "Overview"),
    ("/claims", "Claims"),
    ("/stories", "Stories"),
    ("/sources", "Sources"),
    ("/search", "Search"),
    ("/review", "Review"),
)
"""The pages that every page leads to."""

PER_PAGE = 50
"""Rows of one stretch of a list on a page."""


@dataclass(frozen=True, slots=True)
class View:
    """One page.

    context: all that it says, as JSON. listing, lines: its table, for CSV; None where it has none.
    drawn: what only the HTML needs, made from the same rows: cut text, pictures. rest: makes what only the
    JSON twin spells out, since the HTML draws it. section: its place in `SECTIONS`. status: of the answer.
    """

    template: str
    title: str
    context: JsonObject
    section: str = ""
    listing: Listing | None = None
    lines: Iterable[JsonObject] = ()
    drawn: Mapping[str, object] = field(default_factory=dict)
    rest: Callable[[], JsonObject] = dict
    status: int = 200

    @property
    def twin(self) -> JsonObject:
        """All that the page says, as JSON."""
        return {**self.context, **self.rest()}


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, as the function that makes a page needs it."""

    request: Request
    case: Case
    library: Library
    session: Session
    doorkeeper: Doorkeeper

    def key(self, name: str) -> str:
        """Return a part of the address."""
        return str(self.request.path_params[name])

    def text(self, name: str, most: int = 200) -> str | None:
        """Return a parameter without blanks around it, None where it is empty.

        Raises:
            FaultError: it is longer than ``most`` characters.
        """
        found = self.request.query_params.get(name, "").strip()
        if len(found) > most:
            raise invalid(f"{name}: at most {most} characters")
        return found or None

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Return a parameter that is a whole number.

        Raises:
            FaultError: it is none, or out of its range.
        """
        found = self.request.query_params.get(name, "").strip()
        if not found:
            return default
        if not (found.isascii() and found.isdigit() and low <= int(found[:9]) <= high and len(found) < 10):
            raise invalid(f"{name}: a whole number from {low} to {high}")
        return int(found)

    def link(self, **changed: str | int | None) -> str:
        """Return this address with other parameters; None takes one away."""
        kept = {**dict(self.request.query_params), **changed}
        query = urlencode({name: value for name, value in kept.items() if value not in (None, "")})
        path = self.request.url.path
        return f"{path}?{query}" if query else path


Build = Callable[[Asking], View]


def add_page(router: APIRouter, path: str, build: Build) -> None:
    """Serve a page at ``path``, its JSON twin at ``path.json`` and its table at ``path.csv``."""
    stem = path if path != "/" else "/overview"

    def html(request: Request) -> Response:
        return _with(request, lambda asking: page(asking, build(asking)))

    def twin(request: Request) -> Response:
        return _with(request, lambda asking: JSONResponse(build(asking).twin))

    def table(request: Request) -> Response:
        return _with(request, lambda asking: _csv(build(asking)))

    for suffix, serve in ((".json", twin), (".csv", table)):
        router.add_api_route(stem + suffix, serve, include_in_schema=False, response_model=None)
    router.add_api_route(path, html, include_in_schema=False, response_model=None)


def page(asking: Asking, view: View) -> Response:
    """Render a page as HTML."""
    template = environment("reportedly.web").get_template(view.template)
    text = template.render(
        title=view.title,
        section=view.section,
        sections=SECTIONS,
        case_name=asking.library.path.stem,
        session=asking.session,
        csrf=asking.doorkeeper.csrf(asking.session),
        path=asking.request.url.path,
        query=asking.request.url.query,
        has_table=view.listing is not None,
        link=asking.link,
        asset=asset_address,
        version=__version__,
        **view.context,
        **view.drawn,
    )
    return HTMLResponse(text, view.status)


def plain_listing(names: Iterable[str]) -> Listing:
    """Return the listing of a table whose columns are keys of its lines."""
    return Listing((), {name: itemgetter(name) for name in names})


def asking(request: Request, case: Case) -> Asking:
    """Return the request as pages need it."""
    state = request.app.state
    return Asking(request, case, state.library, request.scope["reader"], state.doorkeeper)


@cache
def asset(name: str) -> bytes | None:
    """Return one of our own style sheets or scripts; None if there is none of that name."""
    if name in ("report.css", "lineage.css"):
        return template_text(name).encode()
    if name not in {file.name for file in _static().iterdir() if file.is_file()}:
        return None
    return _static().joinpath(name).read_bytes()


@cache
def asset_address(name: str) -> str:
    """Return the address of a file of ours; it changes with the file, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256(asset(name) or b'').hexdigest()[:12]}"


def _static() -> resources.abc.Traversable:
    return resources.files("reportedly.web").joinpath("static")


def _with(request: Request, serve: Callable[[Asking], Response]) -> Response:
    with request.app.state.library.case() as case:
        return serve(asking(request, case))


def _csv(view: View) -> Response:
    if view.listing is None:
        raise FaultError(404, "This page has no table.")
    file = io.StringIO(newline="")
    write_csv(file, view.listing, view.lines)
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8")
