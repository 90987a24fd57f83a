from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.attribution.wording import Wording, alphanumeric
from reportedly.types import Span

CASES: list[list[str]] = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8"))


def unmark(marked: str) -> tuple[str, list[Span]]:
    parts = re.split(r"\[\[|\]\]", marked)
    spans, at = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), spans


@pytest.mark.parametrize(("marked", "kind"), CASES)
def test_kind_of_a_content(marked: str, kind: str) -> None:
    text, spans = unmark(marked)
    assert Wording(text).kind(spans) == kind


def test_a_span_that_stops_before_its_closing_mark_takes_it_in() -> None:
    text = "“It rained,” she said."
    assert Wording(text).whole_quotation(Span(0, 11)) == Span(0, 12)
    assert Wording(text).whole_quotation(Span(1, 12)) == Span(0, 12)
    assert Wording(text).whole_quotation(Span(1, 11)) == Span(1, 11)


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "“It rained.\n\n“It snowed,” she said."
    wording = Wording(text)
    assert wording.continues(13)
    assert wording.same_quotation(11, 13)
    closed = Wording("“It rained.”\n\n“It snowed,” she said.")
    assert not closed.same_quotation(12, 14)


@given(st.text(max_size=40))
def test_letters_and_digits_of_any_script_are_told_apart_from_the_rest(text: str) -> None:
    assert alphanumeric(text).tolist() == [letter.isalnum() for letter in text]
