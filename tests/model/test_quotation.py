from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model.quotation import Quote, in_quotation, quotation

CASES: list[list[str]] = yaml.safe_load(
    Path(__file__).with_name("quotation.yaml").read_text(encoding="utf-8")
)
SIGNS = dict(zip(range(1, 6), ".q()u", strict=True))


@pytest.mark.parametrize(("text", "states"), CASES)
def test_states_of_quotation(text: str, states: str) -> None:
    assert "".join(SIGNS[int(state)] for state in quotation(text)) == states


@given(st.text(alphabet="ab “”\"'`’‘«»\n.", max_size=80), st.text(alphabet="ab “”\"'`’‘«»\n.", max_size=80))
def test_a_paragraph_never_changes_another(before: str, after: str) -> None:
    joined = quotation(f"{before}\n{after}")
    assert joined[: len(before)].tolist() == quotation(before).tolist()
    assert joined[len(before) + 1 :].tolist() == quotation(after).tolist()


def test_time_grows_with_the_text_only() -> None:
    started = time.process_time()
    quotation("‘a " * 100_000)
    assert time.process_time() - started < 20


def test_marks_and_what_they_close_around_are_in_quotation() -> None:
    states = quotation("He said “no” and “yes")
    inside = {Quote.INSIDE, Quote.OPENING, Quote.CLOSING}
    assert in_quotation(states).tolist() == [Quote(int(state)) in inside for state in states]
    assert in_quotation(states).sum() == len("“no”") + 1


def test_an_answer_that_is_kept_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        quotation("“no”")[0] = 1
