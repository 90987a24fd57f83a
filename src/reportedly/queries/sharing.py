"""Questions about stories that share text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.errors import ConfigurationError
from reportedly.queries.fetching import Fetcher, StatementRow, story
from reportedly.store import Case
from reportedly.types import ReuseKind, Span, Story
from reportedly.types.claims import Passage, Reuse

_PAGES = """
    SELECT r.*, p.name AS page_a, q.name AS page_b, s.position AS index_a, t.position AS index_b
    FROM reuse r JOIN stories s ON s.id = r.a JOIN stories t ON t.id = r.b
    JOIN pages p ON p.id = s.page_id JOIN pages q ON q.id = t.page_id
"""
_REUSE = " ".join((_PAGES, "ORDER BY max(r.shared_a, r.shared_b) DESC, page_a, index_a, page_b, index_b"))
_BETWEEN = " ".join((_PAGES, "WHERE (r.a = :a AND r.b = :b) OR (r.a = :b AND r.b = :a)"))
_FOUND = """
    SELECT t.id, p.name, t.position FROM stories t JOIN pages p ON p.id = t.page_id WHERE {} ORDER BY 2, 3
"""
_KEYS = (
    "t.id = :key",
    "substr(t.id, 1, length(:key)) = :key AND length(:key) >= 6",
    "p.name = :key",
    "p.id IN (SELECT page_id FROM sightings WHERE name = :key)",
    "p.name || '#' || t.position = :key",
    "substr(p.name, -length(:key) - 1) IN ('/' || :key, '#' || :key)",
)


@dataclass(frozen=True, slots=True)
class ReuseRow:
    """Two stories that share text. page_a, page_b: names of their pages; index_a, index_b: places there."""

    page_a: str
    index_a: int
    page_b: str
    index_b: int
    reuse: Reuse


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two stories share and what each has alone.

    reuse: None where they share no passage. shared: ids and words of the claims that both make. only_a,
    only_b: their statements of claims that the other does not make, in order of the text.
    """

    page_a: str
    a: Story
    page_b: str
    b: Story
    reuse: Reuse | None
    shared: Sequence[tuple[str, str]]
    only_a: Sequence[StatementRow]
    only_b: Sequence[StatementRow]


def reuse(case: Case) -> Iterator[ReuseRow]:
    """Yield the pairs of stories that share text, the largest share first.

    Raises:
        CaseError: the case cannot be read.
    """
    yield from (_row(case, row) for row in case.select(_REUSE))


def story_id(case: Case, key: str) -> str:
    """Return the id of the story that ``key`` names.

    A key is its id or the beginning of that, or the name of its page or the end of that.

    Raises:
        ConfigurationError: there is none, or more than one.
        CaseError: the case cannot be read.
    """
    for condition in _KEYS:
        found = list(case.select(_FOUND.format(condition), {"key": key}))
        if len(found) == 1:
            return str(found[0][0])
        if found:
            few = ", ".join(f"{row[0]} ({row[1]} story {row[2]})" for row in found[:5])
            raise ConfigurationError([f"{key!r} names {len(found)} stories: {few}; give an id"])
    raise ConfigurationError([f"no story is called {key!r}; reportedly stories lists ids and pages"])


def compare(case: Case, key_a: str, key_b: str) -> Comparison:
    """Return what two stories share, each given by id or page.

    Raises:
        ConfigurationError: one of them is not there, or both are the same.
        CaseError: the case cannot be read.
    """
    a, b = story_id(case, key_a), story_id(case, key_b)
    if a == b:
        raise ConfigurationError([f"{key_a!r} and {key_b!r} are the same story"])
    stored = next(case.select(_BETWEEN, {"a": a, "b": b}), None)
    found = _row(case, stored).reuse if stored else None
    a, b = (found.a, found.b) if found else (a, b)
    of_a, of_b = _claims_of(case, a), _claims_of(case, b)
    shared = [(key, words) for key, (words, _) in of_a.items() if key in of_b]
    fetcher = Fetcher(case)
    only_a = [one for key, (_, ids) in of_a.items() if key not in of_b for one in ids]
    only_b = [one for key, (_, ids) in of_b.items() if key not in of_a for one in ids]
    return Comparison(
        _page(case, a),
        story(case, a),
        _page(case, b),
        story(case, b),
        found,
        shared,
        _in_order(fetcher, only_a),
        _in_order(fetcher, only_b),
    )


def _claims_of(case: Case, story: str) -> dict[str, tuple[str, list[str]]]:
    """Return the claims that a story makes: their words and its statements."""
    sql = """
        SELECT c.id, c.text, m.statement_id FROM statements s
        JOIN claim_statements m ON m.statement_id = s.id AND m.role = 'support'
        JOIN claims c ON c.id = m.claim_id WHERE s.story_id = ? ORDER BY s.start_char, s.id
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for key, words, statement in case.select(sql, (story,)):
        found.setdefault(key, (words, []))[1].append(statement)
    return found


def _in_order(fetcher: Fetcher, ids: Sequence[str]) -> list[StatementRow]:
    rows = list(fetcher.statements(ids))
    return sorted(rows, key=lambda row: (row.statement.content[0].start, row.statement.id))


def _page(case: Case, story: str) -> str:
    sql = "SELECT p.name FROM stories t JOIN pages p ON p.id = t.page_id WHERE t.id = ?"
    return str(next(case.select(sql, (story,)))[0])


def _row(case: Case, row: Any) -> ReuseRow:
    sql = "SELECT * FROM passages WHERE a = ? AND b = ? ORDER BY position"
    with case.intact():
        passages = tuple(map(_passage, case.select(sql, (row["a"], row["b"]))))
        found = Reuse(
            a=row["a"],
            b=row["b"],
            kind=ReuseKind(row["kind"]),
            origin=row["origin"],
            shared_a=row["shared_a"],
            shared_b=row["shared_b"],
            passages=passages,
            reasons=tuple(json.loads(row["reasons"])),
        )
    return ReuseRow(row["page_a"], row["index_a"], row["page_b"], row["index_b"], found)


def _passage(row: Any) -> Passage:
    a, b = Span(row["a_start"], row["a_end"]), Span(row["b_start"], row["b_end"])
    return Passage(a, b, bool(row["exact"]), bool(row["quoted"]))
