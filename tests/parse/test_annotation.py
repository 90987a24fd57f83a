from __future__ import annotations

import random

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from spacy.tokens import Doc

from reportedly.parse.annotation import annotate, measure, sentence_vectors
from reportedly.parse.syntax import BLOCK
from reportedly.parse.tokens import align
from reportedly.types import Encoding
from tests.parse.stand_in import Said, heads, says, word_pieces

STORY = [
    Said("Ada", 1, "PROPN", "NNP", "^", "nsubj", "B-PER", start=True),
    Said("said", 1, "VERB", "VBD", "3|ay", "root", factuality=2.9),
    Said("Zurich", 1, "PROPN", "NNP", "^", "obj", "B-LOC", space=False),
    Said(".", 1, "PUNCT", ".", "0|", "punct"),
    Said("\n\n", 4, space=False),
    Said("It", 6, "NOUN", "NN", "0|", "nsubj", start=True),
    Said("cannot", 6, "VERB", "VBD", "0|", "root", factuality=-5.0),
]


def analysed(said: list[Said], pieces: NDArray[np.int32] | None = None) -> tuple[Doc, Encoding]:
    """Run the annotation over tokens and what the network says of them."""
    words, spaces = [one.word for one in said], [one.space for one in said]
    encoding = says(word_pieces(said) if pieces is None else pieces, said)
    tokens = align(words, spaces, np.asarray([one.start for one in said]), encoding.offsets)
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
    annotate(doc, tokens, encoding, heads())
    return doc, encoding


def test_everything_the_network_says_stands_in_the_doc() -> None:
    doc, _ = analysed(STORY)
    assert [token.pos_ for token in doc] == ["PROPN", "VERB", "PROPN", "PUNCT", "SPACE", "NOUN", "VERB"]
    assert [token.tag_ for token in doc] == ["NNP", "VBD", "NNP", ".", "_SP", "NN", "VBD"]
    assert [token.lemma_ for token in doc] == ["Ada", "say", "Zurich", ".", "\n\n", "it", "cannot"]
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "obj", "punct", "dep", "nsubj", "ROOT"]
    assert [token.head.i for token in doc] == [1, 1, 1, 1, 3, 6, 6]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ada", "PER"), ("Zurich", "LOC")]
    assert [sentence.start for sentence in doc.sents] == [0, 5]
    assert doc.has_annotation("DEP")
    assert doc.has_annotation("ENT_IOB")


def test_factuality_is_given_for_predicates_within_its_range() -> None:
    doc, encoding = analysed(STORY)
    factuality, _ = measure(doc, encoding)
    assert factuality.dtype == np.float32
    assert np.isnan(factuality).tolist() == [True, False, True, True, True, True, False]
    assert factuality[[1, 6]].tolist() == pytest.approx([2.9, -3.0])


def test_a_sentence_vector_is_the_unit_mean_of_its_pieces() -> None:
    vectors = np.asarray([[3, 0], [3, 8], [0, 1]], dtype=np.float32)
    offsets = np.asarray([[0, 2], [3, 5], [9, 11]], dtype=np.int32)
    found = sentence_vectors(vectors, offsets, [0, 6, 9, 12])
    assert found.tolist() == [pytest.approx([0.6, 0.8]), [0, 0], [0, 1], [0, 0]]
    assert sentence_vectors(vectors[:0], offsets[:0], [0]).tolist() == [[0, 0]]
    assert sentence_vectors(vectors[:0], offsets[:0], []).shape == (0, 2)


def test_two_tokens_of_one_piece_hang_side_by_side() -> None:
    said = [
        Said("It", 3, "NOUN", "NN", "0|", "nsubj", start=True),
        Said("can", 3, "AUX", "MD", "0|", "dep", space=False),
        Said("not", 1, "PART", "RB"),
        Said("rain", 3, "VERB", "VBD", "0|", "root"),
    ]
    pieces = np.asarray([[0, 2], [3, 9], [10, 14]], dtype=np.int32)
    encoding = says(
        pieces,
        [
            Said("It", 2, label="nsubj"),
            Said("cannot", 2, "AUX", "MD", "0|"),
            Said("rain", 2, "VERB", label="root"),
        ],
    )
    tokens = align(
        [one.word for one in said],
        [True, False, True, False],
        np.asarray([one.start for one in said]),
        pieces,
    )
    doc = Doc(spacy.blank("en").vocab, words=list(tokens.words), spaces=list(tokens.spaces))
    annotate(doc, tokens, encoding, heads())
    assert [(token.text, token.dep_, token.head.text) for token in doc][1:3] == [
        ("can", "dep", "rain"),
        ("not", "advmod", "rain"),
    ]
    assert (doc[2].lemma_, doc[2].pos_) == ("not", "PART")


def test_a_blank_inside_a_name_belongs_to_it() -> None:
    said = [
        Said("Ada", 0, "PROPN", "NNP", "^", "root", "B-PER", start=True),
        Said(" ", 0, space=False),
        Said("Moss", 0, "PROPN", "NNP", "^", "dep", "I-PER"),
    ]
    doc, _ = analysed(said)
    assert [entity.text for entity in doc.ents] == ["Ada  Moss"]


def test_what_no_piece_speaks_for_hangs_on_its_neighbour() -> None:
    said = [Said("☃", 1, start=True), Said("rain", 1, "VERB", label="root"), Said("☃", 1)]
    doc, _ = analysed(said, np.asarray([[2, 6]], dtype=np.int32))
    assert [(token.pos_, token.head.i) for token in doc] == [("SYM", 1), ("VERB", 1), ("SYM", 1)]
    alone, _ = analysed([Said("☃", 0, start=True), Said("☃", 0)], np.zeros((0, 2), dtype=np.int32))
    assert [(token.dep_, token.head.i) for token in alone] == [("ROOT", 0), ("dep", 0)]


def test_a_very_long_sentence_is_one_tree() -> None:
    said = [Said("rain", number - number % BLOCK, start=number == 0) for number in range(600)]
    doc, _ = analysed(said)
    assert len(list(doc.sents)) == 1
    assert [token.i for token in doc if token.dep_ == "ROOT"] == [0]
    assert [doc[place].head.i for place in (BLOCK, BLOCK + 1, 2 * BLOCK)] == [0, BLOCK, 0]


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=6), st.randoms())
@given_settings(deadline=None)
def test_any_tree_goes_through_and_sentences_stay_what_they_were(
    shapes: list[tuple[int, bool]], draw: random.Random
) -> None:
    said: list[Said] = []
    for length, blank in shapes:
        first = len(said)
        for place in range(length):
            # a head nearer to the front, or the first token: always a tree
            head = first + draw.randrange(place) if place else first
            said.append(Said("rain", head, label="obj" if place else "root", start=not place))
        if blank:
            said.append(Said("\n", first))
    doc, _ = analysed(said)
    assert doc.text == "".join(one.word + " " * one.space for one in said)
    assert [sentence.start for sentence in doc.sents] == [n for n, one in enumerate(said) if one.start]
    assert [token.head.i for token in doc if not token.is_space] == [
        one.head for one in said if one.word != "\n"
    ]
