"""What a clause makes of its words: not so, maybe so, to be wished."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.corpus.wording.tokens import HEDGES, NEGATES, NUMBER, OPENS, WISHES, Token

NEGATED, HEDGED, WISHED = 1, 2, 4
"""What a word's clause makes of it, as bits."""

_NOT_ONLY = frozenset(["only", "just", "merely", "simply", "least"])
_FALSITY = re.compile(
    r"\b(?:true|false|untrue|correct|incorrect|wrong|lie|lies|truth|nonsense|evidence|baseless|unfounded|groundless"
    r"|fabricated|denied|case)\b"
)
_BEFORE = re.compile(
    r"\b(?:not (?:true|correct|the case)|untrue|false|incorrect|wrong|a lie|no truth|nonsense|no evidence)\b"
    r"(?: \w+){0,4}? that\b"
)
_AFTER = re.compile(
    r"(?:\b(?:reports?|rumou?rs?|claims?|allegations?|suggestions?|assertions?|talk|stories|story"
    r"|accusations?)"
    r"(?: [\w']+){0,4}? (?:that|of)\b|^that\b).{8,}?"
    r"\b(?:is|are|was|were|be|been) (?:simply |completely |totally |entirely |all )*"
    r"(?:false|untrue|wrong|incorrect|not true|baseless|unfounded|groundless|fabricated|nonsense|denied|lies"
    r"|a lie)\b"
)


def mark(tokens: Sequence[Token], text: str) -> None:
    """Give each token the flags of its clause. text: the words that the tokens stand in."""
    clause: list[Token] = []
    flags = 0
    for place, token in enumerate(tokens):
        role = token.word.role
        if role & OPENS or _is_infinitive(tokens, place) or (token.text == "," and _joins(tokens, place)):
            _give(clause, flags)
            clause, flags = [], 0
        clause.append(token)
        if not role & (NEGATES | HEDGES | WISHES):
            continue
        if role & NEGATES and not _is_of_number(tokens, place):
            flags ^= NEGATED
        if role & HEDGES and token.text != "May" and not _is_unable(tokens, place):
            flags |= HEDGED
        if role & WISHES:
            flags |= WISHED
    _give(clause, flags)
    lower = text.lower()
    if _FALSITY.search(lower):
        _flip(tokens, lower)


def is_falsified(text: str) -> bool:
    """Whether a text itself calls false what it tells: "reports that ... are false"."""
    lower = text.lower()
    return bool(_FALSITY.search(lower) and (_AFTER.search(lower) or _BEFORE.search(lower)))


def _give(clause: Sequence[Token], flags: int) -> None:
    if flags:
        for token in clause:
            token.flags = flags


def _is_infinitive(tokens: Sequence[Token], place: int) -> bool:
    """Whether "not" denies no more than the infinitive at which it stands: "to not", "not to"."""
    if tokens[place].word.lower != "not":
        return False
    near = (place - 1, place + 1)
    return any(tokens[at].word.lower == "to" for at in near if 0 <= at < len(tokens))


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Whether a comma ends a clause: one that is followed by "and" or "but" does."""
    return place + 1 < len(tokens) and tokens[place + 1].word.lower in ("and", "but", "so")


def _is_of_number(tokens: Sequence[Token], place: int) -> bool:
    """Whether no clause is denied but a number ("26, not 62"), or nothing at all ("not only")."""
    after = tokens[place + 1].word if place + 1 < len(tokens) else None
    if after is None or tokens[place].word.lower != "not":
        return False
    return bool(after.role & NUMBER) or after.lower in _NOT_ONLY


def _is_unable(tokens: Sequence[Token], place: int) -> bool:
    """Whether "could" stands before "not": nobody was able to."""
    after = place + 1
    return tokens[place].word.lower == "could" and after < len(tokens) and tokens[after].word.lower == "not"


def _flip(tokens: Sequence[Token], text: str) -> None:
    """Negate what is called false: "it is not true that", "reports that ... are false"."""
    before = _BEFORE.search(text)
    after = None if before else _AFTER.search(text)
    if before:
        for token in tokens:
            told = token.start >= before.end()
            token.flags = token.flags ^ NEGATED if told else token.flags & ~NEGATED
    elif after:
        for token in tokens:
            if after.start() <= token.start < after.end():
                token.flags ^= NEGATED
