"""Opening a case file: which files are ours, and SQLite's errors in our words.

What a file is, is read off its first 100 bytes and not by SQLite, because opening another program's database
can already write beside it. https://www.sqlite.org/fileformat2.html#the_database_header
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly import schema
from reportedly.errors import CaseError, LockedCaseError, NewerCaseError, NotACaseError

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PRIMARY = 0xFF  # SQLite's extended result codes keep the primary code in the lowest byte
_KEPT_OUT = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_OLDEST = (
    2  # the oldest tables that can be brought to this version: 3 added those of half two, empty at first
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def open_for_writing(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a case, making it if there is none.

    Raises:
        NotACaseError, NewerCaseError, LockedCaseError: nothing was written.
        CaseError: the folder is missing or cannot be written.
    """
    if path.exists():
        _check(path, empty_ok=True)
    elif not path.parent.is_dir():
        raise CaseError(f"the folder {path.parent} does not exist")
    with translated(path):
        connection = _connect(f"{path.resolve().as_uri()}?mode=rwc", busy_seconds)
        try:
            _create_if_new(connection)
            _upgrade(connection)
            _set_up_writing(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(path: Path, busy_seconds: float, any_thread: bool = False) -> sqlite3.Connection:
    """Open an existing case for queries only; works while another process writes.

    Where that is allowed, SQLite opens it the way a writer does, so that the last to close takes the
    write-ahead log away again; queries are held to reading all the same. In a folder that cannot be written,
    SQLite cannot make the shared memory that a WAL database is read with; a case that nobody has open is then
    read as immutable. A case of an older version is brought to the present one first. any_thread: it may be
    used by one thread after another, never by two at once.

    Raises:
        NotACaseError, NewerCaseError: as they say.
        CaseError: the file cannot be read here, or is damaged.
    """
    if not path.exists():
        raise NotACaseError(f"there is no case at {path}")
    if _check(path, empty_ok=False) < schema.VERSION:
        open_for_writing(path, busy_seconds).close()
    uri = path.resolve().as_uri()
    for mode in ("mode=rw", "mode=ro"):
        try:
            return _open_read(f"{uri}?{mode}", path, busy_seconds, any_thread)
        except CaseError as error:
            if not _kept_out(error):
                raise
    if _waiting_in_wal(path):
        raise CaseError(
            f"{path} was not closed cleanly and its folder cannot be written; copy it, together with"
            f" {path.name}-wal, to a folder that can"
        )
    return _open_read(f"{uri}?immutable=1", path, busy_seconds, any_thread)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _BUSY:
            raise LockedCaseError(f"{path} is being written by another process") from error
        if code == sqlite3.SQLITE_NOTADB:
            raise NotACaseError(f"{path} is not a case of reportedly") from error
        raise CaseError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise damaged(path) from error


@contextmanager
def intact(path: Path) -> Iterator[None]:
    """Say that the case is damaged where a stored row cannot be what was written."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, StopIteration) as error:
        raise damaged(path) from error


def damaged(path: Path) -> CaseError:
    """Return the error for a case whose bytes have changed since they were written."""
    return CaseError(f"{path} is damaged: it holds what was never written; restore it from a copy")


def _check(path: Path, empty_ok: bool) -> int:
    """Return the version of a case; an empty file is what a creation that was killed leaves behind."""
    if not path.is_file():
        raise NotACaseError(f"{path} is not a file")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}") from error
    if not header and empty_ok:
        return schema.VERSION
    if not header.startswith(_MAGIC) or _number(header, 68) != schema.APPLICATION_ID:
        raise NotACaseError(f"{path} is not a case of reportedly")
    version = _number(header, 60)
    _check_version(path, version)
    return version


def _check_version(path: Path, version: int) -> None:
    if version > schema.VERSION:
        raise NewerCaseError(
            f"{path} was written by a newer version of reportedly"
            f" (tables {version}; this one knows {schema.VERSION})"
        )
    if version < schema.OLDEST:
        raise CaseError(
            f"{path} has tables of version {version}, which this version cannot read;"
            f" add the same inputs to a new case"
        )


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _connect(uri: str, busy_seconds: float, any_thread: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=not any_thread
    )
    connection.row_factory = sqlite3.Row
    return connection


def _open_read(uri: str, path: Path, busy_seconds: float, any_thread: bool) -> sqlite3.Connection:
    with translated(path):
        connection = _connect(uri, busy_seconds, any_thread)
        try:
            connection.execute("PRAGMA query_only = ON")
            if not _has_tables(connection):
                raise NotACaseError(f"{path} has no tables yet")
        except BaseException:
            connection.close()
            raise
        return connection


def _kept_out(error: CaseError) -> bool:
    """Whether the operating system did not let SQLite have the files that it wants."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & _PRIMARY in _KEPT_OUT


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'rejects'").fetchall())


def _create_if_new(connection: sqlite3.Connection) -> None:
    """Make all tables in one transaction, before WAL is on, so that the header says whose file it is."""
    if _has_tables(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    if not _has_tables(connection):
        for statement in schema.ddl():
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    connection.execute("COMMIT")


def _upgrade(connection: sqlite3.Connection) -> None:
    """Give a case of an older version the tables that it lacks, in one transaction."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] < schema.VERSION:
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for statement in schema.ddl(name for name in schema.TABLES if name not in there):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    connection.execute("COMMIT")


def _set_up_writing(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last batch, never the file
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")  # another writer that does not let go is told of before any work
    connection.execute("COMMIT")


def _waiting_in_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
