"""One story, one page, one stretch of a list: what somebody who reads a case asks for, by key and index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportedly.store import Case, calendar_range
from reportedly.store.rows import story_of
from reportedly.store.statement_rows import PARTS, statement_of
from reportedly.types import Statement, Story

MOST = 500
"""Most rows of one stretch of a list."""

_OF_STORY = "SELECT id FROM statements WHERE story_id = :key"
_OF_IDS = "SELECT value FROM json_each(:key)"
_BARE = """
    SELECT t.*, p.name AS page_name FROM stories t JOIN pages p ON p.id = t.page_id WHERE t.id = ?
"""
_CONDITIONS = {
    "story": "s.story_id = :story",
    "kind": "s.kind = :kind",
    "voice_kind": "s.voice_kind = :voice_kind",
    "commitment": "s.commitment = :commitment",
    "outlet": "t.outlet = :outlet",
    "language": "t.language = :language",
    "about": "s.row IN (SELECT rowid FROM statements_search WHERE statements_search MATCH :about)",
    "after": "s.row > :after",
}
_LISTED = {
    "outlet": "t.outlet = :outlet",
    "unnamed": "t.outlet IS NULL",
    "language": "t.language = :language",
    "first": "t.published_last >= :first",
    "last": "t.published_first <= :last",
}
"""What holds a story of a list to what is asked; only what is set is said, so that indexes can serve it."""
_DATED = "t.published_first IS NOT NULL"
_DATED_AFTER = "(t.published_first, t.row) < (:day, :row)"
_UNDATED = "t.published_first IS NULL"
_BEFORE_ROW = "t.row < :row"
_AFTER_ROW = "t.row > :row"
_NEWEST_FIRST = "ORDER BY t.published_first DESC, t.row DESC"
_LAST_FIRST = "ORDER BY t.row DESC"
_IN_ORDER = "ORDER BY t.row"
_ENTRIES = """
    SELECT t.row, t.id, p.name AS page_name, t.position, t.title, t.outlet, t.byline, t.agency, t.place,
           t.published, t.language, t.partial, t.pipeline,
           (SELECT count(*) FROM statements s WHERE s.story_id = t.id) AS statements,
           coalesce(t.published_first, '') AS day
    FROM stories t JOIN pages p ON p.id = t.page_id WHERE t.row IN (SELECT value FROM json_each(?))
"""


class StoryEntry(NamedTuple):
    """One story in a list. row, day: where a list goes on behind it. Other fields as in table stories."""

    row: int
    id: str
    page_name: str
    position: int
    title: str | None
    outlet: str | None
    byline: str | None
    agency: str | None
    place: str | None
    published: str | None
    language: str
    partial: bool
    pipeline: bool
    statements: int
    day: str


class Bare(NamedTuple):
    """One story."""

    page_name: str
    has_pipeline: bool
    story: Story


class Whole(NamedTuple):
    """One story with its statements in order of the text."""

    page_name: str
    has_pipeline: bool
    story: Story
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Stories:
    """Which stories are listed.

    outlet: the whole name; unnamed: only those that name none. dates as in `filters.Filters`. newest: by
    date, newest first, undated last; otherwise in the order in which they came into the case, which
    later ones only add to. after: (day, row) of the last one that was seen.
    """

    outlet: str | None = None
    unnamed: bool = False
    language: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    newest: bool = True
    after: tuple[str, int] | None = None


def story(case: Case, story_id: str) -> Whole | None:
    """Return a story, None if the case has no such id.

    Raises:
        CaseError: the case cannot be read.
    """
    bare = bare_story(case, story_id)
    if bare is None:
        return None
    statements = _statements(case, _OF_STORY, story_id)
    return Whole(*bare, statements)


def bare_story(case: Case, story_id: str) -> Bare | None:
    """Return a story without its statements, None if the case has no such id.

    Raises:
        CaseError: the case cannot be read.
    """
    row = next(case.select(_BARE, (story_id,)), None)
    if row is None:
        return None
    blocks = case.select("SELECT * FROM set_aside WHERE story_id = ? ORDER BY position", (story_id,))
    with case.intact():
        found = story_of(_mapping(row), [_mapping(block) for block in blocks])
    return Bare(row["page_name"], bool(row["pipeline"]), found)


def page_text(case: Case, page_id: str) -> str:
    """Return the text of a page; "" if the case has no such page.

    Raises:
        CaseError: the case cannot be read.
    """
    row = next(case.select("SELECT text FROM pages WHERE id = ?", (page_id,)), None)
    return "" if row is None else str(row["text"])


def stories_of_page(case: Case, page_id: str) -> Iterator[Whole]:
    """Yield the stories of a page, by place.

    Raises:
        CaseError: the case cannot be read.
    """
    for bare in bare_stories_of_page(case, page_id):
        yield Whole(*bare, _statements(case, _OF_STORY, bare.story.id))


def bare_stories_of_page(case: Case, page_id: str) -> list[Bare]:
    """Return the stories of a page without their statements, by place.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT id FROM stories WHERE page_id = ? ORDER BY position"
    found = [bare_story(case, row["id"]) for row in list(case.select(sql, (page_id,)))]
    return [one for one in found if one is not None]


def story_of_statement(case: Case, statement_id: str) -> str | None:
    """Return the id of the story that a statement stands in, None if the case has no such statement.

    Raises:
        CaseError: the case cannot be read.
    """
    row = next(case.select("SELECT story_id FROM statements WHERE id = ?", (statement_id,)), None)
    return None if row is None else str(row["story_id"])


def statements_by_id(case: Case, ids: Sequence[str]) -> list[Statement]:
    """Return those of the statements that the case has, in the order of ``ids``.

    Raises:
        CaseError: the case cannot be read.
    """
    found = {one.id: one for one in _statements(case, _OF_IDS, _listed(ids))}
    return [found[one] for one in ids if one in found]


def listed_stories(case: Case, asked: Stories, most: int) -> list[StoryEntry]:
    """Return a stretch of the list of stories.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = _rows_of_list(case, asked, min(most, MOST))
    found = {row["row"]: StoryEntry(*row) for row in case.select(_ENTRIES, (str(rows),))}
    return [found[row] for row in rows]


def _rows_of_list(case: Case, asked: Stories, most: int) -> list[int]:
    """Return the rows of a stretch of the list, dated stories before the others where it goes by date."""
    day, row = asked.after or (None, None)
    if not asked.newest:
        return _listed_rows(case, asked, ([_AFTER_ROW] if row else [], _IN_ORDER), most)
    found: list[int] = []
    if row is None or day:
        found = _listed_rows(case, asked, ([_DATED_AFTER] if row else [_DATED], _NEWEST_FIRST), most)
    if len(found) < most:
        begun = row is not None and not day
        undated = ([_UNDATED, *([_BEFORE_ROW] if begun else [])], _LAST_FIRST)
        found += _listed_rows(case, asked, undated, most - len(found))
    return found


def _listed_rows(case: Case, asked: Stories, part: tuple[list[str], str], most: int) -> list[int]:
    first, last = calendar_range(asked.date_from), calendar_range(asked.date_to)
    day, row = asked.after or (None, None)
    values = {
        "outlet": asked.outlet,
        "unnamed": asked.unnamed,
        "language": asked.language,
        "first": first and first[0],
        "last": last and last[1],
    }
    conditions, order = part
    held = [sql for name, sql in _LISTED.items() if values[name]]
    where = " AND ".join([*conditions, *held]) or "true"
    sql = " ".join(("SELECT t.row FROM stories t WHERE", where, order, "LIMIT :most"))
    found = case.select(sql, {**values, "day": day, "row": row, "most": most})
    return [int(one[0]) for one in found]


def statements_in_order(
    case: Case, asked: Mapping[str, str | int | None], most: int
) -> list[tuple[int, str, str]]:
    """Return row, id and story of statements in the order in which they came into the case.

    asked: values by the names of `_CONDITIONS`, None or absent for all. about: an FTS5 query. after: the row
    of the last one that was seen.

    Raises:
        CaseError: the case cannot be read.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    conditions = " AND ".join(_CONDITIONS[name] for name in wanted) or "true"
    tables = "FROM statements s JOIN stories t ON t.id = s.story_id WHERE"
    sql = " ".join(("SELECT s.row, s.id, s.story_id", tables, conditions, "ORDER BY s.row LIMIT :most"))
    return [(row[0], row[1], row[2]) for row in case.select(sql, {**wanted, "most": min(most, MOST)})]


def _statements(case: Case, which: str, key: str) -> list[Statement]:
    parts: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for table, order in PARTS.items():
        rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        words = ("SELECT * FROM", table, "WHERE statement_id IN (", which, ") ORDER BY statement_id,", order)
        for row in case.select(" ".join(words), {"key": key}):
            rows[row["statement_id"]].append(_mapping(row))
        parts[table] = rows
    sql = " ".join(("SELECT * FROM statements WHERE id IN (", which, ") ORDER BY story_id, start_char, id"))
    found = list(case.select(sql, {"key": key}))
    with case.intact():
        return [
            statement_of(_mapping(row), {table: rows.get(row["id"], []) for table, rows in parts.items()})
            for row in found
        ]


def _listed(ids: Sequence[str]) -> str:
    """Return ids, which are hexadecimal, as a JSON list; what is none is left out."""
    return "[" + ",".join(f'"{one}"' for one in ids if one.isalnum()) + "]"


def _mapping(row: Any) -> dict[str, Any]:
    return dict(row)
