"""The bench of half two's growth: cases that are made larger stay whole."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench.claims_case import Small, enlarge
from bench.claims_scale import measured, table
from tests.corpus.written import Line, Told, write

pytestmark = pytest.mark.issue(5)

STORIES = [
    Told(
        f"Paper {number % 4}",
        f"2021-06-{number + 1:02}",
        [
            Line(f"Water stood in {number + 30} cellars of Lower Vanner on Friday morning", "Ilse Korda"),
            Line(f"The council of Vanner meets in room {number} of the old brewery", quoted=number % 2 == 0),
        ],
    )
    for number in range(8)
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    write(folder / "small.db", STORIES)
    enlarge(Small(folder / "small.db"), folder / "large.db", 60)
    return folder / "large.db"


def select(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_all_articles_are_there_and_their_offsets_hold(large: Path) -> None:
    assert select(large, "SELECT count(*) FROM stories") == [(60,)]
    for start, end, words, text in select(
        large,
        "SELECT e.start_char, e.end_char, e.text, t.text FROM excerpts e"
        " JOIN statements s ON s.id = e.statement_id JOIN stories t ON t.id = s.story_id",
    ):
        assert text[int(start) : int(end)] == words


def test_copies_differ_but_for_the_reprints(large: Path) -> None:
    texts = [row[0] for row in select(large, "SELECT text FROM stories")]
    assert 45 <= len(set(texts)) < 60
    assert {row[0] for row in select(large, "SELECT outlet FROM stories")} == {f"Paper {n}" for n in range(4)}


def test_the_same_case_comes_out_twice(large: Path, tmp_path: Path) -> None:
    enlarge(Small(large.parent / "small.db"), tmp_path / "again.db", 60)
    for name in ("stories", "statements", "mentions"):
        assert select(large, f"SELECT * FROM {name}") == select(
            tmp_path / "again.db", f"SELECT * FROM {name}"
        )


def test_the_figures_are_laid_out(large: Path) -> None:
    found = measured(large)
    assert found.stories == 60
    told = table([found])
    for name in ("statements", "matching", "peak memory"):
        assert name in told
