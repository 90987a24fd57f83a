"""The tables as data: complete, described, and equal to what is written."""

import sqlite3
from importlib import resources
from pathlib import Path

import pytest

from reportedly import schema, types
from reportedly.schema.docs import column_values, markdown
from reportedly.store import judgement_rows, rows, statement_rows
from reportedly.store.statement_rows import PARTS
from reportedly.types import OffsetMap, Record, Statement
from tests.review.test_log import judged
from tests.store import samples

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tables.md"


def test_every_yaml_file_is_a_table() -> None:
    files = {
        path.name for path in resources.files("reportedly.schema").iterdir() if path.name.endswith("yaml")
    }
    assert files == {f"{name}.yaml" for name in schema.TABLES}
    assert [table.name for table in schema.tables().values()] == list(schema.TABLES)


@pytest.mark.parametrize("table", schema.tables().values(), ids=lambda table: table.name)
def test_table_is_whole(table: schema.Table) -> None:
    names = set(table.column_names)
    assert len(names) == len(table.columns)
    assert table.description
    assert all(column.description.endswith((".", "`.")) for column in table.columns)
    assert {*table.key, *table.references, *(name for index in table.indexes for name in index)} <= names
    assert set(table.search.columns if table.search else ()) <= names
    for target in table.references.values():
        other, column = target.split(".")
        assert column in schema.tables()[other].key
    assert all(hasattr(types, column.enum) for column in table.columns if column.enum)


def test_ddl_makes_the_declared_columns() -> None:
    connection = sqlite3.connect(":memory:")
    for statement in schema.ddl():
        connection.execute(statement)
    for table in schema.tables().values():
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        assert found == [*([table.storage] if table.storage else []), *table.column_names]
    connection.close()


def _produced() -> dict[str, list[rows.Row]]:
    made = samples.record()
    return {
        "pages": [rows.page_row(made.page, "txt", None, "engine")],
        "stories": [rows.story_row(story, True) for story in made.stories],
        "set_aside": [row for story in made.stories for row in rows.set_aside_rows(story)],
        "statements": [statement_rows.statement_row(one) for one in made.statements],
        **{table: [row for one in made.statements for row in _part(made, one, table)] for table in PARTS},
        "judgements": [judgement_rows.judgement_row(judged())],
        "rejects": [rows.reject_row(reject, made.page.id) for reject in made.rejects],
    }


def _part(made: Record, one: Statement, table: str) -> list[rows.Row]:
    (story,) = (story for story in made.stories if story.id == one.story_id)
    return list(statement_rows.part_rows(one, story, OffsetMap(story))[table])


@pytest.mark.parametrize("name", _produced())
def test_produced_columns_are_the_declared_ones(name: str) -> None:
    table = schema.tables()[name]
    assert _produced()[name]
    for row in _produced()[name]:
        assert tuple(row) == table.column_names
        for column in table.columns:
            value = row[column.name]
            assert column.null or value is not None, column.name
            values = column_values(column)
            assert not values or value is None or value in values, column.name


def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "run: python -m reportedly.schema docs/reference/tables.md"
    )
