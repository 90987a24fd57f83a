"""The words by which sources are read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

_SOURCE = Path(__file__).with_name("lexicon.yaml")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_SAME = {"ministry": "minister", "ministries": "minister", "defense": "defence", "centre": "center"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by use; see lexicon.yaml."""

    telling: frozenset[str]
    crediting: frozenset[str]
    outlet_heads: frozenset[str]
    anybody: frozenset[str]
    speaks_for: frozenset[str]
    papers: frozenset[str]
    paper_fillers: frozenset[str]
    deeds: frozenset[str]
    verbs: frozenset[str]
    authors: frozenset[str]
    empty: frozenset[str]
    spoken: frozenset[str]
    common_papers: frozenset[str]
    announcing: frozenset[str]
    bodies: frozenset[str]
    occasions: tuple[str, ...]
    loose_occasions: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    tree: dict[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    plainly = {
        "authors",
        "empty",
        "spoken",
        "bodies",
        "common_papers",
        "anybody",
        "speaks_for",
        "papers",
        "paper_fillers",
    }
    sets = {
        key: frozenset(map(plain, words.split())) if key in plainly else frozenset(words.split())
        for key, words in tree.items()
        if isinstance(words, str)
    }
    loose = frozenset(tree["loose_occasions"])
    return Lexicon(occasions=(*tree["occasions"], *tree["loose_occasions"]), loose_occasions=loose, **sets)


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """Return a word in lower case without its possessive and its plural; "ministry" is "minister"."""
    word = _POSSESSIVE.sub("", word.casefold())
    word = _SAME.get(word, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def words(text: str | None) -> list[str]:
    """Return the words of a text in lower case, as they stand."""
    return [match.group().casefold() for match in _WORD.finditer(text or "")]


def plain_words(texts: Iterable[str | None]) -> frozenset[str]:
    """Return the plain words of some texts."""
    return frozenset(plain(match.group()) for text in texts for match in _WORD.finditer(text or ""))
