"""Sources: who speaks in the case, and of each what it said, to whom, and how the stories describe it."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.export import listings, telling
from reportedly.queries.directory import Listed, source_id
from reportedly.queries.directory import source as all_of
from reportedly.queries.gathering import Said, SourceRow
from reportedly.queries.reading import Stories, Whole, listed_stories
from reportedly.queries.speaking import Spoken, Uttered, carried, in_time, relied_on, spoken
from reportedly.store import Case
from reportedly.types import JsonObject, Kind, Statement, VoiceKind
from reportedly.web.faults import FaultError
from reportedly.web.views import PER_PAGE, Asking, View, plain_listing

LISTED = ("id", "source", "kind", "role", "affiliation", "statements", "stories", "outlets")
SPOKEN = (
    "id",
    "published",
    "outlet",
    "title",
    "story_id",
    "kind",
    "source",
    "cue",
    "content",
    "commitment",
    "confidence",
)
KINDS = ("all", *(kind.value for kind in VoiceKind), "pronoun", "not resolved")
TALLIES = 12
DENIALS = ("CT-", "PR-", "PS-")
WORDINGS = 40


def listed(asking: Asking) -> View:
    """Whom the case relies on, most statements first; what outlets say themselves is one kind."""
    kind, name = asking.text("kind", 20) or "all", asking.text("name")
    begin = asking.number("begin", 0, 0, 10_000_000)
    found = [one for one in asking.library.digest().directory.sources if _passes(one, kind, name)]
    entries = [source_entry(one) for one in found[begin : begin + PER_PAGE]]
    context: JsonObject = {
        "sources": entries,
        "asked": {"kind": kind, "name": name},
        "kinds": list(KINDS),
        "total": len(found),
        "begin": begin,
        "next": asking.link(begin=begin + PER_PAGE) if begin + PER_PAGE < len(found) else None,
        "previous": asking.link(begin=max(begin - PER_PAGE, 0) or None) if begin else None,
    }
    return View(
        "sources.html", "Sources", context, "/sources", plain_listing(LISTED), map(source_entry, found)
    )


def source(asking: Asking) -> View:
    """One source."""
    one = asking.library.digest().directory.by_id.get(asking.key("source_id"))
    found = asking.library.kept(f"source {one.id}", lambda: _gathered(asking.case, one)) if one else None
    if one is None or found is None:
        raise FaultError(404, "The case has no such source.")
    row, begin = found.row, asking.number("begin", 0, 0, 10_000_000)
    said = spoken(asking.case, found.rows[begin : begin + PER_PAGE])
    outlet = row.name if row.kind in (VoiceKind.AUTHOR, VoiceKind.OUTLET) else None
    context: JsonObject = {
        "source": {**listings.source_line(row), "id": one.id},
        "said": [_spoken_line(line) for line in said],
        "begin": begin,
        "next": asking.link(begin=begin + PER_PAGE) if begin + PER_PAGE < len(found.rows) else None,
        "previous": asking.link(begin=max(begin - PER_PAGE, 0) or None) if begin else None,
        "denied": [_spoken_line(line) for line in spoken(asking.case, found.denied)],
        "relied_on_by": found.relied_on_by if row.kind is not VoiceKind.AUTHOR else [],
        "stories": _outlet_stories(asking, outlet) if outlet else found.stories,
        "carried": found.carried,
        "relies_on": found.relies_on,
        "wordings": [{"text": text, "statements": n} for text, n in list(row.wordings.items())[:WORDINGS]],
        "outlet_address": outlet_address(outlet) if outlet else None,
    }
    title = row.label or ("(outlet not named)" if row.kind is VoiceKind.AUTHOR else "(not named)")
    lines = (_spoken_line(line) for line in spoken(asking.case, found.rows))
    return View("source.html", title, context, "/sources", plain_listing(SPOKEN), lines, {"row": row})


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What is known of one source. rows: of its statements in order of time; denied: of those it denies."""

    row: SourceRow
    rows: Sequence[int]
    denied: Sequence[int]
    relied_on_by: list[JsonObject]
    stories: list[JsonObject]
    carried: list[JsonObject]
    relies_on: list[JsonObject]


def _gathered(case: Case, one: Listed) -> _Gathered | None:
    row = all_of(case, one)
    if row is None:
        return None
    said = in_time(case, one.rows)
    outlet = row.name if row.kind in (VoiceKind.AUTHOR, VoiceKind.OUTLET) else None
    return _Gathered(
        row=row,
        rows=array("q", [each.row for each in said]),
        denied=[each.row for each in said if each.commitment in DENIALS][:TALLIES],
        relied_on_by=_tally(each.outlet for each in said),
        stories=_stories(said),
        carried=_carried(case, row.name) if row.name else [],
        relies_on=_relies_on(case, outlet) if outlet else [],
    )


def source_entry(one: Listed) -> JsonObject:
    """Return one source of a list as a JSON object."""
    return {
        "id": one.id,
        "source": one.label,
        "kind": "pronoun" if one.pronoun else one.kind,
        "role": one.role if one.named else None,
        "affiliation": one.affiliation if one.named else None,
        "statements": one.statements,
        "stories": one.stories,
        "outlets": one.outlets,
        "address": f"/sources/{one.id}",
    }


def outlet_address(outlet: str | None) -> str:
    """Return the address of what an outlet says itself."""
    said = Said(Kind.AUTHOR.value, None, None, None, None, None, "", outlet)
    return f"/sources/{source_id(said)}"


def addresses_of(whole: Whole, statements: Iterable[Statement]) -> Mapping[str, str]:
    """Return the address of the source of each statement as it was read, by the statement's id."""
    read = {one.id: one for one in whole.statements}
    outlet = whole.story.metadata.outlet
    found = {}
    for one in statements:
        if one.id in read and one.kind is not Kind.AUTHOR:
            voice, words = read[one.id].voice, read[one.id].source
            kind = voice.kind.value if voice.kind else None
            told = (kind, voice.role, voice.affiliation, whole.story.id, outlet)
            said = Said(one.kind.value, words.text if words else None, voice.name, *told)
            found[one.id] = f"/sources/{source_id(said)}"
    return found


def _passes(one: Listed, kind: str, name: str | None) -> bool:
    is_author = one.kind == VoiceKind.AUTHOR
    kinds = {"pronoun": one.pronoun, "not resolved": one.kind is None and not one.pronoun}
    right_kind = not is_author if kind == "all" else kinds.get(kind, one.kind == kind and not one.pronoun)
    return right_kind and (name is None or name.casefold() in (one.label or "").casefold())


def _spoken_line(one: Spoken) -> JsonObject:
    chain = [name or telling.NOT_NAMED for name in json.loads(one.chain)[1:]]
    return {**one._asdict(), "chain": chain}


def _tally(found: Iterable[str | None]) -> list[JsonObject]:
    return [
        {"name": name, "count": count, "address": outlet_address(name)}
        for name, count in Counter(found).most_common(TALLIES)
    ]


def _stories(said: Sequence[Uttered]) -> list[JsonObject]:
    found = {one.story_id: one for one in said}
    return [
        {"id": one.story_id, "title": one.title, "outlet": one.outlet, "published": one.published}
        for one in list(found.values())[:TALLIES]
    ]


def _outlet_stories(asking: Asking, outlet: str) -> list[JsonObject]:
    found = listed_stories(asking.case, Stories(outlet=outlet), TALLIES)
    return [
        {"id": one.id, "title": one.title, "outlet": one.outlet, "published": one.published} for one in found
    ]


def _carried(case: Case, name: str) -> list[JsonObject]:
    """Return which outlets hand on what they have from it, most first."""
    found = carried(case, name)
    return [{"name": outlet, "count": count, "address": outlet_address(outlet)} for outlet, count in found]


def _relies_on(case: Case, outlet: str) -> list[JsonObject]:
    """Return on whose word an outlet tells what it does not say itself, most statements first."""
    found = relied_on(case, outlet)
    return [
        {
            "name": said.name or said.role or said.words,
            "kind": said.voice_kind,
            "count": count,
            "address": f"/sources/{source_id(said)}",
        }
        for said, count in found[:TALLIES]
    ]
