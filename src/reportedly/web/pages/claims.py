"""Claims: the list, one claim with its sourcing tree, and two stories side by side."""

from __future__ import annotations

from itertools import islice

from reportedly import queries, review
from reportedly.errors import ConfigurationError
from reportedly.export import claims as lines
from reportedly.export import lineage, telling
from reportedly.export.lineage.page import marked, sheet
from reportedly.queries import ClaimFilters, ClaimRow
from reportedly.queries.claiming import SORTS
from reportedly.store import Case
from reportedly.types import JsonObject, Judgement, Story, Subject
from reportedly.web.faults import FaultError
from reportedly.web.judging import judgement_line
from reportedly.web.views import PER_PAGE, Asking, View, plain_listing

MOST = 1_000
"""Most claims of one list; narrow it to see others."""
SIDES = ("support", "against", "hedged", "others")
STATEMENTS = ("id", "published", "outlet", "page", "side", "source", "content", "commitment", "voice")


def listed(asking: Asking) -> View:
    """Claims: by echo, outlets, origins or date."""
    sort = asking.text("sort", 10) or "echo"
    filters = ClaimFilters(asking.text("about"), asking.text("disputed") == "1", sort, MOST)
    found = claim_rows(asking, filters)
    begin = asking.number("begin", 0, 0, MOST)
    context: JsonObject = {
        "claims": [lines.claim_summary(row) for row in found[begin : begin + PER_PAGE]],
        "asked": {"about": filters.about, "disputed": filters.disputed, "sort": sort},
        "sorts": list(SORTS),
        "total": len(found),
        "more": len(found) == MOST,
        "begin": begin,
        "next": asking.link(begin=begin + PER_PAGE) if begin + PER_PAGE < len(found) else None,
        "previous": asking.link(begin=max(begin - PER_PAGE, 0) or None) if begin else None,
    }
    whole = map(lines.claim_summary, found)
    return View("claims.page.html", "Claims", context, "/claims", lines.CLAIMS, whole)


def claim(asking: Asking) -> View:
    """One claim: who says it, on whose word, what it rests on, what speaks against it."""
    line = whole_claim(asking.case, asking.key("claim_id"))
    stories = {one["id"]: one["story_id"] for side in SIDES for one in line[side]}

    def href(statement_id: str) -> str | None:
        story = stories.get(statement_id)
        return f"/stories/{story}#{statement_id}" if story else None

    told = sheet(line, href)
    context: JsonObject = {"claim": line, "judgements": _judged(asking.case, line)}
    drawn = {
        "picture": lineage.figure(line, href),
        "told": told,
        "changes": [(one, marked(one.pieces)) for one in told.changes],
        "origins": lines.origins_told(line),
        "statements": _in_time(line),
        "sure": {value.value: word for value, word in telling.COMMITMENTS.items()},
        "href": href,
    }
    rows = [_row(one, side) for side in SIDES for one in line[side]]
    return View("claim.page.html", line["text"], context, "/claims", plain_listing(STATEMENTS), rows, drawn)


def compared(asking: Asking) -> View:
    """Two stories side by side: what they share and what each adds."""
    try:
        found = queries.compare(asking.case, asking.key("a"), asking.key("b"))
    except ConfigurationError as error:
        raise FaultError(404, "The case has no such two stories.", error.problems) from error
    line = lines.comparison_line(found)
    drawn = {"a": found.a, "b": found.b}
    context: JsonObject = {"comparison": line}
    columns = ("text_a", "text_b", "exact", "quoted", "a_start", "a_end", "b_start", "b_end")
    listing = plain_listing(columns)
    title = f"{_name(found.a)} and {_name(found.b)}"
    return View("compare.html", title, context, "/stories", listing, line["passages"], drawn)


def claim_rows(asking: Asking, filters: ClaimFilters) -> list[ClaimRow]:
    """Return the claims that pass, kept until the case changes.

    Raises:
        FaultError: a filter has an impossible value.
    """
    try:
        filters.check()
    except ConfigurationError as error:
        raise FaultError(422, "The request has values that cannot be.", error.problems) from error
    limit = filters.limit
    key = f"claims {filters.sort} {filters.disputed} {limit} {filters.about}"
    return asking.library.kept(key, lambda: list(islice(queries.claims(asking.case, filters), limit)))


def whole_claim(case: Case, key: str) -> JsonObject:
    """Return one claim with all that is known of it.

    Raises:
        FaultError: the case has none of that id.
    """
    try:
        row = queries.claim(case, key)
    except ConfigurationError as error:
        raise FaultError(404, "The case has no such claim.") from error
    return lines.claim_line(row, queries.claim_parts(case, queries.Fetcher(case), row.id))


def _in_time(line: JsonObject) -> list[tuple[str, JsonObject]]:
    """Return the statements of a claim with their sides, in order of time, undated ones last."""
    found = [(side, one) for side in SIDES[:3] for one in line[side]]
    return sorted(found, key=lambda pair: (pair[1]["published"] is None, pair[1]["published"] or ""))


def _row(one: JsonObject, side: str) -> JsonObject:
    return {
        **{name: one[name] for name in ("id", "published", "outlet", "page", "commitment")},
        "side": side,
        "source": one["source"]["text"] if one["source"] else None,
        "content": lines_content(one),
        "voice": one["chain"][-1],
    }


def lines_content(one: JsonObject) -> str:
    """Return what a statement says as one string."""
    return " [...] ".join(piece["text"] for piece in one["content"])


def _judged(case: Case, line: JsonObject) -> list[JsonObject]:
    """Return what stands of what people said on whether its statements are one claim."""
    said = {lines_content(one) for side in SIDES for one in line[side]}

    def touches(one: Judgement) -> bool:
        told = (" [...] ".join(q.text for q in words.quotes if q.role == "content") for words in one.words)
        return one.subject is Subject.SAME_CLAIM and any(text in said for text in told)

    return [judgement_line(one) for one in review.standing(review.history(case)) if touches(one)]


def _name(story: Story) -> str:
    return story.metadata.outlet or story.metadata.title or "(no headline)"
