"""The words by which sources are read: ``lexicon.yaml`` and ``first_names.yaml``, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from reportedly.voices.mentions import Gender

# Every scalar a string ("no", "on"); the C loader is ten times as fast, and absent from a few builds.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def _load(name: str) -> Mapping[str, Any]:
    source = resources.files("reportedly.voices").joinpath(name).read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """Return list ``name`` of the lexicon as written."""
    return frozenset(_load("lexicon.yaml")[name])


@cache
def table(name: str) -> Mapping[str, str]:
    """Return table ``name`` of the lexicon."""
    return dict(_load("lexicon.yaml")[name])


@cache
def most_words(name: str) -> int:
    """Return how many words the longest entry of a list has."""
    return max(entry.count(" ") + 1 for entry in words(name))


@cache
def first_names() -> Mapping[str, Gender]:
    """Return first names in lower case with what they hint at."""
    lists = _load("first_names.yaml")
    return {name: gender for gender in Gender for name in lists[gender]}


_IRREGULAR = {
    "men": "man", "women": "woman", "people": "people", "children": "child", "wives": "wife",
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "spokespeople": "spokesperson",
    "media": "media", "attorneys general": "attorney general", "police": "police", "persons": "person",
    "policemen": "policeman", "businessmen": "businessman", "congressmen": "congressman",
    "chairmen": "chairman", "gunmen": "gunman", "fishermen": "fisherman", "tradesmen": "tradesman",
}  # fmt: skip


@cache
def singular(noun: str) -> str:
    """Return the singular of a noun in lower case, itself where it is one or where it cannot be told."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def is_plural(noun: str) -> bool:
    """Tell whether the form of a noun in lower case is plural."""
    return noun != singular(noun) or noun in {"people", "police", "media"}


@cache
def holds(name: str, noun: str) -> bool:
    """Tell whether a noun in lower case, or its singular, or its last part ("vice-president"), is listed."""
    listed = words(name)
    last = noun.rpartition("-")[2]
    return bool({noun, singular(noun), last, singular(last)} & listed)
