"""The words of a sentence as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportedly.corpus.wording.lexicon import lexicon, stem
from reportedly.corpus.wording.numerals import SCALES, UNITS

NAME, GIVEN, PLAIN, WEAK = 3.0, 1.2, 2.0, 0.7
"""Weights of words before rarity: the last word of a name, those before it, other words, those that say
little."""
NEGATES, HEDGES, WISHES, OPENS, NUMBER, SINGLE, BREAKS = 1, 2, 4, 8, 16, 32, 64
"""What a word does, as bits: it negates, hedges, wishes, begins a clause, is a number, says that it is one
thing, ends what can be counted."""
KNOWN = 1 << 18
"""Words whose forms are remembered at a time."""

_WORD = re.compile(
    r"(?:[Dd]e|[Rr]e|[Nn]on|[Uu]n|[Aa]nti|[Pp]re|[Cc]ounter)-[^\W\d_]{3,}|\d[\d.,:]*\d%?|\d%?|[^\W\d_]+(?:['’](?=[^\W\d_])[^\W\d_]+)?|[$£€%]|[;:,.!?()—–]"
)
_FRESH = frozenset(".!?:")


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word wherever it stands. stem: of a name. concept: with its synonyms. role: bits."""

    lower: str
    stem: str
    concept: str
    weight: float
    role: int


@dataclass(slots=True)
class Token:
    """A word in its place. concept, weight: as a name, where it is one. flags: what its clause makes of
    it."""

    text: str
    word: Word
    start: int
    concept: str
    weight: float
    named: bool
    flags: int = 0


@lru_cache(maxsize=KNOWN)
def word(text: str) -> Word:
    """Return what is known of a word or a mark as it is written; a genitive's ending is no part of it."""
    lower = text.lower().replace("’", "'").replace("-", "")
    if lower.endswith("'s") and len(lower) > 2:
        lower = lower[:-2]
    known = lexicon()
    irregular = known.irregular
    plain = stem(irregular.get(lower) or irregular.get(lower.removesuffix("s"), lower))
    weight = WEAK if plain in known.weak else PLAIN
    if not lower[0].isalpha() or lower in known.stop or lower in UNITS or lower in SCALES:
        weight = 0.0
    return Word(
        lower, stem(lower), known.concepts.get(plain, plain) if weight else lower, weight, _role(lower)
    )


def _role(lower: str) -> int:
    known = lexicon()
    role = NEGATES * (lower in known.negators or lower.endswith("n't"))
    role |= HEDGES * (lower in known.hedges) | WISHES * (lower in known.wishes)
    role |= OPENS * (lower in known.clauses or lower in ";:()—–" or lower == "without")
    role |= NUMBER * (lower[0].isdigit() or lower in UNITS or lower in SCALES)
    role |= SINGLE * (lower in ("a", "an", "one", "single")) | BREAKS * (lower in ".,;:!?()—–")
    return role


def tokens(text: str, proper: frozenset[str]) -> list[Token]:
    """Return the words of a text. proper: lower-case words that stand in a name of it.

    A capital within a sentence makes a name too. The last word of a name weighs most.
    """
    made: list[Token] = []
    fresh = True
    for found in _WORD.finditer(text):
        written = found[0]
        known = word(written)
        concept, weight = known.concept, known.weight
        named = written[0].isupper() and (known.lower in proper or (not fresh and weight > WEAK))
        if named:
            if made and made[-1].named:
                made[-1].weight = GIVEN
            concept, weight = known.stem, GIVEN if weight == WEAK else NAME
        made.append(Token(written, known, found.start(), concept, weight, named))
        fresh = written in _FRESH or (fresh and not written[0].isalnum())
    return made


def parts(name: str) -> Iterator[Word]:
    """Yield the words of a name."""
    return (word(found[0]) for found in _WORD.finditer(name) if found[0][0].isalpha())


def surfaces(text: str) -> dict[str, str]:
    """Return the words of a text by what they are compared as: the way back from stems, for a person."""
    made: dict[str, str] = {}
    for found in _WORD.finditer(text):
        known = word(found[0])
        made.setdefault(known.concept, found[0])
        made.setdefault(known.stem, found[0])
    return made
