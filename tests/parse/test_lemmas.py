from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.parse.lemmas import apply_rule, lemmas

CASES = [
    ("0|", "Rain", "rain"),
    ("1|", "Rains", "rain"),
    ("3|y", "Cities", "city"),
    ("=be", "Is", "be"),
    ("^", "NATO", "NATO"),
    ("4|", "was", "was"),
    ("3|", "was", "was"),
    ("3|be", "was", "be"),
]


@pytest.mark.parametrize(("rule", "word", "lemma"), CASES)
def test_a_rule_makes_a_lemma(rule: str, word: str, lemma: str) -> None:
    assert apply_rule(rule, word) == lemma


def test_the_best_rule_that_fits_the_word_is_taken() -> None:
    scores = np.asarray([[3, 2, 1], [3, 2, 1]], dtype=np.float32)
    assert lemmas(scores, ["as", "Gases"], ("3|", "1|", "0|")) == ["a", "ga"]
    assert lemmas(scores[:0], [], ("0|",)) == []


def test_a_rule_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no lemma rule"):
        lemmas(np.zeros((1, 1), dtype=np.float32), ["rain"], ("rain",))


@given(st.text(min_size=1, max_size=12), st.integers(0, 14), st.text(max_size=3))
def test_no_word_is_left_without_a_lemma(word: str, strip: int, add: str) -> None:
    assert apply_rule(f"{strip}|{add}", word)
