"""The application: the pages, the API, and what stands before them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.types import ASGIApp

from reportedly import __version__
from reportedly.web import api, faults
from reportedly.web.access import Access, Doorkeeper
from reportedly.web.guard import Guard, Hosts
from reportedly.web.library import Library
from reportedly.web.pages import add_pages
from reportedly.web.views import asset

THREADS = 8
"""Requests that are worked on at once; each may hold one connection to the case."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_MEDIA = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_KEPT = "private, max-age=31536000, immutable"

DESCRIPTION = """\
A case of `reportedly`, for programs: who says what, on whose word, how surely, and what people judged of it.

Nothing is marked true or false. Lists come in stretches: a stretch has `items` and `next`, the address of the
stretch behind it, null at the end. A list is in the order in which rows came into the case: rows that are
added while somebody reads stand at its end, so that none is seen twice or missed. Every error is
`{"error": {"status", "code", "message", "problems"}}`.
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and to whom. hosts: names under which we may be asked. key: signs sessions."""

    case: Path
    access: Access
    port: int
    hosts: frozenset[str] = field(default=LOOPBACK)
    busy_seconds: float = 30.0
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))


def create_app(serving: Serving) -> ASGIApp:
    """Return the application.

    Raises:
        CaseError: the case cannot be read.
    """
    library = Library(serving.case, serving.busy_seconds)
    with library.case():
        doorkeeper = Doorkeeper(serving.access, serving.key)
    app = FastAPI(
        title="reportedly",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the usual pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan,
        separate_input_output_schemas=False,
    )
    app.state.library, app.state.doorkeeper = library, doorkeeper
    faults.install(app)
    app.include_router(_assets())
    add_pages(app)
    app.include_router(api.router)
    api.describe(app)
    return Guard(app, doorkeeper, Hosts(serving.hosts, serving.port))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = THREADS
    app.state.library.warm()
    try:
        yield
    finally:
        app.state.library.close()


def _assets() -> APIRouter:
    router = APIRouter()

    def serve(name: str) -> Response:
        found = asset(name)
        if found is None:
            raise faults.FaultError(404, "There is nothing at this address.")
        media = _MEDIA[name.rpartition(".")[2]]
        return Response(found, media_type=media, headers={"Cache-Control": _KEPT})

    router.add_api_route("/static/{name}", serve, include_in_schema=False, response_model=None)
    return router
