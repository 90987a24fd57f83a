"""Stories and statements of a case by their ids."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from reportedly.store import Case
from reportedly.store.rows import story_of
from reportedly.store.statement_rows import PARTS, statement_of
from reportedly.types import Statement, Story

PART_QUERIES = {
    table: " ".join(("SELECT * FROM", table, "WHERE statement_id = ? ORDER BY", order))
    for table, order in PARTS.items()
}
_KEPT_STORIES = 500


class StatementRow(NamedTuple):
    """One statement and where it stands. page_name: the smallest name of its page."""

    page_name: str
    story: Story
    statement: Statement


class Fetcher:
    """Looks statements up by id; keeps the stories that it met last."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._stories: OrderedDict[str, tuple[str, Story]] = OrderedDict()

    def statement(self, statement_id: str) -> StatementRow | None:
        """Return a statement, None if the case has it no more: its page was read anew since.

        Raises:
            CaseError: the case cannot be read.
        """
        row = next(self._case.select("SELECT * FROM statements WHERE id = ?", (statement_id,)), None)
        if row is None:
            return None
        page_name, story = self._story(row["story_id"])
        return StatementRow(page_name, story, statement_at(self._case, row))

    def statements(self, ids: Iterable[str]) -> Iterator[StatementRow]:
        """Yield the statements of ids that the case has.

        Raises:
            CaseError: the case cannot be read.
        """
        yield from (found for found in map(self.statement, ids) if found)

    def _story(self, story_id: str) -> tuple[str, Story]:
        known = self._stories.pop(story_id, None)
        if known is None:
            sql = "SELECT p.name FROM stories t JOIN pages p ON p.id = t.page_id WHERE t.id = ?"
            with self._case.intact():
                name = next(self._case.select(sql, (story_id,)))[0]
            known = (name, story(self._case, story_id))
        self._stories[story_id] = known
        if len(self._stories) > _KEPT_STORIES:
            self._stories.popitem(last=False)
        return known


def statement_at(case: Case, row: Any) -> Statement:
    """Return the statement of a row of `statements`."""
    parts = {table: list(map(dict, case.select(sql, (row["id"],)))) for table, sql in PART_QUERIES.items()}
    with case.intact():
        return statement_of(dict(row), parts)


def story(case: Case, story_id: str) -> Story:
    """Return a story that is there."""
    with case.intact():
        row = next(case.select("SELECT * FROM stories WHERE id = ?", (story_id,)))
        blocks = case.select("SELECT * FROM set_aside WHERE story_id = ? ORDER BY position", (story_id,))
        return story_of(dict(row), [dict(block) for block in blocks])
