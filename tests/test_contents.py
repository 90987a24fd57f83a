"""What a text holds beside who says it."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from reportedly import contents
from reportedly.types import Encoding, MentionLabel, Span

VOCAB = Vocab()


def doc(text: str, ents: list[str] | None = None) -> Doc:
    made = spacy.blank("en")(text)
    found = [made.char_span(*_place(text, one.split("/")[0]), label=one.split("/")[1]) for one in ents or ()]
    made.ents = tuple(span for span in found if span is not None)
    return made


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It killed 12 people.", ["12"]),
        ("Some 1,200 crates, 40 of them open.", ["1,200", "40"]),
        ("About 4.5 percent, or 4.5%, of it.", ["4.5 percent", "4.5%"]),
        ("It cost $3 million.", ["$3 million"]),
        ("Three hundred came in 2019.", ["Three hundred", "2019"]),
        ("No one came.", []),
        ("One of them left.", []),
        ("Percent, per cent and $ alone.", []),
        ("", []),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    found = contents.mentions(doc(text))
    assert [one.name for one in found] == numbers
    assert {one.label for one in found} <= {MentionLabel.NUM}
    assert [text[one.span.start : one.span.end] for one in found] == numbers


def test_entities_of_either_scheme_and_no_number_within_them() -> None:
    text = "Ada\nQuill of Group 77 met 20 Danes in May."
    found = contents.mentions(doc(text, ["Ada\nQuill/PERSON", "Group 77/ORG", "Danes/NORP", "May/DATE"]))
    assert [(one.name, str(one.label)) for one in found] == [
        ("Ada Quill", "PER"),
        ("Group 77", "ORG"),
        ("20", "NUM"),
        ("Danes", "NORP"),
    ]


def test_sentences() -> None:
    whole = doc("One. Two.\n\n")
    assert contents.sentences(whole) == (Span(0, len(whole.text)),)
    assert contents.sentences(doc("")) == ()
    cut = Doc(
        VOCAB,
        words=["One", ".", "Two", "\n\n"],
        spaces=[False, True, False, False],
        sent_starts=[True, False, True, True],
    )
    assert contents.sentences(cut) == (Span(0, 4), Span(5, 8))


def test_a_pool_of_pieces_stands_before_one_of_sentences() -> None:
    made = doc("One.")
    assert contents.pool(made) is None
    made = Doc(VOCAB, words=["One", "."], spaces=[False, False], sent_starts=[True, False])
    made.user_data["vectors"] = np.ones((1, 384), np.float32)
    pool = contents.pool(made)
    assert pool is not None
    assert pool.offsets.tolist() == [[0, 4]]
    offsets, none = np.array([[0, 3], [3, 4]], np.int32), np.zeros((2, 0), np.float32)
    heads = {"vector": np.ones((2, 384), np.float32)}
    made.user_data["encoding"] = Encoding(offsets, none, none, none, heads)
    pool = contents.pool(made)
    assert pool is not None
    assert pool.offsets is offsets
    made.user_data["encoding"] = Encoding(offsets, none, none, none)
    made.user_data["vectors"] = np.ones((3, 384), np.float32)
    assert contents.pool(made) is None, "rows that are not one a sentence"
