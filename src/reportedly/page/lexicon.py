"""The words and patterns that pages are read by: ``lexicon.yaml`` and ``chrome.yaml``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

# The C loader of the same safe subset: ten times as fast, and absent from a few builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_words(name: str) -> Mapping[str, Any]:
    """Return the YAML file ``name`` of this package."""
    source = resources.files("reportedly.page").joinpath(name).read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


@cache
def _lexicon() -> Mapping[str, Any]:
    return load_words("lexicon.yaml")


@cache
def words(name: str) -> frozenset[str]:
    """Return list ``name`` of the lexicon in lower case; ``date_labels.updated`` reads the list inside."""
    entry: Any = _lexicon()
    for part in name.split("."):
        entry = entry[part]
    return frozenset(str(word).lower() for word in entry)


@cache
def cased(name: str) -> frozenset[str]:
    """Return list ``name`` of the lexicon as written."""
    return frozenset(_lexicon()[name])


@cache
def alternatives(name: str, *, ignore_case: bool = True) -> str:
    """Return list ``name`` as the alternatives of a regular expression, the longest first."""
    entries: Iterable[str] = words(name) if ignore_case else cased(name)
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    if not ordered:
        return "(?!)"  # nothing is in an empty list
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in ordered)


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def line_patterns() -> Mapping[str, re.Pattern[str]]:
    """Return, for each reason of ``chrome.yaml``, what whole lines it takes."""
    return {reason: _joined(patterns) for reason, patterns in load_words("chrome.yaml")["lines"].items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return one of the other lists of ``chrome.yaml``: zones, asides, comments, credit."""
    return _joined(load_words("chrome.yaml")[name])


@cache
def openings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the line beginnings that are furniture, each with its reason."""
    return tuple(
        (reason, re.compile(rf"(?:{'|'.join(patterns)})\s+", re.IGNORECASE))
        for reason, patterns in load_words("chrome.yaml")["openings"].items()
    )
