"""Sources read off the parse, on hand-made parses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.tokens import Doc

from bench.nested import read_marks
from reportedly.attribution.grammar import with_sources
from reportedly.types import Attribution, Kind

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("grammar.yaml").read_text(encoding="utf-8")
)
VOCAB = spacy.blank("en").vocab


KINDS = {"NN": "NOUN", "NNP": "PROPN", "NNS": "NOUN", "PRP": "PRON", "IN": "ADP", "DT": "DET", ",": "PUNCT"}


def doc_of(rows: str) -> Doc:
    """One token a line: word, tag, head's number from 1 (0: itself), label; "start" is another root."""
    words, tags, heads, deps = zip(*(line.split() for line in rows.strip().splitlines()), strict=True)
    pos = ["AUX" if d.startswith("aux") else KINDS.get(t, "VERB") for t, d in zip(tags, deps, strict=True)]
    numbers = [number if head == "0" else int(head) - 1 for number, head in enumerate(heads)]
    labels = ["root" if dep == "start" else dep for dep in deps]
    spaces = [True] * (len(words) - 1) + [False]
    return Doc(VOCAB, words=list(words), spaces=spaces, tags=list(tags), pos=pos, heads=numbers, deps=labels)


@pytest.mark.parametrize("case", CASES, ids=[case["marked"][:40] for case in CASES])
def test_sources(case: dict[str, Any]) -> None:
    marks = read_marks(case["marked"])
    (gold,) = marks.gold
    doc = doc_of(case["parse"])
    assert doc.text == marks.text
    (one,) = with_sources(doc, [Attribution(gold.source, gold.cue, gold.content, Kind.INDIRECT, 0.9)])
    assert " + ".join(doc.text[span.start : span.end] for span in one.source) == case["source"]


def test_without_a_parse_nothing_changes() -> None:
    doc = spacy.blank("en")("He tried to win by claiming it rained .")
    marks = read_marks("He tried to win by {1c claiming} {1x it rained} .")
    one = Attribution((), marks.gold[0].cue, marks.gold[0].content, Kind.INDIRECT, 0.9)
    assert with_sources(doc, [one]) == (one,)
