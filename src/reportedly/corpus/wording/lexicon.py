"""The words by which statements are compared, and what is made of a word: its stem, its synonyms' stem,
its weight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

_SOURCE = Path(__file__).with_name("lexicon.yaml")
_VOWEL = re.compile(r"[aeiouy]")

# Endings in order: the first that fits goes. Each with what takes its place and how long the rest must be.
_NOUNS = (
    ("ization", "iz", 3),
    ("isation", "iz", 3),
    ("iation", "i", 3),
    ("ation", "", 4),
    ("ition", "it", 4),
    ("ments", "", 4),
    ("ment", "", 4),
    ("ness", "", 4),
    ("ance", "", 4),
    ("ence", "", 4),
    ("ise", "iz", 4),
    ("ize", "iz", 4),
    ("ate", "", 4),
    ("ion", "", 4),
    ("ly", "", 4),
    ("e", "", 3),
    ("y", "i", 3),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by use. weak: stems. concepts: stem -> stem that names its set of synonyms. converse,
    opposites: such a stem -> those it stands against."""

    stop: frozenset[str]
    weak: frozenset[str]
    irregular: Mapping[str, str]
    concepts: Mapping[str, str]
    converse: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[str]]
    negators: frozenset[str]
    hedges: frozenset[str]
    wishes: frozenset[str]
    clauses: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    tree: dict[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    irregular = {form: base for base, forms in tree["irregular"].items() for form in forms}
    sets = [row.split() for row in tree["synonyms"]]

    def base(word: str) -> str:
        return stem(irregular.get(word, word))

    concepts = {base(word): base(row[0]) for row in reversed(sets) for word in row}
    return Lexicon(
        stop=frozenset(tree["stop"].split()),
        weak=frozenset(base(word) for word in tree["weak"].split()),
        irregular=irregular,
        concepts=concepts,
        converse=_pairs(tree["converse"], concepts),
        opposites=_pairs(tree["opposites"], concepts),
        **{key: frozenset(tree[key].split()) for key in ("negators", "hedges", "wishes", "clauses")},
    )


def _pairs(rows: Iterable[Sequence[str]], concepts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        one, two = (concepts.get(stem(word), stem(word)) for word in row)
        if one != two:
            found[one].add(two)
            found[two].add(one)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Return a lower-case word without its endings, in the manner of Porter (1980), with fewer rules.

    It stands for the word's forms and for the nouns made of it; it need not be a word.
    """
    if len(word) < 4 or not word.isascii():
        return word
    return _plain(_inflected(word))


def _inflected(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and _VOWEL.search(rest) and not word.endswith("eed"):
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
    return word


def _plain(word: str) -> str:
    for ending, place, least in _NOUNS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + place
    return word[:-1] if word.endswith("ll") else word
