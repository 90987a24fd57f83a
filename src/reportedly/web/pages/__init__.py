"""The pages. Each module makes `View`s out of queries; this one says at which address each stands."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from reportedly.web.pages import claims, overview, review, search, signing, sources, stories
from reportedly.web.views import add_page

PAGES = {
    "/": overview.overview,
    "/rejects": overview.rejects,
    "/claims": claims.listed,
    "/claims/{claim_id}": claims.claim,
    "/compare/{a}/{b}": claims.compared,
    "/stories": stories.listed,
    "/stories/{story_id}": stories.story,
    "/stories/{story_id}/page": stories.as_read,
    "/sources": sources.listed,
    "/sources/{source_id}": sources.source,
    "/search": search.search,
    "/review": review.queue,
    "/review/log": review.log,
    "/review/statements/{statement_id}": review.statement,
    "/review/stories/{story_id}/missing": review.missing,
}
"""What stands at which address; each has a `.json` twin and, where it has a table, a `.csv`."""


def add_pages(app: FastAPI) -> None:
    """Serve all pages."""
    router = APIRouter()
    for path, build in PAGES.items():
        add_page(router, path, build)
    review.add_writing(router)
    signing.add_signing(router)
    router.add_api_route(
        "/statements/{statement_id}", stories.to_statement, include_in_schema=False, response_model=None
    )
    app.include_router(router)
