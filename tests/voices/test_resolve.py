from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.voices import unmark
from reportedly import voices
from reportedly.types import Attribution, Kind, Metadata, Sourcing, Span, VoiceKind

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def _attributed(text: str) -> tuple[str, list[Attribution]]:
    """Return the text without marks and its attributions, number 1 last."""
    bare, spans = unmark(text)
    numbers = sorted({number for _, number in spans}, reverse=True)
    found = []
    for number in numbers:
        source, cue, content = (tuple(spans.get((role, number), ())) for role in "scq")
        quoted = bool(content) and bare[content[0].start] == '"'
        found.append(Attribution(source, cue, content, Kind.DIRECT if quoted else Kind.INDIRECT, 1.0))
    return bare, found


def _resolved(case: dict[str, Any]) -> Sourcing:
    text, attributions = _attributed(case["text"])
    metadata = Metadata(outlet=case.get("outlet"), byline=case.get("byline"), agency=case.get("agency"))
    return voices.resolve(NLP(text), attributions, metadata)[-1]


@pytest.mark.issue(4)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    found = _resolved(case)
    expected = case["voice"]
    assert {key: getattr(found.voice, key) for key in expected} == expected
    assert [via.name for via in found.via] == case.get("via", [])
    assert sorted(one.name for one in found.voice.candidates) == case.get("candidates", [])


def test_unspecified_gives_a_reason() -> None:
    for case in CASES:
        voice = _resolved(case).voice
        if voice.kind is VoiceKind.UNSPECIFIED:
            assert voice.reason


def test_nested_first_person_is_the_speaker_around_it() -> None:
    text = 'Lena Voss said: "I fear I know."'
    outer = Attribution((Span(0, 9),), (Span(10, 14),), (Span(16, 32),), Kind.DIRECT, 1.0)
    inner = Attribution((Span(17, 18),), (Span(19, 23),), (Span(24, 30),), Kind.DIRECT, 1.0, parent=0)
    found = voices.resolve(NLP(text), [outer, inner], Metadata(agency="AP"))
    assert [one.voice.name for one in found] == ["Lena Voss", "Lena Voss"]
    assert [[via.name for via in one.via] for one in found] == [["AP"], []]


def test_no_attributions() -> None:
    assert voices.resolve(NLP("It rained."), [], Metadata()) == ()


_WORDS = st.sampled_from(
    ["Anna", "Reed", "he", "said", ",", ".", "'s", "the", "of", "spokesman", "\n", "—", "(", ")", "@a",
     "وزیر", "AP", "who", "and", "“", "”", "Q", ":", "U.S.", "1", "🙂", "Ministry", "told", "Reuters"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=25), st.data())
def test_any_words_and_spans_give_a_voice_with_spans_inside_the_text(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    doc = NLP(text)
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30)).map(
        lambda pair: Span(pair[0], min(pair[0] + pair[1], len(text)))
    )
    roles = st.tuples(
        st.lists(span, max_size=2), st.lists(span, max_size=2), st.lists(span, min_size=1, max_size=2)
    )
    made = [
        Attribution(tuple(s), tuple(c), tuple(q), Kind.INDIRECT, 0.5)
        for s, c, q in data.draw(st.lists(roles, min_size=1, max_size=3))
    ]
    found = voices.resolve(doc, made, Metadata())
    assert found == voices.resolve(doc, made, Metadata())
    assert len(found) == len(made)
    for one in found:
        assert one.voice.kind is not None
        assert sum(candidate.score for candidate in one.voice.candidates) <= 1.01
        for evidence in one.voice.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
