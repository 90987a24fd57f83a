"""Which statement's words stand for a claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from reportedly.types.claims import Corpus, StatementRow
from reportedly.types.speech import Kind

SHORT, LONG = 30, 220
"""Characters: fewer say too little, more say too much."""
ASKED = 40
"""Most statements that are weighed for one claim, the earliest of each ground first."""

COMPARED = 12
"""Most statements whose words are held against a clause's."""
SENTENCES = 8
"""Most sentences of one statement that are weighed."""
LATER = 0.1
"""What each place further from the earliest origin costs."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Col|Lt|Sgt|St|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec))\.$"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_SPLIT = " [...] "
_LEANING = re.compile(
    r"^(?:that\s+)?(?:it|its|they|them|their|he|she|him|her|his|this|that|these|those|such|there|we|our|i|my|you|your|"
    r"both|either|neither|one|some|the (?:former|latter|same)|and|but|or|so|then|also|which|who|whom|whose|"
    r"if|when|while|because|although|as|to)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"^that\s+(?!(?:is|was|would|will|has|had|could|may|might|does|did|can)\b)", re.IGNORECASE)
_PAIRS = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"))
_NUMBER = "NUM"


def prepare(corpus: Corpus) -> Callable[[Sequence[str], Sequence[Sequence[str]]], str]:
    """Return a function from a claim's statements and its grounds to the words that stand for it.

    They are always words of one of the statements, in their order: a sentence that stands by itself and says
    what most of the others say too, of the earliest origin that has one.
    """
    rows = {one.id: one for one in corpus.statements}

    def name(members: Sequence[str], grounds: Sequence[Sequence[str]]) -> str:
        firsts = [one for ground in grounds for one in ground[:1]]
        asked = [rows[one] for one in list(dict.fromkeys((*firsts, *members)))[:ASKED]]
        if len(asked) == 1 and len(only := clauses(asked[0])) == 1:
            return only[0]
        others = [frozenset(_words(one.content)) for one in asked[:COMPARED]]
        best, words = -99.0, ""
        for at, row in enumerate(asked):
            for clause in clauses(row):
                score = clarity(clause, row) + common(clause, others) - LATER * min(at, 10)
                if score > best:
                    best, words = score, clause
        return words or " ".join(asked[0].content.split())

    return name


def clauses(row: StatementRow) -> list[str]:
    """Return a statement's sentences on one line each, without "that" before and quotation marks around."""
    pieces = (" ".join(piece.split()) for piece in row.content.split(_SPLIT))
    sentences = [one for piece in pieces for one in _sentences(piece)][:SENTENCES]
    return [one for one in (_bare(_THAT.sub("", words.strip())) for words in sentences) if _WORD.search(one)]


def _sentences(words: str) -> list[str]:
    """Return the sentences of a text; an abbreviation does not end one."""
    found: list[str] = []
    start = 0
    for end in _SENTENCE.finditer(words):
        if not _ABBREVIATED.search(words[start : end.start()]):
            found.append(words[start : end.start()])
            start = end.end()
    return [*found, words[start:]]


def common(clause: str, others: Sequence[frozenset[str]]) -> float:
    """Return what share of a clause's words other statements have, on average. In [0, 1]."""
    mine = _words(clause)
    if not mine or len(others) < 2:
        return 0.0
    return sum(len(mine & other) for other in others) / len(mine) / len(others)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > 3 or word.isdigit())


def _bare(words: str) -> str:
    """Return words without quotation marks around all of them, and without one whose partner is not there."""
    for opening, closing in _PAIRS:
        inner = words[1:-1] if words[:1] == opening and words[-1:] == closing else None
        if inner is not None and opening not in inner and closing not in inner:
            words = inner
        alone = (
            words.count(opening) % 2 if opening == closing else words.count(opening) - words.count(closing)
        )
        if alone and words[-1:] == closing:
            words = words[:-1]
        elif alone and words[:1] == opening:
            words = words[1:]
    return words.strip().rstrip(",;: ")


def clarity(words: str, row: StatementRow) -> float:
    """Return how well a clause of a statement stands by itself: more is better."""
    names = {name for name, label in row.names if label != _NUMBER and name in words}
    score = 0.2 * min(len(names), 3) + 0.15 * bool(_DIGIT.search(words))
    score -= 1.0 if _LEANING.match(words) else 0.0
    score -= 0.8 * _short(words) + 0.5 * (len(words) > LONG)
    score += 0.2 if row.factuality is not None else 0.0
    score += 0.2 if row.kind in (Kind.INDIRECT, Kind.AUTHOR) else 0.0
    return score - 0.4 * ("..." in words or "…" in words) - 0.3 * _first_person(words.split())


def _short(words: str) -> float:
    return max(0.0, 1 - len(words) / SHORT)


def _first_person(words: Iterable[str]) -> bool:
    return any(word.casefold().strip(".,;:") in {"i", "we", "my", "our", "us", "me"} for word in words)
