"""Stories: the list, one story with its statements marked in place, and its page as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from reportedly import review
from reportedly.errors import ConfigurationError
from reportedly.export import listings
from reportedly.export.lines import statement_line, story_line
from reportedly.export.report import STORY_CHARACTERS, facts
from reportedly.export.rows import story_rows
from reportedly.export.views import StoryView
from reportedly.queries.filters import Filters
from reportedly.queries.reading import (
    Stories,
    StoryEntry,
    Whole,
    bare_stories_of_page,
    bare_story,
    listed_stories,
    page_text,
    story_of_statement,
)
from reportedly.queries.reading import story as one_story
from reportedly.queries.standing import Standing, claims_of_story, sharing
from reportedly.store import Case
from reportedly.types import JsonObject, Statement
from reportedly.web.chrome import page_pieces
from reportedly.web.faults import FaultError, invalid
from reportedly.web.judging import judged_line
from reportedly.web.pages.overview import story_entry
from reportedly.web.pages.sources import addresses_of, outlet_address
from reportedly.web.views import PER_PAGE, Asking, View, plain_listing

STORIES = (
    "id",
    "title",
    "outlet",
    "published",
    "byline",
    "agency",
    "place",
    "language",
    "partial",
    "statements",
    "page",
    "story",
)
PAGE_CHARACTERS = 400_000
"""Most characters of a page as read that are shown."""


def listed(asking: Asking) -> View:
    """All stories, newest first."""
    asked = _asked(asking)
    found = listed_stories(asking.case, asked, PER_PAGE + 1)
    entries = [story_entry(row) for row in found[:PER_PAGE]]
    more = found[PER_PAGE - 1] if len(found) > PER_PAGE else None
    context: JsonObject = {
        "stories": entries,
        "next": asking.link(after=_cursor(more)) if more else None,
        "asked": {
            "outlet": asked.outlet,
            "language": asked.language,
            "from": asked.date_from,
            "to": asked.date_to,
        },
        "total": asking.library.digest().overview.stories,
    }
    return View("stories.html", "Stories", context, "/stories", plain_listing(STORIES), entries)


def story(asking: Asking) -> View:
    """One story: its text as it stood, each statement marked in place and told in the margin."""
    whole = found_story(asking.case, asking.key("story_id"))
    laid = review.reviewed(whole.story, whole.statements, review.of_page(asking.case, whole.story.page_id))
    view = StoryView(whole.page_name, whole.story, laid.statements, whole.has_pipeline)
    told = whole.story.metadata
    standings: dict[str, list[Standing]] = {}
    for standing in claims_of_story(asking.case, whole.story.id):
        if standing.stories > 1 or standing.against or standing.role != "support":
            standings.setdefault(standing.statement_id, []).append(standing)

    def lines(some: Sequence[Statement]) -> Iterator[JsonObject]:
        return (statement_line(whole.page_name, whole.story, one) for one in some)

    context: JsonObject = {
        "story": story_line(whole.page_name, whole.story),
        "has_pipeline": whole.has_pipeline,
        "homeless": [one.id for one in laid.homeless],
        "shares_with": [one._asdict() for one in sharing(asking.case, whole.story.id)],
    }
    drawn = {
        "told": told,
        "facts": facts(whole.story),
        "outlet_address": outlet_address(told.outlet),
        "rows": story_rows(view, STORY_CHARACTERS),
        "view": view,
        "hidden": max(len(whole.story.text) - STORY_CHARACTERS, 0),
        "source_addresses": addresses_of(whole, laid.statements),
        "laid": laid,
        "standings": standings,
    }

    def spelled() -> JsonObject:
        return {
            "statements": list(lines(laid.statements)),
            "refused": list(lines(laid.refused)),
            "claims": {key: [one._asdict() for one in found] for key, found in standings.items()},
            "judgements": {key: judged_line(one) for key, one in laid.by_id.items()},
        }

    return View(
        template="story.page.html",
        title=told.title or "(no headline)",
        context=context,
        section="/stories",
        listing=listings.STATEMENTS,
        lines=lines(laid.statements),
        drawn=drawn,
        rest=spelled,
    )


def as_read(asking: Asking) -> View:
    """The whole page that a story stands on, as it was read: what was left out is greyed and says why."""
    whole = bare_story(asking.case, asking.key("story_id"))
    if whole is None:
        raise FaultError(404, "The case has no such story.")
    others = [one.story for one in bare_stories_of_page(asking.case, whole.story.page_id)]
    text = page_text(asking.case, whole.story.page_id)
    pieces = page_pieces(text, others)
    context: JsonObject = {
        "page": whole.page_name,
        "story_id": whole.story.id,
        "characters": len(text),
        "pieces": [
            {"start": one.start, "end": one.end, "why": one.why, "story_id": one.story_id} for one in pieces
        ],
    }
    shown = [one for one in pieces if one.start < PAGE_CHARACTERS]
    drawn = {
        "shown": [(one, text[one.start : min(one.end, PAGE_CHARACTERS)]) for one in shown],
        "hidden": max(len(text) - PAGE_CHARACTERS, 0),
        "stories": {one.id: one for one in others},
        "whole": whole,
    }
    title = f"As read: {whole.story.metadata.title or whole.page_name}"
    return View("page.html", title, context, "/stories", drawn=drawn)


def to_statement(request: Request, statement_id: str) -> Response:
    """Lead from a statement's own address to its place in its story."""
    with request.app.state.library.case() as case:
        story_id = story_of_statement(case, statement_id)
    if story_id is None:
        raise FaultError(404, "The case has no such statement.")
    return RedirectResponse(f"/stories/{story_id}#{quote(statement_id)}", 303)


def found_story(case: Case, story_id: str) -> Whole:
    """Return a story.

    Raises:
        FaultError: the case has none of that id.
    """
    whole = one_story(case, story_id)
    if whole is None:
        raise FaultError(404, "The case has no such story.")
    return whole


def _asked(asking: Asking) -> Stories:
    asked = Stories(
        outlet=asking.text("outlet"),
        unnamed=asking.text("unnamed") == "1",
        language=asking.text("language", 8),
        date_from=asking.text("from", 10),
        date_to=asking.text("to", 10),
        after=_after(asking.text("after", 40)),
    )
    try:
        Filters(date_from=asked.date_from, date_to=asked.date_to).check()
    except ConfigurationError as error:
        raise invalid(*error.problems) from error
    return asked


def _cursor(row: StoryEntry) -> str:
    return f"{row.day}.{row.row}"


def _after(cursor: str | None) -> tuple[str, int] | None:
    if cursor is None:
        return None
    day, _, row = cursor.rpartition(".")
    if not (row.isascii() and row.isdigit() and len(row) < 18):
        raise invalid("after: not an address that a list gave")
    return day, int(row)
