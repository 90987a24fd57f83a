"""Ties on hand-made parses (`parses.yaml`), and what must hold of any parse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from reportedly.ties import ties
from reportedly.types import Tie

VOCAB = spacy.blank("en").vocab
CASES = yaml.safe_load((Path(__file__).parent / "parses.yaml").read_text(encoding="utf-8"))
HEDGED = """Iran Iran PROPN NNP 3 nsubj
may may AUX MD 3 aux
bomb bomb VERB VB 0 root
rebels rebel NOUN NNS 3 obj"""
LEMMAS = [
    "attack",
    "meet",
    "agree",
    "support",
    "talk",
    "accuse",
    "Iran",
    "rebel",
    "minister",
    "ally",
    "and",
    "their",
]
RELATIONS = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "conj",
    "xcomp",
    "acl:relcl",
    "acl",
    "advcl",
    "appos",
    "cop",
    "case",
    "compound",
    "flat",
    "dep",
]


def doc_of(case: dict[str, Any]) -> Doc:
    rows = [line.split() for line in case["tokens"].splitlines()]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        tags=[row[3] for row in rows],
        heads=[int(row[4]) - 1 if row[4] != "0" else at for at, row in enumerate(rows)],
        deps=[row[5] for row in rows],
        sent_starts=[at == 0 for at in range(len(rows))],
    )
    doc.set_ents([_entity(doc, *entity.split()) for entity in case["entities"]])
    return doc


def _entity(doc: Doc, place: str, label: str) -> Span:
    first, last = place.split("-")
    return Span(doc, int(first) - 1, int(last), label=label)


def line(tie: Tie) -> str:
    relation = f"not {tie.relation}" if tie.negated else tie.relation
    return f"{tie.subject.name} | {relation} | {tie.plover or '-'} | {tie.object.name}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_ties(case: dict[str, Any]) -> None:
    found = ties(doc_of(case))
    assert sorted(line(tie) for tie in found) == sorted(case["ties"])
    actors = {actor.name: actor for tie in found for actor in (tie.subject, tie.object)}
    for name, kind in case.get("kinds", {}).items():
        assert actors[name].kind == kind
    for name, state in case.get("states", {}).items():
        assert actors[name].state == state


def test_spans_are_the_words() -> None:
    doc = doc_of(CASES[0])
    (tie,) = ties(doc)
    assert doc.text[tie.subject.span.start : tie.subject.span.end] == "Iran"
    assert doc.text[tie.object.span.start : tie.object.span.end] == "the rebels"
    assert doc.text[tie.span.start : tie.span.end] == "bombed"


def test_no_parse_gives_no_ties() -> None:
    assert ties(spacy.blank("en")("Iran bombed the rebels.")) == ()
    assert ties(Doc(VOCAB)) == ()


def test_a_hedge_makes_a_tie_less_sure() -> None:
    plain = doc_of(CASES[0])
    hedged = doc_of({"tokens": HEDGED, "entities": ["1-1 LOC"]})
    assert ties(hedged)[0].confidence < ties(plain)[0].confidence


@st.composite
def parses(draw: st.DrawFn) -> Doc:
    """Any tree at all over words that the rules know."""
    size = draw(st.integers(1, 14))
    lemmas = draw(st.lists(st.sampled_from(LEMMAS), min_size=size, max_size=size))
    heads = [draw(st.integers(0, at)) for at in range(size)]  # always a tree: to the left, or a root
    return Doc(
        VOCAB,
        words=lemmas,
        lemmas=lemmas,
        pos=draw(
            st.lists(st.sampled_from(["NOUN", "VERB", "PROPN", "PRON", "ADJ"]), min_size=size, max_size=size)
        ),
        tags=draw(st.lists(st.sampled_from(["NN", "VBN", "VBG", "NNP", "JJ"]), min_size=size, max_size=size)),
        heads=heads,
        deps=draw(st.lists(st.sampled_from(RELATIONS), min_size=size, max_size=size)),
        sent_starts=[at == 0 for at in range(size)],
    )


@settings(max_examples=60, deadline=None)
@given(parses())
def test_any_tree_is_answered(doc: Doc) -> None:
    found = ties(doc)
    assert ties(doc) == found
    for tie in found:
        assert 0.0 < tie.confidence <= 1.0
        assert 0 <= tie.span.start < tie.span.end <= len(doc.text)
        assert tie.subject.name
        assert tie.object.name
        assert tie.subject.name != tie.object.name
    assert [tie.span.start for tie in found] == sorted(tie.span.start for tie in found)
