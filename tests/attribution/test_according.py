""" "According to A" of which the encoder saw no source."""

from __future__ import annotations

import pytest

from reportedly.attribution.according import sourced
from reportedly.types import Attribution, Kind, Span


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("According to Ada Moss, the dam held.", "the dam held", "Ada Moss"),
        ("The dam held, according to Ada Moss.", "The dam held", "Ada Moss"),
        ("The dam held, according to the Lund city council", "The dam held", "the Lund city council"),
        ("The dam held, according to Ada Moss; nobody was hurt.", "The dam held", "Ada Moss"),
        ("According to the dam held by nobody.", "the dam held", None),
        ("The dam held, according to", "The dam held", None),
    ],
)
def test_the_words_up_to_the_next_mark_are_the_source(text: str, content: str, source: str | None) -> None:
    at, said = text.lower().index("according to"), text.index(content)
    one = Attribution((), (Span(at, at + 12),), (Span(said, said + len(content)),), Kind.INDIRECT, 0.5)
    (found,) = sourced(text, [one])
    assert [text[span.start : span.end] for span in found.source] == ([source] if source else [])


def test_another_cue_stays_without() -> None:
    text = "It was said, the dam held."
    one = Attribution((), (Span(7, 11),), (Span(13, 25),), Kind.INDIRECT, 0.5)
    assert sourced(text, [one]) == [one]
