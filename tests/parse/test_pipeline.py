from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from reportedly.errors import ModelError
from reportedly.model import meta
from reportedly.parse import load_pipeline
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span

ODD = {
    "empty": "",
    "blanks": " \n \n\t ",
    "one word of a million letters": "a" * 1_000_000,
    "paragraph without a full stop": "the rain fell on the town " * 400,
    "emoji and other scripts": "😀 باران می‌بارد 雨 says Ana. Дождь!",
    "no-break spaces": "Ana\u00a0Moss said\u202fit rained.\u00a0It did.",
    "capitals": "THE MAYOR SAID THE BRIDGE WAS CLOSED. NOBODY ASKED WHY.",
    "only marks": "“" * 3_000 + '"' * 3_000,
    "carriage returns": "One.\r\nTwo.\rThree.",
    "full stops": "a." * 3_000,
    "zero-width": "\u200b\ufeff\u200d",
    "lone surrogate-like marks": "\ufffd\ufffe it rained",
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    found = load_pipeline("en", ParseSettings())
    assert found is not None
    return found


def test_a_language_without_a_pipeline_has_none() -> None:
    assert load_pipeline("fa", ParseSettings()) is None


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_keep_every_character_in_bounded_time(pipeline: Pipeline, name: str) -> None:
    started = time.process_time()
    doc = pipeline.parse(ODD[name])
    assert doc.text == ODD[name]
    assert time.process_time() - started < 30


@given(st.text(max_size=300))
@given_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_doc_text_is_the_text(pipeline: Pipeline, text: str) -> None:
    doc = pipeline.parse(text)
    assert doc.text == text
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_sentence_starts_inside_a_token_split_it(pipeline: Pipeline) -> None:
    doc = pipeline.parse("The flood was the worst (in the world).It is over.")
    assert [sentence.text for sentence in doc.sents] == [
        "The flood was the worst (in the world).",
        "It is over.",
    ]


def test_a_heading_is_a_sentence_of_its_own(pipeline: Pipeline) -> None:
    text = "Flood in Ostrava The river rose."
    doc = pipeline.parse(text, [Span(0, 16)])
    assert [sentence.text.strip() for sentence in doc.sents] == ["Flood in Ostrava", "The river rose."]


def test_the_same_text_gets_the_same_answers(pipeline: Pipeline) -> None:
    text = "“It rained,” Ana Moss said.\n" * 60
    first, second = (pipeline.parse(text).user_data["encoding"] for _ in range(2))
    again = Pipeline("en", ParseSettings()).parse(text).user_data["encoding"]
    for other in (second, again):
        assert np.array_equal(first.emissions, other.emissions)
        assert np.array_equal(first.dependent, other.dependent)
        assert np.array_equal(first.head, other.head)


def test_a_story_in_front_does_not_change_answers_beyond_the_context(pipeline: Pipeline) -> None:
    """Windows are encoded one by one: a far paragraph cannot change what the int8 layers make of this one."""
    filler = "The council met on the bridge and nobody spoke about the flood in the town. " * 12
    tail = "“It rained,” said Ana Moss, the mayor of Ostrava. " * 20
    plain = pipeline.parse(f"{filler}\n{filler}\n{tail}").user_data["encoding"]
    longer = pipeline.parse(f"{filler}\n{filler}\n{filler}\n{tail}").user_data["encoding"]
    assert np.array_equal(plain.emissions[-60:], longer.emissions[-60:])


def test_damaged_weights_are_refused(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meta, "ENCODER", meta.TOKENIZER)
    with pytest.raises(ModelError, match="damaged"):
        load_pipeline("en", ParseSettings())


def test_missing_weights_are_refused(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meta, "ENCODER", meta.FOLDER / "none.onnx")
    with pytest.raises(ModelError, match="cannot be read"):
        load_pipeline("en", ParseSettings())
