from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.parse.sentences import sentence_starts

CASES: list[str] = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("marked", CASES)
def test_sentences_begin_where_the_case_says(marked: str) -> None:
    parts = [part.removeprefix(" ") for part in marked.split("|")]
    text = "".join(parts)
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + len(part))
    assert list(sentence_starts(text)) == starts


@given(st.text(alphabet="ab .!?\n\"”“')(AI…\u00a0", max_size=120))
def test_starts_are_sorted_and_inside_the_text(text: str) -> None:
    starts = sentence_starts(text)
    assert list(starts) == sorted(set(starts))
    assert not starts or (starts[0] == 0 and starts[-1] < len(text))
