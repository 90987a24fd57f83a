"""Full text and facets: which statements hold some words, best first, and how they divide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportedly.queries.filters import Filters, all_words
from reportedly.store import Case, calendar_range

HITS = 1_000
"""Most hits that are counted and can be paged through; more are said to be more."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Stand around a hit; a text cannot hold them unless it was damaged, and then only a mark is misplaced."""

_CONDITIONS = {
    "kind": "s.kind = :kind",
    "told": "s.kind <> 'author'",
    "voice_kind": "s.voice_kind = :voice_kind",
    "commitment": "s.commitment = :commitment",
    "outlet": "t.outlet = :outlet",
    "language": "t.language = :language",
    "first": "t.published_last >= :first",
    "last": "t.published_first <= :last",
}
"""What holds a hit to each filter; only those that are set are said, so that indexes can serve them."""
_COLUMNS = """
    SELECT s.row AS row, s.kind, s.voice_kind, s.commitment, t.outlet, t.language,
           substr(t.published_first, 1, 4)
"""
_BY_WORDS = """
    FROM (SELECT rowid AS hit, rank FROM statements_search WHERE statements_search MATCH :match
          ORDER BY rank LIMIT :scanned) JOIN statements s ON s.row = hit JOIN stories t ON t.id = s.story_id
"""
_BY_FACETS = "FROM statements s JOIN stories t ON t.id = s.story_id"
_SHOWN = """
    SELECT s.row AS row, s.id, s.story_id, s.kind, s.source, s.cue, s.chain, s.voice_name, s.voice_kind,
           s.commitment, s.confidence, t.title, t.outlet, t.published, t.language, p.name AS page_name,
           s.content
    FROM statements s JOIN stories t ON t.id = s.story_id JOIN pages p ON p.id = t.page_id
    WHERE s.row IN (SELECT value FROM json_each(:rows))
"""
_MARKED = """
    SELECT rowid, snippet(statements_search, 0, :open, :close, '…', 24),
           snippet(statements_search, 1, :open, :close, '…', 48)
    FROM statements_search WHERE statements_search MATCH :match
    AND rowid IN (SELECT value FROM json_each(:rows))
"""
FACETS = ("kind", "voice_kind", "commitment", "outlet", "language", "year")
"""What hits are divided by, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. words: all of them, in the source or the content; the others narrow.

    outlet, language: whole values. kind, voice_kind, commitment, dates: as in `filters.Filters`. told:
    nothing that a story says in its own voice.
    """

    words: str | None = None
    kind: str | None = None
    voice_kind: str | None = None
    commitment: str | None = None
    outlet: str | None = None
    language: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    told: bool = False

    def check(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: with every problem found.
        """
        Filters(
            kind=self.kind,
            voice_kind=self.voice_kind,
            commitment=(self.commitment,) if self.commitment else (),
            date_from=self.date_from,
            date_to=self.date_to,
        ).check()


class Piece(NamedTuple):
    """A stretch of words, and whether it is what was looked for."""

    text: str
    hit: bool


class Hit(NamedTuple):
    """One statement that was found; marked_source and marked: its words with the hits in them."""

    id: str
    story_id: str
    kind: str
    source: str | None
    cue: str | None
    chain: str
    voice_name: str | None
    voice_kind: str | None
    commitment: str | None
    confidence: float
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    page_name: str
    content: str
    marked_source: tuple[Piece, ...]
    marked: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of hits. total: of all; more: there are more than were counted. facets: value -> how many."""

    hits: list[Hit]
    total: int
    more: bool
    facets: Mapping[str, Mapping[str | None, int]] = field(default_factory=dict)


def search(case: Case, asked: Asked, begin: int, most: int) -> Found:
    """Return hits [begin, begin + most), best first where words are asked for.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    asked.check()
    parameters = _parameters(asked)
    narrowed = any(parameters[name] for name in _CONDITIONS)
    limits = {"most": HITS + 1, "scanned": 20 * HITS if narrowed else HITS + 1}
    rows = [tuple(row) for row in case.select(_sql(parameters), {**parameters, **limits})]
    more, rows = len(rows) > HITS, rows[:HITS]
    facets = {name: dict(Counter(row[at] for row in rows).most_common()) for at, name in enumerate(FACETS, 1)}
    wanted = [int(row[0]) for row in rows[begin : begin + most]]
    return Found(_shown(case, wanted, parameters["match"]), len(rows), more, facets)


def _sql(parameters: Mapping[str, Any]) -> str:
    conditions = " AND ".join(sql for name, sql in _CONDITIONS.items() if parameters[name]) or "true"
    by_words = parameters["match"] is not None
    order = "ORDER BY rank, hit" if by_words else ""
    return " ".join(
        (_COLUMNS, _BY_WORDS if by_words else _BY_FACETS, "WHERE", conditions, order, "LIMIT :most")
    )


def _parameters(asked: Asked) -> dict[str, Any]:
    first, last = calendar_range(asked.date_from), calendar_range(asked.date_to)
    return {
        "match": all_words(asked.words, "{source content}"),
        "kind": asked.kind,
        "told": asked.told,
        "voice_kind": asked.voice_kind,
        "commitment": asked.commitment,
        "outlet": asked.outlet,
        "language": asked.language,
        "first": first and first[0],
        "last": last and last[1],
    }


def _shown(case: Case, wanted: list[int], match: str | None) -> list[Hit]:
    rows = str(wanted)
    marked: dict[int, tuple[str | None, str | None]] = {}
    if match and wanted:
        parameters = {"match": match, "rows": rows, "open": _OPEN, "close": _CLOSE}
        marked = {row[0]: (row[1], row[2]) for row in case.select(_MARKED, parameters)}
    found = {}
    for row in case.select(_SHOWN, {"rows": rows}):
        source, content = marked.get(row["row"], (row["source"], row["content"]))
        found[row["row"]] = Hit(*tuple(row)[1:], *map(_pieces, (source or "", content or "")))
    return [found[number] for number in wanted if number in found]


def _pieces(text: str) -> tuple[Piece, ...]:
    """Cut text at the signs around hits."""
    pieces = []
    for at, part in enumerate(text.split(_OPEN)):
        hit, closed, rest = part.partition(_CLOSE) if at else ("", "", part)
        pieces += [Piece(hit, bool(closed)), Piece(rest, False)]
    return tuple(piece for piece in pieces if piece.text)
