"""Which files are ours, and that nothing is written to those that are not."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportedly import queries, schema
from reportedly.errors import CaseError, LockedCaseError, NewerCaseError, NotACaseError
from reportedly.store import Case
from reportedly.store.file import translated
from tests.store.samples import ENGINE, entry, record, refused


def _text(path: Path) -> None:
    path.write_text("not a database\n" * 50)


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def _directory(path: Path) -> None:
    path.mkdir()


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()


def _older(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.close()


def _cut_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(20))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (_text, NotACaseError),
        (_other_database, NotACaseError),
        (_directory, NotACaseError),
        (_cut_short, NotACaseError),
        (_newer, NewerCaseError),
        (_older, CaseError),
    ],
)
@pytest.mark.parametrize("opened", [lambda p: Case.create_or_open(p, 1.0), Case.open_readonly])
def test_what_is_not_ours_is_refused_untouched(
    tmp_path: Path, make: Callable[[Path], None], error: type[CaseError], opened: Callable[[Path], Case]
) -> None:
    path = tmp_path / "other"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(error, match="other"):
        opened(path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [found.name for found in tmp_path.iterdir()] == ["other"]


def test_a_missing_case_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(NotACaseError, match="no case"):
        Case.open_readonly(tmp_path / "c.db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="does not exist"):
        Case.create_or_open(tmp_path / "no" / "c.db", 1.0)


def test_an_empty_file_is_a_case_that_was_begun(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.touch()
    with pytest.raises(NotACaseError):
        Case.open_readonly(path)
    with Case.create_or_open(path, 1.0) as case:
        assert list(case.dump()) == []


def test_the_header_says_whose_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "odd name?#%.db"
    with Case.create_or_open(path, 1.0):
        header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == schema.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == schema.VERSION
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_locked_case(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedCaseError, match="another process"):
        Case.create_or_open(path, 0.1)
    other.close()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """File permissions hold for everybody but root, which tests in containers run as."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == os.getuid() and parent.is_relative_to("/tmp/pytest-of-root"):
            parent.chmod(0o755)
    folder.chmod(0o555)
    for path in folder.iterdir():
        path.chmod(0o444)
    try:
        with _as_nobody():
            yield
    finally:
        folder.chmod(0o755)


def test_a_case_in_a_read_only_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = folder / "c.db"
    with Case.create_or_open(path, 1.0) as case:
        case.write([entry(record())], ENGINE)
        whole = list(case.dump())
    with _read_only(folder):
        with Case.open_readonly(path) as case:
            assert list(case.dump()) == whole
        with pytest.raises(CaseError):
            Case.create_or_open(path, 0.1)


def test_a_case_left_open_in_a_read_only_folder_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    with Case.create_or_open(tmp_path / "c.db", 1.0) as case:
        case.write([refused("x")], ENGINE)
        for name in ("c.db", "c.db-wal"):
            (folder / name).write_bytes((tmp_path / name).read_bytes())
    with _read_only(folder), pytest.raises(CaseError, match=r"c\.db-wal"):
        Case.open_readonly(folder / "c.db")


def test_damage_is_a_case_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="malformed"), translated(tmp_path):
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_reading_leaves_nothing_beside_the_case_and_does_not_touch_it(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with Case.create_or_open(path, 1.0) as case:
        case.write([entry(record())], ENGINE)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    with Case.open_readonly(path) as case:
        assert list(case.dump())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_another_writer_is_told_of_before_any_work(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    Case.create_or_open(path, 1.0).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedCaseError, match="another process"):
        Case.create_or_open(path, 0.1)
    with Case.open_readonly(path, 0.1) as case:
        assert list(case.dump()) == []
    other.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE statements SET kind = 'said'",
        "UPDATE statements SET chain = '[\"'",
        "UPDATE statements SET chain = CAST(x'ff' AS TEXT)",
        "UPDATE excerpts SET role = 'sauce' WHERE role = 'source'",
        "UPDATE stories SET edits = '[[1]]'",
    ],
)
def test_a_row_that_was_never_written_is_damage(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.db"
    with Case.create_or_open(path, 1.0) as case:
        case.write([entry(record())], ENGINE)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(damage)
    connection.close()
    with Case.open_readonly(path) as case, pytest.raises(CaseError):
        list(queries.statements(case))
