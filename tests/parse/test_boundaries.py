from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from reportedly.parse.boundaries import RULE, SILENCE, learned_starts
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Encoding, Span
from tests.parse import stand_in
from tests.parse.test_pipeline import ODD

LOUD = max(RULE, -SILENCE) + 1


def encoding(text: str, odds: dict[int, float]) -> Encoding:
    """One piece a run of letters or a mark; odds by the piece's offset, else firmly no start."""
    places = []
    for number, sign in enumerate(text):
        if not sign.isspace() and not (number and sign.isalnum() and text[number - 1].isalnum()):
            places.append((number, number + 1))
    offsets = np.asarray(places, dtype=np.int32).reshape(-1, 2)
    logits = np.asarray([[odds.get(start, -LOUD)] for start, _ in places], dtype=np.float32).reshape(-1, 1)
    none = np.zeros((len(places), 7), dtype=np.float32)
    return Encoding(offsets, none, none, none, {"sentence": logits})


def test_the_network_starts_a_sentence_that_no_rule_knows() -> None:
    assert learned_starts("it rained she left", encoding("it rained she left", {10: LOUD})) == (0, 10)


def test_the_network_takes_back_what_a_rule_says() -> None:
    text = "The U.S. Navy left."
    assert learned_starts("One. Two", encoding("One. Two", {5: -LOUD})) == (0,)
    assert learned_starts(text, encoding(text, {})) == (0,)


def test_a_rule_tips_the_scales_where_the_network_is_of_two_minds() -> None:
    assert learned_starts("One. Two", encoding("One. Two", {5: -RULE / 2})) == (0, 5)
    assert learned_starts("one two", encoding("one two", {4: -SILENCE / 2})) == (0,)


def test_line_breaks_and_headings_are_starts_whatever_the_network_says() -> None:
    text = "Flood in Ostrava The river\nrose"
    assert learned_starts(text, encoding(text, {}), {17, 0, 99}) == (0, 17, 27)


def test_no_sentence_starts_within_a_word() -> None:
    found = encoding("rained", {})
    inside = np.asarray([[0, 2], [2, 6]], dtype=np.int32)
    heads = {"sentence": np.full((2, 1), LOUD, dtype=np.float32)}
    assert learned_starts("rained", replace(found, offsets=inside, heads=heads)) == (0,)


def test_a_text_without_pieces_has_its_lines() -> None:
    assert learned_starts("", encoding("", {})) == ()
    assert learned_starts("☃\n☃", replace(encoding("", {}))) == (0, 2)


class Noise:
    """An encoder whose heads say anything at all, the same for the same text."""

    def __init__(self, real: Pipeline) -> None:
        self._real = real

    def encode(self, text: str) -> Encoding:
        found = self._real.encode(text)
        n = len(found.offsets)
        draw = np.random.default_rng(n)
        heads = {
            name: draw.normal(size=(n, silent.shape[1])).astype(np.float32)
            for name, silent in stand_in.Outputs(0).heads.items()
        }
        return replace(found, heads=heads)


@pytest.fixture(scope="module")
def noisy() -> Pipeline:
    pipeline = Pipeline("en", ParseSettings())
    real = Pipeline("en", ParseSettings())
    pipeline.__dict__ |= {"_encoder": Noise(real), "_heads": stand_in.heads()}
    return pipeline


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_get_whole_trees(noisy: Pipeline, name: str) -> None:
    doc = noisy.parse(ODD[name])
    assert doc.text == ODD[name]
    assert all(len({token.i for token in sentence if token.head.i == token.i}) == 1 for sentence in doc.sents)
    assert doc.user_data["factuality"].shape == (len(doc),)
    assert doc.user_data["vectors"].shape == (len(list(doc.sents)), 4)


@given(st.text(alphabet="ab .!\n\"”'☃\u00a0cannot", max_size=80), st.integers(0, 40))
@given_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_one_tree_a_sentence(noisy: Pipeline, text: str, edge: int) -> None:
    headings = [Span(0, edge)] if 0 < edge < len(text) else []
    doc = noisy.parse(text, headings)
    assert doc.text == text
    for sentence in doc.sents:
        assert [token.dep_ == "ROOT" for token in sentence].count(True) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
    assert not headings or any(sentence.start_char == edge for sentence in doc.sents)


def test_given_tokens_and_sentences_are_kept(noisy: Pipeline) -> None:
    words, spaces = ["can", "not", ".", "\n", "Rain"], [False, False, False, False, False]
    doc = noisy.parse_tokens(words, spaces, [False, True, False, False, True])
    assert [token.text for token in doc] == words
    assert [sentence.start for sentence in doc.sents] == [0, 1, 4]
    with pytest.raises(ValueError, match="sentence starts"):
        noisy.parse_tokens(words, spaces, [True])
    assert len(noisy.parse_tokens([], [], [])) == 0
