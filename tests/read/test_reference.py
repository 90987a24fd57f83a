"""The reference pages say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from reportedly.read.columns import GUESSES, fold
from reportedly.types import Reason

REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference"


def test_every_reason_is_explained_and_no_other() -> None:
    page = (REFERENCE / "rejects.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:read|page|parse|any|read, parse) \| \S", page, re.MULTILINE)
    assert sorted(rows) == sorted(reason.value for reason in Reason)


def test_listed_column_names_are_guessed() -> None:
    page = (REFERENCE / "reading.md").read_text(encoding="utf-8")
    for what, names in GUESSES.items():
        (listed,) = re.findall(rf"^\| {what} \| (.*), \.\.\. \|$", page, re.MULTILINE)
        assert [fold(name) for name in listed.split(", ")] == [
            name for name in names if name in {fold(one) for one in listed.split(", ")}
        ]


def test_guessed_names_are_folded_and_belong_to_one_column() -> None:
    names = [name for guesses in GUESSES.values() for name in guesses]
    assert names == [fold(name) for name in names]
    assert len(names) == len(set(names))
