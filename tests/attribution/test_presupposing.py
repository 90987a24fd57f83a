"""What an author treats as settled, without naming anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench.nested import read_marks
from reportedly.attribution import assertions
from reportedly.attribution.presupposing import names_nobody, presupposing_words
from reportedly.types import Attribution, Kind
from tests.attribution.test_author import doc_of, unmark


def _cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return found


PRESUPPOSED, NOBODY = _cases("presupposed.yaml"), _cases("nobody.yaml")


@pytest.mark.parametrize("case", PRESUPPOSED, ids=[case["text"][:40] for case in PRESUPPOSED])
def test_what_is_taken_for_settled(case: dict[str, Any]) -> None:
    text, found, skipped = unmark(case["text"])
    own = [
        [
            text[one.span.start : one.span.end],
            [text[words.start : words.end] for words in one.presupposed],
        ]
        for one in assertions(doc_of(text), found, skipped)
    ]
    assert own == case["own"]


@pytest.mark.parametrize("case", NOBODY, ids=[case["marked"][:40] for case in NOBODY])
def test_attributions_that_name_nobody(case: dict[str, Any]) -> None:
    marks = read_marks(case["marked"])
    (gold,) = marks.gold
    one = Attribution(gold.source, gold.cue, gold.content, Kind.INDIRECT, 0.9)
    assert names_nobody(one, marks.text) is case["nobody"]


@given(st.text(alphabet="it is no secret that, of course.", max_size=200))
def test_presupposing_words_lie_in_order_in_the_text(text: str) -> None:
    last = 0
    for span in presupposing_words(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end
