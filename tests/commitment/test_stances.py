"""What a text says of how sure its voices are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bench.commitment import found_values, read_case, unparsed
from reportedly.commitment import stances
from reportedly.types import Assertion, Attribution, Commitment, Kind, Span, Stance
from tests.commitment.docs import english, frozen, parsed, plain

HERE = Path(__file__).parent
LOOSE = (
    "not",
    "may",
    "if",
    "would",
    "deny",
    "that",
    "to",
    "refuse",
    "no",
    "doubt",
    "?",
    "said",
    "he",
    ".",
    "😀",
)
ROWS = [json.loads(line) for line in (HERE / "parsed.jsonl").read_text(encoding="utf-8").splitlines()]


def _case(row: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason="known failure")] if row.get("known_failure") else []
    return pytest.param(row, marks=marks, id=row["case"][:90])


@pytest.mark.parametrize("row", [_case(row) for row in ROWS])
def test_values_of_parsed_cases(row: dict[str, Any]) -> None:
    case = read_case(row["case"])
    assert found_values(case, frozen(row)) == [*case.gold]


def test_nine_in_ten_values_are_right_without_a_parse() -> None:
    right = total = 0
    for row in ROWS:
        case = read_case(row["case"])
        found = found_values(case, unparsed(frozen(row)))
        pairs = [
            pair for one, other in zip(case.gold, found, strict=True) for pair in zip(one, other, strict=True)
        ]
        right += sum(one == other for one, other in pairs)
        total += len(pairs)
    assert right / total >= 0.9


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: row["case"][:60])
def test_markers_are_words_of_the_text_and_explain_every_value(row: dict[str, Any]) -> None:
    case = read_case(row["case"])
    doc = frozen(row)
    said, _ = stances(doc, case.attributions, ())
    _, own = stances(doc, (), (Assertion(Span(0, len(case.text)), 1.0),))
    for stance in (*said, *own):
        words = [case.text[span.start : span.end] for span in stance.markers]
        assert all(word and word == word.strip() for word in words)
        if (stance.voice, stance.outlet) != (Commitment.CT_PLUS, Commitment.CT_PLUS):
            assert words


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _one(text: str, kind: Kind = Kind.INDIRECT, **roles: str) -> Stance:
    """Return the stance of one attribution, its roles given as words of an unparsed text."""
    doc = plain(text)
    spans = {
        role: (Span(text.index(words), text.index(words) + len(words)),) for role, words in roles.items()
    }
    one = Attribution(spans.get("source", ()), spans.get("cue", ()), spans["content"], kind, 1.0)
    return stances(doc, (one,), ())[0][0]


def _words(text: str, stance: Stance) -> list[str]:
    return [text[span.start : span.end] for span in stance.markers]


def test_no_speaker_and_no_cue() -> None:
    text = "“Nobody saw the boat leave,” and the harbour was dark."
    stance = _one(text, Kind.DIRECT, content="“Nobody saw the boat leave,”")
    assert (stance.voice, stance.outlet, _words(text, stance)) == ("CT-", "Uu", ["Nobody"])


def test_a_name_in_another_script() -> None:
    text = "سارا امینی denied that the well was dry."
    stance = _one(text, source="سارا امینی", cue="denied", content="that the well was dry")
    assert (stance.voice, _words(text, stance)) == ("CT-", ["denied"])


def test_an_all_caps_headline() -> None:
    text = "MINISTER DENIES HE MAY RESIGN"
    stance = _one(text, source="MINISTER", cue="DENIES", content="HE MAY RESIGN")
    assert (stance.voice, stance.outlet) == ("CT-", "Uu")


def test_an_interview_transcript() -> None:
    text = "Q: Did you sign it?\nA: I never signed anything."
    asked = _one(text, Kind.DIRECT, source="Q", cue=":", content="Did you sign it?")
    answered = _one(text, Kind.DIRECT, source="A", content="I never signed anything.")
    assert (asked.voice, answered.voice) == ("Uu", "CT-")


def test_a_list_of_quotes() -> None:
    text = '* "We may strike." - Ana Reis\n* "We will not strike." - Bo Lind\n'
    doc = plain(text)
    ones = tuple(
        Attribution((), (), (Span(text.index(words), text.index(words) + len(words)),), Kind.DIRECT, 1.0)
        for words in ('"We may strike."', '"We will not strike."')
    )
    said, _ = stances(doc, ones, ())
    assert [one.voice for one in said] == ["PS+", "CT-"]


def test_a_tweet_embed() -> None:
    text = "@lena_k: can't believe they’d lie 😡 #budget https://t.example/a1 — Lena K (@lena_k) May 3"
    stance = _one(
        text,
        Kind.DIRECT,
        source="@lena_k",
        content="can't believe they’d lie 😡 #budget https://t.example/a1",
    )
    assert stance.outlet == "Uu"


def test_an_empty_text_and_an_empty_story() -> None:
    assert stances(plain(""), (), ()) == ((), ())
    assert stances(plain("Rain fell."), (), ()) == ((), ())


def test_spans_outside_every_word_are_no_error() -> None:
    text = "   \n\n  Rain fell.   "
    one = Attribution((), (), (Span(0, 3),), Kind.INDIRECT, 0.5)
    said, own = stances(plain(text), (one,), (Assertion(Span(0, 2), 0.5),))
    assert (said[0].voice, own[0].voice) == ("CT+", "CT+")


def test_factuality_is_passed_on_where_there_is_one() -> None:
    row = next(row for row in ROWS if "had sunk" in row["case"])
    case = read_case(row["case"])
    doc = frozen(row)
    sunk = [token.text for token in doc].index("sunk")
    values = np.full(len(doc), np.nan, dtype=np.float32)
    doc.user_data["factuality"] = values
    assert stances(doc, case.attributions, ())[0][0].factuality is None
    values[sunk] = 2.5
    assert stances(doc, case.attributions, ())[0][0].factuality == 2.5


def test_what_presupposes_is_among_the_markers() -> None:
    text = "It is no secret that the firm sold arms."
    _, (own,) = stances(plain(text), (), (Assertion(Span(0, len(text)), 0.9, (Span(0, 20),)),))
    assert (own.voice, own.outlet, _words(text, own)[0]) == ("CT+", "CT+", "It is no secret that")


def test_a_chain_of_three() -> None:
    text = "A says B knew C denied it rained."
    spans = {
        word: Span(text.index(word), text.index(word) + len(word)) for word in ("says", "knew", "denied")
    }
    end = len(text) - 1
    ones = (
        Attribution((Span(0, 1),), (spans["says"],), (Span(7, end),), Kind.INDIRECT, 1.0),
        Attribution((Span(7, 8),), (spans["knew"],), (Span(14, end),), Kind.INDIRECT, 1.0, 0),
        Attribution((Span(14, 15),), (spans["denied"],), (Span(23, end),), Kind.INDIRECT, 1.0, 1),
    )
    said, _ = stances(plain(text), ones, ())
    assert [(one.voice, one.outlet, one.between) for one in said] == [
        ("CT+", "Uu", ()),
        ("CT+", "Uu", ("CT+",)),
        ("CT-", "Uu", ("Uu", "Uu")),
    ]


def test_clearnlp_labels() -> None:
    words = ["Ann", "said", "it", "is", "not", "likely", "to", "rain", "."]
    row = (
        "PROPN/NNP/nsubj/1 VERB/VBD/ROOT/0 PRON/PRP/nsubj/1 AUX/VBZ/ccomp/-2 PART/RB/neg/-1 ADJ/JJ/acomp/-2"
        " PART/TO/aux/1 VERB/VB/xcomp/-2 PUNCT/./punct/-7"
    )
    cells = [cell.split("/") for cell in row.split(" ")]
    doc = parsed(words, cells, [True] * len(words))
    text = doc.text
    one = Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, text.index(" .")),), Kind.INDIRECT, 1.0)
    said, _ = stances(doc, (one,), ())
    assert (said[0].voice, _words(text, said[0])) == ("PR-", ["said", "not likely"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "may",
                "if",
                "would",
                "deny",
                "that",
                "to",
                "refuse",
                "no",
                "doubt",
                "?",
                '"',
                "he",
                ".",
                ",",
                "\n",
                "said",
                "😀",
            ]
        ),
        max_size=25,
    )
)
def test_no_order_of_words_breaks_it_and_every_marker_is_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    doc = plain(text)
    middle = len(text) // 2
    one = Attribution((), (Span(0, middle),), (Span(middle, len(text)),), Kind.MIXED, 0.5)
    said, own = stances(doc, (one,), (Assertion(Span(0, len(text)), 0.5),))
    assert all(0 <= span.start <= span.end <= len(text) for each in (*said, *own) for span in each.markers)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_tree_breaks_it(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(LOOSE[:12]), min_size=1, max_size=12))
    heads = [data.draw(st.integers(0, at)) for at in range(len(words))]
    labels = st.sampled_from(["ccomp", "xcomp", "conj", "advcl", "aux", "mark", "nsubj", "advmod", "acl"])
    tags = st.sampled_from(["VERB/VB", "NOUN/NN", "AUX/MD", "ADJ/JJ", "PART/TO"])
    cells = [
        [*data.draw(tags).split("/"), "ROOT" if head == at else data.draw(labels), str(head - at)]
        for at, head in enumerate(heads)
    ]
    doc = _tree(words, cells)
    text = doc.text
    one = Attribution((), (Span(0, 3),), (Span(0, len(text)),), Kind.INDIRECT, 0.5)
    said, own = stances(doc, (one,), (Assertion(Span(0, len(text)), 0.5),))
    assert (len(said), len(own)) == (1, 1)


def _tree(words: list[str], cells: list[list[str]]) -> Any:
    return Doc(
        english().vocab,
        words=words,
        pos=[cell[0] for cell in cells],
        tags=[cell[1] for cell in cells],
        deps=[cell[2] for cell in cells],
        heads=[at + int(cell[3]) for at, cell in enumerate(cells)],
    )
