"""What `reportedly trace` prints."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from reportedly.export.lineage import write_tree
from reportedly.export.lineage.claim import Line, read
from tests.export.lineage.lines import NAMES, claim
from tests.export.lineage.test_picture import claims


def printed(line: Line, width: int = 100, ascii_only: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, emoji=False, markup=False)
    write_tree(console, line, ascii_only)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 72, 200])
def test_every_statement_is_there_and_every_line_fits(name: str, width: int) -> None:
    text = printed(claim(name), width)
    assert all(cell_len(line) <= min(width, 100) for line in text.splitlines())
    flat = re.sub(r"[\s│├└─┄▶▷·\u200e]", "", text)
    houses = {saying.house for saying in read(claim(name)).sayings.values()}
    assert [house for house in houses if re.sub(r"[\s·]", "", house) not in flat] == []


@given(claims())
@settings(max_examples=25, deadline=None)
def test_any_claim_can_be_printed(line: Line) -> None:
    assert printed(line, 60)


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_terminal_gets_ascii(name: str) -> None:
    assert printed(claim(name), ascii_only=True).isascii()


def test_the_tree_says_who_got_it_from_whom_when_and_why() -> None:
    assert printed(claim("chain"), 96) == CHAIN


def test_words_that_were_changed_are_marked() -> None:
    text = printed(claim("distorted"))
    assert "[-Twelve-]{+Twenty+} crates of cartridges [-may have been stored-] {+were found+}" in text
    assert '12 became 20; "may" was dropped' in text


def test_a_circle_and_what_speaks_against_are_told() -> None:
    assert "in a circle: Skylark Defence, Frontline Daily and Caspian Monitor cite each other" in printed(
        claim("loop")
    )
    text = printed(claim("denials"))
    assert "withdraws Verrane Courier" in text
    assert "withdrawn later" in text
    assert "says only “may”" in text


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    text = printed(claim("hostile"))
    assert "\x07" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


CHAIN = """\
Twelve barges were sold to a company that does not exist.
5 outlets · 5 stories · first seen 2019-03-04 · claim claim057

origins 1..1
  [1] Audit report 17/2019 (document, Port Audit Office): 5 statements in 5 outlets
  - The Ferry Times cites the Harbour Courier, which has it from the audit report: one origin.

who got it from whom
  Audit report 17/2019, document, Port Audit Office [1]
  └─▶ Harbour Courier · 2019-03-04 [1]
      │ Audit report 17/2019: “Twelve barges were sold in January to a company that does not
      │ exist”
      ├─▶ The Ferry Times · 2019-03-05 · cites Harbour Courier [1]
      │   │ Harbour Courier: “twelve barges had gone to a company that nobody can find”
      │   │ because: the Harbour Courier reported on Monday
      │   └─▶ Delta Morning · 2019-03-05 · rewrites The Ferry Times, no credit [1]
      │       │ “Port officials sold twelve barges to a firm that does not exist”
      │       │ because: 61 % of its words, in the same order
      │       └─▶ Upland Gazette · 2019-03-06 · reprints Delta Morning [1]
      │             “Port officials sold twelve barges to a firm that does not exist”
      │             because: From Delta Morning
      └┄▷ Sunday Lantern · 2023-11-19 · perhaps rewrites Harbour Courier, no credit [1]
            “Twelve barges were sold to a company that does not exist, it emerged”
            because: two sentences alike
"""
