"""The report of a whole case: asks the case, hands the answers to `export.report`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from reportedly import queries
from reportedly.export import lineage
from reportedly.export.claims import claim_lines
from reportedly.export.report import STORIES, Entry, Figure, Overview, SourceCount, write_report
from reportedly.export.views import joined
from reportedly.store import Case
from reportedly.types import JsonObject, Kind, VoiceKind

SOURCES = 200
OUTLETS = 200
CLAIMS = 40
"""Most claims shown, each with its sourcing tree."""
WORDINGS = 8
"""Most wordings shown of one source."""


def report_case(case: Case, out: Path, title: str, limit: int = STORIES) -> int:
    """Write the report of ``case`` with its first ``limit`` stories; return how many it shows.

    Raises:
        CaseError: the case cannot be read.
        OSError: ``out`` cannot be written.
    """
    found = _claims(case)
    overview = _overview(case, title, limit, len(found))
    shown = ((row.page_name, row.story, row.has_pipeline) for row in islice(queries.stories(case), limit))
    views = joined(shown, queries.statements(case))
    articles = _articles(case, found, {entry.id for entry in overview.contents})
    write_report(out, overview, views, queries.rejects(case), articles)
    return len(overview.contents)


def _claims(case: Case) -> list[queries.ClaimRow]:
    """Return the claims that the page shows: of several stories, or disputed; widest echo first."""
    rows = queries.claims(case, queries.ClaimFilters(sort="echo"))
    return list(islice((row for row in rows if row.stories > 1 or row.against), CLAIMS))


def _articles(case: Case, found: list[queries.ClaimRow], on_page: set[str]) -> Iterator[str]:
    """Yield the claims as HTML; their statements open where they stand below, if their story is there."""
    anchors: dict[str, str] = {}
    return lineage.section(_opening(claim_lines(case, found), on_page, anchors), anchors.get)


def _opening(lines: Iterator[JsonObject], on_page: set[str], anchors: dict[str, str]) -> Iterator[JsonObject]:
    """Yield each line after having put the anchors of its statements, and no others, into ``anchors``."""
    for line in lines:
        statements = [one for side in ("support", "against", "hedged", "others") for one in line[side]]
        anchors.clear()
        anchors |= {one["id"]: f"#t-{one['id']}" for one in statements if one["story_id"] in on_page}
        yield line


def _overview(case: Case, title: str, limit: int, claims: int) -> Overview:
    numbers = queries.overview(case)
    contents = [_entry(row) for row in islice(queries.stories(case), limit)]
    sources = [row for row in queries.sources(case) if row.kind is not VoiceKind.AUTHOR]
    outlets = list(queries.outlets(case))
    return Overview(
        title=title,
        figures=_figures(numbers),
        contents=contents,
        sources=[_source(row) for row in sources[:SOURCES]],
        more_sources=max(len(sources) - SOURCES, 0),
        outlets=outlets[:OUTLETS],
        more_outlets=max(len(outlets) - OUTLETS, 0),
        no_pipeline=numbers.no_pipeline,
        left_out=numbers.stories - len(contents),
        claims=claims,
        all_claims=queries.count_claims(case),
    )


def _figures(numbers: queries.Overview) -> list[Figure]:
    own = numbers.kinds.get(Kind.AUTHOR, 0)
    return [
        Figure(numbers.stories, "stories"),
        Figure(numbers.partial, "of them partial"),
        Figure(numbers.outlets, "outlets"),
        Figure(numbers.statements - own, "statements on somebody's word"),
        Figure(own, "in the stories' own voice"),
        Figure(numbers.rejects, "refused"),
    ]


def _entry(row: queries.StoryRow) -> Entry:
    told = row.story.metadata
    return Entry(
        id=row.story.id,
        title=told.title,
        outlet=told.outlet,
        published=told.published.value if told.published else None,
        language=row.story.language,
        partial=row.story.partial,
        statements=row.statements,
    )


def _source(row: queries.SourceRow) -> SourceCount:
    told = ", ".join(part for part in (row.role, row.affiliation) if part) if row.name else None
    kind = "pronoun" if row.pronoun else row.kind
    name = row.label or "(source not named)"
    return SourceCount(name, kind, row.statements, row.stories, told or None, list(row.wordings)[:WORDINGS])
