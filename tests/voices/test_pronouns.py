"""Pronouns and the names they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from reportedly.types import Span
from reportedly.voices.mentions import Gender, Mention
from reportedly.voices.pronouns import Antecedents, antecedent

CASES = yaml.safe_load(Path(__file__).with_name("pronouns.yaml").read_text(encoding="utf-8"))
VOCAB = spacy.blank("en").vocab


def doc_of(lines: list[str], parsed: bool = True) -> Doc:
    cells = [[token.rsplit("/", 3) for token in line.split()] for line in lines]
    words = [word for line in cells for word, *_ in line]
    starts: list[bool | int | None] = [at == 0 for line in cells for at in range(len(line))]
    if not parsed:
        return Doc(VOCAB, words=words, sent_starts=starts)
    pos = [part for line in cells for _, part, *_ in line]
    deps = [dep for line in cells for _, _, dep, _ in line]
    heads, before = [], 0
    for line in cells:
        heads += [before + int(head) - 1 for *_, head in line]
        before += len(line)
    return Doc(VOCAB, words=words, pos=pos, deps=deps, heads=heads)


def names_of(doc: Doc, entries: list[str]) -> list[Mention]:
    found, at = [], 0
    for entry in entries:
        name, cluster, *hints = entry.split()
        start = doc.text.index(name, at)
        at = start + len(name)
        gender = next((Gender(hint) for hint in hints if hint != "thing"), None)
        animate = "thing" not in hints
        found.append(Mention(Span(start, at), name, int(cluster), gender, animate=animate))
    return found


def pronoun_of(doc: Doc, word: str) -> Span:
    token = next(token for token in doc if token.text == word)
    return Span(token.idx, token.idx + len(token))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_first_is_who_is_meant(case: dict[str, Any]) -> None:
    doc = doc_of(case["parse"])
    found = antecedent(doc, pronoun_of(doc, case["pronoun"]), names_of(doc, case["names"]))
    assert found[0][0] == case["first"], found


def test_without_a_parse_genders_and_distance_still_tell() -> None:
    case = next(case for case in CASES if case["name"] == "the names say which of two it can be")
    doc = doc_of(case["parse"], parsed=False)
    found = antecedent(doc, pronoun_of(doc, "She"), names_of(doc, case["names"]))
    assert found[0][0] == 1
    assert found[0][1] > 0.5


@pytest.mark.parametrize("word", ["I", "who", "everybody", "Emil"])
def test_other_words_have_no_antecedent(word: str) -> None:
    doc = Doc(VOCAB, words=["Emil", "knows", "Karl", "and", word])
    names = names_of(doc, ["Emil 0", "Karl 1"])
    assert antecedent(doc, Span(len(doc.text) - len(word), len(doc.text)), names) == ()


def test_a_text_without_names_has_no_antecedent() -> None:
    doc = Doc(VOCAB, words=["He", "left", "."])
    assert antecedent(doc, Span(0, 2), []) == ()


def test_a_name_of_the_wrong_gender_gets_little() -> None:
    doc = Doc(VOCAB, words=["Anna", "left", ".", "He", "slept", "."], sent_starts=[1, 0, 0, 1, 0, 0])
    wrong = antecedent(doc, Span(13, 15), names_of(doc, ["Anna 0 feminine"]))[0][1]
    right = antecedent(doc, Span(13, 15), names_of(doc, ["Anna 0 masculine"]))[0][1]
    assert wrong < 0.5 * right


def test_what_was_asked_before_changes_nothing() -> None:
    case = next(case for case in CASES if case["name"] == "the subject goes on")
    doc = doc_of(case["parse"])
    names = names_of(doc, case["names"])
    early, late = pronoun_of(doc, "He"), pronoun_of(doc, "he")
    forth, back = Antecedents(doc, names), Antecedents(doc, names)
    assert [forth.of(early), forth.of(late)] == [back.of(late), back.of(early)][::-1]


WORDS = st.sampled_from(
    [
        *("Emil", "Karl", "Dora", "Norvik", "man"),
        *("he", "her", "his", "They", "it", "who"),
        *("said", "of", "and", ",", ".", "(", '"', "\n"),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=60), st.booleans())
def test_shares_are_probabilities_best_first(words: list[str], parsed: bool) -> None:
    heads, deps = ([0] * len(words), ["ROOT", *["dep"] * (len(words) - 1)]) if parsed else (None, None)
    doc = Doc(VOCAB, words=words, heads=heads, deps=deps)
    known = ["Emil", "Karl", "Dora", "Norvik"]
    names = [
        Mention(Span(token.idx, token.idx + len(token)), token.text, known.index(token.text))
        for token in doc
        if token.text in known
    ]
    antecedents = Antecedents(doc, names)
    for token in doc:
        found = antecedents.of(Span(token.idx, token.idx + len(token)))
        shares = [share for _, share in found]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 1 + 1e-9
        assert {cluster for cluster, _ in found} <= {name.cluster for name in names}
