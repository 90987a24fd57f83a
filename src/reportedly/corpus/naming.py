"""Which statement's words stand for a claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from reportedly.types.claims import Corpus, StatementRow
from reportedly.types.speech import Kind

SHORT, LONG = 30, 220
"""Characters: fewer say too little, more are cut after a sentence."""
ASKED = 40
"""Most statements that are weighed for one claim, the earliest of each ground first."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])")
_SPLIT = " [...] "
_LEANING = re.compile(
    r"^(?:that\s+)?(?:it|its|they|them|their|he|she|him|her|his|this|that|these|those|such|there|we|our|i|my|you|your|"
    r"both|either|neither|one|some|the (?:former|latter|same)|and|but|or|so|then|also|which|who|whom|whose|"
    r"if|when|while|because|although|as|to)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"^that\s+(?!(?:is|was|would|will|has|had|could|may|might|does|did|can)\b)", re.IGNORECASE)
_QUOTES = '"“”„«»'
_NUMBER = "NUM"


def prepare(corpus: Corpus) -> Callable[[Sequence[str], Sequence[Sequence[str]]], str]:
    """Return a function from a claim's statements and its grounds to the words that stand for it.

    They are always words of one of the statements, in their order: a clause that stands by itself, of the
    earliest origin that has one.
    """
    rows = {one.id: one for one in corpus.statements}

    def name(members: Sequence[str], grounds: Sequence[Sequence[str]]) -> str:
        firsts = [one for ground in grounds for one in ground[:1]]
        asked = list(dict.fromkeys((*firsts, *members)))[:ASKED]
        if len(asked) == 1:
            return clause(rows[asked[0]])
        places = {one: at for at, one in enumerate(asked)}
        best = max(asked, key=lambda one: (clarity(rows[one]) - 0.05 * min(places[one], 10), -places[one]))
        return clause(rows[best])

    return name


def clause(row: StatementRow) -> str:
    """Return a statement's words as a clause: on one line, without "that" and outer quotation marks."""
    pieces = [" ".join(piece.split()) for piece in row.content.split(_SPLIT)]
    words = max(pieces, key=len) if len(pieces[0]) < SHORT else pieces[0]
    words = _THAT.sub("", words).strip().rstrip(",;:").rstrip()
    words = _bare(words)
    if len(words) > LONG:
        words = _SENTENCE.split(words)[0]
    return words or " ".join(row.content.split())


def _bare(words: str) -> str:
    """Return words without quotation marks that open or close nothing within them."""
    if words[:1] in _QUOTES and words[:1] and not any(mark in words[1:-1] for mark in _QUOTES):
        words = words.strip(_QUOTES)
    return words.rstrip(",;: ")


def clarity(row: StatementRow) -> float:
    """Return how well a statement's words stand by themselves: more is better."""
    words = clause(row)
    names = {name for name, label in row.names if label != _NUMBER and name in words}
    score = 0.3 * min(len(names), 3) + 0.15 * any(label == _NUMBER for _, label in row.names)
    score -= 1.0 if _LEANING.match(words) else 0.0
    score -= 0.8 * _short(words) + 0.5 * (len(words) > LONG)
    score += 0.2 if row.kind in (Kind.INDIRECT, Kind.AUTHOR) else 0.0
    return score - 0.4 * (_SPLIT in row.content) - 0.3 * _first_person(words.split())


def _short(words: str) -> float:
    return max(0.0, 1 - len(words) / SHORT)


def _first_person(words: Iterable[str]) -> bool:
    return any(word.casefold().strip(".,;:") in {"i", "we", "my", "our", "us", "me"} for word in words)
