"""What a story says in its own voice: sentences, or clauses of them, that no attribution covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml
from numpy.typing import NDArray

from reportedly.attribution.presupposing import presupposing_words
from reportedly.model.quotation import in_quotation, quotation
from reportedly.model.whole_text import whole_text
from reportedly.types import Assertion, Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MIN_WORDS = 5
"""Words from which the uncovered part of a partly attributed sentence can be an assertion."""
MIN_SENTENCE_WORDS = 3
"""Words from which a whole sentence can be one."""
WHOLE, PART = 0.9, 0.6
"""Confidence of a whole sentence and of a clause: set by hand, not measured."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SEAM = re.compile(r"\s*;\s*|\s*,\s+(?=(?:and|but|while|whereas|yet|although|though)\b)")
_OPENING = re.compile(r"(?:and|but|while|whereas|yet|although|though)\b[\s,]*", re.IGNORECASE)
_JOINT = re.compile(r"\s+(?:but|while|whereas|yet|although|though)\s+$", re.IGNORECASE)
_CLOSING = ".,;: \t\n\r\u00a0"
_QUESTION = re.compile(r"\?[\s\"”’')»\]]*$")
_PAST = re.compile(r"[a-z]{2,}ed")


@dataclass(frozen=True, slots=True)
class _Forms:
    """Word forms, lower case; see `finite_verbs.yaml`."""

    finite: frozenset[str]
    base: frozenset[str]
    third: frozenset[str]
    nominal: frozenset[str]
    plural: frozenset[str]


@cache
def _forms() -> _Forms:
    path = Path(__file__).with_name("finite_verbs.yaml")
    groups = {
        name: frozenset(words) for name, words in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }
    third = frozenset(_third_person(word) for word in groups["present"])
    return _Forms(
        groups["always"] | groups["past"], groups["present"], third, groups["nominal"], groups["plural"]
    )


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else f"{base}s"


def own_voice(doc: Doc, attributions: Sequence[Attribution], skip: Sequence[Span]) -> tuple[Assertion, ...]:
    """Return the author's assertions, in order. No question, heading or verbless fragment is one.

    Each with the words by which the author presupposes it ("it is no secret that", "of course").
    """
    text = whole_text(doc)
    covered = _covered(len(text), attributions, skip)
    quoted = in_quotation(quotation(text))
    found: list[Assertion] = []
    for sentence in doc.sents:
        start, end = _behind(sentence.start_char, skip), sentence.end_char
        for span, confidence in _claims(text, start, end, covered) if start < end else ():
            if not _mostly_quoted(text, span, quoted):
                settled = _presupposed(text, Span(start, end), span, quoted)
                found.append(Assertion(span, confidence, settled))
    return tuple(found)


def _behind(start: int, skip: Sequence[Span]) -> int:
    """Return where a sentence begins once the dateline or heading at its start is passed over."""
    for span in sorted(skip, key=lambda one: one.start):
        if span.start <= start < span.end:
            start = span.end
    return start


def _presupposed(text: str, sentence: Span, claim: Span, quoted: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Return the presupposing words that stand in a claim or right before it, but in no quotation."""
    words = text[sentence.start : sentence.end]
    found = (Span(at.start + sentence.start, at.end + sentence.start) for at in presupposing_words(words))
    return tuple(
        one
        for one in found
        if not quoted[one.start]
        and one.end <= claim.end
        and (claim.start <= one.start or not text[one.end : claim.start].strip(" ,"))
    )


def _covered(length: int, attributions: Sequence[Attribution], skip: Sequence[Span]) -> NDArray[np.float32]:
    """Return for each character the confidence of the attribution that covers it, 0 where none does."""
    covered = np.zeros(length, dtype=np.float32)
    for one in attributions:
        for span in (*one.source, *one.cue, *one.content):
            here = covered[span.start : span.end]
            np.maximum(here, max(one.confidence, 0.01), out=here)
    for span in skip:
        covered[span.start : span.end] = 1
    return covered


def _claims(text: str, start: int, end: int, covered: NDArray[np.float32]) -> Iterator[tuple[Span, float]]:
    """Yield the assertions of the sentence [start, end) with their confidences."""
    if not covered[start:end].any():
        whole = _trimmed(text, start, end)
        if whole and _asserts(text[whole.start : whole.end], MIN_SENTENCE_WORDS):
            yield whole, WHOLE
        return
    for at, stop in _clauses(text, start, end):
        part = _bared(text, at, _uncovered(text, at, stop, covered)) or _after(text, at, stop, covered)
        if part and _asserts(text[part.start : part.end], MIN_WORDS):
            yield part, PART


def _uncovered(text: str, start: int, end: int, covered: NDArray[np.float32]) -> int:
    """Return where the author's own words end: at the clause's end, or before "but" and an attribution."""
    places = np.flatnonzero(covered[start:end])
    if not len(places):
        return end
    joint = _JOINT.search(text[start : start + int(places[0])])
    return start + joint.start() if joint else start


def _after(text: str, start: int, end: int, covered: NDArray[np.float32]) -> Span | None:
    """Return the words from "it is no secret that" on which follow an attribution, as after a lost blank."""
    places = np.flatnonzero(covered[start:end])
    tail = start + int(places[-1]) + 1 if len(places) else end
    frames = [one for one in presupposing_words(text[tail:end]) if text[tail:end][: one.end].endswith("that")]
    return _bared(text, tail + frames[0].start, end) if frames else None


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence at its semicolons and before a comma's "and", "but" or "while"."""
    at = start
    for seam in _SEAM.finditer(text, start, end):
        yield at, seam.start()
        at = seam.end()
    yield at, end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the span without blanks at its ends, None if nothing is left."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return Span(start, end) if start < end else None


def _bared(text: str, start: int, end: int) -> Span | None:
    """Return a clause without its conjunction and its closing punctuation."""
    words = text[start:end]
    end -= len(words) - len(words.rstrip(_CLOSING))
    span = _trimmed(text, start, end)
    found = _OPENING.match(text, span.start, span.end) if span else None
    return _trimmed(text, found.end(), end) if found else span


def _mostly_quoted(text: str, span: Span, quoted: NDArray[np.bool_]) -> bool:
    """Tell whether the words stand in quotation marks: they are someone else's, even if nobody's is known."""
    words = [found.start() for found in _WORD.finditer(text, span.start, span.end)]
    return 2 * int(quoted[words].sum()) > len(words)


def _asserts(claim: str, least: int) -> bool:
    """Tell whether the words claim something: long enough, no question, with a finite verb."""
    words = _WORD.findall(claim)
    if len(words) < least or _QUESTION.search(claim):
        return False
    lower = ["", *(word.lower().replace("’", "'") for word in words)]
    return any(_is_finite(word, before) for before, word in pairwise(lower))


def _is_finite(word: str, before: str) -> bool:
    """Guess from form and the word before alone whether a word is a finite verb."""
    forms = _forms()
    if word in forms.finite or word.endswith(("n't", "'ve", "'re", "'ll", "'d")):
        return True
    if not before:
        return False
    if word in forms.third or _PAST.fullmatch(word):
        return before not in forms.nominal
    return word in forms.base and before in forms.plural
