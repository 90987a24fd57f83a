from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from reportedly.model.meta import TOKENIZER
from reportedly.parse.features import Before, Shape, read_pieces, shape

WORDS = [
    ("rain", Shape.LOWER),
    ("Rain", Shape.TITLE),
    ("I", Shape.TITLE),
    ("NATO", Shape.UPPER),
    ("McVeigh", Shape.MIXED),
    ("42nd", Shape.LOWER),
    ("2016", Shape.DIGIT),
    (",", Shape.PUNCTUATION),
    ("…", Shape.PUNCTUATION),
    ("سلام", Shape.OTHER),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(TOKENIZER))


@pytest.mark.parametrize(("word", "expected"), WORDS)
def test_shape_of_a_word(word: str, expected: Shape) -> None:
    assert shape(word) is expected


def test_all_pieces_of_a_word_have_the_words_shape(tokenizer: Tokenizer) -> None:
    pieces = read_pieces("Vexillology", tokenizer)
    assert len(pieces.ids) > 1
    assert set(pieces.features[:, 0].tolist()) == {Shape.TITLE}


def test_what_stands_before_a_piece(tokenizer: Tokenizer) -> None:
    pieces = read_pieces("Rain, snow\nHail", tokenizer)
    assert pieces.features[:, 1].tolist() == [Before.BREAK, Before.NOTHING, Before.BLANK, Before.BREAK]
    assert pieces.paragraphs.tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b"])
def test_texts_without_words_have_no_pieces(tokenizer: Tokenizer, text: str) -> None:
    assert read_pieces(text, tokenizer).ids.shape == (0,)


@given(st.text(max_size=200))
@given_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pieces_stand_in_order_inside_the_text(tokenizer: Tokenizer, text: str) -> None:
    pieces = read_pieces(text, tokenizer)
    starts, ends = pieces.offsets[:, 0], pieces.offsets[:, 1]
    assert np.all(starts < ends)
    assert np.all(np.diff(starts) >= 0)
    assert len(ends) == 0 or (starts[0] >= 0 and ends.max() <= len(text))
    assert pieces.features.shape == (len(pieces.ids), 3)
