"""Writing: order, repeats and names under which a page was seen never show in the result."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import LockedCaseError
from reportedly.store import Case, Engine, Entry
from reportedly.store.case import plus
from reportedly.types import Counts, Reason, Record
from tests.store import samples
from tests.store.samples import ENGINE, NEWER_ENGINE, entry, record, refused, seen

BUSY = 5.0


def fill(path: Path, *batches: Iterable[Entry], engine: Engine = ENGINE) -> list[Counts]:
    with Case.create_or_open(path, BUSY) as case:
        return [case.write(list(batch), engine) for batch in batches]


def dump(path: Path) -> list[str]:
    with Case.open_readonly(path) as case:
        return list(case.dump())


def select(path: Path, sql: str) -> list[tuple[object, ...]]:
    with Case.open_readonly(path) as case:
        return [tuple(row) for row in case.select(sql)]


def test_counts_of_a_batch_balance(tmp_path: Path) -> None:
    made = record()
    (counts,) = fill(tmp_path / "c.db", [entry(made), refused("x"), seen(made, "z.txt")])
    assert counts == Counts(3, 1, 1, 1, 2, 1, 3, 1, {"fa": 1})
    assert counts.items == counts.pages + counts.known + counts.rejected


def test_counts_add_up() -> None:
    one, other = Counts(1, 1, no_pipeline={"fa": 1}), Counts(2, rejected=2, no_pipeline={"fa": 2, "de": 1})
    assert plus(one, other) == Counts(3, 1, rejected=2, no_pipeline={"de": 1, "fa": 3})


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    batch = [entry(record()), refused("x")]
    fill(path, batch)
    before = dump(path)
    (counts,) = fill(path, batch)
    assert dump(path) == before
    assert (counts.pages, counts.known, counts.rejected) == (0, 1, 1)


SIGHTS = [
    entry(record("b/1.txt", b"one")),
    entry(record("a/1.txt", b"one")),
    seen(record("c/1.txt", b"one"), "c/1.txt"),
    entry(record("b/2.txt", b"two")),
    entry(record("a/1.md", b"two"), suffix="md"),
    refused("r/1"),
    refused("r/2", Reason.EMPTY),
    refused("r/2", Reason.BINARY),
]


@given(order=st.permutations(SIGHTS), size=st.integers(1, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_and_batches_do_not_show(
    tmp_path_factory: pytest.TempPathFactory, order: list[Entry], size: int
) -> None:
    order.sort(key=lambda one: one.result is None)  # a page is known only after it was written
    folder = tmp_path_factory.mktemp("order")
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    fill(folder / "one.db", *batches)
    fill(folder / "all.db", SIGHTS[:2], SIGHTS[2:])
    assert dump(folder / "one.db") == dump(folder / "all.db")


def test_a_page_has_its_smallest_name_and_so_have_its_rejects(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    made = record("m.txt")
    fill(path, [entry(made)], [seen(made, "z.txt"), seen(made, "a.txt")])
    assert select(path, "SELECT name FROM pages") == [("a.txt",)]
    assert select(path, "SELECT name FROM sightings") == [("a.txt",), ("m.txt",), ("z.txt",)]
    assert select(path, "SELECT place FROM rejects") == [("a.txt#story-2",)]


def test_a_place_read_well_loses_its_reject_and_only_its_own(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    fill(path, [refused("b/harbour.txt"), refused("other")], [entry(record())])
    assert select(path, "SELECT place FROM rejects ORDER BY 1") == [("b/harbour.txt#story-2",), ("other",)]


def test_an_older_engines_page_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    made = record()
    poorer = Record(made.page, made.stories[:1], made.statements[:1])
    fill(path, [entry(poorer), seen(poorer, "a.txt")])
    (counts,) = fill(path, [entry(made)], engine=NEWER_ENGINE)
    assert (counts.pages, counts.known) == (1, 0)
    assert select(path, "SELECT name, engine FROM pages") == [("a.txt", NEWER_ENGINE.id)]
    assert select(path, "SELECT count(*) FROM statements") == [(3,)]
    assert select(path, "SELECT count(*) FROM sightings") == [(2,)]
    assert select(path, "SELECT place FROM rejects") == [("a.txt#story-2",)]


def test_full_text_finds_words_and_stays_consistent(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    fill(path, [entry(record())], [entry(record(data=b"two"))])
    fill(path, [entry(record())], engine=NEWER_ENGINE)
    found = "SELECT count(*) FROM statements_search WHERE statements_search MATCH 'content:harbour'"
    assert select(path, found) == [(2,)]
    assert select(path, "SELECT count(*) FROM stories_search WHERE stories_search MATCH 'divers'") == [(4,)]
    with sqlite3.connect(path) as connection:
        for name in ("statements_search", "stories_search"):
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
    connection.close()


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    fill(path, [refused("x")])
    before = dump(path)
    made = record()
    broken = replace(made, stories=(replace(made.stories[0], page_id="no such page"),))
    with Case.create_or_open(path, BUSY) as case, pytest.raises(Exception, match="FOREIGN KEY"):
        case.write([entry(record(data=b"two")), entry(broken)], ENGINE)
    assert dump(path) == before


def test_names_that_are_no_unicode_are_kept_readable(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    made = record("caf\udce9.txt")
    fill(path, [entry(made), refused("x\udcff")])
    fill(path, [entry(made)])
    assert select(path, "SELECT name FROM sightings") == [("caf\ufffd.txt",)]


def test_reading_while_writing(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with Case.create_or_open(path, BUSY) as writer:
        with Case.open_readonly(path) as reader:
            writer.write([entry(record())], ENGINE)
            assert next(iter(reader.select("SELECT count(*) FROM stories")))[0] == 2
            with pytest.raises(Exception, match="readonly"):
                reader.write([refused("x")], ENGINE)
        writer.write([refused("x")], ENGINE)


def test_a_second_writer_waits_and_then_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with Case.create_or_open(path, 0.1) as one, Case.create_or_open(path, 0.1) as other:
        with one._transaction(), pytest.raises(LockedCaseError):
            other.write([refused("x")], ENGINE)
        other.write([refused("x")], ENGINE)
        assert one.write([refused("x")], ENGINE).rejected == 1


def test_samples_are_sound() -> None:
    assert samples.record() == samples.record()
