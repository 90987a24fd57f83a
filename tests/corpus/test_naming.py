"""The words that stand for a claim: its sources' own, and such as can be read alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.corpus import naming
from reportedly.types import Kind, Span, Voice
from reportedly.types.claims import Corpus, StatementRow

pytestmark = pytest.mark.issue(5)

CLEAR = "The ferry to Skarn sank off the northern pier"


def row(name: str, content: str, kind: Kind = Kind.INDIRECT, named: tuple[str, ...] = ()) -> StatementRow:
    return StatementRow(
        id=name,
        story_id=f"story of {name}",
        kind=kind,
        content=content,
        spans=(Span(0, len(content)),),
        cue="said",
        source="Ada Fenn",
        voice=Voice(),
        via=(),
        chain=(),
        commitment=None,
        commitments=(),
        confidence=1.0,
        names=tuple((one, "LOC") for one in named),
    )


def named(*rows: StatementRow, grounds: tuple[tuple[str, ...], ...] = ()) -> str:
    corpus = Corpus((), rows, np.zeros((0, 384), np.float32))
    return naming.prepare(corpus)([one.id for one in rows], grounds)


@pytest.mark.parametrize(
    "vague",
    [
        "it sank off the pier",
        "they did so on Monday",
        "that it had gone down",
        "He lost it",
        "sank",
        "and it sank there",
    ],
)
def test_a_clause_that_stands_alone_is_preferred(vague: str) -> None:
    assert named(row("a", vague), row("b", CLEAR, named=("Skarn",))) == CLEAR


def test_the_earliest_origin_is_preferred_among_equals() -> None:
    later = "The ferry to Skarn went down by the northern pier"
    rows = row("a", CLEAR, named=("Skarn",)), row("b", later, named=("Skarn",))
    assert named(*rows) == CLEAR
    assert named(*rows, grounds=(("b", "a"),)) == later


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        (f"that {CLEAR[0].lower()}{CLEAR[1:]}", f"{CLEAR[0].lower()}{CLEAR[1:]}"),
        (f"“{CLEAR},”", CLEAR),
        (f'"{CLEAR}," [...] "and nobody came,"', CLEAR),
        ("The\nferry  to Skarn\tsank off the northern pier", CLEAR),
        (f"{CLEAR}. " + "Nobody came to help the people in the water. " * 6, f"{CLEAR}."),
        ("that was a mistake of the harbour master", "that was a mistake of the harbour master"),
    ],
)
def test_words_are_made_a_clause_without_changing_them(content: str, clause: str) -> None:
    assert named(row("a", content)) == clause


@given(
    st.lists(
        st.text(alphabet='abAB ".,“”0[]\n', min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=5
    )
)
def test_the_words_are_always_some_source_s_own(contents: list[str]) -> None:
    told = named(*(row(str(at), content) for at, content in enumerate(contents)))
    assert any(told in " ".join(content.split()) for content in contents)
    assert told
