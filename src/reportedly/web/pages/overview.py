"""The first page: what the case holds. And what was refused."""

from __future__ import annotations

from itertools import islice

from reportedly import queries
from reportedly.export import listings
from reportedly.export.claims import claim_summary
from reportedly.queries import ClaimFilters, count_claims
from reportedly.queries.directory import Directory, Listed
from reportedly.queries.reading import Stories, StoryEntry, listed_stories
from reportedly.types import JsonObject, Kind, VoiceKind
from reportedly.web.drawing import Timeline, timeline
from reportedly.web.library import Digest
from reportedly.web.pages.claims import claim_rows
from reportedly.web.pages.sources import outlet_address, source_entry
from reportedly.web.views import Asking, View, plain_listing

TOP = 15
SHOWN = 8
REJECTS = 1_000

OUTLETS = ("outlet", "stories")


def overview(asking: Asking) -> View:
    """Stories, outlets, sources by kind, what was refused, and stories over time."""
    digest = asking.library.digest()
    picture = timeline(digest.directory.days)
    outlets = [_outlet(name, count) for name, count in digest.outlets]
    newest = [story_entry(row) for row in listed_stories(asking.case, Stories(), 8)]
    figures = {**_figures(digest), "claims": asking.library.kept("claims", lambda: count_claims(asking.case))}
    context: JsonObject = {
        "figures": figures,
        "echoes": _claims(asking, disputed=False),
        "disputes": _claims(asking, disputed=True),
        "first": digest.overview.first,
        "last": digest.overview.last,
        "languages": dict(digest.overview.languages),
        "no_pipeline": dict(digest.overview.no_pipeline),
        "sources": [source_entry(one) for one in _told(digest.directory)],
        "kinds": _kinds(digest.directory),
        "outlets": outlets[:TOP],
        "more_outlets": max(len(outlets) - TOP, 0),
        "newest": newest,
        "reject_reasons": dict(digest.overview.reject_reasons),
        "timeline": _spelled(picture),
    }
    drawn = {"picture": picture}
    return View("overview.html", "Overview", context, "/", plain_listing(OUTLETS), outlets, drawn)


def rejects(asking: Asking) -> View:
    """What was refused: where, at which stage, why."""
    found = [listings.reject_line(one) for one in queries.rejects(asking.case)]
    reasons = dict(asking.library.digest().overview.reject_reasons)
    context: JsonObject = {
        "rejects": found[:REJECTS],
        "more_rejects": max(len(found) - REJECTS, 0),
        "reasons": reasons,
    }
    return View("rejects.html", "Refused", context, "/", listings.REJECTS, found)


def _claims(asking: Asking, disputed: bool) -> list[JsonObject]:
    """Return the claims of more than one outlet, or the disputed ones, with the widest echo."""
    filters = ClaimFilters(disputed=disputed, limit=TOP)
    found = claim_rows(asking, filters)
    return [claim_summary(row) for row in found if disputed or row.outlets > 1][:SHOWN]


def story_entry(row: StoryEntry) -> JsonObject:
    """Return one story of a list as a JSON object."""
    return {
        "id": row.id,
        "title": row.title,
        "outlet": row.outlet,
        "published": row.published,
        "byline": row.byline,
        "agency": row.agency,
        "place": row.place,
        "language": row.language,
        "partial": bool(row.partial),
        "has_pipeline": bool(row.pipeline),
        "statements": row.statements,
        "page": row.page_name,
        "story": row.position,
    }


def _figures(digest: Digest) -> JsonObject:
    numbers = digest.overview
    own = numbers.kinds.get(Kind.AUTHOR, 0)
    return {
        "stories": numbers.stories,
        "partial": numbers.partial,
        "outlets": numbers.outlets,
        "sources": sum(one.named and one.kind != VoiceKind.AUTHOR for one in digest.directory.sources),
        "statements_told": numbers.statements - own,
        "statements_own": own,
        "refused": numbers.rejects,
    }


def _told(directory: Directory) -> list[Listed]:
    found = (
        one for one in directory.sources if one.kind != VoiceKind.AUTHOR and one.label and not one.pronoun
    )
    return list(islice(found, TOP))


def _kinds(directory: Directory) -> list[JsonObject]:
    """Return how many sources of each kind there are, and how many statements rest on them."""
    found: dict[str | None, list[int]] = {}
    for one in directory.sources:
        if one.kind != VoiceKind.AUTHOR:
            counts = found.setdefault("pronoun" if one.pronoun else one.kind, [0, 0])
            counts[0] += 1
            counts[1] += one.statements
    kinds = sorted(found.items(), key=lambda pair: -pair[1][1])
    return [{"kind": kind, "sources": counts[0], "statements": counts[1]} for kind, counts in kinds]


def _outlet(name: str | None, count: int) -> JsonObject:
    return {"outlet": name, "stories": count, "address": outlet_address(name)}


def _spelled(picture: Timeline | None) -> JsonObject | None:
    if picture is None:
        return None
    bars = [{"first": bar.first, "last": bar.last, "stories": bar.count} for bar in picture.bars]
    return {"step": picture.step, "bars": bars}
