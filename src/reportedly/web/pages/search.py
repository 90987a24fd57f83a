"""Search: full text and facets, with the hits marked."""

from __future__ import annotations

import json
from collections.abc import Mapping

from reportedly.errors import ConfigurationError
from reportedly.export import telling
from reportedly.queries.searching import HITS, Asked, Found, Hit
from reportedly.queries.searching import search as find
from reportedly.types import JsonObject
from reportedly.web.faults import invalid
from reportedly.web.views import PER_PAGE, Asking, View, plain_listing

COLUMNS = (
    "id",
    "published",
    "outlet",
    "title",
    "story_id",
    "kind",
    "source",
    "voice_name",
    "voice_kind",
    "cue",
    "content",
    "commitment",
    "confidence",
    "language",
    "page",
)
FACETS = {
    "voice_kind": "kind of source",
    "outlet": "outlet",
    "year": "year",
    "commitment": "how sure",
    "kind": "how it is told",
    "language": "language",
}
"""What results can be narrowed by, in the order of the page, with the words for it."""
VALUES = 8
"""Values of a facet that are shown."""


def search(asking: Asking) -> View:
    """Statements that hold some words."""
    asked = asked_of(asking)
    begin = asking.number("begin", 0, 0, HITS)
    anything = any(getattr(asked, name) for name in asked.__dataclass_fields__)
    found = _found(asking, asked, begin) if anything else Found([], 0, False)
    lines = [hit_line(hit) for hit in found.hits]
    context: JsonObject = {
        "asked": {name: getattr(asked, name) for name in asked.__dataclass_fields__},
        "hits": lines,
        "total": found.total,
        "more": found.more,
        "begin": begin,
        "next": asking.link(begin=begin + PER_PAGE) if begin + PER_PAGE < found.total else None,
        "previous": asking.link(begin=max(begin - PER_PAGE, 0) or None) if begin else None,
        "facets": _facets(asking, found.facets),
        "anything": anything,
    }
    title = f"Search: {asked.words}" if asked.words else "Search"
    drawn = {"shown": found.hits, "chosen": _chosen(asking)}
    return View("search.html", title, context, "/search", plain_listing(COLUMNS), lines, drawn)


def asked_of(asking: Asking) -> Asked:
    """Return what the address asks for.

    Raises:
        FaultError: a value is too long.
    """
    year = asking.text("year", 4)
    return Asked(
        words=asking.text("q"),
        kind=asking.text("kind", 20),
        voice_kind=asking.text("voice_kind", 20),
        commitment=asking.text("commitment", 4),
        outlet=asking.text("outlet"),
        language=asking.text("language", 8),
        date_from=asking.text("from", 10) or year,
        date_to=asking.text("to", 10) or year,
        told=asking.text("told") == "1",
    )


def hit_line(hit: Hit) -> JsonObject:
    """Return one hit as a JSON object; ``marked`` is its content in pieces, true for what was looked for."""
    chain = [name or telling.NOT_NAMED for name in json.loads(hit.chain)[1:]]
    return {
        "id": hit.id,
        "story_id": hit.story_id,
        "page": hit.page_name,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published,
        "language": hit.language,
        "kind": hit.kind,
        "source": hit.source,
        "cue": hit.cue,
        "content": hit.content,
        "chain": chain,
        "voice_name": hit.voice_name,
        "voice_kind": hit.voice_kind,
        "commitment": hit.commitment,
        "confidence": round(hit.confidence, 4),
        "marked": [[piece.text, piece.hit] for piece in hit.marked],
    }


def _found(asking: Asking, asked: Asked, begin: int) -> Found:
    try:
        return find(asking.case, asked, begin, PER_PAGE)
    except ConfigurationError as error:
        raise invalid(*error.problems) from error


def _facets(asking: Asking, found: Mapping[str, Mapping[str | None, int]]) -> list[JsonObject]:
    return [
        {
            "name": name,
            "label": label,
            "values": [
                {"value": value, "count": count, "address": asking.link(**{name: value}, begin=None)}
                for value, count in list(found.get(name, {}).items())[:VALUES]
                if value is not None
            ],
        }
        for name, label in FACETS.items()
        if asking.text(name) is None
    ]


def _chosen(asking: Asking) -> list[tuple[str, str, str]]:
    """Return what narrows: its words, its value, and the address without it."""
    named = {**FACETS, "from": "from", "to": "to"}
    return [
        (label, value, asking.link(**{name: None}, begin=None))
        for name, label in named.items()
        if (value := asking.text(name))
    ]
