"""The tables of half two: replaced all at once, and given to cases that are older than they."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reportedly import schema
from reportedly.errors import CaseError, LockedCaseError
from reportedly.store import Case
from tests.store.samples import ENGINE, entry, record

pytestmark = pytest.mark.issue(5)

SOME = {"grounds": [("claim", 0, 0, "one"), ("claim", 1, 0, "two")]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "c.db"
    with Case.create_or_open(made, 1.0) as case:
        case.write([entry(record())], ENGINE)
    return made


def older(path: Path, version: int) -> None:
    """Turn a case into one that version ``version`` of the tables would have written."""
    connection = sqlite3.connect(path)
    for name in schema.DERIVED:
        connection.execute(f"DROP TABLE {name}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.commit()
    connection.close()


def tables(path: Path) -> set[str]:
    with Case.open_readonly(path) as case:
        return {row[0] for row in case.select("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def grounds(path: Path) -> list[tuple[object, ...]]:
    with Case.open_readonly(path) as case:
        return [tuple(row) for row in case.select("SELECT * FROM grounds ORDER BY ground")]


def test_rows_replace_all_that_stood_there(path: Path) -> None:
    with Case.create_or_open(path, 1.0) as case:
        case.rewrite({name: iter(rows) for name, rows in SOME.items()})
        case.rewrite({"grounds": [("claim", 2, 0, "three")]})
    assert grounds(path) == [("claim", 2, 0, "three")]


def test_what_cannot_be_written_changes_nothing(path: Path) -> None:
    with Case.create_or_open(path, 1.0) as case:
        case.rewrite(SOME)
        with pytest.raises(CaseError):
            case.rewrite({"loops": [], "grounds": [("claim", 3, 0, "four"), ("claim", 3, 0, "four")]})
    assert grounds(path) == SOME["grounds"]


def test_another_writer_is_told_of(path: Path) -> None:
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(LockedCaseError):
            Case.create_or_open(path, 0.0)
    finally:
        holding.close()


def test_a_page_read_anew_leaves_derived_rows_to_the_next_run(path: Path) -> None:
    with Case.create_or_open(path, 1.0) as case:
        case.rewrite(SOME)
        case.write([entry(record("other.txt", b"other"))], ENGINE)
    assert grounds(path) == SOME["grounds"]


def test_a_snapshot_does_not_see_what_is_written_meanwhile(path: Path) -> None:
    with Case.create_or_open(path, 1.0) as writing, Case.open_readonly(path) as reading:
        with reading.snapshot():
            before = next(reading.select("SELECT count(*) FROM pages"))[0]
            writing.write([entry(record("other.txt", b"other"))], ENGINE)
            assert next(reading.select("SELECT count(*) FROM pages"))[0] == before
        assert next(reading.select("SELECT count(*) FROM pages"))[0] == before + 1


@pytest.mark.parametrize("version", range(schema.OLDEST, schema.VERSION))
@pytest.mark.parametrize("reading", [True, False], ids=["read", "write"])
def test_an_older_case_is_given_the_tables_that_it_lacks(path: Path, version: int, reading: bool) -> None:
    with Case.open_readonly(path) as case:
        before = [
            line for line in case.dump() if not line.startswith(tuple(f'["{n}"' for n in schema.DERIVED))
        ]
    older(path, version)
    (Case.open_readonly(path) if reading else Case.create_or_open(path, 1.0)).close()
    assert set(schema.TABLES) <= tables(path)
    with Case.open_readonly(path) as case:
        assert list(case.dump()) == before
        assert next(case.select("PRAGMA user_version"))[0] == schema.VERSION


def test_a_case_that_is_too_old_is_refused(path: Path) -> None:
    older(path, schema.OLDEST - 1)
    with pytest.raises(CaseError, match="cannot read"):
        Case.open_readonly(path)
    with closing(sqlite3.connect(path)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "claims" not in names
