"""The named read-only questions about a case. Each yields typed rows one by one, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.queries import fetching
from reportedly.queries.claiming import (
    ClaimFilters,
    ClaimParts,
    ClaimRow,
    claim,
    claim_parts,
    claims,
    count_claims,
)
from reportedly.queries.fetching import Fetcher, StatementRow
from reportedly.queries.filters import KINDS, PASSES, STORY_PASSES, Filters, parameters
from reportedly.queries.gathering import Said, SourceRow, gathered
from reportedly.queries.sharing import Comparison, ReuseRow, compare, reuse
from reportedly.store import Case
from reportedly.store.rows import reject_of
from reportedly.types import PLOVER, Reject, Story

__all__ = [
    "EVERYTHING",
    "KINDS",
    "PLOVER",
    "ClaimFilters",
    "ClaimParts",
    "ClaimRow",
    "Comparison",
    "Fetcher",
    "Filters",
    "Overview",
    "ReuseRow",
    "SourceRow",
    "StatementRow",
    "StoryRow",
    "claim",
    "claim_parts",
    "claims",
    "compare",
    "count_claims",
    "outlets",
    "overview",
    "rejects",
    "reuse",
    "sources",
    "statements",
    "stories",
]

EVERYTHING = Filters()
"""Lets every row pass."""

_STORY_ORDER = "t.published IS NULL, t.published, p.name, t.position, t.id"
_JOINED = """
    FROM statements s JOIN stories t ON t.id = s.story_id JOIN pages p ON p.id = s.page_id WHERE
"""

_STATEMENTS = " ".join(
    (
        "SELECT s.*, p.name AS page_name",
        _JOINED,
        PASSES,
        "AND",
        STORY_PASSES,
        "ORDER BY",
        _STORY_ORDER,
        ", s.start_char, s.id",
    )
)
_STORIES = " ".join(
    (
        """
    SELECT t.id, t.pipeline, p.name AS page_name,
           (SELECT count(*) FROM statements c WHERE c.story_id = t.id) AS amount
    FROM stories t JOIN pages p ON p.id = t.page_id
    WHERE (NOT :by_statement OR EXISTS (SELECT 1 FROM statements s WHERE s.story_id = t.id AND
    """,
        PASSES,
        ")) AND",
        STORY_PASSES,
        "ORDER BY",
        _STORY_ORDER,
    )
)
_SOURCES = " ".join(
    (
        """
    SELECT s.kind, s.source, s.voice_name, s.voice_kind, s.voice_role, s.voice_affiliation,
           s.story_id, t.outlet
        """,
        _JOINED,
        PASSES,
        "AND",
        STORY_PASSES,
    )
)
_NUMBERS = """
    SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM sightings), count(*),
           coalesce(sum(partial), 0), (SELECT count(*) FROM statements), (SELECT count(*) FROM rejects),
           count(DISTINCT outlet), min(published_first), max(published_last)
    FROM stories
"""
_TALLIES = (
    "SELECT kind, count(*) FROM statements GROUP BY 1",
    "SELECT language, count(*) FROM stories GROUP BY 1",
    "SELECT language, count(*) FROM stories WHERE NOT pipeline GROUP BY 1",
    "SELECT reason, count(*) FROM rejects GROUP BY 1",
)


class StoryRow(NamedTuple):
    """One story. statements: how many it has; has_pipeline: whether there is one for its language."""

    page_name: str
    story: Story
    statements: int
    has_pipeline: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What a case holds, in numbers. first, last: the days between which its dated stories lie."""

    pages: int
    sightings: int
    stories: int
    partial: int
    statements: int
    rejects: int
    outlets: int
    first: str | None
    last: str | None
    kinds: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    no_pipeline: Mapping[str, int] = field(default_factory=dict)
    reject_reasons: Mapping[str, int] = field(default_factory=dict)


def statements(case: Case, filters: Filters = EVERYTHING) -> Iterator[StatementRow]:
    """Yield the statements that pass, by date, page, story and place; undated stories last.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    story: Story | None = None
    for row in case.select(_STATEMENTS, parameters(case, filters)):
        if story is None or story.id != row["story_id"]:
            story = fetching.story(case, row["story_id"])
        yield StatementRow(row["page_name"], story, fetching.statement_at(case, row))


def stories(case: Case, filters: Filters = EVERYTHING) -> Iterator[StoryRow]:
    """Yield the stories that pass, by date, page and place; undated ones last.

    A filter on statements lets a story pass that has at least one such statement.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    for row in case.select(_STORIES, parameters(case, filters)):
        yield StoryRow(
            row["page_name"], fetching.story(case, row["id"]), row["amount"], bool(row["pipeline"])
        )


def sources(case: Case, filters: Filters = EVERYTHING) -> Iterator[SourceRow]:
    """Yield whom the statements that pass rest on; `gathering.gathered` says in which order.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    return gathered(Said(*row) for row in case.select(_SOURCES, parameters(case, filters)))


def rejects(case: Case) -> Iterator[Reject]:
    """Yield what was refused, by place.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT stage, reason, place, detail FROM rejects ORDER BY place, stage, reason"
    for row in case.select(sql):
        with case.intact():
            reject = reject_of(dict(row))
        yield reject


def outlets(case: Case) -> Iterator[tuple[str | None, int]]:
    """Yield each outlet with its number of stories, most first; None counts the stories that name none.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT outlet, count(*) FROM stories GROUP BY 1 ORDER BY 2 DESC, 1"
    yield from ((row[0], row[1]) for row in case.select(sql))


def overview(case: Case) -> Overview:
    """Return what the case holds, in numbers.

    Raises:
        CaseError: the case cannot be read.
    """
    numbers = tuple(next(case.select(_NUMBERS)))
    return Overview(*numbers, *({row[0]: row[1] for row in case.select(tally)} for tally in _TALLIES))
