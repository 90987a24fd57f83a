"""What was changed in words that were taken over, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s*(?:\w+(?:[.,'’\-]\w+)*|[^\w\s]|$)")
_CONTEXT = 8
"""Words kept beside a change where much stayed the same."""


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what became of them."""

    fate: Fate
    text: str


def difference(was: str, now: str) -> tuple[Piece, ...]:
    """Return what to strike from ``was`` and what to put in to get ``now``, in order.

    Words are compared without regard to case and blanks; "12.5" and "twenty-one" are one word. The pieces
    that are not gone add up to ``now``; those that are not new say what ``was`` says.
    """
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    matcher = SequenceMatcher(None, list(map(_plain, old)), list(map(_plain, new)), autojunk=False)
    pieces: list[Piece] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(new[c:d])))
        else:
            pieces += [Piece(Fate.GONE, "".join(old[a:b])), Piece(Fate.NEW, "".join(new[c:d]))]
    return tuple(piece for piece in pieces if piece.text)


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces with long stretches that were kept cut to the words beside a change."""
    last = len(pieces) - 1
    return tuple(
        Piece(piece.fate, _cut(piece.text, place == 0, place == last)) if piece.fate is Fate.KEPT else piece
        for place, piece in enumerate(pieces)
    )


def _plain(word: str) -> str:
    return word.strip().casefold()


def _cut(text: str, first: bool, last: bool) -> str:
    words = text.split(" ")
    if len(words) <= 2 * _CONTEXT + 2:
        return text
    before = [] if first else words[:_CONTEXT]
    after = [] if last else words[-_CONTEXT:]
    return " ".join([*before, "…", *after])
