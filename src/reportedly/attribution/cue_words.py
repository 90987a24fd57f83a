"""Words that show that somebody is being quoted, from `cue_words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_WORD = re.compile(r"[^\W\d_]+")
_IDIOMS = re.compile(r"\b(?:a|no|any|final|their|his|her|its|our) say\b|\btell\b(?=[^.!?]*\bapart\b)")
_SELF = frozenset({"i", "we", "i've", "i'm", "we've", "you", "you've"})


@dataclass(frozen=True, slots=True)
class CueWords:
    """Word forms, lower case.

    every: verbs and nouns that report. that_nouns: nouns that report a content when "that" follows.
    utterances: past forms of speaking: with "I" or "we" before them they report what was said before, all
        others only soften or are the speaker's own words ("I think", "we urge you").
    """

    every: frozenset[str]
    that_nouns: frozenset[str]
    utterances: frozenset[str]

    def in_words(self, text: str) -> bool:
        """Tell whether a text holds a word that reports."""
        return any(word in self.every for word in words(text))


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, lower case, "'s" apart; "a say" and "tell apart" report nothing."""
    return (word for _, word in placed_words(text))


def placed_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words as `words` does, each with the character at which it starts."""
    bare = _IDIOMS.sub(lambda found: " " * len(found.group()), text.lower())
    lower = bare if len(bare) == len(text) else text  # a letter may have a longer small form
    return ((found.start(), found.group().lower()) for found in _WORD.finditer(lower))


def is_own_voice(source: str, cue: str) -> bool:
    """Tell whether source and cue are the speaker's own "I think", "we urge" or "you know"."""
    if source.lower().replace("’", "'") not in _SELF:
        return False
    return not any(word in cue_words().utterances for word in words(cue))


@cache
def cue_words() -> CueWords:
    """Read the list once."""
    path = Path(__file__).with_name("cue_words.yaml")
    lists: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    verbs = {form for base in lists["verbs"] for form in _inflected(base)}
    nouns = {form for base in lists["nouns"] for form in (base, _with_s(base))}
    that_nouns = {form for base in lists["that_nouns"] for form in (base, _with_s(base))}
    every = verbs | nouns | that_nouns | {*lists["irregular"]}
    past = {form for form in verbs if form.endswith("ed")} | {*lists["past"]}
    return CueWords(frozenset(every), frozenset(that_nouns), frozenset(past - {*lists["opinions"]}))


def _inflected(base: str) -> tuple[str, ...]:
    if base.endswith("e"):
        return base, _with_s(base), f"{base}d", f"{base[:-1]}ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, _with_s(base), f"{base[:-1]}ied", f"{base}ing"
    return base, _with_s(base), f"{base}ed", f"{base}ing"


def _with_s(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
