"""`Case`: writing batches of outcomes so that the order, a repeat or a kill never shows in the result."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from reportedly import schema
from reportedly.store import file, judgement_rows, rows, statement_rows
from reportedly.types import Counts, Item, Judgement, OffsetMap, Record, Reject, content_id

_NUMBERS = tuple(field.name for field in fields(Counts) if field.name != "no_pipeline")


@dataclass(frozen=True, slots=True)
class Engine:
    """What made a row: package version, digest of the model's files, and the settings that change results."""

    version: str
    model: str
    settings: str

    @property
    def id(self) -> str:
        """Content hash of the three."""
        return content_id(self.version, self.model, self.settings)


@dataclass(frozen=True, slots=True)
class Known:
    """A page as the case has it: its smallest name, and how and by which engine it was read."""

    name: str
    suffix: str
    content_type: str | None
    engine: str

    def settles(self, item: Item, engine: Engine) -> bool:
        """Whether ``item``, whose bytes these are, needs no reading again.

        The same bytes under another extension may read differently; the smallest name decides, in any order.
        """
        same_hints = (self.suffix, self.content_type) == (item.suffix, item.content_type)
        return self.engine == engine.id and (same_hints or item.name > self.name)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one input item.

    item: as read, its data may be dropped; None where the input itself was refused before it was an item.
    page_id: content hash of the item; None as above.
    result: a record or a reject; None for an item whose page the case knew already.
    """

    item: Item | None
    page_id: str | None
    result: Record | Reject | None


class Case:
    """An open case file. Use as a context manager; close it in the process that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._functions: set[str] = set()

    @classmethod
    def create_or_open(cls, path: Path, busy_seconds: float) -> Case:
        """Open a case for writing, making it if there is none.

        Raises:
            NotACaseError, NewerCaseError, LockedCaseError, CaseError: nothing was written.
        """
        return cls(path, file.open_for_writing(path, busy_seconds))

    @classmethod
    def open_readonly(cls, path: Path, busy_seconds: float = 30.0, any_thread: bool = False) -> Case:
        """Open an existing case for reading only; works while another process writes to it.

        any_thread: several threads may use it in turn, never two at once.

        Raises:
            NotACaseError, NewerCaseError, CaseError: it cannot be read.
        """
        return cls(path, file.open_for_reading(path, busy_seconds, any_thread))

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a case open for writing is left without a write-ahead log if it is the last one."""
        self._connection.close()

    def function(self, name: str, function: Callable[[str | None], str | None]) -> None:
        """Give SQL a deterministic function of one argument, for this connection only.

        Given once: SQLite refuses to replace a function while a query that is not read to its end may use it.
        """
        if name not in self._functions:
            self._connection.create_function(name, 1, function, deterministic=True)
            self._functions.add(name)

    def select(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[sqlite3.Row]:
        """Run a query and yield its rows one by one.

        Raises:
            LockedCaseError, CaseError: SQLite could not answer.
        """
        with file.translated(self.path):
            # through a generator, since `yield from` would close the cursor: an error once the case is closed
            yield from (row for row in self._connection.execute(sql, parameters))

    def intact(self) -> AbstractContextManager[None]:
        """Guard the rebuilding of stored rows: one that nothing can be made of is a `CaseError`."""
        return file.intact(self.path)

    def known(self, page_ids: Iterable[str]) -> dict[str, Known]:
        """Return those of the pages that the case has, by id."""
        found = {}
        for page_id in page_ids:
            sql = "SELECT name, suffix, content_type, engine FROM pages WHERE id = ?"
            for row in self.select(sql, (page_id,)):
                found[page_id] = Known(*row)
        return found

    def write(self, entries: Sequence[Entry], engine: Engine) -> Counts:
        """Write a batch in one transaction and return how it balanced.

        Writing the same again changes nothing. A page that another engine made is replaced.

        Raises:
            LockedCaseError: another process writes and does not let go; nothing of the batch was written.
            CaseError: the disk is full or the file damaged; nothing of the batch was written.
        """
        counts = Counts()
        with file.translated(self.path), self._transaction():
            if any(isinstance(entry.result, Record) for entry in entries):
                self._insert("engines", [{"id": engine.id, **asdict(engine)}])
            for entry in entries:
                counts = plus(counts, self._write_one(entry, engine))
        return counts

    def rewrite(self, tables: Mapping[str, Iterable[Sequence[rows.Value]]]) -> None:
        """Put rows in the place of all that stand in some derived tables, in one transaction.

        tables: rows by table, the values of each in the order of the declared columns.

        Raises:
            LockedCaseError: another process writes and does not let go; the tables are as they were.
            CaseError: the disk is full or the file damaged; the tables are as they were.
        """
        with file.translated(self.path), self._transaction():
            for name, found in tables.items():
                declared = schema.tables()[name]
                self._connection.execute(" ".join(("DELETE FROM", declared.name)))
                self._connection.executemany(schema.insert_in_order(declared), found)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read within see the case as it is now, while others write on."""
        with file.translated(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Add judgements in one transaction; return how many the case did not have yet.

        Raises:
            LockedCaseError, CaseError: none was written.
        """
        with file.translated(self.path), self._transaction():
            before = self._connection.total_changes
            self._insert("judgements", map(judgement_rows.judgement_row, judgements))
            return self._connection.total_changes - before

    def dump(self) -> Iterator[str]:
        """Yield the logical content, a JSON line a row, sorted: equal for equal inputs in any order."""
        for table in schema.tables().values():
            columns = ", ".join(f'"{name}"' for name in table.column_names)
            order = ", ".join(f'"{name}"' for name in table.key)
            yield from (
                json.dumps([table.name, *row], ensure_ascii=False, default=bytes.hex)
                for row in self.select(" ".join(("SELECT", columns, "FROM", table.name, "ORDER BY", order)))
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _write_one(self, entry: Entry, engine: Engine) -> Counts:
        if isinstance(entry.result, Reject):
            self._insert("rejects", [rows.reject_row(entry.result, None)])
            return Counts(items=1, rejected=1)
        if entry.item is None or entry.page_id is None:
            raise ValueError("an entry without an item must be a reject")
        item = replace(entry.item, name=str(rows.storable(entry.item.name)))
        known = self.known([entry.page_id]).get(entry.page_id)
        record = entry.result
        if record is None or (known is not None and known.settles(item, engine)):
            counts = Counts(items=1, known=1)
            self._rename(entry.page_id, item.name, known)
        else:
            counts = _counts_of(record)
            self._put(item, record, known, engine)
        self._see(entry.page_id, item.name)
        return counts

    def _put(self, item: Item, record: Record, known: Known | None, engine: Engine) -> None:
        """Write a page's rows, in place of those that it had; its sightings stay."""
        name = min(item.name, known.name) if known else item.name
        page = replace(record.page, name=name)
        self._execute("DELETE FROM stories WHERE page_id = ?", (page.id,))
        self._execute("DELETE FROM rejects WHERE page_id = ?", (page.id,))
        row = rows.page_row(page, item.suffix, item.content_type, engine.id)
        if known:
            places = ", ".join(f'"{column}" = :{column}' for column in row)
            clean = {column: rows.storable(value) for column, value in row.items()}
            self._execute(" ".join(("UPDATE pages SET", places, "WHERE id = :id")), clean)
        else:
            self._insert("pages", [row])
        unparsed = frozenset(record.no_pipeline)
        self._insert("stories", (rows.story_row(story, story.id not in unparsed) for story in record.stories))
        self._insert("set_aside", (row for story in record.stories for row in rows.set_aside_rows(story)))
        self._put_statements(record)
        moved = (_moved(reject, record.page.name, name) for reject in record.rejects)
        self._insert("rejects", [rows.reject_row(reject, page.id) for reject in moved])

    def _put_statements(self, record: Record) -> None:
        self._insert("statements", map(statement_rows.statement_row, record.statements))
        stories = {story.id: (story, OffsetMap(story)) for story in record.stories}
        for table in statement_rows.PARTS:
            parts = (statement_rows.part_rows(one, *stories[one.story_id]) for one in record.statements)
            self._insert(table, (row for part in parts for row in part[table]))

    def _rename(self, page_id: str, name: str, known: Known | None) -> None:
        """Give a page the smaller of its name and ``name``, and its rejects with it."""
        if known is None or known.name <= name:
            return
        self._execute("UPDATE pages SET name = ? WHERE id = ?", (name, page_id))
        sql = "SELECT stage, reason, place, detail FROM rejects WHERE page_id = ?"
        moved = [_moved(rows.reject_of(dict(row)), known.name, name) for row in self.select(sql, (page_id,))]
        self._execute("DELETE FROM rejects WHERE page_id = ?", (page_id,))
        self._insert("rejects", [rows.reject_row(reject, page_id) for reject in moved])

    def _see(self, page_id: str, name: str) -> None:
        """Note a name of a page; it answers the reject of a whole item at that place."""
        self._insert("sightings", [{"page_id": page_id, "name": name}])
        self._execute("DELETE FROM rejects WHERE place = ? AND page_id IS NULL", (name,))

    def _insert(self, table: str, found: Iterable[rows.Row]) -> None:
        """Insert rows; one that is there already, by its key, is left as it is."""
        declared = schema.tables()[table]
        clean = ({name: rows.storable(value) for name, value in row.items()} for row in found)
        key = ", ".join(f'"{name}"' for name in declared.key)
        self._connection.executemany(f"{schema.insert(declared)} ON CONFLICT ({key}) DO NOTHING", clean)

    def _execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> None:
        self._connection.execute(sql, parameters)


def plus(one: Counts, other: Counts) -> Counts:
    """Add two counts, field by field."""
    sums = {name: getattr(one, name) + getattr(other, name) for name in _NUMBERS}
    languages = sorted({*one.no_pipeline, *other.no_pipeline})
    both = {code: one.no_pipeline.get(code, 0) + other.no_pipeline.get(code, 0) for code in languages}
    return Counts(**sums, no_pipeline=both)


def _counts_of(record: Record) -> Counts:
    unparsed = Counter(story.language for story in record.stories if story.id in set(record.no_pipeline))
    return Counts(
        items=1,
        pages=1,
        stories=len(record.stories),
        partial=sum(story.partial for story in record.stories),
        statements=len(record.statements),
        stories_rejected=len(record.rejects),
        no_pipeline=unparsed,
    )


def _moved(reject: Reject, old: str, new: str) -> Reject:
    """Return the reject of a story at the page's new name."""
    return replace(reject, place=new + reject.place.removeprefix(old)) if old != new else reject
