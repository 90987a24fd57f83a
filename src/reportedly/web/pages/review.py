"""Review: what to judge, one statement to put right, what was said, and the forms that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from reportedly import review
from reportedly.export.lines import statement_line
from reportedly.export.rows import Row, story_rows
from reportedly.export.views import StoryView
from reportedly.queries.reading import Bare, Whole, bare_story, statements_by_id
from reportedly.queries.reviewing import least_sure, story_at
from reportedly.store import Case
from reportedly.types import JsonObject, Judgement, OtherVoice, Statement, Subject, Verdict, VoiceKind
from reportedly.web.access import Session
from reportedly.web.faults import FaultError, invalid
from reportedly.web.judging import (
    GAP,
    Said,
    judged_line,
    judgement_line,
    judgement_of,
    laid_over,
    pieces,
    statement_of,
)
from reportedly.web.pages.signing import form_of, local
from reportedly.web.pages.stories import found_story
from reportedly.web.views import Asking, View, plain_listing

QUEUE = 20
"""Statements on a page of the queue."""
LOG = 200
"""Judgements on a page of the log."""
LOGGED = ("id", "at", "by", "subject", "verdict", "text", "note", "stands", "undoes")
ROLES = ("source", "cue", "content")


def queue(asking: Asking) -> View:
    """Statements that nobody judged, the least sure first."""
    found = least_sure(asking.case, _after(asking.text("after", 60)), 4 * QUEUE)
    entries: list[tuple[Bare, Statement, list[Row]]] = []
    seen = None
    for row, statement_id, story_id, confidence in found:
        if len(entries) == QUEUE:
            break
        seen = f"{confidence!r}.{row}"
        bare = bare_story(asking.case, story_id)
        one = _unjudged(asking.case, statement_id, bare) if bare else None
        if bare and one:
            entries.append((bare, one, rows_around(bare, [one], one)))

    def spelled() -> JsonObject:
        return {"statements": [statement_line(home.page_name, home.story, one) for home, one, _ in entries]}

    context: JsonObject = {"next": asking.link(after=seen) if len(entries) == QUEUE else None}
    drawn = {"entries": entries}
    return View("review.html", "Review", context, "/review", drawn=drawn, rest=spelled)


def _unjudged(case: Case, statement_id: str, bare: Bare) -> Statement | None:
    """Return a statement if nobody judged it; only a page with judgements is looked at whole."""
    if review.of_page(case, bare.story.page_id):
        whole = found_story(case, bare.story.id)
        laid = laid_over(case, whole)
        known = (one for one in laid.statements if one.id not in laid.by_id)
        return next((one for one in known if one.id == statement_id), None)
    return next(iter(statements_by_id(case, [statement_id])), None)


def log(asking: Asking) -> View:
    """All that was judged, newest first, undone ones too."""
    judgements = list(review.history(asking.case))
    stands = {one.id for one in review.standing(judgements)}
    lines = [_logged(asking.case, one, one.id in stands) for one in reversed(judgements[-LOG:])]
    context: JsonObject = {"judgements": lines, "total": len(judgements)}
    return View("log.html", "What was judged", context, "/review", plain_listing(LOGGED), lines)


def statement(asking: Asking) -> View:
    """One statement, with all that can be said of it."""
    whole, laid, one = statement_of(asking.case, asking.key("statement_id"))
    judged = laid.by_id.get(one.id)
    context: JsonObject = {
        "statement": statement_line(whole.page_name, whole.story, one),
        "story_id": whole.story.id,
        "judged": judged_line(judged) if judged else None,
        "refused": one in laid.refused,
    }
    drawn = {
        "one": one,
        "judged_of": judged,
        "whole": whole,
        "rows": rows_around(whole, [*laid.statements, *laid.refused], one),
        "content": pieces(one),
        "gap": GAP,
        "voice_kinds": [kind.value for kind in VoiceKind if kind is not VoiceKind.AUTHOR],
    }
    return View("statement.html", "Judge a statement", context, "/review", drawn=drawn)


def missing(asking: Asking) -> View:
    """A form for a statement that was not found."""
    whole = found_story(asking.case, asking.key("story_id"))
    laid = laid_over(asking.case, whole)
    view = StoryView(whole.page_name, whole.story, laid.statements, whole.has_pipeline)
    context: JsonObject = {"story_id": whole.story.id, "text": whole.story.text}
    drawn = {"whole": whole, "rows": list(story_rows(view, 200_000)), "gap": GAP}
    return View("missing.html", "Add a statement", context, "/review", drawn=drawn)


def rows_around(whole: Whole | Bare, statements: Sequence[Statement], one: Statement) -> list[Row]:
    """Return the paragraphs in which a statement stands, with its marks and those inside it alone."""
    inside = {one.id}
    near = [other for other in statements if other.id in inside or other.parent in inside]
    view = StoryView(whole.page_name, whole.story, near, whole.has_pipeline)
    spans = [(piece.start, piece.end) for piece in one.content]
    spans += [(piece.start, piece.end) for piece in (one.source, one.cue) if piece]
    found = []
    for row in story_rows(view, len(whole.story.text)):
        end = row.start + sum(len(piece.text) for piece in row.pieces)
        if any(start < end and last > row.start for start, last in spans):
            found.append(row)
    return found


def add_writing(router: APIRouter) -> None:
    """Serve what the forms send."""
    for path, serve in (("/review/judge", _judge), ("/review/undo", _undo)):
        router.add_api_route(path, serve, methods=["POST"], include_in_schema=False, response_model=None)


def writer(request: Request) -> str:
    """Return the name in which a request may write.

    Raises:
        FaultError: it may not.
    """
    session: Session = request.scope["reader"]
    if not session.may_write or session.person is None:
        raise FaultError(403, "Readers cannot judge.")
    return session.person.name


async def _judge(request: Request) -> Response:
    fields = await form_of(request)
    said = _said(fields, writer(request))
    judgement = await run_in_threadpool(write, request, said)
    target = said.statement or judgement.id
    return RedirectResponse(f"{local(fields.get('back', '/review'))}#{target}", 303)


async def _undo(request: Request) -> Response:
    fields = await form_of(request)
    by = writer(request)
    await run_in_threadpool(undo, request, fields.get("judgement") or None, by)
    return RedirectResponse(local(fields.get("back", "/review/log")), 303)


def undo(request: Request, judgement_id: str | None, by: str) -> Judgement:
    """Take back a judgement, or the last of one's own; return what was written.

    Raises:
        FaultError: there is none, or it is undone already.
    """
    library = request.app.state.library
    with library.case() as case:
        standing = review.standing(review.history(case))
    wanted = [one for one in standing if one.id == judgement_id or (judgement_id is None and one.by == by)]
    if not wanted:
        raise FaultError(404, "There is no such judgement, or it is undone already.")
    written = review.undo(wanted[-1], by)
    library.judge([written])
    return written


def write(request: Request, said: Said) -> Judgement:
    """Write what a reviewer says, and return it as it was written.

    Raises:
        FaultError: it cannot be.
    """
    library = request.app.state.library
    with library.case() as case:
        judgement = judgement_of(case, said)
    library.judge([judgement])
    return judgement


def _said(fields: Mapping[str, str], by: str) -> Said:
    """Return what a form says. ``judge`` is a button's "verdict statement", or the verdict alone."""
    verdict, statement_id, other = (*fields.get("judge", "").split(" "), "", "")[:3]
    subject = fields.get("subject", Subject.STATEMENT.value)
    if verdict not in tuple(Verdict) or subject not in tuple(Subject):
        raise invalid("judge: right, wrong or unsure")
    words = {role: fields[role] for role in ROLES if role in fields}
    near = {
        role: int(at) for role in ROLES if (at := fields.get(f"{role}_at", "")).isdigit() and len(at) < 10
    }
    return Said(
        subject=Subject(subject),
        verdict=Verdict(verdict),
        by=by,
        statement=fields.get("statement") or statement_id or None,
        other=other or None,
        other_claim=fields.get("other_claim"),
        story=fields.get("story"),
        words=words,
        near=near,
        voice=_voice(fields),
        note=fields.get("note", ""),
    )


def _voice(fields: Mapping[str, str]) -> OtherVoice | None:
    found = {
        name: fields.get(f"voice_{name}", "").strip()[:200] or None
        for name in ("name", "role", "affiliation")
    }
    kind = fields.get("voice_kind", "")
    if kind and kind not in tuple(VoiceKind):
        raise invalid("voice_kind: one of the kinds")
    if not kind and not any(found.values()):
        return None
    return OtherVoice(kind=VoiceKind(kind) if kind else None, **found)


def _after(cursor: str | None) -> tuple[float, int] | None:
    if cursor is None:
        return None
    confidence, _, row = cursor.rpartition(".")
    try:
        return float(confidence), int(row)
    except ValueError as error:
        raise invalid("after: not an address that a list gave") from error


def _logged(case: Case, judgement: Judgement, stands: bool) -> JsonObject:
    words = judgement.words[0] if judgement.words else None
    at = story_at(case, words.page_id, words.story) if words else None
    quotes = words.quotes if words else ()
    text = " … ".join(quote.text for quote in quotes if quote.role == "content")
    return {
        **judgement_line(judgement),
        "text": text or " = ".join(judgement.names),
        "stands": stands,
        "story_id": at[0] if at else None,
        "title": at[1] if at else None,
    }
