from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.attribution.as_reported import as_reported
from reportedly.types import Attribution, Kind, Span

CASES = [
    (
        "As the Straits Herald reported, the bridge is shut.",
        "the Straits Herald",
        "reported",
        "the bridge is shut",
    ),
    ("It rained. As Orle FM reports, the dam has burst.", "Orle FM", "reports", "the dam has burst"),
    ("The dam has burst, as Polar Notes reported on Monday.", "Polar Notes", "reported", "The dam has burst"),
    (
        "As first reported by the Bay Express, the navy sold two ships.",
        "the Bay Express",
        "reported by",
        "the navy sold two ships",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES, ids=[case[0][:30] for case in CASES])
def test_the_form_alone_shows_an_attribution(text: str, source: str, cue: str, content: str) -> None:
    (one,) = as_reported(text, [])
    shown = [text[span.start : span.end] for span in (*one.source, *one.cue, *one.content)]
    assert shown == [source, cue, content]
    assert one.kind is Kind.INDIRECT


@pytest.mark.parametrize(
    "text",
    [
        "As it grew dark, the crew went home again.",
        "As the river rose, officials closed the bridge.",
        "She worked as Polar Notes reporter for years.",
        "He was known, as ever.",
    ],
)
def test_other_sentences_with_as_give_none(text: str) -> None:
    assert as_reported(text, []) == []


def test_an_as_is_no_content_and_the_rest_stays() -> None:
    text = "As the Straits Herald reported, the bridge is shut."
    clause = Span(32, 50)
    seen = Attribution((Span(3, 21),), (Span(22, 30),), (Span(0, 2), clause), Kind.INDIRECT, 0.8)
    assert [one.content for one in as_reported(text, [seen])] == [(clause,)]


def test_a_content_of_nothing_but_as_gives_way_to_the_clause() -> None:
    text = "As the Straits Herald reported, the bridge is shut."
    seen = Attribution((Span(3, 21),), (Span(22, 30),), (Span(0, 2),), Kind.INDIRECT, 0.8)
    assert [one.content for one in as_reported(text, [seen])] == [(Span(32, 50),)]


@given(st.text(alphabet="As, reported.by FM\n", max_size=80))
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    for one in as_reported(text, []):
        spans = sorted((span.start, span.end) for span in (*one.source, *one.cue, *one.content))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
