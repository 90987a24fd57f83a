"""One list, three formats."""

import csv
import io
import json
from typing import Any

import pytest
from rich.console import Console

from reportedly.export import lines, listings, table
from reportedly.queries import SourceRow
from reportedly.queries.gathering import Said, gathered
from reportedly.types import JsonObject
from tests.export.build import DENIAL, HOSTILE, PERSIAN, REJECT, view


def _statements() -> list[JsonObject]:
    return [
        lines.statement_line(seen.page_name, seen.story, statement)
        for seen in map(view, (DENIAL, HOSTILE))
        for statement in seen.statements
    ]


def _stories() -> list[JsonObject]:
    return [lines.story_line(seen.page_name, seen.story) for seen in map(view, (DENIAL, PERSIAN))]


def _sources() -> list[SourceRow]:
    said = Said("indirect", "the spokesman", "Pavo Dennik", "official", "spokesman", "Ministry", "s", "Buoy")
    pronoun = Said("direct", "she", None, "unspecified", None, None, "s", "Buoy")
    return list(gathered([said, said._replace(words="he"), pronoun]))


CASES: list[tuple[table.Listing, list[JsonObject]]] = [
    (listings.STATEMENTS, _statements()),
    (listings.STORIES, _stories()),
    (listings.SOURCES, [listings.source_line(row) for row in _sources()]),
    (listings.REJECTS, [listings.reject_line(REJECT)]),
]


def _table(listing: table.Listing, rows: list[JsonObject], width: int = 100) -> str:
    out = io.StringIO()
    table.write_table(Console(file=out, width=width, highlight=False), listing, rows)
    return out.getvalue()


@pytest.mark.parametrize(("listing", "rows"), CASES)
def test_csv_reads_back_with_every_field(listing: table.Listing, rows: list[JsonObject]) -> None:
    out = io.StringIO(newline="")
    assert table.write_csv(out, listing, rows) == len(rows)
    back = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [list(row) for row in back] == [list(listing.fields)] * len(rows)


@pytest.mark.parametrize(("listing", "rows"), CASES)
def test_jsonl_reads_back_equal(listing: table.Listing, rows: list[JsonObject]) -> None:
    out = io.StringIO()
    assert table.write_jsonl(out, rows) == len(rows)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == rows


@pytest.mark.parametrize("width", [60, 100, 200])
@pytest.mark.parametrize(("listing", "rows"), CASES)
def test_a_table_keeps_to_its_width(listing: table.Listing, rows: list[JsonObject], width: int) -> None:
    printed = _table(listing, rows, width).splitlines()
    assert len(printed) == len(rows) + 1
    assert max(map(len, printed)) <= width


def test_long_cells_end_in_an_ellipsis() -> None:
    assert "…" in _table(listings.STATEMENTS, _statements(), 80)


def test_chunks_of_a_long_table_line_up_under_one_header() -> None:
    rows = [listings.reject_line(REJECT)] * 450
    printed = _table(listings.REJECTS, rows).splitlines()
    assert len(printed) == 451
    assert len({line.rstrip() for line in printed}) == 2


def test_a_stranger_can_run_nothing_in_a_spreadsheet() -> None:
    row: dict[str, Any] = {**listings.reject_line(REJECT), "place": '=HYPERLINK("http://x.example")'}
    out = io.StringIO()
    table.write_csv(out, listings.REJECTS, [row])
    assert "\n\"'=HYPERLINK" in out.getvalue().replace("\r", "")
