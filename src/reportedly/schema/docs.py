"""The reference page of the tables, made from the YAML files so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly import types
from reportedly.schema import VERSION, Column, Table, tables

_HEAD = f"""\
# Tables of a case file

<!-- Generated: `python -m reportedly.schema docs/reference/tables.md`; a test holds it to that. -->

A case is one SQLite database (schema version {VERSION}, stored as `user_version`). It opens in any SQLite
tool; open it read-only, and let `reportedly add` be the only writer. Offsets count Unicode code points,
half-open. Ids are the first 16 hexadecimal digits of a SHA-256 over what they name: the same input gives the
same ids anywhere, in any order, twice. No row holds a time of reading; `judgements`, which people make,
hold the time of judging. `null` always means that the input does not say.
"""


def markdown() -> str:
    """Return the whole reference page."""
    return "\n".join([_HEAD, *(line for table in tables().values() for line in _section(table))]) + "\n"


def column_values(column: Column) -> tuple[str, ...]:
    """Return the words that a column can hold, () if it holds free text or numbers."""
    if column.enum is None:
        return column.values
    return tuple(member.value for member in getattr(types, column.enum))


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield table.description.strip() + "\n"
    yield f"Key: {_ticked(table.key)}. Written by `{table.written_by}`.\n"
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        kind = f"{column.type} or null" if column.null else column.type
        yield f"| `{column.name}` | {kind} | {_meaning(table, column)} |"
    yield ""
    if table.search:
        name, columns = table.search.table, _ticked(table.search.columns)
        yield f"Full text: `{name}` (FTS5) over {columns}, joined by rowid = `{table.storage}`.\n"


def _meaning(table: Table, column: Column) -> str:
    words = column.description
    target = table.references.get(column.name)
    if target:
        words += f" Refers to `{target}`."
    values = column_values(column)
    if values:
        words += f" One of {_ticked(values)}."
    return words


def _ticked(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
