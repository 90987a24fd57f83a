"""Encoding damage: mojibake and stray HTML entities, mended by ftfy and recorded as edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from reportedly.types import Edit

# Only words that can be mojibake (a letter that UTF-8's lead bytes turn into, followed by what its trail
# bytes
# turn into) or that hold an entity are given to ftfy: it is far slower than this search.
_SUSPECT = re.compile(
    "(?:[\u00c2-\u00f4\u0413-\u0440\u0393-\u03c9][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122])"
    "|&(?:#\\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\\d{0,2});"
)
LONGEST = 80  # characters of one word looked at on either side
_WORD = re.compile(r"[^ \t\r\n\f\v]+")


def repairs(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits that mend ``text[start:end]``: quotes, widths and line breaks stay as they are."""
    at = start
    while suspect := _SUSPECT.search(text, at, end):
        word = _WORD.match(text, _word_start(text, suspect.start(), at), min(end, suspect.end() + LONGEST))
        at = suspect.end() if word is None else max(word.end(), suspect.end())
        if word is not None:
            yield from _mend(word)


def _word_start(text: str, at: int, floor: int) -> int:
    lowest = max(floor, at - LONGEST)
    while at > lowest and text[at - 1] not in " \t\r\n\f\v":
        at -= 1
    return at


def _mend(word: re.Match[str]) -> Iterator[Edit]:
    broken = word[0]
    mended = _fix(broken)
    if mended == broken or "\n" in mended or not mended.strip():
        return
    head = _common(broken, mended)
    tail = _common(broken[head:][::-1], mended[head:][::-1])
    reason = "entity" if "&" in broken else "encoding"
    yield Edit(word.start() + head, word.end() - tail, mended[head : len(mended) - tail], reason)


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@cache
def _configuration() -> Any:
    return import_module("ftfy").TextFixerConfig(
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        remove_terminal_escapes=False,
        remove_control_chars=False,
        normalization=None,
        unescape_html=True,
        explain=False,
    )


@lru_cache(maxsize=4096)
def _fix(word: str) -> str:
    return str(import_module("ftfy").fix_text(word, _configuration()))
