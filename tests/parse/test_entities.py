from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.parse.entities import with_articles


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("Al - Masri fled", "B-PER O O O", "B-PER I-PER I-PER O"),
        ("al - Masri fled", "O O B-PER O", "B-PER I-PER I-PER O"),
        ("Saif al - Adel", "B-PER I-PER O O", "B-PER I-PER I-PER I-PER"),
        ("al - Masri group", "B-ORG O O B-ORG", "B-ORG I-ORG I-ORG B-ORG"),
        ("al - Masri", "B-ORG O B-PER", "B-ORG I-ORG I-ORG"),
        ("al - Masri", "B-ORG I-ORG I-ORG", "B-ORG I-ORG I-ORG"),
        ("ex - Masri", "O O B-PER", "O O B-PER"),
        ("al - Masri", "O O O", "O O O"),
    ],
)
def test_a_name_behind_an_article_is_one(words: str, before: str, after: str) -> None:
    split = words.split()
    joined = [place < len(split) - 1 and "-" not in split[place : place + 2] for place in range(len(split))]
    assert with_articles(before.split(), split, joined) == after.split()


def test_a_hyphen_between_blanks_joins_nothing() -> None:
    assert with_articles(["B-PER", "O", "O"], ["Al", "-", "Masri"], [True, True, False]) == [
        "B-PER",
        "O",
        "O",
    ]


@given(st.lists(st.tuples(st.sampled_from(["al", "-", "Masri"]), st.sampled_from(["O", "B-PER", "B-ORG"]))))
def test_labels_stay_a_bio_sequence(pairs: list[tuple[str, str]]) -> None:
    found = with_articles([label for _, label in pairs], [word for word, _ in pairs], [False] * len(pairs))
    assert len(found) == len(pairs)
    for before, label in zip(["O", *found], found, strict=False):
        assert not label.startswith("I-") or before[2:] == label[2:]
