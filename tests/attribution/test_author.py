from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from reportedly.attribution import assertions
from reportedly.parse.sentences import sentence_starts
from reportedly.types import Attribution, Kind, Span

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("author.yaml").read_text(encoding="utf-8")
)
BLANK = spacy.blank("en")


def doc_of(text: str) -> Doc:
    doc = BLANK.tokenizer(text)
    starts = set(sentence_starts(text))
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def unmark(marked: str) -> tuple[str, list[Attribution], list[Span]]:
    text, opened = "", 0
    found: list[Attribution] = []
    skipped: list[Span] = []
    for part in re.split(r"(\{\{|\}\}|<<|>>)", marked):
        if part in ("{{", "<<"):
            opened = len(text)
        elif part == "}}":
            found.append(Attribution((), (), (Span(opened, len(text)),), Kind.INDIRECT, 0.9))
        elif part == ">>":
            skipped.append(Span(opened, len(text)))
        else:
            text += part
    return text, found, skipped


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_what_the_author_says(case: dict[str, Any]) -> None:
    text, found, skipped = unmark(case["text"])
    own = assertions(doc_of(text), found, skipped)
    assert [text[one.span.start : one.span.end] for one in own] == case["own"]


@given(
    st.text(alphabet="abc was, and;.!?“”\n", max_size=120),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=4),
)
@given_settings(deadline=None)
def test_assertions_never_overlap_attributions(text: str, covered: list[tuple[int, int]]) -> None:
    spans = [Span(at, min(len(text), at + n)) for at, n in covered if at < len(text)]
    found = [Attribution((), (), (span,), Kind.INDIRECT, 0.5) for span in spans]
    taken = {at for span in spans for at in range(span.start, span.end)}
    last = 0
    for one in assertions(doc_of(text), found, ()):
        assert last <= one.span.start < one.span.end <= len(text)
        assert not taken & set(range(one.span.start, one.span.end))
        assert 0 <= one.confidence <= 1
        last = one.span.end
