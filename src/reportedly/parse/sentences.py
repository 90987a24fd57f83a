"""Where sentences begin: small rules, with the exceptions in `abbreviations.yaml`.

A line break always ends a sentence. A full stop does not after a title, an initial or an abbreviation; it
does even without a blank after it, where a capture glued two sentences ("... the world).It is ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_BREAK = re.compile(r"[^\S\n\r\u2028\u2029\x85]*[\n\r\u2028\u2029\x85]\s*")
_STOP = re.compile(r"(?P<stop>[.!?…。؟۔]{1,8})(?P<close>(?:''|[\"”’»)\]']){0,4})(?P<blank>\s*)")
_WORD = re.compile(r"[\w.&’'-]{0,24}$")
_NEXT = re.compile(r"(?:``|''|[\"“‘«(\['„])*(?P<word>\w[\w’'-]*)")
_GLUED_BEFORE = re.compile(r"(?:[a-z]{2}|[\d)\]”\"’])$")
_GLUED_AFTER = re.compile(r"[\"“‘«(\[]?(?:[A-Z][a-z’']|[AI] )")
_REACH = 26


@dataclass(frozen=True, slots=True)
class _Words:
    never: frozenset[str]
    perhaps: frozenset[str]
    openers: frozenset[str]


@cache
def _words() -> _Words:
    path = Path(__file__).with_name("abbreviations.yaml")
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _Words(*(frozenset(str(word) for word in tree[name]) for name in ("never", "perhaps", "openers")))


def sentence_starts(text: str) -> tuple[int, ...]:
    """Return the character offsets at which sentences begin, in order; blanks at the head count along."""
    starts = {*line_starts(text), *stop_starts(text)}
    return (0, *sorted(starts - {0})) if text else ()


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offsets at which a line's text begins after a line break."""
    return tuple(end for found in _BREAK.finditer(text) if (end := found.end()) < len(text))


def stop_starts(text: str) -> tuple[int, ...]:
    """Return the offsets at which a sentence begins after a full stop or its like, by the rules."""
    ends = (found.end() for found in _STOP.finditer(text) if _ends(text, found))
    return tuple(end for end in ends if end < len(text))


def _ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether the stop ends a sentence."""
    following = _NEXT.match(text, found.end())
    if following is None:
        return bool(found["blank"])
    word = following["word"]
    if not found["blank"]:
        return _glued(text, found)
    if word[0].islower():
        return False
    if found["stop"] != "." or found["close"]:
        return True
    return _full_stop_ends(text[max(0, found.start() - _REACH) : found.start()], word)


def _glued(text: str, found: re.Match[str]) -> bool:
    """Tell whether a stop with no blank after it ends a sentence: not inside an address or a number."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    if found["close"] and not found["close"].startswith((")", "]", "”", '"', "’", "»", "''")):
        return False
    clean = "/" not in before.split(" ")[-1] and "@" not in before.split(" ")[-1] and "www." not in before
    return clean and bool(_GLUED_BEFORE.search(before)) and bool(_GLUED_AFTER.match(text, found.end()))


def _full_stop_ends(before: str, following: str) -> bool:
    words = _words()
    found = _WORD.search(before)
    last = found.group().lstrip(".'’-").lower() if found else ""
    if last in words.never:
        return False
    initial = len(last) == 1 and last.isalpha() and last != "i"
    if initial or last in words.perhaps or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", last):
        return following.lower() in words.openers
    return True
