"""The tables of a case, as data: one YAML file a table, from which DDL and reference documentation are made.

`TABLES` order is the order in which rows may be written: a table comes after those that it refers to.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

VERSION = 4
"""Of the tables; stored as SQLite's user_version. Raise it with every change of a YAML file's columns.

2 had the tables of half one; 3 added judgements; 4 added what half two finds.
"""
OLDEST = 2
"""The oldest version that is brought up to this one when a case is opened: it only lacks some tables."""
APPLICATION_ID = (
    0x52505254  # "RPRT", stored as SQLite's application_id: how a case is told from other databases
)

TABLES = (
    "engines",
    "judgements",
    "pages",
    "sightings",
    "stories",
    "set_aside",
    "statements",
    "excerpts",
    "voices",
    "times",
    "ties",
    "mentions",
    "rejects",
    "runs",
    "actors",
    "actor_mentions",
    "actor_roles",
    "reuse",
    "passages",
    "pairs",
    "claims",
    "claim_statements",
    "derivations",
    "grounds",
    "loops",
)
"""Names of the YAML files; checked against the folder by a test."""

DERIVED = TABLES[TABLES.index("runs") :]
"""The tables of half two. They are written all together, and refer to no table of half one by a foreign key:
a page that is read anew leaves them as they are until half two has run again."""

SQL_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "json": "TEXT",
    "blob": "BLOB",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `enum` names a StrEnum of `reportedly.types`, `values` lists allowed words instead."""

    name: str
    type: str
    description: str
    null: bool = False
    enum: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """A full-text index over some columns of a table, kept up to date by triggers."""

    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    storage: name of an integer row number that only SQLite and the full-text index use: it depends on the
    order of writing and is no part of the logical content. None if the table has none.
    references: column -> "table.column" whose deletion deletes the row too.
    append_only: rows are added and never changed or taken away; triggers refuse it.
    """

    name: str
    description: str
    written_by: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    storage: str | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    search: Search | None = None
    append_only: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """The declared columns in order, without the storage row number."""
        return tuple(column.name for column in self.columns)


@functools.cache
def tables() -> Mapping[str, Table]:
    """Load every table, by name, in the order of `TABLES`."""
    return {name: _load(name) for name in TABLES}


def ddl(names: Iterable[str] = TABLES) -> Iterator[str]:
    """Yield the SQLite statements that make an empty case, or some tables of it, in an order that works."""
    for table in map(tables().__getitem__, names):
        yield _create_table(table)
        for columns in table.indexes:
            name = _quoted("_".join((table.name, "by", *columns)))
            yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_listed(columns)})"
        if table.search:
            yield from _create_search(table, table.search)
        if table.append_only:
            yield from _create_keepers(table)


def insert(table: Table) -> str:
    """Return the INSERT with a named placeholder for each declared column."""
    names = table.column_names
    places = ", ".join(f":{name}" for name in names)
    return " ".join(("INSERT INTO", _quoted(table.name), f"({_listed(names)})", "VALUES", f"({places})"))


def insert_in_order(table: Table) -> str:
    """Return the INSERT with a placeholder for each declared column, in their order."""
    places = ", ".join("?" for _ in table.columns)
    return " ".join(
        ("INSERT INTO", _quoted(table.name), f"({_listed(table.column_names)})", "VALUES", f"({places})")
    )


def _load(name: str) -> Table:
    text = resources.files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    columns = [Column(**{**column, "values": tuple(column.get("values", ()))}) for column in raw["columns"]]
    search = raw.get("search")
    return Table(
        name=raw["name"],
        description=raw["description"],
        written_by=raw["written_by"],
        columns=tuple(columns),
        key=tuple(raw["key"]),
        storage=raw.get("storage"),
        indexes=tuple(tuple(index) for index in raw.get("indexes", ())),
        references=raw.get("references", {}),
        search=Search(search["table"], tuple(search["columns"])) if search else None,
        append_only=raw.get("append_only", False),
    )


def _create_table(table: Table) -> str:
    lines = [f"{_quoted(table.storage)} INTEGER PRIMARY KEY"] if table.storage else []
    lines += [
        f"{_quoted(column.name)} {SQL_TYPES[column.type]}{'' if column.null else ' NOT NULL'}"
        for column in table.columns
    ]
    lines.append(f"{'UNIQUE' if table.storage else 'PRIMARY KEY'} ({_listed(table.key)})")
    for column_name, target in table.references.items():
        other, other_column = target.split(".")
        lines.append(
            f"FOREIGN KEY ({_quoted(column_name)}) REFERENCES {_quoted(other)} ({_quoted(other_column)})"
            " ON DELETE CASCADE"
        )
    tail = "" if table.storage else " WITHOUT ROWID"
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + f"\n){tail}"


def _create_search(table: Table, search: Search) -> Iterator[str]:
    """External-content FTS5: the words stand once, in the table; triggers keep the index equal to it."""
    if table.storage is None:
        raise ValueError(f"table {table.name} needs a storage row number to be searched")
    name, row, columns = _quoted(search.table), _quoted(table.storage), _listed(search.columns)
    new = ", ".join(f"new.{_quoted(column)}" for column in search.columns)
    old = ", ".join(f"old.{_quoted(column)}" for column in search.columns)
    add = " ".join(("INSERT INTO", name, f"(rowid, {columns}) VALUES (new.{row}, {new});"))
    drop = " ".join(("INSERT INTO", name, f"({name}, rowid, {columns}) VALUES ('delete', old.{row}, {old});"))
    yield (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content={_quoted(table.name)},"
        f" content_rowid={row}, tokenize='unicode61 remove_diacritics 2')"
    )
    for event, body in (("INSERT", add), ("DELETE", drop), ("UPDATE", drop + " " + add)):
        trigger = _quoted(f"{search.table}_{event.lower()}")
        yield f"CREATE TRIGGER {trigger} AFTER {event} ON {_quoted(table.name)} BEGIN {body} END"


def _create_keepers(table: Table) -> Iterator[str]:
    """Refuse to change or to take away a row that is there."""
    for event in ("UPDATE", "DELETE"):
        trigger = _quoted(f"{table.name}_no_{event.lower()}")
        refusal = f"SELECT RAISE(ABORT, '{table.name} is append-only');"
        yield f"CREATE TRIGGER {trigger} BEFORE {event} ON {_quoted(table.name)} BEGIN {refusal} END"


def _quoted(name: str | None) -> str:
    return f'"{name}"'


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(_quoted(name) for name in names)
