"""What the API answers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from reportedly import review
from reportedly.errors import ConfigurationError
from reportedly.export.claims import claim_summary
from reportedly.export.lines import statement_line, story_line
from reportedly.export.listings import source_line
from reportedly.queries import ClaimFilters
from reportedly.queries.directory import source as all_of
from reportedly.queries.filters import Filters, all_words
from reportedly.queries.reading import (
    Stories,
    bare_story,
    listed_stories,
    statements_by_id,
    statements_in_order,
)
from reportedly.queries.searching import Asked
from reportedly.queries.searching import search as find
from reportedly.types import JsonObject, OtherVoice
from reportedly.web.access import Session
from reportedly.web.api import shapes
from reportedly.web.faults import FaultError, invalid
from reportedly.web.judging import Said, judgement_line, laid_over, statement_of
from reportedly.web.pages.claims import MOST, claim_rows, whole_claim
from reportedly.web.pages.overview import story_entry
from reportedly.web.pages.review import undo, write, writer
from reportedly.web.pages.search import hit_line
from reportedly.web.pages.sources import source_entry
from reportedly.web.pages.stories import found_story
from reportedly.web.views import View, asking, page

_FAULTS: Mapping[int | str, dict[str, Any]] = {
    status: {"model": shapes.ErrorLine, "description": text}
    for status, text in (
        (401, "Nobody signed in."),
        (404, "The case has no such thing."),
        (422, "A value that cannot be."),
    )
}
_WRITE_FAULTS: Mapping[int | str, dict[str, Any]] = {
    **_FAULTS,
    403: {
        "model": shapes.ErrorLine,
        "description": "A reader, or the proof that the write is meant is missing.",
    },
    413: {"model": shapes.ErrorLine, "description": "The request is too large."},
    503: {"model": shapes.ErrorLine, "description": "Another process is writing to the case."},
}

router = APIRouter(prefix="/api/v1", responses=dict(_FAULTS))

After = Annotated[
    int, Query(ge=0, lt=2**62, description="Where to go on: take it from `next` of the stretch before.")
]
Limit = Annotated[int, Query(ge=1, le=200, description="Most items of this stretch.")]
Name = Annotated[str | None, Query(max_length=200, description="The whole name of the outlet.")]
Language = Annotated[str | None, Query(max_length=8, description="ISO 639-1 code.")]
Date = Annotated[str | None, Query(max_length=10, description="2018, 2018-03 or 2018-03-14.")]
KindOf = Annotated[
    str | None, Query(max_length=20, description="direct, indirect, mixed, or author: how it is told.")
]
VoiceKindOf = Annotated[str | None, Query(max_length=20, description="What kind of voice speaks.")]
Sure = Annotated[
    str | None, Query(max_length=4, description="How far the voice commits itself: CT+, PR+ and so on.")
]
Id = Annotated[str, Path(max_length=64, pattern="^[0-9a-f]+$", description="The id that a list gave.")]
Proof = Annotated[
    str, Header(alias="X-CSRF-Token", description="`csrf` of `/api/v1/session`; not needed with the token.")
]


@router.get("", include_in_schema=False)
def contents(request: Request) -> Response:
    """Show the API to a person."""
    document = request.app.openapi()
    with request.app.state.library.case() as case:
        context: JsonObject = {"document": document}
        return page(asking(request, case), View("api.html", "API", context))


@router.get("/session", responses={200: {"model": shapes.SessionLine}}, summary="Who is asking")
def session(request: Request) -> Response:
    """Return the name and role of the session, and the proof that a write of it must carry."""
    found: Session = request.scope["reader"]
    if found.person is None:
        raise FaultError(401, "Sign in, or send the token.")
    proof = request.app.state.doorkeeper.csrf(found)
    return JSONResponse({"name": found.person.name, "role": found.person.role.value, "csrf": proof})


@router.get("/stories", responses={200: {"model": shapes.Stories}}, summary="Stories")
def stories(
    request: Request,
    after: After = 0,
    limit: Limit = 50,
    outlet: Name = None,
    language: Language = None,
    date_from: Annotated[Date, Query(alias="from")] = None,
) -> Response:
    """Return stories in the order in which they came into the case."""
    _check(Filters(date_from=date_from))
    asked = Stories(outlet=outlet, language=language, date_from=date_from, newest=False, after=("", after))
    with request.app.state.library.case() as case:
        found = listed_stories(case, asked, limit)
    last = found[-1].row if len(found) == limit else None
    return _stretch(request, [story_entry(row) for row in found], last)


@router.get("/stories/{story_id}", responses={200: {"model": shapes.StoryLine}}, summary="One story")
def story(request: Request, story_id: Id) -> Response:
    """Return one story with its text and what was set aside."""
    with request.app.state.library.case() as case:
        found = bare_story(case, story_id)
    if found is None:
        raise FaultError(404, "The case has no such story.")
    return JSONResponse(story_line(found.page_name, found.story))


@router.get(
    "/stories/{story_id}/statements",
    responses={200: {"model": shapes.Statements}},
    summary="The statements of one story, as they stand after review",
)
def statements_of_story(request: Request, story_id: Id) -> Response:
    """Return all statements of a story with what people judged laid over them."""
    with request.app.state.library.case() as case:
        whole = found_story(case, story_id)
        laid = laid_over(case, whole)
    items = [statement_line(whole.page_name, whole.story, one) for one in laid.statements]
    return JSONResponse({"items": items, "next": None})


@router.get(
    "/statements", responses={200: {"model": shapes.Statements}}, summary="Statements as they were read"
)
def statements(
    request: Request,
    after: After = 0,
    limit: Limit = 50,
    about: Annotated[str | None, Query(max_length=200, description="Words that the content has.")] = None,
    kind: KindOf = None,
    voice_kind: VoiceKindOf = None,
) -> Response:
    """Return statements in the order in which they came into the case."""
    _check(Filters(kind=kind, voice_kind=voice_kind))
    words = all_words(about, "content")
    asked = {"after": after, "about": words, "kind": kind, "voice_kind": voice_kind}
    with request.app.state.library.case() as case:
        found = statements_in_order(case, asked, limit)
        told = {one.id: one for one in statements_by_id(case, [row[1] for row in found])}
        homes = {story_id: bare_story(case, story_id) for story_id in {row[2] for row in found}}
    items = [
        statement_line(home.page_name, home.story, told[key])
        for _, key, story_id in found
        if (home := homes[story_id]) is not None and key in told
    ]
    return _stretch(request, items, found[-1][0] if len(found) == limit else None)


@router.get(
    "/statements/{statement_id}", responses={200: {"model": shapes.StatementLine}}, summary="One statement"
)
def statement(request: Request, statement_id: Id) -> Response:
    """Return one statement as it stands after review."""
    with request.app.state.library.case() as case:
        whole, _, one = statement_of(case, statement_id)
    return JSONResponse(statement_line(whole.page_name, whole.story, one))


@router.get("/claims", responses={200: {"model": shapes.Claims}}, summary="Claims")
def claims(
    request: Request,
    after: After = 0,
    limit: Limit = 50,
    about: Annotated[str | None, Query(max_length=200, description="An actor, or words of it.")] = None,
    disputed: Annotated[bool, Query(description="Only those that something speaks against.")] = False,
    sort: Annotated[str, Query(max_length=10, description="echo, outlets, origins or first.")] = "echo",
) -> Response:
    """Return the first thousand claims that pass, in the order asked for."""
    with request.app.state.library.case() as case:
        found = claim_rows(asking(request, case), ClaimFilters(about, disputed, sort, MOST))
    last = after + limit if after + limit < len(found) else None
    return _stretch(request, [claim_summary(row) for row in found[after : after + limit]], last)


@router.get("/claims/{claim_id}", responses={200: {"model": shapes.ClaimLine}}, summary="One claim")
def claim(request: Request, claim_id: Id) -> Response:
    """Return one claim with its statements, what they rest on and what speaks against it."""
    with request.app.state.library.case() as case:
        return JSONResponse(whole_claim(case, claim_id))


@router.get("/sources", responses={200: {"model": shapes.Sources}}, summary="Sources")
def sources(request: Request, after: After = 0, limit: Limit = 50) -> Response:
    """Return whom the case relies on, in the order in which their first statements came in."""
    arriving = request.app.state.library.digest().directory.arriving
    begin = bisect_right(arriving, after, key=lambda one: one.rows[0])
    found = arriving[begin : begin + limit]
    last = found[-1].rows[0] if len(found) == limit else None
    return _stretch(request, [source_entry(one) for one in found], last)


@router.get("/sources/{source_id}", responses={200: {"model": shapes.SourceDetail}}, summary="One source")
def source(request: Request, source_id: Id) -> Response:
    """Return one source."""
    library = request.app.state.library
    one = library.digest().directory.by_id.get(source_id)
    with library.case() as case:
        row = all_of(case, one) if one else None
    if row is None:
        raise FaultError(404, "The case has no such source.")
    return JSONResponse({"id": source_id, **source_line(row)})


@router.get("/search", responses={200: {"model": shapes.SearchResult}}, summary="Full text and facets")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="Words of the content or the source, all of them.")],
    limit: Limit = 50,
    commitment: Sure = None,
    voice_kind: VoiceKindOf = None,
    outlet: Name = None,
) -> Response:
    """Return the best hits with facets; to see others, narrow the search."""
    asked = Asked(words=q, commitment=commitment, voice_kind=voice_kind, outlet=outlet)
    with request.app.state.library.case() as case:
        found = find(case, asked, 0, limit)
    facets = {
        name: {value: count for value, count in counts.items() if value is not None}
        for name, counts in found.facets.items()
    }
    items = [hit_line(hit) for hit in found.hits]
    return JSONResponse({"items": items, "total": found.total, "more": found.more, "facets": facets})


@router.get("/judgements", responses={200: {"model": shapes.Judgements}}, summary="What was judged")
def judgements(request: Request, after: After = 0, limit: Limit = 50) -> Response:
    """Return the log: every judgement in order, undone ones and the undoing too."""
    with request.app.state.library.case() as case:
        found = review.stretch(case, after, limit)
    last = found[-1][0] if len(found) == limit else None
    return _stretch(request, [judgement_line(one) for _, one in found], last)


@router.post(
    "/judgements",
    status_code=201,
    responses={**_WRITE_FAULTS, 201: {"model": shapes.JudgementLine}},
    summary="Judge",
)
async def judge(request: Request, said: shapes.NewJudgement, proof: Proof = "") -> Response:
    """Add a judgement to the log and return it."""
    by = _proved(request, proof)
    voice = OtherVoice(**said.voice.model_dump()) if said.voice else None
    meant = Said(
        subject=said.subject,
        verdict=said.verdict,
        by=by,
        statement=said.statement,
        other=said.other,
        story=said.story,
        words=dict(said.words.items()),
        near=dict(said.near.items()),
        voice=voice,
        names=tuple(said.names),
        note=said.note,
    )
    return JSONResponse(judgement_line(await run_in_threadpool(write, request, meant)), 201)


@router.post(
    "/judgements/{judgement_id}/undo",
    status_code=201,
    responses={**_WRITE_FAULTS, 201: {"model": shapes.JudgementLine}},
    summary="Take a judgement back",
)
async def take_back(request: Request, judgement_id: Id, proof: Proof = "") -> Response:
    """Add an undo to the log and return it."""
    by = _proved(request, proof)
    return JSONResponse(judgement_line(await run_in_threadpool(undo, request, judgement_id, by)), 201)


def _proved(request: Request, proof: str) -> str:
    """Return the name in which a request may write.

    Raises:
        FaultError: it lacks the proof, or may not write.
    """
    if not request.app.state.doorkeeper.proves(request.scope["reader"], proof):
        raise FaultError(403, "The header X-CSRF-Token must hold what /api/v1/session says.")
    return writer(request)


def _check(filters: Filters) -> None:
    try:
        filters.check()
    except ConfigurationError as error:
        raise invalid(*error.problems) from error


def _stretch(request: Request, items: list[JsonObject], last: int | None) -> Response:
    url = request.url.include_query_params(after=last)
    address = None if last is None else f"{url.path}?{url.query}"
    return JSONResponse({"items": items, "next": address})
