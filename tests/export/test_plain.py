"""Words of strangers cannot act on a terminal or a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.export.plain import DIRECTION_MARKS, cell, clip, one_line, printable


@given(st.text(st.characters(), max_size=60))
def test_printable_text_keeps_its_length_and_cannot_act(text: str) -> None:
    safe = printable(text)
    assert len(safe) == len(text)
    assert not any(
        (ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 or c in DIRECTION_MARKS for c in safe
    )


@given(st.text(st.characters(), max_size=60), st.integers(1, 20))
def test_clipped_text_fits(text: str, width: int) -> None:
    assert len(clip(text, width)) <= width


def test_one_line_is_one_line() -> None:
    assert one_line(" a \r\n\n b\u2028c ") == "a b c"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (True, "True"),
    ],
)
def test_no_cell_is_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown
