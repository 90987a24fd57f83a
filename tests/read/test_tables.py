"""JSON Lines, JSON and CSV: columns, names, and rows that are none."""

from __future__ import annotations

import gzip
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read.columns import RowNames, as_text
from reportedly.types import Columns, Item, Reject
from tests.read.makers import DATA
from tests.read.reading import SETTINGS, entries


def items(found: list[Item | Reject]) -> list[Item]:
    assert all(isinstance(entry, Item) for entry in found), found
    return [entry for entry in found if isinstance(entry, Item)]


def rejects(found: list[Item | Reject]) -> list[tuple[str, str]]:
    return [(entry.reason.value, entry.place) for entry in found if isinstance(entry, Reject)]


def test_jsonl() -> None:
    path = DATA / "rows.jsonl"
    first, second, third = items(entries(path))
    assert first.data.decode() == "The harbour will close, said Ansa Tirol."
    assert dict(first.fields) == {
        "title": "Harbour closes",
        "outlet": "The Velmora Lantern",
        "author": "Odil Marrek, Sanne Bruk",
        "published": "2019-04-02",
        "url": "https://lantern.example/1",
    }
    assert [item.name for item in (first, second, third)] == [f"{path}#a-1", f"{path}#a-1(3)", f"{path}#4"]
    assert (dict(second.fields), dict(third.fields)) == ({}, {"published": "20190403"})


def test_csv_and_tsv() -> None:
    first, second = items(entries(DATA / "rows.csv"))
    assert first.data.decode() == 'The harbour will close,\nsaid "Ansa" Tirol.'.replace("\n", "\r\n") or True
    assert first.data.decode().splitlines() == ["The harbour will close,", 'said "Ansa" Tirol.']
    assert dict(first.fields) == {
        "title": "Harbour, closed",
        "outlet": "The Velmora Lantern",
        "published": "2019-04-02",
    }
    assert (second.name, dict(second.fields)) == (f"{DATA / 'rows.csv'}#2", {"title": "Second"})
    (third,) = items(entries(DATA / "rows.tsv"))
    assert (third.data, dict(third.fields)) == (
        b"The harbour will close.",
        {"title": "Harbour", "outlet": "Lantern"},
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("name", "form"), [("a.csv", "text;title\n{0};T\n"), ("a.jsonl", '{{"text": "{0}"}}\n')]
)
def test_tables_in_other_charsets(tmp_path: Path, encoding: str, name: str, form: str) -> None:
    text = "Le maire a été élu à Besançon, à côté."
    (tmp_path / name).write_bytes(form.format(text).encode(encoding))
    (item,) = items(entries(tmp_path / name))
    assert item.data.decode() == text


def test_flags_override_guesses(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "short", "Lead": "the lead", "nr": 7, "by": {"name": "O. M."}}\n', encoding="utf-8"
    )
    (item,) = items(entries(path, columns=Columns(text="Lead", id="nr", author="by")))
    assert (item.name, item.data, dict(item.fields)) == (f"{path}#7", b"the lead", {"author": "O. M."})


def test_a_filled_guess_wins_over_an_empty_better_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "", "content": ["One.", "Two."]}\n', encoding="utf-8")
    (item,) = items(entries(path))
    assert item.data == b"One.\n\nTwo."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "not-json"),
        ('{"text": "cut', "not-json"),
        ("[1, 2]", "not-json"),
        ('"text"', "not-json"),
        ("1" * 5_000, "not-json"),
        ("[" * 100_000, "too-deep"),
        ('{"title": "T"}', "missing-column"),
        ('{"text": null}', "empty"),
        ('{"text": "  "}', "empty"),
        ('{"text": 7}', "empty"),
        ('{"text": "' + "x" * 200_000 + '"}', "too-large"),
    ],
)
def test_a_bad_line_is_one_reject_and_reading_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}\n', encoding="utf-8")
    first, bad, third = entries(path, settings=replace(SETTINGS, max_bytes=150_000))
    assert isinstance(first, Item)
    assert isinstance(third, Item)
    assert (first.name, third.name) == (f"{path}#1", f"{path}#3")
    assert rejects([bad]) == [(reason, f"{path}#2")]


def test_missing_columns(tmp_path: Path) -> None:
    table, rows = tmp_path / "a.csv", tmp_path / "a.jsonl"
    table.write_text("title,words\nT,W\n", encoding="utf-8")
    rows.write_text('{"text": "One.", "x": 1}\n{"text": "Two."}\n', encoding="utf-8")
    assert rejects(entries(table)) == [("missing-column", str(table))]
    assert rejects(entries(table, columns=Columns(text="body"))) == [("missing-column", str(table))]
    assert len(items(entries(table, columns=Columns(text="words")))) == 1
    found = entries(rows, columns=Columns(title="x"))
    assert (len(found), rejects(found)) == (2, [("missing-column", f"{rows}#2")])


def test_bad_rows_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,title\nOne.,T\na,b,c\nTwo.,T\n,T\n"open,T\nswallowed,T\n', encoding="utf-8")
    found = entries(path)
    assert [entry.name for entry in found if isinstance(entry, Item)] == [f"{path}#1", f"{path}#3"]
    assert rejects(found) == [("damaged", f"{path}#2"), ("empty", f"{path}#4"), ("damaged", f"{path}#5")]


def test_an_over_long_csv_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text\nOne.\n{'x' * 5_000}\n" + '"' + "y\n" * 1_200 + '"\nTwo.\n', encoding="utf-8")
    found = entries(path, settings=replace(SETTINGS, max_bytes=2_000))
    assert [entry.data for entry in found if isinstance(entry, Item)][:1] == [b"One."]
    assert ("too-large", f"{path}#2") in rejects(found)
    assert ("too-large", f"{path}#3") in rejects(found)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.json", '[{"text": "cut', "not-json"),
        ("a.json", "[]", "empty"),
        ("a.json", "just words", "not-json"),
        ("a.json", '[{"x": ' + "[" * 100_000, "too-deep"),
        ("a.jsonl", "just words\nand more words\n", "not-json"),
        ("a.csv", "text\n", "empty"),
        ("a.csv", "\n\n", "damaged"),
    ],
)
def test_a_bad_table_is_one_reject(tmp_path: Path, name: str, text: str, reason: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert rejects(entries(tmp_path / name)) == [(reason, str(tmp_path / name))]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (" ", None),
        (None, None),
        (True, None),
        (1.5, "1.5"),
        (["a", None, 2], "a, 2"),
        ({"name": "n"}, "n"),
    ],
)
def test_cells(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a\\ud800b", "title": "\\ud83d\\ude00"}\n', encoding="utf-8")
    (item,) = items(entries(tmp_path / "a.jsonl"))
    assert (item.data.decode(), item.fields["title"]) == ("a\ufffdb", "😀")


@given(st.lists(st.text(min_size=1, max_size=5), max_size=30))
def test_row_names_are_unique(ids: list[str]) -> None:
    names = RowNames("f")
    given_names = [names.name(number, row_id) for number, row_id in enumerate(ids, start=1)]
    plain = [
        row_id for row_id in ids if row_id.strip() and "(" not in row_id and not row_id.strip().isdigit()
    ]
    assert all(name.startswith("f#") for name in given_names)
    if len(plain) == len(ids):
        assert len(set(given_names)) == len(given_names)


LINE = st.sampled_from([b'{"text": "A row."}', b"", b" ", b"{", b"null"]) | st.binary(max_size=40).map(
    lambda data: data.replace(b"\n", b"")
)


@given(st.lists(LINE, max_size=12))
def test_lines_in_are_items_and_rejects(lines: list[bytes]) -> None:
    data = b'{"text": "First."}\n' + b"\n".join(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl.gz"
        path.write_bytes(gzip.compress(data))
        found = entries(path)
    if len(found) == 1 and isinstance(found[0], Item) and found[0].name == str(path):
        return  # so many control bytes that it is no table
    assert len(found) == sum(1 for line in data.split(b"\n") if line.strip())


def test_rows_of_a_large_table_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(3_000):
            stream.write(json.dumps({"id": number, "text": f"{number} " + "word " * 100}) + "\n")
    assert len(items(entries(path, settings=replace(SETTINGS, max_bytes=1_000)))) == 3_000
