"""Lists of JSON objects as a table for people, as CSV for spreadsheets, as JSON lines for programs.

What a list shows is data: a `Listing` names its columns for table and CSV; JSON lines carry all there is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from reportedly.export.lines import dumps
from reportedly.export.plain import cell, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.types import JsonObject

Value = str | int | float | bool | None

_CHUNK = 200
"""Rows laid out together; widths do not depend on the rows, so that chunks line up."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. share: its part of the width that fixed columns leave; 0: `width` wide."""

    header: str
    value: Callable[[JsonObject], Value]
    share: int = 0
    width: int = 6
    right: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list of JSON objects is shown. fields: what CSV has beside the columns of the table, in order."""

    columns: tuple[Column, ...]
    fields: dict[str, Callable[[JsonObject], Value]]


def write_jsonl(file: TextIO, lines: Iterable[JsonObject]) -> int:
    """Write one JSON object a line, each as it comes; return how many."""
    count = 0
    for line in lines:
        file.write(dumps(line) + "\n")
        file.flush()
        count += 1
    return count


def write_csv(file: TextIO, listing: Listing, lines: Iterable[JsonObject]) -> int:
    """Write CSV with a header row (RFC 4180); cells that a spreadsheet would run get a leading apostrophe."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(listing.fields)
    count = 0
    for line in lines:
        writer.writerow([cell(value(line)) for value in listing.fields.values()])
        count += 1
    return count


def write_table(console: Console, listing: Listing, lines: Iterable[JsonObject]) -> int:
    """Print a table as wide as ``console``, long cells cut with an ellipsis; return the number of rows."""
    count = 0
    for chunk in _chunks(iter(lines)):
        console.print(_table(listing, chunk, header=count == 0, plain=not console.is_terminal))
        count += len(chunk)
    return count


def _chunks(lines: Iterator[JsonObject]) -> Iterator[list[JsonObject]]:
    for first in lines:
        yield list(chain([first], islice(lines, _CHUNK - 1)))


def _table(listing: Listing, lines: list[JsonObject], header: bool, plain: bool) -> Table:
    table = Table(
        box=None if plain else SIMPLE_HEAD,
        show_header=header,
        expand=True,
        pad_edge=False,
        header_style="" if plain else "bold",
    )
    for column in listing.columns:
        table.add_column(
            column.header,
            ratio=column.share or None,
            width=None if column.share else column.width,
            justify="right" if column.right else "left",
            no_wrap=True,
            overflow="ellipsis",
            style=column.style,
        )
    for line in lines:
        table.add_row(*(Text(_shown(column.value(line))) for column in listing.columns))
    return table


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return (
        one_line(value)
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
